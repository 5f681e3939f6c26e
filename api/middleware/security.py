"""Headers that tell a browser what an answer may do; docs/security.md has the reason of each."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.ours import Ours
from api.operations.state import State
from api.settings import ROOT

STRICT = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'"
)
"""The policy of what is ours: plain pages without scripts, and what is no page at all."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation"),
            *("gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"),
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}

_OPEN = (f"{ROOT}/", "/feeds/")
"""What pages of other sites may load."""


class SecurityMiddleware:
    """Puts the headers on every answer; an answer's own policy stays.

    Args:
        ours: tells whether an address is one of ours.
        pages: the policy of all others, the pages and files of Streamlit.
    """

    def __init__(self, app: ASGIApp, state: State, ours: Ours, pages: str = STRICT) -> None:
        self.app = app
        self._ours = ours
        self._pages = pages
        self._ancestors = f"frame-ancestors {' '.join(state.settings.frame_ancestors)}"
        seconds = state.settings.hsts_seconds
        self._always = _ALWAYS | (
            {"Strict-Transport-Security": f"max-age={seconds}"} if seconds else {}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app and add to the head of its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"].endswith("http.response.start"):
                self._add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, send if scope["type"] == "lifespan" else with_headers)

    def _add(self, headers: MutableHeaders, path: str) -> None:
        for name, value in self._always.items():
            headers[name] = value
        policy = headers.get("Content-Security-Policy", STRICT if self._ours(path) else self._pages)
        headers["Content-Security-Policy"] = f"{policy}; {self._ancestors}"
        headers["Cross-Origin-Resource-Policy"] = (
            "cross-origin" if path.startswith(_OPEN) else "same-origin"
        )
