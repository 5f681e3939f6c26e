"""What feeds tell: the ends that lie ahead, and what happened, with who says so."""

import pandas as pd

from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import rows

_ENDS = """
ahead AS MATERIALIZED (
    SELECT number, ends_on, partner_place FROM judged WHERE days_left IS NOT NULL
),
soonest AS MATERIALIZED (
    SELECT number FROM ahead ORDER BY ends_on, partner_place, number LIMIT $most
),
ends AS MATERIALIZED (
    SELECT number, agreement_id, partner_id, partner, title, instrument_name, status, ends_on,
        window_end, end_approximate, end_basis, days_left, term, valid_from, signed_on, reported_on,
        prolonged, prolonged_to, prolonging_event, partner_place, area_ids
    FROM soonest JOIN selected USING (number)
)
"""
"""The ends that lie ahead, and what is told of those that come first."""


def ends(cursor: Cursor, filters: Filters, most: int) -> tuple[pd.DataFrame, int]:
    """The selected agreements whose window has an end and is not over on the day, by their end.

    Of them so many at most, the soonest; the second value is how many there are.
    Columns: agreement_id, partner_id, partner, title, instrument_name, status, what words say of
    the window, area_names (a list) and moved_on (the day from which a later end counts to which it
    was extended or renewed, NULL for the first end).
    """
    found = rows(
        cursor,
        f"""
, {_ENDS},
named AS (
    SELECT number, list(areas.name ORDER BY areas.name) AS area_names
    FROM (SELECT number, unnest(area_ids) AS area_id FROM ends)
    JOIN areas USING (area_id)
    GROUP BY number
)
SELECT ends.* EXCLUDE (number, prolonging_event, partner_place, area_ids),
    coalesce(area_names, []) AS area_names, prolonging.date_last AS moved_on,
    (SELECT count(*) FROM ahead) AS of_ends
FROM ends
LEFT JOIN named USING (number)
LEFT JOIN events AS prolonging ON prolonging.event_id = ends.prolonging_event
ORDER BY ends_on, partner_place, number
""",
        filters,
        most=most,
    )
    return found.drop(columns="of_ends"), int(found["of_ends"].max()) if len(found) else 0


def end_sources(cursor: Cursor, filters: Filters, most: int) -> pd.DataFrame:
    """Who states the ends of ``ends``, or the lengths from which they are counted.

    Columns: agreement_id, publisher, origin, url, published_on; by date of publication.
    """
    return rows(
        cursor,
        f"""
, {_ENDS},
stating AS MATERIALIZED (
    SELECT agreement_id, place
    FROM ends
    JOIN stated_ends AS s ON s.number = ends.number AND CASE ends.end_basis
        WHEN 'stated' THEN field = 'valid_to' AND value = ends.window_end
        ELSE field = 'term' AND value = ends.term
    END
)
SELECT DISTINCT agreement_id, publisher, origin, url, published_on
FROM stating JOIN sources ON sources.rowid = place
ORDER BY agreement_id, published_on NULLS LAST, publisher, url
""",
        filters,
        most=most,
    )


_PAGE = """
, happenings AS (
    SELECT event_id AS record_id, date_last, NULL AS number FROM told
    UNION ALL
    -- What is only announced has an event that says so.
    SELECT agreement_id, coalesce(signed_on_last, reported_on_last), number
    FROM {signed}
    WHERE $signings
),
page AS MATERIALIZED (
    FROM happenings
    ORDER BY date_last DESC NULLS LAST, record_id
    LIMIT $limit OFFSET $offset
),
found AS (
    SELECT event_id AS record_id, event, event_name, date, NULL AS reported_on, e.date_last,
        valid_to, actor, agreement_id, partner_id, partner, title, note
    FROM event_details AS e JOIN page ON event_id = record_id AND page.number IS NULL
    UNION ALL
    SELECT agreement_id, NULL, NULL, signed_on, reported_on, page.date_last, NULL, NULL,
        agreement_id, partner_id, partner, title, note
    FROM agreement_details JOIN page USING (number)
)
SELECT found.*, matching
FROM (SELECT count(*) AS matching FROM happenings)
LEFT JOIN found ON true
ORDER BY date_last DESC NULLS LAST, record_id
"""

_SIGNED = "(FROM selected WHERE status NOT IN ('announced', 'future'))"
_ALL_SIGNED = """(
        FROM agreement_details WHERE NOT only_announced AND coalesce(counts_from <= $as_of, true)
    )"""
"""The same of all agreements, without a look at what each is on the day."""


def happenings(
    cursor: Cursor, filters: Filters, offset: int, limit: int
) -> tuple[pd.DataFrame, int]:
    """Signings of the selected agreements and what happened to them by the day, the latest first.

    Without the signings where the filters choose among events. What has no date comes last. The
    second value is how many there are.
    Columns: record_id, event and event_name (NULL: a signing), date (EDTF; of a signing NULL where
    no source gives it), reported_on (of a signing), date_last, valid_to, actor, agreement_id (NULL:
    the whole partnership), partner_id, partner, title, note.
    """
    signings = not filters.among_events
    page = _PAGE.format(signed=_SIGNED if filters.restricting else _ALL_SIGNED)
    found = rows(cursor, page, filters, signings=signings, limit=limit, offset=offset)
    matching = int(found.pop("matching").iloc[0])
    return found[found["record_id"].notna()], matching


def sources_of(cursor: Cursor, record_ids: tuple[str, ...]) -> pd.DataFrame:
    """Who states something on the records.

    Columns: record_id, publisher, origin, url, published_on; by date of publication.
    """
    return cursor.execute(
        """
SELECT DISTINCT record_id, publisher, origin, url, published_on
FROM record_sources JOIN sources ON sources.rowid = place
-- Who only labels areas states no field.
WHERE record_id IN (SELECT unnest($records)) AND fields <> ['areas']
ORDER BY record_id, published_on NULLS LAST, publisher, url
""",
        {"records": list(record_ids)},
    ).df()
