"""What every application here stands on: the store, problems as answers, and middleware."""

import re
from typing import Any

from fastapi import FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.routing import Mount, Route

from api import problems, settings
from api.middleware.cors import AlwaysCORSMiddleware
from api.middleware.head import HeadMiddleware
from api.middleware.ranges import RangesMiddleware
from register.store import Store


def application(store: Store, tell: problems.Tell = problems.answer, **described: Any) -> FastAPI:
    """An application over a store, without routes.

    Args:
        tell: makes the answer to a problem.
        described: what FastAPI takes to describe it.
    """
    app = FastAPI(docs_url=None, redoc_url=None, redirect_slashes=False, **described)
    app.state.store = store
    problems.install(app, tell)
    # The last one is the first to see a request.
    app.add_middleware(RangesMiddleware)
    app.add_middleware(
        GZipMiddleware,
        minimum_size=1000,
        compresslevel=5,
        # It is compressed, and read by parts.
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, settings.PARQUET),
    )
    app.add_middleware(HeadMiddleware)
    return app


def open_to_pages(app: FastAPI) -> FastAPI:
    """The app, which pages of all sites may read."""
    app.add_middleware(
        AlwaysCORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match", "Range"],
        expose_headers=[
            *("Content-Range", "ETag", "Link", "Register-Version", "Register-As-Of"),
            *("Register-Total", "Register-Matching", "Register-Shown"),
            *("Retry-After", "X-Request-ID"),
        ],
    )
    return app


def any_path(route: Mount | Route) -> Mount | Route:
    """The route, for paths with a line break in them too: they are told that there is nothing."""
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    return route
