"""The addresses of the plain pages, and what answers at each."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.staticfiles import StaticFiles

from api import answers, base, problems, question
from api import routes as records
from api.parameters import OF_A_RECORD
from api.plain import drawing, lists, pages, sitemap
from api.question import Question
from register import citations, finding
from register.store import Store

STATIC = Path(__file__).parent / "static"

RECORDS = {"agreements": pages.agreement, "partners": pages.partner, "sources": pages.source}

OF_A_SOURCE = ("html", "bib", "ris")
FORMS = {"agreements": ("html", "json", "yaml", "bib", "ris"), "sources": OF_A_SOURCE}
FORMS["partners"] = FORMS["agreements"]

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

WRITERS: dict[str, Callable[[citations.Citation], str]] = {
    "bib": citations.to_bibtex,
    "ris": citations.to_ris,
}


def routes(store: Store) -> list[BaseRoute]:
    """The plain pages over a store, as routes of another app."""
    app = base.open_to_pages(base.application(store, _tell, openapi_url=None))
    app.mount("/r/static", StaticFiles(directory=STATIC), name="static")
    app.add_route("/r/", _list)
    # The one with the suffix first: an id has no dot, but the other would take it for one.
    for path in ("/r/{record_id}.{suffix}", "/r/{record_id}"):
        app.add_route(path, _record)
    app.add_route("/sitemap.xml", sitemap.sitemap)
    app.add_route("/sitemap_{part:int}.xml", sitemap.part)
    app.add_route("/robots.txt", sitemap.robots)
    # With the whole path, as the app has it.
    paths = ("/sitemap.xml", "/sitemap_{part:int}.xml", "/robots.txt")
    inner = [Route(path, app) for path in paths]
    return [Route("/r", _with_slash), *inner, base.any_path(Route("/r/{rest:path}", app))]


def _with_slash(request: Request) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/r/", 308)


def _list(request: Request) -> Response:
    asked = question.ask(request, OF_A_RECORD)
    name = request.path_params.get("record_id", "")
    found = lists.of_name(asked.version, name)
    if found is None:
        raise problems.Problem(404, f"There is no list “{name[:200]}”.")
    answers.form_of(request, None, ("html",))
    listed, part = found
    return _html(
        request, asked, lambda: drawing.draw(request, asked, name, listed.page(asked, part))
    )


def _record(request: Request) -> Response:
    record_id = request.path_params["record_id"]
    # No id has an underscore.
    if "_" in record_id and "suffix" not in request.path_params:
        return _list(request)
    asked = question.ask(request, OF_A_RECORD)
    table = asked.version.ask(finding.table_of, record_id)
    if table not in RECORDS:
        raise records.missing(asked.version, record_id, "record", tuple(RECORDS))
    form = answers.form_of(request, request.path_params.get("suffix"), FORMS[table])
    if form in answers.OF_RECORDS:
        return records.record(request, asked, table, record_id, form)

    url = drawing.permanent(request, record_id)

    def cited() -> citations.Citation:
        return pages.cited(asked, table, record_id, url)

    def page() -> bytes:
        drawn = RECORDS[table](asked, record_id)
        return drawing.draw(request, asked, record_id, drawn, FORMS[table][1:], cited())

    if form == "html":
        return _html(request, asked, page)
    headers = {"Content-Disposition": f'inline; filename="{record_id}.{form}"'}
    return answers.respond(request, asked, form, lambda: WRITERS[form](cited()).encode(), headers)


def _html(request: Request, asked: Question, page: Callable[[], bytes]) -> Response:
    return answers.respond(request, asked, "html", page, {"Content-Security-Policy": POLICY})


def _tell(
    request: Request, status: int, detail: str, headers: dict[str, str], **more: Any
) -> Response:
    """A problem as a page, or as problem details for who asks for another form than HTML."""
    answer = problems.answer(request, status, detail, headers, **more)
    if not _wants_page(request):
        return answer
    drawn = drawing.draw_problem(request, HTTPStatus(status).phrase, detail, more)
    page = HTMLResponse(drawn, status, headers | {"Content-Security-Policy": POLICY})
    page.headers["Cache-Control"] = answer.headers["Cache-Control"]
    return page


def _wants_page(request: Request) -> bool:
    if PurePosixPath(request.url.path).suffix[1:] in drawing.FORM_NAMES:
        return False
    try:
        return answers.form_of(request, None, ("html", "json")) == "html"
    except problems.Problem:
        return True
