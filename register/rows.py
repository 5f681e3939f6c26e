"""From the document of a record to the register's rows."""

from typing import Any, NamedTuple

from pydantic import BaseModel

from register.declaration import Table
from register.document import Agreement, Document, Event, Partner, Stated
from register.records import Row, agreed, column, derived
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


class Fault(NamedTuple):
    """What stands in the way of a document's rows: where, the value, the rule and the mend."""

    place: tuple[str | int, ...]
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
    writer = _Writer()
    match document:
        case Agreement():
            writer.agreement(document)
        case Partner():
            writer.partner(document)
        case Event():
            writer.event(document, {}, ())
    if writer.faults:
        raise NoRows(writer.faults)
    return writer.rows


class _Writer:
    """Gathers the rows of a document and what is wrong with it."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self.faults: list[Fault] = []

    def agreement(self, agreement: Agreement) -> None:
        self._record(AGREEMENTS, agreement, {}, ())
        around = {"partner": agreement.partner, "agreement": agreement.agreement or ""}
        for place, event in enumerate(agreement.events):
            self.event(event, around, ("events", place))

    def partner(self, partner: Partner) -> None:
        partner_id = self._needed(partner.partner, ("partner",))
        self._add(PARTNERS, self._cells(PARTNERS, partner))
        for language, names in partner.names.items():
            for name in names:
                row = {"partner_id": partner_id, "name": name, "language": language}
                self._add(PARTNER_NAMES, row)
        for place, event in enumerate(partner.events):
            self.event(event, {"partner": partner_id}, ("events", place))

    def event(self, event: Event, around: Row, place: tuple[str | int, ...]) -> None:
        """An event; ``around`` is what the document says that it stands in."""
        for name in ("partner", "agreement"):
            given = getattr(event, name)
            if around and given not in (None, around.get(name)):
                self._fault((*place, name), given, "is not the document's own", "leave it out")
        self._needed(event.partner or around.get("partner"), (*place, "partner"))
        self._record(EVENTS_TABLE, event, around, place)

    def _record(
        self, table: Table, record: Stated, around: Row, place: tuple[str | int, ...]
    ) -> None:
        name = "agreement" if table is AGREEMENTS else "event"
        record_id = self._needed(getattr(record, name), (*place, name))
        said: dict[str, list[str]] = {}
        for number, source in enumerate(record.sources):
            self._source(table, record_id, source, (*place, "sources", number), said)
        cells = self._cells(table, record, around)
        for field in derived(table, type(record)):
            cells[field] = self._value(table, field, record, said.get(field, []), place)
        self._add(table, cells)

    def _source(
        self,
        table: Table,
        record_id: str,
        source: Any,
        place: tuple[str | int, ...],
        said: dict[str, list[str]],
    ) -> None:
        source_id = self._needed(source.source, (*place, "source"))
        if source.described:
            row = self._cells(SOURCES, source)
            self._add(SOURCES, row)
            others = [other for other in self.rows[SOURCES.name] if other["source_id"] == source_id]
            if others[0] != row:
                rule = "is described in two ways"
                self._fault((*place, "source"), source_id, rule, "say the same, or only the id")
        for name in type(source.states).model_fields:
            for value in getattr(source.states, name):
                field = column(table, name)
                said.setdefault(field, []).append(value)
                row = {"record_id": record_id, "field": field, "value": value}
                self._add(STATEMENTS, row | {"source_id": source_id})
        for area_id, labels in getattr(source, "areas", {}).items():
            for label in labels:
                row = {"agreement_id": record_id, "area_id": area_id, "label": label.label}
                row |= {"language": label.language or source.language or ""}
                self._add(AGREEMENT_AREAS, row | {"source_id": source_id})

    def _value(
        self,
        table: Table,
        field: str,
        record: Stated,
        values: list[str],
        place: tuple[str | int, ...],
    ) -> str:
        chosen = {str(name): value for name, value in record.choose.items()}
        if field in chosen:
            if chosen[field] and chosen[field] not in values:
                mend = f"choose one of {', '.join(values)}" if values else "add who states it"
                where = (*place, "choose", field)
                self._fault(where, chosen[field], "is stated by no source here", mend)
            return chosen[field]
        value = agreed(table, field, values)
        if values and value is None:
            rule = f"sources disagree: {', '.join(dict.fromkeys(values))}"
            self._fault((*place, "choose", field), "", rule, "choose one, or '' for none")
        return value or ""

    def _cells(self, table: Table, part: BaseModel, around: Row | None = None) -> Row:
        given = (around or {}) | {
            name: value
            for name in type(part).model_fields
            if isinstance(value := getattr(part, name), str)
        }
        return {column(table, name): value for name, value in given.items()}

    def _needed(self, value: str | None, place: tuple[str | int, ...]) -> str:
        if not value:
            self._fault(place, "", "is missing", "give it")
        return value or ""

    def _fault(self, place: tuple[str | int, ...], value: str, rule: str, mend: str) -> None:
        self.faults.append(Fault(place, value, rule, mend))

    def _add(self, table: Table, cells: Row) -> None:
        row = {name: value for name, value in cells.items() if value}
        if row not in self.rows.setdefault(table.name, []):
            self.rows[table.name].append(row)
