"""The parameters of questions: the pages' filters, and what only programs ask for."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from api.settings import DEFAULT_LIMIT, MAX_LIMIT
from register.codes import ACTORS, EVENTS, INSTRUMENTS, MOSCOW_PARTIES, STATUS_ROWS
from register.filters import (
    DEFAULT_HORIZON,
    FIRST_DAY,
    IN_FORCE,
    LAST_DAY,
    LISTS,
    MAX_HORIZON,
    MAX_SEARCH,
)

TEXT: dict[str, Any] = {"type": "string"}
EDTF: dict[str, Any] = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
YEAR: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 9999}


class Parameter(NamedTuple):
    """A parameter of an address: its name, what it does, and its JSON Schema."""

    name: str
    about: str
    schema: Mapping[str, Any]

    @property
    def described(self) -> dict[str, Any]:
        """The parameter in the OpenAPI description."""
        schema = dict(self.schema)
        if self.name in REPEATED:
            schema = {"type": "array", "items": schema}
        return {"name": self.name, "in": "query", "description": self.about, "schema": schema}


REPEATED = (*LISTS, "fields")
"""Given more than once, or for ``fields`` with commas between them, for several values."""

FILTERS = (
    Parameter("city", "Partners: a partner_id, or several", TEXT),
    Parameter("country", "Countries: ISO 3166-1 alpha-2 codes", TEXT),
    Parameter(
        "region",
        "Parts of the world as UN M49 has them: africa, western-asia; a region has all that lies "
        "in it",
        TEXT,
    ),
    Parameter("area", "Areas of cooperation: an area_id of /areas", TEXT),
    Parameter("instrument", "Types of document", {"enum": list(INSTRUMENTS)}),
    Parameter("party", "Who signs for Moscow", {"enum": list(MOSCOW_PARTIES)}),
    Parameter(
        "status",
        f"Statuses on the day; {IN_FORCE}: those that count as in force. What was not yet known on "
        "the day (future) is left out unless asked for",
        {"enum": [IN_FORCE, *(str(status) for status, *_ in STATUS_ROWS)]},
    ),
    Parameter(
        "event",
        "What happened by the day to the agreement, or to its partner's whole partnership; in a "
        "list of events: which events",
        {"enum": list(EVENTS)},
    ),
    Parameter("actor", "Which side acted; with event: in that same event", {"enum": list(ACTORS)}),
    Parameter("from", "First year that the period touches", YEAR),
    Parameter("to", "Last year that the period touches", YEAR),
    Parameter("signed_from", "First year from which the agreement counts as signed", YEAR),
    Parameter("signed_to", "Last year from which the agreement counts as signed", YEAR),
    Parameter(
        "happened_from",
        "A day, month or year: what happened in it or later. An event with a partial date counts "
        "from the last day of its period; one without a date never fits",
        EDTF,
    ),
    Parameter("happened_to", "A day, month or year: what happened in it or before", EDTF),
    Parameter(
        "q",
        "Search: all words must fit; case and accents do not matter",
        {"type": "string", "maxLength": MAX_SEARCH},
    ),
)

DAY = (
    Parameter(
        "as_of",
        f"The day of the statuses, {FIRST_DAY} to {LAST_DAY}; without it today in Moscow",
        {"type": "string", "format": "date"},
    ),
    Parameter(
        "horizon",
        f"Days ahead within which an end counts as expiring; default {DEFAULT_HORIZON}",
        {"type": "integer", "minimum": 0, "maximum": MAX_HORIZON},
    ),
)

PINNED = (
    Parameter(
        "version",
        "The register's version. With as_of the answer never changes; 410 if it is not served",
        {"type": "string", "pattern": "^[0-9a-f]{12}$"},
    ),
)

PAGING = (
    Parameter(
        "limit",
        f"Rows in the answer; default {DEFAULT_LIMIT} in JSON, all in CSV and Parquet",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
    ),
    Parameter(
        "offset",
        "Rows to leave out before",
        {"type": "integer", "minimum": 0, "maximum": 10**9},
    ),
    Parameter("fields", "Columns of the answer, with commas between them; default all", TEXT),
)

OF_A_CONTROLLED_LIST = (*DAY, *PAGING, *PINNED)
OF_A_LIST = (*FILTERS, *OF_A_CONTROLLED_LIST)
OF_A_RECORD = (*DAY, *PINNED)
OF_A_CALENDAR = (*FILTERS, *OF_A_RECORD)
OF_A_FEED = (*FILTERS, *DAY, *(known for known in PAGING if known.name != "fields"), *PINNED)


class Error(NamedTuple):
    """What is wrong with a parameter, and what it may be."""

    parameter: str
    value: str
    detail: str
    allowed: Sequence[str] = ()
    did_you_mean: Sequence[str] = ()

    @property
    def described(self) -> dict[str, Any]:
        """The error as it is answered, without what is empty."""
        members = self._asdict()
        return {
            name: members[name] for name in members if members[name] or name in Error._fields[:3]
        }


def whole_number(given: Mapping[str, Sequence[str]], name: str, errors: list[Error]) -> int | None:
    """The number that a parameter has, None if it is not given or is none."""
    if name not in given:
        return None
    schema = next(known.schema for known in PAGING if known.name == name)
    text, low, high = given[name][-1], schema["minimum"], schema["maximum"]
    if text.isascii() and text.isdigit() and len(text) <= 12 and low <= int(text) <= high:
        return int(text)
    errors.append(Error(name, text[:200], f"It takes a whole number from {low} to {high}."))
    return None


def unknown(given: Mapping[str, Any], known: Sequence[Parameter]) -> Iterator[Error]:
    """An error for each parameter that is none of the address's own."""
    names = [parameter.name for parameter in known]
    for name in given:
        if name not in names:
            yield Error(
                name[:200], "", "There is no such parameter here.", names, near(name, names)
            )


def near(text: str, known: Sequence[str]) -> list[str]:
    """Up to three of the known values that the text probably means."""
    return get_close_matches(text[:100].lower(), known, 3, 0.6)
