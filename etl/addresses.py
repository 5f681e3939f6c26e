"""Addresses of sources: of the web, whole, and without a sign that could end a link too early."""

import re
from ipaddress import IPv6Address

_SIGN = r"(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})"
_NAME = r"[\w-]+(?:\.[\w-]+)+\.?"
_ADDRESS = re.compile(
    rf"https?://(?:{_NAME}|\[(?P<ipv6>[0-9a-f:.]+)\])(?::[0-9]+)?(?:[/?]{_SIGN}*)?(?:#{_SIGN}*)?",
    re.IGNORECASE,
)


def is_address(text: str) -> bool:
    """Whether it is an address of the web as RFC 3986 has it, with letters of all scripts.

    (Letters beyond ASCII are of RFC 3987; browsers show them so.) The host is a name with a dot or
    an IP address, and no user or password stands before it.
    """
    found = _ADDRESS.fullmatch(text)
    return found is not None and (found["ipv6"] is None or _is_ipv6(found["ipv6"]))


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True
