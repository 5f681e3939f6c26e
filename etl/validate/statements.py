"""Statements and records: what is chosen is stated, and what is stated is chosen."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from etl.columns import EMPTY, Cells, Codes, Column, Mask, Rows, Tables, shared
from etl.hints import Hints, meant, mend
from etl.validate import forms
from etl.validate.links import ids_of
from register import edtf
from register.declaration import Field, Kind, Table
from register.problems import Problem
from register.schema import AGREEMENTS, EVENTS_TABLE, STATEMENTS, UNSTATEABLE

RECORDS = (AGREEMENTS, EVENTS_TABLE)
"""The tables whose records sources make statements about."""


def statement_problems(tables: Tables) -> Iterator[Problem]:
    """What is wrong between statements and records; nothing while one of their tables is absent."""
    if not {"statements", *(table.name for table in RECORDS)} <= tables.keys():
        return
    yield from _shared_id_problems(tables)
    records = {table.name: _records(tables, table) for table in RECORDS}
    yield from _subject_problems(tables, records)
    for table in RECORDS:
        for field in table:
            stated = _stated(tables[STATEMENTS.name], records[table.name], field)
            if field.name in fields_of(table):
                yield from _value_problems(tables, field, stated)
            yield from _field_problems(table, field, tables[table.name], stated)


def fields_of(table: Table) -> tuple[str, ...]:
    """The columns on which a source can make a statement."""
    return tuple(name for name in table.columns if name not in UNSTATEABLE)


def _shared_id_problems(tables: Tables) -> Iterator[Problem]:
    """An id names one record: a statement says no more than the id."""
    events = tables[EVENTS_TABLE.name]
    for line, row in events.where(events["event_id"].is_in(ids_of(tables, AGREEMENTS.name))):
        yield Problem(
            EVENTS_TABLE.file,
            line,
            "event_id",
            row["event_id"] or "",
            f"is the id of an agreement in {AGREEMENTS.file} too",
            "give the event an id of its own",
        )


# --- each statement ---------------------------------------------------------------------------


def _records(tables: Tables, table: Table) -> Codes:
    """Of each statement the record that it is about, by the code of the id in the table.

    EMPTY where it is about none of the table's; an event's id goes before an agreement's.
    """
    records = tables[STATEMENTS.name]["record_id"]
    found = records.codes_in(ids_of(tables, table.name))
    if table is not EVENTS_TABLE:
        found[records.is_in(ids_of(tables, EVENTS_TABLE.name))] = EMPTY
    return found


def _subject_problems(tables: Tables, records: Mapping[str, Codes]) -> Iterator[Problem]:
    """A statement is about a field of a record that is there."""
    statements = tables[STATEMENTS.name]
    lost = statements["record_id"].filled & statements["field"].filled
    for table in RECORDS:
        about, fields = records[table.name] != EMPTY, fields_of(table)
        lost &= ~about
        strange = about & statements["field"].filled & ~statements["field"].is_one_of(fields)
        for line, row in statements.where(strange):
            name = row["field"] or ""
            rule = f"is not a field of {table.file} that a source states"
            advice = mend(meant(name, fields), f"use one of {', '.join(fields)}")
            yield Problem(STATEMENTS.file, line, "field", name, rule, advice)
    if not lost.any():
        return
    ids = Hints([text for table in RECORDS for text in ids_of(tables, table.name).strings()])
    for line, row in statements.where(lost):
        record = row["record_id"] or ""
        rule = "is neither an agreement_id nor an event_id"
        advice = ids.mend(record, "add the record, or correct the id")
        yield Problem(STATEMENTS.file, line, "record_id", record, rule, advice)


class Stated(NamedTuple):
    """The statements on one field of the records of a table.

    Attributes:
        lines: of each its line.
        records: the record that it is about, by the code of its id in the table.
        values: what it says.
    """

    lines: Codes
    records: Codes
    values: Column


def _stated(statements: Rows, records: Codes, field: Field) -> Stated:
    named = statements["field"].equals(field.name) & statements["value"].filled
    places = np.flatnonzero(named & (records != EMPTY))
    return Stated(statements.lines[places], records[places], statements["value"].only(places))


def _value_problems(tables: Tables, field: Field, stated: Stated) -> Iterator[Problem]:
    """A statement's value has the form of its field, and an id leads somewhere."""
    looked_at = stated.values.unlike(forms.PLAIN.get(field.kind))
    faults = {code: fault for code, text in looked_at if (fault := forms.broken(field, text))}
    for place in np.flatnonzero(np.isin(stated.values.codes, list(faults))).tolist():
        yield _value_problem(stated, place, *faults[int(stated.values.codes[place])])
    if field.references is None or field.references not in tables:
        return
    ids = ids_of(tables, field.references)
    lost = np.flatnonzero(~stated.values.is_in(ids))
    hints = Hints(ids.strings() if len(lost) else ())
    for place in lost.tolist():
        advice = hints.mend(stated.values[place] or "", "add it there, or correct it")
        yield _value_problem(stated, place, f"is not in {field.references}.csv", advice)


def _value_problem(stated: Stated, place: int, rule: str, advice: str) -> Problem:
    value = stated.values[place] or ""
    return Problem(STATEMENTS.file, int(stated.lines[place]), "value", value, rule, advice)


# --- each record ------------------------------------------------------------------------------


def _field_problems(table: Table, field: Field, rows: Rows, stated: Stated) -> Iterator[Problem]:
    """What is wrong between a field and what sources state of it; most records agree."""
    ids = rows[table.key[0]]
    open_ids = np.zeros(len(ids.texts) + 1, bool)
    doubtful = _doubtful(field, ids, rows, stated)
    open_ids[ids.codes[doubtful]] = True
    versions = defaultdict[int, list[str]](list)
    for place in np.flatnonzero(open_ids[stated.records]).tolist():
        versions[int(stated.records[place])].append(stated.values[place] or "")
    records = ids.codes[doubtful].tolist()
    for record, (line, row) in zip(records, rows.where(doubtful), strict=True):
        yield from _record_problems(table, line, row, field, versions.get(record, []))


def _doubtful(field: Field, ids: Column, rows: Rows, stated: Stated) -> Mask:
    """The records that may be at fault: all but those whose cell is what all sources state."""
    chosen = rows[field.name]
    of_id = np.full(len(ids.texts) + 1, EMPTY)
    of_id[ids.codes] = chosen.codes
    same = stated.values.codes_in(chosen) == of_id[stated.records]
    same &= of_id[stated.records] != EMPTY
    agreed, disputed = np.zeros((2, len(ids.texts) + 1), bool)
    agreed[stated.records[same]] = True
    disputed[stated.records[~same]] = True
    unstated = chosen.filled & ~agreed[ids.codes] & field.stated
    differs = disputed[ids.codes] & (~chosen.filled | (field.kind is Kind.EDTF))
    # Of an id that is there twice, neither row stands for the other.
    found: Mask = unstated | differs | shared(ids.codes)
    return found


def _record_problems(
    table: Table, line: int, row: Cells, field: Field, stated: list[str]
) -> Iterator[Problem]:
    """What is chosen is stated; what is stated and undisputed is chosen, or a note says why not."""
    chosen = row[field.name]
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
