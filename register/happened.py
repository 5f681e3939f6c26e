"""What events say together, in a sentence."""

from collections.abc import Iterator

import pandas as pd

from register import words
from register.codes import EVENTS
from register.frames import rows
from register.queries.told import Told
from register.words import counted, date_in_words

ABOUT = "Signings are not listed here: they stand with their agreements, on the Timeline."

_SIDES = {
    "partner": "by the partner's side",
    "moscow": "by Moscow",
    "both": "by both sides",
    None: "with no side named",
}


def summary(told: Told) -> str:
    """How many, from when to when, what and by whom.

    ``15 events, 25 February 2022 to 24 February 2023: 9 suspended, 6 terminated; all by the
    partner's side.``
    """
    number = words.listed(counted(told.events, "event"), _span(told))
    return f"{number}: {words.listed(*_kinds(told))}; {_sides(told)}."


def finding(by_year: pd.DataFrame) -> str:
    """Which year has the most events, and which ones; of ``queries.events.by_year``."""
    totals = by_year.groupby("year")["events"].sum()
    most = totals.index[totals == totals.max()]
    if totals.empty:
        return "No source gives a date"
    if len(most) > 1:
        return f"No year has more than {counted(int(totals.max()), 'event')}"
    found = sorted(rows(by_year[by_year["year"] == most[0]]), key=lambda row: -row["events"])
    listed = words.listed(*(f"{row['events']:,} {row['event_name'].lower()}" for row in found))
    return f"{'All' if len(totals) == 1 else 'Most'} in {int(most[0])}: {listed}"


def _span(told: Told) -> str:
    """From the date of the first event to that of the last."""
    first, last = date_in_words(told.first), date_in_words(told.last)
    return first if first == last else f"{first} to {last}"


def _kinds(told: Told) -> Iterator[str]:
    """How many are of which kind, and how many have no date."""
    for kind, code in EVENTS.items():
        if number := told.kinds.get(kind):
            yield f"{number:,} {code.name.lower()}"
    if told.undated:
        yield f"{told.undated:,} of them without a date"


def _sides(told: Told) -> str:
    """How many were by which side."""
    numbers = {text: told.sides[side] for side, text in _SIDES.items() if side in told.sides}
    if len(numbers) == 1:
        return f"{'all ' if told.events > 1 else ''}{next(iter(numbers))}"
    return words.listed(*(f"{number:,} {text}" for text, number in numbers.items()))
