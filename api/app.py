"""The API, put together: routers, errors, middleware, and where it is mounted."""

import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route

from api import described, problems, reference, settings
from api.middleware.head import HeadMiddleware
from api.middleware.max_address import MaxAddressMiddleware
from api.middleware.ranges import RangesMiddleware
from api.routers import agreements, areas, counts, events, partners, register, sources, statuses
from register.store import Store

_ABOUT = """The register of the agreements between the city of Moscow and cities and regions abroad.

Each answer says the register's version, the day of its statuses, and how many rows there are.
Lists come as JSON, CSV or Parquet: by suffix, as `/agreements.csv`, or by `Accept`. With `version`
and `as_of` in it an address always has the same answer.
"""


def application(store: Store) -> FastAPI:
    """The API over a store."""
    app = FastAPI(
        title=settings.TITLE,
        version="1",
        description=_ABOUT,
        license_info={"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        servers=[{"url": settings.ROOT}],
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.store = store
    problems.install(app)
    for subject in (register, agreements, partners, events, sources, areas, statuses, counts):
        app.include_router(subject.router)
    reference.install(app)
    _describe(app)
    # The last one is the first to see a request.
    app.add_middleware(MaxAddressMiddleware)
    app.add_middleware(RangesMiddleware)
    app.add_middleware(
        GZipMiddleware,
        minimum_size=1000,
        compresslevel=5,
        # It is compressed, and read by parts.
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, settings.PARQUET),
    )
    app.add_middleware(HeadMiddleware)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match", "Range"],
        expose_headers=[
            *("Content-Range", "ETag", "Link", "Register-Version", "Register-As-Of"),
            *("Register-Total", "Register-Matching", "Register-Shown"),
        ],
    )
    return app


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
    mount = Mount(settings.ROOT, application(store))
    # Also what has a line break in it is told that there is nothing.
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return [Route(settings.ROOT, _with_slash), mount]


def _with_slash(_: Request) -> RedirectResponse:
    return RedirectResponse(f"{settings.ROOT}/", 308)
