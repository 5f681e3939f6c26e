"""What was answered before is sent again as it stands, as long as the same register is published.

An answer follows from the register, the day, the address and what its asker takes: whoever makes
one says so (``lasting``). One into which more goes, such as which builds are kept, is made anew.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import question
from api.middleware.ours import Ours
from api.middleware.requests import note_route, route_of
from api.operations.state import State

MAX_BYTES = 64 * 2**20
"""So many bytes of answers are kept; of more, those not asked for longest go."""

MAX_ANSWER = 2**20
"""An answer of more bytes is not: a few of them would leave no room for all the others."""

_BESIDE = 2000
"""About so many bytes an answer takes beside its content: its place among the others."""

_CHOOSING = ("host", "accept", "accept-encoding")
"""The headers on which an answer depends."""

_PARTLY = ("if-none-match", "range")
"""With one of these less is asked for than the answer."""

_TAKEN = "partnerships.taken"


def lasting(scope: Scope) -> None:
    """Say of the answer to a request that it is the same each time it is asked for."""
    if _TAKEN in scope:
        scope[_TAKEN].lasts = True


class _Kept(NamedTuple):
    """An answer as it was sent, the route that led to it, and the bytes that it takes here."""

    start: Message
    body: bytes
    route: str
    size: int


class AnsweredMiddleware:
    """Answers what was asked before.

    Args:
        ours: tells whether an address is one of ours, and not a page or file of Streamlit's.
    """

    def __init__(self, app: ASGIApp, state: State, ours: Ours, max_bytes: int = MAX_BYTES) -> None:
        self.app = app
        self._store = state.store
        self._ours = ours
        self._max_bytes = max_bytes
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is kept, or run the app and keep its answer."""
        key = self._key(scope)
        if key is None:
            await self.app(scope, receive, send)
        elif key in self._kept:
            self._kept.move_to_end(key)
            await self._send_again(self._kept[key], scope, send)
        else:
            taken = _Taken(send)
            await self.app({**scope, _TAKEN: taken}, receive, taken.send)
            # Another register can have been published meanwhile, or another day begun.
            if taken.lasts and self._key(scope) == key:
                self._keep(key, taken, route_of(scope))

    def _key(self, scope: Scope) -> Hashable | None:
        """Of what an answer follows; None where it is not even looked for."""
        if scope["type"] != "http" or scope["method"] != "GET" or not self._ours(scope["path"]):
            return None
        headers, version = Headers(scope=scope), self._store.unchanged()
        if version is None or any(name in headers for name in _PARTLY):
            return None
        where = (scope["scheme"], scope.get("root_path", ""), scope["path"], scope["query_string"])
        chosen = (headers.get(name) for name in _CHOOSING)
        return (version.place, question.today(), *where, *chosen)

    async def _send_again(self, kept: _Kept, scope: Scope, send: Send) -> None:
        note_route(scope, kept.route)
        # Whoever comes behind adds to the headers.
        await send({**kept.start, "headers": [*kept.start["headers"]]})
        await send({"type": "http.response.body", "body": kept.body})

    def _keep(self, key: Hashable, taken: "_Taken", route: str) -> None:
        # The same can have been asked for twice at once.
        if taken.start["status"] != 200 or key in self._kept:
            return
        body = b"".join(taken.parts)
        size = _BESIDE + len(body) + len(repr((key, taken.start)))
        if size > MAX_ANSWER:
            return
        self._kept[key] = _Kept(taken.start, body, route, size)
        self._bytes += size
        while self._bytes > self._max_bytes:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= gone.size


class _Taken:
    """An answer on its way out, of which what goes by is noted."""

    def __init__(self, send: Send) -> None:
        self.lasts = False
        self._send = send
        self.start: Message = {}
        self.parts: list[bytes] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = {**message, "headers": [*message["headers"]]}
        elif self.lasts:  # All else may be far larger than what is kept.
            self.parts.append(message.get("body", b""))
        await self._send(message)
