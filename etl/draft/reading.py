"""A text read once: its language, the partner, and the sentence that the draft rests on."""

from dataclasses import replace
from functools import cached_property

from etl.draft import dates, partners, periods, telling
from etl.draft.dates import Dated
from etl.draft.known import Known
from etl.draft.language import language_of
from etl.draft.telling import Told
from etl.draft.text import Found, Sentence, Text
from etl.draft.values import Page
from register import edtf

TIE = "twinning"
"""What a text calls the tie of two cities, whatever they sign."""

GENERIC = "agreement"
"""What a text calls a document of any type; another word for it says more."""

OLD = 60
"""A signing so many days before the page that tells of it is that of an earlier document."""


class Reading:
    """What the parts of a draft have in common."""

    def __init__(self, text: Text, page: Page, known: Known) -> None:
        self.text, self.known = text, known
        self.language = page.language or language_of(text.words)
        self.page = replace(page, language=self.language)
        self.mentions = partners.mentions(text, self.language, known)
        everyone = self._read({one.first for one in self.mentions})
        weight = {one.sentence: one.weight for one in everyone}
        weights = [weight[text.sentence_of(one.first)] for one in self.mentions]
        self.partner = partners.choose(text, self.mentions, weights, known)
        named = {
            one.first
            for one in self.mentions
            if self.partner.partner_id in one.partner_ids or not self.partner.partner_id
        }
        self.told = self._read(named)
        self.main = telling.main(self.told)

    def _read(self, named: set[int]) -> list[Told]:
        return telling.read(self.text, self.language, named)

    @property
    def happening(self) -> str:
        """What happened, empty where no sentence says it of a document."""
        return self.main.happening if self.main else ""

    @property
    def is_of_tie(self) -> bool:
        """Whether the text tells what happened to a tie, and not of a new document."""
        return self.happening not in ("", *telling.OF_DOCUMENTS)

    @cached_property
    def telling(self) -> list[Told]:
        """The sentences that tell the same as the main one, which is the first of them."""
        same = [
            one
            for one in self.told
            if one is not self.main and one.is_telling and one.happening == self.happening
        ]
        return [*([self.main] if self.main else []), *same]

    @cached_property
    def instruments(self) -> list[Found]:
        """The documents of the telling sentences whose type is said, the nearest ones first."""
        nearest = [one.nearest[1] for one in self.telling if one.is_telling]
        inside = [found for one in self.telling for found in one.instruments]
        beside = [found for one in self.told if not self.is_old(one) for found in one.instruments]
        vague = (telling.DOCUMENT, GENERIC)
        named = [one for one in nearest if one.code not in vague] or [
            one for one in beside if one.code not in (*vague, TIE)
        ]
        found = [one for one in (*nearest, *inside) if one.code != telling.DOCUMENT]
        return [*named[:1], *found] if found else []

    @cached_property
    def dates(self) -> list[Dated]:
        """All dates of the text."""
        return dates.find(self.text, self.language, self.page.published_on)

    def before(self, told: Told) -> Told | None:
        """The sentence before another one."""
        at = self.told.index(told)
        return self.told[at - 1] if at else None

    def day_in(self, told: Told) -> tuple[Dated, str] | None:
        """The day nearest to what a sentence tells, and what is doubtful about it.

        A day long before the page, or after it, is none of what the page tells as news.
        """
        here = [one for one in self.dates if one.first in told.sentence and self._is_news(one)]
        days = [one for one in here if len(one.value) == len("2024-09-27")]
        at = told.nearest[0].first if told.is_telling else told.sentence.last
        best = min(days or here, key=lambda one: abs(one.first - at), default=None)
        if best is None:
            return None
        others = {one.value for one in here} - {best.value}
        return best, "another date stands beside it" if others else ""

    def _is_news(self, dated: Dated) -> bool:
        value, page = edtf.read(dated.value), edtf.read(self.page.published_on)
        if value is None or page is None or not page.exact:
            return value is not None
        return value.first <= page.last and (page.first - value.last).days <= OLD

    def is_old(self, told: Told) -> bool:
        """Whether a sentence names earlier years only, or says that it is of what was before."""
        if told.is_of_earlier:
            return True
        years = [
            int(token.folded)
            for token in self.text.tokens[told.sentence.first : told.sentence.last]
            if token.folded.isdecimal() and int(token.folded) in periods.YEARS
        ]
        return bool(years) and max(years) < self._year - 1

    @cached_property
    def _year(self) -> int:
        """The year of the page; where it is not known, the latest one that the text names."""
        page = edtf.read(self.page.published_on)
        named = [edtf.parse(one.value).last.year for one in self.dates]
        ends = periods.find(self.text, self.language, self.text.sentences)
        return (
            page.first.year if page else max([*named, *(int(one.end) for one in ends)], default=0)
        )

    def spans(self, told: list[Told]) -> list[Sentence]:
        """Their sentences."""
        return [one.sentence for one in told]
