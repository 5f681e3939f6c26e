"""Status in random registers, compared with the rules of docs/status.md written anew in Python."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import duckdb
from hypothesis import event as seen
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import derive_windows

STATUSES = {
    "future",
    "announced",
    "terminated",
    "expired",
    "suspended",
    "upcoming",
    "expiring",
    "active",
    "undated",
    "no_end_stated",
}

# --- random registers -------------------------------------------------------------------------

# So few years that dates often meet.
DATES = st.dates(date(2019, 1, 1), date(2024, 12, 31))
DAYS = st.dates(date(2019, 6, 1), date(2026, 6, 1))

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True)
class Edtf:
    """A date as a source may give it, and the days that it may mean."""

    day: date
    precision: Precision = "day"
    qualifier: str = ""

    @property
    def text(self) -> str:
        length = {"day": 10, "month": 7, "year": 4}[self.precision]
        return self.day.isoformat()[:length] + self.qualifier

    @property
    def first(self) -> date:
        month = 1 if self.precision == "year" else self.day.month
        return self.day if self.precision == "day" else date(self.day.year, month, 1)

    @property
    def last(self) -> date:
        month = 12 if self.precision == "year" else self.day.month
        length = monthrange(self.day.year, month)[1]
        return self.day if self.precision == "day" else date(self.day.year, month, length)

    @property
    def names_a_day(self) -> bool:
        return self.precision == "day" and not self.qualifier


@dataclass(frozen=True)
class Term:
    """A length of validity."""

    months: int
    days: int

    @property
    def interval(self) -> str:
        return f"{self.months} months {self.days} days"

    def after(self, day: date) -> date:
        """The day so much later; the last of its month where the month is too short."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        in_month = min(day.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, in_month) + timedelta(days=self.days)


@dataclass(frozen=True)
class Agreement:
    """An agreement as far as its status goes."""

    partner: str = "a"
    signed_on: Edtf | None = None
    reported_on: Edtf | None = None
    valid_from: Edtf | None = None
    valid_to: Edtf | None = None
    term: Term | None = None


@dataclass(frozen=True)
class Event:
    """An event of an agreement, given by its number, or of a whole partnership."""

    kind: str
    date: Edtf
    partner: str = "a"
    agreement: int | None = None


@dataclass(frozen=True)
class Case:
    """A register: agreements and what happened to them."""

    agreements: list[Agreement]
    events: list[Event]

    @property
    def is_decided(self) -> bool:
        """Whether no suspension falls on the day of a resumption, where the rules are silent."""
        days = {
            kind: {event.date.last for event in self.events if event.kind == kind}
            for kind in ("suspended", "resumed")
        }
        return not days["suspended"] & days["resumed"]


EDTF = st.builds(
    Edtf,
    DATES,
    st.sampled_from(["day", "day", "month", "year"]),
    st.sampled_from(["", "", "", "?", "~"]),
)
MAYBE_EDTF = st.one_of(EDTF, EDTF, st.none())
PARTNERS = st.sampled_from(["a", "b"])
TERMS = st.builds(Term, st.integers(0, 40), st.integers(1, 60))
KINDS = [
    "announced",
    "terminated",
    "replaced",
    "suspended",
    "resumed",
    "extended",
    "renewed",
]


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """An agreement that the ETL would take: no end before its begin, no term beside an end."""
    valid_to = draw(MAYBE_EDTF)

    def is_late(early: Edtf | None, late: Edtf | None) -> bool:
        return early is not None and late is not None and late.last < early.first

    signed_on, reported_on, valid_from = draw(MAYBE_EDTF), draw(MAYBE_EDTF), draw(MAYBE_EDTF)
    return Agreement(
        partner=draw(PARTNERS),
        signed_on=None if is_late(signed_on, valid_to) else signed_on,
        reported_on=None if is_late(signed_on, reported_on) else reported_on,
        valid_from=None if is_late(valid_from, valid_to) else valid_from,
        valid_to=valid_to,
        term=None if valid_to else draw(st.one_of(st.none(), TERMS)),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    drawn = draw(st.lists(agreements(), min_size=1, max_size=4))
    events = []
    for _ in range(draw(st.integers(0, 5))):
        number = draw(st.one_of(st.none(), st.integers(0, len(drawn) - 1)))
        partner = draw(PARTNERS) if number is None else drawn[number].partner
        events.append(Event(draw(st.sampled_from(KINDS)), draw(EDTF), partner, number))
    return Case(drawn, events)


CASES = cases().filter(lambda case: case.is_decided)

# --- the database -----------------------------------------------------------------------------


@contextmanager
def filled(connection: duckdb.DuckDBPyConnection, case: Case) -> Iterator[None]:
    """The case's rows in the database, until the end of the block."""

    def dated(value: Edtf | None) -> list[object]:
        return [value.text, value.first, value.last] if value else [None, None, None]

    dates = ("signed_on", "reported_on", "valid_from", "valid_to")
    columns = [f"{name}{bound}" for name in dates for bound in ("", "_first", "_last")]
    connection.begin()
    try:
        for number, agreement in enumerate(case.agreements):
            cells = [cell for name in dates for cell in dated(getattr(agreement, name))]
            length = agreement.term.interval if agreement.term else None
            connection.execute(
                "INSERT INTO agreements (agreement_id, partner_id, title, instrument, "
                f"moscow_party, term, term_length, {', '.join(columns)}) VALUES "
                f"(?, ?, '-', 'other', 'other', ?, ?, {', '.join('?' * len(columns))})",
                [str(number), agreement.partner, length, length, *cells],
            )
        for number, event in enumerate(case.events):
            target = None if event.agreement is None else str(event.agreement)
            connection.execute(
                "INSERT INTO events (event_id, partner_id, agreement_id, event, "
                "date, date_first, date_last) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [f"event-{number}", event.partner, target, event.kind, *dated(event.date)],
            )
        derive_windows(connection)
        yield
    finally:
        connection.rollback()


@dataclass(frozen=True)
class Found:
    """What the database or the reference says of an agreement on a day."""

    status: str
    ends_on: date | None
    end_approximate: bool
    days_left: int | None


def statuses(
    connection: duckdb.DuckDBPyConnection, day: date, horizon: int = 180
) -> list[tuple[int, Found]]:
    rows = connection.execute(
        "SELECT CAST(agreement_id AS INTEGER), status, ends_on, end_approximate, days_left "
        "FROM agreement_status(?, horizon_days := ?) ORDER BY 1",
        [day, horizon],
    ).fetchall()
    return [(number, Found(*found)) for number, *found in rows]


# --- the reference ----------------------------------------------------------------------------


def reference(case: Case, number: int, day: date, horizon: int) -> Found | None:
    """The rules of status in Python, in their order; None where they do not decide.

    They do not say on which day an agreement is known that has a stated period, but neither signing
    nor report nor announcement.
    """
    agreement = case.agreements[number]
    announcements = [
        event.date.last
        for event in case.events
        if event.kind == "announced" and event.agreement == number
    ]
    is_announced = any(announced <= day for announced in announcements)
    signing = certain_signing(agreement)
    end, approximate = stated_end(agreement, signing)

    def found(status: str, *, counts: bool = False) -> Found:
        left = (end - day).days if counts and end else None
        return Found(status, end, approximate, left)

    if signing is None and announcements:
        return found("announced" if is_announced else "future")
    if signing is None and (agreement.valid_from or agreement.valid_to):
        return None
    if signing is not None and day < signing:
        return found("announced" if is_announced else "future")

    happened = [
        event
        for event in case.events
        if (event.agreement == number or (event.agreement is None and is_of(event, agreement)))
        and event.date.last <= day
        and (signing is None or signing <= event.date.last)
    ]
    endings = [
        event.date
        for event in happened
        if event.kind in {"terminated", "replaced"} and (end is None or event.date.last <= end)
    ]
    if endings:
        first = min(endings, key=lambda ending: ending.last)
        same_day = {bool(ending.qualifier) for ending in endings if ending.last == first.last}
        if len(same_day) > 1:
            return None
        return Found("terminated", first.last, bool(first.qualifier), None)
    if end is not None and end < day:
        return found("expired")
    pauses = [event for event in happened if event.kind in {"suspended", "resumed"}]
    if pauses and max(pauses, key=lambda pause: pause.date.last).kind == "suspended":
        return found("suspended", counts=True)
    if signing is None:
        return found("undated")
    begin = max(signing, agreement.valid_from.first) if agreement.valid_from else signing
    if day < begin:
        return found("upcoming", counts=True)
    if end is None:
        return found("no_end_stated")
    return found("expiring" if (end - day).days <= horizon else "active", counts=True)


def is_of(event: Event, agreement: Agreement) -> bool:
    return event.partner == agreement.partner


def certain_signing(agreement: Agreement) -> date | None:
    """The first day on which the signing is certain."""
    signed, reported = agreement.signed_on, agreement.reported_on
    if signed is None:
        return reported.last if reported else None
    if signed.precision == "day" or reported is None:
        return signed.last
    return min(signed.last, reported.last)


def stated_end(agreement: Agreement, signing: date | None) -> tuple[date | None, bool]:
    """The last day as stated or from a length, and whether it is approximate."""
    if agreement.valid_to:
        return agreement.valid_to.last, bool(agreement.valid_to.qualifier)
    if agreement.term and agreement.valid_from:
        # Its first day is the first of the length.
        end = agreement.term.after(agreement.valid_from.first) - timedelta(days=1)
        return end, not agreement.valid_from.names_a_day
    if agreement.term and signing:
        signed = agreement.signed_on
        return agreement.term.after(signing), not (signed and signed.names_a_day)
    return None, False


# --- the properties ---------------------------------------------------------------------------


@settings(max_examples=300)
@given(case=CASES, day=DAYS, horizon=st.sampled_from([0, 1, 30, 180, 365]))
@example(
    case=Case(
        [Agreement(signed_on=Edtf(date(2019, 9, 10)), valid_to=Edtf(date(2021, 12, 31)))], []
    ),
    day=date(2021, 7, 4),
    horizon=180,
)
def test_the_database_follows_the_rules(
    empty_database: duckdb.DuckDBPyConnection, case: Case, day: date, horizon: int
) -> None:
    with filled(empty_database, case):
        for number, found in statuses(empty_database, day, horizon):
            expected = reference(case, number, day, horizon)
            seen(expected.status if expected else "not decided")
            assert expected is None or found == expected


@given(case=CASES, day=st.one_of(DAYS, st.sampled_from([date.min, date.max])))
def test_every_agreement_has_one_status_on_any_day(
    empty_database: duckdb.DuckDBPyConnection, case: Case, day: date
) -> None:
    with filled(empty_database, case):
        found = statuses(empty_database, day)
    assert [number for number, _ in found] == list(range(len(case.agreements)))
    assert {of_one.status for _, of_one in found} <= STATUSES


@given(case=CASES, days=st.lists(DAYS, min_size=2, max_size=6, unique=True).map(sorted))
def test_what_has_ended_stays_ended_and_what_is_signed_stays_signed(
    empty_database: duckdb.DuckDBPyConnection, case: Case, days: list[date]
) -> None:
    with filled(empty_database, case):
        by_day = [statuses(empty_database, day) for day in days]
    for before, after in pairwise(by_day):
        for (_, old), (_, new) in zip(before, after, strict=True):
            if old.status in {"expired", "terminated"}:
                assert (new.status, new.ends_on) == (old.status, old.ends_on)
            if old.status not in {"future", "announced"}:
                assert new.status not in {"future", "announced"}
            if old.status != "future":
                assert new.status != "future"


@given(case=CASES, day=DAYS)
def test_days_left_are_never_negative_and_lead_to_the_end(
    empty_database: duckdb.DuckDBPyConnection, case: Case, day: date
) -> None:
    with filled(empty_database, case):
        found = [of_one for _, of_one in statuses(empty_database, day)]
    for of_one in found:
        if of_one.status in {"active", "expiring"}:
            assert of_one.days_left is not None
        if of_one.days_left is not None:
            assert of_one.days_left >= 0
            assert of_one.ends_on == day + timedelta(days=of_one.days_left)


@given(case=CASES, day=DAYS, horizon=st.integers(0, 2000))
def test_the_horizon_only_parts_active_from_expiring(
    empty_database: duckdb.DuckDBPyConnection, case: Case, day: date, horizon: int
) -> None:
    with filled(empty_database, case):
        near = statuses(empty_database, day, horizon)
        far = statuses(empty_database, day, horizon + 1)
    for (_, one), (_, other) in zip(near, far, strict=True):
        if one != other:
            assert (one.status, other.status) == ("active", "expiring")
            assert other.days_left == horizon + 1


@given(case=CASES, day=DAYS)
def test_a_partner_has_one_status_which_one_of_its_agreements_has(
    empty_database: duckdb.DuckDBPyConnection, case: Case, day: date
) -> None:
    with filled(empty_database, case):
        found = statuses(empty_database, day)
        partners = empty_database.execute(
            "SELECT partner_id, status, agreements, lapsed, lapsed_on FROM partner_status(?)", [day]
        ).fetchall()
    of_partner: dict[str, list[Found]] = {}
    for number, of_one in found:
        if of_one.status != "future":
            of_partner.setdefault(case.agreements[number].partner, []).append(of_one)
    assert sorted(partner for partner, *_ in partners) == sorted(of_partner)
    for partner, status, count, lapsed, lapsed_on in partners:
        known = of_partner[partner]
        assert count == len(known)
        assert status in {of_one.status for of_one in known}
        if lapsed:
            ends = [
                of_one.ends_on for of_one in known if of_one.status in {"expired", "terminated"}
            ]
            assert lapsed_on == max(end for end in ends if end is not None)
            assert not {of_one.status for of_one in known} & {"active", "expiring", "upcoming"}
