"""Dates that no agreement can have are refused on the day of the build, others are let in."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from etl import dates
from etl.__main__ import main
from etl.publish import build, check
from register import clock
from register.problems import BadRegister
from tests.conftest import Register

TODAY = date(2026, 11, 21)

ProblemsOf = Callable[[Register], list[str]]


@pytest.fixture
def problems_of(tmp_path: Path) -> ProblemsOf:
    """What the checks say of a register on the day, a line each."""

    def found(register: Register) -> list[str]:
        try:
            check(register.write(tmp_path / "register"), today=TODAY)
        except BadRegister as error:
            return [str(problem) for problem in error.problems]
        return []

    return found


# --- the first and the last plausible day -----------------------------------------------------


@pytest.mark.parametrize("day", ["1899", "1899-12", "1899-12-31", "0219-09-10", "0836?"])
@pytest.mark.parametrize("column", ["signed_on", "reported_on", "valid_from", "valid_to"])
def test_no_date_lies_before_1900(
    register: Register, problems_of: ProblemsOf, column: str, day: str
) -> None:
    cells: dict[str, Any] = {column: day}
    register.agreement(**cells)
    of_agreement, of_statement = problems_of(register)
    assert of_agreement == (
        f"agreements.csv:2: {column} = '{day}' is not between 1900-01-01 and 2076-11-21. "
        "Mend: check the year against the source."
    )
    assert re.match(rf"statements\.csv:\d: value = '{re.escape(day)}' is not between", of_statement)


@pytest.mark.parametrize("day", ["2077", "2076-12", "2076-11-22", "9999", "9999-12-31~"])
def test_no_date_lies_more_than_fifty_years_ahead(
    register: Register, problems_of: ProblemsOf, day: str
) -> None:
    register.agreement(signed_on="2020-01-01", valid_to=day)
    of_agreement, of_statement = problems_of(register)
    assert of_agreement.startswith(f"agreements.csv:2: valid_to = '{day}' is not between ")
    assert of_statement.startswith("statements.csv:")


@pytest.mark.parametrize("valid_to", ["2076", "2076-11", "2076-11-21"])
def test_the_first_and_the_last_plausible_day_are_let_in(
    register: Register, problems_of: ProblemsOf, valid_to: str
) -> None:
    register.agreement("old", signed_on="1900-01-01")
    register.agreement("far", signed_on="2020-01-01", valid_to=valid_to)
    assert problems_of(register) == []


@pytest.mark.parametrize(
    ("put", "place"),
    [
        (lambda register: register.source("old", published_on="1026-11-01"), "sources.csv:3"),
        (lambda register: register.source("new", accessed_on="2206-11-01"), "sources.csv:3"),
        (lambda register: register.event("terminated", "0202", stated=False), "events.csv:2"),
        (lambda register: register.statement("tie", "signed_on", "1026"), "statements.csv:4"),
        (lambda register: register.statement("tie", "valid_to", "2206"), "statements.csv:4"),
    ],
)
def test_every_date_of_the_register_is_plausible(
    register: Register,
    problems_of: ProblemsOf,
    put: Callable[[Register], str],
    place: str,
) -> None:
    register.agreement("tie")
    put(register)
    assert any(
        problem.startswith(f"{place}: ") and "is not between 1900-01-01" in problem
        for problem in problems_of(register)
    )


def test_a_number_that_is_no_date_may_be_any_year(
    register: Register, problems_of: ProblemsOf
) -> None:
    register.agreement(signed_in="1147")
    assert problems_of(register) == []


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 21), date(2076, 11, 21)),
        (date(2028, 1, 31), date(2078, 1, 31)),
        (date(2028, 2, 29), date(2078, 2, 28)),
    ],
)
def test_the_last_plausible_day_is_fifty_years_on(today: date, last: date) -> None:
    assert dates.last_day(today) == last


def test_the_command_line_takes_the_day(register: Register, tmp_path: Path) -> None:
    register.agreement(valid_to="2077")
    folder = str(register.write(tmp_path / "register"))

    def run(*arguments: str) -> int:
        return CliRunner().invoke(main, [*arguments, "--register", folder]).exit_code

    assert run("check", "--today", "2026-12-31") == 1
    assert run("check", "--today", "2027-01-01") == 0
    assert run("build", "--today", "2026-12-31", "--out", str(tmp_path / "out")) == 1
    assert run("build", "--today", "2027-01-01", "--out", str(tmp_path / "out")) == 0
    assert run("check", "--today", "tomorrow") == 2


def test_without_a_day_it_is_today_in_moscow(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.agreement(valid_to="2100")
    folder = register.write(tmp_path / "register")
    monkeypatch.setattr(clock, "today", lambda: date(2049, 12, 31))
    with pytest.raises(BadRegister):
        build(folder, tmp_path / "out")
    monkeypatch.setattr(clock, "today", lambda: date(2050, 1, 1))
    assert build(folder, tmp_path / "out").exists()


# --- the length of an agreement ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "term", "said"),
    [
        ({"signed_on": "2019-06-01", "valid_from": "2018-01-01"}, "P1M", "2018-01-31"),
        ({"signed_on": "2019-06-01", "valid_from": "2018-06-01"}, "P1Y", "2019-05-31"),
        ({"signed_on": "2019-06", "valid_from": "2018-06-01"}, "P1Y", "2019-05-31"),
        # At the latest it begins on 31 December 2017 and ends on 30 January.
        ({"signed_on": "2018-02", "valid_from": "2017"}, "P1M", "2018-01-30"),
    ],
)
def test_an_end_from_a_length_does_not_lie_before_the_signing(
    register: Register, problems_of: ProblemsOf, cells: dict[str, Any], term: str, said: str
) -> None:
    register.agreement(**cells, term=term)
    assert problems_of(register) == [
        f"agreements.csv:2: term = '{term}' ends on {said}, before it is signed "
        f"(signed_on = {cells['signed_on']}). "
        "Mend: check the dates and the length against their sources."
    ]


@pytest.mark.parametrize(
    ("cells", "term"),
    [
        ({"signed_on": "2019-05-31", "valid_from": "2018-06-01"}, "P1Y"),
        ({"signed_on": "2019", "valid_from": "2018-06-01"}, "P1Y"),
        ({"signed_on": "2018-01-30", "valid_from": "2017"}, "P1M"),
        ({"signed_on": "2019-06-01"}, "P1D"),
        ({"reported_on": "2019-06-01", "valid_from": "2010"}, "P1M"),
        ({"signed_on": "2026-11-21"}, "P50Y"),
        ({"valid_from": "2026-11-22"}, "P50Y"),
        ({}, "P999Y"),
    ],
)
def test_a_length_that_may_be_right_is_let_in(
    register: Register, problems_of: ProblemsOf, cells: dict[str, Any], term: str
) -> None:
    register.agreement(**cells, term=term)
    assert problems_of(register) == []


@pytest.mark.parametrize(
    ("cells", "term"),
    [
        ({"signed_on": "2026-11-21"}, "P50Y1D"),
        ({"reported_on": "2015-11-18"}, "P99999D"),
        ({"valid_from": "2026-11-23"}, "P50Y"),
        ({"valid_from": "2015"}, "P999Y9999M9999W99999D"),
    ],
)
def test_no_length_reaches_beyond_the_last_plausible_day(
    register: Register, problems_of: ProblemsOf, cells: dict[str, Any], term: str
) -> None:
    register.agreement(**cells, term=term)
    assert problems_of(register) == [
        f"agreements.csv:2: term = '{term}' ends after 2076-11-21. "
        "Mend: check the length against the source."
    ]


def test_a_length_beyond_the_calendar_is_told_with_its_begin(
    register: Register, problems_of: ProblemsOf
) -> None:
    register.agreement(valid_from="9999-01-01", term="P5Y")
    assert [problem.split(" = ")[0] for problem in problems_of(register)] == [
        "agreements.csv:2: term",
        "agreements.csv:2: valid_from",
        "statements.csv:5: value",
    ]


# --- events -----------------------------------------------------------------------------------

EVENTS = ["terminated", "replaced", "suspended", "resumed", "extended", "renewed"]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(
    ("signed_on", "happened"),
    [
        ("2022-03-01", "2014-06-01"),
        ("2022-03-01", "2022-02-28"),
        ("2022-03", "2022-02"),
        ("2022", "2021-12-31?"),
    ],
)
def test_nothing_happens_to_an_agreement_before_its_signing(
    register: Register, problems_of: ProblemsOf, event: str, signed_on: str, happened: str
) -> None:
    register.agreement(signed_on=signed_on)
    register.event(event, happened, agreement_id="programme", note="No source states an end.")
    assert problems_of(register) == [
        f"events.csv:2: date = '{happened}' lies before the signing of what it concerns "
        f"(signed_on = {signed_on}). Mend: check both dates against their sources."
    ]


@pytest.mark.parametrize(
    ("event", "cells", "happened"),
    [
        ("terminated", {"signed_on": "2022-03-01"}, "2022-03-01"),
        ("terminated", {"signed_on": "2022-03-01"}, "2022"),
        ("terminated", {"signed_on": "2022-03-01"}, "2022-03?"),
        ("terminated", {"signed_on": "2022"}, "2022-01-01"),
        ("terminated", {"signed_on": "2022-03-01"}, ""),
        ("terminated", {"reported_on": "2022-03-01"}, "2022-02-28"),
        ("announced", {"signed_on": "2022-03-01"}, "2021"),
    ],
)
def test_an_event_that_may_follow_the_signing_is_let_in(
    register: Register,
    problems_of: ProblemsOf,
    event: str,
    cells: dict[str, Any],
    happened: str,
) -> None:
    register.agreement(**cells)
    register.event(event, happened, agreement_id="programme")
    assert problems_of(register) == []


def test_what_happens_to_a_partnership_may_precede_a_later_agreement(
    register: Register, problems_of: ProblemsOf
) -> None:
    register.agreement(signed_on="2022-03-01")
    register.event("terminated", "2014-06-01")
    assert problems_of(register) == []


@pytest.mark.parametrize("event", ["extended", "renewed"])
def test_the_new_end_is_asked_for(register: Register, problems_of: ProblemsOf, event: str) -> None:
    register.agreement(signed_on="2022-03-01", valid_to="2025-02-28")
    register.event(event, "2025-03-01", agreement_id="programme")
    assert problems_of(register) == [
        "events.csv:2: valid_to = '' is empty for what was prolonged. Mend: give the new end that "
        "a source states, or say in the note that none states one."
    ]


def test_a_note_may_say_why_there_is_no_new_end(
    register: Register, problems_of: ProblemsOf
) -> None:
    register.agreement(signed_on="2022-03-01", valid_to="2025-02-28")
    register.event(
        "renewed", "2025-03-01", agreement_id="programme", note="By tacit agreement, without an end"
    )
    register.event("renewed", "2025-03-01")
    assert problems_of(register) == []


@pytest.mark.parametrize(
    ("event", "cells", "rule"),
    [
        ("terminated", {"date": "2023-01-01"}, "is given for: terminated"),
        ("announced", {"date": "2023-01-01"}, "is given for: announced"),
        ("extended", {"date": "2023-01-01", "agreement_id": ""}, "is given for a whole partner"),
        ("extended", {"date": ""}, "is given without a date"),
        ("renewed", {"date": "2027-02"}, "ends before it is renewed (date = 2027-02)"),
        ("extended", {"valid_to": "2025-02-27"}, "the end that held until then (valid_to = 2025-"),
        ("extended", {"valid_to": "2024"}, "the end that held until then (valid_to = 2025-02-28)"),
    ],
)
def test_a_new_end_that_moves_nothing_is_refused(
    register: Register,
    problems_of: ProblemsOf,
    event: str,
    cells: dict[str, Any],
    rule: str,
) -> None:
    register.agreement(signed_on="2022-03-01", valid_to="2025-02-28")
    row: dict[str, Any] = {"date": "2023-01-01", "agreement_id": "programme", "valid_to": "2026"}
    row |= cells
    register.event(event, **row)
    [problem] = problems_of(register)
    assert problem.startswith(f"events.csv:2: valid_to = '{row['valid_to']}' ")
    assert rule in problem


@pytest.mark.parametrize("valid_to", ["2025-02-28", "2025-02", "2025", "2026?"])
def test_a_new_end_that_may_be_a_later_one_is_let_in(
    register: Register, problems_of: ProblemsOf, valid_to: str
) -> None:
    register.agreement(signed_on="2022-03-01", valid_to="2025-02-28")
    register.event("extended", "2023-01-01", agreement_id="programme", valid_to=valid_to)
    assert problems_of(register) == []


def test_several_extensions_lead_further_and_further(
    register: Register, problems_of: ProblemsOf
) -> None:
    register.agreement(signed_on="2015-01-01", valid_to="2016")
    register.event("extended", "2018-11-01", agreement_id="programme", valid_to="2021")
    register.event("extended", "2016-11-01", agreement_id="programme", valid_to="2018")
    register.event("extended", "2019-11-01", agreement_id="programme", valid_to="2020")
    assert problems_of(register) == [
        "events.csv:4: valid_to = '2020' lies before the end that held until then "
        "(valid_to = 2021 of event-1). Mend: check both dates against their sources."
    ]


@pytest.mark.parametrize(
    ("cells", "valid_to", "rule"),
    [
        (
            {"signed_on": "2020-01-10", "term": "P3Y"},
            "2023-01-09",
            "the end that held until then (term = P3Y)",
        ),
        (
            {"signed_on": "2020-01-10", "valid_from": "2021-06"},
            "2021-05",
            "ends before it begins (valid_from = 2021-06)",
        ),
    ],
)
def test_a_new_end_fits_what_else_is_stated(
    register: Register,
    problems_of: ProblemsOf,
    cells: dict[str, Any],
    valid_to: str,
    rule: str,
) -> None:
    register.agreement(**cells)
    register.event("extended", "2020-06-01", agreement_id="programme", valid_to=valid_to)
    [problem] = problems_of(register)
    assert rule in problem


def test_a_new_end_needs_a_source(register: Register, problems_of: ProblemsOf) -> None:
    register.agreement(signed_on="2022-03-01", valid_to="2025")
    register.event("extended", "2023-01-01", agreement_id="programme", note="-")
    register.rows["events"][0]["valid_to"] = "2027"
    [problem] = problems_of(register)
    assert problem.startswith("events.csv:2: valid_to = '2027' is stated by no source.")


def test_events_of_a_time_before_there_was_the_column_are_read(
    register: Register, tmp_path: Path
) -> None:
    register.agreement(signed_on="2019-09-10", valid_to="2021")
    register.event("terminated", "2020-05-01", agreement_id="programme")
    folder = register.write(tmp_path / "register")
    file = folder / "events.csv"
    lines = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    place = lines[0].index("valid_to")
    kept = "".join(",".join(line[:place] + line[place + 1 :]) + "\n" for line in lines)
    file.write_text(kept, encoding="utf-8")
    assert check(folder, today=TODAY)["events"] == 1
