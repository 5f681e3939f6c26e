"""So many sessions of the dashboard at once: each holds memory here as long as its page is open.

A reader who comes when there are as many is told so in place of the page, which could only wait.
"""

from collections import Counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.clients import client
from api.middleware.ours import Ours
from api.operations.state import State
from api.problems import refuse

RETRY = 30
"""Seconds after which to try again; a browser does so by itself."""

_LATER = {"Retry-After": str(RETRY), "Refresh": str(RETRY)}


class SessionsMiddleware:
    """Counts the open websockets, and answers 503 to one more than the settings allow.

    Args:
        ours: tells whether an address is one of ours, which need no session.
    """

    def __init__(self, app: ASGIApp, state: State, ours: Ours) -> None:
        self.app = app
        self._state = state
        self._ours = ours
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app while the session is counted, or refuse it."""
        is_session = scope["type"] == "websocket"
        if not is_session and not self._is_page(scope):
            await self.app(scope, receive, send)
            return
        who = client(scope, self._state.settings.trusted_proxies)
        if reason := self._reason(who):
            self._state.metrics.refused_sessions.inc()
            await refuse(scope, 503, f"{reason} Try again later.", _LATER)(scope, receive, send)
        elif is_session:
            await self._counted(who, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_page(self, scope: Scope) -> bool:
        """Whether a browser asks for a page of the dashboard, which then begins a session."""
        if scope["type"] != "http" or self._ours(scope["path"]):
            return False
        return "text/html" in Headers(scope=scope).get("accept", "")

    async def _counted(self, who: str, scope: Scope, receive: Receive, send: Send) -> None:
        self._open[who] += 1
        self._state.metrics.sessions.inc()
        try:
            await self.app(scope, receive, send)
        finally:
            self._state.metrics.sessions.dec()
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]

    def _reason(self, who: str) -> str | None:
        settings = self._state.settings
        if settings.sessions and self._open.total() >= settings.sessions:
            return "As many sessions are open as this server takes."
        if settings.sessions_per_client and self._open[who] >= settings.sessions_per_client:
            return "As many sessions are open from here as one client may have."
        return None
