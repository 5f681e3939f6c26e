"""The sentences that tell what happened to which document: signed, announced, suspended, ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from etl.draft import lexicon
from etl.draft.text import Found, Sentence, Text

EARLY = 3
"""The first sentences, the title among them."""

CLOSE = 6
"""So few words between a document and what happened to it: it is likely that one."""

DOCUMENT = "document"
"""A word for a document that does not say of which type it is."""

OVER = ("suspended", "terminated")

OF_DOCUMENTS = ("signed", "announced")
"""What happens to a document; the rest happens to a tie that is there already."""


@dataclass(frozen=True)
class Told:
    """What a sentence has in it."""

    sentence: Sentence
    happenings: list[Found]
    instruments: list[Found]
    has_moscow: bool
    has_partner: bool
    is_early: bool
    is_of_earlier: bool
    is_of_cooperation: bool

    @property
    def weight(self) -> int:
        """How much the sentence is about an agreement with Moscow."""
        about = bool(self.happenings) + bool(self.instruments)
        both = self.has_moscow + self.has_partner
        is_close = self.is_telling and _distance(*self.nearest) <= CLOSE
        whole = about == 2 and both == 2
        return 2 * (about + both + whole) + self.is_early + is_close - self.is_of_earlier

    @property
    def is_telling(self) -> bool:
        """Whether it says that something happened to a document."""
        return bool(self.happenings and self.instruments)

    @cached_property
    def nearest(self) -> tuple[Found, Found]:
        """What happened and to which document, those with the fewest words between."""
        pairs = [(one, to) for one in self.happenings for to in self.instruments]
        return min(pairs, key=lambda pair: (_distance(*pair), pair[1].code == DOCUMENT))

    @property
    def happening(self) -> str:
        """What happened to the document, empty where the sentence says it of none."""
        return self.nearest[0].code if self.is_telling else ""


def _distance(one: Found, other: Found) -> int:
    return max(one.first - other.last, other.first - one.last, 0)


def read(text: Text, language: str, partners: Iterable[int]) -> list[Told]:
    """Each sentence of the text with what it has; ``partners`` are the tokens that name one."""
    named = {text.sentence_of(token) for token in partners}

    def find(*lexicons: str) -> dict[Sentence, list[Found]]:
        return text.within(
            one for name in lexicons for one in lexicon.phrases(name, language).find(text)
        )

    happenings, instruments = find("happenings"), find("instruments")
    moscow, earlier, cooperation = find("moscow", "people"), find("earlier"), find("cooperation")

    def documents(sentence: Sentence) -> list[Found]:
        """What is ended or suspended may be called cooperation alone."""
        is_over = any(one.code in OVER for one in happenings.get(sentence, ()))
        ties = cooperation.get(sentence, ()) if is_over else ()
        return [*instruments.get(sentence, ()), *(one._replace(code=DOCUMENT) for one in ties)]

    return [
        Told(
            sentence,
            happenings.get(sentence, []),
            documents(sentence),
            sentence in moscow,
            sentence in named,
            number < EARLY,
            sentence in earlier,
            sentence in cooperation,
        )
        for number, sentence in enumerate(text.sentences)
    ]


def main(told: list[Told]) -> Told | None:
    """The sentence that tells most of an agreement with Moscow, the first of them.

    Else the first that speaks of a document with Moscow; None where the text never names Moscow.
    """
    if not any(one.has_moscow for one in told):
        return None
    telling = [one for one in told if one.is_telling]
    spoken = [one for one in told if any(each.code != DOCUMENT for each in one.instruments)]
    return max(telling or spoken, key=lambda one: one.weight, default=None)
