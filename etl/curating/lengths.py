"""Lengths as people type them, as ISO 8601 durations: for what is typed into a form."""

import re

from register import duration

_PART = re.compile(r"(\d{1,4})\s*(year|month|week|day)s?", re.IGNORECASE)


def understood(text: str) -> str:
    """The length as a duration: ``3 years``, ``1 year 6 months``, ``P3Y``.

    Raises:
        ValueError: it is none; the message says what to write.
    """
    plain = text.strip()
    parts = _PART.findall(plain)
    rest = re.sub(r"\band\b|[,\s]", "", _PART.sub("", plain), flags=re.IGNORECASE)
    written = "P" + "".join(f"{int(number)}{unit[0].upper()}" for number, unit in parts)
    value = plain if not parts or rest else written
    if not duration.is_valid(value):
        raise ValueError(f"{text!r} is no length that is read here: write for example 3 years")
    return value
