"""What record documents make of the register, in memory: a plan, with all that is wrong.

A document is the whole truth of its record: what it leaves out goes. Nothing is written here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from etl.curating.complete import complete
from etl.curating.plans import Day, Plan, settle
from etl.curating.revision import Origin, Revision
from etl.extract import Files
from etl.published import NONE, Ids
from register.declaration import Table
from register.document import Agreement, Document, Event, Partner
from register.forms import Given
from register.problems import Problem
from register.records import Row
from register.rows import write
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    EVENTS_TABLE,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
)

ORDER = (Partner, Agreement, Event)
"""An event on its own comes after the record that it may belong to."""

Owned = tuple[Table, Row]


def plan(
    files: Files,
    given: Sequence[Given],
    today: date,
    *,
    published: Ids = NONE,
    as_of: date | None = None,
) -> Plan:
    """What the documents would make of a register that is valid.

    The cells of rows that stay and the register's expectations are not looked at again:
    ``writing.revise`` does before anything is written.

    Args:
        files: the register, as ``extract.read`` reads it.
        given: documents, as ``register.forms.read_all`` reads them; they may name one another.
        today: the day of the change, for which dates are judged.
        published: the ids that readers know.
        as_of: the day of the statuses; default: today.

    Raises:
        BadRegister: the register's files cannot be read as its tables.
    """
    revision = Revision(files)
    completed = complete(given, revision)
    problems = [problem for each in given for problem in each.problems] + completed.problems
    problems += put_in(revision, completed.given)
    return settle(
        revision,
        Day(today, published, as_of),
        [each.document for each in completed.given if each.document],
        problems,
        completed.warnings,
    )


def put_in(revision: Revision, completed: Sequence[Given]) -> list[Problem]:
    """Put in and take out what the documents, with all ids, say; what is wrong with them."""
    return list(_put_in(revision, sorted(completed, key=_order)))


def _order(given: Given) -> int:
    return ORDER.index(type(given.document))


def _put_in(revision: Revision, given: Sequence[Given]) -> Iterator[Problem]:
    rows = {id(each): write(each.document) for each in given if each.document}
    kept = {
        each.row["event_id"]
        for written, _ in rows.values()
        for each in written
        if each.table is EVENTS_TABLE
    }
    for each in given:
        if each.document:
            written, faults = rows[id(each)]
            yield from (each.problem(*fault) for fault in faults if fault.place not in each.faulty)
            yield from _chosen_without_reason(each)
            yield from _left_out(revision, each, kept)
            for table, row in list(_owned(revision, each.document)):
                revision.drop(table, row)
            told = replace(each, faulty=each.faulty | {fault.place for fault in faults})
            for one in written:
                yield from _put(revision, Origin(told, one))


def _put(revision: Revision, origin: Origin) -> Iterator[Problem]:
    table, row = origin.written.table, origin.written.row
    earlier = revision.origin(table, row)
    same = table is SOURCES and earlier is not None and earlier.written.row == row
    if earlier and earlier.given is not origin.given and not same:
        rule = "is described in two ways" if table is SOURCES else "is in two documents"
        there, column = f"{rule} ({earlier.given.name})", table.key[0]
        value = row.get(column, "")
        yield origin.problem(Problem(table.file, 0, column, value, there, "keep one"))
    revision.put(table, row, origin)


# --- what a document is the whole truth of ---------------------------------------------------


def _owned(revision: Revision, document: Document) -> Iterator[Owned]:
    """The rows of the register that stand for the record so far, sources apart."""
    match document:
        case Agreement(agreement=agreement_id) if agreement_id:
            yield from _rows(revision, AGREEMENT_AREAS, "agreement_id", agreement_id)
            yield from _record(revision, AGREEMENTS, agreement_id)
        case Partner(partner=partner_id) if partner_id:
            yield from _rows(revision, PARTNERS, "partner_id", partner_id)
            yield from _rows(revision, PARTNER_NAMES, "partner_id", partner_id)
        case Event(event=event_id) if event_id:
            yield from _record(revision, EVENTS_TABLE, event_id)
    for event in _events(revision, document):
        yield from _record(revision, EVENTS_TABLE, event["event_id"])


def _record(revision: Revision, table: Table, record_id: str) -> Iterator[Owned]:
    yield from _rows(revision, table, table.key[0], record_id)
    yield from _rows(revision, STATEMENTS, "record_id", record_id)


def _rows(revision: Revision, table: Table, column: str, value: str) -> Iterator[Owned]:
    return ((table, row) for row in revision.find(table, column, [value]))


def _events(revision: Revision, document: Document) -> list[Row]:
    """The events that belong into the document."""
    match document:
        case Agreement(agreement=agreement_id) if agreement_id:
            return revision.find(EVENTS_TABLE, "agreement_id", [agreement_id])
        case Partner(partner=partner_id) if partner_id:
            found = revision.find(EVENTS_TABLE, "partner_id", [partner_id])
            return [event for event in found if "agreement_id" not in event]
    return []


def _left_out(revision: Revision, given: Given, kept: set[str]) -> Iterator[Problem]:
    """An event has an id that readers know: it does not go in silence."""
    for event in _events(revision, given.document) if given.document else ():
        event_id = event["event_id"]
        if event_id not in kept:
            mend = f"put it back, or withdraw it first: etl withdraw {event_id} --reason …"
            yield given.problem(("events",), event_id, "is an event that is left out", mend)


def _chosen_without_reason(given: Given) -> Iterator[Problem]:
    document = given.document
    for place, record in _stated(document):
        if record.choose and not record.note:
            field, value = next((str(name), value) for name, value in record.choose.items())
            rule, mend = "is chosen without a reason", "say in note why this value"
            yield given.problem((*place, "choose", field), value, rule, mend)


def _stated(document: Document | None) -> Iterator[tuple[tuple[str | int, ...], Agreement | Event]]:
    if isinstance(document, Agreement | Event):
        yield (), document
    for number, event in enumerate(getattr(document, "events", [])):
        yield ("events", number), event
