"""The register's tables as a download holds them: all of them, or what belongs to a selection."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from register.codes import STATUS_ROWS
from register.declaration import Table
from register.downloaded import ON_THE_DAY, TABLES, WORDS
from register.export import AGREEMENT_COLUMNS
from register.filters import Filters
from register.queries import EXPORTS, Cursor
from register.queries.selected import AGREEMENTS as WITH_NAMES
from register.queries.selected import agreements, asking, rows
from register.schema import LIST_MENTIONS, PARTNER_NAMES, SOURCES, STATEMENTS

# Which rows belong to a selection; the controlled lists, and what was withdrawn, are always whole.
_CHOSEN = "SELECT agreement_id FROM chosen_agreements"
_THEIRS = "SELECT partner_id FROM chosen_agreements"
_BELONGS = {
    "agreements": f"agreement_id IN ({_CHOSEN})",
    "agreement_areas": f"agreement_id IN ({_CHOSEN})",
    # With the city that a district lies in.
    "partners": f"partner_id IN ({_THEIRS} UNION "
    f"SELECT within FROM partners WHERE partner_id IN ({_THEIRS}))",
    "partner_names": "partner_id IN (SELECT partner_id FROM snapshot_partners)",
    "list_mentions": "partner_id IN (SELECT partner_id FROM snapshot_partners)",
    "events": f"agreement_id IN ({_CHOSEN}) OR agreement_id IS NULL AND partner_id IN ({_THEIRS})",
    "statements": f"record_id IN ({_CHOSEN} UNION ALL SELECT event_id FROM snapshot_events)",
    "sources": "rowid IN (SELECT unnest(evidence.sources) FROM agreement_details "
    f"WHERE agreement_id IN ({_CHOSEN}) UNION ALL SELECT unnest(evidence.sources) "
    "FROM event_details SEMI JOIN snapshot_events USING (event_id))",
}


@dataclass(frozen=True)
class Column:
    """A column of a table, with the database's own type and comment."""

    name: str
    sql_type: str
    comment: str


@dataclass(frozen=True)
class Part:
    """One table of a snapshot: its rows, how many these are, and of how many in the register."""

    table: Table
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    number: int
    total: int


@dataclass(frozen=True)
class Snapshot:
    """The register's tables, or what belongs to a selection, on a day; ``listed`` as pages do."""

    version: str
    filters: Filters
    whole: bool
    parts: tuple[Part, ...]
    listed: pd.DataFrame

    def part(self, name: str) -> Part:
        """The table of that name."""
        return next(part for part in self.parts if part.table.name == name)


def take(cursor: Cursor, filters: Filters, *, whole: bool, told: bool = False) -> Snapshot:
    """The tables, ordered by their keys.

    Args:
        whole: the whole register, with its status on the day and horizon of the filters;
            otherwise the selected agreements with the rows of the other tables that belong to them.
        told: only how many rows there are and what their columns mean, without the rows.
    """
    filters = _gather(cursor, filters, whole=whole)
    described = {
        table: tuple(Column(*column) for column in columns)
        for table, columns in _columns(cursor).items()
    }
    parts = tuple(
        Part(
            table,
            described[table.name],
            cursor.execute(f"FROM snapshot_{table.name}{' LIMIT 0' if told else ''}").df(),
            number,
            total,
        )
        for table, number, total in _counts(cursor)
    )
    version = str(cursor.execute("SELECT version FROM register").fetchall()[0][0])
    shown = replace(filters, status=tuple(row[0] for row in STATUS_ROWS)) if whole else filters
    listed = pd.DataFrame() if told else agreements(cursor, shown)
    return Snapshot(version, filters, whole, parts, listed)


def parquet(cursor: Cursor, filters: Filters, *, whole: bool) -> dict[str, bytes]:
    """The tables of ``take`` as Parquet files, written by DuckDB, by name."""
    _gather(cursor, filters, whole=whole)
    with TemporaryDirectory(dir=EXPORTS) as folder:
        return {table.name: _parquet(cursor, table, Path(folder)) for table in TABLES}


def selection_parquet(cursor: Cursor, filters: Filters) -> bytes:
    """The selected agreements with the columns of their CSV file, as a Parquet file."""
    _gather(cursor, filters, whole=False)
    with TemporaryDirectory(dir=EXPORTS) as folder:
        return _parquet(cursor, ON_THE_DAY, Path(folder))


_COUNTS = {
    "agreements": "SELECT count(*) FROM chosen",
    "agreement_areas": "SELECT sum(labels) FROM chosen",
    "partners": "SELECT count(*) FROM theirs",
    "partner_names": "SELECT count(*) FROM partner_names SEMI JOIN theirs USING (partner_id)",
    "list_mentions": "SELECT count(*) FROM list_mentions SEMI JOIN theirs USING (partner_id)",
    "events": "SELECT count(*) FROM their_events",
    "statements": "SELECT sum(statements) FROM (SELECT statements FROM chosen "
    "UNION ALL SELECT statements FROM their_events)",
    # What is told is supported by none but these, and there is little else.
    "sources": "SELECT (SELECT count(*) FROM supporting) + (SELECT count(DISTINCT place) "
    "FROM (SELECT unnest(sources) AS place FROM their_events WHERE NOT is_told) "
    "ANTI JOIN supporting USING (place))",
}
"""How many rows ``_BELONGS`` takes of each table, without a look at them."""


def row_counts(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """Of the tables that follow the selection, how many rows it takes.

    Columns: name, comment, selected, total.
    """
    counts = " UNION ALL ".join(
        f"SELECT '{table.name}' AS name, coalesce(({_COUNTS[table.name]}), 0)::BIGINT AS selected, "
        f"(SELECT count(*) FROM {table.name}) AS total"
        for table in TABLES
        if table.name in _COUNTS
    )
    # Of chosen events those alone are told.
    is_told = "false" if filters.among_events else "coalesce(date_last <= $as_of, true)"
    return rows(
        cursor,
        f"""
, chosen AS MATERIALIZED (
    SELECT number, partner_id, evidence.statements AS statements, evidence.labels AS labels
    FROM unjudged
),
partnerships AS MATERIALIZED (SELECT DISTINCT partner_id FROM chosen),
theirs AS MATERIALIZED (
    FROM partnerships
    UNION
    -- The city that a district lies in.
    SELECT within FROM partners SEMI JOIN partnerships USING (partner_id) WHERE within IS NOT NULL
),
their_events AS MATERIALIZED (
    SELECT evidence.statements AS statements, evidence.sources AS sources, {is_told} AS is_told
    FROM event_details
    WHERE number IN (SELECT number FROM chosen)
        OR number IS NULL AND partner_id IN (SELECT partner_id FROM partnerships)
),
counts AS ({counts})
SELECT name, comment, selected, total
FROM counts
JOIN duckdb_tables() ON table_name = name AND database_name = current_database()
ORDER BY list_position($order, name)
""",
        filters,
        order=[table.name for table in TABLES],
    )


def _gather(cursor: Cursor, filters: Filters, *, whole: bool) -> Filters:
    """Put the rows into temporary tables ``snapshot_<name>``, which only this cursor sees."""
    if whole:
        # Also what was not yet known on the day, which a view leaves out.
        filters = Filters(
            as_of=filters.as_of,
            horizon=filters.horizon,
            status=tuple(str(status) for status, *_ in STATUS_ROWS),
        )
    columns = ", ".join(AGREEMENT_COLUMNS)
    asked, values = asking(cursor, f"SELECT {columns} FROM ({WITH_NAMES})", filters)
    cursor.execute(f"CREATE TEMP TABLE snapshot_{ON_THE_DAY.name} AS {asked}", values)
    cursor.execute(
        "CREATE TEMP TABLE chosen_agreements AS "
        f"SELECT agreement_id, partner_id FROM snapshot_{ON_THE_DAY.name}"
    )
    stored = _stored_columns(cursor)
    for table in _in_order_of_making():
        names = ", ".join(name for name, _, _ in stored[table.name])
        belongs = "true" if whole else _BELONGS.get(table.name, "true")
        cursor.execute(
            f"CREATE TEMP TABLE snapshot_{table.name} AS "
            f"SELECT {names} FROM {table.name} WHERE {belongs} ORDER BY {', '.join(table.key)}"
        )
    return replace(filters, status=()) if whole else filters


def _in_order_of_making() -> list[Table]:
    """The stored tables; the last ones follow others, as statements and sources events."""
    last = (PARTNER_NAMES, LIST_MENTIONS, STATEMENTS, SOURCES)
    return [*(table for table in TABLES[1:] if table not in last), *last]


def _stored_columns(cursor: Cursor) -> dict[str, list[tuple[str, str, str]]]:
    """Name, type and comment of the columns of each stored table.

    An interval has no form that all file formats know; ``term`` says the same as text.
    """
    columns: dict[str, list[tuple[str, str, str]]] = {}
    for table, name, sql_type, comment in cursor.execute(
        """
SELECT table_name, column_name, data_type, comment
FROM duckdb_columns()
WHERE NOT internal AND database_name = current_database() AND data_type <> 'INTERVAL'
ORDER BY table_name, column_index
"""
    ).fetchall():
        columns.setdefault(table, []).append((name, sql_type, comment or ""))
    return columns


def _columns(cursor: Cursor) -> dict[str, list[tuple[str, str, str]]]:
    """The columns of all tables of a snapshot that has been gathered."""
    columns = _stored_columns(cursor)
    comments = {
        name: comment
        for table in ("partners", "agreement_windows", "agreements")
        for name, _, comment in columns[table]
    } | WORDS
    columns[ON_THE_DAY.name] = [
        (name, sql_type, comments[name])
        for name, sql_type in cursor.execute(
            f"SELECT column_name, column_type FROM (DESCRIBE snapshot_{ON_THE_DAY.name})"
        ).fetchall()
    ]
    return columns


def _counts(cursor: Cursor) -> list[tuple[Table, int, int]]:
    """Of each table how many rows the snapshot and the register have."""

    def count(name: str) -> int:
        return int(cursor.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])

    return [
        (
            table,
            count(f"snapshot_{table.name}"),
            count("agreements" if table is ON_THE_DAY else table.name),
        )
        for table in TABLES
    ]


def _parquet(cursor: Cursor, table: Table, folder: Path) -> bytes:
    file = folder / f"{table.name}.parquet"
    cursor.execute(f"COPY snapshot_{table.name} TO $file (FORMAT parquet)", {"file": str(file)})
    return file.read_bytes()
