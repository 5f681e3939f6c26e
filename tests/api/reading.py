"""Reads the plain pages as strict as the standard is, without the code that makes them."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib

from tests.api.conftest import Api

BASE = "http://testserver"


class Page:
    """A page that was answered, read by html5lib: any error of its syntax fails the test."""

    def __init__(self, text: str, address: str) -> None:
        self.text, self.address = text, address
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(text)

    def all(self, name: str) -> list[Element]:
        return list(self.root.iter(name))

    def one(self, name: str) -> Element:
        (found,) = self.all(name)
        return found

    def said(self) -> str:
        """The text between header and footer, as it reads."""
        return words(self.one("main"))

    def facts(self) -> dict[str, list[str]]:
        """What stands in the lists of facts: each name with its values."""
        found: dict[str, list[str]] = {}
        name = ""
        for part in (part for facts in self.all("dl") for part in facts):
            if part.tag == "dt":
                name = words(part)
                found.setdefault(name, [])
            else:
                found[name].append(words(part))
        return found

    def links(self) -> Iterator[str]:
        """Every address in it as a browser has it."""
        for name, attribute in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
            for element in self.all(name):
                if attribute in element.attrib:
                    yield urljoin(self.address, element.attrib[attribute])

    def linked_data(self) -> Any:
        (script,) = self.all("script")
        assert script.attrib == {"type": "application/ld+json"}
        return json.loads(script.text or "")


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def read(api: Api, path: str, status: int = 200, **headers: str) -> Page:
    answer = api.client.get(path, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text, f"{BASE}{path}")
