"""What changed in the register between the build before and this one."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from register.builds import before
from register.database import lock, time_limit
from register.declaration import Table
from register.queries import Cursor
from register.schema import AGREEMENTS, TABLES


@dataclass(frozen=True)
class Changes:
    """The difference between two versions of the register.

    Attributes:
        before: the version of the build before.
        agreements: a row for each agreement that came or went, and each changed field of another.
            Columns: change (added, removed, changed), agreement_id, title, field, before, now.
        tables: the rows of each table that both have. Columns: table, before, now, gone (rows that
            are no longer there in that form), new (rows that were not there in that form).
    """

    before: str
    agreements: pd.DataFrame
    tables: pd.DataFrame


def changes(cursor: Cursor) -> Changes | None:
    """What changed since the build of another version that was published last before this one.

    None where there is no such build, as after a first build.
    """
    [(current,)] = cursor.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()
    previous = before(Path(current))
    if previous is None:
        return None
    # A connection of its own: what is attached to the served one, all sessions would see.
    with duckdb.connect() as comparison, time_limit(comparison):
        try:
            for name, path in (("now", current), ("before", str(previous))):
                comparison.execute(f"ATTACH {_literal(path)} AS {name} (READ_ONLY)")
            lock(comparison)
            return _compared(comparison)
        except duckdb.Error:  # Cleared away meanwhile, of another DuckDB, or no register at all.
            return None


def _compared(comparison: Cursor) -> Changes | None:
    ((before,),) = comparison.execute("SELECT any_value(version) FROM before.register").fetchall()
    if before is None:
        return None
    return Changes(
        str(before),
        _agreements(comparison),
        pd.DataFrame(
            [_rows(comparison, table) for table in TABLES if _common(comparison, table)],
            columns=["table", "before", "now", "gone", "new"],
        ),
    )


def _agreements(comparison: Cursor) -> pd.DataFrame:
    key = AGREEMENTS.key[0]
    fields = ", ".join(name for name in _common(comparison, AGREEMENTS) if name != key)
    return comparison.execute(
        f"""
WITH was AS (FROM before.agreements UNPIVOT (value FOR field IN ({fields}))),
is_now AS (FROM now.agreements UNPIVOT (value FOR field IN ({fields})))
SELECT 'added' AS change, agreement_id, title, NULL AS field, NULL AS before, NULL AS now
FROM now.agreements ANTI JOIN before.agreements USING (agreement_id)
UNION ALL
SELECT 'removed', agreement_id, title, NULL, NULL, NULL
FROM before.agreements ANTI JOIN now.agreements USING (agreement_id)
UNION ALL
SELECT 'changed', agreement_id, kept.title, field, was.value, is_now.value
FROM was
FULL JOIN is_now USING (agreement_id, field)
JOIN (
    SELECT agreement_id, now.agreements.title
    FROM now.agreements JOIN before.agreements USING (agreement_id)
) AS kept USING (agreement_id)
WHERE was.value IS DISTINCT FROM is_now.value
ORDER BY change, agreement_id, field
"""
    ).df()


def _rows(comparison: Cursor, table: Table) -> tuple[str, int, int, int, int]:
    columns = ", ".join(_common(comparison, table))

    def count(query: str) -> int:
        return int(comparison.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0])

    was = f"SELECT {columns} FROM before.{table.name}"
    is_now = f"SELECT {columns} FROM now.{table.name}"
    return (
        table.name,
        count(was),
        count(is_now),
        count(f"{was} EXCEPT ALL {is_now}"),
        count(f"{is_now} EXCEPT ALL {was}"),
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _common(comparison: Cursor, table: Table) -> list[str]:
    """The register's own columns that both builds have: the schema may have changed between."""
    stored = {
        name
        for (name,) in comparison.execute(
            "SELECT column_name FROM duckdb_columns() "
            "WHERE database_name IN ('before', 'now') AND table_name = $table "
            "GROUP BY column_name HAVING count(DISTINCT database_name) = 2",
            {"table": table.name},
        ).fetchall()
    }
    return [name for name in table.columns if name in stored]
