"""The rules of status, one by one: what an agreement or partner is on a day, worked out by hand."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

import duckdb
import pytest

from etl import duration, edtf
from etl.schema import AGREEMENTS, EVENTS_TABLE, Kind, Table
from tests.conftest import Register, derive_windows


class Status(NamedTuple):
    """What agreement_status says of one agreement."""

    status: str
    begins_on: date | None
    ends_on: date | None
    end_basis: str
    end_approximate: bool
    window_end: str | None
    days_left: int | None
    deciding_event: str | None


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
        derive_windows(empty_database)
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
    assert on.full(last)[:8] == (
        "expiring",
        date(2019, 9, 10),
        date.fromisoformat(last),
        "stated",
        False,
        valid_to,
        0,
        None,
    )
    assert on(after) == "expired"
    assert on.full(after).days_left is None


def test_a_doubtful_end_is_approximate(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021?")
    on = look(register).full("2020-01-01")
    assert (on.end_approximate, on.window_end) == (True, "2021?")


def test_a_window_that_ran_out_before_the_signing_is_expired(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2020", valid_to="2020-06")
    on = look(register)
    assert on("2020-07-01") == "future"
    assert on("2020-12-31") == "expired"


# --- a term -----------------------------------------------------------------------------------


def test_a_term_counts_from_the_signing(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", term="P3Y")
    on = look(register)
    assert on.full("2022-09-10") == Status(
        "expiring", date(2019, 9, 10), date(2022, 9, 10), "term", False, "2022-09-10", 0, None
    )
    assert on("2022-09-11") == "expired"


def test_a_term_from_a_report_ends_approximately(register: Register, look: Open) -> None:
    register.agreement(reported_on="2015-11-18", term="P3Y")
    assert look(register).full("2016-06-01") == Status(
        "active", date(2015, 11, 18), date(2018, 11, 18), "term", True, "2018-11~", 900, None
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


def test_a_term_from_a_year_ends_in_a_year(register: Register, look: Open) -> None:
    register.agreement(signed_on="2015", term="P3Y")
    seen = look(register).full("2016-06-01")
    assert (seen.window_end, seen.ends_on) == ("2018~", date(2018, 12, 31))


def test_a_term_that_would_end_on_no_day_ends_with_the_month(
    register: Register, look: Open
) -> None:
    register.agreement(signed_on="2020-02-29", term="P1Y")
    assert look(register).full("2020-06-01").ends_on == date(2021, 2, 28)


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
        "terminated",
        date(2019, 9, 10),
        date(2020, 5, 1),
        "event",
        False,
        "2020-05-01",
        None,
        ending,
    )
    assert on("2030-01-01") == "terminated"


@pytest.mark.parametrize("event", ["extended", "renewed"])
def test_other_events_end_nothing(register: Register, look: Open, event: str) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event(event, "2020-05-01", agreement_id="programme")
    assert look(register)("2020-06-01") == "active"


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


def test_an_ending_before_the_signing_does_not_touch(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2019-09-09")
    assert look(register)("2020-01-01") == "active"


def test_an_ending_on_the_day_of_the_signing_terminates(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("replaced", "2019-09-10", agreement_id="programme")
    assert look(register)("2019-09-10") == "terminated"


def test_an_ending_before_the_window_begins_terminates(register: Register, look: Open) -> None:
    register.agreement(signed_on="2020-12-07", valid_from="2021", valid_to="2023")
    register.event("terminated", "2020-12-20", agreement_id="programme")
    on = look(register)
    assert on("2020-12-19") == "upcoming"
    assert on("2021-06-01") == "terminated"


def test_an_ending_of_a_month_counts_from_its_last_day(register: Register, look: Open) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-02", agreement_id="programme")
    on = look(register)
    assert on("2020-02-28") == "active"
    assert on.full("2020-02-29")[:6] == (
        "terminated",
        date(2019, 9, 10),
        date(2020, 2, 29),
        "event",
        False,
        "2020-02",
    )


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
