"""Dates as exact as their source: EDTF (ISO 8601-2) level 0 with the qualifiers ``?`` and ``~``."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

GRAMMAR = (
    "YYYY, YYYY-MM or YYYY-MM-DD, with ? (uncertain) or ~ (approximate) at the end where needed"
)

_PATTERN = re.compile(
    r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?(?P<mark>[?~])?"
)

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True)
class EdtfDate:
    """A date with its precision: it lies between ``first`` and ``last``, both included."""

    first: date
    last: date
    precision: Precision
    qualifier: str

    @property
    def exact(self) -> bool:
        """Whether it names one day, without doubt."""
        return self.precision == "day" and not self.qualifier


def parse(text: str) -> EdtfDate:
    """Parse an EDTF date of the register.

    Raises:
        ValueError: the text is not of the grammar, or names no day of the calendar.
    """
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date of the form {GRAMMAR}")
    year, month, day = (int(match[part] or 0) for part in ("year", "month", "day"))
    qualifier = match["mark"] or ""
    try:
        if day:
            only = date(year, month, day)
            return EdtfDate(only, only, "day", qualifier)
        if match["day"] or (match["month"] and not month):
            raise ValueError("day and month count from 01")
        if month:
            first = date(year, month, 1)
            return EdtfDate(
                first, first.replace(day=monthrange(year, month)[1]), "month", qualifier
            )
        return EdtfDate(date(year, 1, 1), date(year, 12, 31), "year", qualifier)
    except ValueError as error:
        raise ValueError(f"no such day in the calendar ({error})") from None


@lru_cache(2**16)
def read(text: str | None) -> EdtfDate | None:
    """The date of a cell, or None for an empty one or a text that is no date."""
    try:
        return parse(text or "")
    except ValueError:
        return None


def in_words(text: str) -> str:
    """The date in English at its own precision.

    ``2024-09`` is ``September 2024``, ``2018-11~`` about November 2018, ``2003?`` 2003 (uncertain).
    """
    value = parse(text)
    words = {
        "day": f"{value.first.day} {value.first:%B %Y}",
        "month": f"{value.first:%B %Y}",
        "year": f"{value.first.year:04d}",
    }[value.precision]
    return {"": words, "~": f"about {words}", "?": f"{words} (uncertain)"}[value.qualifier]
