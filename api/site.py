"""Everything that is served beside the pages: one list of routes, one of middleware.

``app.py`` adds them to Streamlit's; ``python -m api`` serves them alone.
"""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from api import app
from api.feeds import routes as feeds
from api.middleware.discovery import DiscoveryMiddleware
from api.middleware.head import HeadMiddleware
from api.middleware.hosts import Hosts, HostsMiddleware
from api.operations import probes
from api.operations.state import State, of_this_process
from register.store import Store


def routes(store: Store | None = None) -> list[BaseRoute]:
    """The routes of all that is served; without a store over the published register."""
    state = State(store) if store else of_this_process()
    return [*probes.routes(state), *app.routes(state.store), *feeds.routes(state.store)]


def middleware(hosts: Hosts) -> list[Middleware]:
    """What sees each request, the first one first.

    Args:
        hosts: gives the names under which the server answers.
    """
    return [
        Middleware(HostsMiddleware, hosts=hosts),
        Middleware(HeadMiddleware),
        Middleware(DiscoveryMiddleware),
    ]
