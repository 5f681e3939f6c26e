"""The years and the length for which a document holds: "2024-2027", "until 2027", "three years"."""

from collections.abc import Iterator
from typing import NamedTuple

from etl.draft import lexicon
from etl.draft.text import Found, Phrases, Sentence, Text

YEARS = range(1950, 2100)

LONGEST = 15
"""A period of more years is none of a document."""

LENGTHS = range(1, 26)

SOLAR = range(1300, 1500)
"""Years of the Solar Hijri calendar, which are none of ours and not given as such."""


class Period(NamedTuple):
    """Two years, or only the last one, with their tokens."""

    first: int
    last: int
    begin: str
    end: str


class Length(NamedTuple):
    """A length (ISO 8601) with its tokens."""

    first: int
    last: int
    value: str


def find(text: Text, language: str, sentences: list[Sentence]) -> list[Period]:
    """The periods that the sentences name, in order."""
    bounds = lexicon.phrases("bounds", language).find(text, sentences)
    both = [one for sentence in sentences for one in _both(text, sentence, bounds)]
    taken = {token for one in both for token in range(one.first, one.last)}
    ends = [one for one in _ends(text, bounds) if not {one.first, one.last - 1} & taken]
    return sorted([*both, *ends])


def _both(text: Text, sentence: Sentence, bounds: list[Found]) -> Iterator[Period]:
    """Two years with nothing between them but a dash, or words that say "to"."""
    starts = {one.first: one for one in bounds if one.code in ("and", "year", "until")}
    for first in range(sentence.first, sentence.last):
        begin = _year(text, first)
        if not begin:
            continue
        at = first + 1
        is_joined = _is_dash(text.between(first))
        while at in starts and at < sentence.last:
            is_joined = is_joined or starts[at].code != "year"
            at = starts[at].last
        if at < sentence.last and (is_joined or _is_dash(text.between(at - 1))):
            end = _year(text, at) or _short(text, begin, at)
            if (
                end
                and not _is_in_row(text, first, at)
                and 0 <= int(end) - int(begin) <= LONGEST
                and end != begin
            ):
                yield Period(first, at + 1, begin, end)


def _ends(text: Text, bounds: list[Found]) -> Iterator[Period]:
    """A year right behind a word that says "until", or before one that is said behind it."""
    for one in bounds:
        is_until = one.code == "until" and one.last < len(text.tokens)
        if is_until and (year := _year(text, one.last)):
            yield Period(one.first, one.last + 1, "", year)
        elif one.code == "behind" and one.first and (year := _year(text, one.first - 1)):
            yield Period(one.first - 1, one.last, "", year)


def _is_in_row(text: Text, first: int, last: int) -> bool:
    """Whether more figures are joined to both, as in a telephone number."""
    ends = [one for one in (first - 1, last + 1) if 0 <= one < len(text.tokens)]
    return any(
        text.tokens[one].folded.isdecimal() and _is_dash(text.between(min(one, last)))
        for one in ends
    )


def _is_dash(between: str) -> bool:
    return between.strip(" .’'") in {"-", "–", "—", "‒", "/", "~", "〜", "－"}  # noqa: RUF001


def _year(text: Text, token: int) -> str:
    folded = text.tokens[token].folded
    return folded if len(folded) == 4 and folded.isdecimal() and int(folded) in YEARS else ""


def _short(text: Text, begin: str, token: int) -> str:
    """The year that "04" stands for in "2003-04"."""
    folded = text.tokens[token].folded
    is_short = len(folded) == 2 and folded.isdecimal() and _is_dash(text.between(token - 1))
    is_more = _is_dash(text.between(token))
    return begin[:2] + folded if is_short and not is_more else ""


def lengths(text: Text, language: str, sentences: list[Sentence]) -> list[Length]:
    """The lengths that the sentences name, in order."""
    phrases: Phrases = lexicon.phrases("lengths", language)
    return [
        Length(one.first, one.last, one.code.replace("{n}", str(one.number)))
        for one in phrases.find(text, sentences)
        if one.number is None or one.number in LENGTHS
    ]
