"""The page to read and try the API: Swagger UI, every file of it from here.

FastAPI's own page loads them from another host, as Swagger UI's badge asks one about every
description; no script stands in the page itself, so that none has to be allowed there.
"""

from html import escape
from pathlib import Path

import fastapi_offline
from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from api.settings import TITLE

SWAGGER = Path(fastapi_offline.__file__).parent / "static"
SWAGGER_FILES = ("swagger-ui.css", "swagger-ui-bundle.js")
OWN = Path(__file__).parent / "static"

_POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: API</title>
<link rel="stylesheet" href="{root}/swagger/swagger-ui.css">
<link rel="icon" href="data:,">
</head>
<body>
<main id="reference" data-description="{root}/openapi.json">
<noscript>This page needs JavaScript; <a href="{root}/openapi.json">the description</a> is the
same for programs.</noscript>
</main>
<script src="{root}/swagger/swagger-ui-bundle.js"></script>
<script src="{root}/static/reference.js"></script>
</body>
</html>
"""


def install(app: FastAPI) -> None:
    """Serve the page at ``/docs``."""
    app.mount("/swagger", StaticFiles(directory=SWAGGER), name="swagger")
    app.mount("/static", StaticFiles(directory=OWN), name="static")

    @app.get("/docs", include_in_schema=False)
    def reference(request: Request) -> HTMLResponse:
        root = escape(request.scope.get("root_path", ""), quote=True)
        page = _PAGE.format(title=escape(TITLE), root=root)
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})
