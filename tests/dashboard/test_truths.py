"""What the register says, held against an outside list of facts (truths.csv).

Each was worked out from what a public page says, not from the register: a slip of the curation
shows. The columns: what is asked, where the answer stands (a table or macro, a record, a field,
for a status the day), the expected answer, words that the record's page must hold, and the page
that says so.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.dashboard.conftest import OpenPage, words_of

Truth = dict[str, str]

with (Path(__file__).parent.parent / "truths.csv").open(encoding="utf-8", newline="") as file:
    TRUTHS: list[Truth] = list(csv.DictReader(file))

ANSWERS = {
    "agreements": "SELECT {field} FROM agreements WHERE agreement_id = $record",
    "events": "SELECT {field} FROM events WHERE event_id = $record",
    "agreement_status": "SELECT {field} FROM agreement_status($day) WHERE agreement_id = $record",
    "partner_status": "SELECT {field} FROM partner_status($day) WHERE partner_id = $record",
    # Whether one of the labels of an area is the one of the source.
    "agreement_areas": "SELECT DISTINCT label FROM agreement_areas "
    "WHERE agreement_id = $record AND area_id = '{field}' AND label = $expected",
}
NUMBER = "number of programmes"
COUNT = (
    "SELECT count(*)::VARCHAR FROM agreements "
    "WHERE partner_id = $record AND instrument = 'programme'"
)
PARTNERS_SOURCES = """
WITH records AS (
    SELECT agreement_id AS record_id, partner_id FROM agreements
    UNION ALL SELECT event_id, partner_id FROM events
)
SELECT record_id, partner_id, url FROM records JOIN record_sources USING (record_id)
JOIN sources USING (source_id)
"""


def name(truth: Truth) -> str:
    return "-".join(filter(None, (truth["record"], truth["field"], truth["day"])))


@pytest.fixture(scope="module")
def database(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(published, read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("truth", TRUTHS, ids=name)
def test_the_register_says_what_its_sources_say(
    database: duckdb.DuckDBPyConnection, truth: Truth
) -> None:
    query = COUNT if truth["field"] == NUMBER else ANSWERS[truth["table"]]
    query = query.format(field=truth["field"])
    asked = {name: truth[name] for name in ("record", "day", "expected") if f"${name}" in query}

    assert database.execute(query, asked).fetchall() == [(truth["expected"],)], truth["asked"]


@pytest.mark.parametrize("truth", [truth for truth in TRUTHS if truth["reads"]], ids=name)
def test_a_reader_of_the_page_is_told_so(
    published: Path, open_page: OpenPage, truth: Truth
) -> None:
    of_partner = truth["table"] == "events"
    record = truth["record"].split("-")[0] if of_partner else truth["record"]
    app = open_page(
        "partner" if of_partner else "agreement",
        published,
        as_of=truth["day"] or "2026-11-21",
        **{"city" if of_partner else "id": record},
    )

    assert truth["reads"] in words_of(app), truth["asked"]


def test_each_source_is_named_with_the_partners_records(
    database: duckdb.DuckDBPyConnection,
) -> None:
    rows = database.execute(PARTNERS_SOURCES).fetchall()
    partners = {record: partner for record, partner, _ in rows} | {row[1]: row[1] for row in rows}
    named = {(partner, address) for _, partner, address in rows}

    assert [
        truth["asked"]
        for truth in TRUTHS
        if (partners[truth["record"]], truth["address"]) not in named
    ] == []


def test_the_truths_are_of_many_kinds() -> None:
    """Of more than a dozen languages, of four decades, of every kind of record."""
    assert len(TRUTHS) >= 40
    assert len({truth["language"] for truth in TRUTHS}) >= 15
    assert set(Counter(truth["table"] for truth in TRUTHS)) == set(ANSWERS)
    assert len({truth["expected"][:3] for truth in TRUTHS if truth["field"] == "signed_on"}) >= 5
