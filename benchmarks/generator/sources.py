"""The sources of synthetic records, and what each of them states."""

import math
from collections.abc import Mapping
from datetime import date
from random import Random

from benchmarks.generator import days, words
from benchmarks.generator.places import Partner
from benchmarks.generator.proportions import Proportions
from register.schema import DATED

MOST = 13
"""So many sources state something of one record at most, unless the mean is near to it."""

REFERENCES = 40
"""Lists and yearbooks that speak of records of any partner."""

KINDS = (("news", 0.72), ("official", 0.12), ("news_agency", 0.11), ("legal_text", 0.02))
LIKELY = {"instrument": 0.8}
"""How likely the second and later sources state a field beside the first; half of them any."""

Source = tuple[str, date | None, str]
"""Its id, the day of publication if it has one, and its language."""


def reference_id(number: int) -> str:
    """Sorted behind the ids of all partners' sources."""
    return f"zz-yearbook-{number:03}"


def reference(source_id: str) -> list[str]:
    """The row of one that speaks of all."""
    url = f"https://yearbooks.example/{source_id[-3:]}"
    return [source_id, url, "Yearbook of City Diplomacy", "", "", "en", "reference", ""]


class Desk:
    """Makes and remembers the sources of one partner, and writes what they state."""

    def __init__(self, partner: Partner, proportions: Proportions, chance: Random) -> None:
        self.partner, self.proportions, self.chance = partner, proportions, chance
        self.rows: list[list[str]] = []
        self.statements: list[tuple[str, str, str, str]] = []
        self.known: list[Source] = []
        self.references: set[str] = set()

    def tell(self, record: str, day: date, values: Mapping[str, str]) -> list[Source]:
        """Let some sources, none older than the day, state the record's values.

        The first states all of them; the others the partner and some, now and then otherwise.
        """
        sources = self._sources(day)
        for place, (source_id, _, _) in enumerate(sources):
            for name, value in values.items():
                if place == 0 or name == "partner_id":
                    self.statements.append((record, name, value, source_id))
                elif self.chance.random() < LIKELY.get(name, 0.5):
                    self.statements.append((record, name, self._said(name, value), source_id))
        return sources

    def _sources(self, day: date) -> list[Source]:
        mean = self.proportions.sources
        more = math.log(1 - self.chance.random()) / math.log(1 - 1 / mean) if mean > 1 else 0
        chosen: dict[str, Source] = {}
        for _ in range(min(max(MOST, round(2 * mean)), 1 + int(more))):
            source = self._shared(day) or self._new(day)
            chosen[source[0]] = source
        return list(chosen.values())

    def _shared(self, day: date) -> Source | None:
        """One that speaks of another record too, if there is one that was not written before."""
        if self.chance.random() >= self.proportions.shared:
            return None
        if self.chance.random() < 0.02 or not self.known:
            reference = reference_id(int(self.chance.random() ** 3 * REFERENCES))
            self.references.add(reference)
            return reference, None, "en"
        source = self.known[int(self.chance.random() * len(self.known))]
        return source if source[1] is None or source[1] >= day else None

    def _new(self, day: date) -> Source:
        chance, proportions = self.chance, self.proportions
        number = len(self.rows) + 1
        source_id = f"{self.partner.latin}-source-{number:05}"
        published = None
        if chance.random() >= proportions.undated_sources:
            published = days.later(day, 40, chance)
        language = self._language()
        publisher, host = self._publisher()
        url = f"https://{host}.example/{language}/{number}"
        if chance.random() < proportions.unaddressed_sources:
            url = ""
        origin = words.AGENCIES[number % 5] if chance.random() < 0.25 else ""
        written = published.isoformat() if published else ""
        read = days.NEWEST.isoformat() if chance.random() < 0.1 else ""
        self.rows.append([source_id, url, publisher, origin, written, language, self._kind(), read])
        self.known.append((source_id, published, language))
        return self.known[-1]

    def _language(self) -> str:
        drawn = self.chance.random()
        return "ru" if drawn < 0.4 else "en" if drawn < 0.6 else self.partner.language

    def _publisher(self) -> tuple[str, str]:
        number = int(self.chance.random() * 8)
        name = f"{self.partner.name} {words.PUBLISHERS[number]}"
        return name, name.lower().replace(" ", "-")

    def _kind(self) -> str:
        drawn = self.chance.random()
        for kind, share in KINDS:
            drawn -= share
            if drawn < 0:
                return kind
        return "reference"

    def _said(self, name: str, value: str) -> str:
        """What a later source says of the field."""
        differs = self.chance.random() < self.proportions.disagreement
        if name in DATED:
            if differs:
                return days.another_year(value)
            return days.vaguer(value) if self.chance.random() < self.proportions.vague else value
        if name == "instrument" and differs:
            return "agreement" if value != "agreement" else "memorandum"
        if name in ("signed_in", "moscow_signatory", "partner_signatory") and differs:
            return f"{self.partner.name} (according to the delegation)"
        return value
