"""The one way to the published register: its versions, and their answers.

``Store(pointer).current()`` is the version that is published now. A version stays what it is for as
long as somebody holds it, also when another is published and its file is removed.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary

import duckdb

from dashboard.queries import EXPORTS
from etl.database import locked, time_limit
from etl.served import unlike_ours
from register.cache import Cache
from register.days import Cursor, Days

P = ParamSpec("P")
T = TypeVar("T")

DATABASE = Path(__file__).resolve().parent.parent / "data" / "build" / "partnerships.duckdb"
"""Where the ETL publishes; the environment variable PARTNERSHIPS_DATABASE names another place."""


def pointer() -> Path:
    """The path that leads to the published database."""
    return Path(os.environ.get("PARTNERSHIPS_DATABASE", DATABASE))


class RegisterUnavailable(Exception):
    """There is no readable database; the text says what to do."""


class _Database:
    """A database file, opened once in a process: DuckDB shares what is opened twice."""

    def __init__(self, file: Path) -> None:
        self.connection = locked(file, (EXPORTS,))
        try:
            with time_limit(self.connection):
                reason = unlike_ours(self.connection)
            if reason:
                raise _unreadable(reason)
            self.days = Days(self.connection)
            ((self.version,),) = self.connection.execute("SELECT version FROM register").fetchall()
        except BaseException:
            self.connection.close()
            raise


_opened: WeakValueDictionary[Path, _Database] = WeakValueDictionary()
_opening = Lock()


def _open(file: Path) -> _Database:
    with _opening:
        database = _opened.get(file) or _Database(file)
        _opened[file] = database
        return database


class Version:
    """One published database, opened to read, from which no query leads out.

    Attributes:
        name: the register's version, a hash of its content.
        file: the database; each build has its own.
    """

    def __init__(self, file: Path, cache: Cache) -> None:
        self.file = file
        self._cache = cache
        self._database = _open(file)
        self.name: str = self._database.version

    def ask(
        self, query: Callable[Concatenate[Cursor, P], T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """The query's answer, which may be kept from before: it is not to be changed.

        Raises:
            RegisterUnavailable: the database cannot be read, or the query took too long.
            ValueError: the query is made inside of a function, so that its name does not tell it.
        """
        if "<locals>" in query.__qualname__:
            raise ValueError(f"{query.__qualname__} cannot be kept: use answer()")
        key = (self.file, query.__module__, query.__qualname__, arguments, *sorted(named.items()))
        answer: T = self._cache.get(key, lambda: self.answer(query, *arguments, **named))
        return answer

    def answer(
        self, query: Callable[Concatenate[Cursor, P], T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """``ask``, past the cache: for what is large and seldom asked for.

        Raises:
            RegisterUnavailable: the database cannot be read, or the query took too long.
        """
        try:
            with self._database.days.cursor() as cursor, time_limit(cursor.connection):
                return query(cursor, *arguments, **named)
        except duckdb.Error as error:
            raise _unreadable(type(error).__name__) from error


class Store:
    """The published versions: the current one, which the pointer leads to."""

    def __init__(self, pointer: Path) -> None:
        self.pointer = pointer
        self.cache = Cache()
        self._lock = Lock()
        self._current: Version | None = None

    def current(self) -> Version:
        """The version that is published now.

        Raises:
            RegisterUnavailable: there is none, or it cannot be read.
        """
        try:
            file = self.pointer.resolve(strict=True)
        except OSError:
            raise RegisterUnavailable(
                "The register's database is missing. Build it with make etl."
            ) from None
        with self._lock:
            if self._current is None or self._current.file != file:
                try:
                    self._current = Version(file, self.cache)
                except (duckdb.Error, ValueError) as error:
                    raise _unreadable(type(error).__name__) from error
            return self._current


def _unreadable(reason: str) -> RegisterUnavailable:
    return RegisterUnavailable(
        f"The register's database cannot be read ({reason}). Build it anew with make etl."
    )
