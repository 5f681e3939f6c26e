"""Statements and records: what is chosen is stated, and what is stated is chosen."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from etl.extract import Frames
from etl.frames import Cells, rows
from etl.hints import Hints, meant, mend
from etl.validate import forms
from etl.validate.links import known_ids
from register import edtf
from register.declaration import Field, Kind, Table
from register.problems import Problem
from register.schema import AGREEMENTS, EVENTS_TABLE, STATEMENTS, UNSTATEABLE

RECORDS = (AGREEMENTS, EVENTS_TABLE)
"""The tables whose records sources make statements about."""

Versions = Mapping[tuple[str, str], list[str]]
"""The values that sources state, by record and field."""


def statement_problems(frames: Frames) -> Iterator[Problem]:
    """What is wrong between statements and records; nothing while one of their tables is absent."""
    if not {"statements", *(table.name for table in RECORDS)} <= frames.keys():
        return
    yield from _shared_id_problems(frames)
    yield from _subject_problems(frames)
    yield from _value_problems(frames)
    versions = _versions(frames["statements"])
    for table in RECORDS:
        for line, row in rows(frames[table.name]):
            for field in table:
                yield from _record_problems(table, line, row, field, versions)


def table_of_record(frames: Frames) -> dict[str, Table]:
    """The table of each record that a source can make a statement about."""
    return {record: table for table in RECORDS for record in known_ids(frames, table.name)}


def fields_of(table: Table) -> tuple[str, ...]:
    """The columns on which a source can make a statement."""
    return tuple(name for name in table.columns if name not in UNSTATEABLE)


def _shared_id_problems(frames: Frames) -> Iterator[Problem]:
    """An id names one record: a statement says no more than the id."""
    agreements = known_ids(frames, AGREEMENTS.name)
    for line, row in rows(frames[EVENTS_TABLE.name]):
        if row["event_id"] in agreements:
            yield Problem(
                EVENTS_TABLE.file,
                line,
                "event_id",
                row["event_id"] or "",
                f"is the id of an agreement in {AGREEMENTS.file} too",
                "give the event an id of its own",
            )


# --- each statement ---------------------------------------------------------------------------


def _subject_problems(frames: Frames) -> Iterator[Problem]:
    """A statement is about a field of a record that is there."""
    table_of = table_of_record(frames)
    ids = Hints(table_of)
    for line, row in rows(frames["statements"]):
        record, name = row["record_id"], row["field"]
        if record is None or name is None:
            continue
        table = table_of.get(record)
        if table is None:
            rule = "is neither an agreement_id nor an event_id"
            advice = ids.mend(record, "add the record, or correct the id")
            yield Problem(STATEMENTS.file, line, "record_id", record, rule, advice)
        elif name not in (fields := fields_of(table)):
            rule = f"is not a field of {table.file} that a source states"
            advice = mend(meant(name, fields), f"use one of {', '.join(fields)}")
            yield Problem(STATEMENTS.file, line, "field", name, rule, advice)


def _value_problems(frames: Frames) -> Iterator[Problem]:
    """A statement's value has the form of its field, and an id leads somewhere."""
    table_of = table_of_record(frames)
    parents = {
        field.references: known_ids(frames, field.references)
        for table in RECORDS
        for field in table
        if field.references in frames
    }
    hints = {parent: Hints(ids) for parent, ids in parents.items()}
    for line, row in rows(frames["statements"]):
        table, name, value = table_of.get(row["record_id"] or ""), row["field"], row["value"]
        if table is None or value is None or name not in fields_of(table):
            continue
        field = table.field(name)
        if fault := forms.broken(field, value):
            yield Problem(STATEMENTS.file, line, "value", value, *fault)
        if field.references in parents and value not in parents[field.references]:
            rule = f"is not in {field.references}.csv"
            advice = hints[field.references].mend(value, "add it there, or correct it")
            yield Problem(STATEMENTS.file, line, "value", value, rule, advice)


# --- each record ------------------------------------------------------------------------------


def _versions(statements: pd.DataFrame) -> Versions:
    versions: dict[tuple[str, str], list[str]] = defaultdict(list)
    complete = statements[["record_id", "field", "value"]].dropna()
    for record, field, value in complete.itertuples(index=False, name=None):
        versions[record, field].append(value)
    return versions


def _record_problems(
    table: Table, line: int, row: Cells, field: Field, versions: Versions
) -> Iterator[Problem]:
    """What is chosen is stated; what is stated and undisputed is chosen, or a note says why not."""
    chosen = row[field.name]
    stated = versions.get((row[table.key[0]] or "", field.name), [])
    if field.stated and chosen is not None and chosen not in stated:
        rule = "is stated by no source"
        advice = "add the statement to statements.csv, or leave the cell empty"
        yield Problem(table.file, line, field.name, chosen, rule, advice)
        return
    value = undisputed(field, stated)
    if value is None or value == chosen or row["note"] is not None or _is_exempt(field, row):
        return
    if chosen is None:
        rule = f"is empty, though sources state {value} and none disputes it"
    elif field.kind is Kind.EDTF and _exactness(value) < _exactness(chosen):
        rule = f"is less exact than {value}, which sources state and none disputes"
    else:
        return
    advice = f"write {value}, or say in note why it is not chosen"
    yield Problem(table.file, line, field.name, chosen or "", rule, advice)


def _is_exempt(field: Field, row: Cells) -> bool:
    """Whether another field has what is known: an end beside a length, a day beside a report."""
    if field.name == "term":
        return row["valid_to"] is not None
    if field.name == "reported_on":
        signed = edtf.read(row["signed_on"])
        return signed is not None and signed.precision == "day"
    return False


def undisputed(field: Field, stated: list[str]) -> str | None:
    """The value on which all that sources state agrees; of dates the most exact one, if any.

    Dates agree when one day fits all, as in the view ``disagreements``: 2019 and 2019-09-10.
    """
    values = sorted(set(stated))
    if not values or any(forms.broken(field, text) for text in values):
        return None
    if field.kind is not Kind.EDTF:
        return values[0] if len(values) == 1 else None
    dates = [edtf.parse(text) for text in values]
    if max(value.first for value in dates) > min(value.last for value in dates):
        return None
    return min(values, key=_exactness)


def _exactness(text: str) -> tuple[int, str]:
    """A date's days, then its qualifier: what is less is more exact."""
    value = edtf.parse(text)
    return (value.last - value.first).days, value.qualifier
