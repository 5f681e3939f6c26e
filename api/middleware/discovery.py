"""Every page tells of the feeds, in the head of its HTML and as ``Link`` headers.

Feed readers and browsers look for them there (RFC 8288, and the HTML standard's ``alternate``).
Streamlit serves one page of its own at all addresses, into which nothing else can be put.
"""

import gzip
import hashlib
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import FEEDS, FEEDS_ROOT

_HEAD = b"<head>"


class DiscoveryMiddleware:
    """Puts links to the feeds into each page that has none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app and add to its answer if it is a page."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        await self.app(answer.asked, receive, answer.send)


class _Answer:
    """One answer, held until its end if it is a page.

    Its ETag is the page's own with a mark of the links behind it, which is taken off again where
    the asker gives it back.
    """

    def __init__(self, scope: Scope, send: Send) -> None:
        links = _links(scope.get("root_path", ""))
        self.header = ", ".join(f'<{to}>; rel="alternate"; {"; ".join(rest)}' for to, rest in links)
        self.elements = "".join(
            f'<link rel="alternate" href="{to}" {" ".join(rest)}>' for to, rest in links
        ).encode()
        self.mark = f'-{hashlib.sha256(self.elements).hexdigest()[:8]}"'
        self.asked = {**scope, "headers": [self._without_mark(*each) for each in scope["headers"]]}
        self.was_marked = self.mark in Headers(scope=scope).get("if-none-match", "")
        self.start: Message | None = None
        self.body = b""
        self._send = send

    def _without_mark(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        if name == b"if-none-match":
            value = value.replace(self.mark.encode(), b'"')
        return name, value

    async def send(self, message: Message) -> None:
        """Pass on what the app sends, a page as a whole and with the links."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if message["status"] == 304 and self.was_marked:
                self._mark(headers)
            if _is_page(message, headers):
                headers.append("Link", self.header)
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
        """The page with the links, and headers that fit it; of HEAD only these."""
        packed = headers.get("content-encoding") == "gzip"
        page = gzip.decompress(self.body) if packed and self.body else self.body
        if self.asked["method"] == "HEAD":
            del headers["content-length"]
        elif _HEAD not in page or b"application/atom+xml" in page:
            return self.body
        # When the page's file changed says nothing of the links, nor are its parts those of it.
        del headers["last-modified"]
        del headers["accept-ranges"]
        self._mark(headers)
        page = page.replace(_HEAD, _HEAD + self.elements, 1)
        page = gzip.compress(page, 5, mtime=0) if packed and page else page
        if "content-length" in headers:
            headers["Content-Length"] = str(len(page))
        return page

    def _mark(self, headers: MutableHeaders) -> None:
        if "etag" in headers:
            headers["ETag"] = re.sub('"$', self.mark, headers["etag"])


def _is_page(message: Message, headers: Headers) -> bool:
    return (
        message["status"] == 200
        and headers.get("content-type", "").startswith("text/html")
        and headers.get("content-encoding", "gzip") == "gzip"
    )


def _links(root: str) -> list[tuple[str, tuple[str, str]]]:
    """The address of each feed, with its type and title."""
    return [
        (f"{root}{FEEDS_ROOT}/{name}", (f'type="{media_type}"', f'title="{title}"'))
        for name, (media_type, title) in FEEDS.items()
    ]
