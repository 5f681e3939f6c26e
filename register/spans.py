"""The spans of years and days that filters choose, in words."""

from collections.abc import Iterator

from register.filters import Filters, Options
from register.words import date_in_words, span, when


def in_words(filters: Filters, options: Options) -> Iterator[str]:
    """``periods in 2010 to 2029``, ``signed from 2017``, ``events to February 2022``."""
    if filters.from_year is not None or filters.to_year is not None:
        first = filters.from_year or options.first_year
        last = filters.to_year or options.last_year
        yield f"periods in {span(first, last)}"
    if signed := _from_to(filters.signed_from, filters.signed_to):
        yield f"signed {signed}"
    if happened := _days(filters.happened_from, filters.happened_to):
        yield f"events {happened}"


def _days(first: str | None, last: str | None) -> str:
    """``on 24 February 2022``, ``from 24 February 2022 to March 2023``."""
    if first and first == last:
        return when(first)
    return _from_to(date_in_words(first), date_in_words(last))


def _from_to(first: object, last: object) -> str:
    """The span between two ends, of which either may be open; ``""`` where both are."""
    if first and first == last:
        return f"in {first}"
    return " ".join(f"{word} {end}" for word, end in (("from", first), ("to", last)) if end)
