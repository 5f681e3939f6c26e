"""Each download of the Data page arrives under its name and opens."""

import csv
import io
import json
import zipfile
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AS_OF, idle, visit

Database = duckdb.DuckDBPyConnection


def download(page: Page, key: str, tmp_path: Path) -> Path:
    """The file that a button of the page gives."""
    button = page.locator(f".st-key-download_{key}").get_by_role("button")
    # A file that a run offers is gone when the next run has offered its own.
    idle(page)
    with page.expect_download() as started:
        button.click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    return file


def ids(database: Database, where: str) -> set[str]:
    return {
        agreement_id
        for (agreement_id,) in database.execute(
            "SELECT agreement_id FROM agreements JOIN partners USING (partner_id) "
            f"JOIN agreement_status(DATE '{AS_OF}') USING (agreement_id) WHERE {where}"
        ).fetchall()
    }


@pytest.fixture
def version(database: Database) -> str:
    return str(database.execute("SELECT version FROM register").fetchall()[0][0])


@pytest.fixture
def german(database: Database) -> set[str]:
    found = ids(database, "country_code = 'DE' AND status <> 'future'")
    assert len(found) > 1
    return found


def test_the_selection_in_all_formats(
    page: Page, dashboard_url: str, german: set[str], version: str, tmp_path: Path
) -> None:
    visit(page, f"{dashboard_url}/data?country=DE&as_of={AS_OF}")
    stem = f"moscow-partnerships_selection_{AS_OF}_{version}"

    file = download(page, "selection_csv", tmp_path)
    assert file.name == f"{stem}.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert {row["agreement_id"] for row in csv.DictReader(lines, strict=True)} == german

    file = download(page, "selection_xlsx", tmp_path)
    assert file.name == f"{stem}.xlsx"
    book = openpyxl.load_workbook(file)
    header, *rows = book["agreements_on_day"].iter_rows(values_only=True)
    assert {row[header.index("agreement_id")] for row in rows} == german
    assert len(list(book["agreements"].iter_rows(min_row=2))) == len(german)

    file = download(page, "selection_parquet", tmp_path)
    assert file.name == f"{stem}.parquet"
    with duckdb.connect() as connection:
        read = connection.read_parquet(str(file)).df()
    assert set(read["agreement_id"]) == german

    file = download(page, "selection_json", tmp_path)
    assert file.name == f"{stem}.json"
    records = json.loads(file.read_text(encoding="utf-8"))
    assert {record["agreement_id"] for record in records["agreements_on_day"]} == german
    assert records["about"]["version"] == version


def test_the_data_package_of_the_selection(
    page: Page, dashboard_url: str, database: Database, german: set[str], tmp_path: Path
) -> None:
    visit(page, f"{dashboard_url}/data?country=DE&as_of={AS_OF}")
    file = download(page, "selection_datapackage-zip", tmp_path)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "package")

    report = frictionless.validate(tmp_path / "package" / "datapackage.json")

    assert report.valid, report.flatten(["type", "message"])
    all_of_them = database.execute("SELECT count(*) FROM agreements").fetchall()[0][0]
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_text())
    assert descriptor["rows"]["agreements"] == f"{len(german)} of {all_of_them}"
    assert descriptor["filters"] == {"country": ["DE"], "as_of": [AS_OF]}


def test_the_whole_register_in_all_formats(
    page: Page, dashboard_url: str, database: Database, version: str, tmp_path: Path
) -> None:
    # Whatever the filters are.
    visit(page, f"{dashboard_url}/data?country=DE&as_of={AS_OF}")
    every = ids(database, "true")
    stem = f"moscow-partnerships_register_{AS_OF}_{version}"

    file = download(page, "register_csv-zip", tmp_path)
    assert file.name == f"{stem}.csv.zip"
    with zipfile.ZipFile(file) as archive:
        text = archive.read("agreements.csv").decode("utf-8-sig")
    assert {row["agreement_id"] for row in csv.DictReader(io.StringIO(text, newline=""))} == every

    file = download(page, "register_xlsx", tmp_path)
    assert len(list(openpyxl.load_workbook(file)["agreements"].iter_rows(min_row=2))) == len(every)

    file = download(page, "register_parquet-zip", tmp_path)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "parquet")
    with duckdb.connect() as connection:
        read = connection.read_parquet(str(tmp_path / "parquet" / "agreements.parquet")).df()
    assert set(read["agreement_id"]) == every

    file = download(page, "register_json", tmp_path)
    assert len(json.loads(file.read_text(encoding="utf-8"))["agreements"]) == len(every)

    file = download(page, "register_datapackage-zip", tmp_path)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "package")
    report = frictionless.validate(tmp_path / "package" / "datapackage.json")
    assert report.valid, report.flatten(["type", "message"])

    file = download(page, "register_duckdb", tmp_path)
    assert file.name == f"{stem}.duckdb"
    with duckdb.connect(file, read_only=True) as connection:
        status = "SELECT agreement_id, status FROM agreement_status(DATE '2022-03-01') ORDER BY ALL"
        assert connection.execute(status).fetchall() == database.execute(status).fetchall()
