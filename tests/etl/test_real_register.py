"""The curated register itself: valid, and its published database answers as agreed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from convertdate import persian

from etl.__main__ import main


@pytest.fixture(scope="module")
def database(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(published, read_only=True) as connection:
        yield connection


def on(
    database: duckdb.DuckDBPyConnection, agreement: str, day: str
) -> tuple[str, int | None, bool]:
    """Status, days left and whether the end is approximate, as any client of the database asks."""
    [row] = database.execute(
        "SELECT status, days_left, end_approximate FROM agreement_status(?) WHERE agreement_id = ?",
        [day, agreement],
    ).fetchall()
    return row[0], row[1], row[2]


def test_the_register_passes_its_check(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--out", str(tmp_path)])
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("agreement", "day", "statuses"),
    [
        ("ljubljana-2019-programme", "2019-09-09", {"future", "announced"}),
        ("ljubljana-2019-programme", "2019-09-10", {"active"}),
        ("ljubljana-2019-programme", "2021-07-03", {"active"}),
        ("ljubljana-2019-programme", "2021-07-04", {"expiring"}),
        ("ljubljana-2019-programme", "2021-12-31", {"expiring"}),
        ("ljubljana-2019-programme", "2022-01-01", {"expired"}),
        ("istanbul-2024-protocol", "2024-09-26", {"future"}),
        ("istanbul-2024-protocol", "2024-09-27", {"active"}),
        ("istanbul-2024-protocol", "2027-07-04", {"expiring"}),
        ("istanbul-2024-protocol", "2028-01-01", {"expired"}),
        ("beijing-2020-programme", "2020-12-07", {"upcoming"}),
        ("beijing-2020-programme", "2021-01-01", {"active"}),
        ("beijing-2020-programme", "2024-01-01", {"expired"}),
        ("beijing-2024-programme", "2024-06-16", {"future", "announced"}),
        ("beijing-2024-programme", "2026-11-21", {"expiring"}),
        ("tehran-2015-programme", "2016-06-01", {"active"}),
        ("tehran-2015-programme", "2019-01-01", {"expired"}),
        ("beijing-1995-twinning", "2026-11-21", {"no_end_stated"}),
    ],
)
def test_status_on_a_day(
    database: duckdb.DuckDBPyConnection, agreement: str, day: str, statuses: set[str]
) -> None:
    assert on(database, agreement, day)[0] in statuses


@pytest.mark.parametrize(
    ("agreement", "day", "days_left"),
    [
        ("ljubljana-2019-programme", "2021-12-31", 0),
        ("ljubljana-2019-programme", "2021-07-03", 181),
        ("beijing-2024-programme", "2026-11-21", 40),
        ("beijing-1995-twinning", "2026-11-21", None),
    ],
)
def test_days_left(
    database: duckdb.DuckDBPyConnection, agreement: str, day: str, days_left: int | None
) -> None:
    assert on(database, agreement, day)[1] == days_left


def test_an_end_counted_from_a_report_is_approximate(database: duckdb.DuckDBPyConnection) -> None:
    assert on(database, "tehran-2015-programme", "2016-06-01")[2] is True
    assert on(database, "ljubljana-2019-programme", "2020-06-01")[2] is False


def test_a_date_of_the_persian_calendar_is_converted(database: duckdb.DuckDBPyConnection) -> None:
    # The sources date the visit from 27 Aban, the eighth month, of 1394.
    day = date(*persian.to_gregorian(1394, 8, 27))
    assert day == date(2015, 11, 18)
    [(reported_on,)] = database.execute(
        "SELECT reported_on FROM agreements WHERE agreement_id = 'tehran-2015-programme'"
    ).fetchall()
    assert reported_on == day.isoformat()


def test_sources_that_disagree_are_kept(database: duckdb.DuckDBPyConnection) -> None:
    [(versions,)] = database.execute(
        "SELECT versions FROM disagreements "
        "WHERE record_id = 'beijing-1995-twinning' AND field = 'signed_on'"
    ).fetchall()
    assert {"1992", "1995-05-16"} <= set(versions)


@pytest.mark.parametrize("day", ["1980-01-01", "2015-11-18", "2022-03-05", "2026-11-21"])
def test_every_agreement_has_exactly_one_status(
    database: duckdb.DuckDBPyConnection, day: str
) -> None:
    agreements = database.execute("SELECT agreement_id FROM agreements ORDER BY 1").fetchall()
    found = database.execute(
        "SELECT agreement_id FROM agreement_status(?) JOIN statuses USING (status) ORDER BY 1",
        [day],
    ).fetchall()
    assert found == agreements


@pytest.mark.parametrize(("table", "key"), [("agreements", "agreement_id"), ("events", "event_id")])
def test_every_record_leads_to_a_source(
    database: duckdb.DuckDBPyConnection, table: str, key: str
) -> None:
    without = database.execute(
        f"SELECT {key} FROM {table} WHERE {key} NOT IN "
        "(SELECT record_id FROM statements JOIN sources USING (source_id))"
    ).fetchall()
    assert without == []
