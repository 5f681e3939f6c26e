"""Every way of breaking the register is refused, with the place, the value and a mend."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.__main__ import main
from tests.conftest import Register
from tests.etl.breaking import change, check, is_reported, line_of, problems_of, whole_register

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def register() -> Register:
    return whole_register()


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    """That register, written."""
    return register.write(tmp_path / "register")


# --- good data --------------------------------------------------------------------------------


def test_a_valid_register_passes(folder: Path) -> None:
    result = check(folder)
    assert (result.exit_code, result.stderr) == (0, "")
    # 3 partners, 1 name, 1 source, 1 area, 4 agreements, 1 label, 1 event, 1 withdrawn id.
    # Statements: partner, instrument and dates of the agreements, 5 + 4 + 4 + 4; kind and date of
    # the event, 2.
    assert result.stdout == "The register is valid: 33 rows in 10 tables.\n"


def test_commas_and_quotes_in_a_cell_are_fine(register: Register, tmp_path: Path) -> None:
    register.agreement("fourth", title='Programme "Moscow, Ljubljana", part 1')
    assert check(register.write(tmp_path / "quoted")).exit_code == 0


def test_tables_without_rows_are_fine(tmp_path: Path) -> None:
    empty = Register()
    empty.rows["partners"].clear()
    empty.rows["sources"].clear()
    empty.rows["areas"].clear()
    assert check(empty.write(tmp_path / "empty")).exit_code == 0


def test_columns_may_stand_in_another_order(folder: Path) -> None:
    (folder / "partner_names.csv").write_text(
        "language,partner_id,name\nru,ljubljana,Любляна\n", encoding="utf-8"
    )
    assert check(folder).exit_code == 0


# --- one cell ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "mend"),
    [
        ("agreements", 2, "instrument", "treaty", "use one of twinning, agreement, programme"),
        ("agreements", 2, "moscow_party", "mayor", "use one of moscow_government"),
        ("partners", 0, "kind", "town", "use one of city, region, district"),
        ("events", 0, "event", "cancelled", "use one of announced, signed"),
        ("events", 0, "actor", "Moscow", "use one of moscow, partner, both"),
        ("sources", 0, "kind", "blog", "use one of official"),
        ("partners", 0, "country_code", "XX", "ISO 3166-1"),
        ("partners", 0, "country_code", "si", "two capital letters"),
        ("partners", 0, "country_code", "SVN", "two capital letters"),
        ("partners", 0, "country_code", "UK", "ISO 3166-1"),
        ("partners", 0, "country_code", "SU", "ISO 3166-1"),
        ("sources", 0, "language", "xx", "for example ru"),
        ("sources", 0, "language", "RU", "for example ru"),
        ("sources", 0, "language", "Russian", "for example ru"),
        ("agreements", 2, "signed_on", "2019-02-30", "YYYY-MM-DD"),
        ("agreements", 2, "signed_on", "10.09.2019", "YYYY-MM-DD"),
        ("agreements", 2, "valid_to", "2021-13", "YYYY-MM"),
        ("agreements", 2, "reported_on", "autumn 2019", "YYYY-MM-DD"),
        ("events", 0, "date", "2020-3", "YYYY-MM"),
        ("sources", 0, "published_on", "2019-00", "YYYY-MM"),
        ("agreements", 3, "term", "3 years", "P3Y"),
        ("agreements", 3, "term", "P0Y", "P3Y"),
        ("agreements", 3, "term", "P9999Y", "P3Y"),
        ("partners", 0, "partner_id", "Ljubljana", "a-z, 0-9"),
        ("partners", 0, "partner_id", "ljubljana_1", "single hyphens"),
        ("partners", 0, "partner_id", "ljubljana--1", "single hyphens"),
        ("sources", 0, "url", "www.ljubljana.si", "http://"),
        ("sources", 0, "url", "javascript:alert(1)", "http://"),
        ("sources", 0, "url", "https://ljubljana.si/a b", "address"),
        ("sources", 0, "url", "http://[", "address"),
        ("partners", 0, "latitude", "90.5", "-90 to 90"),
        ("partners", 0, "latitude", "46,05", "-90 to 90"),
        ("partners", 0, "latitude", "4٢", "-90 to 90"),
        ("partners", 0, "longitude", "-181", "-180 to 180"),
        ("partners", 0, "geonames_id", "12.5", "digits"),
        ("partners", 0, "geonames_id", "1٢", "digits"),
        ("partners", 0, "geonames_id", "9" * 19, "at most 18"),
        ("partners", 0, "name", " Ljubljana", "outer spaces"),
        ("partners", 0, "name", "Ljubljana\u00a0", "outer spaces"),
        ("partners", 0, "country_code", "SI ", "outer spaces"),
        ("partners", 0, "name", "Ljub\tljana", "tabs"),
        ("partners", 0, "name", "Ljub\u2028ljana", "line breaks"),
        ("partners", 2, "name", "S\u0327is\u0327li", "normalise"),
        ("agreements", 2, "title", "", "give it"),
        ("agreements", 2, "partner_id", "", "The partner"),
        ("statements", 0, "value", "", "What the source says"),
        ("agreement_areas", 0, "area_id", "", "map the label to one or more areas"),
        ("agreement_areas", 0, "label", "", "own words"),
    ],
)
def test_a_bad_cell_is_told_with_its_value(
    register: Register, tmp_path: Path, table: str, row: int, column: str, value: str, mend: str
) -> None:
    changed = change(register, table, row, **{column: value})
    problems = problems_of(register.write(tmp_path / "bad"))
    place = f"{table}.csv:{line_of(register, table, changed)}"
    assert is_reported(problems, place, f"{column} = {value!r} ", mend)


# --- one table --------------------------------------------------------------------------------


def test_a_duplicate_id_is_told_with_the_first_one(register: Register, tmp_path: Path) -> None:
    register.partner("istanbul", name="Istanbul", country_code="TR")
    [problem] = problems_of(register.write(tmp_path / "twice"))
    assert problem.startswith("partners.csv:3: partner_id = 'istanbul' is already in line 2. Mend:")


def test_a_duplicate_statement_is_told_with_its_whole_key(
    register: Register, tmp_path: Path
) -> None:
    register.statement("third", "valid_to", "2021")
    [problem] = problems_of(register.write(tmp_path / "twice"))
    assert "'third, valid_to, 2021, city-hall' is already in line " in problem


@pytest.mark.parametrize(
    ("dates", "cell", "other"),
    [
        ({"valid_from": "2022"}, "valid_to = '2021'", "valid_from = 2022"),
        (
            {"valid_from": "2021-02", "valid_to": "2021-01-31"},
            "valid_to = '2021-01-31'",
            "valid_from = 2021-02",
        ),
        ({"signed_on": "2022-01-01"}, "valid_to = '2021'", "signed_on = 2022-01-01"),
        ({"reported_on": "2019-09-09"}, "reported_on = '2019-09-09'", "signed_on = 2019-09-10"),
    ],
)
def test_dates_in_the_wrong_order_are_told_together(
    register: Register, tmp_path: Path, dates: dict[str, str], cell: str, other: str
) -> None:
    register.rows["events"][0]["agreement_id"] = ""
    change(register, "agreements", 2, **dates)
    [problem] = problems_of(register.write(tmp_path / "order"))
    assert problem.startswith(f"agreements.csv:4: {cell} ")
    assert f"({other})" in problem
    assert "Mend: check both dates" in problem


@pytest.mark.parametrize(
    "dates",
    [
        {"valid_from": "2021", "valid_to": "2021"},
        {"valid_from": "2021-12-31", "valid_to": "2021"},
        {"signed_on": "2021", "valid_to": "2021-03"},
        {"signed_on": "2019-09", "reported_on": "2019-09-10"},
    ],
)
def test_dates_that_may_be_in_order_pass(
    register: Register, tmp_path: Path, dates: dict[str, str]
) -> None:
    register.rows["events"][0]["agreement_id"] = ""
    change(register, "agreements", 2, **dates)
    assert check(register.write(tmp_path / "order")).exit_code == 0


def test_a_term_beside_an_end_is_refused(register: Register, tmp_path: Path) -> None:
    change(register, "agreements", 2, term="P2Y")
    [problem] = problems_of(register.write(tmp_path / "term"))
    assert problem.startswith("agreements.csv:4: term = 'P2Y' stands beside valid_to. Mend: ")


@pytest.mark.parametrize(
    ("row", "cells", "mend"),
    [
        (2, {"within": ""}, "the partner_id of its city"),
        (2, {"within": "sisli"}, "the partner_id of a city"),
        (0, {"within": "ljubljana"}, "only districts have it"),
        (0, {"within": "ljubljana", "kind": "region"}, "only districts have it"),
        (2, {"within": "ljubljana"}, "a city of TR"),
    ],
)
def test_a_district_and_nothing_else_lies_within_a_city(
    register: Register, tmp_path: Path, row: int, cells: dict[str, str], mend: str
) -> None:
    change(register, "partners", row, **cells)
    problems = problems_of(register.write(tmp_path / "within"))
    assert is_reported(problems, f"partners.csv:{row + 2}", f"within = '{cells['within']}' ", mend)


# --- between tables ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "row", "column", "parent"),
    [
        ("partners", 2, "within", "partners.csv"),
        ("partner_names", 0, "partner_id", "partners.csv"),
        ("agreements", 2, "partner_id", "partners.csv"),
        ("agreements", 2, "follows", "agreements.csv"),
        ("agreements", 2, "implements", "agreements.csv"),
        ("agreement_areas", 0, "agreement_id", "agreements.csv"),
        ("agreement_areas", 0, "area_id", "areas.csv"),
        ("agreement_areas", 0, "source_id", "sources.csv"),
        ("events", 0, "partner_id", "partners.csv"),
        ("events", 0, "agreement_id", "agreements.csv"),
        ("statements", 0, "source_id", "sources.csv"),
    ],
)
def test_a_key_that_leads_nowhere_is_refused(
    register: Register, tmp_path: Path, table: str, row: int, column: str, parent: str
) -> None:
    changed = register.rows[table][row]
    changed[column] = "nowhere"
    problems = problems_of(register.write(tmp_path / "dangling"))
    place = f"{table}.csv:{line_of(register, table, changed)}"
    assert is_reported(problems, place, f"{column} = 'nowhere' is not in {parent}", "add it there")


@pytest.mark.parametrize(
    ("table", "row", "place", "cell", "key"),
    [
        ("partners", 0, "agreements.csv:5", "partner_id = 'istanbul'", "partner_id"),
        ("partners", 0, "partners.csv:3", "within = 'istanbul'", "partner_id"),
        ("areas", 0, "agreement_areas.csv:2", "area_id = 'culture'", "area_id"),
        ("sources", 0, "agreement_areas.csv:2", "source_id = 'city-hall'", "source_id"),
        ("sources", 0, "statements.csv:2", "source_id = 'city-hall'", "source_id"),
        ("agreements", 1, "agreements.csv:3", "follows = 'second'", "agreement_id"),
        ("agreements", 2, "events.csv:2", "agreement_id = 'third'", "agreement_id"),
    ],
)
def test_a_row_cannot_go_while_others_need_it(
    register: Register, tmp_path: Path, table: str, row: int, place: str, cell: str, key: str
) -> None:
    del register.rows[table][row]
    problems = problems_of(register.write(tmp_path / "removed"))
    assert is_reported(problems, place, f"{cell} is not in {table}.csv", f"add it there as {key}")


@pytest.mark.parametrize("link", ["follows", "implements"])
@pytest.mark.parametrize(
    "circle",
    [("first", "first"), ("first", "second", "first"), ("first", "third", "second", "first")],
)
def test_a_chain_that_leads_back_is_refused(
    register: Register, tmp_path: Path, link: str, circle: tuple[str, ...]
) -> None:
    rows = {row["agreement_id"]: row for row in register.rows["agreements"]}
    for row in rows.values():
        row["follows"] = ""
    for agreement, target in pairwise(circle):
        rows[agreement][link] = target
    [problem] = problems_of(register.write(tmp_path / "circle"))
    closing = line_of(register, "agreements", rows[circle[-2]])
    assert problem.startswith(f"agreements.csv:{closing}: {link} = 'first' leads back to itself")
    assert f"({' -> '.join(circle)})" in problem
    assert problem.endswith("Mend: break the circle.")


def test_a_circle_over_both_kinds_of_links_is_refused(register: Register, tmp_path: Path) -> None:
    register.rows["agreements"][0]["implements"] = "third"
    [problem] = problems_of(register.write(tmp_path / "circle"))
    assert problem.startswith("agreements.csv:3: follows = 'first' leads back to itself")
    assert "(first -> third -> second -> first)" in problem


def test_each_circle_is_told_once(register: Register, tmp_path: Path) -> None:
    register.rows["agreements"][0]["follows"] = "second"
    register.rows["agreements"][3]["implements"] = "turkish"
    problems = problems_of(register.write(tmp_path / "circles"))
    assert [problem.split(" leads")[0] for problem in problems] == [
        "agreements.csv:3: follows = 'first'",
        "agreements.csv:5: implements = 'turkish'",
    ]


@pytest.mark.parametrize("link", ["follows", "implements"])
def test_a_chain_stays_within_a_partner(register: Register, tmp_path: Path, link: str) -> None:
    register.rows["agreements"][3][link] = "third"
    [problem] = problems_of(register.write(tmp_path / "chain"))
    assert problem.startswith(f"agreements.csv:5: {link} = 'third' is an agreement of another")
    assert "Mend: link agreements of one partner only." in problem


def test_a_chain_through_an_agreement_without_partner_is_told(
    register: Register, tmp_path: Path
) -> None:
    register.rows["agreements"][1]["partner_id"] = ""
    problems = problems_of(register.write(tmp_path / "chain"))
    assert is_reported(problems, "agreements.csv:3", "partner_id = '' is empty", "The partner")


def test_an_event_on_an_agreement_without_partner_is_told(
    register: Register, tmp_path: Path
) -> None:
    register.rows["agreements"][2]["partner_id"] = ""
    problems = problems_of(register.write(tmp_path / "event"))
    assert is_reported(problems, "agreements.csv:4", "partner_id = '' is empty", "The partner")


def test_an_event_and_its_agreement_have_one_partner(register: Register, tmp_path: Path) -> None:
    register.event("terminated", "2020", agreement_id="turkish")
    [problem] = problems_of(register.write(tmp_path / "event"))
    assert problem.startswith("events.csv:3: agreement_id = 'turkish' is an agreement of another")
    assert "Mend: the event's partner is ljubljana." in problem


def test_a_signing_is_no_event_of_an_agreement(register: Register, tmp_path: Path) -> None:
    register.event("signed", "2019-09-10", agreement_id="third")
    [problem] = problems_of(register.write(tmp_path / "event"))
    assert problem.startswith("events.csv:3: event = 'signed' ")
    assert "give the date as signed_on" in problem


# --- statements -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("instrument", "memorandum"),
        ("signed_on", "2019-09-11"),
        ("signed_in", "Moscow"),
        ("reported_on", "2019-09-11"),
        ("valid_from", "2019"),
        ("valid_to", "2022"),
        ("moscow_signatory", "Sergei Sobyanin (Mayor of Moscow)"),
        ("partner_signatory", "Zoran Janković (Mayor of Ljubljana)"),
    ],
)
def test_a_chosen_value_needs_a_source(
    register: Register, tmp_path: Path, column: str, value: str
) -> None:
    register.rows["agreements"][2][column] = value
    [problem] = problems_of(register.write(tmp_path / "unstated"))
    assert problem.startswith(f"agreements.csv:4: {column} = '{value}' is stated by no source.")
    assert "Mend: add the statement to statements.csv" in problem


@pytest.mark.parametrize(("column", "value"), [("date", "2020-04"), ("event", "terminated")])
def test_an_event_needs_a_source(
    register: Register, tmp_path: Path, column: str, value: str
) -> None:
    register.rows["events"][0][column] = value
    [problem] = problems_of(register.write(tmp_path / "unstated"))
    assert problem.startswith(f"events.csv:2: {column} = '{value}' is stated by no source.")


def test_a_statement_at_another_precision_does_not_bear_a_value(
    register: Register, tmp_path: Path
) -> None:
    register.agreement("fourth", stated=False, signed_on="2018-09-10")
    for field, value in (("partner_id", "ljubljana"), ("instrument", "programme")):
        register.statement("fourth", field, value)
    register.statement("fourth", "signed_on", "2018-09")
    [problem] = problems_of(register.write(tmp_path / "unstated"))
    assert problem.startswith("agreements.csv:3: signed_on = '2018-09-10' is stated by no source")


@pytest.mark.parametrize(
    ("record", "field", "value", "cell", "mend"),
    [
        ("fourth", "signed_on", "2020", "record_id = 'fourth'", "add the record"),
        ("ljubljana", "name", "Laibach", "record_id = 'ljubljana'", "correct the id"),
        ("third", "colour", "green", "field = 'colour'", "use one of partner_id, instrument"),
        ("third", "title", "Plan", "field = 'title'", "use one of"),
        ("event-1", "signed_on", "2020", "field = 'signed_on'", "use one of partner_id, event"),
        ("third", "signed_on", "10 September", "value = '10 September'", "YYYY-MM-DD"),
        ("third", "signed_on", "2019-02-30", "value = '2019-02-30'", "YYYY-MM-DD"),
        ("third", "term", "3 years", "value = '3 years'", "P3Y"),
        ("third", "instrument", "treaty", "value = 'treaty'", "use one of twinning"),
        ("event-1", "actor", "Moscow", "value = 'Moscow'", "use one of moscow"),
    ],
)
def test_a_statement_is_about_a_field_in_its_form(
    register: Register,
    tmp_path: Path,
    record: str,
    field: str,
    value: str,
    cell: str,
    mend: str,
) -> None:
    register.statement(record, field, value)
    statement = register.rows["statements"][-1]
    problems = problems_of(register.write(tmp_path / "statement"))
    assert len(problems) == 1
    line = line_of(register, "statements", statement)
    assert is_reported(problems, f"statements.csv:{line}", f"{cell} ", mend)


# --- the command line -------------------------------------------------------------------------


def test_all_problems_are_told_at_once_in_the_order_of_files_and_lines(
    register: Register, tmp_path: Path
) -> None:
    register.rows["agreements"][2]["follows"] = "nowhere"
    register.rows["partners"][0]["country_code"] = "XX"
    register.rows["partners"][2]["kind"] = "town"
    register.rows["sources"][0]["url"] = "www.ljubljana.si"
    register.rows["agreement_areas"][0]["area_id"] = ""
    folder = register.write(tmp_path / "many")
    (folder / "events.csv").unlink()
    assert [re.split(": | is | the ", line)[0] for line in problems_of(folder)] == [
        "agreement_areas.csv:2",
        "agreements.csv:4",
        "events.csv",
        "partners.csv:2",
        "partners.csv:4",
        "partners.csv:4",
        "sources.csv:2",
    ]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_process_exits_with_0_on_good_data(folder: Path, tmp_path: Path) -> None:
    done = run("build", "--register", folder, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert (tmp_path / "out" / "partnerships.duckdb").exists()


def test_the_process_exits_with_1_on_bad_data(folder: Path) -> None:
    (folder / "areas.csv").unlink()
    done = run("check", "--register", folder)
    assert done.returncode == 1
    assert done.stderr.endswith("1 problem. Nothing was published.\n")
    assert "Traceback" not in done.stderr


def test_the_process_exits_with_2_on_bad_usage() -> None:
    done = run("bild")
    assert done.returncode == 2
    assert "No such command 'bild'" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["check", "--registry", "x"], ["check", "x"], ["build", "--out"]]
)
def test_bad_usage_exits_with_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_a_file_where_a_folder_is_meant_is_bad_usage(folder: Path) -> None:
    result = check(folder / "areas.csv")
    assert result.exit_code == 2
    assert "is a file" in result.stderr
