"""The one way to the published register: its versions, and their answers.

``Store(pointer).current()`` is the version that is published now. A version stays what it is for as
long as somebody holds it, also when another is published and its file is removed.
"""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary, finalize

import duckdb

from register.cache import Cache
from register.database import SECONDS, locked, time_limit
from register.days import Cursor, Days
from register.observed import observed
from register.queries import EXPORTS
from register.served import unlike_ours

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
    """A database file, opened once in a process: DuckDB shares what is opened twice.

    It is held open until nobody refers to it any more, and so can be read to its end also when it
    is removed meanwhile.
    """

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(file, os.O_RDONLY)
        finalize(self, os.close, self._descriptor)
        self.connection = locked(file, (EXPORTS,))
        try:
            with time_limit(self.connection, SECONDS):
                reason = unlike_ours(self.connection)
            if reason:
                raise _unreadable(reason)
            self.days = Days(self.connection)
            ((self.version,),) = self.connection.execute("SELECT version FROM register").fetchall()
        except BaseException:
            self.connection.close()
            raise

    def content(self) -> bytes:
        return os.pread(self._descriptor, os.fstat(self._descriptor).st_size, 0)


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
        name = f"{query.__module__.removeprefix('register.')}.{query.__qualname__}"
        try:
            with (
                observed("query", name),
                self._database.days.cursor() as cursor,
                time_limit(cursor.connection, SECONDS),
            ):
                return query(cursor, *arguments, **named)
        except duckdb.InterruptException as error:
            raise RegisterUnavailable(
                f"The answer took longer than {SECONDS:g} seconds and was given up. "
                "Try again later, or with other filters."
            ) from error
        except duckdb.Error as error:
            raise _unreadable(type(error).__name__) from error

    def content(self) -> bytes:
        """The file itself."""
        return self._database.content()


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
        with self._lock:
            file = self._target()
            while self._current is None or self._current.file != file:
                try:
                    self._current = Version(file, self.cache)
                except (OSError, duckdb.Error, ValueError) as error:
                    tried, file = file, self._target()
                    # It can have been removed since the pointer led to it.
                    if file == tried:
                        raise _unreadable(type(error).__name__) from error
            return self._current

    def known(self) -> Version | None:
        """The version that was current when somebody last asked; nothing is opened for it."""
        return self._current

    def _target(self) -> Path:
        try:
            return self.pointer.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself.
            raise RegisterUnavailable(
                "The register's database is missing. Build it with make etl."
            ) from None


def published() -> Store:
    """The store of the published register, the same for pages and API."""
    return _store(pointer())


@cache
def _store(pointer: Path) -> Store:
    return Store(pointer)


def _unreadable(reason: str) -> RegisterUnavailable:
    return RegisterUnavailable(
        f"The register's database cannot be read ({reason}). Build it anew with make etl."
    )
