"""One agreement or event: who says what on it, what it is tied to, what happened to it."""

from datetime import date

import pandas as pd

from register.queries import Cursor
from register.words import told_apart


def statements(cursor: Cursor, record_id: str) -> pd.DataFrame:
    """Who says what on a record.

    Columns: field, value, record_name (of the partner or agreement that the value is the id of),
    chosen (whether the register chose this value), disputed, source_id, publisher, origin, url,
    published_on, language; by field, the chosen value first.
    """
    return cursor.execute(
        """
WITH chosen AS (
    UNPIVOT (
        SELECT COLUMNS(* EXCLUDE (term_length))::VARCHAR FROM agreements
        WHERE agreement_id = $record_id
    )
    ON * INTO NAME field VALUE value
    UNION ALL BY NAME
    UNPIVOT (SELECT COLUMNS(*)::VARCHAR FROM events WHERE event_id = $record_id)
    ON * INTO NAME field VALUE value
)
SELECT s.field, s.value, coalesce(partners.name, agreements.title) AS record_name,
    chosen.value IS NOT NULL AS chosen, d.record_id IS NOT NULL AS disputed,
    source_id, sources.publisher, sources.origin, sources.url, sources.published_on,
    languages.name AS language
FROM statements AS s
JOIN sources USING (source_id)
JOIN languages ON languages.language = sources.language
LEFT JOIN chosen ON chosen.field = s.field AND chosen.value = s.value
LEFT JOIN disagreements AS d ON d.record_id = s.record_id AND d.field = s.field
LEFT JOIN partners ON s.field = 'partner_id' AND partners.partner_id = s.value
LEFT JOIN agreements ON s.field IN ('implements', 'follows') AND agreements.agreement_id = s.value
WHERE s.record_id = $record_id
ORDER BY s.field, chosen DESC, s.value, sources.published_on NULLS LAST, sources.publisher,
    source_id
""",
        {"record_id": record_id},
    ).df()


def labels(cursor: Cursor, agreement_id: str) -> pd.DataFrame:
    """The areas of an agreement in its sources' words.

    Columns: area, label, label_language, label_code (of that language), source_id, publisher,
    origin, url, published_on, language (of the source).
    """
    return cursor.execute(
        """
SELECT areas.name AS area, label, of_label.name AS label_language,
    of_label.language AS label_code, source_id, sources.publisher, sources.origin, sources.url,
    sources.published_on, of_source.name AS language
FROM agreement_areas AS named
JOIN areas USING (area_id)
JOIN sources USING (source_id)
JOIN languages AS of_label ON of_label.language = named.language
JOIN languages AS of_source ON of_source.language = sources.language
WHERE named.agreement_id = $agreement_id
ORDER BY area, label, publisher, source_id
""",
        {"agreement_id": agreement_id},
    ).df()


def related(cursor: Cursor, agreement_id: str) -> pd.DataFrame:
    """The agreements that an agreement is tied to.

    Columns: relation (implements, follows, followed_by, implemented_by, same_text), agreement_id,
    title, partner_id, partner; in this order of relations.
    """
    return cursor.execute(
        """
WITH this AS (FROM agreements WHERE agreement_id = $agreement_id),
ties AS (
    SELECT 1 AS place, 'implements' AS relation, implements AS agreement_id FROM this
    UNION ALL SELECT 2, 'follows', follows FROM this
    UNION ALL SELECT 3, 'followed_by', a.agreement_id
        FROM agreements AS a JOIN this ON a.follows = this.agreement_id
    UNION ALL SELECT 4, 'implemented_by', a.agreement_id
        FROM agreements AS a JOIN this ON a.implements = this.agreement_id
    UNION ALL SELECT 5, 'same_text', a.agreement_id
        FROM agreements AS a JOIN this USING (multilateral_id)
        WHERE a.agreement_id <> this.agreement_id
)
SELECT relation, agreement_id, title, partner_id, partners.name AS partner
FROM ties
JOIN agreements USING (agreement_id)
JOIN partners USING (partner_id)
ORDER BY place, signed_on_first NULLS LAST, strip_accents(partner), agreement_id
""",
        {"agreement_id": agreement_id},
    ).df()


def events(
    cursor: Cursor,
    partner_id: str,
    as_of: date,
    agreement_id: str | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    """What happened by a day to a partner's agreements and to the whole partnership, latest first.

    Args:
        agreement_id: only what happened to this one of the agreements, or to the partnership.
        limit: so many at most; all of them without one.

    Columns: event_id, event, event_name, date (EDTF, may be missing), date_last, valid_to, actor,
    agreement_id and title (missing: the whole partnership), partner_id, partner, note.
    """
    return cursor.execute(
        """
SELECT e.event_id, e.event, kinds.name AS event_name, e.date, e.date_last, e.valid_to, e.actor,
    e.agreement_id, a.title, e.partner_id, partners.name AS partner, e.note
FROM events AS e
JOIN partners ON partners.partner_id = e.partner_id
JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event'
    AND kinds.code = e.event
LEFT JOIN agreements AS a ON a.agreement_id = e.agreement_id
WHERE e.partner_id = $partner_id AND (e.date_last IS NULL OR e.date_last <= $as_of)
    AND ($agreement_id IS NULL OR coalesce(e.agreement_id, $agreement_id) = $agreement_id)
ORDER BY e.date_last DESC NULLS LAST, e.event_id
LIMIT $limit
""",
        {
            "partner_id": partner_id,
            "as_of": as_of,
            "agreement_id": agreement_id,
            "limit": limit,
        },
    ).df()


def partner_of(cursor: Cursor, agreement_id: str) -> str | None:
    """The partner_id of an agreement, None where the register has none of that id."""
    found = cursor.execute(
        "SELECT partner_id FROM agreements WHERE agreement_id = $agreement_id",
        {"agreement_id": agreement_id},
    ).fetchone()
    return str(found[0]) if found else None


def titles(cursor: Cursor) -> dict[str, str]:
    """Every agreement_id with its partner and title, by partner and date."""
    return told_apart(
        dict(
            cursor.execute(
                """
SELECT agreement_id, partners.name || ': ' || title
FROM agreements
JOIN partners USING (partner_id)
JOIN agreement_windows USING (agreement_id)
ORDER BY strip_accents(partners.name), begins_on NULLS LAST, agreement_id
"""
            ).fetchall()
        )
    )
