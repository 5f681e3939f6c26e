"""Areas of cooperation of the selected agreements."""

import pandas as pd

from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import rows


def area_counts(cursor: Cursor, filters: Filters, statuses: tuple[str, ...]) -> pd.DataFrame:
    """How many selected agreements name an area, by partner.

    Args:
        statuses: count only agreements of these; empty: of every status.

    Columns: partner_id, partner, country, area_id, area, agreements, of_partner (how many
    agreements of the partner are counted, those that name no area among them).
    """
    return rows(
        cursor,
        """
, counted AS (
    SELECT *, count(*) OVER (PARTITION BY partner_id) AS of_partner
    FROM selected
    WHERE len($counted) = 0 OR status IN (SELECT unnest($counted))
)
SELECT partner_id, partner, country, areas.area_id, areas.name AS area,
    count(DISTINCT agreement_id) AS agreements, any_value(of_partner) AS of_partner
FROM counted
JOIN agreement_areas USING (agreement_id)
JOIN areas USING (area_id)
WHERE len($area) = 0 OR areas.area_id IN (SELECT unnest($area))
GROUP BY partner_id, partner, country, areas.area_id, areas.name
ORDER BY strip_accents(partner), area
""",
        filters,
        counted=list(statuses),
        area=list(filters.area),
    )


def area_labels(
    cursor: Cursor, filters: Filters, statuses: tuple[str, ...], partner_id: str, area_id: str
) -> pd.DataFrame:
    """The wordings behind a cell of ``area_counts``, one a row.

    Columns: agreement_id, title, status_name, label, language, publisher, origin, url,
    published_on.
    """
    return rows(
        cursor,
        """
SELECT agreement_id, title, status_name, label, languages.name AS language, sources.publisher,
    sources.origin, sources.url, sources.published_on
FROM selected
JOIN agreement_areas AS named USING (agreement_id)
JOIN sources USING (source_id)
JOIN languages ON languages.language = named.language
WHERE (len($counted) = 0 OR status IN (SELECT unnest($counted)))
    AND partner_id = $partner_id AND named.area_id = $area_id
ORDER BY begins_on NULLS LAST, agreement_id, label, publisher
""",
        filters,
        counted=list(statuses),
        partner_id=partner_id,
        area_id=area_id,
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
SELECT areas.area_id, areas.name AS area, year(begins_on) AS year,
    count(DISTINCT agreement_id) AS agreements,
    count(DISTINCT agreement_id) FILTER (status = 'announced') AS announced
FROM selected
JOIN agreement_areas USING (agreement_id)
JOIN areas USING (area_id)
WHERE begins_on IS NOT NULL AND (len($area) = 0 OR list_contains($area, areas.area_id))
GROUP BY areas.area_id, areas.name, year(begins_on)
ORDER BY area, year
""",
        filters,
        area=list(filters.area),
    )
