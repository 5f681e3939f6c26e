"""By year: rise and fall, areas begun, how far the sources reach."""

from collections import Counter
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from register.filters import Filters
from register.queries import areas, selected, years
from register.queries.register import newest_source, newest_source_of
from register.reach import beyond, reach
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
ALL = Filters(as_of=DAY)
REAL = Filters(as_of=date(2026, 11, 26))
FACTS = ["signed", "terminated", "ran_out", "suspended", "in_force"]


def by_year(cursor: Cursor, filters: Filters) -> dict[tuple[int, bool], list[int]]:
    """The rows in which anything is; those between have to be there, and empty."""
    frame = years.by_year(cursor, filters)
    for _, part in frame.groupby("projected"):
        assert list(part["year"]) == list(range(part["year"].min(), part["year"].max() + 1))
    return {
        (row["year"], row["projected"]): [row[name] for name in FACTS]
        for row in frame.to_dict("records")
        if any(row[name] for name in FACTS)
    }


def test_each_year_has_what_was_signed_ended_suspended_and_in_force(cursor: Cursor) -> None:
    # signed, terminated, ran out, suspended, in force on 31 December (of 2022 on 1 March).
    assert by_year(cursor, ALL) == {
        (1995, False): [1, 0, 0, 0, 0],
        (2010, False): [1, 0, 0, 0, 0],
        (2015, False): [1, 0, 0, 0, 1],
        (2016, False): [0, 0, 0, 0, 1],
        (2017, False): [0, 0, 0, 0, 1],
        (2018, False): [1, 0, 1, 0, 1],
        (2019, False): [1, 0, 0, 0, 2],
        (2020, False): [1, 0, 0, 0, 3],
        (2021, False): [0, 1, 1, 1, 2],
        (2022, False): [2, 0, 0, 0, 2],
        (2022, True): [0, 0, 1, 0, 1],
        (2023, True): [0, 0, 0, 0, 2],
        (2024, True): [0, 0, 1, 0, 2],
        (2025, True): [0, 0, 1, 0, 1],
    }


def test_a_year_is_told_by_what_was_known_on_the_day(cursor: Cursor) -> None:
    # The termination of June 2021 is not foreseen: until then it runs to 2023.
    before = by_year(cursor, replace(ALL, as_of=date(2021, 6, 14), city=("anhui",)))

    assert before[2021, False] == [0, 0, 0, 0, 1]
    assert before[2023, True] == [0, 0, 1, 0, 1]
    assert by_year(cursor, replace(ALL, as_of=date(2021, 6, 15), city=("anhui",))) == {
        (2018, False): [1, 0, 0, 0, 1],
        (2019, False): [0, 0, 0, 0, 1],
        (2020, False): [0, 0, 0, 0, 1],
        (2021, False): [0, 1, 0, 0, 0],
    }


def test_nothing_selected_has_no_year(cursor: Cursor) -> None:
    assert years.by_year(cursor, replace(ALL, party=("administrative_okrug",))).empty


def test_a_suspended_partnership_suspends_once_a_year_what_had_not_run_out(
    connect: Connect,
) -> None:
    register = Register()
    register.agreement("open", title="Open", signed_on="2015-01-01")
    register.agreement("over", title="Over", signed_on="2015-01-01", valid_to="2016")
    register.event("suspended", "2020-03")
    register.event("suspended", "2020-05-01", agreement_id="open")
    found = years.by_year(connect(register), ALL)

    assert found.loc[found["suspended"] > 0, ["year", "suspended"]].values.tolist() == [[2020, 1]]


@pytest.mark.parametrize("year", [1995, 2004, 2014, 2017, 2021, 2025])
def test_what_was_in_force_is_what_the_day_itself_says(real: Cursor, year: int) -> None:
    on_day = replace(REAL, as_of=date(year, 12, 31), status=("in_force",))
    frame = years.by_year(real, REAL).set_index(["year", "projected"])

    assert frame.loc[(year, False), "in_force"] == len(selected.agreements(real, on_day))


def test_the_parts_add_up_to_the_whole(real: Cursor) -> None:
    frame = years.by_year(real, REAL)
    agreements = selected.agreements(real, REAL)
    by_status = Counter(agreements["status"])
    ((dated,),) = real.execute(
        "SELECT count(*) FROM agreement_windows WHERE NOT only_announced AND NOT is_undated"
    ).fetchall()
    whole = {
        "signed": dated,
        "terminated": by_status["terminated"],
        "ran_out": by_status["expired"] + int(agreements["days_left"].notna().sum()),
    }

    assert {name: int(frame[name].sum()) for name in whole} == whole


# --- areas ----------------------------------------------------------------------------------


def test_areas_by_the_year_in_which_agreements_began(cursor: Cursor) -> None:
    frame = areas.begun(cursor, ALL)

    assert frame.values.tolist() == [
        ["culture", "Culture", 2019, 1, 0],
        ["culture", "Culture", 2022, 1, 0],
        ["tourism", "Tourism", 2018, 1, 0],
        ["tourism", "Tourism", 2020, 1, 0],
        ["transport", "Transport", 2019, 1, 0],
        ["transport", "Transport", 2020, 1, 0],
    ]
    assert set(areas.begun(cursor, replace(ALL, area=("tourism",)))["area_id"]) == {"tourism"}


def test_what_is_only_announced_began_as_planned_and_is_told_apart(connect: Connect) -> None:
    register = Register()
    register.agreement(valid_from="2024")
    register.event("announced", "2023-05-01", agreement_id="programme")
    register.label()
    frame = areas.begun(connect(register), REAL)

    assert frame[["year", "agreements", "announced"]].values.tolist() == [[2024, 1, 1]]


@pytest.mark.parametrize(
    ("area", "before", "since"),
    [("transport", 13, 67), ("culture", 31, 50), ("economy-trade", 27, 28)],
)
def test_which_areas_grew(real: Cursor, area: str, before: int, since: int) -> None:
    frame = areas.begun(real, replace(REAL, area=(area,)))

    def number(first: int, last: int) -> int:
        return int(frame.loc[frame["year"].between(first, last), "agreements"].sum())

    assert (number(2007, 2016), number(2017, 2026)) == (before, since)


# --- sources --------------------------------------------------------------------------------


def test_the_newest_source_of_what_is_shown(cursor: Cursor, real: Cursor) -> None:
    assert newest_source_of(cursor, replace(ALL, city=("istanbul",))) == "2020-05"
    assert newest_source_of(cursor, replace(ALL, city=("ljubljana",))) is None
    assert newest_source(real) == newest_source_of(real, REAL) == "2026-05-25"


def test_the_source_of_an_event_is_one_of_what_is_shown(connect: Connect) -> None:
    register = Register()
    register.source("news", publisher="News", url="https://n.example/1", published_on="2022-03-02")
    register.agreement(signed_on="2019-09-10")
    event = register.event("terminated", "2022-03-01")
    register.statement(event, "event", "terminated", "news")
    cursor = connect(register)

    assert newest_source_of(cursor, replace(ALL, as_of=date(2022, 3, 1))) == "2022-03-02"
    assert newest_source_of(cursor, replace(ALL, as_of=date(2022, 2, 28))) is None


def test_of_two_sources_of_one_last_day_the_more_exact_one_is_the_newest(connect: Connect) -> None:
    register = Register()
    register.source("month", publisher="A", url="https://a.example/1", published_on="2022-05")
    register.source("day", publisher="B", url="https://b.example/1", published_on="2022-05-31")

    assert newest_source(connect(register)) == "2022-05-31"


@pytest.mark.parametrize(
    ("newest", "of_shown", "said"),
    [
        ("2026-03-03", "2026-03-03", "Sources reach to 3 March 2026"),
        (
            "2026-03-03",
            "2019-05",
            "Sources reach to 3 March 2026, those of what is shown to May 2019",
        ),
        ("2026-03-03", None, "Sources reach to 3 March 2026, of what is shown none has a date"),
        (None, None, "No source has a date"),
    ],
)
def test_how_far_sources_reach_in_words(
    newest: str | None, of_shown: str | None, said: str
) -> None:
    assert reach(newest, of_shown) == said


def test_a_day_after_the_last_that_the_newest_source_may_be_of_lies_beyond() -> None:
    assert not beyond(date(2026, 3, 31), "2026-03")
    assert beyond(date(2026, 4, 1), "2026-03")
    assert beyond(date(2026, 4, 1), None)
