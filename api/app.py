"""The API, put together: routers, errors, middleware, and where it is mounted."""

from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route

from api import base, described, reference, settings
from api.routers import agreements, areas, counts, events, partners, register, sources, statuses
from register.store import Store

_ABOUT = """The register of the agreements between the city of Moscow and cities and regions abroad.

Each answer says the register's version, the day of its statuses, and how many rows there are.
Lists come as JSON, CSV or Parquet: by suffix, as `/agreements.csv`, or by `Accept`. With `version`
and `as_of` in it an address always has the same answer.
"""


def application(store: Store) -> FastAPI:
    """The API over a store."""
    app = base.application(
        store,
        title=settings.TITLE,
        version="1",
        description=_ABOUT,
        license_info={"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        servers=[{"url": settings.ROOT}],
        root_path_in_servers=False,
    )
    for subject in (register, agreements, partners, events, sources, areas, statuses, counts):
        app.include_router(subject.router)
    reference.install(app)
    _describe(app)
    return base.open_to_pages(app)


def _describe(app: FastAPI) -> None:
    """Add to the description what the answers refer to."""
    generated = app.openapi

    def openapi() -> dict[str, Any]:
        description = generated()
        description["components"] = {"schemas": described.components()}
        return description

    app.openapi = openapi  # type: ignore[method-assign]


def routes(store: Store) -> list[BaseRoute]:
    """The API over a store, as routes of another app."""
    mount = base.any_path(Mount(settings.ROOT, application(store)))
    return [Route(settings.ROOT, _with_slash), mount]


def _with_slash(_: Request) -> RedirectResponse:
    return RedirectResponse(f"{settings.ROOT}/", 308)
