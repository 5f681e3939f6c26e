"""The names under which the dashboard answers."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed


class AllowedHosts:
    """Refuse what asks for another host than those of ``server.allowedHosts``.

    A page of another site could else read ours under a name of its own that it lets lead here (DNS
    rebinding). Streamlit holds only the websocket to that list.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421 (Misdirected Request)."""
        if scope["type"] == "http" and not is_host_allowed(Headers(scope=scope).get("host")):
            refusal = "This server does not answer to this name: server.allowedHosts lists its own."
            await PlainTextResponse(refusal, status_code=421)(scope, receive, send)
            return
        await self.app(scope, receive, send)
