"""The names under which the server answers.

A page of another site could else read ours under a name of its own that it lets lead here (DNS
rebinding). Streamlit holds only the websocket to its list.
"""

import re
from collections.abc import Callable, Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import refuse

Hosts = Callable[[], Sequence[str]]

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^][:/@?#\\\s]+)(:[0-9]{0,5})?", re.IGNORECASE)


class HostsMiddleware:
    """Answers 421 to what asks for another host than the listed ones.

    Args:
        hosts: gives the names, ``*.example.org`` for all below one; none: every name is right.
        anywhere: the paths that are answered under every name.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts, anywhere: Sequence[str]) -> None:
        self.app = app
        self._hosts = hosts
        self._anywhere = anywhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "lifespan" and scope["path"] not in self._anywhere:
            hosts = self._hosts()
            if hosts and not is_allowed(Headers(scope=scope).get("host", ""), hosts):
                refusal = "This server does not answer to this name (docs/security.md)."
                await refuse(scope, 421, refusal, {})(scope, receive, send)
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
