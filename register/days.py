"""What follows from a day and a horizon, and what filters select on it: computed once.

The database's macros are long: planning one takes longer than its answer. So what they give for a
day is kept in memory beside the published database (register/kept.py), and a question that calls
them with its ``$as_of`` and ``$horizon`` reads it there. A query need not know.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Protocol, Self

import duckdb

from register.filters import DEFAULT_HORIZON
from register.kept import Kept, Made, Make

Day = tuple[date, int]
"""A day with its horizon."""

WHOLE_ROWS = 10_000
"""At most so many agreements are kept as rows; what is larger is read from the tables each time."""

_BYTES_OF_NUMBER, _BYTES_OF_TURN, _BYTES_OF_PARTNER, _BYTES_OF_ROW = 4, 150, 150, 1400

_CALL = re.compile(
    r"\b(agreement_status|agreements_on_day|partner_status)"
    r"\(\$as_of(, horizon_days := \$horizon)?\)"
)
_PARAMETER = re.compile(r"\$(\w+)")

_STATUS_COLUMNS = """agreement_id, partner_id, as_of, status, begins_on, begin_approximate, ends_on,
    end_basis, end_approximate, window_end, days_left, deciding_event, prolonging_event"""


class Cursor(Protocol):
    """What a query asks: a connection of DuckDB, or a cursor that knows the days kept."""

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run a query, every value of which is a parameter."""


class Days:
    """The days and selections kept of one published database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.kept = Kept(connection)

    @contextmanager
    def cursor(self) -> Iterator["DayCursor"]:
        """A cursor for one question; what it asks for stays kept as long as it is open."""
        with self._connection.cursor() as plain, DayCursor(plain, self.kept) as cursor:
            yield cursor


class DayCursor:
    """Runs the queries of one question; whatever day they ask for is there before."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, kept: Kept) -> None:
        self.connection = cursor
        self._kept = kept
        self._held: dict[Hashable, str] = {}

    def __enter__(self) -> Self:
        """Hold what is asked for until the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go what was held."""
        for key in self._held:
            self._kept.release(key)

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run a query. ``as_of`` and ``horizon`` among its parameters are the day it asks for.

        A parameter that it does not name is left out.
        """
        if isinstance(parameters, Mapping):
            values = dict(parameters)
            query = _CALL.sub(lambda call: self._of_day(call, values), query)
            named = set(_PARAMETER.findall(query))
            parameters = {name: value for name, value in values.items() if name in named}
        return self.connection.execute(query, parameters)

    def select(self, where: str, values: Mapping[str, object]) -> None:
        """Let ``selected`` be what ``where`` selects of ``agreements_on_day`` from now on.

        Args:
            values: of the parameters in it, and the day.
        """
        key = ("selected", where, *((name, str(value)) for name, value in sorted(values.items())))
        schema = self._hold(key, partial(_select, self._kept, where, values))
        # A name of the path costs nothing; a clause of all columns is planned anew each time.
        self.connection.execute(f"SET search_path = '{self._kept.published},{schema}'")

    def agreements(self, day: Day) -> str:
        """The schema in which the macros of agreements have their views of the day."""
        return self._hold(day, partial(_agreements, day))

    def hand_over(self) -> list[Hashable]:
        """The keys of what is held, which somebody else will release."""
        keys, self._held = list(self._held), {}
        return keys

    def _of_day(self, call: re.Match[str], values: Mapping[str, object]) -> str:
        day = _day(values if call[2] else {"as_of": values["as_of"]})
        of_agreements = self.agreements(day)
        if call[1] != "partner_status":
            return f"{of_agreements}.{call[1]}"
        make = partial(_partners, day, of_agreements)
        return f"{self._hold((call[1], day), make)}.{call[1]}"

    def _hold(self, key: Hashable, make: Make) -> str:
        if key not in self._held:
            self._held[key] = self._kept.hold(key, make)
        return self._held[key]


def _day(values: Mapping[str, object]) -> Day:
    as_of, horizon = values["as_of"], values.get("horizon", DEFAULT_HORIZON)
    assert isinstance(as_of, date), "a day of the calendar"
    assert isinstance(horizon, int), "a number of days"
    return as_of, horizon


def _agreements(day: Day, cursor: duckdb.DuckDBPyConnection, schema: str) -> Made:
    """Put the agreements on a day there: the views are named as the macros.

    What the events by the day have turned is always kept, and what follows from it for each
    agreement only where these are few.
    """
    cursor.execute(
        f"CREATE TABLE {schema}.turns AS FROM agreement_turns($as_of)", {"as_of": day[0]}
    )
    # The views look for what the macros call in their own schema first.
    cursor.execute(f"CREATE MACRO {schema}.agreement_turns(as_of) AS TABLE FROM {schema}.turns")
    on_day = f"agreements_on_day(DATE '{day[0]}', horizon_days := {day[1]})"
    size = _rows(cursor, f"{schema}.turns") * _BYTES_OF_TURN
    number = _rows(cursor, "agreements")
    if number <= WHOLE_ROWS:
        cursor.execute(f"CREATE TABLE {schema}.agreements_on_day AS FROM {on_day}")
        size += number * _BYTES_OF_ROW
    else:
        cursor.execute(f"CREATE VIEW {schema}.agreements_on_day AS FROM {on_day}")
    cursor.execute(
        f"CREATE VIEW {schema}.agreement_status AS "
        f"SELECT {_STATUS_COLUMNS} FROM {schema}.agreements_on_day"
    )
    return Made(size)


def _partners(day: Day, of_agreements: str, cursor: duckdb.DuckDBPyConnection, schema: str) -> Made:
    """Put the partners' own status there, which follows from that of their agreements."""
    cursor.execute(f"CREATE TEMP MACRO agreement_turns(as_of) AS TABLE FROM {of_agreements}.turns")
    cursor.execute(
        f"CREATE TABLE {schema}.partner_status AS "
        "FROM partner_status($as_of, horizon_days := $horizon)",
        {"as_of": day[0], "horizon": day[1]},
    )
    return Made(_rows(cursor, f"{schema}.partner_status") * _BYTES_OF_PARTNER)


def _select(
    kept: Kept,
    where: str,
    values: Mapping[str, object],
    connection: duckdb.DuckDBPyConnection,
    schema: str,
) -> Made:
    """Put the selected agreements there: few as a table, many as a view."""
    with DayCursor(connection, kept) as cursor:
        on_day = f"FROM {cursor.agreements(_day(values))}.agreements_on_day"
        if _PARAMETER.search(where):
            cursor.execute(
                f"CREATE TABLE {schema}.chosen AS SELECT number {on_day} WHERE {where}", values
            )
            number = _rows(cursor, f"{schema}.chosen")
            chosen = f"SEMI JOIN {schema}.chosen USING (number)"
        else:
            number, chosen = _rows(cursor, "agreements"), f"WHERE {where}"
        few = number <= WHOLE_ROWS
        cursor.execute(
            f"CREATE {'TABLE' if few else 'VIEW'} {schema}.selected AS {on_day} {chosen}"
        )
        if few:
            return Made(number * _BYTES_OF_ROW)
        return Made(number * _BYTES_OF_NUMBER, cursor.hand_over())


def _rows(cursor: Cursor, table: str) -> int:
    ((rows,),) = cursor.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(rows)
