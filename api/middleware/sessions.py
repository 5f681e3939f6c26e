"""So many sessions of the dashboard at once: each holds memory here as long as its page is open."""

from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.clients import client
from api.operations.logs import tell
from api.operations.state import State
from api.problems import refuse

RETRY = 30
"""Seconds after which to try again. A browser with the page open does so by itself."""


class SessionsMiddleware:
    """Counts the open websockets, and answers 503 to one more than the settings allow."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app = app
        self._state = state
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app while the session is counted, or refuse it."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        metrics, settings = self._state.metrics, self._state.settings
        who = client(scope, settings.trusted_proxies)
        if reason := self._reason(who):
            metrics.refused_sessions.inc()
            tell("session", refused=reason)
            headers = {"Retry-After": str(RETRY)}
            await refuse(scope, 503, f"{reason} Try again later.", headers)(scope, receive, send)
            return
        self._open[who] += 1
        metrics.sessions.inc()
        try:
            await self.app(scope, receive, send)
        finally:
            metrics.sessions.dec()
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
