"""The register itself: its version, what is in it, what changed."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import described, question
from api.answers import facts_only
from api.parameters import OF_A_RECORD
from api.settings import FEEDS, FEEDS_ROOT, ROOT, TITLE
from register.days import Cursor
from register.frames import rows
from register.lists import LISTS
from register.queries.register import newest_source
from register.queries.versions import changes

router = APIRouter(tags=["register"])

_ANY = {"type": ["object", "null"]}


def _row_counts(cursor: Cursor) -> dict[str, int]:
    tables = sorted({listed.total for listed in LISTS} | {"statements"})
    return {
        table: cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in tables
    }


@router.get(
    "/",
    summary="The register's version, what is in it, and where it can be read",
    responses=described.json_responses("The register", {"rows": _ANY, "addresses": _ANY}),
    openapi_extra=described.extra(OF_A_RECORD),
)
def register(request: Request) -> Response:
    """The register's version, how many rows it has, how new its newest source is."""
    asked = question.ask(request, OF_A_RECORD)
    root = request.url.path.rstrip("/")
    members: dict[str, Any] = {
        "title": TITLE,
        "newest_source": asked.version.ask(newest_source),
        "rows": asked.version.ask(_row_counts),
        "addresses": {listed.name: f"{root}/{listed.name}" for listed in LISTS}
        | {name: f"{root}/{name}" for name in ("changes", "docs", "openapi.json")}
        | {name: f"{root.removesuffix(ROOT)}{FEEDS_ROOT}/{name}" for name in FEEDS},
    }
    return facts_only(request, asked, members)


@router.get(
    "/changes",
    summary="What changed since the version before",
    responses=described.json_responses("The changes", {"changes": _ANY}),
    openapi_extra=described.extra(OF_A_RECORD),
)
def changes_since(request: Request) -> Response:
    """What changed since the version before; null where no build of another version is kept."""
    asked = question.ask(request, OF_A_RECORD)
    found = asked.version.ask(changes)
    told = found and {
        "before": found.before,
        "agreements": rows(found.agreements),
        "tables": rows(found.tables),
    }
    return facts_only(request, asked, {"changes": told})
