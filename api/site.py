"""Everything that is served beside the pages, and what sees each request.

``app.py`` adds it to Streamlit; ``python -m api`` serves it alone.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from api import app
from api.feeds import routes as feeds
from api.middleware.answered import AnsweredMiddleware
from api.middleware.discovery import NOTHING, DiscoveryMiddleware, Head
from api.middleware.head import HeadMiddleware
from api.middleware.hosts import Hosts, HostsMiddleware
from api.middleware.limits import LimitsMiddleware
from api.middleware.ours import ours
from api.middleware.packing import Named, PackingMiddleware, Written, as_it_is
from api.middleware.private import PrivateMiddleware
from api.middleware.rate import RateMiddleware
from api.middleware.requests import RequestsMiddleware, RouteMiddleware
from api.middleware.security import STRICT, SecurityMiddleware
from api.middleware.sessions import SessionsMiddleware
from api.operations import logs, metrics, probes, sending
from api.operations.starting import Prepare, nothing, prepared
from api.operations.state import State
from api.operations.stopping import orderly
from api.plain import routes as plain
from register.observed import Done, listening
from register.store import Store


def routes(store: Store) -> list[BaseRoute]:
    """The routes of all that tells of the register."""
    return [*app.routes(store), *feeds.routes(store), *plain.routes(store)]


class Site:
    """One server's routes, middleware, and what is done while it runs.

    Args:
        hosts: gives the names under which it answers; without: those of the settings.
        pages: the content security policy of what is served beside the routes.
        head: what these pages get in their head.
        named: tells which addresses of files name their content.
        written: writes a file's content as browsers get it.
        prepare: what is done before anybody is let in.
    """

    def __init__(
        self,
        state: State,
        hosts: Hosts | None = None,
        pages: str = STRICT,
        head: Head = NOTHING,
        named: Named = lambda _: False,
        written: Written = as_it_is,
        prepare: Prepare = nothing,
    ) -> None:
        self.state = state
        self._prepare = prepare
        self.routes: list[BaseRoute] = [
            *probes.routes(state),
            metrics.route(state.metrics),
            *routes(state.store),
        ]
        is_ours = ours(self.routes)
        settings = state.settings
        hosts = hosts or (lambda: (*settings.allowed_hosts, settings.host))
        # Kubernetes and Prometheus ask at an address that nobody knows before. What the probes say
        # the API says to everybody; the metrics have to be guarded by more than a name then.
        anywhere = (*probes.PATHS, *([metrics.PATH] if settings.metrics_token else ()))
        # The first one is the first to see a request.
        self.middleware = [
            Middleware(SecurityMiddleware, state=state, ours=is_ours, pages=pages),
            Middleware(RequestsMiddleware, state=state),
            Middleware(HostsMiddleware, hosts=hosts, anywhere=anywhere),
            Middleware(PrivateMiddleware, token=settings.metrics_token),
            Middleware(LimitsMiddleware, ours=is_ours),
            Middleware(RateMiddleware, state=state, ours=is_ours),
            Middleware(SessionsMiddleware, state=state, ours=is_ours),
            Middleware(HeadMiddleware),
            Middleware(AnsweredMiddleware, state=state, ours=is_ours),
            Middleware(PackingMiddleware, ours=is_ours, named=named, written=written),
            Middleware(DiscoveryMiddleware, ours=is_ours, head=head),
            Middleware(RouteMiddleware),
        ]

    @asynccontextmanager
    async def lifespan(self, _: Any) -> AsyncIterator[None]:
        """Count and log what is done; stop in good order."""
        sending.at_once()
        with listening(self._done):
            async with orderly(self.state), prepared(self._prepare):
                yield

    def application(self) -> Starlette:
        """All of it alone."""
        return Starlette(routes=self.routes, middleware=self.middleware, lifespan=self.lifespan)

    def _done(self, done: Done) -> None:
        self.state.metrics.done(done)
        if done.kind == "run":
            version = self.state.store.known()
            logs.tell(
                "run",
                page=done.name,
                outcome=done.outcome,
                milliseconds=round(done.seconds * 1000, 1),
                version=version and version.name,
            )
