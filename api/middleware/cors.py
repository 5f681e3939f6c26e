"""Pages of any site may read the answers, and each answer says so, whoever asks.

A shared cache keeps an answer for whoever comes next. If it was asked for by a program, which names
no origin, the page of another site that is given it then must be let read it all the same.
"""

from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

_ANY_PAGE = Headers({"Origin": "null"})


class AlwaysCORSMiddleware(CORSMiddleware):
    """Adds the headers for pages of other sites to every answer."""

    async def simple_response(
        self, scope: Scope, receive: Receive, send: Send, request_headers: Headers
    ) -> None:
        """Answer as if the page of another site had asked."""
        await super().simple_response(scope, receive, send, _ANY_PAGE)
