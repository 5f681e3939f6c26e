"""Write the transformed tables into a new DuckDB database, with views, macros and comments.

The rows go by a file of Parquet, which DuckDB reads itself: its scans of objects in memory can give
wrong results in version 2.0.0, and its reader of CSV files takes no line above 2 MB.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from pyarrow import parquet

from etl.extract import OnStep
from etl.transform import Made
from register.scratch import scratch
from register.tables import create, derive

MEMORY = "3GB"
"""As much as DuckDB may use; the rest of what it works on is beside the database."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": MEMORY,
    # What is committed goes into the database at once, and is not written into a log first:
    # nobody takes up a build that did not end.
    "checkpoint_threshold": "1B",
    "auto_checkpoint_skip_wal_threshold": 0,
}


def opened(database: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a new database at a path where nothing is.

    Raises:
        duckdb.Error: it cannot be written.
    """
    return duckdb.connect(database, config=_CONFIG)


def load(
    made: Iterable[Made], connection: duckdb.DuckDBPyConnection, folder: Path, on_step: OnStep
) -> None:
    """Put the tables that ``transform`` makes into a new database; ``on_step`` is called for each.

    Args:
        folder: where the rows are meanwhile.

    Raises:
        duckdb.Error: the database cannot be written, or holds other rows than were made.
        OSError: there is no room for the rows in the folder.
    """
    connection.begin()
    for table, rows in made:
        create(connection, table)
        fill(connection, (table, rows), folder)
        on_step(f"{table.name} loaded")
    connection.commit()


def complete(connection: duckdb.DuckDBPyConnection, on_step: OnStep) -> None:
    """Add all that is derived from the tables; ``on_step`` is called once.

    Raises:
        duckdb.Error: it cannot be derived or written.
    """
    connection.begin()
    derive(connection)
    on_step("derived")
    connection.commit()


def fill(connection: duckdb.DuckDBPyConnection, made: Made, folder: Path | None = None) -> None:
    """Put the rows into their table, by way of a file that is in the folder meanwhile.

    Args:
        folder: default: that for temporary files.
    """
    table, rows = made
    if not len(rows):
        return
    with TemporaryDirectory(dir=folder) if folder else scratch() as work:
        file = str(Path(work) / "rows.parquet")
        # What is read once and removed is not worth packing.
        parquet.write_table(rows, file, compression="none", write_statistics=False)
        connection.execute(
            f"INSERT INTO {table.name} BY NAME SELECT * FROM read_parquet($file)", {"file": file}
        )
    count = connection.execute(f"SELECT count(*) FROM {table.name}").fetchall()[0][0]
    if count != len(rows):
        raise duckdb.Error(f"{table.name}: {len(rows)} rows went in, {count} are there")
