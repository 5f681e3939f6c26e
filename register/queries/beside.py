"""What stands before and after a record in its list."""

import pandas as pd

from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import BY_PARTNER, ROW, rows


def partners(cursor: Cursor, partner_id: str) -> dict[int, tuple[str, str]]:
    """The partners before (-1) and after (1) one in the list of all, each with id and name."""
    found = cursor.execute(
        """
WITH listed AS (
    SELECT partner_id, name, row_number() OVER (ORDER BY strip_accents(name), partner_id) AS place,
        count(*) OVER (PARTITION BY name) > 1 AS shared
    FROM partners
)
SELECT (place - here)::INTEGER, partner_id,
    name || CASE WHEN shared THEN ' (' || partner_id || ')' ELSE '' END
FROM listed, (SELECT place AS here FROM listed WHERE partner_id = $partner_id)
WHERE abs(place - here) = 1
""",
        {"partner_id": partner_id},
    ).fetchall()
    return {place: (identity, name) for place, identity, name in found}


def agreements(cursor: Cursor, filters: Filters, agreement_id: str) -> pd.DataFrame:
    """One of the selected agreements, and those before and after it in their order.

    Columns: those of ``selected.agreements``, and beside (-1 for the one before, 0 for the
    agreement itself, 1 for the one after); no rows where it is not selected.
    """
    return rows(
        cursor,
        f"""
, listed AS (
    SELECT number, row_number() OVER (ORDER BY {BY_PARTNER}) AS place FROM judged
),
near AS MATERIALIZED (
    SELECT number, place - here AS beside
    FROM listed, (
        SELECT place AS here
        FROM listed JOIN agreement_windows USING (number)
        WHERE agreement_id = $agreement_id
    )
    WHERE abs(place - here) <= 1
)
SELECT {ROW}
FROM selected JOIN near USING (number)
ORDER BY beside
""",
        filters,
        agreement_id=agreement_id,
    )
