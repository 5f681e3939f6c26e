"""The selected agreements as a table shows them: a page at a time, in one of several orders."""

from typing import NamedTuple

import pandas as pd

from register import words
from register.export import AGREEMENT_COLUMNS, csv_of
from register.filters import Filters
from register.frames import rows as rows_of
from register.queries import Cursor
from register.queries.selected import BY_PARTNER, ROW, asking, rows


class Order(NamedTuple):
    """An order of agreements: what a reader calls it, and columns of ``judged``.

    No two are equal in it.
    """

    title: str
    sql: str


ORDERS = {
    "partner": Order("Partner", BY_PARTNER),
    "status": Order("Status", f"status_position, ends_on NULLS LAST, {BY_PARTNER}"),
    "end": Order("End", f"ends_on NULLS LAST, {BY_PARTNER}"),
    "latest": Order("Latest begin", "begins_on DESC NULLS LAST, number"),
}
"""The orders of a table of agreements."""

_WHICH = "WHERE in_force OR NOT $in_force"


def page(
    cursor: Cursor, filters: Filters, order: str, offset: int, limit: int, *, in_force: bool = False
) -> pd.DataFrame:
    """The selected agreements from ``offset`` on, at most ``limit``.

    Args:
        order: one of ORDERS.
        in_force: only those in their period.

    Columns: agreement_id, partner, title, status, status_name, ends (in words), how_exact (what
    stands before the number of days left), days_left, period (in words), country, instrument_name,
    areas, sources, disputed, follows and implements (titles, NULL for none), window_end and
    end_approximate.
    """
    ordered = ORDERS[order].sql
    found = rows(
        cursor,
        f"""
, place AS MATERIALIZED (
    SELECT number FROM judged {_WHICH} ORDER BY {ordered} LIMIT $limit OFFSET $offset
),
shown AS MATERIALIZED (FROM place JOIN selected USING (number)),
titles AS MATERIALIZED (
    SELECT agreement_id, title
    FROM agreements
    WHERE agreement_id IN (SELECT unnest([follows, implements]) FROM shown)
)
SELECT agreement_id, partner, title, status, status_name, days_left, country, instrument_name,
    areas, sources, disputed, before AS follows, above AS implements, window_end, end_approximate,
    end_basis, valid_from, signed_on, reported_on, prolonged, prolonged_to
FROM shown
LEFT JOIN (SELECT agreement_id AS follows, title AS before FROM titles) USING (follows)
LEFT JOIN (SELECT agreement_id AS implements, title AS above FROM titles) USING (implements)
ORDER BY {ordered}
""",
        filters,
        in_force=in_force,
        limit=limit,
        offset=offset,
    )
    said = rows_of(found)
    in_words = {
        "ends": [words.date_in_words(row["window_end"]) or None for row in said],
        "how_exact": ["" if row["days_left"] is None else words.how_exact(row) for row in said],
        "period": [words.window(row) for row in said],
    }
    return found.assign(**{name: pd.Series(cells, dtype="str") for name, cells in in_words.items()})


def csv(cursor: Cursor, filters: Filters, order: str, *, in_force: bool = False) -> bytes:
    """All of them as CSV, with the columns of ``export.AGREEMENT_COLUMNS``."""
    columns, ordered = ", ".join(AGREEMENT_COLUMNS), ORDERS[order].sql
    query = f"SELECT {columns} FROM selected {_WHICH} ORDER BY {ordered}"
    asked, values = asking(cursor, query, filters)
    return csv_of(cursor.execute(asked, values | {"in_force": in_force}))


def one(cursor: Cursor, filters: Filters, agreement_id: str) -> pd.DataFrame:
    """One of the selected agreements, as ``selected.agreements`` has it."""
    return rows(
        cursor,
        f"SELECT {ROW} FROM selected WHERE agreement_id = $agreement_id",
        filters,
        agreement_id=agreement_id,
    )
