"""A text as tokens that know where they stand, and phrases that are looked for among them."""

import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from register.text import fold

# Scripts that put no space between words: each sign is a token, and a phrase a row of them.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(
    rf"[{_UNSPACED}]\p{{M}}*|\p{{Nd}}+|[[\p{{L}}\p{{M}}\u200c\u200d]--[{_UNSPACED}]]+", regex.V1
)
# A point after a number below a year, an initial or a title ends no sentence; a line ends one where
# the next begins as a sentence does.
_END = regex.compile(
    r"(?<!\b\p{L})(?<!\p{Nd})(?<!\b(?i:dr|prof|mr|mrs|ms|st))[.](?=[\s\p{Lu}»”\"'\[]|$)"
    r"|(?<=\p{Nd}{4})[.](?=\s+\p{Lu})|[[\p{STerm}…]--.](?=\s|\p{L}|$)"
    r"|\n\s*\n|\n(?=\s*[\p{Lu}\p{N}\p{P}])",
    regex.V1,
)

LINE = 60
"""A shorter line was not cut by a width."""

LONGEST = 200
"""What has more tokens is no sentence, and is taken in parts."""

_fold = lru_cache(maxsize=20_000)(fold)


_LINE_END = regex.compile(r"\r\n?|[\u2028\u2029\u0085]")
_UNSEEN = regex.compile(r"[[\p{C}]--[\n\t\u200c\u200d]]", regex.V1)


def tidy(text: str) -> str:
    """The text in Unicode form NFC, its lines ended by LF, without the signs that nobody sees."""
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_END.sub("\n", text)))
    return "".join(map(_unwrapped, regex.split(r"(\n\s*\n)", seen)))


def _unwrapped(paragraph: str) -> str:
    """A paragraph in one line, if its lines but the last are all about as long as a line is."""
    *lines, _ = paragraph.rstrip("\n").split("\n")
    lengths = [len(line) for line in lines]
    is_wrapped = lines and min(lengths) >= LINE and max(lengths) - min(lengths) <= LINE / 3
    return paragraph.replace("\n", " ") if is_wrapped else paragraph


@lru_cache(maxsize=20_000)
def latin(word: str) -> str:
    """A folded word in Latin letters, to compare names across scripts."""
    if word.isascii():
        return word
    from anyascii import anyascii

    return fold(anyascii(word))


class Span(NamedTuple):
    """A part of a text: from ``start`` to before ``end``, in characters, and what stands there."""

    start: int
    end: int
    words: str


class Token(NamedTuple):
    """A word, a number or a sign, with its place and as it is compared."""

    start: int
    end: int
    words: str
    folded: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins as a name does, or its script has no capitals."""
        return not self.words[:1].islower()


class Sentence(NamedTuple):
    """The tokens from ``first`` to before ``last``."""

    first: int
    last: int

    def __contains__(self, token: object) -> bool:
        return isinstance(token, int) and self.first <= token < self.last


@dataclass(frozen=True)
class Text:
    """A text with its tokens and sentences."""

    words: str

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens, in order."""
        return [
            Token(match.start(), match.end(), match[0], _fold(match[0]))
            for match in _TOKEN.finditer(self.words)
        ]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences that have a token."""
        ends = [match.end() for match in _END.finditer(self.words)] + [len(self.words)]
        bounds = [0, *(bisect_right(self._starts, end - 1) for end in ends)]
        return [
            Sentence(at, min(at + LONGEST, last))
            for first, last in pairwise(bounds)
            for at in range(first, last, LONGEST)
        ]

    def within(self, found: "Iterable[Found]") -> "dict[Sentence, list[Found]]":
        """What was found, by the sentence in which it begins."""
        by_sentence: dict[Sentence, list[Found]] = {}
        for one in found:
            by_sentence.setdefault(self.sentence_of(one.first), []).append(one)
        return by_sentence

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.first for sentence in self.sentences]

    def sentence_of(self, token: int) -> Sentence:
        """The sentence in which the token stands."""
        return self.sentences[bisect_right(self._sentence_starts, token) - 1]

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens that begin from one character to before another."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def span(self, first: int, last: int) -> Span:
        """From the token ``first`` to before the token ``last``."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Span(start, end, self.words[start:end])

    def between(self, token: int) -> str:
        """What stands between a token and the next one; empty behind the last."""
        if token + 1 >= len(self.tokens):
            return ""
        return self.words[self.tokens[token].end : self.tokens[token + 1].start]


# --- phrases --------------------------------------------------------------------------------

GAP, NUMBER = "..", "{n}"
"""In a phrase: up to ``REACH`` tokens of the same sentence; a number, in digits or words."""

REACH = 8


class Found(NamedTuple):
    """A phrase in a text: its tokens, what it stands for, and the number in it."""

    first: int
    last: int
    code: str
    number: int | None = None


class _Part(NamedTuple):
    folded: str
    is_stem: bool

    def fits(self, token: Token) -> bool:
        return token.folded == self.folded or (
            self.is_stem and token.folded.startswith(self.folded)
        )


@dataclass
class Phrases:
    """Phrases with what they stand for; a word ending in ``*`` stands for all that begin so."""

    numbers: dict[str, int] = field(default_factory=dict)
    _by_sign: dict[str, list[tuple[list[_Part], str]]] = field(default_factory=dict)

    def add(self, phrase: str, code: str) -> None:
        """Add a phrase."""
        parts = [part for word in phrase.split() for part in _parts(word)]
        first = parts[0].folded
        same = self._by_sign.setdefault(NUMBER if first == NUMBER else first[:1], [])
        insort(
            same, (parts, code), key=_letters
        )  # Of equal reach what is said more exactly counts.

    def find(self, text: Text, sentences: Iterable[Sentence] | None = None) -> list[Found]:
        """All that is found, in order; of what overlaps the longest."""
        found = [
            hit
            for sentence in (text.sentences if sentences is None else sentences)
            for first in range(sentence.first, sentence.last)
            for hit in self._at(text, first, sentence)
        ]
        return longest(found)

    def _at(self, text: Text, first: int, sentence: Sentence) -> Iterator[Found]:
        token = text.tokens[first]
        candidates = self._by_sign.get(token.folded[:1], [])
        if self.number(token) is not None:
            candidates = candidates + self._by_sign.get(NUMBER, [])
        for parts, code in candidates:
            end = self._end(parts, text.tokens, first, sentence)
            if end is not None:
                yield Found(first, end[0], code, end[1])

    def _end(
        self, parts: list[_Part], tokens: list[Token], at: int, sentence: Sentence
    ) -> tuple[int, int | None] | None:
        number = None
        for index, part in enumerate(parts):
            if part.folded == GAP:
                reach = range(at, min(at + REACH, sentence.last))
                ends = (self._end(parts[index + 1 :], tokens, here, sentence) for here in reach)
                end = next((end for end in ends if end), None)
                return end and (end[0], number if end[1] is None else end[1])
            if at >= sentence.last:
                return None
            if part.folded == NUMBER:
                number = self.number(tokens[at])
                if number is None:
                    return None
            elif not part.fits(tokens[at]):
                return None
            at += 1
        return at, number

    def number(self, token: Token) -> int | None:
        """The number that a token is, in digits or in words; None beyond 999."""
        if token.folded.isdecimal():
            return int(token.folded) if len(token.folded) <= 3 else None
        return self.numbers.get(token.folded)


def _letters(phrase: tuple[list[_Part], str]) -> int:
    return -sum(len(part.folded) for part in phrase[0])


def _parts(word: str) -> Iterator[_Part]:
    if word in (GAP, NUMBER):
        yield _Part(word, False)
        return
    tokens = [_fold(match[0]) for match in _TOKEN.finditer(word)]
    for index, token in enumerate(tokens):
        yield _Part(token, word.endswith("*") and index == len(tokens) - 1)


def longest(found: Iterable[Found]) -> list[Found]:
    """Of what overlaps the longest, and of those the first."""
    taken: set[int] = set()
    kept = []
    for one in sorted(found, key=lambda one: (one.first - one.last, one.first)):
        if taken.isdisjoint(range(one.first, one.last)):
            taken.update(range(one.first, one.last))
            kept.append(one)
    return sorted(kept)
