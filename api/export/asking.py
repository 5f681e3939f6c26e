"""Asks the application within this process, as a server would."""

import asyncio
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Scope


class Answer(NamedTuple):
    """An answer with its content, which is not compressed."""

    status: int
    headers: Headers
    content: bytes


async def get(app: ASGIApp, base_url: str, address: str) -> Answer:
    """The answer at an address.

    Args:
        base_url: where readers find what is served, without a slash at its end.
        address: below it, with its question.
    """
    messages: list[Message] = []
    asked: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not asked:  # Nobody goes away before the answer is there.
            await asyncio.Event().wait()
        return asked.pop()

    async def send(message: Message) -> None:
        messages.append(message)

    await app(_scope(base_url, address), receive, send)
    start = next(message for message in messages if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in messages)
    return Answer(start["status"], Headers(raw=list(start["headers"])), content)


def _scope(base_url: str, address: str) -> Scope:
    base, asked = urlsplit(base_url), urlsplit(address)
    root = unquote(base.path)
    path = root + asked.path
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": base.scheme,
        "server": (base.hostname, base.port),
        "client": None,
        "root_path": root,
        "path": path,
        "raw_path": path.encode(),
        "query_string": asked.query.encode(),
        "headers": [(b"host", base.netloc.encode())],
        "state": {},
    }
