"""The spans of years and days that filters choose, in words."""

from collections.abc import Iterator

from register.filters import Filters, Options
from register.words import date_in_words


def in_words(filters: Filters, options: Options) -> Iterator[str]:
    """``windows in 2010 to 2029``, ``signed from 2017``, ``events to February 2022``."""
    if filters.from_year is not None or filters.to_year is not None:
        first = filters.from_year or options.first_year
        last = filters.to_year or options.last_year
        yield f"windows in {first} to {last}"
    if signed := _from_to(filters.signed_from, filters.signed_to):
        yield f"signed {signed}"
    happened = (date_in_words(filters.happened_from), date_in_words(filters.happened_to))
    if span := _from_to(*happened):
        yield f"events {span}"


def _from_to(first: object, last: object) -> str:
    """The span between two ends, of which either may be open; ``""`` where both are."""
    return " ".join(f"{word} {end}" for word, end in (("from", first), ("to", last)) if end)
