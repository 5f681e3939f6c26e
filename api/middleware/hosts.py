"""The names under which the server answers.

A page of another site could else read ours under a name of its own that it lets lead here (DNS
rebinding). Streamlit holds only the websocket to its list.
"""

import re
from collections.abc import Callable, Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.operations import probes

Hosts = Callable[[], Sequence[str]]

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^][:/@?#\\\s]+)(:[0-9]{0,5})?", re.IGNORECASE)


class HostsMiddleware:
    """Answers 421 to what asks for another host than the listed ones.

    The probes answer under every name: Kubernetes asks for them at an address that nobody knows
    before, and they tell nothing that the API does not tell everybody.

    Args:
        hosts: gives the names, ``*.example.org`` for all below one; none: every name is right.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self.app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and scope["path"] not in probes.PATHS:
            hosts = self._hosts()
            if hosts and not is_allowed(Headers(scope=scope).get("host", ""), hosts):
                refusal = "This server does not answer to this name (docs/security.md)."
                await PlainTextResponse(refusal, status_code=421)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def is_allowed(host: str, hosts: Sequence[str]) -> bool:
    """Whether a Host header names one of the hosts, as Streamlit reads ``server.allowedHosts``."""
    match = _HOST.fullmatch(host)
    name = match["name"].strip("[]").lower().rstrip(".") if match else ""
    wanted = [each.strip().lower().rstrip(".") for each in hosts]
    return bool(name) and any(
        each in (name, "*") or (each.startswith("*.") and name.endswith(each[1:]))
        for each in wanted
    )
