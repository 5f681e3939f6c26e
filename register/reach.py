"""How far the sources reach, in words: beside an as-of day, which may lie beyond them."""

from datetime import date

from register import edtf
from register.words import date_in_words


def reach(newest: str | None, of_shown: str | None) -> str:
    """``Sources reach to 3 March 2026, those of what is shown to May 2019``.

    Args:
        newest: the date of the newest source, of ``queries.register.newest_source``.
        of_shown: that of what is shown, of ``queries.register.newest_source_of``.
    """
    if newest is None:
        return "No source has a date"
    text = f"Sources reach to {date_in_words(newest)}"
    if of_shown is None:
        return f"{text}, of what is shown none has a date"
    if of_shown == newest:
        return text
    return f"{text}, those of what is shown to {date_in_words(of_shown)}"


def beyond(day: date, newest: str | None) -> bool:
    """Whether a day lies beyond the sources: what is shown of it is projected from before."""
    return newest is None or day > edtf.parse(newest).last
