"""What events say together, in a sentence."""

from collections.abc import Iterator

import pandas as pd

from register import words
from register.codes import EVENTS
from register.frames import Row, rows
from register.words import counted, date_in_words

ABOUT = "Signings are not listed here: they stand with their agreements, on the Timeline."

_SIDES = {
    "partner": "by the partner's side",
    "moscow": "by Moscow",
    "both": "by both sides",
    None: "with no side named",
}


def summary(events: pd.DataFrame) -> str:
    """How many, from when to when, what and by whom; of ``queries.events.events``.

    ``15 events, 25 February 2022 to 24 February 2023: 9 suspended, 6 terminated; all by the
    partner's side.``
    """
    happened = rows(events)
    span = _span([row["date"] for row in happened if row["date"]])
    number = words.listed(counted(len(happened), "event"), span)
    return f"{number}: {words.listed(*_kinds(happened))}; {_sides(happened)}."


def finding(by_year: pd.DataFrame) -> str:
    """Which year has the most events, and which ones; of ``queries.events.by_year``."""
    totals = by_year.groupby("year")["events"].sum()
    most = totals.index[totals == totals.max()]
    if totals.empty:
        return "No source gives a date"
    if len(most) > 1:
        return f"No year has more than {counted(int(totals.max()), 'event')}"
    found = sorted(rows(by_year[by_year["year"] == most[0]]), key=lambda row: -row["events"])
    listed = words.listed(*(f"{row['events']} {row['event_name'].lower()}" for row in found))
    return f"{'All' if len(totals) == 1 else 'Most'} in {int(most[0])}: {listed}"


def _span(dates: list[str]) -> str:
    """From the date of the last event in the list to that of the first."""
    first, last = (date_in_words(dates[place]) if dates else "" for place in (-1, 0))
    return first if first == last else f"{first} to {last}"


def _kinds(happened: list[Row]) -> Iterator[str]:
    """How many are of which kind, and how many have no date."""
    for kind, code in EVENTS.items():
        if number := sum(row["event"] == kind for row in happened):
            yield f"{number} {code.name.lower()}"
    if undated := sum(row["date"] is None for row in happened):
        yield f"{undated} of them without a date"


def _sides(happened: list[Row]) -> str:
    """How many were by which side."""
    numbers = {
        text: number
        for side, text in _SIDES.items()
        if (number := sum(row["actor"] == side for row in happened))
    }
    if len(numbers) == 1:
        return f"{'all ' if len(happened) > 1 else ''}{next(iter(numbers))}"
    return words.listed(*(f"{number} {text}" for text, number in numbers.items()))
