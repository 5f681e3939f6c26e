"""The one way to the published register: its versions, and their answers.

``Store(pointer).current()`` is the version that is published now. A version stays what it is for as
long as somebody holds it, also when another is published and its file is removed.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

import duckdb

from etl.database import locked, time_limit
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


class Version:
    """One published database, opened to read, from which no query leads out.

    Attributes:
        name: the register's version, a hash of its content.
        file: the database; each build has its own.
    """

    def __init__(self, file: Path, cache: Cache, folders: tuple[Path, ...] = ()) -> None:
        self.file = file
        self._cache = cache
        self._connection = locked(file, folders)
        try:
            self._days = Days(self._connection)
            ((self.name,),) = self._connection.execute("SELECT version FROM register").fetchall()
        except BaseException:
            self._connection.close()
            raise

    def ask(
        self, query: Callable[Concatenate[Cursor, P], T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """The query's answer, which may be kept from before: it is not to be changed.

        Raises:
            RegisterUnavailable: the database cannot be read, or the query took too long.
        """
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
            with self._days.cursor() as cursor, time_limit(cursor.connection):
                return query(cursor, *arguments, **named)
        except duckdb.Error as error:
            raise RegisterUnavailable(
                f"The register's database cannot be read ({type(error).__name__}). "
                "Build it anew with `make etl`."
            ) from error


class Store:
    """The published versions: the current one, which the pointer leads to."""

    def __init__(self, pointer: Path, folders: tuple[Path, ...] = ()) -> None:
        """``folders``: where exports may write."""
        self.pointer = pointer
        self.cache = Cache()
        self._folders = folders
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
                "The register's database is missing. Build it with `make etl`."
            ) from None
        with self._lock:
            if self._current is None or self._current.file != file:
                self._current = self._open(file)
            return self._current

    def _open(self, file: Path) -> Version:
        try:
            return Version(file, self.cache, self._folders)
        except (duckdb.Error, ValueError) as error:
            raise RegisterUnavailable(
                f"The register's database cannot be read ({type(error).__name__}). "
                "Build it anew with `make etl`."
            ) from error
