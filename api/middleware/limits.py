"""What is too long, or no request of a reader, is refused before anything reads it.

Every parameter can be given any number of times, so that an address's length is what bounds the
work. Nothing of ours takes a body.
"""

from collections.abc import Iterator

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.ours import Ours
from api.problems import refuse
from api.settings import MAX_ADDRESS, MAX_HEADERS


class LimitsMiddleware:
    """Answers 4xx to what is too long, has a body, or a path that is none.

    Args:
        ours: tells whether an address is one of ours: Streamlit's own take bodies, and know which
            paths they do not serve.
    """

    def __init__(self, app: ASGIApp, ours: Ours) -> None:
        self.app = app
        self._ours = ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app unless there is a reason to refuse."""
        if scope["type"] in ("http", "websocket"):
            for status, detail in self._refusals(scope):
                # What has not been read of the request would be taken for the next one.
                headers = {"Connection": "close"} if status == 413 else {}
                await refuse(scope, status, detail, headers)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _refusals(self, scope: Scope) -> Iterator[tuple[int, str]]:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            yield 414, f"An address has at most {MAX_ADDRESS:,} characters."
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
            yield 431, f"All headers together have at most {MAX_HEADERS:,} bytes."
        if not self._ours(scope["path"]):
            return
        headers = Headers(scope=scope)
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            yield 413, "The register is only read: send no content."
        if "\0" in scope["path"] or ".." in scope["path"].replace("\\", "/").split("/"):
            yield 404, "There is nothing at this address: it has a NUL or a step upwards in it."
