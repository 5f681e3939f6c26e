"""A page as its reader sees it: the text of an HTML file, and what the page says of itself."""

from collections.abc import Mapping
from html.parser import HTMLParser

import regex

from etl.draft.values import Page
from register import addresses, edtf

_UNREAD = {"script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "form"}
_BLOCKS = {
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "br",
    "tr",
    "table",
    "section",
    "article",
    "main",
    "header",
}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "title", "dd", "dt"}
_VOID = {
    "br",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
    "area",
    "base",
    "col",
    "embed",
}

ENOUGH = 300
"""An article of so many characters is the text; else the whole page is."""

_DATES = ("article:published_time", "datepublished", "dc.date", "date", "pubdate", "dcterms.issued")

_MARKUP = regex.compile(r"<(?:!doctype html|html|head|body|article|p|div|meta)\b", regex.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a file is a page rather than a text."""
    return _MARKUP.search(text[:2_000]) is not None


def read(html: str) -> tuple[str, Page]:
    """The text of a page, and its address, publisher, date and language where it gives them."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    articles = [text for text in map(_joined, reader.articles) if len(text) >= ENOUGH]
    text = max(articles, key=len, default=_joined(reader.parts))
    return text, reader.page()


def _joined(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Gathers what stands outside of menus and scripts, and what ``meta`` elements say."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.articles: list[list[str]] = []
        self._open: list[str] = []
        self._said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, {name: value or "" for name, value in attrs})
        if tag == "article" and "article" not in self._open:
            self.articles.append([])
        if tag not in _VOID:
            self._open.append(tag)
        if tag in _BLOCKS:
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._add("\n")
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self._add(data.replace("\n", " "))

    def _add(self, data: str) -> None:
        if _UNREAD.isdisjoint(self._open):
            self.parts.append(data)
            if "article" in self._open:
                self.articles[-1].append(data)

    def _note(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "html" and given.get("lang"):
            self._said.setdefault("language", given["lang"][:3].split("-")[0].lower())
        elif tag == "link" and given.get("rel") == "canonical":
            self._said.setdefault("url", given.get("href", ""))
        elif tag == "time" and given.get("datetime"):
            self._said.setdefault("time", given["datetime"])
        elif tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self._said.setdefault(name.lower(), given.get("content", ""))

    def page(self) -> Page:
        """What the page says of itself, as far as it is of the register's form."""
        url = self._said.get("url") or self._said.get("og:url", "")
        days = (self._said.get(name, "")[:10] for name in (*_DATES, "time"))
        return Page(
            url=url if addresses.is_public(url) else "",
            publisher=" ".join(self._said.get("og:site_name", "").split()),
            published_on=next((day for day in days if edtf.read(day)), ""),
            language=language
            if regex.fullmatch(r"[a-z]{2,3}", language := self._said.get("language", ""))
            else "",
        )
