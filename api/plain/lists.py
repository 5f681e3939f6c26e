"""The pages that are no record: all partners, all sources, a part at a time where they are many."""

from collections.abc import Callable
from typing import NamedTuple

from api.plain.pages import Page
from api.question import Question
from register import summaries
from register.filters import Filters
from register.frames import groups, rows
from register.queries import register as register_queries
from register.queries import source as source_queries
from register.queries import timeline
from register.queries.figures import figures
from register.store import Version
from register.words import counted

PARTNERS, SOURCES = 200, 1000
"""So many partners, and so many sources, a page of their list has."""

OF_EACH = 50
"""So many agreements of a partner are in the list of all; its own page has more."""


class Part(NamedTuple):
    """A page of a list.

    Attributes:
        what: what the list has, in the plural.
        names: the last part of the address of each page of the list.
        number: which of them it is, from 1.
        first, last, total: which of all it has.
    """

    what: str
    names: list[str]
    number: int
    first: int
    last: int
    total: int


class Listed(NamedTuple):
    """A list: its address, that of its further pages, how many each has, and what makes one."""

    name: str
    further: str
    a_page: int
    count: Callable[[Version], int]
    page: Callable[[Question, Part], Page]

    def names(self, version: Version) -> list[str]:
        """The last part of the address of each page; no id has an underscore."""
        pages = max(1, -(-self.count(version) // self.a_page))
        return [self.name, *(f"{self.further}_{number}" for number in range(2, pages + 1))]

    def part(self, version: Version, name: str) -> Part:
        """The page of that name."""
        names, total = self.names(version), self.count(version)
        first = names.index(name) * self.a_page
        last = min(first + self.a_page, total)
        return Part(self.further, names, names.index(name) + 1, first + 1, last, total)


def _partners(asked: Question, part: Part) -> Page:
    """The partners with their agreements; of very many those in force and the latest."""
    ask, filters = asked.version.ask, asked.filters
    every = Filters(as_of=filters.as_of, horizon=filters.horizon)
    names = dict(list(ask(register_queries.options).city.items())[part.first - 1 : part.last])
    here = Filters(as_of=filters.as_of, horizon=filters.horizon, city=tuple(names))
    known = rows(ask(timeline.agreements, here, here.city, OF_EACH))
    found = {of_one[0]["partner_id"]: of_one for of_one in groups(known, "partner_id")}
    of_each = ask(timeline.partners, here, "name", 0, len(names))
    numbers = dict(zip(of_each["partner_id"], of_each["agreements"], strict=True))
    partners = [
        {
            "partner_id": partner_id,
            "name": name,
            "agreements": found.get(partner_id, []),
            "more": int(numbers.get(partner_id, 0)) - len(found.get(partner_id, [])),
        }
        for partner_id, name in names.items()
    ]
    about = summaries.register(ask(figures, every), filters)
    return Page(
        "index", "Partners and their agreements", about, {"partners": partners, "part": part}
    )


def _sources(asked: Question, part: Part) -> Page:
    """The sources by publisher and date."""
    found = asked.version.ask(source_queries.sources, part.first - 1, part.last - part.first + 1)
    about = f"The {counted(part.total, 'source')} of the register, by publisher and date."
    return Page("sources", "All sources", about, {"sources": rows(found), "part": part})


LISTS = (
    Listed(
        "",
        "partners",
        PARTNERS,
        lambda version: len(version.ask(register_queries.options).city),
        _partners,
    ),
    Listed(
        "all_sources",
        "all_sources",
        SOURCES,
        lambda version: version.ask(source_queries.number),
        _sources,
    ),
)


def names(version: Version) -> list[str]:
    """The last part of the address of every page of every list."""
    return [name for listed in LISTS for name in listed.names(version)]


def of_name(version: Version, name: str) -> tuple[Listed, Part] | None:
    """The list and its page of that name; None where there is none."""
    return next(
        ((each, each.part(version, name)) for each in LISTS if name in each.names(version)), None
    )
