"""What a text that somebody pastes seems to say, for a person to look at."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from dashboard.curating.checking import KEPT, turn
from dashboard.curating.known import Base, base
from etl.draft import Known, Page, draft
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
)

READ = (AGREEMENT_AREAS, AGREEMENTS, PARTNER_NAMES, PARTNERS, SOURCES, STATEMENTS)


class Proposed(NamedTuple):
    """A value, with the words of the text that it comes from, and why to look twice."""

    field: str
    value: str
    words: str
    doubt: str


class Drafted(NamedTuple):
    """What was proposed of a text; what was not found; the language that was."""

    values: Sequence[Proposed]
    missing: Sequence[str]
    language: str


def drafted(text: str, page: Mapping[str, str]) -> Drafted | None:
    """What the text seems to say; None where the register's files are not at hand.

    Args:
        page: what is known of the page: ``url``, ``publisher``, ``published_on``, ``language``.
    """
    here = base()
    if here is None:
        return None
    with turn:
        return _drafted(here, text, Page(**page))


@lru_cache(KEPT)
def _drafted(here: Base, text: str, page: Page) -> Drafted:
    made = draft(text, page, _known(here))
    values = [
        Proposed(each.field, each.value, each.span.words if each.span else "", each.doubt)
        for each in made.values
    ]
    return Drafted(values, made.missing, made.page.language)


@lru_cache(1)
def _known(here: Base) -> Known:
    return Known.of({table.name: list(_rows(here, table.name)) for table in READ})


def _rows(here: Base, name: str) -> Iterator[Mapping[str, str]]:
    for row in here.frames[name].to_dict("records"):
        yield {str(column): cell for column, cell in row.items() if isinstance(cell, str)}
