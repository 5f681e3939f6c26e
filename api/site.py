"""Everything that is served beside the pages: one list of routes, one of middleware.

``app.py`` adds them to Streamlit's; ``python -m api`` serves them alone.
"""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from api import app
from api.feeds import routes as feeds
from api.middleware.discovery import DiscoveryMiddleware
from api.middleware.head import HeadMiddleware
from api.plain import routes as plain
from register.store import Store, published


def routes(store: Store | None = None) -> list[BaseRoute]:
    """The routes of all that is served; without a store over the published register."""
    store = store or published()
    return [*app.routes(store), *feeds.routes(store), *plain.routes(store)]


def middleware() -> list[Middleware]:
    """What sees each request, the first one first."""
    return [Middleware(HeadMiddleware), Middleware(DiscoveryMiddleware)]
