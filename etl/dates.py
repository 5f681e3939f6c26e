"""What dates must be beside well formed: plausible on the day of the build, and in order."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from etl.columns import EMPTY, Cells, Column, Rows, Tables
from register import duration, edtf
from register.codes import PROLONGING
from register.declaration import Kind, Table
from register.problems import Problem
from register.schema import AGREEMENTS, DATED, EVENTS_TABLE, STATEMENTS, TABLES

FIRST_DAY = date(1900, 1, 1)

YEARS_AHEAD = 50

ORDER = (
    ("valid_from", "valid_to", "ends before it begins"),
    ("signed_on", "valid_to", "ends before it is signed"),
    ("signed_on", "reported_on", "is reported before it is signed"),
)
"""The dates of an agreement of which the first does not lie after the second."""

BEFORE_ALL, AFTER_ALL = 0, date.max.toordinal() + 1
"""What lies before and after every day, as ordinals."""

CHECK_BOTH = "check both dates against their sources"


def problems(tables: Tables, today: date) -> Iterator[Problem]:
    """Dates that no agreement of the city can have; an absent table is not reported again.

    Partial dates break an order only where no days that they may mean keep it.
    """
    last = last_day(today)
    yield from _implausible_dates(tables, last)
    if AGREEMENTS.name in tables:
        yield from _disordered(tables[AGREEMENTS.name])
        yield from _length_problems(tables[AGREEMENTS.name], last)
    if {AGREEMENTS.name, EVENTS_TABLE.name} <= tables.keys():
        yield from _event_problems(tables[EVENTS_TABLE.name], tables[AGREEMENTS.name])


class Days(NamedTuple):
    """Of each row the first and the last day that its date may mean, as ordinals.

    A cell that is no date may mean any day: whatever is compared with it, nothing is known to be
    earlier or later.
    """

    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]

    @classmethod
    def of(cls, column: Column) -> "Days":
        """Of the dates of a column."""
        bounds = np.array([_bounds(text) for _, text in column.each()]).reshape(-1, 2)
        return cls(column.spread(bounds[:, 0], BEFORE_ALL), column.spread(bounds[:, 1], AFTER_ALL))


@lru_cache(2**16)
def _bounds(text: str) -> tuple[int, int]:
    day = edtf.read(text)
    return (day.first.toordinal(), day.last.toordinal()) if day else (BEFORE_ALL, AFTER_ALL)


def last_day(today: date) -> date:
    """The last plausible day: 50 years after the day of the build."""
    return duration.after(today, f"P{YEARS_AHEAD}Y")


# --- one date ---------------------------------------------------------------------------------


def _implausible_dates(tables: Tables, last: date) -> Iterator[Problem]:
    for table in TABLES:
        for field in table:
            if field.kind in (Kind.EDTF, Kind.DAY) and table.name in tables:
                rows = tables[table.name]
                yield from _implausible(table.file, field.name, rows, last)
    if STATEMENTS.name in tables:
        statements = tables[STATEMENTS.name]
        dated = np.flatnonzero(statements["field"].is_one_of(DATED))
        yield from _implausible(STATEMENTS.file, "value", statements.only(dated), last)


def _implausible(file: str, column: str, rows: Rows, last: date) -> Iterator[Problem]:
    first = Days.of(rows[column]).first
    cannot_be = (first > last.toordinal()) | (first < FIRST_DAY.toordinal())
    rule, mend = f"is not between {FIRST_DAY} and {last}", "check the year against the source"
    for place in np.flatnonzero(cannot_be & (first != BEFORE_ALL)).tolist():
        yield Problem(file, int(rows.lines[place]), column, rows[column][place] or "", rule, mend)


# --- an agreement -----------------------------------------------------------------------------


def _problem(table: Table, line: int, row: Cells, column: str, rule: str, mend: str) -> Problem:
    return Problem(table.file, line, column, row[column] or "", rule, mend)


def _disordered(agreements: Rows) -> Iterator[Problem]:
    """An end is not before its begin or signing, nor a report."""
    for early, late, rule in ORDER:
        wrong = Days.of(agreements[late]).last < Days.of(agreements[early]).first
        for number, row in agreements.where(wrong):
            said = f"{rule} ({early} = {row[early]})"
            yield _problem(AGREEMENTS, number, row, late, said, CHECK_BOTH)


def _length_problems(agreements: Rows, last: date) -> Iterator[Problem]:
    """A length stands only where no end is stated, and ends on a plausible day."""
    for number, row in agreements.where(agreements["term"].filled):
        if fault := _length_fault(row, last):
            yield _problem(AGREEMENTS, number, row, "term", *fault)


def _length_fault(row: Cells, last: date) -> tuple[str, str] | None:
    """Rule and mend, or None where all is well."""
    if row["valid_to"] is not None:
        mend = "leave it empty; a length that sources state stays in statements.csv"
        return "stands beside valid_to", mend
    end, signed = _end(row), edtf.read(row["signed_on"])
    if end and end.first > last:
        return f"ends after {last}", "check the length against the source"
    if end and signed and end.last < signed.first:
        rule = f"ends on {end.last}, before it is signed (signed_on = {row['signed_on']})"
        return rule, "check the dates and the length against their sources"
    return None


class _End(NamedTuple):
    """The days on which a window can end, both included, and the cell that says so."""

    first: date
    last: date
    said: str


def _end(row: Cells) -> _End | None:
    """The end of an agreement as stated, or counted from the dates that its length counts from."""
    if stated := edtf.read(row["valid_to"]):
        return _End(stated.first, stated.last, f"valid_to = {row['valid_to']}")
    length = row["term"]
    begin = edtf.read(row["valid_from"])
    counted = begin or edtf.read(row["signed_on"]) or edtf.read(row["reported_on"])
    if length is None or counted is None or not duration.is_valid(length):
        return None
    end_of = duration.last_day if begin else duration.after
    return _End(end_of(counted.first, length), end_of(counted.last, length), f"term = {length}")


# --- events -----------------------------------------------------------------------------------


def _event_problems(events: Rows, agreements: Rows) -> Iterator[Problem]:
    """Nothing happens to what is not signed; a new end stands where it moves one, and moves it."""
    yield from _before_signing(events, agreements)
    prolongs = events["event"].is_one_of(PROLONGING)
    for number, row in events.where(prolongs | events["valid_to"].filled):
        if fault := _misplaced_end(row):
            yield _problem(EVENTS_TABLE, number, row, "valid_to", *fault)
    yield from _shortened(events.only(np.flatnonzero(prolongs)), agreements)


def _before_signing(events: Rows, agreements: Rows) -> Iterator[Problem]:
    """Only an announcement comes before the signing."""
    ids, signed_on = agreements["agreement_id"], agreements["signed_on"]
    signing = np.full(len(ids.texts) + 1, EMPTY)
    signing[ids.codes] = signed_on.codes
    signing[EMPTY] = EMPTY
    concerned = Column(signed_on.texts, signing[events["agreement_id"].codes_in(ids)])
    early = Days.of(events["date"]).last < Days.of(concerned).first
    wrong = early & ~events["event"].equals("announced")
    said = concerned.cells(np.flatnonzero(wrong))
    for (number, row), signed in zip(events.where(wrong), said, strict=True):
        rule = f"lies before the signing of what it concerns (signed_on = {signed})"
        yield _problem(EVENTS_TABLE, number, row, "date", rule, CHECK_BOTH)


def _misplaced_end(row: Cells) -> tuple[str, str] | None:
    """Rule and mend of a new end: an extension or renewal of an agreement has it, from its day on.

    None where all is well.
    """
    happened, end = edtf.read(row["date"]), edtf.read(row["valid_to"])
    prolongs = row["event"] in PROLONGING
    if row["valid_to"] is None:
        if prolongs and row["agreement_id"] is not None and row["note"] is None:
            mend = "give the new end that a source states, or say in the note that none states one"
            return "is empty for what was prolonged", mend
    elif not prolongs:
        mend = f"leave it empty; only what was {' or '.join(PROLONGING)} has a new end"
        return f"is given for: {row['event']}", mend
    elif row["agreement_id"] is None:
        mend = "name the agreement whose end moves, an event for each, or leave it empty"
        return "is given for a whole partnership", mend
    elif row["date"] is None:
        mend = "give the date from which it holds, be it that of the first report"
        return "is given without a date", mend
    elif happened and end and end.last < happened.first:
        return f"ends before it is {row['event']} (date = {row['date']})", CHECK_BOTH
    return None


def _shortened(events: Rows, agreements: Rows) -> Iterator[Problem]:
    """A new end does not lie before the begin, nor before the end that held until then."""
    prolonged = agreements["agreement_id"].is_in(events["agreement_id"])
    begins = {row["agreement_id"]: row["valid_from"] for _, row in agreements.where(prolonged)}
    ends = {row["agreement_id"]: _end(row) for _, row in agreements.where(prolonged)}
    dated = [
        (day.last, number, row, end)
        for number, row in events
        if row["agreement_id"] in ends
        if (day := edtf.read(row["date"])) and (end := edtf.read(row["valid_to"]))
    ]
    for _, number, row, end in sorted(dated, key=lambda one: one[:2]):
        agreement_id = row["agreement_id"]
        begin, until = begins[agreement_id], ends[agreement_id]
        first = edtf.read(begin)
        if first and end.last < first.first:
            rule = f"ends before it begins (valid_from = {begin})"
            yield _problem(EVENTS_TABLE, number, row, "valid_to", rule, CHECK_BOTH)
        elif until and end.last < until.first:
            rule = f"lies before the end that held until then ({until.said})"
            yield _problem(EVENTS_TABLE, number, row, "valid_to", rule, CHECK_BOTH)
        if until is None or until.first <= end.first:
            said = f"valid_to = {row['valid_to']} of {row['event_id']}"
            ends[agreement_id] = _End(end.first, end.last, said)
