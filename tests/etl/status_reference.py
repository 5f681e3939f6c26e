"""The rules of design and docs/status.md once more, in Python and in another form than the SQL.

An agreement is told as a story: its events in their order, each leaving an end, an ending or a hold
behind; the status is read off where the story stands on a day.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

DAY = timedelta(days=1)

STATUSES = (
    "active",
    "expiring",
    "upcoming",
    "no_end_stated",
    "suspended",
    "announced",
    "undated",
    "terminated",
    "expired",
    "future",
)
"""In the order in which a partner takes the status of one of its agreements."""


@dataclass(frozen=True)
class Edtf:
    """A date as a source may give it: ``2019-09-10``, ``2019-09``, ``2019?``."""

    text: str

    @property
    def _numbers(self) -> list[int]:
        return [int(number) for number in self.text.rstrip("?~").split("-")]

    @cached_property
    def first(self) -> date:
        year, month, day = [*self._numbers, 1, 1][:3]
        return date(year, month, day)

    @cached_property
    def last(self) -> date:
        year, month = [*self._numbers, 12][:2]
        return date(year, month, [*self._numbers, 0, 0][2] or monthrange(year, month)[1])

    @property
    def is_doubtful(self) -> bool:
        return not self.text[-1].isdigit()

    @property
    def names_a_day(self) -> bool:
        return self.first == self.last

    @property
    def is_exact(self) -> bool:
        return self.names_a_day and not self.is_doubtful


@dataclass(frozen=True)
class Term:
    """A length of validity."""

    months: int = 0
    days: int = 0

    @property
    def text(self) -> str:
        return f"P{self.months}M{self.days}D"

    def _months_later(self, day: date) -> tuple[int, int, int]:
        """Year, month, and how many days that month has."""
        years, month = divmod(day.month - 1 + self.months, 12)
        year, month = day.year + years, month + 1
        return year, month, monthrange(year, month)[1]

    def after(self, day: date) -> date:
        """The day so much later, at the latest the last of its month."""
        year, month, length = self._months_later(day)
        return date(year, month, min(day.day, length)) + self.days * DAY

    def last_day_from(self, begin: date) -> date:
        """The last day of a time that has ``begin`` as its first."""
        year, month, length = self._months_later(begin)
        if begin.day > length:
            return date(year, month, length) + self.days * DAY
        return date(year, month, begin.day) + (self.days - 1) * DAY


@dataclass(frozen=True)
class Event:
    """What happened to an agreement, or without one to the whole partnership."""

    kind: str
    date: Edtf | None
    agreement: str | None = None
    partner: str = "a"
    valid_to: Edtf | None = None
    identity: str = ""


@dataclass(frozen=True)
class Agreement:
    """An agreement as far as its status goes."""

    identity: str = "0"
    partner: str = "a"
    signed_on: Edtf | None = None
    reported_on: Edtf | None = None
    valid_from: Edtf | None = None
    valid_to: Edtf | None = None
    term: Term | None = None


class Found(NamedTuple):
    """What the database or these rules say of an agreement on a day."""

    status: str
    begins_on: date | None
    begin_approximate: bool
    ends_on: date | None
    end_basis: str
    end_approximate: bool
    window_end: str | None
    days_left: int | None
    deciding_event: str | None
    prolonging_event: str | None


class Standing(NamedTuple):
    """What the database or these rules say of a partner on a day."""

    status: str
    agreements: int
    in_force: int
    next_end: date | None
    lapsed: bool
    lapsed_on: date | None


class End(NamedTuple):
    """An end of a window: its last day, how it is known, and how it is said."""

    day: date
    basis: str
    approximate: bool
    text: str


def stated(end: Edtf, basis: str = "stated") -> End:
    return End(end.last, basis, end.is_doubtful, end.text)


@dataclass(frozen=True)
class Window:
    """From when an agreement counts as signed, and its window as signed."""

    signed: date | None
    begin: date | None
    begin_approximate: bool
    end: End | None


def window(agreement: Agreement, own: list[Event]) -> Window:
    """The window as no day changes it; ``own`` is what happened to the agreement itself."""
    certain = certain_signing(agreement, own)
    end = end_as_signed(agreement, certain)
    signed, begin = agreement.signed_on, agreement.valid_from
    if certain and end and end.day < certain:
        allowed = [known.first for known in (begin, signed) if known]
        allowed = allowed or [agreement.valid_to.first] if agreement.valid_to else allowed
        return Window(max(allowed), max(allowed), True, end)
    if begin and (certain is None or certain <= begin.first):
        return Window(certain, begin.first, begin.is_doubtful, end)
    doubtful = certain is not None and not (signed and signed.is_exact)
    return Window(certain, certain, doubtful or bool(begin and begin.is_doubtful), end)


def certain_signing(agreement: Agreement, own: list[Event]) -> date | None:
    """The first day on which it is certain that it is signed."""
    signed, reported = agreement.signed_on, agreement.reported_on
    if signed and signed.names_a_day:
        return signed.first
    told = [known.last for known in (signed, reported) if known]
    shown = [event.date.last for event in own if event.kind != "announced" and event.date]
    return min(told + shown) if told else None


def end_as_signed(agreement: Agreement, certain: date | None) -> End | None:
    """The end that is stated, or follows from a length."""
    begin, signed, term = agreement.valid_from, agreement.signed_on, agreement.term
    if agreement.valid_to:
        return stated(agreement.valid_to)
    if term is None or (begin is None and certain is None):
        return None
    counted = begin or signed
    if begin:
        day = term.last_day_from(begin.first)
        day = max(day, signed.first) if signed else day
    else:
        assert certain is not None
        day = term.after(certain)
    if counted and counted.is_exact:
        return End(day, "term", False, day.isoformat())
    of_a_year = counted is not None and len(counted.text.rstrip("?~")) == 4
    return End(day, "term", True, day.isoformat()[: 4 if of_a_year else 7] + "~")


@dataclass
class Story:
    """Where an agreement stands after what has happened so far."""

    end: End | None
    ended_by: Event | None = None
    on_hold_by: Event | None = None
    prolonged_by: Event | None = None

    def go_on(self, event: Event, day: date) -> None:
        """What the event changes."""
        if event.kind in {"extended", "renewed"} and event.agreement:
            self.prolonged_by = event
            if event.valid_to:
                self.end, self.ended_by = stated(event.valid_to), None
        elif event.kind in {"terminated", "replaced"}:
            if self.ended_by is None and (self.end is None or day <= self.end.day):
                self.ended_by = event
        elif event.kind in {"suspended", "resumed"}:
            self.on_hold_by = event if event.kind == "suspended" else None


@dataclass(frozen=True)
class Register:
    """Agreements and what happened to them and to their partnerships."""

    agreements: list[Agreement]
    events: list[Event] = field(default_factory=list)

    def agreement_on(self, agreement: Agreement, day: date, horizon: int = 180) -> Found:
        """What is to be found of an agreement on a day."""
        own = [event for event in self.events if event.agreement == agreement.identity]
        as_signed = window(agreement, own)
        story = self._story(agreement, own, as_signed, day)
        begin, end = as_signed.begin, story.end
        status = self._status(agreement, own, as_signed, story, day, horizon)
        decided_by = {"terminated": story.ended_by, "suspended": story.on_hold_by}.get(status)
        prolonged_by = story.prolonged_by
        if status == "terminated":
            assert decided_by is not None
            assert decided_by.date is not None
            end, prolonged_by = stated(decided_by.date, "event"), None
        never_began = begin is not None and end is not None and end.day < begin
        counts_down = status in {"active", "expiring", "upcoming", "suspended"}
        return Found(
            status=status,
            begins_on=end.day if end and never_began else begin,
            begin_approximate=as_signed.begin_approximate or never_began,
            ends_on=end.day if end else None,
            end_basis=end.basis if end else "none",
            end_approximate=end.approximate if end else False,
            window_end=end.text if end else None,
            days_left=(end.day - day).days if end and counts_down else None,
            deciding_event=decided_by.identity if decided_by else None,
            prolonging_event=prolonged_by.identity if prolonged_by else None,
        )

    def _story(self, agreement: Agreement, own: list[Event], as_signed: Window, day: date) -> Story:
        """What happened by the day, from the signing on."""
        of_partner = [
            event
            for event in self.events
            if event.agreement is None and event.partner == agreement.partner
        ]
        since = as_signed.signed or date.min
        happened = [
            (event.date.last, event.kind in {"terminated", "replaced"}, event.identity, event)
            for event in own + of_partner
            if event.date and since <= event.date.last <= day
        ]
        story = Story(as_signed.end)
        for happened_on, _, _, event in sorted(happened, key=lambda one: one[:3]):
            story.go_on(event, happened_on)
        return story

    @staticmethod
    def _status(
        agreement: Agreement,
        own: list[Event],
        as_signed: Window,
        story: Story,
        day: date,
        horizon: int,
    ) -> str:
        """The first rule that fits."""
        plans = [event.date for event in own if event.kind == "announced"]
        dated_plans = [plan.last for plan in plans if plan]
        is_planned = any(plan <= day for plan in dated_plans)
        begin, end = as_signed.begin, story.end
        if plans and agreement.signed_on is None and agreement.reported_on is None:
            return "announced" if is_planned or not dated_plans else "future"
        known = as_signed.signed or begin
        if known and day < known:
            return "announced" if is_planned else "future"
        if story.ended_by:
            return "terminated"
        if end and end.day < day:
            return "expired"
        if story.on_hold_by:
            return "suspended"
        if begin is None:
            return "undated"
        if day < begin:
            return "upcoming"
        if end is None:
            return "no_end_stated"
        return "expiring" if (end.day - day).days <= horizon else "active"

    def partner_on(self, partner: str, day: date, horizon: int = 180) -> Standing | None:
        """What is to be found of a partner on a day, None where nothing is known by then."""
        known = [
            (agreement, found)
            for agreement in self.agreements
            if agreement.partner == partner
            for found in [self.agreement_on(agreement, day, horizon)]
            if found.status != "future"
        ]
        if not known:
            return None
        statuses = [found.status for _, found in known]
        alive = [
            found.status
            for agreement, found in known
            if found.status != "announced" or not self._is_dropped(agreement, day)
        ]
        over = [
            found.ends_on
            for _, found in known
            if found.status in {"expired", "terminated"} and found.ends_on
        ]
        in_force = [found.ends_on for _, found in known if found.status in {"active", "expiring"}]
        goes_on = any(
            found.status in {"active", "expiring", "upcoming"}
            or (found.status == "suspended" and found.ends_on)
            or (
                found.status in {"no_end_stated", "undated", "suspended"}
                and found.begins_on
                and found.begins_on > max(over)
            )
            for _, found in known
            if over
        )
        lapsed = bool(over) and not goes_on
        return Standing(
            status=min(alive or statuses, key=STATUSES.index),
            agreements=len(known),
            in_force=len(in_force),
            next_end=min((end for end in in_force if end), default=None),
            lapsed=lapsed,
            lapsed_on=max(over) if lapsed else None,
        )

    def _is_dropped(self, plan: Agreement, day: date) -> bool:
        """Whether something of the partner's was ended by the day, and no plan came after it."""
        endings = [
            event.date.last
            for event in self.events
            if event.kind in {"terminated", "replaced"}
            and event.partner == plan.partner
            and event.date
            and event.date.last <= day
        ]
        announced = [
            event.date.last
            for event in self.events
            if event.agreement == plan.identity and event.kind == "announced" and event.date
        ]
        return bool(endings) and (not announced or min(announced) <= max(endings))

    def boundary_days(self) -> list[date]:
        """The day before, of and after each day on which something may begin or end."""
        dates = [
            known
            for one in self.agreements
            for known in (one.signed_on, one.reported_on, one.valid_from, one.valid_to)
            if known
        ]
        dates += [known for event in self.events for known in (event.date, event.valid_to) if known]
        days = {day for known in dates for day in (known.first, known.last)}
        for agreement in self.agreements:
            own = [event for event in self.events if event.agreement == agreement.identity]
            as_signed = window(agreement, own)
            days |= {as_signed.end.day} if as_signed.end else set()
        return sorted({day + step * DAY for day in days for step in (-1, 0, 1)})
