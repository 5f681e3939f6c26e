"""The rules of status, one by one: what an agreement or partner is on a day, worked out by hand."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import duckdb
import pytest

from register import duration, edtf
from register.declaration import Kind, Table
from register.schema import AGREEMENTS, EVENTS_TABLE
from register.tables import derive_states
from tests.conftest import Register


class Status(NamedTuple):
    """What agreement_status says of one agreement."""

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
    """What partner_status says of one partner."""

    status: str
    agreements: int
    in_force: int
    next_end: date | None
    lapsed: bool
    lapsed_on: date | None
    lapsed_agreement: str | None


class Look:
    """Looks at agreements on a day."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def full(self, day: str, agreement: str = "programme", horizon: int = 180) -> Status:
        [row] = self.connection.execute(
            f"SELECT {', '.join(Status._fields)} "
            "FROM agreement_status(?, horizon_days := ?) WHERE agreement_id = ?",
            [day, horizon, agreement],
        ).fetchall()
        return Status(*row)

    def __call__(self, day: str, agreement: str = "programme", horizon: int = 180) -> str:
        return self.full(day, agreement, horizon).status

    def partner(self, day: str, partner: str = "ljubljana") -> Standing | None:
        rows = self.connection.execute(
            f"SELECT {', '.join(Standing._fields)} FROM partner_status(?) WHERE partner_id = ?",
            [day, partner],
        ).fetchall()
        return Standing(*rows[0]) if rows else None

    def standing(self, day: str) -> Standing:
        found = self.partner(day)
        assert found is not None
        return found


Open = Callable[[Register], Look]


@pytest.fixture
def look(empty_database: duckdb.DuckDBPyConnection) -> Iterator[Open]:
    """Look at a register's agreements and events, put into a database that has the rules.

    A build for each test would take long; the real register's tests build one.
    """

    def put_in(register: Register) -> Look:
        for table in (AGREEMENTS, EVENTS_TABLE):
            for row in register.rows[table.name]:
                cells = with_bounds(table, row)
                empty_database.execute(
                    f"INSERT INTO {table.name} ({', '.join(cells)}) "
                    f"VALUES ({', '.join('?' * len(cells))})",
                    list(cells.values()),
                )
        derive_states(empty_database)
        return Look(empty_database)

    empty_database.begin()
    yield put_in
    empty_database.rollback()


def with_bounds(table: Table, row: dict[str, str]) -> dict[str, str | date]:
    """The cells of a row that are not empty, and what the ETL derives from them."""
    cells: dict[str, str | date] = {}
    for name, value in row.items():
        if not value:
            continue
        cells[name] = value
        if table.field(name).kind is Kind.EDTF:
            parsed = edtf.parse(value)
            cells |= {f"{name}_first": parsed.first, f"{name}_last": parsed.last}
        elif table.field(name).kind is Kind.DURATION:
            cells[f"{name}_length"] = duration.in_words(value)
    return cells


# --- the signing ------------------------------------------------------------------------------


def test_a_signing_counts_from_its_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    on = look(register)
    assert on("2019-09-09") == "future"
    assert on("2019-09-10") == "active"


def test_a_signing_of_a_month_counts_from_its_last_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2020-02", valid_to="2022")
    on = look(register)
    assert on("2020-02-28") == "future"
    assert on("2020-02-29") == "active"


def test_a_signing_of_a_year_counts_from_its_last_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019", valid_to="2021")
    on = look(register)
    assert on("2019-12-30") == "future"
    assert on("2019-12-31") == "active"


def test_an_earlier_report_makes_a_partial_signing_certain(register: Register, look: Open) -> None:
    register.agreement(signed_on="2024-09", reported_on="2024-09-27", valid_to="2027")
    on = look(register)
    assert on("2024-09-26") == "future"
    assert on("2024-09-27") == "active"


def test_a_later_report_does_not_delay_a_partial_signing(register: Register, look: Open) -> None:
    register.agreement(signed_on="2024-09", reported_on="2024-11-05", valid_to="2027")
    on = look(register)
    assert on("2024-09-29") == "future"
    assert on("2024-09-30") == "active"


def test_a_later_report_does_not_delay_a_signing_of_a_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2024-09-10", reported_on="2024-09-27", valid_to="2027")
    assert look(register)("2024-09-10") == "active"


def test_without_a_signing_the_first_report_counts(register: Register, look: Open) -> None:
    register.agreement(reported_on="2015-11-18", valid_to="2018")
    on = look(register)
    assert on("2015-11-17") == "future"
    assert on("2015-11-18") == "active"


def test_a_report_of_a_month_counts_from_its_last_day(register: Register, look: Open) -> None:
    register.agreement(reported_on="2015-11", valid_to="2018")
    on = look(register)
    assert on("2015-11-29") == "future"
    assert on("2015-11-30") == "active"


def test_an_uncertain_day_of_signing_counts_as_given(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10?", valid_to="2021")
    on = look(register)
    assert on("2019-09-09") == "future"
    assert on("2019-09-10") == "active"


# --- announcements ----------------------------------------------------------------------------


def test_what_is_only_announced_stays_so_whatever_was_planned(
    register: Register, look: Open
) -> None:
    register.agreement(valid_from="2006", valid_to="2007")
    register.event("announced", "2006-06-13", agreement_id="programme")
    on = look(register)
    assert on("2006-06-12") == "future"
    assert on("2006-06-13") == "announced"
    assert on("2026-11-21") == "announced"


def test_what_is_only_announced_has_no_days_left(register: Register, look: Open) -> None:
    register.agreement(valid_from="2026", valid_to="2027")
    register.event("announced", "2026-01-01", agreement_id="programme")
    assert look(register).full("2026-11-21").days_left is None


def test_an_announcement_of_a_month_counts_from_its_last_day(
    register: Register, look: Open
) -> None:
    register.agreement()
    register.event("announced", "2015-05", agreement_id="programme")
    on = look(register)
    assert on("2015-05-30") == "future"
    assert on("2015-05-31") == "announced"


def test_the_first_announcement_counts(register: Register, look: Open) -> None:
    register.agreement()
    register.event("announced", "2016-02-01", agreement_id="programme")
    register.event("announced", "2016-01-01", agreement_id="programme")
    assert look(register)("2016-01-15") == "announced"


def test_an_announcement_lasts_until_the_signing(register: Register, look: Open) -> None:
    register.agreement(signed_on="2017-11-02", valid_from="2018", valid_to="2020")
    register.event("announced", "2017-10-20", agreement_id="programme")
    on = look(register)
    assert on("2017-10-19") == "future"
    assert on("2017-10-20") == "announced"
    assert on("2017-11-01") == "announced"
    assert on("2017-11-02") == "upcoming"


def test_an_announcement_lasts_until_the_first_report_of_the_signing(
    register: Register, look: Open
) -> None:
    register.agreement(reported_on="2017-11-02", valid_to="2020")
    register.event("announced", "2017-10-20", agreement_id="programme")
    on = look(register)
    assert on("2017-11-01") == "announced"
    assert on("2017-11-02") == "active"


def test_an_announcement_after_the_signing_changes_nothing(register: Register, look: Open) -> None:
    register.agreement(signed_on="2004")
    register.event("announced", "2015-11", agreement_id="programme")
    on = look(register)
    assert on("2004-12-30") == "future"
    assert on("2016-01-01") == "no_end_stated"


def test_an_announcement_of_one_agreement_is_none_of_another(
    register: Register, look: Open
) -> None:
    register.agreement()
    register.agreement("second")
    register.event("announced", "2015-05-08", agreement_id="second")
    on = look(register)
    assert on("2015-05-08", "second") == "announced"
    assert on("2015-05-08") == "undated"


def test_what_was_announced_cannot_be_terminated(register: Register, look: Open) -> None:
    register.agreement(valid_to="2007")
    register.event("announced", "2006-06-13", agreement_id="programme")
    register.event("terminated", "2006-09-01", agreement_id="programme")
    assert look(register)("2006-10-01") == "announced"


# --- the window -------------------------------------------------------------------------------


def test_a_window_before_the_signing_begins_with_it(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_from="2019", valid_to="2021")
    assert look(register).full("2019-09-10").begins_on == date(2019, 9, 10)


def test_a_window_after_the_signing_begins_with_its_first_day(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2020-12-07", valid_from="2021", valid_to="2023")
    on = look(register)
    assert on("2020-12-31") == "upcoming"
    assert on("2021-01-01") == "active"


def test_a_stated_begin_without_any_signing_opens_the_window(
    register: Register, look: Open
) -> None:
    register.agreement(valid_from="2021", valid_to="2023")
    on = look(register)
    assert on("2020-12-31") == "future"
    assert on("2021-01-01") == "active"
    assert on("2024-01-01") == "expired"


@pytest.mark.parametrize(
    ("valid_to", "last", "after"),
    [
        ("2021", "2021-12-31", "2022-01-01"),
        ("2020-02", "2020-02-29", "2020-03-01"),
        ("2021-06-15", "2021-06-15", "2021-06-16"),
    ],
)
def test_a_window_ends_with_the_last_day_of_its_end(
    register: Register, look: Open, valid_to: str, last: str, after: str
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to=valid_to)
    on = look(register)
    assert on.full(last) == Status(
        status="expiring",
        begins_on=date(2019, 9, 10),
        begin_approximate=False,
        ends_on=date.fromisoformat(last),
        end_basis="stated",
        end_approximate=False,
        window_end=valid_to,
        days_left=0,
        deciding_event=None,
        prolonging_event=None,
    )
    assert on(after) == "expired"
    assert on.full(after).days_left is None


def test_a_doubtful_end_is_approximate(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021?")
    on = look(register).full("2020-01-01")
    assert (on.end_approximate, on.window_end) == (True, "2021?")


@pytest.mark.parametrize(
    ("cells", "begin", "end"),
    [
        # The signing is certain on 31 December 2024 only, when the stated period is over.
        (
            {"signed_on": "2024", "valid_from": "2024-01-15", "valid_to": "2024-11-30"},
            "2024-01-15",
            "2024-11-30",
        ),
        (
            {"signed_on": "2019", "valid_from": "2019-01", "valid_to": "2019-06"},
            "2019-01-01",
            "2019-06-30",
        ),
        # It cannot have been signed before May.
        (
            {"signed_on": "2024-05", "valid_from": "2024", "valid_to": "2024-05-20"},
            "2024-05-01",
            "2024-05-20",
        ),
        # First reported years later, as the programme of Jakarta of 2008 to 2011.
        (
            {"reported_on": "2017-08-02", "valid_from": "2008", "valid_to": "2011"},
            "2008-01-01",
            "2011-12-31",
        ),
        # Of the period only its end is known.
        ({"signed_on": "2020", "valid_to": "2020-06"}, "2020-01-01", "2020-06-30"),
        ({"reported_on": "2017-08-02", "valid_to": "2011"}, "2011-01-01", "2011-12-31"),
        ({"reported_on": "2017-08-02", "valid_to": "2011-05-31"}, "2011-05-31", "2011-05-31"),
        (
            {"reported_on": "2017-08-02", "valid_from": "2008-03-01", "term": "P1Y"},
            "2008-03-01",
            "2009-02-28",
        ),
    ],
)
def test_a_signing_that_is_certain_after_the_end_counts_from_the_begin_that_it_allows(
    register: Register, look: Open, cells: dict[str, Any], begin: str, end: str
) -> None:
    register.agreement(**cells)
    on = look(register)
    first, last = date.fromisoformat(begin), date.fromisoformat(end)
    window = on.full(begin)
    assert (window.begins_on, window.begin_approximate, window.ends_on) == (first, True, last)
    assert window.status in {"active", "expiring"}
    assert on((first - timedelta(days=1)).isoformat()) == "future"
    assert on((last + timedelta(days=1)).isoformat()) == "expired"
    assert on("2026-11-21") == "expired"


def test_what_is_known_by_the_end_does_not_move_the_begin(register: Register, look: Open) -> None:
    register.agreement(signed_on="2024-11", valid_from="2024", valid_to="2024-11-30")
    on = look(register)
    assert on("2024-11-29") == "future"
    window = on.full("2024-11-30")
    assert (window.begins_on, window.ends_on) == (date(2024, 11, 30), date(2024, 11, 30))


def test_an_announcement_lasts_until_the_begin_of_what_was_reported_too_late(
    register: Register, look: Open
) -> None:
    register.agreement(reported_on="2017-08-02", valid_from="2008", valid_to="2011")
    register.event("announced", "2007-06-01", agreement_id="programme")
    on = look(register)
    assert [on(day) for day in ("2007-12-31", "2008-01-01", "2012-01-01")] == [
        "announced",
        "active",
        "expired",
    ]


@pytest.mark.parametrize(
    ("cells", "approximate"),
    [
        ({"signed_on": "2019-09-10"}, False),
        ({"signed_on": "2019-09-10", "valid_from": "2019"}, False),
        ({"signed_on": "2019-09-10", "valid_from": "2020"}, False),
        ({"signed_on": "2019-09", "valid_from": "2020"}, False),
        ({"valid_from": "2020-01-01"}, False),
        ({"signed_on": "2019-09"}, True),
        ({"signed_on": "2019-09-10?"}, True),
        ({"signed_on": "2019-09", "valid_from": "2019"}, True),
        ({"reported_on": "2019-09-10"}, True),
        ({"signed_on": "2019-09-10", "valid_from": "2020?"}, True),
        ({"signed_on": "2019-09-10", "valid_from": "2019~"}, True),
        ({}, False),
    ],
)
def test_a_begin_is_approximate_where_no_day_of_signing_is_known_for_it(
    register: Register, look: Open, cells: dict[str, Any], approximate: bool
) -> None:
    register.agreement(**cells)
    assert look(register).full("2026-11-21").begin_approximate is approximate


# --- a term -----------------------------------------------------------------------------------


def test_a_term_counts_from_the_signing(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", term="P3Y")
    on = look(register)
    assert on.full("2022-09-10")[:8] == (
        "expiring",
        date(2019, 9, 10),
        False,
        date(2022, 9, 10),
        "term",
        False,
        "2022-09-10",
        0,
    )
    assert on("2022-09-11") == "expired"


def test_a_term_from_a_report_ends_approximately(register: Register, look: Open) -> None:
    register.agreement(reported_on="2015-11-18", term="P3Y")
    assert look(register).full("2016-06-01")[:8] == (
        "active",
        date(2015, 11, 18),
        True,
        date(2018, 11, 18),
        "term",
        True,
        "2018-11~",
        900,
    )


@pytest.mark.parametrize("signed_on", ["2019-09", "2019", "2019-09-30?", "2019-09-30~"])
def test_a_term_from_an_uncertain_signing_ends_approximately(
    register: Register, look: Open, signed_on: str
) -> None:
    register.agreement(signed_on=signed_on, term="P18M")
    assert look(register).full("2020-06-01").end_approximate is True


def test_a_term_includes_the_first_day_of_the_stated_begin(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_from="2020-01-01", term="P2Y")
    on = look(register).full("2020-06-01")
    assert (on.ends_on, on.end_basis, on.end_approximate) == (date(2021, 12, 31), "term", False)


def test_a_term_from_an_uncertain_begin_ends_approximately(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_from="2020-03", term="P2Y")
    on = look(register).full("2020-06-01")
    assert (on.ends_on, on.end_approximate) == (date(2022, 2, 28), True)


@pytest.mark.parametrize(
    ("cells", "end", "said"),
    [
        ({"signed_on": "2015"}, "2018-12-31", "2018~"),
        ({"signed_on": "2015?"}, "2018-12-31", "2018~"),
        ({"signed_on": "2015~"}, "2018-12-31", "2018~"),
        ({"signed_on": "2015-06"}, "2018-06-30", "2018-06~"),
        ({"signed_on": "2015-06?"}, "2018-06-30", "2018-06~"),
        ({"signed_on": "2015-06-10?"}, "2018-06-10", "2018-06~"),
        ({"signed_on": "2015-06-10"}, "2018-06-10", "2018-06-10"),
        ({"valid_from": "2015?"}, "2017-12-31", "2017~"),
        ({"valid_from": "2015-06~"}, "2018-05-31", "2018-05~"),
    ],
)
def test_an_end_from_a_length_is_no_more_exact_than_what_it_counts_from(
    register: Register, look: Open, cells: dict[str, Any], end: str, said: str
) -> None:
    register.agreement(**cells, term="P3Y")
    seen = look(register).full("2016-06-01")
    assert (seen.ends_on, seen.window_end) == (date.fromisoformat(end), said)
    assert seen.end_approximate is (said != end)


@pytest.mark.parametrize(
    ("valid_from", "term", "end"),
    [
        # The day before the same day of the month ...
        ("2020-01-01", "P2Y", "2021-12-31"),
        ("2025-03-15", "P1M", "2025-04-14"),
        ("2024-02-29", "P4Y", "2028-02-28"),
        ("2025-02-28", "P1M", "2025-03-27"),
        ("2023-08-29", "P6M", "2024-02-28"),
        # ... or the last of the month where it has no such day.
        ("2024-02-29", "P3Y", "2027-02-28"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2025-08-31", "P6M", "2026-02-28"),
        ("2025-08-30", "P6M", "2026-02-28"),
        ("2025-08-29", "P6M", "2026-02-28"),
        ("2025-08-28", "P6M", "2026-02-27"),
        ("2023-08-31", "P6M", "2024-02-29"),
        ("2025-03-31", "P1M", "2025-04-30"),
        ("2025-08-31", "P1Y6M", "2027-02-28"),
        ("2025-12-31", "P2M", "2026-02-28"),
        # Weeks and days count from there.
        ("2025-08-31", "P6M10D", "2026-03-10"),
        ("2025-08-31", "P6M2W", "2026-03-14"),
        ("2025-08-15", "P6M10D", "2026-02-24"),
        ("2025-01-01", "P90D", "2025-03-31"),
        ("2025-01-31", "P1D", "2025-01-31"),
        ("2025-01-31", "P0Y1D", "2025-01-31"),
        ("2025-01-31", "P2W", "2025-02-13"),
        ("2020-01-01", "P1000D", "2022-09-26"),
    ],
)
def test_a_length_from_a_stated_begin_is_right_to_the_day(
    register: Register, look: Open, valid_from: str, term: str, end: str
) -> None:
    register.agreement(signed_on=valid_from, valid_from=valid_from, term=term)
    seen = look(register).full(valid_from)
    assert (seen.ends_on, seen.window_end) == (date.fromisoformat(end), end)
    # The checks count the same.
    assert duration.last_day(date.fromisoformat(valid_from), term) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("signed_on", "term", "end"),
    [
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2025-08-31", "P6M", "2026-02-28"),
        ("2025-03-31", "P1M", "2025-04-30"),
        ("2025-08-31", "P1Y6M", "2027-02-28"),
        ("2025-01-31", "P1M1D", "2025-03-01"),
        ("2025-01-31", "P1D", "2025-02-01"),
    ],
)
def test_a_length_from_a_signing_that_would_end_on_no_day_ends_with_the_month(
    register: Register, look: Open, signed_on: str, term: str, end: str
) -> None:
    register.agreement(signed_on=signed_on, term=term)
    assert look(register).full(signed_on).ends_on == date.fromisoformat(end)


def test_a_length_from_a_begin_in_a_year_does_not_end_before_the_signing(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2018-06-01", valid_from="2018", term="P1M")
    seen = look(register).full("2018-06-01")
    assert (seen.begins_on, seen.ends_on, seen.window_end) == (
        date(2018, 6, 1),
        date(2018, 6, 1),
        "2018~",
    )


def test_a_term_of_an_undated_agreement_gives_no_end(register: Register, look: Open) -> None:
    register.agreement(term="P3Y")
    on = look(register).full("2026-11-21")
    assert (on.status, on.ends_on, on.end_basis) == ("undated", None, "none")


# --- the horizon ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("horizon", "day", "status"),
    [
        (180, "2021-07-03", "active"),  # 181 days left
        (180, "2021-07-04", "expiring"),
        (0, "2021-12-30", "active"),
        (0, "2021-12-31", "expiring"),
        (1, "2021-12-30", "expiring"),
        (30, "2021-11-30", "active"),  # 31 days left
        (30, "2021-12-01", "expiring"),
        (3650, "2019-09-10", "expiring"),
        (3650, "2022-01-01", "expired"),
    ],
)
def test_expiring_is_at_most_the_horizon_left(
    register: Register, look: Open, horizon: int, day: str, status: str
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    assert look(register)(day, horizon=horizon) == status


def test_the_horizon_is_180_days_unless_given(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    connection = look(register).connection
    query = "SELECT status FROM agreement_status(?)"
    assert connection.execute(query, ["2021-07-03"]).fetchall() == [("active",)]
    assert connection.execute(query, ["2021-07-04"]).fetchall() == [("expiring",)]


def test_days_left_are_the_end_minus_the_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2020-12-07", valid_from="2021", valid_to="2021-01")
    on = look(register)
    assert on.full("2020-12-30").days_left == 32  # upcoming
    assert on.full("2021-01-01").days_left == 30


# --- endings ----------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["terminated", "replaced"])
@pytest.mark.parametrize("agreement_id", ["programme", ""])
def test_an_ending_event_terminates_from_its_day(
    register: Register, look: Open, event: str, agreement_id: str
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    ending = register.event(event, "2020-05-01", agreement_id=agreement_id)
    on = look(register)
    assert on("2020-04-30") == "active"
    assert on.full("2020-05-01") == Status(
        status="terminated",
        begins_on=date(2019, 9, 10),
        begin_approximate=False,
        ends_on=date(2020, 5, 1),
        end_basis="event",
        end_approximate=False,
        window_end="2020-05-01",
        days_left=None,
        deciding_event=ending,
        prolonging_event=None,
    )
    assert on("2030-01-01") == "terminated"


def test_an_ending_is_not_foreseen(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-05-01", agreement_id="programme")
    on = look(register).full("2020-04-30")
    assert (on.ends_on, on.end_basis, on.window_end) == (date(2021, 12, 31), "stated", "2021")
    assert on.deciding_event is None


@pytest.mark.parametrize("agreement_id", ["programme", ""])
def test_what_had_run_out_before_an_ending_stays_expired(
    register: Register, look: Open, agreement_id: str
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2022-01-01", agreement_id=agreement_id)
    on = look(register).full("2022-06-01")
    assert (on.status, on.ends_on, on.end_basis) == ("expired", date(2021, 12, 31), "stated")


def test_an_ending_on_the_last_day_terminates(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2021-12-31", agreement_id="programme")
    assert look(register)("2022-01-01") == "terminated"


@pytest.mark.parametrize(
    ("event", "cells"),
    [
        ("terminated", {"signed_on": "2019-09-10"}),
        ("suspended", {"signed_on": "2019-09-10"}),
        # That it was signed by then is not certain.
        ("terminated", {"signed_on": "2019"}),
        ("suspended", {"reported_on": "2019-09-10"}),
    ],
)
def test_what_happened_to_a_partnership_before_a_signing_does_not_touch_it(
    register: Register, look: Open, event: str, cells: dict[str, Any]
) -> None:
    register.agreement(**cells, valid_to="2021")
    register.event(event, "2019-09-09")
    assert look(register)("2020-01-01") == "active"


@pytest.mark.parametrize("signing", [{"signed_on": "2019"}, {"reported_on": "2019-06-02"}])
@pytest.mark.parametrize(
    ("event", "then"), [("terminated", "terminated"), ("suspended", "suspended")]
)
def test_what_happened_to_an_agreement_shows_that_it_was_signed(
    register: Register, look: Open, signing: dict[str, Any], event: str, then: str
) -> None:
    register.agreement(**signing, valid_to="2021")
    register.event(event, "2019-06-01", agreement_id="programme")
    on = look(register)
    assert on("2019-05-31") == "future"
    assert on("2019-06-01") == then
    assert on.full("2020-01-01")[:3] == (then, date(2019, 6, 1), True)


def test_an_ending_on_the_day_of_the_signing_terminates(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("replaced", "2019-09-10", agreement_id="programme")
    assert look(register)("2019-09-10") == "terminated"


def test_an_ending_before_the_window_begins_terminates(register: Register, look: Open) -> None:
    register.agreement(signed_on="2020-12-07", valid_from="2021", valid_to="2023")
    register.event("terminated", "2020-12-20", agreement_id="programme")
    on = look(register)
    assert on.full("2020-12-19")[:3] == ("upcoming", date(2021, 1, 1), False)
    # There is no window: what is shown of it is the day of its end.
    assert on.full("2021-06-01")[:4] == (
        "terminated",
        date(2020, 12, 20),
        True,
        date(2020, 12, 20),
    )


def test_an_ending_of_a_month_counts_from_its_last_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-02", agreement_id="programme")
    on = look(register)
    assert on("2020-02-28") == "active"
    seen = on.full("2020-02-29")
    assert (seen.status, seen.ends_on, seen.window_end) == (
        "terminated",
        date(2020, 2, 29),
        "2020-02",
    )
    assert seen.end_approximate is False


def test_an_ending_in_the_year_of_the_last_day_is_no_ending_after_it(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021-06")
    register.event("terminated", "2021", agreement_id="programme")
    assert look(register)("2022-01-01") == "expired"


def test_a_doubtful_ending_is_approximate(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-05~", agreement_id="programme")
    assert look(register).full("2020-06-01").end_approximate is True


def test_the_first_ending_counts(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-07-01", agreement_id="programme")
    first = register.event("replaced", "2020-05-01")
    on = look(register).full("2021-01-01")
    assert (on.ends_on, on.deciding_event) == (date(2020, 5, 1), first)


def test_an_ending_without_a_date_ends_nothing(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", agreement_id="programme")
    assert look(register)("2020-06-01") == "active"


@pytest.mark.parametrize("cells", [{}, {"signed_on": "2004"}])
def test_what_has_no_end_can_be_ended(
    register: Register, look: Open, cells: dict[str, Any]
) -> None:
    register.agreement(**cells)
    register.event("terminated", "2022-03-05")
    assert look(register)("2022-03-05") == "terminated"


def test_an_ending_touches_no_other_agreement(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.agreement("second", signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-05-01", agreement_id="second")
    on = look(register)
    assert (on("2020-05-01"), on("2020-05-01", "second")) == ("active", "terminated")


def test_an_ending_of_a_partnership_touches_no_other_partner(
    register: Register, look: Open
) -> None:
    register.partner("istanbul", country_code="TR")
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-05-01", partner_id="istanbul")
    assert look(register)("2020-05-01") == "active"


# --- extensions and renewals ------------------------------------------------------------------


@pytest.mark.parametrize("event", ["extended", "renewed"])
def test_a_new_end_holds_from_the_day_of_its_event(
    register: Register, look: Open, event: str
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event(event, "2020-05-01", agreement_id="programme", valid_to="2023-06")
    on = look(register)
    before, after = on.full("2020-04-30"), on.full("2020-05-01")
    assert (before.ends_on, before.window_end) == (date(2021, 12, 31), "2021")
    assert before.prolonging_event is None
    assert after == Status(
        status="active",
        begins_on=date(2019, 9, 10),
        begin_approximate=False,
        ends_on=date(2023, 6, 30),
        end_basis="stated",
        end_approximate=False,
        window_end="2023-06",
        days_left=1155,
        deciding_event=None,
        prolonging_event="event-1",
    )
    assert [on(day) for day in ("2023-01-01", "2023-06-30", "2023-07-01")] == [
        "expiring",
        "expiring",
        "expired",
    ]


def test_an_extension_of_a_month_counts_from_its_last_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("extended", "2020-02", agreement_id="programme", valid_to="2023?")
    on = look(register)
    assert on.full("2020-02-28").window_end == "2021"
    seen = on.full("2020-02-29")
    assert (seen.window_end, seen.end_approximate) == ("2023?", True)


@pytest.mark.parametrize("event", ["extended", "renewed"])
@pytest.mark.parametrize("agreement_id", ["programme", ""])
def test_without_a_stated_end_nothing_moves(
    register: Register, look: Open, event: str, agreement_id: str
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event(event, "2020-05-01", agreement_id=agreement_id)
    on = look(register)
    seen = on.full("2022-01-01")
    assert (seen.status, seen.window_end) == ("expired", "2021")
    # What the whole partnership renewed renewed none of its documents.
    assert seen.prolonging_event == ("event-1" if agreement_id else None)


def test_what_had_run_out_has_a_window_again_from_its_renewal_on(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2022-03-01", valid_to="2025-02-28")
    register.event("renewed", "2025-06-01", agreement_id="programme", valid_to="2028-02")
    on = look(register)
    assert [on(day) for day in ("2025-03-01", "2025-05-31", "2025-06-01", "2028-03-01")] == [
        "expired",
        "expired",
        "active",
        "expired",
    ]
    assert on.standing("2025-05-31").lapsed is True
    assert on.standing("2025-06-01").lapsed is False


def test_what_was_ended_has_a_window_again_from_its_renewal_on(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-03-01", agreement_id="programme")
    register.event("renewed", "2021-05-01", agreement_id="programme", valid_to="2024")
    register.event("terminated", "2022-03-01")
    on = look(register)
    days = ("2020-02-29", "2020-03-01", "2021-04-30", "2021-05-01", "2022-03-01", "2025-01-01")
    assert [on(day) for day in days] == [
        "active",
        "terminated",
        "terminated",
        "active",
        "terminated",
        "terminated",
    ]
    assert [on.full(day).ends_on for day in ("2020-03-01", "2022-03-01")] == [
        date(2020, 3, 1),
        date(2022, 3, 1),
    ]


def test_a_renewal_without_a_stated_end_does_not_revive_what_was_ended(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2015-01-01", valid_to="2016")
    register.event("extended", "2016-11-01", agreement_id="programme", valid_to="2021")
    register.event("terminated", "2020-03-01", agreement_id="programme")
    register.event("renewed", "2021-05-01", agreement_id="programme")
    seen = look(register).full("2021-06-01")
    assert (seen.status, seen.ends_on, seen.deciding_event) == (
        "terminated",
        date(2020, 3, 1),
        "event-2",
    )


def test_of_several_extensions_the_latest_holds(register: Register, look: Open) -> None:
    register.agreement(signed_on="2015-01-01", valid_to="2016")
    register.event("extended", "2018-11-01", agreement_id="programme", valid_to="2021")
    register.event("extended", "2016-11-01", agreement_id="programme", valid_to="2018")
    register.event("renewed", "2020-02-01", agreement_id="programme")
    on = look(register)
    days = ("2016-10-31", "2016-11-01", "2018-11-01", "2020-02-01")
    assert [on.full(day).window_end for day in days] == ["2016", "2018", "2021", "2021"]
    assert [on.full(day).prolonging_event for day in days] == [
        None,
        "event-2",
        "event-1",
        "event-3",
    ]


def test_an_ending_within_the_extended_window_terminates(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("extended", "2021-12-01", agreement_id="programme", valid_to="2023")
    register.event("terminated", "2022-03-02", actor="partner")
    on = look(register)
    assert on("2022-03-01") == "active"
    seen = on.full("2022-03-02")
    assert (seen.status, seen.window_end, seen.prolonging_event) == (
        "terminated",
        "2022-03-02",
        None,
    )


def test_an_ending_after_the_extended_window_leaves_it_expired(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2020")
    register.event("extended", "2020-12-01", agreement_id="programme", valid_to="2021")
    register.event("terminated", "2022-03-02")
    assert look(register)("2022-03-02") == "expired"


def test_an_extension_gives_an_end_to_what_had_none(register: Register, look: Open) -> None:
    register.agreement(signed_on="2004")
    register.event("renewed", "2020-05-01", agreement_id="programme", valid_to="2022")
    on = look(register)
    assert [on(day) for day in ("2020-04-30", "2020-05-01", "2023-01-01")] == [
        "no_end_stated",
        "active",
        "expired",
    ]
    assert on.full("2020-04-30").end_basis == "none"
    assert on.full("2020-05-01").end_basis == "stated"


def test_an_extended_window_can_be_on_hold(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    hold = register.event("suspended", "2020-03-01", agreement_id="programme")
    longer = register.event("extended", "2020-05-01", agreement_id="programme", valid_to="2022")
    seen = look(register).full("2022-12-21")
    assert (seen.status, seen.days_left) == ("suspended", 10)
    assert (seen.deciding_event, seen.prolonging_event) == (hold, longer)


def test_an_extension_touches_no_other_agreement(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.agreement("second", signed_on="2019-09-10", valid_to="2021")
    register.event("extended", "2020-05-01", agreement_id="second", valid_to="2023")
    on = look(register)
    assert [on.full("2021-01-01", name).window_end for name in ("programme", "second")] == [
        "2021",
        "2023",
    ]


# --- suspensions ------------------------------------------------------------------------------


@pytest.mark.parametrize("agreement_id", ["programme", ""])
def test_a_suspension_lasts_until_a_resumption(
    register: Register, look: Open, agreement_id: str
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    suspension = register.event("suspended", "2020-03-01", agreement_id=agreement_id)
    register.event("resumed", "2020-05", agreement_id=agreement_id)
    on = look(register)
    assert on("2020-02-29") == "active"
    assert on.full("2020-03-01").deciding_event == suspension
    assert on("2020-05-30") == "suspended"
    assert on("2020-05-31") == "active"


def test_a_suspension_after_a_resumption_counts_anew(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("suspended", "2020-06-01", agreement_id="programme")
    register.event("resumed", "2020-03-01", agreement_id="programme")
    register.event("suspended", "2020-01-01", agreement_id="programme")
    on = look(register)
    assert [on(f"2020-0{month}-15") for month in (2, 4, 7)] == ["suspended", "active", "suspended"]


def test_a_suspended_window_keeps_its_end(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("suspended", "2020-03-01", agreement_id="programme")
    on = look(register)
    full = on.full("2021-12-21")
    assert (full.status, full.ends_on, full.days_left) == ("suspended", date(2021, 12, 31), 10)
    assert on("2022-01-01") == "expired"


def test_an_ending_outweighs_a_suspension(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("suspended", "2020-03-01", agreement_id="programme")
    register.event("terminated", "2020-06-01", agreement_id="programme")
    assert look(register)("2020-06-01") == "terminated"


def test_a_tie_without_an_end_can_be_suspended(register: Register, look: Open) -> None:
    register.agreement(signed_on="2004")
    register.event("suspended", "2022-03-05")
    on = look(register).full("2022-03-05")
    assert (on.status, on.days_left) == ("suspended", None)


def test_what_begins_later_can_be_suspended(register: Register, look: Open) -> None:
    register.agreement(signed_on="2020-12-07", valid_from="2021", valid_to="2023")
    register.event("suspended", "2020-12-20", agreement_id="programme")
    on = look(register)
    assert (on("2020-12-19"), on("2020-12-20")) == ("upcoming", "suspended")


# --- without an end or a date -----------------------------------------------------------------


@pytest.mark.parametrize(
    "cells", [{"signed_on": "1995-05-16"}, {"reported_on": "2000"}, {"valid_from": "2001"}]
)
def test_without_an_end_no_end_is_stated(
    register: Register, look: Open, cells: dict[str, Any]
) -> None:
    register.agreement(**cells)
    on = look(register).full("2026-11-21")
    assert (on.status, on.ends_on, on.end_basis) == ("no_end_stated", None, "none")
    assert on.days_left is None


def test_without_an_end_a_later_begin_is_upcoming(register: Register, look: Open) -> None:
    register.agreement(signed_on="2020-12-07", valid_from="2021")
    on = look(register)
    assert (on("2020-12-31"), on("2021-01-01")) == ("upcoming", "no_end_stated")


def test_without_any_date_it_is_undated_on_every_day(register: Register, look: Open) -> None:
    register.agreement()
    on = look(register)
    assert (on("1900-01-01"), on("2026-11-21")) == ("undated", "undated")


# --- partners ---------------------------------------------------------------------------------


def test_a_partner_has_the_best_status_of_its_agreements(register: Register, look: Open) -> None:
    register.agreement("twinning", signed_on="1995-05-16")
    register.agreement("old", signed_on="2015-01-01", valid_to="2017")
    register.agreement("new", signed_on="2019-09-10", valid_to="2021")
    on = look(register)
    assert on.standing("2020-01-01") == Standing(
        "active", 3, 1, date(2021, 12, 31), False, None, None
    )
    assert on.standing("2021-12-01").status == "expiring"
    assert on.standing("1996-01-01").status == "no_end_stated"


def test_a_partner_has_no_status_before_its_first_agreement(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10")
    on = look(register)
    assert on.partner("2019-09-09") is None
    assert on.standing("2019-09-10").agreements == 1


def test_a_district_is_a_partner_of_its_own(register: Register, look: Open) -> None:
    register.partner("bezigrad", kind="district", within="ljubljana")
    register.agreement(partner_id="bezigrad", signed_on="2019-09-10", valid_to="2021")
    on = look(register)
    assert on.partner("2020-01-01") is None
    assert on.partner("2020-01-01", "bezigrad") is not None


def test_a_partner_lapses_when_its_last_window_ends(register: Register, look: Open) -> None:
    register.agreement("old", signed_on="2015-01-01", valid_to="2017")
    register.agreement("new", signed_on="2019-09-10", valid_to="2021")
    on = look(register)
    assert on.standing("2021-12-31").lapsed is False
    assert on.standing("2022-01-01") == Standing(
        "expired", 2, 0, None, True, date(2021, 12, 31), "new"
    )


def test_a_partner_lapses_between_two_windows(register: Register, look: Open) -> None:
    register.agreement("old", signed_on="2015-01-01", valid_to="2017")
    register.agreement("new", signed_on="2019-09-10", valid_to="2021")
    on = look(register)
    assert on.standing("2019-09-09")[4:] == (True, date(2017, 12, 31), "old")
    assert on.standing("2019-09-10").lapsed is False


def test_a_longer_window_prevents_a_lapse(register: Register, look: Open) -> None:
    register.agreement("short", signed_on="2018-01-01", valid_to="2020")
    register.agreement("long", signed_on="2017-01-01", valid_to="2022")
    on = look(register)
    assert on.standing("2021-06-01").lapsed is False
    assert on.standing("2023-01-01")[4:] == (True, date(2022, 12, 31), "long")


def test_a_longer_window_on_hold_prevents_a_lapse(register: Register, look: Open) -> None:
    register.agreement("short", signed_on="2018-01-01", valid_to="2020")
    register.agreement("long", signed_on="2017-01-01", valid_to="2022")
    register.event("suspended", "2019-01-01", agreement_id="long")
    assert look(register).standing("2021-06-01").lapsed is False


def test_a_successor_signed_but_not_begun_prevents_a_lapse(register: Register, look: Open) -> None:
    register.agreement("old", signed_on="2018-01-01", valid_to="2020")
    register.agreement("new", signed_on="2020-12-07", valid_from="2022", valid_to="2023")
    assert look(register).standing("2021-06-01").lapsed is False


@pytest.mark.parametrize("planned_on", ["2015-05-01", "2022-03-02", ""])
@pytest.mark.parametrize("of_agreement", ["tie", ""])
def test_a_plan_does_not_revive_what_was_ended_after_it(
    register: Register, look: Open, planned_on: str, of_agreement: str
) -> None:
    register.agreement("tie", signed_on="2001")
    register.agreement("plan")
    register.event("announced", planned_on, agreement_id="plan")
    register.event("terminated", "2022-03-02", agreement_id=of_agreement, actor="partner")
    on = look(register)
    assert on.standing("2022-03-01").status == "no_end_stated"
    assert on.standing("2022-03-02").status == "terminated"
    assert on("2022-03-02", "plan") == "announced"


def test_a_plan_does_not_revive_a_partnership_that_was_ended_when_all_had_run_out(
    register: Register, look: Open
) -> None:
    register.agreement("old", signed_on="2010-01-01", valid_to="2013")
    register.agreement("plan")
    register.event("announced", "2016-05-01", agreement_id="plan")
    register.event("terminated", "2022-03-02")
    on = look(register)
    assert on.standing("2022-03-01").status == "announced"
    assert on.standing("2022-03-02").status == "expired"


def test_a_plan_of_the_time_after_the_end_is_one(register: Register, look: Open) -> None:
    register.agreement("tie", signed_on="2001")
    register.agreement("plan")
    register.event("terminated", "2022-03-02")
    register.event("announced", "2022-03-03", agreement_id="plan")
    on = look(register)
    assert on.standing("2022-03-02").status == "terminated"
    assert on.standing("2022-03-03").status == "announced"


def test_a_plan_alone_is_all_that_is_known_of_a_partner(register: Register, look: Open) -> None:
    register.agreement("plan")
    register.event("announced", "2015-05-01", agreement_id="plan")
    register.event("terminated", "2022-03-02")
    assert look(register).standing("2022-03-02").status == "announced"


def test_an_ending_of_another_partner_ends_no_plan(register: Register, look: Open) -> None:
    register.partner("istanbul", country_code="TR")
    register.agreement("old", signed_on="2010-01-01", valid_to="2013")
    register.agreement("plan")
    register.event("announced", "2016-05-01", agreement_id="plan")
    register.event("terminated", "2022-03-02", partner_id="istanbul")
    assert look(register).standing("2022-03-02").status == "announced"


def test_the_next_end_is_the_first_of_those_in_force(register: Register, look: Open) -> None:
    register.agreement("long", signed_on="2019-09-10", valid_to="2025")
    register.agreement("short", signed_on="2019-09-10", valid_to="2021")
    register.agreement("later", signed_on="2019-09-10", valid_from="2020-06", valid_to="2020-07")
    assert look(register).standing("2020-01-01").next_end == date(2021, 12, 31)


def test_a_tie_that_begins_on_the_day_of_the_last_end_is_no_later_one(
    register: Register, look: Open
) -> None:
    register.agreement("programme", signed_on="2018-01-01", valid_to="2020")
    register.agreement("twinning", signed_on="2020-12-31")
    assert look(register).standing("2021-01-01").lapsed is True


def test_an_open_tie_on_hold_does_not_hide_a_lapse(register: Register, look: Open) -> None:
    register.agreement("twinning", signed_on="1995-05-16")
    register.agreement("programme", signed_on="2018-01-01", valid_to="2020")
    register.event("suspended", "2019-01-01", agreement_id="twinning")
    standing = look(register).standing("2021-01-01")
    assert (standing.status, standing.lapsed) == ("suspended", True)


def test_an_announcement_does_not_prevent_a_lapse(register: Register, look: Open) -> None:
    register.agreement("old", signed_on="2018-01-01", valid_to="2020")
    register.agreement("new", valid_from="2021", valid_to="2023")
    register.event("announced", "2020-06-01", agreement_id="new")
    standing = look(register).standing("2021-06-01")
    assert (standing.status, standing.lapsed) == ("announced", True)


def test_an_older_tie_without_an_end_does_not_prevent_a_lapse(
    register: Register, look: Open
) -> None:
    register.agreement("twinning", signed_on="1995-05-16")
    register.agreement("programme", signed_on="2018-01-01", valid_to="2020")
    standing = look(register).standing("2021-01-01")
    assert (standing.status, standing.lapsed) == ("no_end_stated", True)


def test_a_later_tie_without_an_end_is_a_successor(register: Register, look: Open) -> None:
    register.agreement("programme", signed_on="2018-01-01", valid_to="2020")
    register.agreement("twinning", signed_on="2021-02-01")
    on = look(register)
    assert on.standing("2021-01-31").lapsed is True
    assert on.standing("2021-02-01").lapsed is False


def test_a_partner_without_dated_windows_never_lapses(register: Register, look: Open) -> None:
    register.agreement("twinning", signed_on="1995-05-16")
    register.agreement("undated")
    assert look(register).standing("2026-11-21").lapsed is False


def test_of_two_that_ended_on_one_day_the_first_id_has_lapsed(
    register: Register, look: Open
) -> None:
    for identity in ("b", "a", "c"):
        register.agreement(identity, signed_on="2019-09-10", valid_to="2021")
    register.agreement("d", signed_on="2019-09-10", valid_to="2020")
    standing = look(register).standing("2022-01-01")
    assert (standing.lapsed_on, standing.lapsed_agreement) == (date(2021, 12, 31), "a")


def test_a_terminated_partnership_has_lapsed_on_that_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2030")
    register.event("terminated", "2022-03-05", actor="partner")
    on = look(register)
    assert on.standing("2022-03-04").lapsed is False
    assert on.standing("2022-03-05")[4:] == (True, date(2022, 3, 5), "programme")


def test_a_suspended_window_has_not_lapsed(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2030")
    register.event("suspended", "2022-03-05")
    standing = look(register).standing("2026-11-21")
    assert (standing.status, standing.lapsed) == ("suspended", False)


def test_days_given_as_text_or_date_are_the_same(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    connection = look(register).connection
    query = "SELECT status, days_left FROM agreement_status(?)"
    as_text = connection.execute(query, ["2021-12-31"]).fetchall()
    assert connection.execute(query, [date(2021, 12, 31)]).fetchall() == as_text
