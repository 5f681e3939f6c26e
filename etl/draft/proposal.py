"""From a text to a draft: each value with the words that it comes from, the doubtful marked."""

from collections.abc import Iterator
from dataclasses import replace

from etl.draft import areas, lexicon, periods, places, signatories, telling
from etl.draft.document import OF_EVENT, document_of
from etl.draft.known import Known
from etl.draft.reading import Reading
from etl.draft.signatories import Person
from etl.draft.telling import Told
from etl.draft.text import Found, Sentence, Text, tidy
from etl.draft.values import Draft, Page, Value

MAX_CHARACTERS = 40_000
"""What stands behind is not read: a page about one agreement is shorter."""

FIELDS = (
    *("partner", "instrument", "signed_on", "signed_in", "valid_from", "valid_to", "term"),
    *("moscow_signatory", "partner_signatory", "areas"),
)
"""The fields of an agreement that a text may speak of."""


def draft(text: str, page: Page, known: Known) -> Draft:
    """Propose what a text seems to say; nothing is written, and every value wants a person's yes.

    Args:
        text: as a reader sees it, without markup; what is longer than ``MAX_CHARACTERS`` is cut,
            and signs that no reader sees are left out: the spans count in ``Draft.text``.
        page: what is known of the page; its date completes "yesterday" and "24 October".
        known: what the register knows.
    """
    reading = Reading(Text(tidy(text[:MAX_CHARACTERS])), page, known)
    values = tuple(_values(reading))
    fields = OF_EVENT if reading.is_of_tie else FIELDS
    missing = tuple(name for name in fields if name not in {value.field for value in values})
    notes = tuple(_notes(reading, len(text)))
    made = Draft(reading.text.words, reading.page, values, missing, notes)
    return replace(made, document=document_of(made, known))


def _notes(reading: Reading, characters: int) -> Iterator[str]:
    if not reading.language:
        yield "the text is too short to tell its language"
    if not reading.partner.partner_id and reading.partner.others:
        yield f"more than one partner is named: {', '.join(reading.partner.others)}"
    if not reading.happening:
        yield "no sentence was found that says what was signed, planned or ended"
    if characters > MAX_CHARACTERS:
        yield f"only the first {MAX_CHARACTERS:,} characters were read"


def _values(reading: Reading) -> Iterator[Value]:
    partner = reading.partner
    if partner.partner_id:
        yield Value("partner", partner.partner_id, partner.span, partner.doubt)
    if reading.main is None:
        return
    if reading.is_of_tie:
        yield from _of_tie(reading, reading.main)
    else:
        yield from _of_document(reading)


# --- an agreement -----------------------------------------------------------------------------


def _of_document(reading: Reading) -> Iterator[Value]:
    yield from _instrument(reading)
    yield _moscow_party(reading)
    if reading.happening == "announced" and reading.main:
        yield _value(reading, "kind", reading.main.nearest[0])
    if reading.happening == "signed":
        yield from _signing(reading)
    yield from _validity(reading)
    if reading.happening == "signed":
        yield from _signatories(reading)
    yield from _areas(reading)


def _value(reading: Reading, field: str, found: Found, doubt: str = "") -> Value:
    return Value(field, found.code, reading.text.span(found.first, found.last), doubt)


def _instrument(reading: Reading) -> Iterator[Value]:
    if reading.instruments:
        best = reading.instruments[0]
        others = {one.code for one in reading.instruments} - {best.code}
        doubt = f"the text also says {', '.join(sorted(others))}" if others else ""
        yield _value(reading, "instrument", best, doubt)
    elif reading.main and not reading.happening:
        best = next(one for one in reading.main.instruments if one.code != telling.DOCUMENT)
        yield _value(reading, "instrument", best, "the text does not say what happened to it")


def _moscow_party(reading: Reading) -> Value:
    phrases = lexicon.phrases("parties", reading.language)
    found = phrases.find(reading.text, reading.spans(reading.telling))
    if found:
        doubt = "named beside the document; check that it signed"
        return _value(reading, "moscow_party", found[0], doubt)
    return Value("moscow_party", "moscow_government", None, "assumed: no other is named")


def _signing(reading: Reading) -> Iterator[Value]:
    """When and where; for want of a day the page's date is that of the report."""
    dated = next((day for one in reading.telling if (day := reading.day_in(one))), None)
    before = reading.main and reading.before(reading.main)
    is_near = before and (before.has_moscow or before.has_partner)
    if not dated and before and is_near and (day := reading.day_in(before)):
        dated = day[0], "said in the sentence before; check that it is the day of signing"
    if dated:
        span = reading.text.span(dated[0].first, dated[0].last)
        yield Value("signed_on", dated[0].value, span, dated[1])
    elif reading.page.published_on:
        yield Value("reported_on", reading.page.published_on, None, "the date of the page")
    for told in reading.telling:
        found = places.find(
            reading.text, reading.language, [told.sentence], reading.mentions, reading.known
        )
        if len(found) == 1:
            yield Value("signed_in", found[0].value, found[0].span)
            return


def _validity(reading: Reading) -> Iterator[Value]:
    """The first period of the telling sentences, else of those that speak of a document."""
    first = [
        one.sentence for one in reading.telling if one is reading.main or not reading.is_old(one)
    ]
    sentences = list(dict.fromkeys([*first, *_about(reading)]))
    text, language = reading.text, reading.language
    found = [one for each in sentences for one in periods.find(text, language, [each])]
    if found:
        span = text.span(found[0].first, found[0].last)
        several = len({(one.begin, one.end) for one in found if one.begin}) > 1
        doubt = "the text names other years, too" if several else ""
        if found[0].begin:
            yield Value("valid_from", found[0].begin, span, doubt)
        yield Value("valid_to", found[0].end, span, doubt)
    else:
        yield from _begin(reading, sentences)
    for length in periods.lengths(text, language, sentences)[:1]:
        yield Value("term", length.value, text.span(length.first, length.last))


def _begin(reading: Reading, sentences: list[Sentence]) -> Iterator[Value]:
    """A date right behind a word that says from when it holds."""
    bounds = lexicon.phrases("bounds", reading.language).find(reading.text, sentences)
    starts = {one.last for one in bounds if one.code == "from"}
    for dated in reading.dates:
        if dated.first in starts:
            span = reading.text.span(dated.first, dated.last)
            yield Value("valid_from", dated.value, span)
            return


def _signatories(reading: Reading) -> Iterator[Value]:
    """Those named where it is told; else, where nobody is, those of the sentence before."""
    attending = lexicon.phrases("attending", reading.language).find(reading.text)
    told = [
        one for one in reading.telling if not any(each.first in one.sentence for each in attending)
    ]
    here = list(_persons(reading, told))
    if here:
        yield from here
    elif reading.main and (before := reading.before(reading.main)):
        for value in _persons(reading, [before]):
            yield value._replace(doubt="named in the sentence before; check who signed")


def _persons(reading: Reading, told: list[Told]) -> Iterator[Value]:
    text, language, partner = reading.text, reading.language, reading.partner.partner_id
    sentences = reading.spans(told)
    places = {token for one in reading.mentions for token in range(one.first, one.last)}
    sides: dict[str, list[Person]] = {
        "moscow_signatory": signatories.for_moscow(text, language, sentences),
        "partner_signatory": signatories.for_partner(
            text, language, sentences, partner, reading.known, places
        ),
    }
    for field, persons in sides.items():
        if len(persons) == 1 and partner:
            yield Value(field, persons[0].value, persons[0].span, persons[0].doubt)


def _areas(reading: Reading) -> Iterator[Value]:
    """Those of the sentences about the document; where it is "in the field of" one, only that."""
    text, language, known = reading.text, reading.language, reading.known
    told = reading.spans(reading.telling)
    found = areas.find(text, language, told, known, only=True)
    if not found:
        found = areas.find(text, language, _about(reading), known)
    for one in found:
        doubt = "" if one.likeness >= areas.SURE else "only like the wording"
        yield Value("areas", one.area_id, one.span, doubt, one.wording)


def _about(reading: Reading) -> list[Sentence]:
    """The sentences that speak of a document or of cooperation, and those right behind them."""
    pairs = zip([None, *reading.told], reading.told, strict=False)
    return [
        one.sentence
        for before, one in pairs
        if any(each and (each.instruments or each.is_of_cooperation) for each in (before, one))
        and not reading.is_old(one)
    ]


# --- what happened to a tie -------------------------------------------------------------------


def _of_tie(reading: Reading, main: Told) -> Iterator[Value]:
    yield _value(reading, "kind", main.nearest[0])
    same = [
        one
        for one in reading.told
        if one.is_early or any(each.code == main.happening for each in one.happenings)
    ]
    days = (day for one in (*reading.telling, *same) if (day := reading.day_in(one)))
    if day := next(days, None):
        yield Value("date", day[0].value, reading.text.span(day[0].first, day[0].last), day[1])
