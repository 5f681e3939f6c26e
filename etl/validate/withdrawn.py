"""Ids that readers know: none vanishes in silence, and what is withdrawn leads to no record."""

from collections.abc import Iterator

import numpy as np

from etl import published
from etl.columns import Tables
from etl.hints import Hints
from etl.published import Ids
from etl.validate.links import ids_of
from register.problems import Problem
from register.schema import IDENTIFIED, WITHDRAWN


def withdrawn_problems(tables: Tables, known: Ids) -> Iterator[Problem]:
    """What is wrong with the withdrawn ids; nothing while a table that has ids is absent.

    Args:
        known: the ids that readers know, by the name of their table.
    """
    if not {WITHDRAWN.name, *(table.name for table in IDENTIFIED)} <= tables.keys():
        return
    yield from _vanished_problems(tables, known)
    yield from _still_there_problems(tables)
    yield from _replaced_problems(tables)


def _vanished_problems(tables: Tables, known: Ids) -> Iterator[Problem]:
    ids = [ids_of(tables, table.name) for table in (*IDENTIFIED, WITHDRAWN)]
    for table in published.TABLES:
        if table.name not in known:
            continue
        were = known[table.name]
        for record_id in sorted(were.only(np.flatnonzero(~were.is_in(*ids))).strings()):
            rule = "was published, and is neither an id nor withdrawn now"
            mend = f"put its row back, or withdraw it in {WITHDRAWN.file} with the reason"
            yield Problem(table.file, 0, table.key[0], record_id, rule, mend)


def _still_there_problems(tables: Tables) -> Iterator[Problem]:
    rows = tables[WITHDRAWN.name]
    for table in IDENTIFIED:
        for line, row in rows.where(rows["id"].is_in(ids_of(tables, table.name))):
            rule = f"is still the {table.key[0]} of a row in {table.file}"
            mend = "remove that row, or this one where it was withdrawn by mistake"
            yield Problem(WITHDRAWN.file, line, "id", row["id"] or "", rule, mend)


def _replaced_problems(tables: Tables) -> Iterator[Problem]:
    """What stands in its place is a record."""
    rows = tables[WITHDRAWN.name]
    there = [ids_of(tables, table.name) for table in IDENTIFIED]
    successor = rows["replaced_by"]
    wrong, gone = successor.filled & ~successor.is_in(*there), successor.is_in(rows["id"])
    for line, row in rows.where(wrong & gone):
        rule, mend = "is withdrawn too", "name the record that is there now, or leave it empty"
        yield Problem(WITHDRAWN.file, line, "replaced_by", row["replaced_by"] or "", rule, mend)
    lost = wrong & ~gone
    hints = Hints([text for ids in there for text in ids.strings()] if lost.any() else [])
    for line, row in rows.where(lost):
        name = row["replaced_by"] or ""
        rule = "is no id of a partner, source, agreement or event"
        mend = hints.mend(name, "name a record that is there, or leave it empty")
        yield Problem(WITHDRAWN.file, line, "replaced_by", name, rule, mend)
