"""What changed in the register between the build before and this one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb
import pandas as pd

from register.builds import before
from register.database import lock, time_limit
from register.declaration import Table
from register.queries import Cursor
from register.schema import AGREEMENTS, TABLES

T = TypeVar("T")

NOWHERE = Path("no file")


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

    None where there is no such build, as after a first build or where the database is no file.
    """
    current = file_of(cursor)
    previous = before(current)
    return None if previous is None else comparing(previous, current, _compared)


def file_of(cursor: Cursor) -> Path:
    """The database that the cursor reads; a path that leads nowhere where it is no file."""
    [(path,)] = cursor.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()
    return Path(path) if path else NOWHERE


def comparing(earlier: Path, later: Path, compare: Callable[[Cursor], T]) -> T | None:
    """What ``compare`` finds where two builds are attached as ``before`` and ``now``."""
    # A connection of its own: what is attached to the served one, all sessions would see.
    with duckdb.connect() as comparison, time_limit(comparison):
        try:
            for name, path in (("now", later), ("before", earlier)):
                comparison.execute(f"ATTACH {_literal(str(path))} AS {name} (READ_ONLY)")
            lock(comparison)
            return compare(comparison)
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
    columns = ["change", "agreement_id", "title", "field", "before", "now"]
    return records(comparison, AGREEMENTS, ("title",))[columns]


def records(comparison: Cursor, table: Table, telling: tuple[str, ...]) -> pd.DataFrame:
    """A row for each record that came or went, and each changed field of another.

    Columns: change, the table's key, partner_id, partner, those ``telling`` what it is (as they are
    now, of a record that is gone as they were), field, before, now.
    """
    key, common = table.key[0], _common(comparison, table)
    fields = ", ".join(name for name in common if name != key)
    told = ", ".join(f"r.{name}" if name in common else f"NULL AS {name}" for name in telling)
    record = f"r.{key}, r.partner_id, partners.name AS partner, {told}"

    def of(build: str) -> str:
        return f"FROM {build}.{table.name} AS r JOIN {build}.partners USING (partner_id)"

    return comparison.execute(
        f"""
WITH was AS (FROM before.{table.name} UNPIVOT (value FOR field IN ({fields}))),
is_now AS (FROM now.{table.name} UNPIVOT (value FOR field IN ({fields})))
SELECT 'added' AS change, {record}, NULL AS field, NULL AS before, NULL AS now
{of("now")} ANTI JOIN before.{table.name} USING ({key})
UNION ALL
SELECT 'removed', {record}, NULL, NULL, NULL
{of("before")} ANTI JOIN now.{table.name} USING ({key})
UNION ALL
SELECT 'changed', {record}, field, was.value, is_now.value
{of("now")}
JOIN (was FULL JOIN is_now USING ({key}, field)) USING ({key})
WHERE was.value IS DISTINCT FROM is_now.value
    AND r.{key} IN (SELECT {key} FROM before.{table.name})
ORDER BY change, {key}, field
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
