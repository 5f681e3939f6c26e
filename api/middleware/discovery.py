"""Every page tells in the head of its HTML of the feeds, Streamlit's also of what it will need.

Feed readers and browsers look there for feeds, and in ``Link`` headers (RFC 8288, and the HTML
standard's ``alternate``). Streamlit serves one page of its own at all addresses, into which nothing
else can be put. HEAD has to have been made a GET before (``head``): a page is known by its content.
"""

import gzip
import re
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.ours import Ours
from api.settings import FEEDS, FEEDS_ROOT

_HEAD, _END = b"<head>", b"</head>"


class Head(NamedTuple):
    """HTML for the head of a page: before and behind what the page itself has there."""

    first: str = ""
    last: str = ""


NOTHING = Head()


class _Links(NamedTuple):
    """The links to the feeds as a header, what is put into the head, their mark in an ETag."""

    header: str
    first: bytes
    last: bytes
    mark: str


@lru_cache(8)
def _links(root: str, head: Head) -> _Links:
    """The links where all is served below the path ``root``."""
    links = [
        (f"{root}{FEEDS_ROOT}/{name}", f'type="{media_type}"', f'title="{title}"')
        for name, (media_type, title) in FEEDS.items()
    ]
    header = ", ".join(
        f'<{to}>; rel="alternate"; {media_type}; {title}' for to, media_type, title in links
    )
    feeds = "".join(
        f'<link rel="alternate" href="{to}" {media_type} {title}>'
        for to, media_type, title in links
    )
    first, last = f"{feeds}{head.first}".encode(), head.last.encode()
    return _Links(header, first, last, f'-{sha256(first + last).hexdigest()[:8]}"')


class DiscoveryMiddleware:
    """Puts links to the feeds into each page that has none.

    Args:
        ours: tells whether an address is one of ours, and not a page of Streamlit's.
        head: what a page of Streamlit's gets beside them.
    """

    def __init__(self, app: ASGIApp, ours: Ours, head: Head = NOTHING) -> None:
        self.app = app
        self._ours = ours
        self._head = head

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app and add to its answer if it is a page."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = NOTHING if self._ours(scope["path"]) else self._head
        answer = _Answer(scope, send, _links(scope.get("root_path", ""), head))
        await self.app(answer.asked, receive, answer.send)


class _Answer:
    """One answer, held until its end if it is a page.

    Its ETag is the page's own with a mark of the links behind it, which is taken off again where
    the asker gives it back.
    """

    def __init__(self, scope: Scope, send: Send, links: _Links) -> None:
        self.links = links
        self.asked = {**scope, "headers": [self._without_mark(*each) for each in scope["headers"]]}
        self.was_marked = self.links.mark in Headers(scope=scope).get("if-none-match", "")
        self.start: Message | None = None
        self.body = b""
        self._send = send

    def _without_mark(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        if name == b"if-none-match":
            value = value.replace(self.links.mark.encode(), b'"')
        return name, value

    async def send(self, message: Message) -> None:
        """Pass on what the app sends, a page as a whole and with the links."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if message["status"] == 304 and self.was_marked:
                self._mark(headers)
            if _is_page(message, headers):
                headers.append("Link", self.links.header)
                self.start = message
                return
        elif self.start:
            self.body += message.get("body", b"")
            if message.get("more_body"):
                return
            message = {**message, "body": self._told(MutableHeaders(raw=self.start["headers"]))}
            await self._send(self.start)
        await self._send(message)

    def _told(self, headers: MutableHeaders) -> bytes:
        """The page with the links, and headers that fit it."""
        packed = "content-encoding" in headers
        page = gzip.decompress(self.body) if packed else self.body
        if _HEAD not in page or b"application/atom+xml" in page:
            return self.body
        # When the page's file changed says nothing of the links, nor are its parts those of it.
        del headers["last-modified"]
        del headers["accept-ranges"]
        self._mark(headers)
        page = page.replace(_HEAD, _HEAD + self.links.first, 1)
        # Behind what the page itself begins with.
        page = page.replace(_END, self.links.last + _END, 1)
        page = gzip.compress(page, 5, mtime=0) if packed else page
        headers["Content-Length"] = str(len(page))
        return page

    def _mark(self, headers: MutableHeaders) -> None:
        if "etag" in headers:
            headers["ETag"] = re.sub('"$', self.links.mark, headers["etag"])


def _is_page(message: Message, headers: Headers) -> bool:
    return (
        message["status"] == 200
        and headers.get("content-type", "").startswith("text/html")
        and headers.get("content-encoding", "gzip") == "gzip"
    )
