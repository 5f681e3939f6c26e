"""What dates must be beside well formed: plausible on the day of the build, and in order."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from etl.extract import Frames
from etl.frames import Cells, line, rows
from register import duration, edtf
from register.codes import PROLONGING
from register.declaration import Kind
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

CHECK_BOTH = "check both dates against their sources"


def problems(frames: Frames, today: date) -> Iterator[Problem]:
    """Dates that no agreement of the city can have; an absent table is not reported again.

    Partial dates break an order only where no days that they may mean keep it.
    """
    yield from _implausible_dates(frames, last_day(today))
    if AGREEMENTS.name in frames:
        for number, row in rows(frames[AGREEMENTS.name]):
            yield from _disordered(number, row, last_day(today))
    if {AGREEMENTS.name, EVENTS_TABLE.name} <= frames.keys():
        yield from _event_problems(frames[EVENTS_TABLE.name], frames[AGREEMENTS.name])


def last_day(today: date) -> date:
    """The last plausible day: 50 years after the day of the build."""
    return duration.after(today, f"P{YEARS_AHEAD}Y")


# --- one date ---------------------------------------------------------------------------------


def _implausible_dates(frames: Frames, last: date) -> Iterator[Problem]:
    for table in TABLES:
        for field in table:
            if field.kind in (Kind.EDTF, Kind.DAY) and table.name in frames:
                yield from _implausible(
                    table.file, field.name, frames[table.name][field.name], last
                )
    if STATEMENTS.name in frames:
        statements = frames[STATEMENTS.name]
        dated = statements["value"][statements["field"].isin(DATED)]
        yield from _implausible(STATEMENTS.file, "value", dated, last)


def _implausible(file: str, column: str, cells: pd.Series, last: date) -> Iterator[Problem]:
    for label, text in cells.dropna().items():
        value = edtf.read(text)
        if value is not None and not FIRST_DAY <= value.first <= last:
            yield Problem(
                file,
                line(label),
                column,
                text,
                f"is not between {FIRST_DAY} and {last}",
                "check the year against the source",
            )


# --- an agreement -----------------------------------------------------------------------------


def _disordered(number: int, row: Cells, last: date) -> Iterator[Problem]:
    """An end is not before its begin or signing; a length stands only where no end is stated."""

    def problem(column: str, rule: str, mend: str) -> Problem:
        return Problem(AGREEMENTS.file, number, column, row[column] or "", rule, mend)

    for early, late, rule in ORDER:
        before, after = edtf.read(row[early]), edtf.read(row[late])
        if before and after and after.last < before.first:
            yield problem(late, f"{rule} ({early} = {row[early]})", CHECK_BOTH)
    if row["term"] is None:
        return
    if row["valid_to"] is not None:
        mend = "leave it empty; a length that sources state stays in statements.csv"
        yield problem("term", "stands beside valid_to", mend)
    elif end := _end(row):
        signed = edtf.read(row["signed_on"])
        if end.first > last:
            yield problem("term", f"ends after {last}", "check the length against the source")
        elif signed and end.last < signed.first:
            rule = f"ends on {end.last}, before it is signed (signed_on = {row['signed_on']})"
            yield problem("term", rule, "check the dates and the length against their sources")


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


def _event_problems(events: pd.DataFrame, agreements: pd.DataFrame) -> Iterator[Problem]:
    """Nothing happens to what is not signed; a new end stands where it moves one, and moves it."""
    by_id = {row["agreement_id"]: row for _, row in rows(agreements)}
    happened = list(rows(events))
    for number, row in happened:
        agreement = by_id.get(row["agreement_id"]) if row["agreement_id"] else None
        yield from _before_signing(number, row, agreement)
        yield from _misplaced_end(number, row)
    yield from _shortened(happened, by_id)


def _problem(number: int, row: Cells, column: str, rule: str, mend: str) -> Problem:
    return Problem(EVENTS_TABLE.file, number, column, row[column] or "", rule, mend)


def _before_signing(number: int, row: Cells, agreement: Cells | None) -> Iterator[Problem]:
    """Only an announcement comes before the signing."""
    happened = edtf.read(row["date"])
    signed_on = agreement["signed_on"] if agreement else None
    signed = edtf.read(signed_on)
    if row["event"] != "announced" and happened and signed and happened.last < signed.first:
        rule = f"lies before the signing of what it concerns (signed_on = {signed_on})"
        yield _problem(number, row, "date", rule, CHECK_BOTH)


def _misplaced_end(number: int, row: Cells) -> Iterator[Problem]:
    """What an agreement's extension or renewal has, from its day on, and nothing else."""
    happened, end = edtf.read(row["date"]), edtf.read(row["valid_to"])
    prolongs = row["event"] in PROLONGING
    if row["valid_to"] is None:
        if prolongs and row["agreement_id"] is not None and row["note"] is None:
            mend = "give the new end that a source states, or say in the note that none states one"
            yield _problem(number, row, "valid_to", "is empty for what was prolonged", mend)
    elif not prolongs:
        mend = f"leave it empty; only what was {' or '.join(PROLONGING)} has a new end"
        yield _problem(number, row, "valid_to", f"is given for: {row['event']}", mend)
    elif row["agreement_id"] is None:
        mend = "name the agreement whose end moves, an event for each, or leave it empty"
        yield _problem(number, row, "valid_to", "is given for a whole partnership", mend)
    elif row["date"] is None:
        mend = "give the date from which it holds, be it that of the first report"
        yield _problem(number, row, "valid_to", "is given without a date", mend)
    elif happened and end and end.last < happened.first:
        rule = f"ends before it is {row['event']} (date = {row['date']})"
        yield _problem(number, row, "valid_to", rule, CHECK_BOTH)


def _shortened(
    happened: list[tuple[int, Cells]], agreements: Mapping[str | None, Cells]
) -> Iterator[Problem]:
    """A new end does not lie before the begin, nor before the end that held until then."""
    ends = {name: _end(row) for name, row in agreements.items()}
    dated = [
        (day.last, number, row, end)
        for number, row in happened
        if row["event"] in PROLONGING and row["agreement_id"] in agreements
        if (day := edtf.read(row["date"])) and (end := edtf.read(row["valid_to"]))
    ]
    for _, number, row, end in sorted(dated, key=lambda one: one[:2]):
        agreement_id = row["agreement_id"]
        begin, until = agreements[agreement_id]["valid_from"], ends[agreement_id]
        first = edtf.read(begin)
        if first and end.last < first.first:
            rule = f"ends before it begins (valid_from = {begin})"
            yield _problem(number, row, "valid_to", rule, CHECK_BOTH)
        elif until and end.last < until.first:
            rule = f"lies before the end that held until then ({until.said})"
            yield _problem(number, row, "valid_to", rule, CHECK_BOTH)
        if until is None or until.first <= end.first:
            said = f"valid_to = {row['valid_to']} of {row['event_id']}"
            ends[agreement_id] = _End(end.first, end.last, said)
