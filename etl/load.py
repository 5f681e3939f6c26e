"""Write the transformed tables into a new DuckDB database, with views, macros and comments.

The rows go in as bound parameters: DuckDB's scans of in-memory frames can give wrong results in
version 2.0.0, and its reader of CSV files takes no line above 2 MB and needs a disk for them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from etl.extract import Frames
from etl.schema import DERIVED_TABLES, TABLES, Kind, Table
from etl.text import fold

SQL = Path(__file__).parent / "sql"

SQL_TYPES = {
    Kind.LATITUDE: "DOUBLE",
    Kind.LONGITUDE: "DOUBLE",
    Kind.INTEGER: "BIGINT",
    Kind.BOOLEAN: "BOOLEAN",
}


class Column(NamedTuple):
    """A column of the database."""

    name: str
    sql_type: str
    comment: str
    required: bool = False


def columns(table: Table) -> Iterator[Column]:
    """The table's columns in the database: its fields, behind a date its bounds."""
    for field in table:
        sql_type = SQL_TYPES.get(field.kind, "VARCHAR")
        yield Column(field.name, sql_type, field.comment, field.required)
        if field.kind is Kind.EDTF or (table.name, field.name) == ("statements", "value"):
            yield Column(f"{field.name}_first", "DATE", f"First day that {field.name} may mean")
            yield Column(f"{field.name}_last", "DATE", f"Last day that {field.name} may mean")
        if field.kind is Kind.DURATION:
            yield Column(f"{field.name}_length", "INTERVAL", f"{field.name} as an interval")


def load(frames: Frames, database: Path, on_table: Callable[[str], None]) -> None:
    """Create ``database`` (a path where nothing is) from the frames of ``transform``.

    ``on_table`` is called with the name of each table when it is in.

    Raises:
        duckdb.Error: the database cannot be written, or holds other rows than the frames.
    """
    with duckdb.connect(database) as connection:
        connection.begin()
        for table in (*DERIVED_TABLES, *TABLES):
            _create(connection, table)
            _fill(connection, table, frames[table.name])
            on_table(table.name)
        _derive(connection)
        connection.commit()
        connection.execute("CHECKPOINT")


def empty() -> duckdb.DuckDBPyConnection:
    """A database in memory with all tables, views and macros, and no rows."""
    connection = duckdb.connect()
    for table in (*DERIVED_TABLES, *TABLES):
        _create(connection, table)
    _derive(connection)
    return connection


def _create(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    definitions = [
        f"{column.name} {column.sql_type}{' NOT NULL' if column.required else ''}"
        for column in columns(table)
    ]
    key = ", ".join(table.key)
    connection.execute(f"CREATE TABLE {table.name} ({', '.join(definitions)}, PRIMARY KEY ({key}))")
    connection.execute(f"COMMENT ON TABLE {table.name} IS {_literal(table.comment)}")
    for column in columns(table):
        connection.execute(
            f"COMMENT ON COLUMN {table.name}.{column.name} IS {_literal(column.comment)}"
        )


def _derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what follows from the rows."""
    connection.create_function("fold", fold, ["VARCHAR"], "VARCHAR")  # Only here, for search.
    for script in sorted(SQL.glob("*.sql")):
        connection.execute(script.read_text(encoding="utf-8"))


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, frame: pd.DataFrame) -> None:
    if frame.empty:
        return
    cells = ", ".join(f"unnest(?::{column.sql_type}[])" for column in columns(table))
    # Missing cells of pandas are several things; of DuckDB's parameters only None.
    values = [
        frame[column.name].astype(object).where(frame[column.name].notna(), None).tolist()
        for column in columns(table)
    ]
    connection.execute(f"INSERT INTO {table.name} SELECT {cells}", values)
    count = connection.execute(f"SELECT count(*) FROM {table.name}").fetchall()[0][0]
    if count != len(frame):
        raise duckdb.Error(f"{table.name}: {len(frame)} rows went in, {count} are there")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
