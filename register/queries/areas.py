"""Areas of cooperation of the selected agreements."""

import pandas as pd

from register.export import csv_bytes
from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import rows

WORDED = 50
"""Of so many agreements behind a cell the sources' words are listed."""

CELL_COLUMNS = [
    *("as_of", "statuses", "partner_id", "partner", "country", "area_id", "area"),
    *("agreements", "of_partner"),
]
"""The columns of the CSV snapshot of ``area_counts``."""

_COUNTED = """
, counted AS NOT MATERIALIZED (
    SELECT partner_number, {chosen} AS area_places
    FROM {counted}
)
"""
"""The agreements that are counted, with their areas as far as the filters choose these."""

_OF_FILTER = "(SELECT list(rowid::USMALLINT) FROM areas WHERE list_contains($area, area_id))"

_NAMED = """
, named AS MATERIALIZED (
    SELECT partner_number, area_place, count(*) AS agreements
    FROM (SELECT partner_number, unnest(area_places) AS area_place FROM counted)
    GROUP BY ALL
)
"""
"""How many name an area, by partner and area."""

_NAME = "partner_place, partner_id"
_ORDERS = {
    "total": f"total DESC, {_NAME}",
    "name": _NAME,
    "country": f"country, {_NAME}",
}


COUNTS = """
SELECT area_id, agreements, partners
FROM (
    SELECT area_place, sum(agreements)::BIGINT AS agreements, count(*) AS partners
    FROM (
        SELECT area_place, partner_number, count(*) AS agreements
        FROM (SELECT partner_number, unnest(area_places) AS area_place FROM unjudged)
        GROUP BY area_place, partner_number
    )
    GROUP BY area_place
)
JOIN areas ON areas.rowid = area_place
"""
"""How many selected agreements, with how many partners, name an area."""


def _rows(
    cursor: Cursor, query: str, filters: Filters, statuses: tuple[str, ...], **more: object
) -> pd.DataFrame:
    chosen = f"list_intersect(area_places, {_OF_FILTER})" if filters.area else "area_places"
    counted = "selected WHERE list_contains($counted, status)" if statuses else "unjudged"
    clause = _COUNTED.format(chosen=chosen, counted=counted)
    if filters.area:
        more |= {"area": list(filters.area)}
    if statuses:
        more |= {"counted": list(statuses)}
    return rows(cursor, clause + query, filters, **more)


def totals(cursor: Cursor, filters: Filters, statuses: tuple[str, ...]) -> pd.DataFrame:
    """How many selected agreements name an area, what most name first.

    Args:
        statuses: count only agreements of these; empty: of every status.

    Columns: area_id, area, agreements, partners (with how many), of_partners (with how many there
    are agreements that name any).
    """
    return _rows(
        cursor,
        f"""
{_NAMED}
SELECT area_id, name AS area, agreements, partners, of_partners
FROM (
    SELECT area_place, sum(agreements)::BIGINT AS agreements, count(*) AS partners
    FROM named
    GROUP BY area_place
)
JOIN areas ON areas.rowid = area_place,
    (SELECT count(DISTINCT partner_number) AS of_partners FROM named)
ORDER BY agreements DESC, area
""",
        filters,
        statuses,
    )


def in_common(
    cursor: Cursor, filters: Filters, statuses: tuple[str, ...], most: int
) -> tuple[list[str], int]:
    """The names of the first partners of which agreements name all areas of the filter.

    Returns:
        At most so many names, and how many there are.
    """
    found = _rows(
        cursor,
        f"""
{_NAMED}
SELECT partner, count(*) OVER () AS number
FROM (SELECT partner_number FROM named GROUP BY ALL HAVING count(*) = {len(filters.area)})
JOIN partner_details USING (partner_number)
ORDER BY {_NAME}
LIMIT $most
""",
        filters,
        statuses,
        most=most,
    )
    return list(found["partner"]), int(found["number"].max()) if len(found) else 0


def area_counts(
    cursor: Cursor,
    filters: Filters,
    statuses: tuple[str, ...],
    order: str = "name",
    offset: int = 0,
    limit: int | None = None,
) -> pd.DataFrame:
    """How many selected agreements name an area, by partner and area.

    Args:
        statuses: count only agreements of these; empty: of every status.
        order: of the partners, ``total`` (most areas of agreements first), ``name`` or ``country``.
        offset: the first partner.
        limit: how many partners at most; None: all.

    Columns: partner_id, partner, country, area_id, area, agreements, of_partner (how many
    agreements of the partner are counted, those that name no area among them).
    """
    return _rows(
        cursor,
        f"""
, of_partners AS MATERIALIZED (
    SELECT partner_number, partner_id, partner, country, of_partner,
        row_number() OVER (ORDER BY {_ORDERS[order]}) AS place
    FROM (
        SELECT partner_number, sum(len(area_places)) AS total, count(*) AS of_partner
        FROM counted
        GROUP BY partner_number
    )
    JOIN partner_details USING (partner_number)
    WHERE total > 0
    QUALIFY place > $offset AND place <= $offset + $limit
),
theirs AS (
    SELECT partner_number, area_place, count(*) AS agreements
    FROM (
        SELECT partner_number, unnest(area_places) AS area_place
        FROM counted SEMI JOIN of_partners USING (partner_number)
    )
    GROUP BY ALL
)
SELECT partner_id, partner, country, area_id, areas.name AS area, agreements, of_partner
FROM theirs
JOIN of_partners USING (partner_number)
JOIN areas ON areas.rowid = area_place
ORDER BY place, area
""",
        filters,
        statuses,
        offset=offset,
        limit=2**40 if limit is None else limit,
    )


def csv(cursor: Cursor, filters: Filters, statuses: tuple[str, ...]) -> bytes:
    """``area_counts`` of all partners as CSV, with the columns CELL_COLUMNS."""
    counts = area_counts(cursor, filters, statuses)
    said = counts.assign(as_of=filters.as_of, statuses="; ".join(statuses) or "any")
    return csv_bytes(said[CELL_COLUMNS])


def area_labels(
    cursor: Cursor, filters: Filters, statuses: tuple[str, ...], partner_id: str, area_id: str
) -> pd.DataFrame:
    """The wordings behind a cell of ``area_counts``, one a row; of very many the latest.

    Columns: agreement_id, title, status_name, label, language, publisher, origin, url,
    published_on, agreements (how many there are, of which at most WORDED are here).
    """
    return rows(
        cursor,
        """
, behind AS MATERIALIZED (
    SELECT agreement_id, title, status_name, begins_on, count(*) OVER () AS agreements
    FROM selected
    WHERE (len($counted) = 0 OR list_contains($counted, status))
        AND partner_id = $partner_id AND list_contains(area_ids, $area_id)
    ORDER BY begins_on DESC NULLS LAST, agreement_id DESC
    LIMIT $worded
)
SELECT agreement_id, title, status_name, label, languages.name AS language, sources.publisher,
    sources.origin, sources.url, sources.published_on, agreements
FROM behind
JOIN agreement_areas AS named USING (agreement_id)
JOIN sources USING (source_id)
JOIN languages ON languages.language = named.language
WHERE named.area_id = $area_id
ORDER BY begins_on NULLS LAST, agreement_id, label, publisher, source_id
""",
        filters,
        counted=list(statuses),
        partner_id=partner_id,
        area_id=area_id,
        worded=WORDED,
    )


def begun(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """How many selected agreements that name an area began in which year.

    An agreement counts in the one year in which its window begins; what is only announced counts in
    that for which it was planned. One that names two areas counts in both.
    Columns: area_id, area, year, agreements, announced (how many of these are only announced).
    """
    return rows(
        cursor,
        """
SELECT area_id, areas.name AS area, year, agreements, announced
FROM (
    SELECT area_id, year, count(*) AS agreements, count(*) FILTER (planned) AS announced
    FROM (
        SELECT year(begins_on) AS year, status = 'announced' AS planned, unnest(area_ids) AS area_id
        FROM selected
        WHERE begins_on IS NOT NULL
    )
    GROUP BY ALL
)
JOIN areas USING (area_id)
WHERE len($area) = 0 OR list_contains($area, area_id)
ORDER BY area, year
""",
        filters,
        area=list(filters.area),
    )
