"""Where the partners of the selected agreements are: in figures, and on a map of very many."""

from typing import NamedTuple

import pandas as pd

from register.filters import Filters
from register.frames import rows as rows_of
from register.queries import Cursor
from register.queries.overview import ON_DAY, PLACE
from register.queries.selected import rows


def _listed(filters: Filters) -> str:
    """The partners of the selected agreements, a row each: all that are known where all are."""
    known = "SELECT partner_id FROM partner_status($as_of, horizon_days := $horizon)"
    chosen = "SELECT DISTINCT partner_id FROM selected" if filters.restricting else known
    return f"""
, chosen AS ({chosen}),
listed AS (
    SELECT chosen.partner_id, p.country_code, countries.name AS country, statuses.status,
        statuses.name AS status_name, statuses.position, coalesce(s.lapsed, false) AS lapsed,
        {PLACE}
    FROM chosen
    {ON_DAY}
    JOIN countries ON countries.country_code = p.country_code
)
"""


class Places(NamedTuple):
    """How many partners the selected agreements have, in how many countries.

    Attributes:
        lapsed: how many have lapsed.
        unplaced: how many have no coordinates.
        statuses: how many have which status, by its name, in the order of statuses.
    """

    partners: int
    countries: int
    lapsed: int
    unplaced: int
    statuses: dict[str, int]


def places(cursor: Cursor, filters: Filters) -> Places:
    """The figures of the partners; their own status looks at all their agreements."""
    found = rows_of(
        rows(
            cursor,
            f"""
{_listed(filters)}
SELECT status_name, count(*) AS partners, count(*) FILTER (lapsed) AS lapsed,
    count(*) FILTER (latitude IS NULL) AS unplaced,
    (SELECT count(DISTINCT country_code) FROM listed) AS countries
FROM listed
GROUP BY status_name, position
ORDER BY position
""",
            filters,
        )
    )
    totals = (sum(row[name] for row in found) for name in ("partners", "lapsed", "unplaced"))
    partners, lapsed, unplaced = totals
    countries = found[0]["countries"] if found else 0
    statuses = {row["status_name"]: row["partners"] for row in found}
    return Places(partners, countries, lapsed, unplaced, statuses)


def cells(cursor: Cursor, filters: Filters, degrees: float) -> pd.DataFrame:
    """The partners that have coordinates, by cells of so many degrees, a row each.

    Columns: cell (an id), longitude and latitude (the middle of its partners), partners (how many),
    status, status_name and status_position (that of most of them, of equals the first in the order
    of statuses), by_status (``3 active, 2 expired``), countries (``Germany, Poland and 2 others``,
    those with the most partners first).
    """
    return rows(
        cursor,
        f"""
{_listed(filters)},
placed AS (
    SELECT *, floor(longitude / $degrees)::INTEGER || ':' || floor(latitude / $degrees)::INTEGER
        AS cell
    FROM listed
    WHERE latitude IS NOT NULL
),
of_status AS (
    SELECT cell, status, status_name, position, count(*) AS number
    FROM placed
    GROUP BY ALL
),
of_country AS (SELECT cell, country, count(*) AS number FROM placed GROUP BY ALL),
statuses_of AS (
    SELECT cell, sum(number)::BIGINT AS partners,
        min_by((status, status_name, position), (-number, position)) AS most,
        string_agg(number || ' ' || lower(status_name), ', ' ORDER BY position) AS by_status
    FROM of_status
    GROUP BY cell
),
countries_of AS (
    SELECT cell, list(country ORDER BY number DESC, country) AS names FROM of_country GROUP BY cell
),
middles AS (
    -- A sum of decimals is the same in whatever order threads add them.
    SELECT cell, round((sum(longitude::DECIMAL(12, 8)) / count(*))::DOUBLE, 4) AS longitude,
        round((sum(latitude::DECIMAL(12, 8)) / count(*))::DOUBLE, 4) AS latitude
    FROM placed
    GROUP BY cell
)
SELECT cell, longitude, latitude, partners, most[1] AS status, most[2] AS status_name,
    most[3] AS status_position, by_status,
    array_to_string(names[:$named], ', ') || CASE
        WHEN len(names) = $named + 1 THEN ' and 1 other'
        WHEN len(names) > $named THEN ' and ' || (len(names) - $named) || ' others'
        ELSE ''
    END AS countries
FROM statuses_of
JOIN countries_of USING (cell)
JOIN middles USING (cell)
ORDER BY partners DESC, cell
""",
        filters,
        degrees=degrees,
        named=COUNTRIES_NAMED,
    )


COUNTRIES_NAMED = 3
"""So many countries of a cell are named."""


def in_cell(
    cursor: Cursor, filters: Filters, degrees: float, cell: str, limit: int
) -> pd.DataFrame:
    """The partners of a cell of ``cells``, those with most selected agreements first.

    Columns: partner_id, partner, country, status_name, lapsed, agreements (how many are selected).
    """
    return rows(
        cursor,
        f"""
{_listed(filters)}
SELECT partner_id, any_value(selected.partner) AS partner, listed.country, listed.status_name,
    lapsed, count(*) AS agreements
FROM listed
JOIN selected USING (partner_id)
WHERE floor(longitude / $degrees)::INTEGER || ':' || floor(latitude / $degrees)::INTEGER = $cell
GROUP BY partner_id, listed.country, listed.status_name, lapsed
ORDER BY agreements DESC, partner, partner_id
LIMIT $limit
""",
        filters,
        degrees=degrees,
        cell=cell,
        limit=limit,
    )
