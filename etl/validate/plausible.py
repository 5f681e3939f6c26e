"""What is well formed and yet cannot be: days to come, signings before they happen, far places."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from etl.extract import Frames
from etl.frames import Cells, rows
from register import edtf
from register.edtf import EdtfDate
from register.problems import Problem
from register.schema import (
    AGREEMENTS,
    EVENTS_TABLE,
    LIST_MENTIONS,
    PARTNERS,
    SOURCES,
    STATEMENTS,
    WITHDRAWN,
)

BOUNDS = Path(__file__).parent / "country_bounds.csv"
"""Boxes around the land of each country, made by ``scripts/country_bounds.py``."""

SIGNINGS = {"signed_on", "reported_on"}
"""Fields of agreements that say that it is signed or exists."""

REPORTS = {"announced", "signed"}
"""Events that a page reports when they are over; what is decided may begin later."""

Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""


def plausible_problems(frames: Frames, today: date) -> Iterator[Problem]:
    """What cannot be; an absent table is not reported again."""
    yield from _future_problems(frames, today)
    if "sources" in frames:
        yield from _read_too_early_problems(frames["sources"])
    if {"sources", "statements", "events"} <= frames.keys():
        yield from _foretold_problems(frames)
    if "partners" in frames:
        yield from _place_problems(frames["partners"])


# --- days -------------------------------------------------------------------------------------


def _future_problems(frames: Frames, today: date) -> Iterator[Problem]:
    """Nothing was published, read, signed, announced, looked for or withdrawn after the build."""
    for table, columns in (
        (SOURCES, ("published_on", "accessed_on")),
        (AGREEMENTS, ("signed_on", "reported_on")),
        (EVENTS_TABLE, ("date",)),
        (LIST_MENTIONS, ("looked_for_until",)),
        (WITHDRAWN, ("withdrawn_on",)),
    ):
        for line, row in rows(frames[table.name]) if table.name in frames else ():
            if table is EVENTS_TABLE and row["event"] not in REPORTS:
                continue
            for column in columns:
                value = _date(row, column)
                if value is not None and value.first > today:
                    rule = f"lies after the day of the build ({today})"
                    mend = "correct it; what is only planned is an event announced"
                    yield Problem(table.file, line, column, row[column] or "", rule, mend)


def _read_too_early_problems(sources: pd.DataFrame) -> Iterator[Problem]:
    for line, row in rows(sources):
        published, read = _date(row, "published_on"), _date(row, "accessed_on")
        if published and read and read.last < published.first:
            rule = f"is before the page was published ({row['published_on']})"
            mend = "check both dates"
            yield Problem(SOURCES.file, line, "accessed_on", row["accessed_on"] or "", rule, mend)


def _foretold_problems(frames: Frames) -> Iterator[Problem]:
    """No page states a signing, or reports one, that comes after it."""
    written = {
        row["source_id"]: (column, row[column], value.last)
        for _, row in rows(frames["sources"])
        for column in ("accessed_on", "published_on")  # The latter counts where both are known.
        if (value := _date(row, column))
    }
    reports = {row["event_id"] for _, row in rows(frames["events"]) if row["event"] in REPORTS}
    for line, row in rows(frames["statements"]):
        is_report = row["field"] == "date" and row["record_id"] in reports
        stated = _date(row, "value") if row["field"] in SIGNINGS or is_report else None
        if stated is None or row["source_id"] not in written:
            continue
        column, text, last = written[row["source_id"]]
        if stated.first > last:
            rule = f"is after the page that states it ({row['source_id']}, {column} {text})"
            mend = "check both dates; a signing that a page expects is an event announced"
            yield Problem(STATEMENTS.file, line, "value", row["value"] or "", rule, mend)


def _date(row: Cells, column: str) -> EdtfDate | None:
    return edtf.read(row[column])


# --- places -----------------------------------------------------------------------------------


def _place_problems(partners: pd.DataFrame) -> Iterator[Problem]:
    """A place has both coordinates, and they lie in its country."""
    for line, row in rows(partners):
        here = row["latitude"], row["longitude"]
        if (here[0] is None) != (here[1] is None):
            column = "latitude" if here[0] is None else "longitude"
            rule, mend = "is empty beside the other coordinate", "give both or none"
            yield Problem(PARTNERS.file, line, column, "", rule, mend)
        elif not _lies_in(row["country_code"] or "", *map(_degrees, here)):
            rule = f"lies outside {row['country_code']}"
            mend = "check for swapped or mistyped coordinates, or correct country_code"
            value = ", ".join(map(str, here))
            yield Problem(PARTNERS.file, line, "latitude, longitude", value, rule, mend)


def _degrees(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _lies_in(country: str, latitude: float | None, longitude: float | None) -> bool:
    """Whether the place lies in a box of the country; true where one of them is not known."""
    boxes = country_bounds().get(country)
    if boxes is None or latitude is None or longitude is None:
        return True
    return any(
        south <= latitude <= north and west <= longitude <= east
        for south, west, north, east in boxes
    )


@cache
def country_bounds() -> Mapping[str, list[Box]]:
    """The boxes of each country by its ISO 3166-1 code."""
    boxes: dict[str, list[Box]] = defaultdict(list)
    with BOUNDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            south, west, north, east = (
                float(row[side]) for side in ("south", "west", "north", "east")
            )
            boxes[row["country_code"]].append((south, west, north, east))
    return boxes
