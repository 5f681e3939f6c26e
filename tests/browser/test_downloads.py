"""The CSV snapshots that pages offer, compared with the database asked without the dashboard."""

import csv
import re
from pathlib import Path

import duckdb
from playwright.sync_api import Page, expect

from tests.browser.conftest import AS_OF, idle, visit

Database = duckdb.DuckDBPyConnection
Rows = list[dict[str, str]]


def download(page: Page, subject: str, tmp_path: Path) -> tuple[str, Rows]:
    """The name and the rows of the file that a button of a page gives."""
    button = page.locator(f".st-key-download_{subject}").get_by_role("button")
    # A file that a run offers is gone when the next run has offered its own.
    idle(page)
    with page.expect_download() as started:
        button.click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in content.replace(b"\r\n", b"")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return file.name, list(csv.DictReader(lines, strict=True))


def version(database: Database) -> str:
    return str(database.execute("SELECT version FROM register").fetchall()[0][0])


def asked(database: Database, query: str) -> Rows:
    """The answer as a CSV file has it: text, a missing value empty."""
    cursor = database.execute(query)
    names = [column[0] for column in cursor.description]
    return [
        {name: "" if value is None else str(value) for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]


AGREEMENTS = """
SELECT s.as_of, s.status, s.agreement_id, s.partner_id, p.name AS partner, p.country_code,
    c.name AS country, r.region, r.subregion, a.title, a.instrument, a.moscow_party, a.signed_on,
    a.signed_in, a.reported_on, a.valid_from, a.valid_to, a.term, s.begins_on, s.begin_approximate,
    s.ends_on, s.end_basis, s.end_approximate, s.days_left, named.areas, a.moscow_signatory,
    a.partner_signatory, a.multilateral_id, a.implements, a.follows,
    coalesce(cited.sources, 0) AS sources, cited.publishers, cited.source_urls,
    coalesce(disputes.disputed, 0) AS disputed, a.note
FROM agreement_status(DATE '{as_of}') AS s
JOIN statuses USING (status)
JOIN agreements AS a USING (agreement_id)
JOIN partners AS p ON p.partner_id = a.partner_id
JOIN countries AS c USING (country_code)
LEFT JOIN regions AS r USING (country_code)
LEFT JOIN (
    SELECT agreement_id, array_to_string(list_sort(list_distinct(list(areas.name))), '; ') AS areas
    FROM agreement_areas JOIN areas USING (area_id) GROUP BY agreement_id
) AS named USING (agreement_id)
LEFT JOIN (
    SELECT record_id AS agreement_id, count(DISTINCT source_id) AS sources,
        array_to_string(list_sort(list_distinct(list(publisher))), '; ') AS publishers,
        array_to_string(list_sort(list_distinct(list(url))), '; ') AS source_urls
    FROM (
        SELECT record_id, source_id FROM statements
        UNION ALL SELECT agreement_id, source_id FROM agreement_areas
    ) JOIN sources USING (source_id)
    GROUP BY record_id
) AS cited USING (agreement_id)
LEFT JOIN (
    SELECT record_id AS agreement_id, count(*) AS disputed FROM disagreements GROUP BY record_id
) AS disputes USING (agreement_id)
WHERE s.status <> 'future' AND {where}
ORDER BY {order}
"""


def as_shown(rows: Rows) -> Rows:
    """Without the apostrophe that disarms formulas."""
    return [
        {
            name: cell.removeprefix("'") if cell[1:2] in tuple("=+-@\t\r") else cell
            for name, cell in row.items()
        }
        for row in rows
    ]


def test_the_timelines_table(
    page: Page, dashboard_url: str, database: Database, tmp_path: Path
) -> None:
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    name, rows = download(page, "timeline", tmp_path)
    expected = asked(
        database,
        AGREEMENTS.format(
            as_of=AS_OF,
            where="true",
            order="strip_accents(p.name), s.begins_on NULLS LAST, s.agreement_id",
        ),
    )

    assert name == f"moscow-partnerships_timeline_{AS_OF}_{version(database)}.csv"
    assert as_shown(rows) == expected
    assert {row["as_of"] for row in rows} == {AS_OF}


def test_a_selection_of_another_day(
    page: Page, dashboard_url: str, database: Database, tmp_path: Path
) -> None:
    # "A CSV of all agreements in force on 1 March 2022 in transport".
    visit(page, f"{dashboard_url}/timeline?as_of=2022-03-01&area=transport&status=in_force")
    name, rows = download(page, "timeline", tmp_path)
    expected = asked(
        database,
        AGREEMENTS.format(
            as_of="2022-03-01",
            where="s.status IN ('active', 'expiring') AND a.agreement_id IN "
            "(SELECT agreement_id FROM agreement_areas WHERE area_id = 'transport')",
            order="strip_accents(p.name), s.begins_on NULLS LAST, s.agreement_id",
        ),
    )

    assert expected
    assert name == f"moscow-partnerships_timeline_2022-03-01_{version(database)}.csv"
    assert as_shown(rows) == expected


def test_the_tables_of_validity(
    page: Page, dashboard_url: str, database: Database, tmp_path: Path
) -> None:
    visit(page, f"{dashboard_url}/validity?as_of={AS_OF}")
    name, rows = download(page, "validity", tmp_path)
    expected = asked(
        database,
        AGREEMENTS.format(
            as_of=AS_OF,
            where="true",
            order="statuses.position, s.ends_on NULLS LAST, p.name, s.agreement_id",
        ),
    )

    assert name == f"moscow-partnerships_validity_{AS_OF}_{version(database)}.csv"
    assert [row["status"] for row in rows] == [row["status"] for row in expected]
    assert [row["ends_on"] for row in rows] == [row["ends_on"] for row in expected]
    # Of several that end on one day with one partner, any may come first.
    assert sorted(as_shown(rows), key=str) == sorted(expected, key=str)

    page.get_by_role("radio", name="Lapsed without a successor").click()
    expect(page.get_by_role("heading", name="Lapsed without a successor")).to_be_visible()
    name, rows = download(page, "lapsed", tmp_path)
    expected = asked(
        database,
        f"SELECT lapsed_on, lapsed_agreement AS agreement_id FROM partner_status(DATE '{AS_OF}') "
        "JOIN partners USING (partner_id) WHERE lapsed ORDER BY lapsed_on DESC, name",
    )
    assert name == f"moscow-partnerships_lapsed_{AS_OF}_{version(database)}.csv"
    assert [(row["lapsed_on"], row["agreement_id"]) for row in rows] == [
        (row["lapsed_on"], row["agreement_id"]) for row in expected
    ]
    assert {(row["as_of"], row["status"]) for row in rows} == {(AS_OF, "lapsed")}


CELLS = """
FROM (
SELECT '{as_of}' AS as_of, a.partner_id, p.name AS partner, n.area_id, areas.name AS area,
    count(DISTINCT a.agreement_id) AS agreements
FROM agreement_areas AS n
JOIN agreements AS a USING (agreement_id)
JOIN partners AS p ON p.partner_id = a.partner_id
JOIN areas ON areas.area_id = n.area_id
JOIN agreement_status(DATE '{as_of}') AS s ON s.agreement_id = a.agreement_id
WHERE s.status <> 'future' AND {where}
GROUP BY ALL
)
ORDER BY strip_accents(partner), area
"""


def cells(rows: Rows) -> Rows:
    names = ("as_of", "partner_id", "partner", "area_id", "area", "agreements")
    return [{name: row[name] for name in names} for row in rows]


def test_the_cells_of_areas(
    page: Page, dashboard_url: str, database: Database, tmp_path: Path
) -> None:
    visit(page, f"{dashboard_url}/areas?as_of={AS_OF}")
    name, rows = download(page, "areas", tmp_path)

    assert name == f"moscow-partnerships_areas_{AS_OF}_{version(database)}.csv"
    assert cells(rows) == asked(database, CELLS.format(as_of=AS_OF, where="true"))

    page.get_by_role("radio", name="In force", exact=True).click()
    in_force = asked(
        database, CELLS.format(as_of=AS_OF, where="s.status IN ('active', 'expiring')")
    )
    partners = len({row["partner_id"] for row in in_force})
    expect(
        page.get_by_text(re.compile(rf"^{partners} partners? and \d+ areas?;")).first
    ).to_be_visible()
    _, rows = download(page, "areas", tmp_path)
    assert cells(rows) == in_force


PARTNERS = """
SELECT s.as_of, partner_id, p.name AS partner, c.name AS country, s.status, s.lapsed,
    (SELECT count(*) FROM known WHERE known.partner_id = s.partner_id) AS agreements,
    (
        SELECT count(*) FROM known
        WHERE known.partner_id = s.partner_id AND known.status IN ('active', 'expiring')
    ) AS in_force
FROM partner_status(DATE '{as_of}') AS s
JOIN partners AS p USING (partner_id)
JOIN countries AS c USING (country_code)
LEFT JOIN regions AS r USING (country_code)
ORDER BY c.name, p.name
"""


def test_the_partners_of_the_overview(
    page: Page, dashboard_url: str, database: Database, tmp_path: Path
) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    name, rows = download(page, "partners", tmp_path)
    expected = asked(
        database,
        f"WITH known AS (FROM agreement_status(DATE '{AS_OF}') WHERE status <> 'future')"
        + PARTNERS.format(as_of=AS_OF),
    )

    assert name == f"moscow-partnerships_partners_{AS_OF}_{version(database)}.csv"
    assert [{column: row[column] for column in expected[0]} for row in rows] == expected
