"""From the register's rows to the document of a record; ``rows`` leads back."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from register import edtf
from register.declaration import Kind, Table
from register.document import Agreement, Document, Event, Partner
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    EVENTS_TABLE,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
)

Row = dict[str, str]
"""The cells of a row that are not empty."""

Find = Callable[[Table, str, Collection[str]], list[Row]]
"""The rows of a table, in the order of its key, whose column has one of the values."""

_NAMES: Mapping[str, Mapping[str, str]] = {
    AGREEMENTS.name: {"agreement": "agreement_id", "partner": "partner_id"}
    | {"multilateral": "multilateral_id"},
    EVENTS_TABLE.name: {"event": "event_id", "partner": "partner_id", "agreement": "agreement_id"}
    | {"kind": "event"},
    PARTNERS.name: {"partner": "partner_id", "country": "country_code"},
    SOURCES.name: {"source": "source_id"},
}
"""What a document calls a column, where it has a shorter word for it."""


def column(table: Table, name: str) -> str:
    """The column of the table that a field of a document stands for."""
    return _NAMES[table.name].get(name, name)


def name_of(table: Table, column_name: str) -> str | None:
    """The field of a document that stands for the column; None where it is none of its own."""
    if table.name not in _NAMES or column_name not in table.columns:
        return None
    short = {long: name for name, long in _NAMES[table.name].items()}
    return short.get(column_name, column_name)


def agreed(table: Table, field: str, values: Collection[str]) -> str | None:
    """What all the values say: the only one, or the date that none of the others contradicts.

    ``2019`` and ``2019-09-10`` agree on the latter. None where they disagree or there are none.
    """
    if table.field(field).kind is not Kind.EDTF:
        return next(iter(values)) if len(set(values)) == 1 else None
    dates = {text: edtf.parse(text) for text in values}
    within_all = [
        text
        for text, date in dates.items()
        if all(other.first <= date.first and date.last <= other.last for other in dates.values())
    ]
    return within_all[0] if len(within_all) == 1 else None


def of_itself(table: Table, field: str, values: Collection[str], row: Row) -> str | None:
    """The value that the record has without a choice; None where the sources disagree.

    Where an end is known a length stays a statement. ``row`` has the fields before this one.
    """
    if not values or (field == "term" and row.get("valid_to")):
        return ""
    return agreed(table, field, values)


def derived(table: Table, model: type[BaseModel]) -> list[str]:
    """The columns whose value follows from the sources: the document has no field for them."""
    own = {column(table, name) for name in model.model_fields}
    return [field.name for field in table if field.name not in own]


def find_document(find: Find, record_id: str) -> Document | None:
    """The document of the agreement, partner or event of that id, None where there is none."""
    for table, make in ((AGREEMENTS, _agreement), (PARTNERS, _partner), (EVENTS_TABLE, _event)):
        for row in find(table, table.key[0], [record_id]):
            return make(find, row)
    return None


def _agreement(find: Find, row: Row) -> Agreement:
    happened = find(EVENTS_TABLE, "agreement_id", [row["agreement_id"]])
    return Agreement.model_validate(
        _record(find, AGREEMENTS, Agreement, row)
        | {"events": [_inner(find, event, "partner", "agreement") for event in happened]}
    )


def _partner(find: Find, row: Row) -> Partner:
    partner = [row["partner_id"]]
    names: dict[str, list[str]] = {}
    for name in find(PARTNER_NAMES, "partner_id", partner):
        names.setdefault(name["language"], []).append(name["name"])
    happened = [
        event for event in find(EVENTS_TABLE, "partner_id", partner) if "agreement_id" not in event
    ]
    return Partner.model_validate(
        _own(PARTNERS, Partner, row)
        | {"names": names, "events": [_inner(find, event, "partner") for event in happened]}
    )


def _event(find: Find, row: Row) -> Event:
    return Event.model_validate(_record(find, EVENTS_TABLE, Event, row))


def _inner(find: Find, row: Row, *said_around: str) -> dict[str, Any]:
    """An event inside of a document that says already what it happened to."""
    event = _record(find, EVENTS_TABLE, Event, row)
    return {name: value for name, value in event.items() if name not in said_around}


def _record(find: Find, table: Table, model: type[BaseModel], row: Row) -> dict[str, Any]:
    """A record that sources state: its own cells, its sources, and what was chosen of them."""
    record_id = row[table.key[0]]
    said = find(STATEMENTS, "record_id", [record_id])
    labels = find(AGREEMENT_AREAS, "agreement_id", [record_id])
    cited = {line["source_id"] for line in (*said, *labels)}
    sources = sorted(
        find(SOURCES, "source_id", cited),
        key=lambda source: (source.get("published_on", "9999"), source["source_id"]),
    )
    return _own(table, model, row) | {
        "choose": dict(_chosen(table, model, row, said)),
        "sources": [_source(table, source, said, labels) for source in sources],
    }


def _own(table: Table, model: type[BaseModel], row: Row) -> dict[str, Any]:
    return {
        name: row[column(table, name)] for name in model.model_fields if column(table, name) in row
    }


def _chosen(
    table: Table, model: type[BaseModel], row: Row, said: list[Row]
) -> Iterator[tuple[str, str]]:
    """The fields of which the sources alone do not tell the record's value."""
    for field in derived(table, model):
        values = {line["value"] for line in said if line["field"] == field}
        chosen = row.get(field, "")
        if of_itself(table, field, values, row) != chosen:
            yield field, chosen


def _source(table: Table, row: Row, said: list[Row], labels: list[Row]) -> dict[str, Any]:
    states: dict[str, list[str]] = {}
    areas: dict[str, list[dict[str, str]]] = {}
    for line in said:
        if line["source_id"] == row["source_id"]:
            name = name_of(table, line["field"]) or line["field"]
            states.setdefault(name, []).append(line["value"])
    for line in labels:
        if line["source_id"] == row["source_id"]:
            label = {"label": line["label"]}
            if line["language"] != row["language"]:
                label["language"] = line["language"]
            areas.setdefault(line["area_id"], []).append(label)
    source = {("source" if name == "source_id" else name): cell for name, cell in row.items()}
    return source | {"states": states} | ({"areas": areas} if areas else {})
