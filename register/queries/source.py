"""The sources as publications, whatever records they support."""

import pandas as pd

from register.queries import Cursor

_FOUND = """
SELECT source_id, url, publisher, origin, published_on, language, languages.name AS language_name,
    kinds.name AS kind_name, accessed_on
FROM picked
JOIN languages USING (language)
JOIN codes AS kinds ON kinds.table_name = 'sources' AND kinds.column_name = 'kind'
    AND kinds.code = picked.kind
"""
_ORDER = "strip_accents(lower(publisher)), published_on_last NULLS LAST, source_id"


def source(cursor: Cursor, source_id: str) -> pd.DataFrame:
    """One source, with the columns of ``sources``; no row where there is none of that id."""
    picked = "WITH picked AS (SELECT * FROM sources WHERE source_id = $source_id)"
    return cursor.execute(f"{picked} {_FOUND}", {"source_id": source_id}).df()


def number(cursor: Cursor) -> int:
    """How many sources there are."""
    return int(cursor.execute("SELECT count(*) FROM sources").fetchall()[0][0])


def records(cursor: Cursor, source_id: str) -> int:
    """How many records rest on a source."""
    counted = "SELECT count(*) FROM record_sources WHERE source_id = $source_id"
    return int(cursor.execute(counted, {"source_id": source_id}).fetchall()[0][0])


def sources(cursor: Cursor, offset: int, limit: int) -> pd.DataFrame:
    """The sources by publisher and date, from ``offset`` on, at most ``limit``.

    Columns: source_id, url, publisher, origin, published_on (EDTF), language, language_name,
    kind_name, accessed_on (EDTF).
    """
    picked = f"WITH picked AS (SELECT * FROM sources ORDER BY {_ORDER} LIMIT $limit OFFSET $offset)"
    return cursor.execute(
        f"{picked} {_FOUND} ORDER BY {_ORDER}", {"limit": limit, "offset": offset}
    ).df()
