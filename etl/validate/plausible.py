"""What is well formed and yet cannot be: days to come, signings before they happen, far places."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from etl.columns import EMPTY, Rows, Tables
from etl.dates import AFTER_ALL, Days
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

WRITTEN = ("published_on", "accessed_on")
"""The dates of a page of which the first that is known says when it was written at the latest."""

Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""


def plausible_problems(tables: Tables, today: date) -> Iterator[Problem]:
    """What cannot be; an absent table is not reported again."""
    yield from _future_problems(tables, today)
    if "sources" in tables:
        yield from _read_too_early_problems(tables["sources"])
    if {"sources", "statements", "events"} <= tables.keys():
        yield from _foretold_problems(tables)
    if "partners" in tables:
        yield from _place_problems(tables["partners"])


# --- days -------------------------------------------------------------------------------------


def _future_problems(tables: Tables, today: date) -> Iterator[Problem]:
    """Nothing was published, read, signed, announced, looked for or withdrawn after the build."""
    for table, columns in (
        (SOURCES, ("published_on", "accessed_on")),
        (AGREEMENTS, ("signed_on", "reported_on")),
        (EVENTS_TABLE, ("date",)),
        (LIST_MENTIONS, ("looked_for_until",)),
        (WITHDRAWN, ("withdrawn_on",)),
    ):
        for column in columns if table.name in tables else ():
            rows = tables[table.name]
            wrong = Days.of(rows[column]).first > today.toordinal()
            if table is EVENTS_TABLE:
                wrong &= rows["event"].is_one_of(REPORTS)
            for line, row in rows.where(wrong):
                rule = f"lies after the day of the build ({today})"
                mend = "correct it; what is only planned is an event announced"
                yield Problem(table.file, line, column, row[column] or "", rule, mend)


def _read_too_early_problems(sources: Rows) -> Iterator[Problem]:
    too_early = Days.of(sources["accessed_on"]).last < Days.of(sources["published_on"]).first
    for line, row in sources.where(too_early):
        rule = f"is before the page was published ({row['published_on']})"
        mend = "check both dates"
        yield Problem(SOURCES.file, line, "accessed_on", row["accessed_on"] or "", rule, mend)


def _foretold_problems(tables: Tables) -> Iterator[Problem]:
    """No page states a signing, or reports one, that comes after it."""
    sources, events, statements = (tables[name] for name in ("sources", "events", "statements"))
    reports = events.only(np.flatnonzero(events["event"].is_one_of(REPORTS)))["event_id"]
    is_report = statements["field"].equals("date") & statements["record_id"].is_in(reports)
    dated = np.flatnonzero(statements["field"].is_one_of(SIGNINGS) | is_report)
    signings = statements.only(dated)
    pages = np.full(len(sources["source_id"].texts) + 1, EMPTY)
    pages[sources["source_id"].codes] = np.arange(len(sources))
    pages[EMPTY] = EMPTY
    of_page = pages[signings["source_id"].codes_in(sources["source_id"])]
    published, read = (Days.of(sources[column]).last for column in WRITTEN)
    by_day = published < AFTER_ALL
    last = np.append(np.where(by_day, published, read), AFTER_ALL)[of_page]
    wrong = Days.of(signings["value"]).first > last
    for (line, row), page in zip(signings.where(wrong), of_page[wrong].tolist(), strict=True):
        column = WRITTEN[0 if by_day[page] else 1]
        written = f"{row['source_id']}, {column} {sources[column][page]}"
        rule = f"is after the page that states it ({written})"
        mend = "check both dates; a signing that a page expects is an event announced"
        yield Problem(STATEMENTS.file, line, "value", row["value"] or "", rule, mend)


# --- places -----------------------------------------------------------------------------------


def _place_problems(partners: Rows) -> Iterator[Problem]:
    """A place has both coordinates, and they lie in its country."""
    for line, row in partners:
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
