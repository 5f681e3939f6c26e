"""Every way of breaking the register is refused, with the place, the value and a mend."""

import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import main
from tests.conftest import Register

ROOT = Path(__file__).resolve().parents[2]

Edit = Callable[[bytes], bytes]

STATED = {"instrument", "signed_on", "reported_on", "valid_from", "valid_to", "term"}
STATED |= {"event", "date", "actor"}


@pytest.fixture
def register(register: Register) -> Register:
    """Two cities, a district, a chain of three agreements, and something in every table."""
    register.partner("istanbul", name="Istanbul", country_code="TR")
    register.partner("sisli", name="Şişli", kind="district", country_code="TR", within="istanbul")
    register.partner_name("Любляна")
    register.agreement("first", signed_on="2000", valid_from="2000", valid_to="2003")
    register.agreement("second", signed_on="2008-05", valid_from="2008", follows="first")
    register.agreement("third", signed_on="2019-09-10", valid_to="2021", follows="second")
    register.agreement("turkish", partner_id="istanbul", signed_on="2015", term="P3Y")
    register.label("culture and the arts", agreement_id="third")
    register.event("suspended", "2020-03", agreement_id="third")
    return register


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    """That register, written."""
    return register.write(tmp_path / "register")


def check(folder: Path) -> Result:
    return CliRunner().invoke(main, ["check", "--register", str(folder)])


def problems_of(folder: Path) -> list[str]:
    """What `check` reports, one problem a line, without its last line, the count."""
    result = check(folder)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    *problems, count = result.stderr.splitlines()
    noun = "problem" if len(problems) == 1 else "problems"
    assert count == f"{len(problems)} {noun}. Nothing was published."
    return problems


def is_reported(problems: list[str], place: str, cell: str, mend: str) -> bool:
    """Whether a line begins with the place and the cell, and gives this advice as its mend."""
    return any(
        line.startswith(f"{place}: {cell}") and mend in line.partition(" Mend: ")[2]
        for line in problems
    )


def change(register: Register, table: str, row: int, **cells: str) -> None:
    """Change cells of a row, and add the statements that the new values need."""
    register.rows[table][row] |= cells
    record = next(iter(register.rows[table][row].values()))
    stated = {
        (cell["record_id"], cell["field"], cell["value"]) for cell in register.rows["statements"]
    }
    for name, value in cells.items():
        if (
            table in {"agreements", "events"}
            and name in STATED
            and (record, name, value) not in stated
        ):
            register.statement(record, name, value)


# --- good data --------------------------------------------------------------------------------


def test_a_valid_register_passes(folder: Path) -> None:
    result = check(folder)
    assert (result.exit_code, result.stderr) == (0, "")
    # 3 partners, 1 name, 1 source, 1 area, 4 agreements, 1 label, 1 event. Statements: partner,
    # instrument and dates of the agreements, 5 + 4 + 4 + 4; kind and date of the event, 2.
    assert result.stdout == "The register is valid: 31 rows in 8 tables.\n"


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


# --- one file ---------------------------------------------------------------------------------


def replaced(old: str, new: str) -> Edit:
    return lambda content: content.replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize(
    ("file", "edit", "place", "mend"),
    [
        pytest.param("events.csv", lambda _: b"", "events.csv", "header: event_id", id="empty"),
        pytest.param("events.csv", lambda _: b" \n\n", "events.csv", "header", id="blank"),
        pytest.param(
            "partners.csv",
            lambda content: content.decode().encode("iso-8859-9"),
            "partners.csv:4",
            "UTF-8",
            id="latin-5",
        ),
        pytest.param(
            "sources.csv",
            lambda content: content.replace(b"City", b"Cit\xe9"),
            "sources.csv:2",
            "UTF-8",
            id="latin-1",
        ),
        pytest.param(
            "partners.csv",
            lambda content: content.decode().encode("utf-16"),
            "partners.csv:1",
            "UTF-8",
            id="utf-16",
        ),
        pytest.param(
            "areas.csv",
            lambda content: b"\xef\xbb\xbf" + content,
            "areas.csv:1",
            "without BOM",
            id="byte-order-mark",
        ),
        pytest.param(
            "areas.csv",
            lambda content: content.replace(b"\n", b"\r\n"),
            "areas.csv:1",
            "line ends LF only",
            id="CRLF",
        ),
        pytest.param(
            "partners.csv",
            replaced("Istanbul", "Istan\rbul"),
            "partners.csv:3",
            "line ends LF only",
            id="lone CR",
        ),
        pytest.param(
            "partners.csv", replaced("Istanbul", "Istan\0bul"), "partners.csv:3", "UTF-8", id="NUL"
        ),
        pytest.param(
            "partners.csv", replaced("TR,", "TR,,"), "partners.csv:3", "commas", id="long row"
        ),
        pytest.param(
            "partners.csv", replaced("TR,", "TR"), "partners.csv:3", "commas", id="short row"
        ),
        pytest.param(
            "partners.csv",
            replaced("\nistanbul,", "\n\nistanbul,"),
            "partners.csv:3",
            "remove it",
            id="empty line",
        ),
        pytest.param(
            "partners.csv", replaced("Istanbul", '"Istanbul'), "partners.csv:3", "quotes", id='"'
        ),
        pytest.param(
            "partners.csv", replaced("Istanbul", '"Istan"bul'), "partners.csv:3", "quotes", id='""'
        ),
        pytest.param(
            "areas.csv", lambda content: content[:-1], "areas.csv:2", "line end", id="no end"
        ),
    ],
)
def test_a_broken_file_is_told_with_its_line(
    folder: Path, file: str, edit: Edit, place: str, mend: str
) -> None:
    path = folder / file
    path.write_bytes(edit(path.read_bytes()))
    assert is_reported(problems_of(folder), place, "", mend)


@pytest.mark.parametrize("table", ["areas", "partners", "agreements", "events", "statements"])
def test_a_missing_file_is_one_problem(folder: Path, table: str) -> None:
    (folder / f"{table}.csv").unlink()
    [problem] = problems_of(folder)
    assert problem.startswith(f"{table}.csv: the file is missing. Mend: restore it")


def test_a_missing_column_is_named(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_text("area_id,name,definition\nculture,Culture,Arts\n", encoding="utf-8")
    assert is_reported(problems_of(folder), "areas.csv:1", "cofog", "add it to the header")


def test_an_extra_column_is_named(folder: Path) -> None:
    path = folder / "partner_names.csv"
    path.write_text(
        "partner_id,name,language,colour\nljubljana,Любляна,ru,green\n", encoding="utf-8"
    )
    assert is_reported(problems_of(folder), "partner_names.csv:1", "colour", "remove it")


def test_a_misspelt_column_is_named_beside_the_right_one(folder: Path) -> None:
    path = folder / "partner_names.csv"
    path.write_text("partner_id,nane,language\nljubljana,Любляна,ru\n", encoding="utf-8")
    problems = problems_of(folder)
    assert is_reported(problems, "partner_names.csv:1", "name ", "add it to the header")
    assert is_reported(problems, "partner_names.csv:1", "nane ", "remove it")


def test_a_column_twice_is_named(folder: Path) -> None:
    path = folder / "partner_names.csv"
    path.write_text("partner_id,name,language,name\nljubljana,A,ru,B\n", encoding="utf-8")
    assert is_reported(problems_of(folder), "partner_names.csv:1", "name", "keep one")


def test_an_unknown_file_is_named(folder: Path) -> None:
    (folder / "partner.csv").write_text("partner_id\nparis\n", encoding="utf-8")
    assert is_reported(problems_of(folder), "partner.csv", "", "partners.csv")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert is_reported(problems_of(tmp_path / "nowhere"), f"{tmp_path}/nowhere", "", "path")


def test_lines_are_counted_as_an_editor_counts_them(register: Register, tmp_path: Path) -> None:
    change(register, "partners", 1, name="Istan\nbul")
    change(register, "partners", 2, country_code="XX")
    problems = problems_of(register.write(tmp_path / "newline"))
    assert is_reported(problems, "partners.csv:3", r"name = 'Istan\nbul'", "line breaks")
    assert is_reported(problems, "partners.csv:5", "country_code = 'XX'", "ISO 3166-1")


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
        ("agreements", 2, "partner_id", "", "the partner"),
        ("statements", 0, "value", "", "what the source says"),
        ("agreement_areas", 0, "area_id", "", "map the label to one or more areas"),
        ("agreement_areas", 0, "label", "", "own words"),
    ],
)
def test_a_bad_cell_is_told_with_its_value(
    register: Register, tmp_path: Path, table: str, row: int, column: str, value: str, mend: str
) -> None:
    change(register, table, row, **{column: value})
    problems = problems_of(register.write(tmp_path / "bad"))
    assert is_reported(problems, f"{table}.csv:{row + 2}", f"{column} = {value!r} ", mend)


# --- one table --------------------------------------------------------------------------------


def test_a_duplicate_id_is_told_with_the_first_one(register: Register, tmp_path: Path) -> None:
    register.partner("istanbul", name="Istanbul", country_code="TR")
    [problem] = problems_of(register.write(tmp_path / "twice"))
    assert problem.startswith("partners.csv:5: partner_id = 'istanbul' is already in line 3. Mend:")


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
        (1, {"within": "ljubljana"}, "only districts have it"),
        (1, {"within": "ljubljana", "kind": "region"}, "only districts have it"),
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
    register.rows[table][row][column] = "nowhere"
    problems = problems_of(register.write(tmp_path / "dangling"))
    place = f"{table}.csv:{row + 2}"
    assert is_reported(problems, place, f"{column} = 'nowhere' is not in {parent}", "add it there")


@pytest.mark.parametrize(
    ("table", "row", "place", "cell", "key"),
    [
        ("partners", 1, "agreements.csv:5", "partner_id = 'istanbul'", "partner_id"),
        ("partners", 1, "partners.csv:3", "within = 'istanbul'", "partner_id"),
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
    problems = problems_of(register.write(tmp_path / "circle"))
    assert len(problems) == len(circle) - 1
    assert is_reported(problems, "agreements.csv:2", f"{link} = '{circle[1]}'", "break the circle")
    assert " -> ".join(circle) in problems[0]


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
    assert is_reported(problems, "agreements.csv:3", "partner_id = '' is empty", "the partner")


def test_an_event_on_an_agreement_without_partner_is_told(
    register: Register, tmp_path: Path
) -> None:
    register.rows["agreements"][2]["partner_id"] = ""
    problems = problems_of(register.write(tmp_path / "event"))
    assert is_reported(problems, "agreements.csv:4", "partner_id = '' is empty", "the partner")


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
    register.agreement("fourth", stated=False, signed_on="2019-09-10")
    for field, value in (("partner_id", "ljubljana"), ("instrument", "programme")):
        register.statement("fourth", field, value)
    register.statement("fourth", "signed_on", "2019-09")
    [problem] = problems_of(register.write(tmp_path / "unstated"))
    assert problem.startswith("agreements.csv:6: signed_on = '2019-09-10' is stated by no source")


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
    line = len(register.rows["statements"]) + 1
    problems = problems_of(register.write(tmp_path / "statement"))
    assert len(problems) == 1
    assert is_reported(problems, f"statements.csv:{line}", f"{cell} ", mend)


# --- the register as a whole ------------------------------------------------------------------


def expect(folder: Path, bound: str) -> None:
    """Declare how many agreements there are to be."""
    (folder / "expectations.toml").write_text(
        '[[expectation]]\nname = "size"\nreason = "there were four"\n'
        f'query = "SELECT agreement_id FROM agreements ORDER BY 1"\n{bound}\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize("bound", ["at_least = 4", "at_most = 4", "at_least = 4\nat_most = 4"])
def test_what_is_as_expected_passes(folder: Path, bound: str) -> None:
    expect(folder, bound)
    assert check(folder).exit_code == 0


def test_fewer_rows_than_expected_are_told_with_the_reason(folder: Path) -> None:
    expect(folder, "at_least = 5")
    [problem] = problems_of(folder)
    assert problem.startswith("expectations.toml: size = '4' breaks the expectation of at least 5")
    assert "there were four" in problem


def test_more_rows_than_expected_are_told_by_name(folder: Path) -> None:
    expect(folder, "at_most = 3")
    [problem] = problems_of(folder)
    assert "size = '4 (first, second, third, turkish)' breaks the expectation" in problem


@pytest.mark.parametrize(
    "text",
    [
        "[[expectation]",
        '[[expectation]]\nname = "no query"\n',
        '[[expectation]]\nname = "x"\nreason = "x"\nquery = "SELECT nothing"\n',
    ],
)
def test_an_expectation_that_cannot_be_read_is_told(folder: Path, text: str) -> None:
    (folder / "expectations.toml").write_text(text, encoding="utf-8")
    [problem] = problems_of(folder)
    assert problem.startswith("expectations.toml: ")
    assert "Mend: " in problem


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
