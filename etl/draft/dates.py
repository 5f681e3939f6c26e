"""Dates in a text, each as exact as it is written: in figures, in words, relative, Solar Hijri.

Only what is written as a date is one: a day beside the name of a month, or three figures. Of the
packages that find dates in texts, dateparser 1.5 takes the verb "may" and "24/7" for dates and
reads no "10. septembra 2019", "в сентябре 2024" or Solar Hijri date (docs/drafting.md).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import regex

from etl.draft import lexicon
from etl.draft.text import Phrases, Text, Token
from register import edtf
from register.text import fold

_SOLAR = 100
"""Added to the number of a month of the Solar Hijri calendar."""

_YEARS = range(1900, 2100)
_SOLAR_YEARS = range(1300, 1500)

# A name stands for the part of whichever form is met.
_FIGURES = regex.compile(
    r"(?<![\w./:-])(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?P<day_first>(?P<d>\d{1,2})[-/.] ?(?P<m>\d{1,2})[-/.] ?(?P<y>\d{4}))"
    r"|(?P<y>\d{4}) ?[年년] ?(?P<m>\d{1,2}) ?[月월](?: ?(?P<d>\d{1,2}) ?[日일])?"
    r"|(?:ngày )?(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>\d{4}))(?![\d/-])"
)

_DAY_ALONE = regex.compile(r"(?<![\d월月/.:-]|[월月] )(?P<d>\d{1,2}) ?[일日](?![간間부本])")
"""In Korean and Japanese news a day alone is one of the month before the page."""

_MONTH_FIRST = "en"
"""Where 3/4 may be the third of April or the fourth of March."""


class Dated(NamedTuple):
    """A date in a text: its tokens, the date (EDTF), and whether it was counted from the page's."""

    first: int
    last: int
    value: str
    is_relative: bool


def find(text: Text, language: str, published: str) -> list[Dated]:
    """All dates of the text in order; what only the page's date completes needs that date."""
    page = edtf.read(published)
    day = page.first if page and page.exact else None
    figures = list(_in_figures(text, language, day))
    taken = {token for one in figures for token in range(one.first, one.last)}
    words = [one for one in _in_words(text, language, day) if one.first not in taken]
    relative = _relative(text, language, day) if day else ()
    return sorted([*figures, *words, *relative])


# --- in figures -------------------------------------------------------------------------------


def _in_figures(text: Text, language: str, page: date | None) -> Iterator[Dated]:
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text.words)
    for match in _FIGURES.finditer(plain):
        year, month, day = (int(match[part] or 0) for part in "ymd")
        is_open = match["day_first"] and language == _MONTH_FIRST and month <= 12 and day <= 12
        if not (is_open and month != day):
            yield from _dated(text, match, _date(year, month, day), False)
    if page and language in ("ko", "ja"):
        for match in _DAY_ALONE.finditer(plain):
            yield from _dated(text, match, _last_of(int(match["d"]), page), True)


def _dated(text: Text, match: regex.Match[str], value: str, is_relative: bool) -> Iterator[Dated]:
    here = text.tokens_in(match.start(), match.end())
    if here and value:
        yield Dated(here.start, here.stop, value, is_relative)


def _last_of(day: int, page: date) -> str:
    """The last day of that number before the page, empty if that month has none."""
    month = page if day <= page.day else page.replace(day=1) - timedelta(1)
    return _date(month.year, month.month, day)


def _date(year: int, month: int, day: int) -> str:
    """The date in our calendar, or empty if there is none."""
    if year in _SOLAR_YEARS:
        return _from_solar(year, month, day)
    value = f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
    return value if year in _YEARS and edtf.read(value) else ""


def _from_solar(year: int, month: int, day: int) -> str:
    """A day of the Solar Hijri calendar; its months are none of ours."""
    from convertdate import persian

    if not (day and 1 <= month <= 12 and day <= persian.month_length(year, month)):
        return ""
    return date(*persian.to_gregorian(year, month, day)).isoformat()


# --- in words ---------------------------------------------------------------------------------


@cache
def _months(language: str) -> Phrases:
    """The months' names: those of CLDR, and their forms in a sentence from the lexicon."""
    found = Phrases()
    for row in lexicon.of("months", language):
        for phrase in row.phrases:
            found.add(phrase, row.code)
    for number, name in _cldr(language):
        found.add(name, str(number))
    return found


_UNINFLECTED = ("en", "de", "fr", "tr", "id", "es", "pt", "it")


def _cldr(language: str) -> Iterator[tuple[int, str]]:
    """Names of the months 1 to 12, a stem where the language adds endings."""
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale(language).months
    except (UnknownLocaleError, ValueError):
        return
    for context in ("format", "stand-alone"):
        for number, name in months[context]["wide"].items():
            is_stem = len(name) > 4 and name.isalpha() and language not in _UNINFLECTED
            yield number, name[: -2 if len(name) > 6 else -1] + "*" if is_stem else name
        if language in _UNINFLECTED:
            for number, name in months[context]["abbreviated"].items():
                yield number, name.rstrip(".")


def _in_words(text: Text, language: str, page: date | None) -> Iterator[Dated]:
    for found in _months(language).find(text):
        if not text.tokens[found.first].is_capital and language == "en":
            continue  # "may" is a verb, "march" a walk.
        before, after = _around(text, found.first, -1), _around(text, found.last - 1, 1)
        if _is_range(text, before, after):
            continue
        parts = [*before[:2], *after[:2]]
        year = next((one for one in parts if _is_year(text.tokens[one], found.code)), None)
        day = next((one for one in parts if one != year and _is_day(text.tokens[one])), None)
        others = [text.tokens[one].folded for one in parts if one not in (day, year)]
        if any(
            len(other) == len("2024") or (day is None and other.isdecimal()) for other in others
        ):
            continue  # A year that is none of an agreement, or figures that are no day.
        value, is_relative = _worded(text, int(found.code), day, year, page)
        if value:
            at = [found.first, found.last - 1, *(one for one in (day, year) if one is not None)]
            yield Dated(min(at), max(at) + 1, value, is_relative)


def _around(text: Text, token: int, step: int) -> list[int]:
    """The numbers beside a month, the nearest first, over what may stand between."""
    found: list[int] = []
    at = token + step
    while 0 <= at < len(text.tokens) and len(found) < 3 and abs(at - token) < 7:
        gap = text.between(min(at, at - step))
        if "\n" in gap or any(sign in gap for sign in ";:()/"):
            break
        if _number(text.tokens[at]) is not None:
            found.append(at)
        elif text.tokens[at].folded not in _words("between"):
            break
        at += step
    return found


def _is_range(text: Text, before: list[int], after: list[int]) -> bool:
    """Whether two days stand before the month, or one on each side: from then to then."""
    early, late = ([one for one in side if _is_day(text.tokens[one])] for side in (before, after))
    if len(early) > 1 or (early and early[0] > 0 and _has_another_before(text, early[0])):
        return True
    return bool(early and late and not any(len(text.tokens[one].folded) == 4 for one in after[:1]))


def _has_another_before(text: Text, day: int) -> bool:
    """Whether a day has another one right before it: "18-21 September", "20. bis 23. April"."""
    near = text.tokens[day - 1]
    if any(sign in text.between(day - 1) for sign in "-–—/"):
        return _number(near) is not None
    return day > 1 and near.folded in _words("range") and _is_day(text.tokens[day - 2])


@cache
def _words(code: str) -> frozenset[str]:
    return frozenset(
        fold(word) for row in lexicon.rows("dates") if row.code == code for word in row.phrases
    )


def _number(token: Token) -> int | None:
    """A number of at most four figures; in Persian days are written in words, too."""
    if token.folded.isdecimal():
        return int(token.folded) if len(token.folded) <= 4 else None
    return lexicon.numbers("fa").get(token.folded)


def _is_day(token: Token) -> bool:
    number = _number(token)
    return number is not None and 1 <= number <= 31 and len(token.folded) != 4


def _is_year(token: Token, month: str) -> bool:
    years = _SOLAR_YEARS if int(month) > _SOLAR else _YEARS
    return token.folded.isdecimal() and int(token.folded) in years


def _worded(
    text: Text, month: int, day: int | None, year: int | None, page: date | None
) -> tuple[str, bool]:
    """The date, and whether the page's date gave its year; empty without a year or a day."""
    on = _number(text.tokens[day]) or 0 if day is not None else 0
    month_of_year = month - _SOLAR if month > _SOLAR else month
    if year is not None:
        return _date(int(text.tokens[year].folded), month_of_year, on), False
    if page is None or not on:
        return "", False
    around = page.year - 621 if month > _SOLAR else page.year
    dates = [_date(around + step, month_of_year, on) for step in (-1, 0, 1)]
    near = min(
        (one for one in dates if one),
        key=lambda one: abs(date.fromisoformat(one) - page),
        default="",
    )
    return near, True


# --- relative ---------------------------------------------------------------------------------


def _relative(text: Text, language: str, page: date) -> Iterable[Dated]:
    """Today, yesterday, and the last day of that name; a weekday needs nothing beside it."""
    for found in lexicon.phrases("days", language).find(text):
        yield Dated(found.first, found.last, (page + timedelta(int(found.code))).isoformat(), True)
    for found in lexicon.phrases("weekdays", language).find(text):
        back = (page.weekday() - int(found.code)) % 7
        yield Dated(found.first, found.last, (page - timedelta(back)).isoformat(), True)
