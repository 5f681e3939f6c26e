"""Days of synthetic records, and how exactly sources know them."""

from datetime import date
from random import Random

from benchmarks.generator.proportions import Proportions

NEWEST = date(2026, 10, 31)
"""The last day of which a synthetic source can tell: always the same, so that the bytes are."""

LAST_ORDINAL = NEWEST.toordinal()


def some_day(chance: Random, year: int | None = None) -> date:
    """A day of signing: few early, a wave from 1990 on, a quarter in the last three years.

    Args:
        year: the only one that there is; no later than that of ``NEWEST``.
    """
    drawn = chance.random()
    if year is not None:
        return between(date(year, 1, 1), min(date(year, 12, 31), NEWEST), chance)
    if drawn < 0.05:
        first, last = date(1957, 1, 1), date(1989, 12, 31)
    elif drawn < 0.75:
        first, last = date(1990, 1, 1), date(2023, 12, 31)
    else:
        first, last = date(2024, 1, 1), NEWEST
    return between(first, last, chance)


def between(first: date, last: date, chance: Random) -> date:
    """A day from the first to the last."""
    low, high = first.toordinal(), last.toordinal()
    return date.fromordinal(low + int(chance.random() * (high - low + 1)))


def later(day: date, mean: float, chance: Random) -> date:
    """Some days later, but no later than ``NEWEST``."""
    return date.fromordinal(min(LAST_ORDINAL, day.toordinal() + int(chance.expovariate(1 / mean))))


def known(day: date, proportions: Proportions, chance: Random) -> str:
    """The day as a source dates it: exact, partial or doubtful (EDTF)."""
    drawn = chance.random()
    text = day.isoformat()
    if drawn < proportions.years:
        text = text[:4]
    elif drawn < proportions.years + proportions.months:
        text = text[:7]
    if chance.random() < proportions.doubtful:
        text += "?" if chance.random() < 0.7 else "~"
    return text


def vaguer(text: str) -> str:
    """The same date less exactly; the year as it is."""
    return text.rstrip("?~")[:-3] if len(text.rstrip("?~")) > 4 else text


def another_year(text: str) -> str:
    """A date of the year before, with which no day fits both."""
    return str(int(text[:4]) - 1)
