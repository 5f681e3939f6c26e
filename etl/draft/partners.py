"""Which partner a text speaks of, by the register's names in all scripts and their forms."""

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import repeat
from typing import NamedTuple

from rapidfuzz import fuzz, process

from etl.draft import lexicon
from etl.draft.known import Known, Name
from etl.draft.text import Found, Span, Text, latin, longest

CLEAR = 0.6
"""A second partner that is named this much as often as the first makes the first doubtful."""

EVEN = 0.9
"""As often as this, and neither is proposed."""

NEARLY = 88.0
"""From this likeness on (0 to 100) a word may be a name written otherwise."""

LONG = 6

_ARABIC_PREFIXES = ("و", "ب", "ل", "ال", "وال", "بال", "لل", "ول", "ف", "ک")


class Mention(NamedTuple):
    """A name of a partner in a text."""

    first: int
    last: int
    partner_ids: tuple[str, ...]
    is_like: bool


class Choice(NamedTuple):
    """The partner of a text; empty where none or more than one might be meant."""

    partner_id: str
    span: Span | None
    doubt: str
    others: tuple[str, ...]


class Endings(NamedTuple):
    """What may go at the end of a name, what may come, and of that what says "in"."""

    dropped: frozenset[str]
    added: frozenset[str]
    locative: frozenset[str]


@cache
def endings_of(language: str) -> Endings:
    """The endings of names in a language."""
    found = {code: frozenset[str]() for code in ("drop", "add", "in")}
    for row in lexicon.of("endings", language):
        found[row.code] = frozenset(filter(None, row.phrases))
    return Endings(found["drop"], found["add"], found["in"])


@lru_cache(maxsize=2)
def _index(names: tuple[Name, ...]) -> dict[str, list[tuple[list[str], Name]]]:
    """The names by the first letter of their first word."""
    index: dict[str, list[tuple[list[str], Name]]] = {}
    for name in names:
        words = [token.folded for token in Text(name.name).tokens]
        if words and sum(map(len, words)) > 1:
            index.setdefault(words[0][:1], []).append((words, name))
    return index


def mentions(text: Text, language: str, known: Known) -> list[Mention]:
    """All names of partners in the text, the longer of two that overlap."""
    index, endings = _index(known.names), endings_of(language)
    found: dict[tuple[int, int], set[str]] = {}
    for first, token in enumerate(text.tokens):
        for sign in {token.folded[:1], *(one[:1] for one in _without_prefix(token.folded))}:
            for words, name in index.get(sign, []):
                last = first + len(words)
                if _is_there(text, first, words, endings):
                    found.setdefault((first, last), set()).add(name.partner_id)
    is_like = not found
    if is_like:
        found = _alike(text, known.names)
    here = {partner for partners in found.values() for partner in partners}
    needs = {name.partner_id: name.within for name in known.names if name.within}
    kept = longest(Found(first, last, "") for first, last in found)
    return [
        Mention(one.first, one.last, partners, is_like)
        for one in kept
        if (
            partners := tuple(
                sorted(
                    partner
                    for partner in found[one.first, one.last]
                    if needs.get(partner, partner) in here
                )
            )
        )
    ]


def _alike(text: Text, names: tuple[Name, ...]) -> dict[tuple[int, int], set[str]]:
    """Long names that a word is nearly, in whatever script: Taşkent for Tashkent."""
    found: dict[tuple[int, int], set[str]] = {}
    words = {index: latin(one.folded) for index, one in enumerate(text.tokens) if one.is_capital}
    for index, word in words.items():
        if len(word) >= LONG:
            near = process.extractOne(
                word, list(_single(names)), scorer=fuzz.ratio, score_cutoff=NEARLY
            )
            if near:
                found[index, index + 1] = {_single(names)[near[0]]}
    return found


@lru_cache(maxsize=2)
def _single(names: tuple[Name, ...]) -> dict[str, str]:
    """The names of one long word in Latin letters, with their partner; districts are left out."""
    return {
        name.name.casefold(): name.partner_id
        for name in names
        if name.name.isascii()
        and name.name.isalpha()
        and len(name.name) >= LONG
        and not name.within
    }


def _is_there(text: Text, first: int, words: list[str], endings: Endings) -> bool:
    tokens = text.tokens[first : first + len(words)]
    return (
        len(tokens) == len(words)
        and all(map(_is_form, [one.folded for one in tokens], words, repeat(endings)))
        and (any(one.is_capital for one in tokens) or _is_adjective(tokens[0].folded, words[0]))
    )


def _is_adjective(word: str, name: str) -> bool:
    """Whether a word in small letters is the place's: минского горисполкома."""
    return len(name) > 3 and len(word) > len(name) and ("ск" in word[-5:] or "sk" in word[-5:])


def _is_form(word: str, name: str, endings: Endings) -> bool:
    """Whether a word is the name, or the name with an ending of the language."""
    if word == name or name in _without_prefix(word):
        return True
    stem = name[:-1] if len(name) > 3 and name[-1] in endings.dropped else name
    return len(stem) > 2 and word.startswith(stem) and word[len(stem) :] in endings.added


def _without_prefix(word: str) -> Iterator[str]:
    """An Arabic word without what is written as one with it: *and*, *in*, *for*, *the*."""
    return (
        word.removeprefix(prefix)
        for prefix in _ARABIC_PREFIXES
        if len(word) > len(prefix) + 2 and word.startswith(prefix)
    )


def choose(text: Text, found: list[Mention], weights: list[int], known: Known) -> Choice:
    """The partner that is named most, each mention counting as its sentence does."""
    kinds = {name.partner_id: name.kind for name in known.names}
    counts: Counter[tuple[str, ...]] = Counter()
    for mention, weight in zip(found, weights, strict=True):
        counts[mention.partner_ids] += weight
    if not counts:
        return Choice("", None, "", ())
    (named, most), *rest = counts.most_common()
    others = tuple(partners[0] for partners, count in rest if count >= CLEAR * most)
    at = next(one for one in found if one.partner_ids == named)
    if rest and rest[0][1] >= EVEN * most:
        return Choice("", None, "", (named[0], *others))
    partner = min(named, key=lambda one: (kinds[one] != "city", one))
    doubts = [f"the text also names {' and '.join(others)}"] if others else []
    if at.is_like:
        doubts.append("only like the name that the register has")
    if len(named) > 1:
        doubts.append(f"the name is also that of {', '.join(set(named) - {partner})}")
    return Choice(partner, text.span(at.first, at.last), "; ".join(doubts), others)
