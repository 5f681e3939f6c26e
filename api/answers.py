"""Answers: the same rows as JSON, CSV or Parquet, with what caches and readers need to know."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.middleware.answered import lasting
from api.problems import Problem
from api.question import Question, address
from api.sent import SentOnce
from api.settings import (
    CODE,
    DEFAULT_LIMIT,
    IMMUTABLE_SECONDS,
    LICENCE,
    MAX_ROWS,
    PARQUET,
    SHARED_SECONDS,
)
from api.writers import as_json, as_table, table_file, to_json
from register import lists
from register.export import file_name
from register.filters import Filters
from register.lists import List

FORMATS = {
    "json": "application/json",
    "csv": "text/csv",
    "parquet": PARQUET,
    "yaml": "application/yaml",
    "ics": "text/calendar",
    "atom": "application/atom+xml",
    "html": "text/html",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "xml": "application/xml",
    "txt": "text/plain",
}
"""The forms of answers by their suffix."""

UTF_8 = ("csv", "yaml", "html", "bib", "ris", "txt")
"""The forms whose answers name their encoding."""

OF_LISTS = ("json", "csv", "parquet")
OF_RECORDS = ("json", "yaml")


def listing(request: Request, listed: List, question: Question, suffix: str | None) -> Response:
    """The page of a list that a question asks for."""
    form = form_of(request, suffix, OF_LISTS)
    columns = [
        column
        for name in question.fields or [column.name for column in listed.columns]
        for column in listed.columns
        if column.name == name
    ]
    limit = question.limit or (DEFAULT_LIMIT if form == "json" else None)
    names = tuple(column.name for column in columns)
    asked = (listed, question.filters, names, question.offset, limit)
    total = question.version.ask(lists.total, listed)
    matching = _matching(question, asked)
    shown = max(0, min(matching - question.offset, limit or matching))
    after = question.offset + shown
    facts = _facts(question) | {"total": total, "matching": matching, "shown": shown}
    facts["next"] = (
        following(request, question, after, limit) if limit and shown and after < matching else None
    )

    def content() -> bytes | Path:
        if shown > MAX_ROWS:
            return question.version.download(table_file, form, asked, columns, facts)
        rows = question.version.ask(lists.page, *asked)
        return (
            as_json(rows, columns, facts)
            if form == "json"
            else as_table(form, rows, columns, facts)
        )

    headers = {f"Register-{name.title()}": str(facts[name]) for name in ("total", "matching")}
    headers["Register-Shown"] = str(shown)
    if facts["next"]:
        headers["Link"] = f'<{facts["next"]}>; rel="next"'
    if form != "json":
        name = file_name(
            listed.name.replace("/", "-"), question.filters.as_of, question.version.name, form
        )
        headers["Content-Disposition"] = f'inline; filename="{name}"'
    return respond(request, question, form, content, headers)


Asked = tuple[List, Filters, tuple[str, ...], int, int | None]
"""What ``lists.page`` takes."""


def _matching(question: Question, asked: Asked) -> int:
    """How many rows fit; a page that is not full tells it."""
    listed, filters, _, offset, limit = asked
    if limit and limit <= MAX_ROWS:
        shown = len(question.version.ask(lists.page, *asked))
        if 0 < shown < limit or not (shown or offset):
            return offset + shown
    return question.version.ask(lists.count, listed, filters)


def record(
    request: Request,
    question: Question,
    suffix: str | None,
    members: dict[str, Any],
    as_yaml: Callable[[], str],
) -> Response:
    """One record: its document alone as YAML, with what holds on the day as JSON."""
    form = form_of(request, suffix, OF_RECORDS)

    def content() -> bytes:
        if form == "yaml":
            return as_yaml().encode()
        return to_json(_facts(question) | members)

    return respond(request, question, form, content, {})


def facts_only(request: Request, question: Question, members: dict[str, Any]) -> Response:
    """An answer that is no list, and may depend on more than version and question."""
    content = to_json(_facts(question) | members)
    asked = replace(question, pinned=False)
    return respond(request, asked, "json", lambda: content, {}, content)


def respond(
    request: Request,
    question: Question,
    form: str,
    content: Callable[[], bytes | Path],
    headers: dict[str, str],
    told: bytes = b"",
) -> Response:
    """The answer with its ETag; 304 without content where the asker has it already.

    Args:
        content: makes what is sent, in memory or as a file that is removed then.
        told: the content, where version and question alone do not tell it.
    """
    etag = _etag(request, question, form, told)
    kept = f"max-age={IMMUTABLE_SECONDS}, immutable"
    shared = f"max-age=0, s-maxage={SHARED_SECONDS}"
    headers |= {
        "ETag": etag,
        "Cache-Control": f"public, {kept if question.pinned else shared}",
        "Vary": "Accept",
        "Register-Version": question.version.name,
        "Register-As-Of": question.filters.as_of.isoformat(),
        "Link": ", ".join(filter(None, [headers.get("Link"), f'<{LICENCE}>; rel="license"'])),
    }
    wanted = {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}
    if etag in wanted or "*" in wanted:
        return Response(status_code=304, headers=headers)
    media_type = FORMATS[form] + ("; charset=utf-8" if form in UTF_8 else "")
    made = content()
    if isinstance(made, Path):
        return SentOnce(str(made), headers, media_type)
    if not told:
        lasting(request.scope)
    return Response(made, headers=headers, media_type=media_type)


def following(request: Request, question: Question, offset: int, limit: int) -> str:
    """The next page, of the same version and day, so that no row is left out or comes twice."""
    return address(
        _path(request),
        question.given,
        as_of=question.filters.as_of.isoformat(),
        version=question.version.name,
        limit=str(limit),
        offset=str(offset),
    )


def _facts(question: Question) -> dict[str, Any]:
    return {
        "version": question.version.name,
        "as_of": question.filters.as_of,
        "horizon": question.filters.horizon,
        "licence": LICENCE,
    }


def _path(request: Request) -> str:
    return request.url.path


def form_of(request: Request, suffix: str | None, possible: Sequence[str]) -> str:
    """The form that the suffix, or else the Accept header, asks for; the first if neither does."""
    if suffix is not None:
        if suffix not in possible:
            forms = ", ".join(f".{form}" for form in possible)
            raise Problem(404, f"There is no .{suffix[:20]} of this; there are {forms}.")
        return suffix
    accepted = [part.split(";") for part in request.headers.get("accept", "*/*").split(",")]
    by_quality = sorted(accepted, key=lambda part: -_quality(part[1:]))
    for name, *parameters in by_quality:
        for form in possible:
            fits = name.strip().lower() in (
                FORMATS[form],
                "*/*",
                f"{FORMATS[form].split('/')[0]}/*",
            )
            if fits and _quality(parameters) > 0:
                return form
    raise Problem(406, f"It can be had as {', '.join(FORMATS[form] for form in possible)}.")


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _etag(request: Request, question: Question, form: str, told: bytes) -> str:
    """Weak, because the same answer is sent compressed or not."""
    asked = (question.version.name, code_version(), _path(request), form, repr(question.filters))
    rest = (question.limit, question.offset, question.fields, sorted(question.given.items()), told)
    return f'W/"{hashlib.sha256(repr((asked, rest)).encode()).hexdigest()[:32]}"'


@cache
def code_version() -> str:
    """A hash over the code that makes the answers."""
    digest = hashlib.sha256()
    files = (file for folder in CODE for kind in ("*.py", "*.html") for file in folder.rglob(kind))
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
