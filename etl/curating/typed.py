"""Dates as people type them, as EDTF: for what is typed on the command line or into a form.

A document is not read so: there a date is EDTF. What may be two dates is none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from babel import Locale
from convertdate import persian

from register import edtf
from register.text import fold

LANGUAGES = (
    *("ar", "az", "bg", "cs", "de", "el", "en", "es", "et", "fa", "fr", "hi", "hu", "hy", "id"),
    *("it", "ja", "kk", "ko", "lt", "lv", "mn", "pa", "pl", "pt", "ro", "ru", "sl", "sr", "sw"),
    *("th", "tr", "uk", "vi", "zh"),
)
"""Those of the register's sources, by whose names of months a date is read."""

SOLAR_YEARS = range(1300, 1420)
"""Years of the Solar Hijri calendar: none of ours that an agreement can be of."""

SOLAR_MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)

SHORTEST = 3
"""So many letters of a month's name are needed."""

ENDINGS, STEM = (1, 2), 5
"""So many letters may be the ending of a case, if so many are left: ``septembra``."""

_FIGURES = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})\s*[./]\s*(\d{4})")
_CHINESE = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일])?")
_NUMBER = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?")


class NotADate(ValueError):
    """The text is no date, or may be several; the message says which, and what to write."""


class _Month(NamedTuple):
    """A month by its number, of the Solar Hijri calendar or of ours."""

    number: int
    is_solar: bool


def understood(text: str) -> str:
    """The date as EDTF, no more exact than it was typed: ``27.09.2024``, ``Sept 2024``.

    Raises:
        NotADate: it is none, it may be several, or our calendar has no such day or month.
    """
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text.strip())
    if edtf.read(plain) and int(plain[:4]) not in SOLAR_YEARS:
        return plain
    mark = plain[-1:] if plain[-1:] in "?~" else ""
    plain = plain[: len(plain) - len(mark)].strip()
    value = _figures(plain) or _month_and_year(plain) or _chinese(plain) or _words(plain)
    if value is None:
        raise NotADate(f"{text!r} is no date that is read here: write {edtf.GRAMMAR}")
    return value + mark


# --- in figures -------------------------------------------------------------------------------


def _figures(text: str) -> str | None:
    match = _FIGURES.fullmatch(text.rstrip("."))
    if match is None:
        return None
    first, sign, second, third = int(match[1]), match[2], int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return _day(first, second, third)
    if len(match[4]) != 4:
        raise NotADate(f"{text!r} has no year of four figures: write YYYY-MM-DD")
    readings = {(third, second, first)}
    if sign != "." and first != second:  # With points the day comes first everywhere.
        readings.add((third, first, second))
    days = sorted(day for reading in readings if (day := _day_or_none(*reading)))
    return _only(text, days)


def _month_and_year(text: str) -> str | None:
    match = _MONTH_AND_YEAR.fullmatch(text)
    return _month(int(match[2]), _Month(int(match[1]), False)) if match else None


def _chinese(text: str) -> str | None:
    """As in Chinese, Japanese and Korean: ``2024年9月27日``."""
    match = _CHINESE.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return _day(year, month, int(match[3])) if match[3] else _month(year, _Month(month, False))


def _only(text: str, days: list[str]) -> str:
    if not days:
        raise NotADate(f"{text!r} is no day of the calendar: write YYYY-MM-DD")
    if len(days) > 1:
        said = " or ".join(f"{day} ({edtf.in_words(day)})" for day in days)
        raise NotADate(f"{text!r} may be {said}: write one of them")
    return days[0]


def _day_or_none(year: int, month: int, day: int) -> str | None:
    try:
        return _day(year, month, day)
    except NotADate:
        return None


def _day(year: int, month: int, day: int) -> str:
    """A day of our calendar, or of the Solar Hijri one by its year."""
    if year in SOLAR_YEARS:
        return _solar_day(year, month, day)
    value = f"{year:04}-{month:02}-{day:02}"
    if edtf.read(value) is None:
        raise NotADate(f"{value} is no day of the calendar: write YYYY-MM-DD")
    return value


def _solar_day(year: int, month: int, day: int) -> str:
    if not (1 <= month <= 12 and 1 <= day <= persian.month_length(year, month)):
        raise NotADate(f"{day}/{month}/{year} is no day of the Solar Hijri calendar")
    return date(*persian.to_gregorian(year, month, day)).isoformat()


# --- in words ---------------------------------------------------------------------------------


def _words(text: str) -> str | None:
    """``27 сентября 2024``, ``September 27, 2024``, ``5 Mehr 1403``, ``2024 m. rugsėjis``."""
    words = [word.strip(".,") for word in re.split(r"[\s,/-]+|(?<=\d)\.", text) if word.strip(".,")]
    numbers = [int(figure[1]) for word in words if (figure := _NUMBER.fullmatch(word))]
    names = [word for word in words if not word[0].isdecimal()]
    months = [found for name in names if (found := _named(name))]
    years = [number for number in numbers if number > 99]
    if len(years) != 1 or len(numbers) > 2 or len(months) > 1:
        return None
    days = [number for number in numbers if number not in years]
    if not months:
        return _year(text, years[0]) if not days and len(words) == 1 else None
    values = sorted({_worded(years[0], month, days) for month in months[0]})
    return _only_month(text, values)


def _worded(year: int, month: _Month, days: list[int]) -> str:
    if month.is_solar != (year in SOLAR_YEARS):
        return ""
    return _day(year, month.number, days[0]) if days else _month(year, month)


def _only_month(text: str, values: list[str]) -> str | None:
    found = [value for value in values if value]
    if len(found) > 1:
        said = " or ".join(f"{value} ({edtf.in_words(value)})" for value in found)
        raise NotADate(f"{text!r} may be {said}: write one of them")
    return found[0] if found else None


def _month(year: int, month: _Month) -> str:
    if month.is_solar or year in SOLAR_YEARS:
        rule = f"month {month.number} of {year} of the Solar Hijri calendar"
        raise NotADate(f"{rule} lies in two months of ours: give the day, or write YYYY")
    value = f"{year:04}-{month.number:02}"
    if edtf.read(value) is None:
        raise NotADate(f"{value} is no month of the calendar: write YYYY-MM")
    return value


def _year(text: str, year: int) -> str | None:
    if year in SOLAR_YEARS:
        said = f"{year + 621} and {year + 622}"
        raise NotADate(f"{text!r} of the Solar Hijri calendar lies in {said}: give the day")
    return f"{year:04}" if year > 999 else None


def _named(word: str) -> set[_Month]:
    """The months of which the word is the name, or the begin of it, in some language."""
    name = fold(word)
    exact = _names().get(name)
    if exact or len(name) < SHORTEST:
        return exact or set()
    stems = [name, *(name[:-cut] for cut in ENDINGS if len(name) - cut >= STEM)]
    return next((found for stem in stems if (found := _beginning_with(stem))), set())


def _beginning_with(stem: str) -> set[_Month]:
    return {
        month for known, months in _names().items() if known.startswith(stem) for month in months
    }


@cache
def _names() -> Mapping[str, set[_Month]]:
    names: dict[str, set[_Month]] = defaultdict(set)
    for language in LANGUAGES:
        for number, name in _of_language(language):
            names[fold(name)].add(_Month(number, False))
    for calendar in (persian.MONTHS, SOLAR_MONTHS):
        for number, name in enumerate(calendar, 1):
            names[fold(name)].add(_Month(number, True))
    return names


def _of_language(language: str) -> Iterator[tuple[int, str]]:
    months = Locale(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            found: Iterable[tuple[int, str]] = months[context][width].items()
            # What has a figure in it, as tháng 9, is no word.
            yield from ((number, name) for number, name in found if not re.search(r"\d", name))
