"""The status of agreements before a change and after it, by the database's own rules."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import duckdb

from etl.curating.revision import Change
from etl.frames import Frames, encoded
from etl.load import fill
from etl.transform import transform
from register.derived import STATUSES
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, TABLES
from register.tables import derive_states, of_statuses


class Status(NamedTuple):
    """What a reader sees of an agreement: its status by name, and its title."""

    status: str
    title: str


Statuses = dict[str, Status]
"""By the agreement's id."""


class Moved(NamedTuple):
    """An agreement's status before (None: it was not there) and after (None: it is gone)."""

    agreement_id: str
    title: str
    before: str | None
    after: str | None


def moved(before: Frames, after: Frames, changes: Iterable[Change], day: date) -> Iterator[Moved]:
    """The statuses on the day of the agreements that a change is about, in the order of their ids.

    An agreement whose rows stay is among them where its status moves with an event.
    """
    changed = list(changes)
    partners = {
        row["partner_id"]
        for change in changed
        for row in (change.before, change.after)
        if row and change.table in (AGREEMENTS, EVENTS_TABLE)
    }
    own = {
        row["agreement_id"]
        for change in changed
        for row in (change.before, change.after)
        if row and "agreement_id" in row
    }
    if not partners:
        return
    with of_statuses() as connection:
        was, now = (_statuses(connection, frames, partners, day) for frames in (before, after))
    for agreement_id in sorted(was.keys() | now.keys()):
        old, new = was.get(agreement_id), now.get(agreement_id)
        if agreement_id in own or old != new:
            title = (new or old or Status("", "")).title
            yield Moved(agreement_id, title, old and old.status, new and new.status)


def statuses(frames: Frames, day: date) -> Statuses:
    """Of every agreement."""
    with of_statuses() as connection:
        return _statuses(connection, frames, set(frames[PARTNERS.name]["partner_id"]), day)


def _statuses(
    connection: duckdb.DuckDBPyConnection, frames: Frames, partners: set[str], day: date
) -> Statuses:
    """Of the partners' agreements; fills the connection's tables anew."""
    for made in transform(encoded(_of_partners(frames, partners)), ""):
        table, _ = made
        if table in (STATUSES, AGREEMENTS, EVENTS_TABLE):
            connection.execute(f"DELETE FROM {table.name}")
            fill(connection, made)
    derive_states(connection)
    rows = connection.execute(
        "SELECT agreement_id, name, title FROM agreement_status($day) "
        "JOIN agreements USING (agreement_id) JOIN statuses USING (status)",
        {"day": day},
    ).fetchall()
    return {agreement_id: Status(status, title) for agreement_id, status, title in rows}


def _of_partners(frames: Frames, partners: set[str]) -> Frames:
    """What the statuses of the partners' agreements rest on; the other tables without rows."""
    chosen = {
        name: frames[name][frames[name]["partner_id"].isin(partners)]
        for name in (AGREEMENTS.name, EVENTS_TABLE.name)
    }
    return {table.name: chosen.get(table.name, frames[table.name].iloc[:0]) for table in TABLES}
