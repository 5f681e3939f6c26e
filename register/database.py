"""Open a database, and run queries, that somebody else has made: nothing leads out of the file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from register.watch import Watch

MEMORY = "2GB"
"""As much as one database may use for its queries."""

SECONDS = 60.0
"""As long as one query of somebody else may run."""

_LOCKED = {
    "allow_persistent_secrets": False,
    "memory_limit": MEMORY,
    "max_temp_directory_size": MEMORY,
    "enable_external_access": False,
    "lock_configuration": True,  # Last: nothing can be set after it.
}

_watch = Watch()


def locked(database: Path | str, folders: Sequence[Path] = ()) -> duckdb.DuckDBPyConnection:
    """A read-only connection from which no query reads or writes any other file or host.

    A view of the database, or a query of an expectation, could otherwise read each file that we
    can, or write one. See https://duckdb.org/docs/stable/operations_manual/securing_duckdb.

    Args:
        folders: where our own exports may write all the same.

    Raises:
        duckdb.Error: it is missing or no database.
    """
    connection = duckdb.connect(database, read_only=True)
    try:
        lock(connection, folders)
    except BaseException:
        connection.close()
        raise
    return connection


def lock(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path] = ()) -> None:
    """Let the connection reach nothing but what it has open, for good.

    All connections of a process to one file share its settings, so that it may be locked already.

    Args:
        folders: where our own exports may write all the same.
    """
    if connection.execute("SELECT current_setting('lock_configuration')").fetchall() == [(True,)]:
        return
    allowed = [str(folder) for folder in folders]
    connection.execute("SET allowed_directories = $allowed", {"allowed": allowed})
    for setting, value in _LOCKED.items():
        connection.execute(f"SET {setting} = '{value}'")


@contextmanager
def time_limit(
    connection: duckdb.DuckDBPyConnection, seconds: float = SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Interrupt what the connection runs after so many seconds.

    Raises:
        duckdb.InterruptException: from the query that ran too long.
    """
    with _watch.within(seconds, connection.interrupt):
        yield connection


def copied(connection: duckdb.DuckDBPyConnection, folder: Path) -> bytes:
    """The connection's database as a file, for one that has none.

    Args:
        folder: one in which the connection may write.

    Raises:
        duckdb.Error: it cannot be copied.
    """
    ((database,),) = connection.execute("SELECT current_database()").fetchall()
    quoted = database.replace('"', '""')
    with TemporaryDirectory(prefix="copy", dir=folder) as place:
        # All connections to a database see what one of them attaches: a name of its own for each.
        name, file = Path(place).name, Path(place) / "copy.duckdb"
        connection.execute(f"ATTACH '{file}' AS \"{name}\" (READ_WRITE)")
        try:
            connection.execute(f'COPY FROM DATABASE "{quoted}" TO "{name}"')
        finally:
            connection.execute(f'DETACH "{name}"')
        return file.read_bytes()
