"""From a text to a draft: each value with the words that it comes from, the doubtful marked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from etl.draft import areas, dates, lexicon, partners, periods, places, signatories, telling
from etl.draft.document import document_of
from etl.draft.known import Known
from etl.draft.language import language_of
from etl.draft.text import Sentence, Text
from etl.draft.values import Draft, Page, Value
from register import edtf

MAX_CHARACTERS = 40_000
"""What stands behind is not read: a page about one agreement is shorter."""

FIELDS = (
    *("partner", "instrument", "signed_on", "signed_in", "valid_from", "valid_to", "term"),
    *("moscow_signatory", "partner_signatory", "areas"),
)
"""The fields of an agreement that a text may speak of."""

OF_EVENT = ("partner", "kind", "date", "actor")
"""Those of what happened to a tie."""

OLD = 60
"""A signing so many days before the page that tells of it may be that of another document."""


def draft(text: str, page: Page, known: Known) -> Draft:
    """Propose what a text seems to say; nothing is written, and every value wants a person's yes.

    Args:
        text: as a reader sees it, without markup; what is longer than ``MAX_CHARACTERS`` is cut.
        page: what is known of the page; its date completes "yesterday" and "24 October".
        known: what the register knows.
    """
    reader = _Reader(Text(text[:MAX_CHARACTERS]), page, known)
    values = tuple(reader.values())
    fields = OF_EVENT if reader.is_of_tie else FIELDS
    missing = tuple(name for name in fields if name not in {value.field for value in values})
    notes = list(reader.notes())
    if len(text) > MAX_CHARACTERS:
        notes.append(f"only the first {MAX_CHARACTERS:,} characters were read")
    made = Draft(reader.text.words, reader.page, values, missing, tuple(notes))
    return replace(made, document=document_of(made, known))


class _Reader:
    """What was worked out of a text, step by step."""

    def __init__(self, text: Text, page: Page, known: Known) -> None:
        self.text, self.known = text, known
        language = page.language or language_of(text.words)
        self.page, self.language = replace(page, language=language), language
        self.mentions = partners.mentions(text, language, known)
        told = telling.read(text, language, (one.first for one in self.mentions))
        weights = [self._told_of(told, one.first).weight for one in self.mentions]
        self.partner = partners.choose(text, self.mentions, weights, known)
        self.of_partner = [one for one in self.mentions if self.partner.partner_id in one.partner_ids]
        named = self.of_partner or self.mentions
        self.told = telling.read(text, language, (one.first for one in named))
        self.main = telling.main(self.told)
        self.happened = telling.happening(self.main) if self.main else None

    def _told_of(self, told: list[telling.Told], token: int) -> telling.Told:
        return next(one for one in told if token in one.sentence)

    @property
    def is_of_tie(self) -> bool:
        """Whether the text tells what happened to a tie, and not of a document."""
        return self.happened is not None and self.happened.code not in ("signed", "announced")

    def notes(self) -> Iterator[str]:
        """What a person should know of the text as a whole."""
        if not self.language:
            yield "the text is too short to tell its language"
        if not self.partner.partner_id and self.partner.others:
            yield f"more than one partner is named: {', '.join(self.partner.others)}"
        if self.main is None:
            yield "no sentence was found that says what was signed, planned or ended"

    def values(self) -> Iterator[Value]:
        """All values, in the order of the record document."""
        if self.partner.partner_id:
            yield Value("partner", self.partner.partner_id, self.partner.span, self.partner.doubt)
        if self.main is None or self.happened is None:
            return
        if self.is_of_tie:
            yield from self._of_tie()
        else:
            yield from self._of_document()

    # --- an agreement -------------------------------------------------------------------------

    def _of_document(self) -> Iterator[Value]:
        assert self.main and self.happened
        instrument = telling.nearest(self.main.instruments, self.happened)
        yield Value("instrument", instrument.code, self.text.span(instrument.first, instrument.last))
        yield from self._moscow_party()
        if self.happened.code == "announced":
            span = self.text.span(self.happened.first, self.happened.last)
            yield Value("kind", "announced", span)
        else:
            yield from self._signed()
        yield from self._validity()
        if self.happened.code == "signed":
            yield from self._signatories()
        yield from self._areas()

    def _moscow_party(self) -> Iterator[Value]:
        found = lexicon.phrases("parties", self.language).find(self.text, self._telling())
        if found:
            yield Value("moscow_party", found[0].code, self.text.span(*found[0][:2]),
                        "named beside the document; check that it signed")
        else:
            yield Value("moscow_party", "moscow_government", None, "assumed; no other is named")

    def _telling(self) -> list[Sentence]:
        """The sentences that tell the same of a document, the main one first."""
        assert self.main and self.happened
        same = [
            one.sentence
            for one in self.told
            if one.is_telling
            and one is not self.main
            and any(each.code == self.happened.code for each in one.happenings)
            and (one.has_moscow or one.has_partner)
        ]
        return [self.main.sentence, *same]

    def _signed(self) -> Iterator[Value]:
        signed = self._date()
        if signed:
            yield signed
        elif self.page.published_on:
            yield Value("reported_on", self.page.published_on, None, "the date of the page")
        found = places.find(
            self.text, self.language, self._telling()[:1], self.mentions, self.known
        )
        if len(found) == 1:
            yield Value("signed_in", found[0].value, found[0].span)

    def _date(self) -> Value | None:
        """The day named nearest to the signing, in the first telling sentence that has one."""
        found = dates.find(self.text, self.language, self.page.published_on)
        for sentence in self._telling():
            here = [one for one in found if one.first in sentence]
            exact = [one for one in here if len(one.value) == 10] or here
            if exact:
                at = self._happening_in(sentence)
                best = min(exact, key=lambda one: abs(one.first - at))
                doubt = self._doubt_of(best.value, len({one.value for one in exact}))
                return Value("signed_on", best.value, self.text.span(best.first, best.last), doubt)
        return None

    def _happening_in(self, sentence: Sentence) -> int:
        told = self._told_of(self.told, sentence.first)
        return telling.happening(told).first

    def _doubt_of(self, value: str, count: int) -> str:
        day, page = edtf.read(value), edtf.read(self.page.published_on)
        if day and page and day.first > page.last:
            return "lies after the page's date"
        if day and page and page.exact and (page.first - day.last).days > OLD:
            return "long before the page's date: perhaps that of an earlier document"
        return "another date stands beside it" if count > 1 else ""

    def _validity(self) -> Iterator[Value]:
        sentences = [*self._telling(), *self._about()]
        found = [
            one
            for sentence in dict.fromkeys(sentences)
            for one in periods.find(self.text, self.language, [sentence])
        ]
        if found:
            best = found[0]
            span = self.text.span(best.first, best.last)
            several = len({(one.begin, one.end) for one in found if one.begin}) > 1
            doubt = "the text names other years, too" if several else ""
            if best.begin:
                yield Value("valid_from", best.begin, span, doubt)
            yield Value("valid_to", best.end, span, doubt)
        lengths = periods.lengths(self.text, self.language, sentences)
        if lengths:
            yield Value("term", lengths[0].value, self.text.span(*lengths[0][:2]))

    def _about(self) -> list[Sentence]:
        """The sentences that speak of a document at all."""
        return [one.sentence for one in self.told if one.instruments]

    def _signatories(self) -> Iterator[Value]:
        sentences = [
            one.sentence
            for one in self.told
            if one.is_telling and any(each.code == "signed" for each in one.happenings)
        ]
        moscow = signatories.for_moscow(self.text, self.language, sentences)
        partner = signatories.for_partner(
            self.text, self.language, sentences, self.partner.partner_id, self.known
        )
        for name, persons in (("moscow_signatory", moscow), ("partner_signatory", partner)):
            if len(persons) == 1 and (name == "moscow_signatory" or self.partner.partner_id):
                yield Value(name, persons[0].value, persons[0].span, persons[0].doubt)

    def _areas(self) -> Iterator[Value]:
        sentences = [
            one.sentence
            for before, one in zip([None, *self.told], self.told, strict=False)
            if one.instruments or (before and before.instruments) or one.weight >= 4
        ]
        for one in areas.find(self.text, self.language, sentences, self.known):
            doubt = "" if one.likeness >= areas.SURE else "only like the wording"
            yield Value("areas", one.area_id, one.span, doubt, one.wording)

    # --- what happened to a tie ---------------------------------------------------------------

    def _of_tie(self) -> Iterator[Value]:
        assert self.main and self.happened
        span = self.text.span(self.happened.first, self.happened.last)
        yield Value("kind", self.happened.code, span)
        found = dates.find(self.text, self.language, self.page.published_on)
        here = [one for one in found if one.first in self.main.sentence and len(one.value) == 10]
        if here:
            best = min(here, key=lambda one: abs(one.first - self.happened.first))
            doubt = self._doubt_of(best.value, len({one.value for one in here}))
            yield Value("date", best.value, self.text.span(best.first, best.last), doubt)
        yield Value("actor", "partner", None, "assumed: who did it was not read from the text")


def day_of(value: str) -> date | None:
    """The day of an exact date, None for any other."""
    read = edtf.read(value)
    return read.first if read and read.exact else None


def fields_of(values: Iterable[Value]) -> set[str]:
    """The fields that have a value."""
    return {value.field for value in values}
