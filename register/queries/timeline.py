"""What the timeline draws: a page of partners, their agreements, and what happened to these."""

import pandas as pd

from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import rows

# An agreement's day is the first that its signing, or else its stated begin, report or
# announcement can be.
_DAY = "coalesce(signed_on_first, valid_from_first, begins_on, announced_from)"
_COUNTED = "SELECT partner_number, count(*) AS agreements FROM judged"
_DATED = f"""SELECT partner_number, count(*) AS agreements, min({_DAY}) AS first,
        max({_DAY}) AS latest
    FROM selected"""
_NAME = "partner_place, partner_id"
_ORDERS = {
    "name": (_COUNTED, _NAME),
    "country": (_COUNTED, f"country, {_NAME}"),
    "first": (_DATED, f"first NULLS LAST, {_NAME}"),
    "latest": (_DATED, f"latest DESC NULLS LAST, {_NAME}"),
}
ORDERS = {
    "name": "Name",
    "country": "Country",
    "first": "First agreement",
    "latest": "Latest agreement",
}
"""How the partners can be ordered, equals by name; those without any date come last."""


def partners(cursor: Cursor, filters: Filters, order: str, offset: int, limit: int) -> pd.DataFrame:
    """The partners of the selected agreements from ``offset`` on, at most ``limit``.

    Args:
        order: one of ORDERS.

    Columns: partner_id, partner, agreements (how many are selected).
    """
    counted, ordered = _ORDERS[order]
    return rows(
        cursor,
        f"""
SELECT partner_id, partner, agreements
FROM ({counted} GROUP BY partner_number) JOIN partner_details USING (partner_number)
ORDER BY {ordered}
LIMIT $limit OFFSET $offset
""",
        filters,
        limit=limit,
        offset=offset,
    )


_THEIRS = """
, chosen AS MATERIALIZED (
    SELECT partner_number, partner_id
    FROM partner_details
    WHERE list_contains($partners, partner_id)
),
theirs AS (
    SELECT number, partner_number, partner_id, in_force, begins_on
    FROM chosen JOIN judged USING (partner_number)
)
"""
"""The selected agreements of these partners."""


def agreements(
    cursor: Cursor, filters: Filters, partner_ids: tuple[str, ...], most: int
) -> pd.DataFrame:
    """The selected agreements of these partners, in their order, each partner's by begin.

    Args:
        most: so many of a partner; of more those in their period come first, then the latest.

    Columns: agreement_id, partner_id, partner, title, instrument_name, sources, the window and the
    status as ``selected.agreements`` has them.
    """
    return rows(
        cursor,
        f"""
{_THEIRS},
latest AS MATERIALIZED (
    SELECT number
    FROM theirs
    QUALIFY row_number() OVER (
        PARTITION BY partner_number ORDER BY in_force DESC, begins_on DESC NULLS LAST, number
    ) <= $most
)
SELECT agreement_id, partner_id, partner, title, instrument_name, sources, status, status_name,
    status_position, in_force, days_left, begins_on, begin_approximate, ends_on, end_approximate,
    end_basis, window_end, prolonged, prolonged_to, signed_on, signed_on_first, reported_on,
    valid_from, valid_from_first, announced_from
FROM latest JOIN selected USING (number)
ORDER BY list_position($partners, partner_id), begins_on NULLS LAST, agreement_id
""",
        filters,
        partners=list(partner_ids),
        most=most,
    )


def events(
    cursor: Cursor,
    filters: Filters,
    partner_ids: tuple[str, ...],
    agreement_ids: tuple[str, ...],
    most: int,
) -> pd.DataFrame:
    """What happened by the as-of day to these agreements, and to these partnerships as a whole.

    Args:
        most: so many of a partner at most, the latest.

    Columns: those of ``selected.events``, in its order.
    """
    return rows(
        cursor,
        f"""
{_THEIRS}
SELECT event_id, event, event_name, date, date_last, valid_to, actor, agreement_id, partner_id,
    partner, note
FROM happened
SEMI JOIN theirs USING (partner_id)
WHERE list_contains($partners, partner_id)
    AND (agreement_id IS NULL OR list_contains($agreements, agreement_id))
QUALIFY row_number() OVER (
    PARTITION BY partner_id ORDER BY date_last DESC NULLS LAST, event_id
) <= $most
ORDER BY date_last NULLS LAST, event_id
""",
        filters,
        partners=list(partner_ids),
        agreements=list(agreement_ids),
        most=most,
    )
