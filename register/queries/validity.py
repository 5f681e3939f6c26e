"""What the Validity page says: what runs out next, and who has lapsed."""

from typing import NamedTuple

import pandas as pd

from register import words
from register.export import csv_bytes
from register.filters import Filters
from register.frames import rows as rows_of
from register.queries import Cursor
from register.queries.selected import LAPSED, rows

Years = tuple[int, int]
"""The first and the last year of a span."""

LAPSED_COLUMNS = [
    *("partner_id", "partner", "country", "lapsed_on", "window_end", "end_approximate", "title"),
    *("agreement_id", "event_name", "actor", "prolonged", "prolonged_to", "as_of", "status"),
    "how",
]
"""The columns of the CSV snapshot of ``lapsed``."""


class Lapsed(NamedTuple):
    """How many partners have lapsed, and of how many the last window ran out.

    Attributes:
        years: in which it ended; None for no partner.
    """

    partners: int
    ran_out: int
    years: Years | None


_SOONEST = "ends_on NULLS LAST, partner, begins_on NULLS LAST, number"


def next_ends(cursor: Cursor, filters: Filters, limit: int) -> pd.DataFrame:
    """The selected agreements in their period, those that end first, at most ``limit``.

    Columns: agreement_id, partner, title, status, status_name, days_left, window_end, end_basis,
    end_approximate.
    """
    return rows(
        cursor,
        f"""
, next AS MATERIALIZED (
    SELECT number FROM selected WHERE in_force ORDER BY {_SOONEST} LIMIT $limit
)
SELECT agreement_id, partner, title, status, status_name, days_left, window_end, end_basis,
    end_approximate
FROM next
JOIN selected USING (number)
ORDER BY {_SOONEST}
""",
        filters,
        limit=limit,
    )


_WITHIN = f"""
, within AS (
    SELECT * FROM ({LAPSED})
    WHERE $first IS NULL OR year(lapsed_on) BETWEEN $first AND $last
)
"""


def lapsed_figures(cursor: Cursor, filters: Filters, years: Years | None = None) -> Lapsed:
    """How many partners have lapsed.

    Args:
        years: only those whose last window ended in these.
    """
    found = _within(
        cursor,
        "SELECT count(*) AS partners, count(*) FILTER (event_name IS NULL) AS ran_out, "
        "year(min(lapsed_on)) AS first, year(max(lapsed_on)) AS last FROM within",
        filters,
        years,
    )
    (row,) = rows_of(found)
    span = (int(row["first"]), int(row["last"])) if row["partners"] else None
    return Lapsed(row["partners"], row["ran_out"], span)


def lapsed(
    cursor: Cursor, filters: Filters, years: Years | None, offset: int, limit: int | None
) -> pd.DataFrame:
    """The rows of ``selected.lapsed`` from ``offset`` on, at most ``limit``; None for all.

    One more column: how (in words, why the window is over).
    """
    found = _within(
        cursor,
        "SELECT * FROM within ORDER BY lapsed_on DESC, partner, partner_id "
        "LIMIT $limit OFFSET $offset",
        filters,
        years,
        limit=2**62 if limit is None else limit,
        offset=offset,
    )
    return found.assign(how=pd.Series(map(words.how_ended, rows_of(found)), dtype="str"))


def lapsed_csv(cursor: Cursor, filters: Filters, years: Years | None) -> bytes:
    """All of them as CSV, with the columns LAPSED_COLUMNS."""
    found = lapsed(cursor, filters, years, 0, None)
    return csv_bytes(found.assign(as_of=filters.as_of, status="lapsed")[LAPSED_COLUMNS])


def _within(
    cursor: Cursor, query: str, filters: Filters, years: Years | None, **more: object
) -> pd.DataFrame:
    first, last = years or (None, None)
    return rows(cursor, _WITHIN + query, filters, first=first, last=last, **more)
