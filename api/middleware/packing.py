"""Pages and their files are sent packed, and files packed once; browsers keep them while they hold.

A first visit fetches ten megabytes of scripts. Streamlit sends its own as they are, since Starlette
would pack them anew for each visitor. An address that names the content of its file is never asked
for again; others are, with the file's ETag.
"""

import gzip
import re
from collections.abc import Callable
from typing import NamedTuple

import brotli
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.ours import Ours

_FILE = re.compile(r"/(?:app/)?static(?:/\w[\w.-]*)+", re.ASCII)
"""The files of pages. No two of these paths lead to the same: no more is kept than there is."""

_PAGE = "text/html"
_WORTH_IT = re.compile(r"text/|image/svg|application/(javascript|json|manifest|wasm|xml)")
_LEAST = 500
"""Bytes; what is less fits into a packet anyway."""

_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=6),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
"""The ways to pack, the best first; each takes a sixth of a second for the longest file."""

FOR_EVER, FOR_AN_HOUR = "public, immutable, max-age=31536000", "public, max-age=3600"

Named = Callable[[str], bool]
"""Tells of an address with its query whether it names the content."""

Written = Callable[[str, bytes], bytes]
"""Writes the content of the file at a path as it is packed: otherwise, to the same effect."""


def as_it_is(_: str, body: bytes) -> bytes:
    """The content itself."""
    return body


class _Kept(NamedTuple):
    """A file's content, packed, and the ETag that the file had."""

    etag: str
    body: bytes


class PackingMiddleware:
    """Packs pages and their files, for whoever takes them packed.

    Args:
        ours: tells whether an address is one of ours: what is there is packed where it is made.
        named: tells which addresses name the content of their file, beside Streamlit's.
        written: writes a file's content before it is packed.
    """

    def __init__(self, app: ASGIApp, ours: Ours, named: Named, written: Written = as_it_is) -> None:
        self.app = app
        self._ours = ours
        self._named = named
        self._written = written
        self._kept: dict[tuple[str, str], _Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app, and pack its answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or self._ours(scope["path"]):
            await self.app(scope, receive, send)
            return
        coding = _coding(Headers(scope=scope))
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not _FILE.fullmatch(path):
            await self.app(scope, receive, _packing_pages(send, coding) if coding else send)
            return
        # Streamlit would pack some of them itself, for each visitor.
        asked = {**scope, "headers": _without(scope, b"accept-encoding")}
        start, body = await self._file(asked, receive, path, coding)
        headers = MutableHeaders(raw=start["headers"])
        if start["status"] in (200, 304) and not headers.get("content-type", "").startswith(_PAGE):
            named = self._named(f"{path}?{scope['query_string'].decode('latin-1')}")
            headers.setdefault("Cache-Control", FOR_EVER if named else FOR_AN_HOUR)
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def _file(
        self, scope: Scope, receive: Receive, path: str, coding: str
    ) -> tuple[Message, bytes]:
        """The answer to the request for a file; one that is kept is not read again."""
        kept = self._kept.get((path, coding))
        start, body = await self._ask({**scope, "method": "HEAD"} if kept else scope, receive)
        if kept and start["status"] == 200 and _etag(start) != kept.etag:
            kept, (start, body) = None, await self._ask(scope, receive)
        if not kept and coding and _worth_it(start, body):
            packed = await to_thread.run_sync(self._packed, path, body, coding)
            kept = _Kept(_etag(start), packed)
            if not _is_page(start):  # Streamlit's page stands at every address where nothing is.
                self._kept[path, coding] = kept
        if kept and start["status"] == 200:
            body = kept.body
            _say_packed(MutableHeaders(raw=start["headers"]), coding, len(body))
        return start, body

    def _packed(self, path: str, body: bytes, coding: str) -> bytes:
        return _CODINGS[coding](self._written(path, body))

    async def _ask(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        told: list[Message] = []

        async def take(message: Message) -> None:
            told.append(message)

        await self.app(scope, receive, take)
        start, *parts = told
        return start, b"".join(part.get("body", b"") for part in parts)


def _packing_pages(send: Send, coding: str) -> Send:
    """Send, with a page packed; what is no page goes through as it comes."""
    held: list[Message] = []

    async def packing(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            held.append(message)
            return
        if held:
            start = held.pop()
            body = message.get("body", b"")
            if not message.get("more_body") and _worth_it(start, body):
                message = {**message, "body": _CODINGS[coding](body)}
                _say_packed(MutableHeaders(raw=start["headers"]), coding, len(message["body"]))
            await send(start)
        await send(message)

    return packing


def _say_packed(headers: MutableHeaders, coding: str, length: int) -> None:
    headers["Content-Encoding"] = coding
    headers["Content-Length"] = str(length)
    headers.add_vary_header("Accept-Encoding")
    del headers["Accept-Ranges"]


def _worth_it(start: Message, body: bytes) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and len(body) >= _LEAST
        and "content-encoding" not in headers
        and _WORTH_IT.match(headers.get("content-type", "")) is not None
    )


def _is_page(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith(_PAGE)


def _etag(start: Message) -> str:
    return Headers(raw=start["headers"]).get("etag", "")


def _without(scope: Scope, name: bytes) -> list[tuple[bytes, bytes]]:
    return [header for header in scope["headers"] if header[0] != name]


def _coding(headers: Headers) -> str:
    """The best way to pack that is accepted, "" for none, or where a part is asked for."""
    if "range" in headers:
        return ""
    accepted = headers.get("accept-encoding", "").replace(" ", "").lower().split(",")
    refused = re.compile(r";q=0(\.0*)?$")
    names = {each.partition(";")[0] for each in accepted if not refused.search(each)}
    return next((coding for coding in _CODINGS if coding in names), "")
