"""An address longer than proxies let through is refused before anything reads it.

Every parameter can be given any number of times, so its length is what bounds the work.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import answer
from api.settings import MAX_ADDRESS


class MaxAddressMiddleware:
    """Answers 414 to an address of more than MAX_ADDRESS characters."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app unless the address is too long."""
        if scope["type"] == "http":
            length = len(scope.get("raw_path") or b"") + len(scope["query_string"])
            if length > MAX_ADDRESS:
                detail = f"An address has at most {MAX_ADDRESS:,} characters."
                await answer(Request(scope), 414, detail, {})(scope, receive, send)
                return
        await self.app(scope, receive, send)
