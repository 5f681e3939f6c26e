"""Pages of any site may read the answers, and each answer says so, whoever asks.

A shared cache keeps an answer for whoever comes next. If it was asked for by a program, which names
no origin, the page of another site that is given it then must be let read it all the same.
"""

from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send


class AlwaysCORSMiddleware(CORSMiddleware):
    """Adds the headers for pages of other sites to every answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app as for a page of another site."""
        if scope["type"] == "http" and "origin" not in Headers(scope=scope):
            scope = {**scope, "headers": [*scope["headers"], (b"origin", b"null")]}
        await super().__call__(scope, receive, send)
