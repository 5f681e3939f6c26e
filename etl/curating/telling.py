"""What a change is, said to whoever makes it: rows, statuses, what to look at."""

from collections.abc import Iterator
from datetime import date

from etl.curating.moved import Moved
from etl.curating.plans import Plan
from etl.curating.revision import Change
from register import edtf
from register.declaration import Table
from register.document import Agreement, Event
from register.records import Row
from register.schema import TABLES

MARKS = {"added": "+", "changed": "~", "removed": "-"}


def told(plan: Plan, day: date) -> Iterator[str]:
    """The change in lines: the rows of each table, the statuses on the day, what to look at."""
    for table in TABLES:
        changes = [change for change in plan.changes if change.table is table]
        if changes:
            yield table.file
        for change in changes:
            yield from _row(change)
    if plan.moved:
        yield f"Status on {edtf.in_words(day.isoformat())}"
        yield from map(_status, plan.moved)
    for warning in plan.warnings:
        yield f"Look at: {warning}"


def counted(plan: Plan) -> str:
    """``9 rows added, 1 changed in 4 tables``."""
    kinds = [_kind(change) for change in plan.changes]
    counts = [f"{kinds.count(kind)} {kind}" for kind in MARKS if kind in kinds]
    tables = len({change.table.name for change in plan.changes})
    if not counts:
        return "Nothing changes"
    return f"Rows: {', '.join(counts)}, in {tables} table{'s' * (tables != 1)}"


def records(plan: Plan) -> list[str]:
    """The ids of the records of the documents."""
    return [
        str(
            document.agreement
            if isinstance(document, Agreement)
            else document.event
            if isinstance(document, Event)
            else document.partner
        )
        for document in plan.documents
    ]


def _kind(change: Change) -> str:
    if change.before is None:
        return "added"
    return "removed" if change.after is None else "changed"


def _row(change: Change) -> Iterator[str]:
    mark, row = MARKS[_kind(change)], change.after or change.before or {}
    key = " ".join(row.get(name, "") for name in change.table.key)
    if _kind(change) == "changed":
        yield f"  {mark} {key}"
        yield from _cells(change.table, change.before or {}, change.after or {})
        return
    others = [f"{name}: {cell}" for name, cell in row.items() if name not in change.table.key]
    yield f"  {mark} {key}" + (f" ({'; '.join(others)})" if others else "")


def _cells(table: Table, before: Row, after: Row) -> Iterator[str]:
    for name in table.columns:
        if before.get(name) != after.get(name):
            yield f"      {name}: {before.get(name, '(empty)')} → {after.get(name, '(empty)')}"


def _status(moved: Moved) -> str:
    before, after = moved.before or "(new)", moved.after or "(gone)"
    way = after if moved.before == moved.after else f"{before} → {after}"
    return f"  {moved.agreement_id}: {way}"
