"""From a page to its HTML: the templates, and what each of them knows.

Whatever is put into a template is text and is escaped; an address is a link only if it is one of
the web.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from api import answers
from api.plain import json_ld
from api.plain.pages import Page
from api.question import Question
from api.settings import FEEDS, FEEDS_ROOT, LICENCE
from register import citations, naming, texts, words
from register.citations import Citation
from register.frames import groups
from register.markup import address

FORM_NAMES = {"json": "JSON", "yaml": "YAML", "bib": "BibTeX", "ris": "RIS"}


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
_templates.filters |= {"web": address, "grouped": groups}
_templates.globals |= {
    "words": words,
    "naming": naming,
    "texts": texts,
    "register": citations.REGISTER,
    "geonames": json_ld.geonames,
    "licence": LICENCE,
    "media_types": answers.FORMATS,
    "form_names": FORM_NAMES,
}


def permanent(request: Request, name: str) -> str:
    """The whole address of a page, with nothing but its name."""
    return f"{request.base_url}r/{name}"


def draw(
    request: Request,
    asked: Question,
    name: str,
    page: Page,
    forms: Iterable[str] = (),
    cited: Citation | None = None,
) -> bytes:
    """The page in HTML.

    Args:
        name: its last part of the address.
        forms: the other forms in which it can be had.
        cited: how to cite it, if it is a record.
    """
    query = f"?{urlencode(asked.given, True)}" if asked.given else ""
    canonical = permanent(request, name)
    version = asked.version.name
    drawn = _templates.get_template(f"{page.template}.html").render(
        page.values,
        title=page.title,
        about=page.about,
        # The pages lie in one folder, so that they are right wherever it is put.
        home="./",
        top="../",
        query=query,
        link=lambda record_id: f"{record_id}{query}",
        canonical=canonical,
        linked_data=json_ld.linked(page, lambda end: permanent(request, end), canonical, version),
        record_id=name,
        forms=list(forms),
        feeds=list(_feeds(page)),
        interactive=_interactive(asked, name, page),
        correction=_correction(name, page),
        citation=cited and citations.in_words(cited),
        version=version,
        as_of=asked.filters.as_of,
        horizon=asked.filters.horizon,
    )
    return drawn.encode()


def draw_problem(request: Request, title: str, detail: str, more: Mapping[str, Any]) -> bytes:
    """The page that tells a problem, at whatever address."""
    known: dict[str, Any] = {"errors": [], "did_you_mean": [], "replaced_by": None}
    root = request.scope.get("root_path", "")
    drawn = _templates.get_template("problem.html").render(
        known | dict(more), title=title, detail=detail, home=f"{root}/r/", query=""
    )
    return drawn.encode()


def _feeds(page: Page) -> Iterable[dict[str, str]]:
    partner = page.values.get("partner") or page.values.get("profile")
    for name, (media_type, title) in FEEDS.items():
        of_one = f"?{urlencode({'city': partner['partner_id']})}" if partner else ""
        about = f"{title}: {partner['name']}" if partner else title
        yield {"media_type": media_type, "title": about, "path": f"{FEEDS_ROOT[1:]}/{name}{of_one}"}


_INTERACTIVE = {
    "agreement": ("agreement", "id"),
    "partner": ("partner", "city"),
    "source": ("sources", "source"),
    "sources": ("sources", None),
    "index": ("", None),
}
"""The dashboard's page for each of ours, and in which parameter it takes the id."""


def _correction(name: str, page: Page) -> str | None:
    """The address of the form in which the record can be corrected, from the top."""
    corrected = page.template in ("agreement", "partner")
    return f"propose?{urlencode({'id': name})}" if corrected else None


def _interactive(asked: Question, name: str, page: Page) -> str:
    """The address of the interactive page, from the top."""
    path, parameter = _INTERACTIVE[page.template]
    query = urlencode(({parameter: [name]} if parameter else {}) | asked.given, True)
    return f"{path}?{query}" if query else path
