"""Lengths of validity: ISO 8601 durations in years, months, weeks and days."""

import re

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


def in_words(text: str) -> str:
    """The duration in English, which DuckDB also reads as an INTERVAL: ``1 year 6 months``."""
    return " ".join(
        f"{count} {unit if count != 1 else unit.removesuffix('s')}"
        for unit, count in parse(text).items()
    )
