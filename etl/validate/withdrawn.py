"""Ids that readers know: none vanishes in silence, and what is withdrawn leads to no record."""

from collections.abc import Iterator, Mapping

from etl import published
from etl.extract import Frames
from etl.frames import rows
from etl.hints import Hints
from etl.published import Ids
from etl.validate.links import known_ids
from register.declaration import Table
from register.problems import Problem
from register.schema import IDENTIFIED, WITHDRAWN


def withdrawn_problems(frames: Frames, known: Ids) -> Iterator[Problem]:
    """What is wrong with the withdrawn ids; nothing while a table that has ids is absent.

    Args:
        known: the ids that readers know, by the name of their table.
    """
    if not {WITHDRAWN.name, *(table.name for table in IDENTIFIED)} <= frames.keys():
        return
    there = {
        record_id: table for table in IDENTIFIED for record_id in known_ids(frames, table.name)
    }
    withdrawn = known_ids(frames, WITHDRAWN.name)
    yield from _vanished_problems(known, {*there, *withdrawn})
    yield from _still_there_problems(frames, there)
    yield from _replaced_problems(frames, there, withdrawn)


def _vanished_problems(known: Ids, ids: set[str]) -> Iterator[Problem]:
    for table in published.TABLES:
        for record_id in sorted(known.get(table.name, set()) - ids):
            rule = "was published, and is neither an id nor withdrawn now"
            mend = f"put its row back, or withdraw it in {WITHDRAWN.file} with the reason"
            yield Problem(table.file, 0, table.key[0], record_id, rule, mend)


def _still_there_problems(frames: Frames, there: Mapping[str, Table]) -> Iterator[Problem]:
    for line, row in rows(frames[WITHDRAWN.name]):
        table = there.get(row["id"] or "")
        if table is not None:
            rule = f"is still the {table.key[0]} of a row in {table.file}"
            mend = "remove that row, or this one where it was withdrawn by mistake"
            yield Problem(WITHDRAWN.file, line, "id", row["id"] or "", rule, mend)


def _replaced_problems(
    frames: Frames, there: Mapping[str, Table], withdrawn: set[str]
) -> Iterator[Problem]:
    """What stands in its place is a record."""
    hints = Hints(there)
    for line, row in rows(frames[WITHDRAWN.name]):
        successor = row["replaced_by"]
        if successor is None or successor in there:
            continue
        if successor in withdrawn:
            rule, mend = "is withdrawn too", "name the record that is there now, or leave it empty"
        else:
            rule = "is no id of a partner, source, agreement or event"
            mend = hints.mend(successor, "name a record that is there, or leave it empty")
        yield Problem(WITHDRAWN.file, line, "replaced_by", successor, rule, mend)
