"""The one way to the published register: its versions, and their answers.

``Store(pointer).current()`` is the version that is published now. A version stays what it is for as
long as somebody holds it, also when another is published and its file is removed.
"""

import os
import re
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary, finalize

import duckdb

from register.cache import Cache
from register.database import SECONDS, copied, locked, time_limit
from register.days import Cursor, Days
from register.observed import observed
from register.queries import EXPORTS
from register.served import unlike_ours

DOWNLOAD_SECONDS = 600.0
"""As long as the whole of a large register may take to be made into a file."""

P = ParamSpec("P")
T = TypeVar("T")

Place = Path | str
"""Where a database is: a file, or an address of DuckDB's (``md:partnerships``)."""

DATABASE = Path(__file__).resolve().parent.parent / "data" / "build" / "partnerships.duckdb"
"""Where the ETL publishes; the environment variable PARTNERSHIPS_DATABASE names another place."""

_ADDRESS = re.compile("[a-z][a-z0-9_]+:")
"""How an address begins; a single letter is a drive of Windows. A file so named is ``./md:x``."""


def pointer() -> Place:
    """The path that leads to the published database, or the address at which it is."""
    place = os.environ.get("PARTNERSHIPS_DATABASE", str(DATABASE))
    return place if _ADDRESS.match(place) else Path(place)


class RegisterUnavailable(Exception):
    """There is no readable database; the text says what to do."""


class _Database:
    """A database, opened once in a process: DuckDB shares what is opened twice.

    A file is held open until nobody refers to it any more, and so can be read to its end also when
    it is removed meanwhile.
    """

    def __init__(self, place: Place) -> None:
        self._descriptor: int | None = None
        if isinstance(place, Path):
            self._descriptor = os.open(place, os.O_RDONLY)
            finalize(self, os.close, self._descriptor)
        self.connection = locked(place, (EXPORTS,))
        try:
            with time_limit(self.connection, SECONDS):
                reason = unlike_ours(self.connection)
            if reason:
                raise _unreadable(reason, place)
            self.days = Days(self.connection)
            ((self.version,),) = self.connection.execute("SELECT version FROM register").fetchall()
        except BaseException:
            self.connection.close()
            raise

    def content(self) -> bytes:
        if self._descriptor is None:
            with self.connection.cursor() as cursor, time_limit(cursor, SECONDS):
                return copied(cursor, EXPORTS)
        return os.pread(self._descriptor, os.fstat(self._descriptor).st_size, 0)


_opened: WeakValueDictionary[Place, _Database] = WeakValueDictionary()
_opening = Lock()


def _open(place: Place) -> _Database:
    with _opening:
        database = _opened.get(place) or _Database(place)
        _opened[place] = database
        return database


class Version:
    """One published database, opened to read, from which no query leads out.

    Attributes:
        name: the register's version, a hash of its content.
        place: the database; each build has a file of its own.
        file: the same, None where it is at an address.
    """

    def __init__(self, place: Place, cache: Cache) -> None:
        self.place = place
        self.file = place if isinstance(place, Path) else None
        self._cache = cache
        self._database = _open(place)
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
        key = self._key(query, arguments, named)
        answer: T = self._cache.get(key, lambda: self.answer(query, *arguments, **named))
        return answer

    def knows(self, query: Callable[..., object], *arguments: object, **named: object) -> bool:
        """Whether the answer is kept, or being looked for, so that ``ask`` would not do it."""
        return self._key(query, arguments, named) in self._cache

    def _key(
        self, query: Callable[..., object], arguments: tuple[object, ...], named: dict[str, Any]
    ) -> Hashable:
        return (self.place, query.__module__, query.__qualname__, arguments, *sorted(named.items()))

    def answer(
        self, query: Callable[Concatenate[Cursor, P], T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """``ask``, past the cache: for what is seldom asked for.

        Raises:
            RegisterUnavailable: the database cannot be read, or the query took too long.
        """
        return self._within(SECONDS, query, *arguments, **named)

    def download(
        self, query: Callable[Concatenate[Cursor, P], T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """``answer``, for a file that somebody waits for: it may take DOWNLOAD_SECONDS."""
        return self._within(DOWNLOAD_SECONDS, query, *arguments, **named)

    def _within(
        self,
        seconds: float,
        query: Callable[Concatenate[Cursor, P], T],
        /,
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        name = f"{query.__module__.removeprefix('register.')}.{query.__qualname__}"
        try:
            with (
                observed("query", name),
                self._database.days.cursor() as cursor,
                time_limit(cursor.connection, seconds),
            ):
                return query(cursor, *arguments, **named)
        except duckdb.InterruptException as error:
            raise RegisterUnavailable(
                f"The answer took longer than {seconds:g} seconds and was given up. "
                "Try again later, or with other filters."
            ) from error
        except duckdb.Error as error:
            raise _unreadable(type(error).__name__, self.place) from error

    def content(self) -> bytes:
        """The database as a file: the file itself, or a copy of what is at the address."""
        return self._database.content()


class Store:
    """The published versions: the current one, which the pointer leads to.

    What is at an address is taken for one version: who publishes another gives it an address of
    its own.
    """

    def __init__(self, pointer: Place) -> None:
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
            place = self._target()
            while self._current is None or self._current.place != place:
                try:
                    self._current = Version(place, self.cache)
                except (OSError, duckdb.Error, ValueError) as error:
                    tried, place = place, self._target()
                    # It can have been removed since the pointer led to it.
                    if place == tried:
                        raise _unreadable(type(error).__name__, place) from error
            return self._current

    def known(self) -> Version | None:
        """The version that was current when somebody last asked; nothing is opened for it."""
        return self._current

    def unchanged(self) -> Version | None:
        """The current version if it is open already; nothing is opened for it."""
        known = self._current
        try:
            return known if known and known.place == self._target() else None
        except RegisterUnavailable:
            return None

    def _target(self) -> Place:
        if isinstance(self.pointer, str):
            return self.pointer
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
def _store(pointer: Place) -> Store:
    return Store(pointer)


def _unreadable(reason: str, place: Place) -> RegisterUnavailable:
    """The error without the address, which may have a secret in it."""
    mend = "Build it anew with make etl."
    if not isinstance(place, Path):
        mend = "See that PARTNERSHIPS_DATABASE is the address of one that this version has built."
    return RegisterUnavailable(f"The register's database cannot be read ({reason}). {mend}")
