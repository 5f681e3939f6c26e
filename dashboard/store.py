"""The one way from pages to the register: one database for each run of a page, answers cached."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary, finalize

import duckdb
import streamlit as st

from dashboard.queries import EXPORTS
from etl.database import SECONDS, locked, time_limit
from etl.served import unlike_ours

P = ParamSpec("P")
T = TypeVar("T")

DATABASE = Path(__file__).resolve().parent.parent / "data" / "build" / "partnerships.duckdb"
"""Where the ETL publishes; the environment variable PARTNERSHIPS_DATABASE names another place."""


class RegisterUnavailable(Exception):
    """There is no readable database, or no answer from it; the text says what to do."""


class Database:
    """A published file, held open: it can be read to its end also when it is removed meanwhile.

    It is closed when nobody refers to it any more: no session whose page was drawn from it, none
    of that page's downloads.

    Raises:
        OSError, duckdb.Error: it cannot be read.
        RegisterUnavailable: it is no database of the register.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._file)
        self._connection = locked(path, [EXPORTS])
        with time_limit(self._connection, SECONDS):
            reason = unlike_ours(self._connection)
        if reason:
            raise RegisterUnavailable(
                f"The register's database cannot be read ({reason}). Build it anew with make etl."
            )

    def answer(
        self,
        query: Callable[Concatenate[duckdb.DuckDBPyConnection, P], T],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """The query's answer.

        Raises:
            RegisterUnavailable: the query fails, or takes too long.
        """
        # A cursor of its own: one connection shared by threads is not safe.
        with self._connection.cursor() as cursor, time_limit(cursor, SECONDS):
            try:
                return query(cursor, *arguments, **named)
            except duckdb.InterruptException as error:
                raise RegisterUnavailable(
                    f"The answer took longer than {SECONDS:g} seconds and was given up. "
                    "Try again later, or with other filters."
                ) from error
            except duckdb.Error as error:
                raise _unreadable(error) from error

    def content(self) -> bytes:
        """The file itself."""
        return os.pread(self._file, os.fstat(self._file).st_size, 0)


_OPEN: WeakValueDictionary[Path, Database] = WeakValueDictionary()
_NEWEST: list[Database] = []
_OPENING = Lock()


def begin_run() -> None:
    """Take the database that is published now for this run of a page, to its last question.

    A callback runs before the page does: it is answered from what the page was drawn from on which
    the reader clicked. So is a fragment, which is a part of that page.

    Raises:
        RegisterUnavailable: the database is missing or cannot be read.
    """
    st.session_state.pop("database", None)
    st.session_state.database = _published()


def ask(
    query: Callable[Concatenate[duckdb.DuckDBPyConnection, P], T],
    *arguments: P.args,
    **named: P.kwargs,
) -> T:
    """The query's answer from the database of this run.

    Raises:
        RegisterUnavailable: the database is missing or cannot be read, or the answer took too long.
    """
    database = _of_this_run()
    name = f"{query.__module__}.{query.__qualname__}"
    return _answer(str(database.path), name, arguments, named, database, query)


def later(
    query: Callable[Concatenate[duckdb.DuckDBPyConnection, P], T],
    *arguments: P.args,
    **named: P.kwargs,
) -> Callable[[], T]:
    """The query, to be answered when the result is called: for downloads, made when asked for.

    It stays with the database of this run, the one that the file's name tells of, whatever is
    published or removed meanwhile.
    """
    database = _of_this_run()
    return lambda: database.answer(query, *arguments, **named)


def file() -> Callable[[], bytes]:
    """The database of this run as a file that any DuckDB opens, read when the result is called."""
    return _of_this_run().content


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(
    path: str,
    name: str,
    arguments: tuple[object, ...],
    named: dict[str, object],
    _database: Database,
    _query: Callable[..., T],
) -> T:
    return _database.answer(_query, *arguments, **named)


def _of_this_run() -> Database:
    if "database" not in st.session_state:
        begin_run()
    database: Database = st.session_state.database
    return database


def _published() -> Database:
    """The database that the pointer leads to, opened once for all sessions."""
    path = _target()
    while True:
        try:
            return _opened(path)
        except (OSError, duckdb.Error) as error:
            tried, path = path, _target()
            # It can have been removed since the pointer led to it.
            if path == tried:
                raise _unreadable(error) from error


def _target() -> Path:
    """The file that the pointer leads to; each build has its own, so it is the caches' key."""
    pointer = Path(os.environ.get("PARTNERSHIPS_DATABASE", DATABASE))
    try:
        return pointer.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself.
        raise RegisterUnavailable(
            "The register's database is missing. Build it with make etl."
        ) from None


def _opened(path: Path) -> Database:
    with _OPENING:
        database = _OPEN.get(path)
        if database is None:
            database = _OPEN[path] = Database(path)
        _NEWEST[:] = [database]
        return database


def _unreadable(error: Exception) -> RegisterUnavailable:
    return RegisterUnavailable(
        f"The register's database cannot be read ({type(error).__name__}). "
        "Build it anew with make etl."
    )
