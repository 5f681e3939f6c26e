"""Write the transformed tables into a new DuckDB database, with views, macros and comments.

The rows go in as bound parameters: DuckDB's scans of in-memory frames can give wrong results in
version 2.0.0, and its reader of CSV files takes no line above 2 MB and needs a disk for them.
"""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from etl.extract import Frames
from register.declaration import Table
from register.derived import DERIVED_TABLES
from register.schema import TABLES
from register.tables import columns, create, derive


def load(frames: Frames, database: Path, on_table: Callable[[str], None]) -> None:
    """Create ``database`` (a path where nothing is) from the frames of ``transform``.

    ``on_table`` is called with the name of each table when it is in.

    Raises:
        duckdb.Error: the database cannot be written, or holds other rows than the frames.
    """
    with duckdb.connect(database) as connection:
        connection.begin()
        for table in (*DERIVED_TABLES, *TABLES):
            create(connection, table)
            fill(connection, table, frames[table.name])
            on_table(table.name)
        derive(connection)
        connection.commit()
        connection.execute("CHECKPOINT")


def fill(connection: duckdb.DuckDBPyConnection, table: Table, frame: pd.DataFrame) -> None:
    """Put the rows of the frame into the table."""
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
