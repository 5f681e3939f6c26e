"""The register's origin: no record of the dossier is lost, and the coverage page is up to date."""

import csv
import hashlib
from pathlib import Path

import duckdb
import pytest

from etl import coverage

ROOT = Path(__file__).resolve().parent.parent.parent

# How many records the dossier has, and a hash of their numbers, sorted and joined by line ends.
DOSSIER = (522, "771ce8a963d7697dde7bb487b552edf6ced13aff54db0518b0ca1d50f62fc19d")


@pytest.fixture(scope="module")
def dossier_map() -> list[dict[str, str]]:
    path = ROOT / "data" / "curation" / "dossier_map.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_dossier_record_is_mapped(dossier_map: list[dict[str, str]]) -> None:
    numbers = sorted({row["dossier_record"] for row in dossier_map})
    digest = hashlib.sha256("\n".join(numbers).encode()).hexdigest()
    assert (len(numbers), digest) == DOSSIER


def test_each_went_somewhere_or_was_left_out_with_a_reason(
    dossier_map: list[dict[str, str]], published: Path
) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        records = {
            row[0]
            for row in connection.execute(
                # What was renamed or withdrawn leads on, or says why.
                "SELECT agreement_id FROM agreements UNION ALL SELECT event_id FROM events "
                "UNION ALL SELECT id FROM withdrawn"
            ).fetchall()
        }
    for row in dossier_map:
        assert bool(row["record_id"]) != bool(row["reason_left_out"]), row
        assert not row["record_id"] or row["record_id"] in records, row


def test_the_coverage_page_is_up_to_date(published: Path) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        page = coverage.page(connection)
    written = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert page == written, "run `make coverage`"


def test_coverage_counts_a_repeated_text_once(published: Path) -> None:
    """Independent sources, counted in Python from the tables."""
    with duckdb.connect(published, read_only=True) as connection:
        rows = connection.execute(
            """
            SELECT record_id, coalesce(origin, publisher)
            FROM statements JOIN sources USING (source_id)
            UNION ALL
            SELECT agreement_id, coalesce(origin, publisher)
            FROM agreement_areas JOIN sources USING (source_id)
            """
        ).fetchall()
        witnesses: dict[str, set[str]] = {}
        for record, witness in rows:
            witnesses.setdefault(record, set()).add(witness)
        counted = connection.execute(
            "SELECT agreement_id, independent_sources FROM agreement_coverage"
        ).fetchall()
    assert len(counted) > 200
    assert all(len(witnesses[agreement]) == count for agreement, count in counted)
