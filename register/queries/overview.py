"""What the Overview shows beside the selected agreements."""

from dataclasses import replace
from datetime import date

import pandas as pd

from register import export, words
from register.filters import LAST_DAY, Filters
from register.frames import Row
from register.frames import rows as rows_of
from register.queries import Cursor
from register.queries.selected import asking, rows

PARTNER_COLUMNS = [
    *("as_of", "partner_id", "partner", "kind", "country_code", "country", "status", "lapsed"),
    *("agreements", "in_force", "region", "subregion", "first_signed", "first_signed_basis"),
    *("latest_signed", "latest_signed_basis", "latest_end", "latitude", "longitude"),
]
"""The columns of a partner in the CSV snapshot."""

ON_DAY = """
JOIN partners AS p USING (partner_id)
LEFT JOIN partners AS city ON city.partner_id = p.within
-- A partner of which nothing is known by the day has no row there.
LEFT JOIN partner_status($as_of, horizon_days := $horizon) AS s ON s.partner_id = chosen.partner_id
JOIN statuses ON statuses.status = coalesce(s.status, 'future')
"""
"""What ``chosen`` partners are, where, and their own status on the day.

A district without coordinates has those of its city.
"""

PLACE = """coalesce(p.latitude, city.latitude) AS latitude,
    coalesce(p.longitude, city.longitude) AS longitude"""


def _partners(agreements: str, order: str) -> str:
    """The partners of some of the selected agreements, a row each, in an order."""
    return f"""
SELECT chosen.partner_id, chosen.partner, p.kind, chosen.country_code, chosen.country,
    chosen.region, chosen.subregion, statuses.status, statuses.name AS status_name,
    statuses.position AS status_position, coalesce(s.lapsed, false) AS lapsed, theirs.agreements,
    theirs.in_force, first_signed, first_signed_basis, latest_signed, latest_signed_basis,
    latest_end, {PLACE}
FROM (
    SELECT partner_number, count(*) AS agreements,
        count(*) FILTER (in_force) AS in_force,
        arg_min(signed, place) AS first_signed,
        arg_min(signed_basis, place) AS first_signed_basis,
        arg_max(signed, place) AS latest_signed,
        arg_max(signed_basis, place) AS latest_signed_basis,
        arg_max(window_end, ends_on || window_end) FILTER (in_force) AS latest_end
    FROM (
        SELECT *,
            CASE WHEN counts_from <= $as_of THEN counts_from || agreement_id END AS place,
            coalesce(signed_on, reported_on, valid_from) AS signed,
            CASE
                WHEN signed_on IS NOT NULL THEN 'signed_on'
                WHEN reported_on IS NOT NULL THEN 'reported_on'
                ELSE 'valid_from'
            END AS signed_basis
        FROM {agreements}
    )
    GROUP BY partner_number
) AS theirs
JOIN partner_details AS chosen USING (partner_number)
{ON_DAY}
ORDER BY {order}
"""


_CHOSEN = "SEMI JOIN (SELECT DISTINCT partner_number FROM judged) USING (partner_number)"
_KNOWN = "SEMI JOIN partner_status($as_of, horizon_days := $horizon) USING (partner_id)"


def _page(chosen: str, place: str, order: str) -> str:
    """The same of a page of the ``chosen`` partners in the order of ``place``."""
    return f"""
, on_page AS MATERIALIZED (
    SELECT partner_number
    FROM partner_details {chosen}
    ORDER BY {place}
    LIMIT $limit OFFSET $offset
),
-- By what orders and counts them; then few are looked up.
on_it AS MATERIALIZED (SELECT number FROM judged JOIN on_page USING (partner_number))
{_partners("(FROM selected JOIN on_it USING (number))", order)}"""


_BY_NAME = "strip_accents(chosen.partner), chosen.partner_id"
_BY_COUNTRY = "chosen.country, chosen.partner, chosen.partner_id"

PARTNERS = _partners("selected", _BY_NAME)
PARTNERS_PAGE = _page(_CHOSEN, "partner_place, partner_id", _BY_NAME)


PARTNER_COUNTS = """
SELECT partner_id, agreements, in_force
FROM (
    SELECT partner_number, count(*) AS agreements, count(*) FILTER (in_force) AS in_force
    FROM judged
    GROUP BY partner_number
)
JOIN partner_details USING (partner_number)
"""
"""How many selected agreements each partner has, and how many are in their period."""


def partners(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """The partners of the selected agreements, a row each, with their own status on the as-of day.

    A partner's own status looks at all its agreements, also those that the filters leave out.
    A district without coordinates has those of its city.
    Columns: partner_id, partner, kind, country_code, country, region and subregion (NULL where UN
    M49 has none), status, status_name, status_position, lapsed; of the selected agreements:
    agreements, in_force, first_signed and latest_signed (EDTF, by the day), each with its basis
    (the field that it is from: signed_on, reported_on or valid_from), latest_end (EDTF; among those
    in force); latitude, longitude; and in words, missing where there is none: first, latest, ends.
    """
    return _in_words(rows(cursor, PARTNERS, filters))


def by_country(cursor: Cursor, filters: Filters, offset: int, limit: int) -> pd.DataFrame:
    """The rows of ``partners`` by country, from ``offset`` on, at most ``limit``."""
    # Which partners have agreements that are known their statuses tell.
    chosen = _CHOSEN if filters.restricting else _KNOWN
    query = _page(chosen, "turn_by_country", _BY_COUNTRY)
    return _in_words(rows(cursor, query, filters, limit=limit, offset=offset))


def _in_words(found: pd.DataFrame) -> pd.DataFrame:
    said = rows_of(found)
    in_words = {
        "first": [_signed(row, "first_signed") for row in said],
        "latest": [_signed(row, "latest_signed") for row in said],
        "ends": [words.date_in_words(row["latest_end"]) or None for row in said],
    }
    return found.assign(**{name: pd.Series(cells, dtype="str") for name, cells in in_words.items()})


def _signed(partner: Row, name: str) -> str | None:
    """A date of a partner's agreement, and what it is where it is no signing."""
    basis = {"reported_on": "reported ", "valid_from": "from "}.get(partner[f"{name}_basis"], "")
    date = words.date_in_words(partner[name])
    return f"{basis}{date}" if date else None


def partners_csv(cursor: Cursor, filters: Filters) -> bytes:
    """All of them by country as CSV, with the columns PARTNER_COLUMNS."""
    found = rows(cursor, _partners("selected", _BY_COUNTRY), filters).assign(as_of=filters.as_of)
    return export.csv_bytes(found[PARTNER_COLUMNS])


def ended(cursor: Cursor, filters: Filters, kinds: tuple[str, ...], since: date | None) -> int:
    """How many ties of the selection an event of these kinds has touched, by the as-of day.

    A tie is an agreement, or a whole partnership.

    Args:
        since: the first day of events that count; None: all of them.
    """
    asked, values = asking(
        cursor,
        """
SELECT count(DISTINCT (partner_id, agreement_id))
FROM told
WHERE list_contains($kinds, event) AND coalesce(date_last >= $since, $since IS NULL)
""",
        filters,
    )
    values |= {"kinds": list(kinds), "since": since}
    ((number,),) = cursor.execute(asked, values).fetchall()
    return int(number)


_OF_ALL = "FROM disagreements WHERE coalesce(known_from <= $as_of, true)"
_OF_SELECTED = """
    FROM disagreements SEMI JOIN judged USING (number)
    UNION ALL
    FROM disagreements SEMI JOIN told ON event_id = record_id
"""
_DISAGREEMENTS = """
, page AS MATERIALIZED (
    -- One text with several partners is one disagreement.
    SELECT arg_min(turn, record_id) AS turn, count(*) OVER () AS matters
    FROM ({found})
    GROUP BY matter
    ORDER BY turn
    LIMIT $limit
)
SELECT record_id, field, versions, coalesce(a.agreement_id, e.agreement_id) AS agreement_id,
    coalesce(a.title, e.title) AS title, event_name,
    coalesce(a.partner_id, e.partner_id) AS partner_id, coalesce(a.partner, e.partner) AS partner,
    matters AS number
FROM page
JOIN disagreements AS d USING (turn)
LEFT JOIN agreement_details AS a ON a.number = d.number
LEFT JOIN event_details AS e ON e.event_id = record_id
ORDER BY turn
"""


def disagreements(cursor: Cursor, filters: Filters, limit: int | None = None) -> pd.DataFrame:
    """The fields on which sources disagree, of the selected agreements and what happened to them.

    Events after the as-of day are left out. Those with the newest source come first.

    Args:
        limit: so many of them at most; all of them without one.

    Columns: record_id, field, versions (a list, the most often stated first), agreement_id and
    title (NULL: an event of a whole partnership), event_name (NULL: a field of the agreement
    itself), partner_id, partner, number (how many there are in all).
    """
    found = _OF_SELECTED if filters.restricting else _OF_ALL
    return rows(cursor, _DISAGREEMENTS.format(found=found), filters, limit=limit)


def first_day(cursor: Cursor, filters: Filters) -> date | None:
    """The first day on which something is known of the agreements that the filters select.

    The filters' own day and statuses do not count. None where no agreement has a date.
    """
    found = rows(
        cursor,
        """
SELECT min(least(announced_from, coalesce(signed_from, begins_on)))::VARCHAR AS day
FROM selected
""",
        replace(filters, as_of=LAST_DAY, status=()),
    )["day"].iloc[0]
    return date.fromisoformat(found) if isinstance(found, str) else None
