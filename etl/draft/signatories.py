"""Who signed: those whom the register knows, and who bears an office in the sentence that tells."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.draft import lexicon
from etl.draft.known import Known, Name
from etl.draft.text import Sentence, Span, Text, latin
from register.text import fold

ALIKE = 80.0
"""From this likeness on (0 to 100) a word is a form of a known person's name."""

LIKELY = 55.0
"""Behind a known person's first name this is enough: Олье for Ollier, Цзинин for Jining."""

NEAR = 2
"""So many words before an office may say whose it is."""

SURNAME = 4
"""A shorter name is like too many words."""


class Person(NamedTuple):
    """Who signed, as the register writes it, and where it is said."""

    value: str
    span: Span
    doubt: str = ""


def for_moscow(text: Text, language: str, sentences: list[Sentence]) -> list[Person]:
    """Those of Moscow's officials whom the sentences name, each once."""
    found = lexicon.phrases("people", language).find(text, sentences)
    return _once(Person(one.code, text.span(one.first, one.last)) for one in found)


def for_partner(
    text: Text,
    language: str,
    sentences: list[Sentence],
    partner_id: str,
    known: Known,
    places: set[int],
) -> list[Person]:
    """Those who sign for the partner: whom the register knows, else who bears an office there.

    Args:
        places: the tokens that name a partner, which are no part of a person's name.
    """
    values = {one.value for one in known.signatories if one.partner_id == partner_id}
    persons = _once(
        person for value in sorted(values) if (person := _known(text, sentences, value))
    )
    return persons or _once(_in_office(text, language, sentences, partner_id, known, places))


def _once(persons: Iterator[Person]) -> list[Person]:
    return list({person.value: person for person in persons}.values())


def _known(text: Text, sentences: list[Sentence], value: str) -> Person | None:
    """The person if a sentence has the surname, or a likely one behind a name, in any script."""
    names = fold(value.partition(" (")[0]).split()
    if not names or "not named" in value:
        return None
    for sentence in sentences:
        for token in range(sentence.first, sentence.last):
            has_given = token > sentence.first and any(
                _is_like(text.tokens[token - 1].folded, name) for name in names[:-1]
            )
            if text.tokens[token].is_capital and _is_surname(
                text.tokens[token].folded, names[-1], has_given
            ):
                return Person(value, text.span(token - has_given, token + 1))
    return None


def _is_surname(word: str, name: str, has_given: bool) -> bool:
    if has_given:
        return _is_like(word, name, LIKELY)
    return len(name) >= SURNAME and _is_like(word, name)


def _is_like(word: str, name: str, cutoff: float = ALIKE) -> bool:
    letters = latin(word)
    ratio: float = fuzz.ratio(letters[: len(name)], name)
    return len(letters) <= len(name) + 3 and ratio >= cutoff


def _in_office(
    text: Text,
    language: str,
    sentences: list[Sentence],
    partner_id: str,
    known: Known,
    places: set[int],
) -> Iterator[Person]:
    """An office, up to two words of whose it is, and two words with capitals."""
    partner = next((one.name for one in known.names if one.partner_id == partner_id), "")
    moscow = lexicon.phrases("moscow", language).find(text, sentences)
    people = lexicon.phrases("people", language).find(text, sentences)
    parties = lexicon.phrases("parties", language).find(text, sentences)
    of_moscow = {
        token for one in (*moscow, *people, *parties) for token in range(one.first, one.last)
    }
    offices = lexicon.phrases("offices", language).find(text, sentences)
    titles = {text.tokens[one].folded for each in offices for one in range(each.first, each.last)}
    no_names = _place_words(known.names) | titles
    for office in offices:
        sentence = text.sentence_of(office.first)
        name = _name(text, office.last, sentence, no_names)
        around = range(office.first - NEAR, name[-1] + 1 if name else office.last)
        if name and not of_moscow & set(around) and not places & set(name):
            span = text.span(name[0], name[-1] + 1)
            words = " ".join(span.words.split())
            doubt = "a name in the text's own form; write it in English letters"
            yield Person(f"{words} ({office.code} of {partner})", span, doubt)


@lru_cache(maxsize=4)
def _place_words(names: tuple[Name, ...]) -> frozenset[str]:
    return frozenset(word for one in names for word in fold(one.name).split())


def _name(text: Text, at: int, sentence: Sentence, no_names: frozenset[str]) -> list[int]:
    """The tokens of a name of two words behind an office, over the place whose office it is."""
    for start in range(at, min(at + 4, sentence.last - 1)):
        pair = [start, start + 1]
        tokens = [text.tokens[one] for one in pair]
        if text.between(start).strip():
            return []
        is_name = all(
            one.words[:1].isupper()
            and len(one.words) > 1
            and one.folded not in no_names
            and not any(one.folded.startswith(word) for word in no_names if len(word) > 4)
            for one in tokens
        )
        if is_name:
            return pair
        if any(sign in text.between(start) for sign in ",;:("):
            return []
    return []
