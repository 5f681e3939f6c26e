"""From the document of a record to the register's rows."""

from typing import Any, NamedTuple

from pydantic import BaseModel

from register.declaration import Table
from register.document import Agreement, Document, Event, Partner, Stated
from register.records import Row, column, derived, of_itself
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    EVENTS_TABLE,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
)

Rows = dict[str, list[Row]]
"""Rows by table."""

Place = tuple[str | int, ...]
"""Where something stands in a document: ``("sources", 0, "states", "signed_on")``."""


class Written(NamedTuple):
    """A row of a document, with its place there and that of each cell with one of its own."""

    table: Table
    row: Row
    place: Place
    cells: dict[str, Place]


class Fault(NamedTuple):
    """What stands in the way of a document's rows: where, the value, the rule and the mend."""

    place: Place
    value: str
    rule: str
    mend: str


class NoRows(Exception):
    """A document has no rows; ``faults`` has every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} faults")


def rows_of(document: Document) -> Rows:
    """The rows that the document stands for; all ids must be in it, and its sources described.

    Raises:
        NoRows: with everything that is missing or contradicts itself.
    """
    written, faults = write(document)
    if faults:
        raise NoRows(faults)
    rows: Rows = {}
    for each in written:
        rows.setdefault(each.table.name, []).append(each.row)
    return rows


def write(document: Document) -> tuple[list[Written], list[Fault]]:
    """The rows of the document, each with its place there, and what is wrong with it."""
    writer = _Writer()
    match document:
        case Agreement():
            writer.agreement(document)
        case Partner():
            writer.partner(document)
        case Event():
            writer.event(document, {}, ())
    return writer.written, writer.faults


class _Writer:
    """Gathers the rows of a document and what is wrong with it."""

    def __init__(self) -> None:
        self.written: list[Written] = []
        self.faults: list[Fault] = []

    def agreement(self, agreement: Agreement) -> None:
        self._record(AGREEMENTS, agreement, {}, ())
        around = {"partner": agreement.partner, "agreement": agreement.agreement or ""}
        for place, event in enumerate(agreement.events):
            self.event(event, around, ("events", place))

    def partner(self, partner: Partner) -> None:
        partner_id = self._needed(partner.partner, ("partner",))
        self._add(PARTNERS, self._cells(PARTNERS, partner), ())
        for language, names in partner.names.items():
            for number, name in enumerate(names):
                row = {"partner_id": partner_id, "name": name, "language": language}
                self._add(PARTNER_NAMES, row, ("names", language, number))
        for place, event in enumerate(partner.events):
            self.event(event, {"partner": partner_id}, ("events", place))

    def event(self, event: Event, around: Row, place: Place) -> None:
        """An event; ``around`` is what the document says that it stands in."""
        for name in ("partner", "agreement"):
            given = getattr(event, name)
            if around and given not in (None, around.get(name)):
                self._fault((*place, name), given, "is not the document's own", "leave it out")
        self._needed(event.partner or around.get("partner"), (*place, "partner"))
        self._record(EVENTS_TABLE, event, around, place)

    def _record(self, table: Table, record: Stated, around: Row, place: Place) -> None:
        name = "agreement" if table is AGREEMENTS else "event"
        record_id = self._needed(getattr(record, name), (*place, name))
        said: dict[str, dict[str, Place]] = {}
        for number, source in enumerate(record.sources):
            self._source(table, record_id, source, (*place, "sources", number), said)
        cells, places = self._cells(table, record, around), {}
        for field in derived(table, type(record)):
            stated = said.get(field, {})
            cells[field] = self._value(table, field, record, list(stated), cells, place)
            places[field] = stated.get(cells[field], (*place, "choose", field))
        self._add(table, cells, place, places)

    def _source(
        self,
        table: Table,
        record_id: str,
        source: Any,
        place: Place,
        said: dict[str, dict[str, Place]],
    ) -> None:
        source_id = self._needed(source.source, (*place, "source"))
        if source.described:
            self._described(source, source_id, place)
        for name in type(source.states).model_fields:
            for number, value in enumerate(getattr(source.states, name)):
                field, where = column(table, name), (*place, "states", name, number)
                said.setdefault(field, {}).setdefault(value, where)
                row = {"record_id": record_id, "field": field, "value": value}
                row |= {"source_id": source_id}
                self._add(STATEMENTS, row, where, {"source_id": (*place, "source")})
        for area_id, labels in getattr(source, "areas", {}).items():
            for number, label in enumerate(labels):
                row = {"agreement_id": record_id, "area_id": area_id, "label": label.label}
                row |= {"language": label.language or source.language or ""}
                where = (*place, "areas", area_id)
                cells: dict[str, Place] = {"area_id": where, "source_id": (*place, "source")}
                self._add(AGREEMENT_AREAS, row | {"source_id": source_id}, (*where, number), cells)

    def _described(self, source: BaseModel, source_id: str, place: Place) -> None:
        row = self._cells(SOURCES, source)
        self._add(SOURCES, row, place)
        if any(
            each.row != row
            for each in self.written
            if each.table is SOURCES and each.row["source_id"] == source_id
        ):
            rule = "is described in two ways"
            self._fault((*place, "source"), source_id, rule, "say the same, or only the id")

    def _value(
        self,
        table: Table,
        field: str,
        record: Stated,
        values: list[str],
        row: Row,
        place: Place,
    ) -> str:
        chosen = {str(name): value for name, value in record.choose.items()}
        if field in chosen:
            if chosen[field] and chosen[field] not in values:
                mend = f"choose one of {', '.join(values)}" if values else "add who states it"
                where = (*place, "choose", field)
                self._fault(where, chosen[field], "is stated by no source here", mend)
            return chosen[field]
        value = of_itself(table, field, values, row)
        if value is None:
            rule = f"sources disagree: {', '.join(values)}"
            said = f"choose: {{{field}: {values[0]}}} ('' for none)"
            self._fault(
                (*place, "choose", field), "", rule, f"say which and why: {said}, and a note"
            )
        return value or ""

    def _cells(self, table: Table, part: BaseModel, around: Row | None = None) -> Row:
        given = (around or {}) | {
            name: value
            for name in type(part).model_fields
            if isinstance(value := getattr(part, name), str)
        }
        return {column(table, name): value for name, value in given.items()}

    def _needed(self, value: str | None, place: Place) -> str:
        if not value:
            self._fault(place, "", "is missing", "give it")
        return value or ""

    def _fault(self, place: Place, value: str, rule: str, mend: str) -> None:
        self.faults.append(Fault(place, value, rule, mend))

    def _add(
        self, table: Table, cells: Row, place: Place, places: dict[str, Place] | None = None
    ) -> None:
        row = {name: value for name, value in cells.items() if value}
        if not all(name in row for name in table.key):
            return  # What is missing was told.
        if not any(each.table is table and each.row == row for each in self.written):
            self.written.append(Written(table, row, place, places or {}))
