"""Whether this server may write the register: on a curator's own machine, when told to.

Nobody but who sits at the machine may reach it then; a server that others can ask does not start.
"""

import re
from ipaddress import ip_address

from dashboard import elements as st

_FORWARDED = re.compile("forwarded|via|x-real-ip|x-forwarded-.*", re.IGNORECASE)

_given = False


def give(address: str | None) -> None:
    """Let the server write, which listens at the address alone; at the start of the server.

    Raises:
        SystemExit: others than this machine can ask it.
    """
    global _given
    if not _is_loopback(address or ""):
        raise SystemExit(
            "PARTNERSHIPS_CURATE=1 lets the dashboard write the register: it is for a server that "
            "this machine alone can reach. Start it with --server.address 127.0.0.1 "
            "(HOST=127.0.0.1 make run), or leave the setting out."
        )
    _given = True


def given() -> bool:
    """Whether what is asked for in this run may be written: no proxy may have handed it on."""
    return _given and not any(_FORWARDED.fullmatch(name) for name in st.context.headers)


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
