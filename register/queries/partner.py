"""One partner, or several to compare."""

from datetime import date

import pandas as pd

from register.queries import Cursor


def profile(cursor: Cursor, partner_id: str) -> pd.DataFrame:
    """The partner in one row.

    Columns: partner_id, name, name_native, kind (in words), kind_code, country, country_code,
    within, within_name, latitude, longitude, geonames_id.
    """
    return cursor.execute(
        """
SELECT p.partner_id, p.name, p.name_native, kinds.name AS kind, p.kind AS kind_code,
    countries.name AS country, p.country_code, p.within, city.name AS within_name, p.latitude,
    p.longitude, p.geonames_id
FROM partners AS p
JOIN countries USING (country_code)
JOIN codes AS kinds ON kinds.table_name = 'partners' AND kinds.column_name = 'kind'
    AND kinds.code = p.kind
LEFT JOIN partners AS city ON city.partner_id = p.within
WHERE p.partner_id = $partner_id
""",
        {"partner_id": partner_id},
    ).df()


def names(cursor: Cursor, partner_id: str) -> pd.DataFrame:
    """The partner's other names, the Russian one first.

    Columns: name, language (in words), code (of the language).
    """
    return cursor.execute(
        """
SELECT partner_names.name, languages.name AS language, languages.language AS code
FROM partner_names
JOIN languages USING (language)
WHERE partner_id = $partner_id
ORDER BY language <> 'ru', languages.name, partner_names.name
""",
        {"partner_id": partner_id},
    ).df()


def districts(cursor: Cursor, partner_id: str) -> dict[str, str]:
    """The partner's districts that are partners themselves: ids with names."""
    return dict(
        cursor.execute(
            """
SELECT partner_id, name FROM partners WHERE within = $partner_id
ORDER BY strip_accents(name), partner_id
""",
            {"partner_id": partner_id},
        ).fetchall()
    )


def status(cursor: Cursor, partner_ids: tuple[str, ...], as_of: date, horizon: int) -> pd.DataFrame:
    """The partners' status on the day; partners of which nothing is known by then are left out.

    Columns: partner_id, status, status_name, definition, lapsed, lapsed_agreement (the one whose
    window ended last).
    """
    return cursor.execute(
        """
SELECT s.partner_id, s.status, statuses.name AS status_name, statuses.definition, s.lapsed,
    s.lapsed_agreement
FROM partner_status($as_of, horizon_days := $horizon) AS s
JOIN statuses USING (status)
WHERE s.partner_id IN (SELECT unnest($partner_ids))
""",
        {"as_of": as_of, "horizon": horizon, "partner_ids": list(partner_ids)},
    ).df()


def sources(cursor: Cursor, record_ids: tuple[str, ...]) -> pd.DataFrame:
    """The sources of the records, a row each, the latest first.

    Columns: source_id, publisher, origin, url, published_on, language, kind (both in words),
    supports (titles of agreements, events), records (how many).
    """
    return cursor.execute(
        """
WITH asked AS (SELECT unnest($record_ids) AS record_id),
records AS (
    SELECT agreement_id AS record_id, title AS name
    FROM agreements
    WHERE agreement_id IN (FROM asked)
    UNION ALL
    SELECT event_id, 'Event: ' || lower(kinds.name)
    FROM events
    JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event'
        AND kinds.code = event
    WHERE event_id IN (FROM asked)
),
supported AS (
    SELECT source_id, string_agg(name, '; ' ORDER BY name) AS supports, count(*) AS records
    FROM (FROM record_sources WHERE record_id IN (FROM asked)) JOIN records USING (record_id)
    GROUP BY source_id
)
SELECT source_id, sources.publisher, sources.origin, sources.url, sources.published_on,
    languages.name AS language, kinds.name AS kind, supports, records
FROM supported
JOIN sources USING (source_id)
JOIN languages USING (language)
JOIN codes AS kinds ON kinds.table_name = 'sources' AND kinds.column_name = 'kind'
    AND kinds.code = sources.kind
ORDER BY sources.published_on DESC NULLS LAST, sources.publisher, source_id
""",
        {"record_ids": list(record_ids)},
    ).df()
