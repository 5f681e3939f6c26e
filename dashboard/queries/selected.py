"""The agreements that the filters select, and what follows from them."""

import pandas as pd

from dashboard.filters import IN_FORCE, Filters
from dashboard.queries import Cursor
from etl.text import fold_words, is_visible

FITTING = """
SELECT agreement_id FROM agreement_search
WHERE len($words) > 0 AND list_bool_and([contains(text, word) FOR word IN $words::VARCHAR[]])
"""
"""The agreements that hold all words that are searched for; where there are none, no agreement."""

SELECTED = f"""
WITH selected AS (
    SELECT
        s.as_of, s.status, statuses.name AS status_name, statuses.position AS status_position,
        statuses.in_force, s.begins_on, s.begin_approximate, s.ends_on, s.window_end, s.end_basis,
        s.end_approximate, s.days_left, s.deciding_event, s.prolonging_event,
        prolonging.event AS prolonged, prolonging.valid_to AS prolonged_to,
        a.*,
        d.* EXCLUDE (agreement_id)
    FROM agreement_status($as_of, horizon_days := $horizon) AS s
    JOIN statuses USING (status)
    JOIN agreements AS a USING (agreement_id)
    JOIN agreement_details AS d USING (agreement_id)
    LEFT JOIN events AS prolonging ON prolonging.event_id = s.prolonging_event
    WHERE (len($city) = 0 OR a.partner_id IN (SELECT unnest($city)))
        AND (len($country) = 0 OR d.country_code IN (SELECT unnest($country)))
        AND (len($instrument) = 0 OR a.instrument IN (SELECT unnest($instrument)))
        AND (len($party) = 0 OR a.moscow_party IN (SELECT unnest($party)))
        AND (len($area) = 0 OR a.agreement_id IN (
            SELECT agreement_id FROM agreement_areas WHERE area_id IN (SELECT unnest($area))))
        AND (NOT $searched OR a.agreement_id IN ({FITTING}))
        -- What was not yet known on the day is left out unless asked for.
        AND CASE WHEN len($status) = 0 THEN s.status <> 'future'
            ELSE s.status IN (SELECT unnest($status))
                OR (statuses.in_force AND list_contains($status, $in_force)) END
        -- Of a range of years: what begins by its end and has not ended before its begin.
        AND ($from_year IS NULL AND $to_year IS NULL
            OR year(coalesce(s.begins_on, d.announced_from)) <= coalesce($to_year, 9999)
            AND coalesce(year(s.ends_on), 9999) >= coalesce($from_year, 0))
)
"""
"""The agreements that the filters select, with their status on the as-of day."""


def rows(cursor: Cursor, query: str, filters: Filters, **more: object) -> pd.DataFrame:
    """Run ``query`` after SELECTED."""
    return cursor.execute(SELECTED + query, parameters(filters) | more).df()


def parameters(filters: Filters) -> dict[str, object]:
    """The values that SELECTED takes."""
    return {
        "as_of": filters.as_of,
        "horizon": filters.horizon,
        "city": list(filters.city),
        "country": list(filters.country),
        "area": list(filters.area),
        "instrument": list(filters.instrument),
        "party": list(filters.party),
        "status": list(filters.status),
        "in_force": IN_FORCE,
        "from_year": filters.from_year,
        "to_year": filters.to_year,
        "searched": is_visible(filters.q),
        "words": fold_words(filters.q),
    }


AGREEMENTS = """
SELECT * EXCLUDE (term_length)
FROM selected
ORDER BY strip_accents(partner), begins_on NULLS LAST, agreement_id
"""


def agreements(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """The selected agreements, a row each, ordered by partner and begin.

    Dates of the sources are EDTF text; ``begins_on`` and ``ends_on`` are days of the computed
    window; ``prolonged`` says whether it was extended or renewed by the day, ``prolonged_to`` to
    which end; ``areas`` are names joined by ``; ``; ``sources`` and ``disputed`` count sources and
    disputed fields.
    """
    return rows(cursor, AGREEMENTS, filters)


def events(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """What happened by the as-of day to the selected agreements or to their whole partnerships.

    Columns: event_id, event, event_name, date (EDTF), date_last, actor, agreement_id (NULL: the
    whole partnership), partner_id, partner, note.
    """
    return rows(
        cursor,
        """
SELECT DISTINCT e.event_id, e.event, kinds.name AS event_name, e.date, e.date_last, e.actor,
    e.agreement_id, e.partner_id, selected.partner, e.note
FROM events AS e
JOIN selected ON e.agreement_id = selected.agreement_id
    OR (e.agreement_id IS NULL AND e.partner_id = selected.partner_id)
JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event'
    AND kinds.code = e.event
WHERE e.date_last <= $as_of
ORDER BY e.date_last, e.event_id
""",
        filters,
    )


def status_counts(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """Agreements and partners of each status that occurs.

    Columns: status, status_name, agreements, partners.
    """
    return rows(
        cursor,
        """
SELECT status, status_name, count(*) AS agreements, count(DISTINCT partner_id) AS partners
FROM selected
GROUP BY status, status_name, status_position
ORDER BY status_position
""",
        filters,
    )


def lapsed(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """Partners of the selection whose last dated window ended without a successor by the day.

    A partner's own status looks at all its agreements, also those that the filters leave out.
    Columns: partner_id, partner, country, lapsed_on, window_end (EDTF), end_approximate, title,
    agreement_id, event_name and actor (of the event that ended it; NULL: its window ran out),
    prolonged and prolonged_to (as ``agreements`` has them).
    """
    return rows(
        cursor,
        """
SELECT l.partner_id, selected.partner, selected.country, l.lapsed_on, last.window_end,
    last.end_approximate, a.title, a.agreement_id, kinds.name AS event_name, e.actor,
    prolonging.event AS prolonged, prolonging.valid_to AS prolonged_to
FROM partner_status($as_of, horizon_days := $horizon) AS l
JOIN (SELECT DISTINCT partner_id, partner, country FROM selected) AS selected USING (partner_id)
JOIN agreements AS a ON a.agreement_id = l.lapsed_agreement
JOIN agreement_status($as_of, horizon_days := $horizon) AS last
    ON last.agreement_id = a.agreement_id
LEFT JOIN events AS e ON e.event_id = last.deciding_event
LEFT JOIN events AS prolonging ON prolonging.event_id = last.prolonging_event
LEFT JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event'
    AND kinds.code = e.event
WHERE l.lapsed
ORDER BY l.lapsed_on DESC, selected.partner
""",
        filters,
    )
