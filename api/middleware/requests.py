"""Each request has an id, is counted, timed and logged; what fails within is answered and logged.

The id leads from an answer to its lines in the log: who asks may give it (``X-Request-ID``), a
proxy for one; else it is made.
"""

import logging
import re
from dataclasses import dataclass
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.operations.logs import tell
from api.operations.state import State
from api.problems import FAILED, refuse
from register.observed import new_id, occasion

HEADER = "X-Request-ID"

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What may go into a log and into an answer as it came."""

_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}


_ANSWER = "partnerships.answer"
"""Where a request's scope has its answer, also when another middleware has made a scope anew."""


@dataclass
class _Answer:
    """What is told of an answer; the route is ``-`` where none was looked for."""

    route: str = "-"
    status: int = 0
    size: int = 0
    complete: bool = False


class RequestsMiddleware:
    """Watches over each request of a server."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app for a request with an id, and tell of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        identity = occasion.set(given if _ID.fullmatch(given) else new_id())
        answer, begun = _Answer(), perf_counter()
        scope[_ANSWER] = answer
        try:
            await self._answered(scope, receive, self._watching(answer, send), answer)
        finally:
            self._told(scope, answer, perf_counter() - begun)
            occasion.reset(identity)

    async def _answered(self, scope: Scope, receive: Receive, send: Send, answer: _Answer) -> None:
        try:
            await self.app(scope, receive, send)
        except Exception:
            logging.getLogger(__name__).exception("A request failed")
            if not answer.status:
                await refuse(scope, 500, FAILED, {})(scope, receive, send)
            elif not answer.complete:  # Whoever reads it has to see it broken off.
                raise

    def _watching(self, answer: _Answer, send: Send) -> Send:
        async def watching(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[HEADER] = occasion.get()
                if self._state.stopping:
                    headers["Connection"] = "close"
            elif message["type"] == "http.response.body":
                answer.size += len(message.get("body", b""))
                answer.complete = not message.get("more_body", False)
            await send(message)

        return watching

    def _told(self, scope: Scope, answer: _Answer, seconds: float) -> None:
        version = self._state.store.known()
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._state.metrics.requests.labels(answer.route, method, answer.status).observe(seconds)
        tell(
            "request",
            route=answer.route,
            method=method,
            status=answer.status,
            milliseconds=round(seconds * 1000, 1),
            bytes=answer.size,
            version=version and version.name,
        )


def route_of(scope: Scope) -> str:
    """The route to which a request has been led."""
    return scope[_ANSWER].route if _ANSWER in scope else "-"


def note_route(scope: Scope, route: str) -> None:
    """Note to which route a request is led."""
    if _ANSWER in scope:
        scope[_ANSWER].route = route


class RouteMiddleware:
    """Notes the route that a request was led to, as the last one before it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app, and see where it has led."""
        try:
            await self.app(scope, receive, send)
        finally:
            note_route(scope, _route(scope))


def _route(scope: Scope) -> str:
    """The route of a request, never what it asked for."""
    route, root = scope.get("route"), scope.get("root_path", "")
    if route is None or isinstance(route, Mount):
        return f"{root}/*"
    return f"{root}{route.path}"
