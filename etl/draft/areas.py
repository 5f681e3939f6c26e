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

ACRONYM = 3

MISSES = 4
"""So many items in a row that are like no wording end a list."""

ROW = 3
"""So many known items in a row are a list, announced or not."""

LONGEST = 14
"""An item of more words goes over into the sentence around the list."""

_PARTED = regex.compile(
    r"[,;:&•·●▪\n]|(?<=\p{Hangul})[.](?=\p{Hangul})|[–—-](?=\s)|\(\p{L}\)|(?<=\s)/(?=\s)|[()]|、|،|؛|・"
)


# Lines that each begin with a sign or a letter, behind a colon or not.
_LINES = regex.compile(r"\W*?(?:\n\s*(?:[•·●▪*–—-]|\(?\p{L}\)|\d+[.)])\s*[^\n]*){1,60}")

_AROUND = " .\t\r\n»«\"“”'’–—-"


class Area(NamedTuple):
    """An item of a list with the area of the wording that it is like."""

    area_id: str
    span: Span
    likeness: float
    wording: str


def find(
    text: Text, language: str, sentences: list[Sentence], known: Known, only: bool = False
) -> list[Area]:
    """The areas of the lists that begin or end in the sentences, each area once.

    Args:
        only: look for what is said of one field alone: "in the field of", not "in the fields".
    """
    index = _index(known.wordings)
    intros = lexicon.phrases("lists", language).find(text, sentences)
    joins = [one for one in intros if one.code == "and"]
    best: dict[str, Area] = {}
    for intro in intros:
        if intro.code == "and" or (only and intro.code != "only"):
            continue
        for area in _listed(text, language, intro, joins, index):
            _keep(best, area)
    if not only:
        for sentence in sentences:
            for area in _run(text, language, sentence, joins, index):
                _keep(best, area)
    return sorted(best.values(), key=lambda area: area.span.start)


def _keep(best: dict[str, Area], area: Area) -> None:
    """Of an area that is named more than once what is most like a wording."""
    if area.area_id not in best or best[area.area_id].likeness < area.likeness:
        best[area.area_id] = area


def _run(
    text: Text, language: str, sentence: Sentence, joins: list[Found], index: "_Index"
) -> Iterator[Area]:
    """The areas of a list that nothing announces: some items in a row that are surely known."""
    start, end = text.tokens[sentence.first].start, text.tokens[sentence.last - 1].end
    row: list[Area] = []
    count = 0
    for item in [*_cut(text, start, end, _signs(text, start, end)), None]:
        parts = list(_areas_of(text, item, False, joins, language, index)) if item else []
        sure = [area for area in parts if area.likeness >= SURE]
        if sure:
            row, count = [*row, *sure], count + len({area.span for area in sure})
            continue
        if count >= ROW:
            yield from row
        row, count = [], 0


def _listed(
    text: Text, language: str, intro: Found, joins: list[Found], index: "_Index"
) -> Iterator[Area]:
    """The areas of one list; a list in lines goes on to its last line."""
    start, end, is_in_lines = _bounds(text, intro)
    items = list(_cut(text, start, end, _signs(text, start, end)))
    is_last = intro.code == "after"
    misses = 0
    if intro.code == "only":
        items = items[:1]
    for item in reversed(items) if is_last else items:
        areas = list(_areas_of(text, item, is_last, joins, language, index))
        yield from areas
        misses = 0 if areas else misses + 1
        if misses == MISSES and not is_in_lines:
            return


def _bounds(text: Text, intro: Found) -> tuple[int, int, bool]:
    """Where a list begins and ends: before its introduction, or behind it."""
    sentence = text.sentence_of(intro.first)
    if intro.code == "after":
        return text.tokens[sentence.first].start, text.tokens[intro.first].start, False
    start, end = text.tokens[intro.last - 1].end, text.tokens[sentence.last - 1].end
    lines = _LINES.match(text.words, end)
    return start, lines.end() if lines else end, lines is not None


def _signs(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    return [(one.start(), one.end()) for one in _PARTED.finditer(text.words, start, end)]


def _cut(text: Text, start: int, end: int, cuts: list[tuple[int, int]]) -> Iterator[Span]:
    """What stands between the cuts, without the signs around it."""
    at = start
    for cut, behind in [*cuts, (end, end)]:
        words = text.words[at:cut]
        inner = words.strip(_AROUND)
        if inner:
            first = at + words.index(inner)
            yield Span(first, first + len(inner), inner)
        at = max(at, behind)


def _areas_of(
    text: Text, item: Span, is_last: bool, joins: list[Found], language: str, index: "_Index"
) -> Iterator[Area]:
    """The areas of an item as a whole; if no wording is like that, of what "and" joins in it."""
    is_whole = len(item.words.split()) <= LONGEST
    whole = index.areas(item.words, language) if is_whole else []
    if not whole or whole[0][1] < SURE:
        cuts = [
            (text.tokens[one.first].start, text.tokens[one.last - 1].end)
            for one in joins
            if item.start <= text.tokens[one.first].start < item.end
        ]
        parts = [
            area
            for part in _cut(text, item.start, item.end, cuts)
            for area in _of_part(part, is_last, language, index)
        ]
        if parts:
            yield from parts
            return
    yield from (Area(one.area_id, item, likeness, one.label) for one, likeness in whole)


def _of_part(item: Span, is_last: bool, language: str, index: "_Index") -> list[Area]:
    """The areas of one thing; with other words around it, of that part that is surely known."""
    item = _shortened(item, is_last)
    if _is_generic(item.words, language):
        return []
    hits = [(item, index.areas(item.words, language))]
    if not hits[0][1] or hits[0][1][0][1] < SURE:
        others = [
            (part, index.areas(part.words, language))
            for part in _within(item, is_last)
            if not _is_generic(part.words, language)
        ]
        hits = [hit for hit in others if hit[1] and hit[1][0][1] >= SURE] or hits
    span, found = max(hits, key=lambda hit: hit[1][0][1] if hit[1] else 0.0)
    return [Area(one.area_id, span, likeness, one.label) for one, likeness in found]


def _shortened(item: Span, is_last: bool) -> Span:
    """Of a long item the words that are next to the rest of the list."""
    words = list(regex.finditer(r"\S+", item.words))
    near = words[-LONGEST:] if is_last else words[:LONGEST]
    start, end = near[0].start(), near[-1].end()
    return Span(item.start + start, item.start + end, item.words[start:end])


def _is_generic(words: str, language: str) -> bool:
    """Whether there is nothing in it but words like "development", "exchange", "cooperation"."""
    text = Text(words)
    found = [
        one
        for name in ("generic", "cooperation")
        for one in lexicon.phrases(name, language).find(text)
    ]
    return {token for one in found for token in range(one.first, one.last)} >= set(
        range(len(text.tokens))
    )


def _within(item: Span, is_last: bool) -> Iterator[Span]:
    """The item without its first words, or without its last ones."""
    words = list(regex.finditer(r"\S+", item.words))
    for word in words[1:] if is_last else words[:-1]:
        start, end = (word.start(), len(item.words)) if is_last else (0, word.end())
        yield Span(item.start + start, item.start + end, item.words[start:end])


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
        self._short = {one.label for one in wordings if len(one.label) <= ACRONYM}
        self._answers: dict[tuple[str, str], list[tuple[Wording, float]]] = {}
        self._grams = {key: _grams(key[0]) for key in labels}
        self._sizes = {key: _size(grams) for key, grams in self._grams.items()}
        self._holding: dict[str, list[tuple[str, str]]] = {}
        for key, grams in self._grams.items():
            for gram in grams:
                self._holding.setdefault(gram, []).append(key)

    def areas(self, words: str, language: str) -> list[tuple[Wording, float]]:
        """The areas of the wording most like the words, one for each area.

        What is as short as an acronym must be one: "IT" is not "It".
        """
        if len(words) <= ACRONYM and words not in self._short:
            return []
        key = (fold(words), language)
        if key not in self._answers:
            self._answers[key] = self._areas(*key)
        return self._answers[key]

    def _areas(self, words: str, language: str) -> list[tuple[Wording, float]]:
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
    """The register's wordings, and behind them the plainest words of each language."""
    plain = [
        Wording(phrase, row.code, row.language, "")
        for row in lexicon.rows("areas")
        for phrase in row.phrases
    ]
    return _Index((*wordings, *plain))
