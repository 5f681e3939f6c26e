"""All plain pages for search engines (https://www.sitemaps.org/protocol.html)."""

from xml.etree import ElementTree

from fastapi import Request
from starlette.responses import Response

from api import answers, problems, question
from api.plain import lists
from api.plain.drawing import permanent
from api.question import Question
from register import finding
from register.builds import built_at
from register.store import Version

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST = 50_000
"""So many addresses a sitemap may have, by the protocol; of more there is a map of the maps."""


def parts(version: Version) -> list[str]:
    """The addresses of the parts of the map; none where it is whole."""
    number = -(-_number(version) // MOST)
    return [f"/sitemap_{part}.xml" for part in range(1, number + 1)] if number > 1 else []


def sitemap(request: Request) -> Response:
    """Every page, with the day of the build where it is known; or the parts of which it is made."""
    asked = question.ask(request, ())
    addresses = [f"{request.base_url}{path[1:]}" for path in parts(asked.version)]
    if addresses:
        return _answer(request, asked, "sitemapindex", "sitemap", addresses)
    return _answer(request, asked, "urlset", "url", _pages(request, asked, 0))


def part(request: Request) -> Response:
    """A part of the map."""
    asked, number = question.ask(request, ()), request.path_params["part"]
    if not 1 <= number <= len(parts(asked.version)):
        raise problems.Problem(404, "The map has no such part.")
    return _answer(request, asked, "urlset", "url", _pages(request, asked, (number - 1) * MOST))


def robots(request: Request) -> Response:
    """That everything may be read, and where the list of pages is."""
    asked = question.ask(request, ())
    content = f"User-agent: *\nAllow: /\nSitemap: {request.base_url}sitemap.xml\n".encode()
    return answers.respond(request, asked, "txt", lambda: content, {}, content)


def _number(version: Version) -> int:
    return len(lists.names(version)) + version.ask(finding.number_of_pages)


def _pages(request: Request, asked: Question, offset: int) -> list[str]:
    """The addresses of MOST pages, the lists first."""
    names = lists.names(asked.version)
    of_records = max(0, offset - len(names)), MOST - len(names[offset:])
    found = [*names[offset:], *asked.version.ask(finding.pages, *of_records)]
    return [permanent(request, name) for name in found]


def _answer(
    request: Request, asked: Question, kind: str, of_each: str, addresses: list[str]
) -> Response:
    file = asked.version.file
    built = file and built_at(file.name)
    root = ElementTree.Element(kind, xmlns=NAMESPACE)
    for address in addresses:
        page = ElementTree.SubElement(root, of_each)
        ElementTree.SubElement(page, "loc").text = address
        if built:
            ElementTree.SubElement(page, "lastmod").text = built.date().isoformat()
    content = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return answers.respond(request, asked, "xml", lambda: content, {}, content)
