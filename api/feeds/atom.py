"""Atom (RFC 4287): entries with who states them, a page at a time (RFC 5005)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as Tree

from api.feeds.text import fit
from api.settings import LICENCE, TITLE

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml"


@dataclass(frozen=True)
class Entry:
    """One thing that is told.

    Attributes:
        updated: when it came to stand in the register as it does; never the day of what happened.
        category: its kind, a code.
        page: where its record can be read.
        via: who states it: the names of sources by their address.
    """

    id: str
    title: str
    text: str
    updated: datetime
    category: str
    page: str
    via: Mapping[str, str]


def atom(
    feed_id: str,
    title: str,
    about: str,
    updated: datetime,
    links: Mapping[str, str],
    entries: Sequence[Entry],
) -> bytes:
    """A feed as it is sent.

    Args:
        about: what it tells, in a sentence.
        updated: when it last changed, where it has no entries.
        links: addresses by their relation: alternate, and those of parts of the feed.
    """
    root = Tree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _text(root, "id", feed_id)
    _text(root, "title", title)
    _text(root, "subtitle", about)
    _text(root, "updated", _moment(max((entry.updated for entry in entries), default=updated)))
    _text(Tree.SubElement(root, "author"), "name", TITLE)
    _text(root, "rights", "CC BY 4.0")
    for relation, address in links.items():
        _link(root, relation, address, type="text/html" if relation == "alternate" else ATOM_TYPE)
    _link(root, "license", LICENCE)
    for entry in entries:
        _add(root, entry)
    Tree.indent(root)
    return bytes(Tree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(root: Tree.Element, entry: Entry) -> None:
    made = Tree.SubElement(root, "entry")
    _text(made, "id", entry.id)
    _text(made, "title", entry.title)
    _text(made, "updated", _moment(entry.updated))
    Tree.SubElement(made, "category", {"term": entry.category})
    _link(made, "alternate", entry.page, type="text/html")
    for address, name in entry.via.items():
        _link(made, "via", address, title=name)
    _text(made, "content", entry.text)


def _text(parent: Tree.Element, name: str, text: str) -> None:
    Tree.SubElement(parent, name).text = fit(text)


def _link(parent: Tree.Element, relation: str, address: str, **more: str) -> None:
    attributes = {"rel": relation, "href": address} | more
    Tree.SubElement(parent, "link", {name: fit(text) for name, text in attributes.items()})


def _moment(moment: datetime) -> str:
    """As RFC 3339 has it."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
