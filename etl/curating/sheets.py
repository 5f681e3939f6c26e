"""Spreadsheets of record documents: a row a source, or a row a partner.

A sheet only adds: a row with the id of a record that is there gives that record a further source.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from etl import hints
from etl.curating.edits import Json, place_of, stating
from etl.curating.sheet_rows import Rows
from register.composed import Place, Raw
from register.document import Agreement, AgreementStates, Partner
from register.forms import Given, read_raw
from register.problems import BadRegister, Problem
from register.records import column
from register.schema import AGREEMENTS

Find = Callable[[str], Json | None]
"""The document of the agreement of that id, as ``register.document.plain`` gives it."""

OF_SOURCE = {
    **{name: name for name in ("source", "url", "publisher", "origin")},
    **{name: name for name in ("published_on", "accessed_on")},
    "source_language": "language",
    "source_kind": "kind",
}
"""The columns of a source, and what a document calls them."""

OF_EVENT = {
    "event_kind": "kind",
    "event_date": "date",
    "event_valid_to": "valid_to",
    "event_actor": "actor",
}
"""The columns of what the source says that happened."""

OWN = tuple(name for name in Agreement.model_fields if name not in {"choose", "sources", "events"})
STATED = tuple(
    name
    for name in AgreementStates.model_fields
    if name != "partner" and AGREEMENTS.field(column(AGREEMENTS, name)).stated
)
"""The columns that a row's source states; a partner it names in any case."""
OF_AGREEMENT = (*dict.fromkeys((*OWN, *STATED)), *OF_SOURCE, *OF_EVENT, "areas")
OF_PARTNER = tuple(name for name in Partner.model_fields if name != "events")


class _Document(NamedTuple):
    """A document in the making, with the row and the column of its places."""

    value: Json
    lines: dict[Place, int]
    columns: dict[Place, str]


def documents(rows: Rows, find: Find) -> list[Given]:
    """The documents of a sheet, added to what the register has of them.

    Raises:
        BadRegister: with every column and cell that cannot be read.
    """
    of_partners = {"name", "country"} <= set(rows.columns)
    known = OF_PARTNER if of_partners else OF_AGREEMENT
    problems = [*_columns(rows, known), *_pairs_problems(rows)]
    if problems:
        raise BadRegister(problems)
    made = map(_partner, rows) if of_partners else _agreements(rows, find)
    return [read_raw(Raw(each.value, each.lines), rows.name, each.columns) for each in made]


def _columns(rows: Rows, known: tuple[str, ...]) -> Iterator[Problem]:
    for name in rows.columns:
        if name not in known:
            advice = hints.mend(hints.meant(name, known), f"use {', '.join(known)}")
            yield Problem(rows.name, 1, name, "", "is no column of such a sheet", advice)


def _pairs_problems(rows: Rows) -> Iterator[Problem]:
    for row in rows:
        for name in ("areas", "names"):
            for text in _parts(row.cells.get(name, "")):
                if not all(side.strip() for side in (*text.partition("="),)):
                    mend = "write for example culture=kultura; tourism=turizem"
                    yield Problem(rows.name, row.line, name, text, "has not two sides", mend)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.replace("\n", ";").split(";") if part.strip()]


def _pairs(cell: str) -> dict[str, list[str]]:
    """``culture=kultura; tourism=turizem`` as lists by the left side."""
    pairs: dict[str, list[str]] = {}
    for left, _, right in (part.partition("=") for part in _parts(cell)):
        pairs.setdefault(left.strip(), []).append(right.strip())
    return pairs


def _partner(row: Any) -> _Document:
    cells = dict(row.cells)
    names = _pairs(cells.pop("names", ""))
    return _Document(cells | {"names": names}, {(): row.line}, {})


def _agreements(rows: Rows, find: Find) -> list[_Document]:
    made: dict[tuple[str, ...], _Document] = {}
    for row in rows:
        cells = row.cells
        named = cells.get("agreement", "")
        key = (named,) if named else (cells.get("partner", ""), cells.get("title", ""))
        document = made.get(key) or _Document(find(named) or {}, {(): row.line}, {})
        made[key] = _with_row(document, row.line, cells)
    return list(made.values())


def _with_row(document: _Document, line: int, cells: Mapping[str, str]) -> _Document:
    """The document with what a row says of the record and of a source."""
    value = document.value | {name: cells[name] for name in OWN if name in cells}
    source = {field: cells[name] for name, field in OF_SOURCE.items() if name in cells}
    states = {name: cells[name] for name in STATED if name in cells}
    lines = document.lines | {(name,): line for name in OWN if name in cells}
    columns = dict(document.columns)
    happened = {field: cells[name] for name, field in OF_EVENT.items() if name in cells}
    areas = _pairs(cells.get("areas", ""))
    if states or areas or not happened:
        at: Place = ("sources", place_of(value, source))
        value = stating(value, source, states, areas, also=True)
        lines[at] = line
        columns |= _named(at, states) | {(*at, "areas", area): f"areas.{area}" for area in areas}
    if happened:
        value, number = _with_event(value, source, happened)
        at = ("events", number, "sources", place_of(value["events"][number], source))
        lines[at] = line
        columns |= _named(at, {}) | {
            (*at, "states", field): name for name, field in OF_EVENT.items()
        }
    return _Document(value, lines, columns)


def _with_event(value: Json, source: Json, happened: Mapping[str, str]) -> tuple[Json, int]:
    """The document with an event of the kind, and the event's place; one of the kind is found."""
    events = list(value.get("events", []))
    kinds = [event["kind"] for event in events]
    kind = happened.get("kind", "")
    at = kinds.index(kind) if kind in kinds else len(events)
    event = events[at] if at < len(events) else {"kind": kind, "sources": []}
    events[at : at + 1] = [stating(event, source, happened, {}, also=True)]
    return value | {"events": events}, at


def _named(at: Place, states: Mapping[str, str]) -> dict[Place, str]:
    """What the sheet calls the places of a source."""
    return (
        {(*at, "states", name): name for name in states}
        | {(*at, field): name for name, field in OF_SOURCE.items()}
        | {at: "source"}
    )
