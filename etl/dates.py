"""What dates must be beside well formed: plausible on the day of the build."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from etl import edtf
from etl.extract import Frames
from etl.frames import line
from etl.problems import Problem
from etl.schema import DATED, STATEMENTS, TABLES, Kind

FIRST_DAY = date(1900, 1, 1)

YEARS_AHEAD = 50


def problems(frames: Frames, today: date) -> Iterator[Problem]:
    """Dates that no agreement of the city can have; an absent table is not reported again."""
    for table in TABLES:
        for field in table:
            if field.kind is Kind.EDTF and table.name in frames:
                cells = frames[table.name][field.name]
                yield from _implausible(table.file, field.name, cells, today)
    if STATEMENTS.name in frames:
        statements = frames[STATEMENTS.name]
        values = statements["value"][statements["field"].isin(DATED)]
        yield from _implausible(STATEMENTS.file, "value", values, today)


def last_day(today: date) -> date:
    """The last plausible day: 50 years after the day of the build."""
    # Not replace(): most years have no 29 February.
    return (pd.Timestamp(today) + pd.DateOffset(years=YEARS_AHEAD)).date()


def _implausible(file: str, column: str, cells: pd.Series, today: date) -> Iterator[Problem]:
    """Dates that lie wholly before the first or after the last plausible day."""
    last = last_day(today)
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
