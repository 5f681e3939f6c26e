"""What follows from a day and a horizon, computed once for a version and kept as tables.

The database's macros are long, and planning one takes longer than answering it: 17 milliseconds
against 2. So their answers for a day lie in a database in memory beside the published one, and a
cursor's own macros of the same names read them there. A query need not know.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from threading import Lock
from typing import Protocol

import duckdb

ROWS_KEPT = 2_000_000
"""So many rows of agreements on days are kept at most."""

DAYS_KEPT = 64
"""So many days at most, each with its horizon."""

DEFAULT_HORIZON = 180
"""The horizon of the macros where a question gives none."""

Day = tuple[date, int]
"""A day with its horizon."""


class Cursor(Protocol):
    """What a query asks: a connection of DuckDB, or a cursor that knows the days kept."""

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run a query, every value of which is a parameter."""


class Days:
    """The days kept of one published database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lock = Lock()
        self._users: dict[Day, int] = {}
        """How many cursors use a day; in the order in which they were last asked for."""
        connection.execute("ATTACH ':memory:' AS days (READ_WRITE)")
        self.macros = [
            name
            for (name,) in connection.execute(
                "SELECT function_name FROM duckdb_functions() WHERE function_type = 'table_macro' "
                "AND NOT internal AND parameters = ['as_of', 'horizon_days'] ORDER BY ALL"
            ).fetchall()
        ]
        for name in self.macros:
            connection.execute(
                f"CREATE TABLE days.main.{name} AS "
                f"SELECT 0 AS kept_horizon, * FROM {name}(current_date) LIMIT 0"
            )
        ((agreements,),) = connection.execute("SELECT count(*) FROM agreements").fetchall()
        self.limit = max(2, min(DAYS_KEPT, ROWS_KEPT // max(1, agreements)))

    @contextmanager
    def cursor(self) -> Iterator["DayCursor"]:
        """A cursor for one question; the days that it asks for stay as long as it is open."""
        with self._connection.cursor() as plain:
            cursor = DayCursor(plain, self)
            try:
                yield cursor
            finally:
                with self._lock:
                    for day in cursor.days:
                        self._users[day] -= 1

    def hold(self, day: Day) -> None:
        """Keep a day for one more cursor, and compute it if it is not there."""
        with self._lock:
            users = self._users.pop(day, None)
            if users is None:
                self._make_room()
                self._compute(day)
            self._users[day] = (users or 0) + 1

    def shadow(self, cursor: duckdb.DuckDBPyConnection, name: str) -> None:
        """Let the cursor's macro of that name read the days kept."""
        cursor.execute(
            f"CREATE TEMP MACRO {name}(as_of, horizon_days := {DEFAULT_HORIZON}) AS TABLE "
            f"SELECT * EXCLUDE (kept_horizon) FROM days.main.{name} AS kept "
            "WHERE kept.as_of = CAST(as_of AS DATE) AND kept.kept_horizon = horizon_days"
        )

    def _make_room(self) -> None:
        unused = [day for day, users in self._users.items() if not users]
        for day in unused[: max(0, len(self._users) - self.limit + 1)]:
            with self._connection.cursor() as cursor:
                for name in self.macros:
                    cursor.execute(
                        f"DELETE FROM days.main.{name} "
                        "WHERE as_of = $day AND kept_horizon = $horizon",
                        {"day": day[0], "horizon": day[1]},
                    )
            del self._users[day]

    def _compute(self, day: Day) -> None:
        with self._connection.cursor() as cursor:
            cursor.begin()
            for name in self.macros:
                cursor.execute(
                    f"INSERT INTO days.main.{name} "
                    f"SELECT $horizon, * FROM {name}($day, horizon_days := $horizon)",
                    {"day": day[0], "horizon": day[1]},
                )
            cursor.commit()


class DayCursor:
    """Runs the queries of one question; whatever day they ask for is there before."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, kept: Days) -> None:
        self.connection = cursor
        self._kept = kept
        self.days: list[Day] = []
        self._shadowed: set[str] = set()

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run a query. ``as_of`` and ``horizon`` among its parameters are the day it asks for.

        A query must not name another day in its own text.
        """
        if isinstance(parameters, Mapping) and "as_of" in parameters:
            day = (parameters["as_of"], int(parameters.get("horizon", DEFAULT_HORIZON)))
            if day not in self.days:
                self._kept.hold(day)
                self.days.append(day)
            for name in self._kept.macros:
                # Each takes a millisecond, and most queries call only one.
                if name in query and name not in self._shadowed:
                    self._kept.shadow(self.connection, name)
                    self._shadowed.add(name)
        return self.connection.execute(query, parameters)
