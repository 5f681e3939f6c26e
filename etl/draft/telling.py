"""The sentences that tell what happened to which document: signed, announced, suspended, ended."""

from collections.abc import Iterable
from dataclasses import dataclass

from etl.draft import lexicon
from etl.draft.text import Found, Sentence, Text

ENDING = ("suspended", "resumed", "terminated")
"""What happens to a tie rather than makes one."""


@dataclass(frozen=True)
class Told:
    """What a sentence has in it."""

    sentence: Sentence
    happenings: list[Found]
    instruments: list[Found]
    has_moscow: bool
    has_partner: bool
    is_early: bool

    @property
    def weight(self) -> int:
        """How much the sentence is about an agreement with Moscow."""
        about = bool(self.happenings) + bool(self.instruments)
        both = self.has_moscow + self.has_partner
        return about * 2 + both * 2 + (about == 2 and both == 2) * 2 + self.is_early

    @property
    def is_telling(self) -> bool:
        """Whether it says that something happened to a document."""
        return bool(self.happenings and self.instruments)


EARLY = 3
"""The first sentences, the title among them."""


def read(text: Text, language: str, partners: Iterable[int]) -> list[Told]:
    """Each sentence of the text with what it has; ``partners`` are the tokens that name one."""
    named = set(partners)
    happenings = lexicon.phrases("happenings", language).find(text)
    instruments = lexicon.phrases("instruments", language).find(text)
    moscow = lexicon.phrases("moscow", language).find(text)
    moscow += lexicon.phrases("people", language).find(text)
    return [
        Told(
            sentence,
            [one for one in happenings if one.first in sentence],
            [one for one in instruments if one.first in sentence],
            any(one.first in sentence for one in moscow),
            any(token in sentence for token in named),
            number < EARLY,
        )
        for number, sentence in enumerate(text.sentences)
    ]


def main(told: list[Told]) -> Told | None:
    """The sentence that tells most of an agreement with Moscow, the first of them."""
    telling = [one for one in told if one.is_telling and (one.has_moscow or one.has_partner)]
    return max(telling, key=lambda one: one.weight, default=None)


def nearest(found: list[Found], to: Found) -> Found:
    """The phrase with the fewest tokens between it and another."""
    return min(found, key=lambda one: max(one.first - to.last, to.first - one.last, 0))


def happening(one: Told) -> Found:
    """What happened in a telling sentence: what stands nearest to the document."""
    return min(
        one.happenings,
        key=lambda each: min(
            max(doc.first - each.last, each.first - doc.last, 0) for doc in one.instruments
        ),
    )
