"""Areas of cooperation: the lists of a text, item by item, and the register's wording of each."""

import math
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from etl.draft import lexicon
from etl.draft.known import Known, Wording
from etl.draft.text import Found, Sentence, Span, Text
from register.text import fold

ALIKE = 0.62
"""From this likeness on (cosine of the letters' trigrams, 0 to 1) an item is a known wording."""

SURE = 0.8
"""Below it a person is asked to look."""

MISSES = 2
"""So many items in a row that are like no wording end a list."""

LONGEST = 14
"""An item of more words is a sentence."""

_PARTED = regex.compile(r"[,;:&•·●▪\n]|[–—-](?=\s)|\(\p{L}\)|(?<=\s)/(?=\s)|[()]|、|،|؛|・")


class Area(NamedTuple):
    """An item of a list with the area of the wording that it is like."""

    area_id: str
    span: Span
    likeness: float
    wording: str


class _Item(NamedTuple):
    start: int
    end: int


def find(text: Text, language: str, sentences: list[Sentence], known: Known) -> list[Area]:
    """The areas of the lists that begin or end in the sentences, each area once."""
    index = _index(known.wordings)
    intros = lexicon.phrases("lists", language).find(text, sentences)
    joins = [one for one in intros if one.code == "and"]
    best: dict[str, Area] = {}
    for intro in intros:
        if intro.code == "and":
            continue
        for area in _listed(text, language, intro, joins, index):
            if area.area_id not in best or best[area.area_id].likeness < area.likeness:
                best[area.area_id] = area
    return sorted(best.values(), key=lambda area: area.span.start)


def _listed(
    text: Text, language: str, intro: Found, joins: list[Found], index: "_Index"
) -> Iterator[Area]:
    misses = 0
    for item in _items(text, intro, joins):
        areas = index.areas(item.words, language)
        yield from (Area(one.area_id, item, likeness, one.label) for one, likeness in areas)
        misses = 0 if areas else misses + 1
        if misses == MISSES:
            return


def _items(text: Text, intro: Found, joins: list[Found]) -> Iterator[Span]:
    """The items behind an introduction, or those before it, the nearest first."""
    sentence = text.sentence_of(intro.first)
    if intro.code == "after":
        start, end = text.tokens[sentence.first].start, text.tokens[intro.first].start
    else:
        start, end = text.tokens[intro.last - 1].end, _end_of_list(text, sentence)
    items = list(_parted(text, start, end, joins))
    yield from reversed(items) if intro.code == "after" else items


def _end_of_list(text: Text, sentence: Sentence) -> int:
    """Where the sentence ends, or behind a colon the lines that follow with a sign before each."""
    end = text.tokens[sentence.last - 1].end
    rest = text.words[end:]
    lines = regex.match(
        r"\W*?:\W*?(?:\n\s*(?:[•·●▪*–—-]|\(?\p{L}\)|\d+[.)])\s*[^\n]*)+"  # noqa: RUF001
        r"|(?:\n\s*(?:[•·●▪*–—-]|\(?\p{L}\)|\d+[.)])\s*[^\n]*)+",  # noqa: RUF001
        rest,
    )
    return end + lines.end() if lines else end


def _parted(text: Text, start: int, end: int, joins: list[Found]) -> Iterator[Span]:
    """What stands between commas, signs and words that say "and"."""
    cuts = [(start + one.start(), start + one.end()) for one in
            _PARTED.finditer(text.words[start:end])]
    cuts += [
        (text.tokens[one.first].start, text.tokens[one.last - 1].end)
        for one in joins
        if start <= text.tokens[one.first].start < end
    ]
    at = start
    for cut, behind in [*sorted(cuts), (end, end)]:
        words = text.words[at:cut]
        inner = words.strip(" .\t\r»«\"“”'’–—-")  # noqa: RUF001
        if inner and len(inner.split()) <= LONGEST:
            first = at + words.index(inner)
            yield Span(first, first + len(inner), inner)
        at = max(at, behind)


# --- likeness -------------------------------------------------------------------------------


def _grams(text: str) -> Counter[str]:
    padded = f" {fold(text)} "
    return Counter(padded[at : at + 3] for at in range(max(len(padded) - 2, 1)))


class _Index:
    """The register's wordings by their trigrams; a few lines, for which no package is needed."""

    def __init__(self, wordings: tuple[Wording, ...]) -> None:
        labels: dict[tuple[str, str], list[Wording]] = {}
        for one in wordings:
            labels.setdefault((fold(one.label), one.language), []).append(one)
        self._labels = labels
        self._grams = {key: _grams(key[0]) for key in labels}
        self._sizes = {key: _size(grams) for key, grams in self._grams.items()}
        self._holding: dict[str, list[tuple[str, str]]] = {}
        for key, grams in self._grams.items():
            for gram in grams:
                self._holding.setdefault(gram, []).append(key)

    def areas(self, words: str, language: str) -> list[tuple[Wording, float]]:
        """The areas of the wording most like the words, one for each area."""
        grams = _grams(words)
        dots: Counter[tuple[str, str]] = Counter()
        for gram, count in grams.items():
            for key in self._holding.get(gram, ()):
                dots[key] += count * self._grams[key][gram]
        likeness = {
            key: dot / (_size(grams) * self._sizes[key]) * (1.0 if key[1] == language else 0.9)
            for key, dot in dots.items()
        }
        best = max(likeness, key=lambda key: (likeness[key], key), default=None)
        if best is None or likeness[best] < ALIKE:
            return []
        found = {one.area_id: one for one in self._labels[best]}
        return [(one, likeness[best]) for one in found.values()]


def _size(grams: Counter[str]) -> float:
    return math.sqrt(sum(count * count for count in grams.values()))


@lru_cache(maxsize=4)
def _index(wordings: tuple[Wording, ...]) -> _Index:
    return _Index(wordings)
