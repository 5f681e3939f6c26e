"""All plain pages for search engines (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterator
from xml.etree import ElementTree

from fastapi import Request
from starlette.responses import Response

from api import answers, question
from api.plain.drawing import permanent
from api.question import Question
from register import finding
from register.builds import built_at

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def names(asked: Question) -> Iterator[str]:
    """The last part of the address of every plain page."""
    yield from ("", "all_sources")
    ids = asked.version.ask(finding.ids)
    for table in ("partners", "agreements", "sources"):
        yield from ids[table]


def sitemap(request: Request) -> Response:
    """Every page, with the day of the build where it is known."""
    asked = question.ask(request, ())
    file = asked.version.file
    built = file and built_at(file.name)
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for name in names(asked):
        page = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(page, "loc").text = permanent(request, name)
        if built:
            ElementTree.SubElement(page, "lastmod").text = built.date().isoformat()
    content = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return answers.respond(request, asked, "xml", lambda: content, {}, content)


def robots(request: Request) -> Response:
    """That everything may be read, and where the list of pages is."""
    asked = question.ask(request, ())
    content = f"User-agent: *\nAllow: /\nSitemap: {request.base_url}sitemap.xml\n".encode()
    return answers.respond(request, asked, "txt", lambda: content, {}, content)
