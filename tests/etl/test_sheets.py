"""Spreadsheets of record documents: a row a source, added to what is there."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Register
from tests.etl.curator import TODAY, contents, etl, rows, small_register

COLUMNS = (
    *("agreement", "partner", "title", "instrument", "moscow_party", "signed_on", "valid_to"),
    *("areas", "event_kind", "event_date", "url", "publisher", "source_language", "source_kind"),
)
FIRST = {
    "partner": "ljubljana",
    "title": "Protocol on sport",
    "instrument": "protocol",
    "moscow_party": "moscow_government",
    "signed_on": "2024-04-30",
    "areas": "culture=kultura; culture=umetnost",
    "url": "https://example.org/1",
    "publisher": "Dnevnik",
    "source_language": "sl",
    "source_kind": "news",
}
SECOND = {
    "partner": "ljubljana",
    "title": "Protocol on sport",
    "signed_on": "2024-04",
    "valid_to": "2026",
    "event_kind": "announced",
    "event_date": "2024-02",
    "url": "https://delo.example.org/1",
}
FURTHER = {"agreement": "ljubljana-2019-programme", "signed_on": "2019-09", "url": SECOND["url"]}


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    return small_register(register, tmp_path / "register")


def as_csv(*given: dict[str, str], separator: str = ",") -> bytes:
    lines = [separator.join(COLUMNS)]
    lines += [separator.join(f'"{row.get(name, "")}"' for name in COLUMNS) for row in given]
    return ("\n".join(lines) + "\n").encode()


def apply(folder: Path, content: bytes, name: str = "sheet.csv") -> str:
    file = folder.parent / name
    file.write_bytes(content)
    result = etl(folder, "apply", str(file), *TODAY)
    assert result.exit_code == 0, result.output
    return result.output


def refused(folder: Path, content: bytes, name: str = "sheet.csv") -> str:
    before = contents(folder)
    file = folder.parent / name
    file.write_bytes(content)
    result = etl(folder, "apply", str(file), *TODAY)
    assert result.exit_code == 1
    assert contents(folder) == before
    return result.stderr.replace(f"{folder.parent}/", "")


def said(folder: Path, record_id: str) -> set[tuple[str, str]]:
    return {
        (row["field"], row["value"])
        for row in rows(folder, "statements")
        if row["record_id"] == record_id
    }


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_of_one_document_are_its_sources(folder: Path, separator: str) -> None:
    apply(folder, as_csv(FIRST, SECOND, separator=separator))
    [row] = [row for row in rows(folder, "agreements") if row["title"] == FIRST["title"]]
    assert row["agreement_id"] == "ljubljana-2024-protocol"
    assert (row["signed_on"], row["valid_to"]) == ("2024-04-30", "2026")
    assert {label["label"] for label in rows(folder, "agreement_areas")} == {
        "culture",
        "kultura",
        "umetnost",
    }
    assert "ljubljana-2024-protocol-2024-announced" in {
        row["event_id"] for row in rows(folder, "events")
    }


def test_what_the_register_files_a_record_under_is_no_statement(folder: Path) -> None:
    apply(folder, as_csv(FIRST))
    assert said(folder, "ljubljana-2024-protocol") == {
        ("partner_id", "ljubljana"),
        ("instrument", "protocol"),
        ("signed_on", "2024-04-30"),
    }


def test_a_row_with_an_id_adds_a_source_and_takes_nothing_away(folder: Path) -> None:
    before = said(folder, "ljubljana-2019-programme")
    apply(folder, as_csv(FURTHER))
    assert said(folder, "ljubljana-2019-programme") == before | {("signed_on", "2019-09")}
    assert "Nothing changes" in apply(folder, as_csv(FURTHER))


def test_a_workbook_says_the_same_its_days_and_numbers_as_texts(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(COLUMNS)
    day = FIRST | {"signed_on": datetime(2024, 4, 30)}
    for row in (day, SECOND | {"valid_to": 2026}):
        sheet.append([row.get(name) for name in COLUMNS])
    file = folder.parent / "sheet.xlsx"
    book.save(file)
    apply(folder, file.read_bytes(), "sheet.xlsx")
    assert {("signed_on", date(2024, 4, 30).isoformat()), ("valid_to", "2026")} < said(
        folder, "ljubljana-2024-protocol"
    )


def test_a_sheet_of_partners(folder: Path) -> None:
    apply(folder, "name,country,kind,names\nMaribor,SI,city,ru=Марибор; it=Marburgo\n".encode())
    assert {row["name"] for row in rows(folder, "partner_names")} == {
        "Любляна",
        "Марибор",
        "Marburgo",
    }


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (as_csv(FIRST | {"signed_on": "2024-13"}), "sheet.csv:2: signed_on = '2024-13' is no date"),
        (
            as_csv(FIRST, SECOND | {"valid_to": "2016"}),
            "sheet.csv:3: valid_to = '2016' ends before",
        ),
        (as_csv(FIRST | {"areas": "kultur=x"}), "sheet.csv:2: areas.kultur = 'kultur' is not in"),
        (as_csv(FIRST | {"areas": "kultura"}), "sheet.csv:2: areas = 'kultura' has not two sides"),
        (as_csv(FIRST | {"partner": "Любляна"}), "did you mean ljubljana?"),
        (as_csv(FIRST).replace(b"valid_to", b"valid_til"), "did you mean valid_to?"),
        (as_csv(FIRST).replace(b"valid_to", b"signed_on"), "has the column signed_on twice"),
        (as_csv(), "has no rows"),
        (b"\xff\xfe", "is not UTF-8"),
        (b'partner,title\n"a,b\n', "is not CSV in line 2"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(folder: Path, content: bytes, told: str) -> None:
    assert told in refused(folder, content)


def test_what_is_no_workbook_is_told(folder: Path) -> None:
    assert "is no workbook that can be read" in refused(folder, b"x", "sheet.xlsx")
