"""Where the timeline's bars begin and end: of which agreements, from when to when."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from register import edtf
from register.frames import Row


@dataclass
class Bar:
    """An agreement as it is drawn: it may begin on ``earliest``, surely on ``start``.

    It is sure up to ``certain`` and goes on to ``stop``. With the marks of its signing and its
    events it reaches from ``left`` to ``right``; ``marked`` are the days of its events.
    """

    agreement: Row
    earliest: date
    start: date
    certain: date
    stop: date
    open: bool
    left: date = date.max
    right: date = date.min
    marked: list[date] = field(default_factory=list)

    def reach(self, *days: date) -> None:
        """Take in the days of the bar's marks."""
        self.left, self.right = min(self.left, *days), max(self.right, *days)


def dated(agreements: pd.DataFrame) -> pd.DataFrame:
    """The agreements that some date places on the timeline."""
    return agreements[agreements["begins_on"].notna() | agreements["announced_from"].notna()]


def span(records: list[Row], as_of: date) -> tuple[date, date]:
    """From the year of the first day drawn to past the last end and the as-of day."""

    def days(*columns: str) -> Iterator[date]:
        for record in records:
            yield from (day for name in columns if (day := day_of(record[name])))

    start = min(
        days("signed_on_first", "valid_from_first", "begins_on", "announced_from"), default=as_of
    )
    reach = max([as_of, *days("ends_on")])
    room = max((reach - start) * 0.04, timedelta(days=120))
    return date(start.year, 1, 1), later(reach, room)


def bar_of(record: Row, last: date, as_of: date) -> Bar:
    """Where the agreement's bar begins and ends."""
    begins, ends = day_of(record["begins_on"]), day_of(record["ends_on"])
    if begins is None or record["status"] in ("announced", "future"):
        # A planned period; without one the announcement is a mark, not a window.
        start = day_of(record["valid_from_first"]) or day_of(record["announced_from"]) or begins
        assert start is not None, "only dated agreements are drawn"
        stop = ends or start
        return Bar(record, start, start, stop, stop, open=False)
    possible = [day_of(record["signed_on_first"]), day_of(record["valid_from_first"])]
    earliest = min(begins, max(day for day in possible if day)) if any(possible) else begins
    stop = ends or last
    certain = stop if ends else max(begins, min(as_of, last))
    return Bar(record, earliest, begins, certain, stop, open=ends is None)


def reach_marks(bars: list[Bar], events: list[Row]) -> None:
    """Let each bar reach over the marks of its signing and its events."""
    marks: dict[str, list[date]] = {}
    for event in events:
        if day := day_of(event["date_last"]):
            marks.setdefault(event["agreement_id"], []).append(day)
    for bar in bars:
        bar.marked = marks.get(bar.agreement["agreement_id"], [])
        bar.reach(bar.earliest, later(bar.stop, timedelta(days=1)), *bar.marked)
        if bar.agreement["signed_on"]:
            bar.reach(signing(bar))


def signing(bar: Bar) -> date:
    """Where the mark of a signing stands: on its day.

    A day that is not exactly known is where the bar begins, if it began by a report in that time.
    """
    day = edtf.parse(bar.agreement["signed_on"])
    return max(day.first, min(day.last, bar.start))


def later(day: date, by: timedelta) -> date:
    """So much later, at most the last day that the calendar has."""
    return day + min(by, date.max - day)


def day_of(value: pd.Timestamp | None) -> date | None:
    """The day of a value of a data frame."""
    return value.date() if value is not None else None
