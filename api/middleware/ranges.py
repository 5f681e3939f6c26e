"""A part of a Parquet file is answered with that part (RFC 9110, section 14).

DuckDB and other readers of Parquet over HTTP take the end of a file first and then only the columns
that a query needs; without this they have to be told to fetch the whole file.
"""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import PARQUET

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class RangesMiddleware:
    """Answers a request for one range of bytes with 206; several get the whole file."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app and cut its answer, if it is a Parquet file and a part is asked for."""
        asked = _RANGE.fullmatch(Headers(scope=scope).get("range", "")) if _is_get(scope) else None
        held: list[Message] = []

        async def part(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            if held:
                start = held.pop()
                headers = MutableHeaders(raw=start["headers"])
                if start["status"] == 200 and headers.get("content-type") == PARQUET:
                    headers["Accept-Ranges"] = "bytes"
                    if asked and not message.get("more_body"):
                        _cut(start, message, headers, asked)
                await send(start)
            await send(message)

        await self.app(scope, receive, part if _is_get(scope) else send)


def _is_get(scope: Scope) -> bool:
    return (scope["type"], scope.get("method")) == ("http", "GET")


def _cut(start: Message, message: Message, headers: MutableHeaders, asked: re.Match[str]) -> None:
    """Leave the range that is asked for of an answer; 416 where the file has none of it."""
    body: bytes = message["body"]
    span = _span(asked[1], asked[2], len(body))
    start["status"] = 206 if span else 416
    first, last = span or (0, -1)
    message["body"] = body[first : last + 1]
    headers["Content-Range"] = f"bytes {f'{first}-{last}' if span else '*'}/{len(body)}"
    headers["Content-Length"] = str(len(message["body"]))


def _span(first: str, last: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte, None where there is none such; ``-5``: the last five."""
    begin = int(first) if first else max(0, size - int(last or 0))
    end = min(size - 1, int(last)) if first and last else size - 1
    return (begin, end) if begin <= end else None
