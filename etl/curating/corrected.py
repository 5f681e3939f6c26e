"""Changes that no document says: a source's description, an id, what is withdrawn."""

from collections.abc import Iterator, Mapping

import click

from etl import hints
from etl.curating.apply import put_in
from etl.curating.complete import complete
from etl.curating.edits import without
from etl.curating.plans import Day, Plan, settle, withdraw
from etl.curating.revision import Revision
from etl.curating.short import given
from etl.curating.show import document_of
from etl.extract import Files
from register.declaration import Table
from register.document import plain
from register.forms import Given
from register.problems import Problem
from register.records import Row, column
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    EVENTS_TABLE,
    IDENTIFIED,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
    TABLES,
    WITHDRAWN,
)

NOTHING = "Nothing was written."


def corrected(files: Files, day: Day, source_id: str, values: Mapping[str, str]) -> Plan:
    """The source with other cells, an empty value meaning none."""
    revision = Revision(files)
    row = dict(revision.get(SOURCES, source_id) or {})
    for name, value in values.items():
        field = column(SOURCES, name)
        if field not in SOURCES.columns or field == "source_id":
            otherwise = f"use one of {', '.join(SOURCES.columns[1:])}"
            advice = hints.mend(hints.meant(name, SOURCES.columns), otherwise)
            raise click.ClickException(f"{name} is no field of a source: {advice}. {NOTHING}")
        row[field] = value
    revision.put(SOURCES, {name: cell for name, cell in row.items() if cell})
    return settle(revision, day)


def renamed(files: Files, day: Day, old: str, new: str) -> Plan:
    """The record under another id; the old one leads to it.

    Raises:
        ClickException: there is no such record, or the id is taken.
    """
    revision = Revision(files)
    table = _table_of(revision, old)
    back = revision.get(WITHDRAWN, new)
    if back and back.get("replaced_by") == old:
        revision.drop(WITHDRAWN, back)  # It was renamed before, and gets its name again.
    elif back or any(revision.get(other, new) for other in IDENTIFIED):
        raise click.ClickException(f"{new} is the id of another record. {NOTHING}")
    _redirect(revision, table, old, new)
    row = revision.get(table, old) or {}
    revision.drop(table, row)
    revision.put(table, row | {table.key[0]: new})
    withdraw(revision, day, old, f"It is now {new}", new)
    return settle(revision, day)


def withdrawn(files: Files, day: Day, record_id: str, reason: str, replaced_by: str = "") -> Plan:
    """The register without the record; its id says why, and what stands in its place.

    An agreement takes its events along. What rests on the record goes over to what replaces it;
    what a source states that nothing replaces, the documents that cite it lose.

    Raises:
        ClickException: there is no such record, or others rest on it.
    """
    revision = Revision(files)
    table = _table_of(revision, record_id)
    if replaced_by == record_id:
        raise click.ClickException(f"{record_id} cannot stand in its own place. {NOTHING}")
    if replaced_by and table is not _table_of(revision, replaced_by):
        raise click.ClickException(f"{replaced_by} is a record of another kind. {NOTHING}")
    problems: list[Problem] = []
    if table is SOURCES and not replaced_by:
        problems += put_in(revision, complete(_without(revision, files, record_id), revision).given)
    for own, row in list(_own(revision, table, record_id, replaced_by)):
        revision.drop(own, row)
        if own is EVENTS_TABLE:
            withdraw(revision, day, row[own.key[0]], reason, replaced_by)
    resting = {
        _name(other, row)
        for other, _, row in _pointing(revision, table, record_id)
        if other is not WITHDRAWN
    }
    if resting and not replaced_by:
        named = ", ".join(sorted(resting))
        raise click.ClickException(
            f"{record_id} cannot be withdrawn: {named} rest on it. Withdraw or change them first, "
            f"or say what stands in its place (--replaced-by). {NOTHING}"
        )
    _redirect(revision, table, record_id, replaced_by)
    withdraw(revision, day, record_id, reason, replaced_by)
    return settle(revision, day, problems=problems)


def _table_of(revision: Revision, record_id: str) -> Table:
    """The table in which it is an id.

    Raises:
        ClickException: there is none.
    """
    for table in IDENTIFIED:
        if revision.get(table, record_id):
            return table
    ids = [row[table.key[0]] for table in IDENTIFIED for row in revision.rows(table)]
    advice = hints.mend(hints.meant(record_id, ids), "look with `python -m etl find`")
    raise click.ClickException(f"The register has no record {record_id}: {advice}. {NOTHING}")


def _own(
    revision: Revision, table: Table, record_id: str, replaced_by: str
) -> Iterator[tuple[Table, Row]]:
    """The rows that go with a record; the names of a partner go over to what replaces it."""
    yield from ((table, row) for row in revision.find(table, table.key[0], [record_id]))
    if table in (AGREEMENTS, EVENTS_TABLE):
        yield from _rows(revision, STATEMENTS, "record_id", record_id)
    if table is AGREEMENTS:
        yield from _rows(revision, AGREEMENT_AREAS, "agreement_id", record_id)
        for event in revision.find(EVENTS_TABLE, "agreement_id", [record_id]):
            yield from _own(revision, EVENTS_TABLE, event["event_id"], replaced_by)
    if table is PARTNERS and not replaced_by:
        yield from _rows(revision, PARTNER_NAMES, "partner_id", record_id)


def _rows(revision: Revision, table: Table, column: str, value: str) -> Iterator[tuple[Table, Row]]:
    return ((table, row) for row in revision.find(table, column, [value]))


def _without(revision: Revision, files: Files, source_id: str) -> list[Given]:
    """The documents of the records that cite the source, without it."""
    citing = {
        row[name]
        for table, name in ((STATEMENTS, "record_id"), (AGREEMENT_AREAS, "agreement_id"))
        for row in revision.find(table, "source_id", [source_id])
    }
    return [
        given(without(plain(document_of(files, record_id)), source_id), f"{record_id} without it")
        for record_id in sorted(citing)
    ]


# --- what leads to a record -------------------------------------------------------------------


def _pointing(revision: Revision, table: Table, record_id: str) -> Iterator[tuple[Table, str, Row]]:
    """Rows of which a cell leads to the record, with the cell's column."""
    places = [
        (other, field.name) for other in TABLES for field in other if field.references == table.name
    ]
    if table in (AGREEMENTS, EVENTS_TABLE):
        places.append((STATEMENTS, "record_id"))
    for other, name in (*places, (WITHDRAWN, "replaced_by")):
        yield from ((other, name, row) for row in revision.find(other, name, [record_id]))
    leading = {
        field.name
        for other in (AGREEMENTS, EVENTS_TABLE)
        for field in other
        if field.references == table.name
    }
    for row in revision.find(STATEMENTS, "value", [record_id]):
        if row["field"] in leading:
            yield STATEMENTS, "value", row


def _redirect(revision: Revision, table: Table, old: str, new: str) -> None:
    """Let all that leads to the old id lead to the new one, or nowhere."""
    while found := next(_pointing(revision, table, old), None):
        other, name, row = found
        revision.drop(other, row)
        revision.put(other, {key: cell for key, cell in (row | {name: new}).items() if cell})


def _name(table: Table, row: Row) -> str:
    return row.get("record_id") or row[table.key[0]]
