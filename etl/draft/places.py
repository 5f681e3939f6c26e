"""Where a document was signed: a place right behind "in", or with the ending that says so."""

from typing import NamedTuple

from etl.draft import lexicon
from etl.draft.known import Known
from etl.draft.partners import Mention, endings_of
from etl.draft.text import Found, Sentence, Span, Text
from register.text import fold

MOSCOW = "Moscow"

_LOCATIVES = {"da", "de", "ta", "te"}
"""The endings behind an apostrophe by which Turkish says "in"."""

_BEFORE = 5
"""So many words before a place may say that it is one of "Days of Minsk in Moscow"."""


class Place(NamedTuple):
    """A place by its English name, and where it is said."""

    value: str
    span: Span


def find(
    text: Text, language: str, sentences: list[Sentence], mentions: list[Mention], known: Known
) -> list[Place]:
    """The places in which the sentences say that something happened, each once."""
    names: dict[str, str] = {}
    for one in known.names:
        names.setdefault(one.partner_id, one.name)
    places = {at.first: (at.last, names[at.partner_ids[0]]) for at in mentions}
    for moscow in lexicon.phrases("moscow", language).find(text, sentences):
        places[moscow.first] = (moscow.last, MOSCOW)
    ins = lexicon.phrases("places", language).find(text, sentences)
    days = lexicon.phrases("days_of", language).find(text, sentences)
    of_days = {token for one in days for token in range(one.first, one.last + _BEFORE)}
    found: dict[str, Place] = {}
    for first, last, name, start in _located(text, language, ins, places):
        if any(start in sentence for sentence in sentences) and start not in of_days:
            found.setdefault(name, Place(name, text.span(first, last)))
    return list(found.values())


def _located(
    text: Text, language: str, ins: list[Found], places: dict[int, tuple[int, str]]
) -> list[tuple[int, int, str, int]]:
    """From which token to which one a place is said, its name, and where its sentence is."""
    behind_in = [
        (one.first, places[one.last][0], places[one.last][1], one.first)
        for one in ins
        if one.code == "in" and one.last in places and not text.between(one.last - 1).strip()
    ]
    named = [(one.first, one.last, MOSCOW, one.first) for one in ins if one.code == MOSCOW]
    apart = [
        (first, last + 1, name, first)
        for first, (last, name) in places.items()
        if last < len(text.tokens)
        and text.tokens[last].folded in _LOCATIVES
        and text.between(last - 1) in ("'", "’")
    ]
    endings = tuple(endings_of(language).locative)
    joined = [
        (first, last, name, first)
        for first, (last, name) in places.items()
        if endings
        and text.tokens[last - 1].folded.endswith(endings)
        and text.tokens[last - 1].folded != fold(name)
    ]
    return [*behind_in, *named, *apart, *joined]
