"""``python -m etl new``: a curator's rows are written in their places, sourced and checked."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import main
from etl.new import slug
from tests.conftest import Register

SOURCE = (
    "--url=https://example.org/1",
    "--publisher=Example",
    "--source-language=sl",
    "--source-kind=news",
)
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


def test_a_known_source_is_used_again(folder: Path) -> None:
    new(folder, "agreement", *AGREEMENT, *SOURCE)
    result = new(
        folder,
        "statement",
        "ljubljana-2019-programme",
        "signed_on=2019-09-10",
        "--url=https://example.org/1",
    )
    assert result.exit_code == 0, result.output
    assert len(rows(folder, "sources")) == 2


def test_an_unknown_source_needs_its_particulars(folder: Path) -> None:
    result = new(folder, "statement", "ljubljana-2000-protocol", "signed_on=2000", SOURCE[0])
    assert result.exit_code == 1
    assert "give its publisher, language, kind too" in result.output


def test_what_is_there_already_is_not_written_twice(folder: Path) -> None:
    new(folder, "agreement", *AGREEMENT, *SOURCE)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = new(folder, "agreement", *AGREEMENT, *SOURCE)
    assert result.exit_code == 1
    assert "ljubljana-2019-programme already" in result.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_the_checks_find_is_said(folder: Path) -> None:
    result = new(folder, "agreement", *AGREEMENT, *SOURCE, "--signed-on=2019-02-30")
    assert result.exit_code == 1
    assert "agreements.csv" in result.output
    assert "2019-02-30" in result.output


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
