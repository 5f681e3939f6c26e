"""``python -m etl new``: a curator's rows are written in their places, sourced and checked."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import main
from etl.curating.ids import slug
from tests.conftest import Register

SOURCE = (
    "--url=https://example.org/1",
    "--publisher=Example",
    "--source-language=sl",
    "--source-kind=news",
)
OTHER_SOURCE = ("--url=https://example.org/2", *SOURCE[1:])
AGREEMENT = (
    "--partner-id=ljubljana",
    "--title=Programme 2019-2021",
    "--instrument=programme",
    "--moscow-party=moscow_government",
    "--valid-from=2019",
    "--valid-to=2021",
)


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    register.agreement("ljubljana-2000-protocol")
    register.agreement("zagreb-like-later")
    register.label(agreement_id="ljubljana-2000-protocol")
    return register.write(tmp_path / "register")


def new(folder: Path, *arguments: str) -> Result:
    kind, *rest = arguments
    return CliRunner().invoke(main, ["new", kind, "--register", str(folder), *rest])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(folder: Path, *arguments: str) -> Result:
    """The result of a command that must leave every file as it is."""
    before = contents(folder)
    result = new(folder, *arguments)
    assert result.exit_code != 0
    assert contents(folder) == before
    return result


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_agreement_is_written_with_source_statements_and_areas(folder: Path) -> None:
    result = new(folder, "agreement", *AGREEMENT, *SOURCE, "--area=culture=kultura, umetnost")
    assert result.exit_code == 0, result.output
    [source] = [row for row in rows(folder, "sources") if row["publisher"] == "Example"]
    assert source["url"] == "https://example.org/1"
    said = {
        (row["field"], row["value"])
        for row in rows(folder, "statements")
        if row["record_id"] == "ljubljana-2019-programme"
        and row["source_id"] == source["source_id"]
    }
    assert said == {
        ("partner_id", "ljubljana"),
        ("instrument", "programme"),
        ("valid_from", "2019"),
        ("valid_to", "2021"),
    }
    [label] = [row for row in rows(folder, "agreement_areas") if row["label"] != "culture"]
    assert (label["area_id"], label["label"], label["language"]) == (
        "culture",
        "kultura, umetnost",
        "sl",
    )


def test_rows_stand_in_order_and_other_lines_are_untouched(folder: Path) -> None:
    before = (folder / "agreements.csv").read_text(encoding="utf-8").splitlines()
    new(folder, "agreement", *AGREEMENT, *SOURCE)
    after = (folder / "agreements.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in after[1:]] == [
        "ljubljana-2000-protocol",
        "ljubljana-2019-programme",
        "zagreb-like-later",
    ]
    assert [line for line in after if line in before] == before


def test_lines_that_are_not_touched_stay_as_they_are_written(folder: Path) -> None:
    path = folder / "agreements.csv"
    header, first, rest = path.read_text(encoding="utf-8").split("\n", 2)
    quoted = ",".join(f'"{cell}"' for cell in first.split(","))
    path.write_text(f"{header}\n{quoted}\n{rest}", encoding="utf-8", newline="")
    new(folder, "agreement", *AGREEMENT, *SOURCE)
    after = path.read_text(encoding="utf-8")
    assert after.startswith(f"{header}\n{quoted}\nljubljana-2019-programme,")
    assert after.endswith(f"\n{rest}")


def test_a_known_source_is_used_again(folder: Path) -> None:
    new(folder, "agreement", *AGREEMENT, *SOURCE)
    result = new(
        folder,
        "statement",
        "ljubljana-2019-programme",
        "term=P3Y",
        "--url=https://example.org/1",
    )
    assert result.exit_code == 0, result.output
    assert len(rows(folder, "sources")) == 2


def test_what_a_further_source_states_becomes_the_value_of_the_record(folder: Path) -> None:
    new(folder, "agreement", *AGREEMENT, *SOURCE)
    others = [row for row in rows(folder, "agreements") if "2019" not in row["agreement_id"]]
    statements = ("signed_on=2019-09-10", "valid_to=2021")
    result = new(folder, "statement", "ljubljana-2019-programme", *statements, *OTHER_SOURCE)
    assert result.exit_code == 0, result.output
    [row] = [row for row in rows(folder, "agreements") if row not in others]
    assert (row["signed_on"], row["valid_from"], row["valid_to"]) == ("2019-09-10", "2019", "2021")
    assert "      signed_on: (empty) → 2019-09-10\n" in result.output
    assert [row["value"] for row in rows(folder, "statements") if row["field"] == "valid_to"] == [
        "2021",
        "2021",
    ]


def test_a_further_source_can_name_areas(folder: Path) -> None:
    statement = ("statement", "ljubljana-2000-protocol", "--area=culture=umetnost", *OTHER_SOURCE)
    assert new(folder, *statement).exit_code == 0
    assert {row["label"] for row in rows(folder, "agreement_areas")} == {"culture", "umetnost"}


@pytest.mark.parametrize(
    ("record", "statement", "said"),
    [
        ("ljubljana-2019-programme", "valid_to=2022", "sources disagree: 2021, 2022"),
        ("ljubljana-2018-programme", "valid_to=2021", "Did you mean ljubljana-2019-programme"),
        ("ljubljana-2019-programme", "valid_until=2021", "write valid_"),
    ],
)
def test_what_a_record_cannot_take_is_refused(
    folder: Path, record: str, statement: str, said: str
) -> None:
    new(folder, "agreement", *AGREEMENT, *SOURCE)
    result = refused(folder, "statement", record, statement, *OTHER_SOURCE)
    assert result.exit_code == 1
    assert said in result.output


def test_an_unknown_source_needs_its_particulars(folder: Path) -> None:
    result = new(folder, "statement", "ljubljana-2000-protocol", "signed_on=2000", SOURCE[0])
    assert result.exit_code == 1
    assert "Mend: give its publisher, language and kind too" in result.output


def test_an_option_that_is_needed_is_not_empty(folder: Path) -> None:
    result = refused(folder, "agreement", *AGREEMENT[1:], "--partner-id=", *SOURCE)
    assert result.exit_code == 2
    assert "Invalid value for '--partner-id': is empty." in result.stderr


def test_what_is_no_address_is_told_as_such(folder: Path) -> None:
    result = refused(folder, "agreement", *AGREEMENT, "--url=http://[", *SOURCE[1:])
    assert result.exit_code == 1
    assert "url = 'http://[' is not an address" in result.stderr
    assert "source_id" not in result.stderr


def without_new_ends(folder: Path) -> None:
    """Make the events a file of the time before ``valid_to``, their last column but two."""
    path = folder / "events.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(",".join(row[:-3] + row[-2:]) + "\n" for row in rows), "utf-8")


EXTENSION = ("--partner-id=ljubljana", "--agreement-id=ljubljana-2000-protocol", "--event=extended")


@pytest.mark.parametrize(
    "arguments",
    [
        ("event", *EXTENSION, "--date=2020", "--valid-to=2025"),
        ("statement", "extension", "valid_to=2025"),
    ],
)
def test_a_value_for_a_column_that_the_file_lacks_is_not_lost(
    register: Register, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    register.agreement()
    register.agreement("ljubljana-2000-protocol", title="Protocol")
    register.event("suspended", "2019", event_id="extension")
    folder = register.write(tmp_path / "old")
    without_new_ends(folder)
    result = refused(folder, *arguments, *SOURCE)
    assert result.exit_code == 1
    assert "events.csv:1: valid_to = '2025' is for a column that the file lacks" in result.stderr
    assert new(folder, "event", *EXTENSION, "--date=2020", "--note=x", *SOURCE).exit_code == 0


def test_what_is_there_already_is_not_written_twice(folder: Path) -> None:
    new(folder, "agreement", *AGREEMENT, *SOURCE)
    result = refused(folder, "agreement", *AGREEMENT, *SOURCE)
    assert result.exit_code == 1
    assert "Mend: write agreement: ljubljana-2019-programme to change that" in result.output
    named = refused(folder, "agreement", "--agreement-id=zagreb-like-later", *AGREEMENT, *SOURCE)
    assert "has a row zagreb-like-later already" in named.output


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("--signed-on=2019-02-30", "etl new agreement: signed_on = '2019-02-30' is no date"),
        ("--follows=nothing", "etl new agreement: follows = 'nothing' is not in"),
        ("--area=nothing=kultura", "etl new agreement: areas.nothing = 'nothing' is not in"),
        ("--note=one\ntwo", "etl new agreement: note = 'one\\ntwo' has a control"),
    ],
)
def test_what_would_be_invalid_is_not_written(folder: Path, argument: str, said: str) -> None:
    result = refused(folder, "agreement", *AGREEMENT, *SOURCE, argument)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.endswith(". Nothing was written.\n")


def test_what_is_no_text_is_not_written(folder: Path) -> None:
    result = refused(folder, "agreement", *AGREEMENT, *SOURCE, "--note=\udcff")
    assert result.exit_code == 1
    assert "note = '\\udcff' is not a text" in result.stderr


def test_what_breaks_an_expectation_is_not_written(folder: Path) -> None:
    (folder / "expectations.toml").write_text(
        '[[expectation]]\nname = "few"\nreason = "x"\nquery = "FROM agreements"\nat_most = 2\n',
        encoding="utf-8",
    )
    result = refused(folder, "agreement", *AGREEMENT, *SOURCE)
    assert "expectations.toml: few = '3 " in result.stderr


@pytest.mark.parametrize("table", ["agreements", "sources"])
@pytest.mark.parametrize(
    ("old", "new_", "said"),
    [
        (b"^", b"\xef\xbb\xbf", "begins with a byte-order mark"),
        (b",", b";", ""),
        (b"\n$", b"", "the last line has no line end"),
        (b"\n", b"\r\n", "has carriage returns"),
        (b"e,", b'e\n",', ""),
    ],
)
def test_a_register_that_the_checks_refuse_is_not_written(
    folder: Path, table: str, old: bytes, new_: bytes, said: str
) -> None:
    path = folder / f"{table}.csv"
    path.write_bytes(re.sub(old.replace(b"$", rb"\Z"), new_, path.read_bytes()))
    checked = CliRunner().invoke(main, ["check", "--register", str(folder)])
    result = refused(folder, "agreement", *AGREEMENT, *SOURCE)
    assert result.exit_code == 1
    *problems, count = result.stderr.splitlines()
    assert problems
    assert set(problems) <= set(checked.stderr.splitlines())
    assert all(problem.startswith(f"{table}.csv:") for problem in problems)
    assert said in problems[0]
    assert count.endswith(" Nothing was written.")


def test_a_cell_of_several_lines_is_refused_and_not_torn(folder: Path) -> None:
    path = folder / "agreements.csv"
    header, rest = path.read_text(encoding="utf-8").split("\n", 1)
    torn = 'a,ljubljana,"Two\nlines",programme,moscow_government' + "," * (header.count(",") - 4)
    path.write_text(f"{header}\n{torn}\n{rest}", encoding="utf-8", newline="")
    result = refused(folder, "agreement", *AGREEMENT, *SOURCE)
    assert result.exit_code == 1
    assert "agreements.csv:2: title = 'Two\\nlines'" in result.stderr


@pytest.mark.parametrize("argument", ["--title=Another", "--url=https://example.org/2"])
def test_an_option_is_given_once(folder: Path, argument: str) -> None:
    result = refused(folder, "agreement", *AGREEMENT, *SOURCE, argument)
    assert result.exit_code == 2
    assert "is given more than once" in result.output


def test_rows_are_written_while_nobody_else_writes(folder: Path) -> None:
    arguments = ["new", "agreement", "--register", str(folder), *AGREEMENT, *SOURCE]
    several = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "etl",
                *arguments,
                f"--agreement-id=p-{number}",
                f"--signed-on={2017 + number}",
            ],
            stdout=subprocess.DEVNULL,
        )
        for number in range(3)
    ]
    assert [process.wait() for process in several] == [0, 0, 0]
    assert {"p-0", "p-1", "p-2"} < {row["agreement_id"] for row in rows(folder, "agreements")}


def test_what_a_killed_command_left_is_finished_by_the_next(folder: Path) -> None:
    def power_cut(*_: object) -> None:
        raise OSError

    before = contents(folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "replace", power_cut)
        assert new(folder, "agreement", *AGREEMENT, *SOURCE).exit_code == 1
    assert {name: contents(folder)[name] for name in before} == before
    assert CliRunner().invoke(main, ["check", "--register", str(folder)]).exit_code == 0
    assert contents(folder).keys() == before.keys()
    assert "ljubljana-2019-programme" in {row["agreement_id"] for row in rows(folder, "agreements")}


def test_announcement_of_an_agreement(folder: Path) -> None:
    result = new(
        folder,
        "event",
        "--partner-id=ljubljana",
        "--agreement-id=ljubljana-2000-protocol",
        "--event=announced",
        "--date=1999-12",
        *SOURCE,
    )
    assert result.exit_code == 0, result.output
    [event] = rows(folder, "events")
    assert event["event_id"] == "ljubljana-2000-protocol-1999-announced"


def test_partner_with_names(folder: Path) -> None:
    result = new(
        folder,
        "partner",
        "--name=São Paulo",
        "--kind=city",
        "--country-code=BR",
        "--also=ru=Сан-Паулу",
    )
    assert result.exit_code == 0, result.output
    assert rows(folder, "partners")[-1]["partner_id"] == "sao-paulo"
    assert rows(folder, "partner_names") == [
        {"partner_id": "sao-paulo", "name": "Сан-Паулу", "language": "ru"}
    ]


@pytest.mark.parametrize("argument", ["signed_on", "=2019", "title=Mine"])
def test_a_malformed_statement_is_bad_usage(folder: Path, argument: str) -> None:
    result = new(folder, "statement", "ljubljana-2000-protocol", argument, *SOURCE)
    assert result.exit_code == 2


def test_slug() -> None:
    assert slug("Kraków – Śródmieście (Old Town)") == "krakow-srodmiescie-old-town"
