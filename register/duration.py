"""Lengths of validity: ISO 8601 durations in years, months, weeks and days."""

import re
from calendar import monthrange
from datetime import date, timedelta

_PATTERN = re.compile(
    # So many digits that no end lies beyond the calendar.
    r"P(?=\d)(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?"
    r"(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?",
    re.ASCII,
)


def parse(text: str) -> dict[str, int]:
    """The counts by unit: ``P1Y6M`` is ``{"years": 1, "months": 6}``.

    Raises:
        ValueError: it is not such a duration, or is of no length.
    """
    match = _PATTERN.fullmatch(text)
    counts = (
        {unit: int(count) for unit, count in match.groupdict().items() if count} if match else {}
    )
    if not any(counts.values()):
        raise ValueError(f"{text!r} is not an ISO 8601 duration of years, months, weeks and days")
    return counts


def is_valid(text: str) -> bool:
    """Whether it is such a duration, of some length."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def after(day: date, text: str) -> date:
    """The day so much later, or the last of its month where that is too short.

    ``date.max`` where it would lie beyond the calendar.
    """
    return _later(day, **parse(text))


def _later(day: date, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> date:
    months += 12 * (day.year + years) + day.month - 1
    year, month = months // 12, months % 12 + 1
    try:
        in_month = date(year, month, min(day.day, monthrange(year, month)[1]))
        return in_month + timedelta(weeks=weeks, days=days)
    except (OverflowError, ValueError):
        return date.max


def last_day(begin: date, text: str) -> date:
    """The last day of the length of which ``begin`` is the first.

    That is the day before the same day of the month so many months later, or the last day of that
    month where it has no such day: three years from 29 February 2024 end on 28 February 2027.
    """
    counts = parse(text)
    of_months = {unit: counts[unit] for unit in ("years", "months") if unit in counts}
    same_day = _later(begin, **of_months).day == begin.day
    return _later(begin, **counts) - timedelta(days=1 if same_day else 0)


def in_words(text: str) -> str:
    """The duration in English, which DuckDB also reads as an INTERVAL: ``1 year 6 months``."""
    return " ".join(
        f"{count} {unit if count != 1 else unit.removesuffix('s')}"
        for unit, count in parse(text).items()
    )
