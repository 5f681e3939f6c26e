"""The database's statuses are those of the rules, written anew in Python (``status_reference``)."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import event as seen
from hypothesis import given, settings
from hypothesis import strategies as st

from register import duration
from register.codes import STATUSES_IN_FORCE
from register.tables import SQL, derive_states
from tests.conftest import REAL_REGISTER
from tests.etl.status_asked import as_told, found_on, standings_on
from tests.etl.status_reference import (
    STATUSES,
    Agreement,
    Edtf,
    Event,
    Found,
    Register,
    Standing,
    Term,
)

# --- the database -----------------------------------------------------------------------------


@contextmanager
def filled(connection: duckdb.DuckDBPyConnection, register: Register) -> Iterator[None]:
    """The register's rows in the database, until the end of the block."""
    connection.begin()
    try:
        for agreement in register.agreements:
            length = agreement.term.text if agreement.term else None
            cells: dict[str, object] = {
                "agreement_id": agreement.identity,
                "partner_id": agreement.partner,
                **dict.fromkeys(("title", "instrument", "moscow_party"), "other"),
                "term": length,
                "term_length": duration.in_words(length) if length else None,
            }
            for name in ("signed_on", "reported_on", "valid_from", "valid_to"):
                cells |= dated(name, getattr(agreement, name))
            insert(connection, "agreements", cells)
        for event in register.events:
            cells = {
                "event_id": event.identity,
                "partner_id": event.partner,
                "agreement_id": event.agreement,
                "event": event.kind,
            }
            cells |= dated("date", event.date) | dated("valid_to", event.valid_to)
            insert(connection, "events", cells)
        derive_states(connection)
        yield
    finally:
        connection.rollback()


def dated(name: str, value: Edtf | None) -> dict[str, object]:
    if value is None:
        return {}
    return {name: value.text, f"{name}_first": value.first, f"{name}_last": value.last}


def insert(connection: duckdb.DuckDBPyConnection, table: str, cells: dict[str, object]) -> None:
    connection.execute(
        f"INSERT INTO {table} ({', '.join(cells)}) VALUES ({', '.join('?' * len(cells))})",
        list(cells.values()),
    )


def expected_on(
    register: Register, days: list[date], horizon: int = 180
) -> dict[tuple[date, str], Found]:
    return {
        (day, agreement.identity): register.agreement_on(agreement, day, horizon)
        for day in days
        for agreement in register.agreements
    }


def expected_standings(register: Register, day: date, horizon: int = 180) -> dict[str, Standing]:
    partners = {agreement.partner for agreement in register.agreements}
    standings = {partner: register.partner_on(partner, day, horizon) for partner in partners}
    return {partner: standing for partner, standing in standings.items() if standing}


# --- random registers -------------------------------------------------------------------------

# So few years that dates often meet, and the days at which months differ.
MONTH_ENDS = [date(2020, 2, 29), date(2021, 8, 31), date(2021, 8, 30), date(2022, 1, 31)]
DATES = st.one_of(st.dates(date(2019, 1, 1), date(2023, 12, 31)), st.sampled_from(MONTH_ENDS))


@st.composite
def edtf_dates(draw: st.DrawFn) -> Edtf:
    length = draw(st.sampled_from([10, 10, 7, 4]))
    return Edtf(draw(DATES).isoformat()[:length] + draw(st.sampled_from(["", "", "", "?", "~"])))


MAYBE_DATE = st.one_of(edtf_dates(), edtf_dates(), st.none())
TERMS = st.one_of(
    st.builds(Term, st.integers(1, 40), st.just(0)),
    st.builds(Term, st.integers(0, 14), st.integers(1, 60)),
)
KINDS = ["announced", "terminated", "replaced", "suspended", "resumed", "extended", "renewed"]


def is_before(one: Edtf | None, other: Edtf | None) -> bool:
    """Whether the first certainly lies before the second."""
    return one is not None and other is not None and one.last < other.first


@st.composite
def agreements(draw: st.DrawFn, number: int) -> Agreement:
    """An agreement that the checks let in: nothing in it ends before it begins."""
    signed_on, valid_from, valid_to = draw(MAYBE_DATE), draw(MAYBE_DATE), draw(MAYBE_DATE)
    reported_on = draw(MAYBE_DATE)
    if is_before(valid_to, valid_from) or is_before(valid_to, signed_on):
        valid_to = None
    term = draw(TERMS) if valid_to is None and draw(st.booleans()) else None
    if term and valid_from and signed_on and term.last_day_from(valid_from.last) < signed_on.first:
        valid_from = None
    return Agreement(
        str(number),
        draw(st.sampled_from(["a", "a", "b"])),
        signed_on,
        None if is_before(reported_on, signed_on) else reported_on,
        valid_from,
        valid_to,
        term,
    )


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Some agreements, and events in any order that the checks let in."""
    known = [draw(agreements(number)) for number in range(draw(st.integers(1, 3)))]
    events = []
    for number in range(draw(st.integers(0, 6))):
        of = draw(st.sampled_from([*known, None]))
        kind, happened_on = draw(st.sampled_from(KINDS)), draw(MAYBE_DATE)
        if of and kind != "announced" and is_before(happened_on, of.signed_on):
            happened_on = None
        new_end = draw(MAYBE_DATE) if of and kind in {"extended", "renewed"} else None
        if is_before(new_end, happened_on) or (of and is_before(new_end, of.valid_from)):
            new_end = None
        events.append(
            Event(
                kind,
                happened_on,
                of.identity if of else None,
                of.partner if of else draw(st.sampled_from(["a", "b"])),
                new_end,
                f"event-{number}",
            )
        )
    return Register(known, events)


SIGNED = Edtf("2019-09-10")

EXAMPLES = {
    "every status of a window": Register(
        [Agreement(signed_on=SIGNED, valid_from=Edtf("2020"), valid_to=Edtf("2021"))],
        [Event("announced", Edtf("2019-05"), "0", identity="event-0")],
    ),
    "on hold and resumed": Register(
        [Agreement(signed_on=SIGNED, valid_to=Edtf("2021"))],
        [
            Event("suspended", Edtf("2020"), identity="event-0"),
            Event("resumed", Edtf("2021-02"), "0", identity="event-1"),
        ],
    ),
    "on hold and resumed on one day": Register(
        [Agreement(signed_on=SIGNED)],
        [
            Event("suspended", Edtf("2020-03"), identity="event-1"),
            Event("resumed", Edtf("2020-03-31"), "0", identity="event-0"),
        ],
    ),
    "a signing that is certain after the end": Register(
        [
            Agreement(
                signed_on=Edtf("2024"), valid_from=Edtf("2024-01-15"), valid_to=Edtf("2024-11-30")
            ),
            Agreement("1", reported_on=Edtf("2017-08-02"), valid_to=Edtf("2011")),
        ]
    ),
    "a length at the end of a month": Register(
        [
            Agreement(signed_on=SIGNED, valid_from=Edtf("2020-02-29"), term=Term(36)),
            Agreement("1", signed_on=Edtf("2019-08-31"), term=Term(6, 10)),
        ]
    ),
    "undated, and ended all the same": Register(
        [Agreement()], [Event("terminated", Edtf("2022-03-02"), identity="event-0")]
    ),
    "ended before it began": Register(
        [Agreement(signed_on=Edtf("2020-12-07"), valid_from=Edtf("2021"), valid_to=Edtf("2023"))],
        [Event("replaced", Edtf("2020-12-20?"), "0", identity="event-0")],
    ),
    "ended, renewed, extended without an end, ended": Register(
        [Agreement(signed_on=SIGNED, valid_to=Edtf("2020"))],
        [
            Event("terminated", Edtf("2020-03-01"), "0", identity="event-0"),
            Event("renewed", Edtf("2021-05-01"), "0", valid_to=Edtf("2024?"), identity="event-1"),
            Event("extended", Edtf("2022"), "0", identity="event-2"),
            Event("terminated", Edtf("2023-03-01"), identity="event-3"),
        ],
    ),
    "renewed and ended on one day": Register(
        [Agreement(signed_on=SIGNED, valid_to=Edtf("2020"))],
        [
            Event("terminated", Edtf("2021-05-01"), "0", identity="event-0"),
            Event("renewed", Edtf("2021-05-01"), "0", valid_to=Edtf("2024"), identity="event-1"),
        ],
    ),
    "no end stated, and plans before and after the ending": Register(
        [Agreement(signed_on=Edtf("2001")), Agreement("1"), Agreement("2")],
        [
            Event("announced", Edtf("2015-05-01"), "1", identity="event-0"),
            Event("terminated", Edtf("2022-03-02"), identity="event-1"),
            Event("announced", Edtf("2023-05-01"), "2", identity="event-2"),
        ],
    ),
}


@pytest.mark.parametrize("register", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_the_database_follows_the_rules_on_every_boundary_day(
    empty_database: duckdb.DuckDBPyConnection, register: Register
) -> None:
    days = register.boundary_days()
    with filled(empty_database, register):
        assert found_on(empty_database, days) == expected_on(register, days)
        for day in days:
            assert standings_on(empty_database, day) == expected_standings(register, day)


def test_the_examples_reach_every_status() -> None:
    reached = {
        found.status
        for register in EXAMPLES.values()
        for found in expected_on(register, register.boundary_days()).values()
    }
    assert reached == {*STATUSES}


@settings(max_examples=80)
@given(register=registers(), horizon=st.sampled_from([0, 1, 30, 180, 365]), some=st.randoms())
def test_the_database_follows_the_rules_in_random_registers(
    empty_database: duckdb.DuckDBPyConnection, register: Register, horizon: int, some: Random
) -> None:
    days = register.boundary_days() or [date(2020, 1, 1)]
    with filled(empty_database, register):
        found = found_on(empty_database, days, horizon)
        one_day = some.choice(days)
        standings = standings_on(empty_database, one_day, horizon)
    for one in found.values():
        seen(one.status)
    assert found == expected_on(register, days, horizon)
    assert standings == expected_standings(register, one_day, horizon)


@settings(max_examples=40)
@given(register=registers())
def test_no_window_begins_after_it_ends(
    empty_database: duckdb.DuckDBPyConnection, register: Register
) -> None:
    with filled(empty_database, register):
        found = found_on(empty_database, [*register.boundary_days(), date(1, 1, 1), date.max])
        of_windows = empty_database.execute(
            "SELECT agreement_id FROM agreement_windows WHERE begins_on > ends_on"
        ).fetchall()
    wrong = [
        one
        for one in found.values()
        if one.begins_on and one.ends_on and one.begins_on > one.ends_on
    ]
    assert (wrong, of_windows) == ([], [])
    assert {one.status for one in found.values()} <= {*STATUSES}
    assert [one for one in found.values() if one.days_left is not None and one.days_left < 0] == []


@settings(max_examples=40)
@given(register=registers())
def test_at_the_end_of_a_year_is_in_force_what_the_rules_say(
    empty_database: duckdb.DuckDBPyConnection, register: Register
) -> None:
    with filled(empty_database, register):
        empty_database.execute("DROP TABLE year_ends")
        empty_database.execute((SQL / "70_years.sql").read_text(encoding="utf-8"))
        rows = empty_database.execute(
            "SELECT year, agreement_id FROM year_ends JOIN agreement_windows USING (number)"
        ).fetchall()
    expected = expected_on(register, [date(year, 12, 31) for year in range(2015, 2100)])
    in_force = [
        (day.year, agreement)
        for (day, agreement), found in expected.items()
        if found.status in STATUSES_IN_FORCE
    ]
    assert sorted(rows) == sorted(in_force)


# --- the real register ------------------------------------------------------------------------


def read(table: str) -> list[dict[str, str]]:
    with Path(REAL_REGISTER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def real_register() -> Register:
    return as_told(read("agreements"), read("events"))


def test_the_real_register_follows_the_rules_on_every_boundary_day(published: Path) -> None:
    register = real_register()
    days = register.boundary_days()
    with duckdb.connect(published, read_only=True) as connection:
        found = found_on(connection, days)
    assert {one.status for one in found.values()} == {*STATUSES}
    assert found == expected_on(register, days)


def test_the_partners_of_the_real_register_follow_the_rules(published: Path) -> None:
    register = real_register()
    days = [date(year, month, 1) for year in range(1990, 2028, 3) for month in (1, 7)]
    with duckdb.connect(published, read_only=True) as connection:
        for day in days:
            assert standings_on(connection, day) == expected_standings(register, day), day
