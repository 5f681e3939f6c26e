"""A partner's agreements in short, however many they are, and a page of them."""

from typing import NamedTuple

import pandas as pd

from register import export
from register.filters import Filters
from register.frames import Row
from register.frames import rows as rows_of
from register.queries import Cursor
from register.queries.selected import ROW, rows, status_counts


class Outline(NamedTuple):
    """What sentences say of the agreements of one partner.

    The agreements in it are rows of ``selected.agreements``, None where there is none such.

    Attributes:
        statuses: how many have which status, by its name, in the order of statuses.
        first: the first to begin; latest: the last of the others.
        until: of those in their period the one that ends last.
        lapsed: the one whose end made the partner lapse.
    """

    statuses: dict[str, int]
    first: Row | None
    latest: Row | None
    until: Row | None
    lapsed: Row | None

    @property
    def agreements(self) -> int:
        """How many there are."""
        return sum(self.statuses.values())


_PLACES = {
    "first": "begins_on IS NOT NULL ORDER BY begins_on, agreement_id",
    "latest": "begins_on IS NOT NULL ORDER BY begins_on DESC, agreement_id DESC",
    "until": "in_force ORDER BY ends_on DESC, begins_on DESC, agreement_id DESC",
}
"""Of each: what an agreement has to be, and the order in which the first one is it."""


def outline(cursor: Cursor, filters: Filters, lapsed: str | None = None) -> Outline:
    """The selected agreements in short.

    Args:
        lapsed: the agreement whose end made their partner lapse, of ``partner.status``.
    """
    counts = rows_of(status_counts(cursor, filters))
    query = f"""
, named AS ({" UNION ALL ".join(_is(name) for name in _PLACES)} UNION ALL SELECT 'lapsed', $lapsed)
SELECT {ROW}
FROM selected
JOIN (SELECT agreement_id, list(role) AS roles FROM named GROUP BY ALL) USING (agreement_id)
"""
    found = rows_of(rows(cursor, query, filters, lapsed=lapsed))
    named = {
        name: next((row for row in found if name in row["roles"]), None)
        for name in (*_PLACES, "lapsed")
    }
    if named["latest"] is named["first"]:
        named["latest"] = None
    return Outline({row["status_name"]: row["agreements"] for row in counts}, **named)


def _is(name: str) -> str:
    place = f"SELECT agreement_id FROM selected WHERE {_PLACES[name]} LIMIT 1"
    return f"SELECT '{name}' AS role, ({place}) AS agreement_id"


def page(cursor: Cursor, filters: Filters, offset: int, limit: int) -> pd.DataFrame:
    """The selected agreements of one partner by begin, from ``offset`` on, at most ``limit``.

    Columns: those of ``selected.agreements``.
    """
    return rows(
        cursor,
        f"""
SELECT {ROW}
FROM selected
ORDER BY begins_on NULLS LAST, agreement_id
LIMIT $limit OFFSET $offset
""",
        filters,
        limit=limit,
        offset=offset,
    )


def titles(cursor: Cursor, agreement_ids: tuple[str, ...]) -> dict[str, str]:
    """The titles of these agreements."""
    return dict(
        cursor.execute(
            "SELECT agreement_id, title FROM agreements WHERE list_contains($ids, agreement_id)",
            {"ids": list(agreement_ids)},
        ).fetchall()
    )


_NAMED = """
, named AS MATERIALIZED (
    SELECT s.*, year(w.begins_on) AS year, w.begins_on, areas.name AS area
    FROM (
        SELECT partner_id, partner, agreement_id, title, unnest(area_ids) AS area_id FROM selected
    ) AS s
    JOIN agreement_windows AS w USING (agreement_id)
    JOIN areas USING (area_id)
)
"""


class Areas(NamedTuple):
    """The areas that sources name for agreements.

    Attributes:
        counts: how many of those that begin in a year name an area: area_id, area, year (text, or
            ``no date``), agreements.
        agreements: how many name any area.
    """

    counts: pd.DataFrame
    agreements: int


NO_YEAR = "no date"
"""In place of the year of an agreement of which no begin is known."""


def areas(cursor: Cursor, filters: Filters) -> Areas:
    """The areas of the selected agreements of one partner, by the year in which they begin."""
    counts = rows(
        cursor,
        f"""
{_NAMED}
SELECT area_id, area, coalesce(year::VARCHAR, $no_year) AS year, count(*) AS agreements,
    (SELECT count(DISTINCT agreement_id) FROM named) AS naming
FROM named
GROUP BY ALL
ORDER BY area_id, area, year
""",
        filters,
        no_year=NO_YEAR,
    )
    naming = counts.pop("naming")
    return Areas(counts, int(naming.iloc[0]) if len(naming) else 0)


def shared(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """How many of the selected agreements of each partner name an area.

    Columns: partner_id, area, agreements.
    """
    query = f"{_NAMED} SELECT partner_id, area, count(*) AS agreements FROM named GROUP BY ALL"
    return rows(cursor, f"{query} ORDER BY area, partner_id", filters)


def areas_csv(cursor: Cursor, filters: Filters) -> bytes:
    """A row for each area of each selected agreement, as CSV."""
    found = rows(
        cursor,
        f"""
{_NAMED}
SELECT partner_id, partner, area_id, area, coalesce(year::VARCHAR, $no_year) AS year, agreement_id,
    title
FROM named
ORDER BY area, begins_on NULLS LAST, agreement_id
""",
        filters,
        no_year=NO_YEAR,
    )
    found.insert(0, "as_of", filters.as_of)
    return export.csv_bytes(found)
