"""What the Events page says: how much happened, and a page of it, the latest first."""

from typing import NamedTuple

import pandas as pd

from register.export import csv_bytes
from register.filters import Filters
from register.queries import Cursor
from register.queries import events as of_events
from register.queries.selected import asking, rows

COLUMNS = [
    *("as_of", "event_id", "event", "date", "valid_to", "actor", "agreement_id", "title"),
    *("partner_id", "partner", "country", "note", "sources", "publishers", "source_urls"),
    "disputed",
]
"""The columns of the CSV snapshot."""


class Told(NamedTuple):
    """How many events there are, of which kinds and by which sides (None: no source names it).

    Attributes:
        undated: how many have no date.
        first: the date (EDTF) of the first of them that has one, None for none; last: of the last.
    """

    events: int
    kinds: dict[str, int]
    sides: dict[str | None, int]
    undated: int
    first: str | None
    last: str | None


def told(cursor: Cursor, filters: Filters) -> Told:
    """The figures of the events that the filters select."""
    asked, values = asking(
        cursor,
        """
SELECT event, actor, count(*), count(*) FILTER (date IS NULL),
    (SELECT date FROM told WHERE date IS NOT NULL ORDER BY date_last, event_id DESC LIMIT 1),
    (SELECT date FROM told WHERE date IS NOT NULL ORDER BY date_last DESC, event_id LIMIT 1)
FROM told
GROUP BY event, actor
""",
        filters,
    )
    found = cursor.execute(asked, values).fetchall()
    kinds: dict[str, int] = {}
    sides: dict[str | None, int] = {}
    for kind, side, number, *_ in found:
        kinds[kind] = kinds.get(kind, 0) + number
        sides[side] = sides.get(side, 0) + number
    first, last = found[0][4:] if found else (None, None)
    undated = sum(row[3] for row in found)
    return Told(sum(kinds.values()), kinds, sides, undated, first, last)


def page(cursor: Cursor, filters: Filters, offset: int, limit: int) -> pd.DataFrame:
    """The rows of ``events.events`` from ``offset`` on, at most ``limit``.

    Columns: event_id, event, event_name, date (EDTF), valid_to, actor, agreement_id and title
    (NULL: it concerns the whole partnership), partner_id, partner, note, disputed (on how many
    fields sources disagree).
    """
    return rows(
        cursor,
        """
SELECT event_id, event, event_name, date, valid_to, actor, agreement_id, title, partner_id, partner,
    note, disputed
FROM told
ORDER BY date_last DESC NULLS LAST, event_id
LIMIT $limit OFFSET $offset
""",
        filters,
        limit=limit,
        offset=offset,
    )


def csv(cursor: Cursor, filters: Filters) -> bytes:
    """All of them as CSV, with the columns COLUMNS."""
    return csv_bytes(of_events.events(cursor, filters).assign(as_of=filters.as_of)[COLUMNS])
