"""The agreements and events of one partner, with what sources say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from benchmarks.generator import days, words
from benchmarks.generator.places import Partner
from benchmarks.generator.proportions import Proportions
from benchmarks.generator.sources import Desk, Source

INSTRUMENTS = (
    ("programme", 24), ("agreement", 22), ("twinning", 14), ("memorandum", 13), ("protocol", 12),
    ("joint_statement", 8), ("letter_of_intent", 2), ("declaration", 2), ("roadmap", 1),
    ("contract", 1), ("other", 1),
)  # fmt: skip
PARTIES = (
    ("moscow_government", 80), ("administrative_okrug", 9), ("city_duma", 7), ("department", 3),
    ("other", 1),
)  # fmt: skip
AGREEMENT = (
    "agreement_id", "partner_id", "title", "instrument", "moscow_party", "multilateral_id",
    "signed_on", "signed_in", "reported_on", "valid_from", "valid_to", "term", "implements",
    "follows", "moscow_signatory", "partner_signatory", "note",
)  # fmt: skip
STATED = (
    "partner_id", "instrument", "signed_on", "signed_in", "reported_on", "valid_from", "valid_to",
    "term", "moscow_signatory", "partner_signatory",
)  # fmt: skip


def _wheel(shares: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(code for code, share in shares for _ in range(share))


ALL_INSTRUMENTS, ALL_PARTIES = _wheel(INSTRUMENTS), _wheel(PARTIES)


@dataclass
class Records:
    """The rows of one partner, each table's in the order of its key once ``sorted`` is called."""

    agreements: list[list[str]] = field(default_factory=list)
    areas: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    events: list[list[str]] = field(default_factory=list)
    statements: list[tuple[str, str, str, str]] = field(default_factory=list)
    sources: list[list[str]] = field(default_factory=list)
    references: set[str] = field(default_factory=set)

    def sorted(self) -> "Records":
        for rows in (self.agreements, self.areas, self.events, self.statements, self.sources):
            rows.sort()
        self.areas.sort(key=lambda row: (row[0], row[1], row[2], row[4]))
        return self


class Maker:
    """Makes one partner's records, the oldest first."""

    def __init__(
        self, partner: Partner, proportions: Proportions, labels: words.Labels, chance: Random
    ) -> None:
        self.partner, self.proportions, self.labels, self.chance = (
            partner,
            proportions,
            labels,
            chance,
        )
        self.desk = Desk(partner, proportions, chance)
        self.records = Records()
        self.ids: dict[str, int] = {}
        self.documents: set[tuple[str, str]] = set()
        self.areas = list(labels)

    def make(self, texts: list[tuple[str, date]]) -> Records:
        """All of it; ``texts`` are the multilateral ones that the partner has a part in."""
        signings = [(day, text) for text, day in texts[: self.partner.agreements]]
        for _ in range(self.partner.agreements - len(signings)):
            signings.append((days.some_day(self.chance, self.proportions.year), ""))
        for day, text in sorted(signings):
            self._agreement(day, text)
        if self.chance.random() < self.proportions.broken_partnerships:
            first = min(day for day, _ in signings)
            event = self.chance.choice(("suspended", "terminated"))
            self._event("", event, days.between(first, days.NEWEST, self.chance))
        self.records.sources = self.desk.rows
        self.records.references = self.desk.references
        self.records.statements = self.desk.statements
        return self.records.sorted()

    # --- an agreement -------------------------------------------------------------------------

    def _agreement(self, day: date, text: str) -> None:
        chance, proportions = self.chance, self.proportions
        instrument = "joint_statement" if text else self._of(ALL_INSTRUMENTS)
        cells = dict.fromkeys(AGREEMENT, "")
        cells |= {"partner_id": self.partner.latin, "instrument": instrument}
        cells["moscow_party"] = self._of(ALL_PARTIES)
        cells["multilateral_id"] = text
        announced = self._sign(cells, day, bool(text))
        if not announced:
            self._period(cells, day)
            self._hands(cells)
        if self.records.agreements:
            self._chain(cells)
        self._name(cells, day)
        if chance.random() < proportions.noted:
            cells["note"] = self._note()
        self.records.agreements.append(list(cells.values()))
        told = {name: cells[name] for name in STATED if cells[name]}
        sources = self.desk.tell(cells["agreement_id"], day, told)
        if chance.random() < proportions.areas:
            self._areas(cells["agreement_id"], sources)
        self._events(cells, day, announced)

    def _sign(self, cells: dict[str, str], day: date, signed: bool) -> bool:
        """Whether it is only announced; else the day of signing or of the first report is given."""
        proportions, drawn = self.proportions, self.chance.random()
        if signed or drawn >= proportions.unsigned:
            cells["signed_on"] = days.known(day, proportions, self.chance)
        elif drawn < proportions.announced:
            return True
        elif drawn >= proportions.announced + proportions.undated:
            cells["reported_on"] = day.isoformat()
        return False

    def _period(self, cells: dict[str, str], day: date) -> None:
        chance, proportions, drawn = self.chance, self.proportions, self.chance.random()
        length = 1 + int(chance.random() * 4)
        if drawn < proportions.periods:
            begin = day.year + (chance.random() < 0.4)
            exactly = chance.random() < proportions.exact_periods
            cells["valid_from"] = f"{begin}-03-01" if exactly and begin > day.year else str(begin)
            cells["valid_to"] = f"{begin + length}-02-28" if exactly else str(begin + length - 1)
            if chance.random() < proportions.open_begins:
                cells["valid_from"] = ""
        elif drawn < proportions.periods + proportions.terms:
            cells["term"] = "P18M" if length == 1 else f"P{length}Y"

    def _hands(self, cells: dict[str, str]) -> None:
        chance, proportions = self.chance, self.proportions
        if chance.random() < proportions.signatories:
            cells["moscow_signatory"] = self._of(words.MOSCOW_SIGNATORIES)
            person, family = self._of(words.PEOPLE), self._of(words.FAMILIES)
            cells["partner_signatory"] = f"{person} {family} ({self._of(words.OFFICES)})"
        if chance.random() < proportions.places:
            cells["signed_in"] = "Moscow" if chance.random() < 0.6 else self.partner.name

    def _chain(self, cells: dict[str, str]) -> None:
        earlier = self.records.agreements
        if self.chance.random() < self.proportions.follows:
            cells["follows"] = earlier[-1 - int(self.chance.random() * min(3, len(earlier)))][0]
        if self.chance.random() < self.proportions.implements:
            cells["implements"] = earlier[int(self.chance.random() * len(earlier))][0]

    def _name(self, cells: dict[str, str], day: date) -> None:
        """Title and id: no two documents of one date have one title."""
        title = words.TITLES[cells["instrument"]].format(
            field=f"{self._of(words.FIELDS)} and {self._of(words.FIELDS)}"
        )
        if cells["instrument"] == "programme":
            title += f" {cells['valid_from'][:4] or day.year}-{cells['valid_to'][:4] or 'later'}"
        if self.proportions.title_letters or self.proportions.right_to_left:
            turned = self.chance.random() < self.proportions.right_to_left
            title = words.long_title(title, self.proportions.title_letters, turned, self.chance)
        dated = cells["signed_on"] or cells["reported_on"] or cells["valid_from"]
        plain, number = title, 2
        while (dated, title) in self.documents:
            title, number = f"{plain} (No. {number})", number + 1
        self.documents.add((dated, title))
        cells["title"] = title
        year = dated[:4] or "undated"
        kind = cells["instrument"].replace("_", "-")
        cells["agreement_id"] = self._id(f"{self.partner.latin}-{year}-{kind}")

    def _note(self) -> str:
        count = 1 + int(self.chance.random() * 3)
        return " ".join(dict.fromkeys(self._of(words.NOTES) for _ in range(count)))

    def _areas(self, agreement: str, sources: list[Source]) -> None:
        rows: dict[tuple[str, str, str], tuple[str, str, str, str, str]] = {}
        for source_id, _, language in sources:
            if rows and self.chance.random() < 0.4:
                continue
            while True:
                # The first areas of the list are named more often than the last.
                area = self.areas[int(self.chance.random() ** 1.6 * len(self.areas))]
                wordings = self.labels[area]
                spoken = language if language in wordings else next(iter(wordings))
                label = self._of(wordings[spoken])
                rows[area, label, source_id] = (agreement, area, label, spoken, source_id)
                if self.chance.random() < 1 / self.proportions.labels:
                    break
        self.records.areas += rows.values()

    # --- events -------------------------------------------------------------------------------

    def _events(self, cells: Mapping[str, str], day: date, announced: bool) -> None:
        chance, proportions, agreement = self.chance, self.proportions, cells["agreement_id"]
        if announced:
            self._event(agreement, "announced", day)
            return
        if chance.random() < proportions.announced_before:
            self._event(agreement, "announced", day - timedelta(int(chance.random() * 200)))
        # Of a partial date of signing the last day may lie at the end of the year.
        after = date(day.year + 1, 1, 1)
        if after > days.NEWEST:
            return
        factor = proportions.events
        if chance.random() < proportions.suspended * factor:
            began = days.between(after, days.NEWEST, chance)
            self._event(agreement, "suspended", began)
            if chance.random() < proportions.resumed:
                self._event(agreement, "resumed", days.later(began, 400, chance))
        if chance.random() < proportions.terminated * factor:
            self._event(agreement, "terminated", days.between(after, days.NEWEST, chance))
        if chance.random() < proportions.replaced * factor:
            self._event(agreement, "replaced", days.between(after, days.NEWEST, chance))
        end = int(cells["valid_to"][:4] or 0)
        if after.year <= end <= 2025 and chance.random() < proportions.prolonged * factor:
            event = "extended" if chance.random() < 0.6 else "renewed"
            self._event(agreement, event, date(end, 2, 1 + int(chance.random() * 20)), end)

    def _event(self, agreement: str, event: str, day: date, end: int = 0) -> None:
        chance, proportions = self.chance, self.proportions
        happened = days.known(day, proportions, chance)
        new_end = str(end + 1 + int(chance.random() * 4)) if end and chance.random() < 0.8 else ""
        actor = self._of(("moscow", "partner", "both", "partner"))
        note = words.END_UNKNOWN if end and not new_end else ""
        if not note and chance.random() < proportions.noted:
            note = self._note()
        event_id = self._id(f"{self.partner.latin}-{day.year}-{event}")
        self.records.events.append(
            [event_id, self.partner.latin, agreement, event, happened, new_end, actor, note]
        )
        told = {"partner_id": self.partner.latin, "event": event, "date": happened, "actor": actor}
        self.desk.tell(event_id, day, told | ({"valid_to": new_end} if new_end else {}))

    def _id(self, wanted: str) -> str:
        count = self.ids[wanted] = self.ids.get(wanted, 0) + 1
        return wanted if count == 1 else f"{wanted}-{count}"

    def _of(self, choices: Sequence[str]) -> str:
        return choices[int(self.chance.random() * len(choices))]
