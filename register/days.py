"""What follows from a day and a horizon, and what filters select on it: computed once.

To plan the macros takes longer than their answer. So what filters select on a day is kept in memory
beside the published database (register/kept.py), and so are the partners' statuses: a question that
calls ``partner_status`` with its ``$as_of`` and ``$horizon`` reads them there. A query need not
know.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Protocol, Self

import duckdb

from register.filters import DEFAULT_HORIZON
from register.kept import Kept, Make
from register.tables import SQL

Day = tuple[date, int]
"""A day with its horizon."""

WHOLE_ROWS = 10_000
"""At most so many agreements are kept as rows; what is larger is read from the tables each time."""

_OF_DAY = (
    *("as_of", "status", "status_name", "status_position", "in_force"),
    *("begins_on", "begin_approximate", "ends_on", "window_end", "end_basis", "end_approximate"),
    *("days_left", "deciding_event", "prolonging_event", "prolonged", "prolonged_to"),
)

_NUMBERS = "number, partner_number"

JUDGED = f"{_NUMBERS}, partner_place, announced_from, {', '.join(_OF_DAY)}"
"""The columns of ``judged``: what follows from the day, and suffices to count agreements and to
order them. They are read without a look at what is said of each in words."""

_ON_DAY = (SQL / "60_on_day.sql").read_text(encoding="utf-8")
_MACRO = re.compile(r"AS TABLE\n(.*)states_on_day\([^)]*\)(.*?);", re.DOTALL)
_COLUMNS, _WORDS = next(_MACRO.finditer(_ON_DAY)).groups()
"""What ``agreements_on_day`` says before and behind the judged agreements; here they are kept."""

_BYTES_OF_NUMBER, _BYTES_OF_PARTNER, _BYTES_OF_DAY, _BYTES_OF_ROW = 8, 150, 200, 1200

_CALL = re.compile(r"\bpartner_status\(\$as_of, horizon_days := \$horizon\)")
_PARAMETER = re.compile(r"\$(\w+)")


class Cursor(Protocol):
    """What a query asks: a connection of DuckDB, or a cursor that knows the days kept."""

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run a query, every value of which is a parameter."""


class Days:
    """The days and selections kept of one published database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.kept = Kept(connection)
        ((self._agreements,),) = connection.execute("SELECT count(*) FROM agreements").fetchall()

    @contextmanager
    def cursor(self) -> Iterator["DayCursor"]:
        """A cursor for one question; what it asks for stays kept as long as it is open."""
        with (
            self._connection.cursor() as plain,
            DayCursor(plain, self.kept, self._agreements) as cursor,
        ):
            yield cursor


class DayCursor:
    """Runs the queries of one question; whatever day they ask for is there before.

    Args:
        agreements: how many the register has.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, kept: Kept, agreements: int) -> None:
        self.connection = cursor
        self._kept = kept
        self._agreements = agreements
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
            if _CALL.search(query):
                query = _CALL.sub(self._partners(_day(values)), query)
            return _execute(self.connection, query, values)
        return self.connection.execute(query, parameters)

    def select(
        self, known: str, fitting: str, values: Mapping[str, object], *, as_rows: bool
    ) -> dict[str, str]:
        """Let ``selected`` be what of ``agreements_on_day`` fits from now on.

        And ``judged`` the same with the columns JUDGED, ``numbers`` with the first two alone.

        Args:
            known: a condition that takes no values.
            fitting: another one, of the filters; empty where nothing is chosen.
            values: of the parameters in it, and the day.
            as_rows: more will be asked of ``selected``: few are looked up once for all.

        Returns:
            Which of these are not there but are to be defined by the query, and how.
        """
        defined = {}
        if self.few:
            if fitting and not as_rows:
                # To keep what is chosen takes longer than to choose it.
                places = [self._judged(known, "", _of_day(values))]
                chosen = f"FROM ({_looked_up(places[0])}) WHERE {fitting}"
                defined = {"selected": chosen, "judged": f"SELECT {JUDGED} FROM selected"}
            else:
                places = [self._judged(known, fitting, values)]
                defined = {"selected": _looked_up(places[0])}
            defined["numbers"] = f"SELECT {_NUMBERS} FROM judged"
        else:
            places = [self._judged(known, fitting, values)]
        if as_rows and (self.few or fitting):
            defined.pop("selected", None)
            make = partial(self._look_up, places[0], bool(fitting))
            places.insert(0, self._hold(_key("selected", known, fitting, values), make))
        # A name of the path costs nothing; a clause of all columns is planned anew each time.
        self.connection.execute(f"SET search_path = '{','.join((self._kept.published, *places))}'")
        return defined

    @property
    def few(self) -> bool:
        """Whether the register has so few agreements that those of a day are kept as rows."""
        return self._agreements <= WHOLE_ROWS

    def _judged(self, known: str, fitting: str, values: Mapping[str, object]) -> str:
        make = partial(self._judge, known, fitting, values)
        return self._hold(_key("judged", known, fitting, values), make)

    def _judge(
        self,
        known: str,
        fitting: str,
        values: Mapping[str, object],
        cursor: duckdb.DuckDBPyConnection,
        schema: str,
    ) -> int:
        """Put there what the day makes of the selected agreements: few as rows, many as views."""
        as_of, horizon = _day(values)
        of_day = f"on_day(DATE '{as_of}', horizon_days := {horizon})"
        source, judged, number = f"agreements_{of_day}", f"states_{of_day}", self._agreements
        chosen = f"WHERE {known}" + (f" AND {fitting}" if fitting else "")
        numbered = bool(fitting) and not self.few
        if numbered:
            numbers = f"SELECT {_NUMBERS} FROM {source} {chosen}"
            number = _table(cursor, f"{schema}.numbers", numbers, values)
            # A semi join would be made after all others: DuckDB does not move it.
            chosen = f"JOIN (SELECT number FROM {schema}.numbers) USING (number)"
        elif fitting and self._asked_before(day := _of_day(values)):
            # To choose among the rows of a day is planned far sooner, but they have to be there.
            judged = f"({_looked_up(self._judged(known, '', day))})"
        elif fitting:
            judged = source
        rows = f"SELECT {JUDGED} FROM {judged} {chosen}"
        if number <= WHOLE_ROWS:
            size = _BYTES_OF_DAY * _table(cursor, f"{schema}.judged", rows, values)
        else:
            size = _BYTES_OF_NUMBER * number
            cursor.execute(f"CREATE VIEW {schema}.judged AS {rows}")
        if not self.few:
            cursor.execute(f"CREATE VIEW {schema}.selected AS FROM {source} {chosen}")
            if not numbered:
                numbers = f"SELECT {_NUMBERS} FROM {schema}.judged"
                cursor.execute(f"CREATE VIEW {schema}.numbers AS {numbers}")
        return size

    def _look_up(
        self, judged: str, chosen: bool, cursor: duckdb.DuckDBPyConnection, schema: str
    ) -> int:
        """Put the selected agreements there as rows, where there are few."""
        number = self._agreements
        if chosen and not self.few:
            ((number,),) = cursor.execute(f"SELECT count(*) FROM {judged}.numbers").fetchall()
        if number > WHOLE_ROWS:
            return 0
        return _BYTES_OF_ROW * _table(cursor, f"{schema}.selected", _looked_up(judged), {})

    def _asked_before(self, day: Mapping[str, object]) -> bool:
        """Whether anything is kept of the day beside the selection that is being made."""
        texts, keys = set(_texts(day)), self._kept.asked_for()
        return sum(isinstance(key, tuple) and texts <= set(key) for key in keys) > 1

    def _partners(self, day: Day) -> str:
        return f"{self._hold(('partners', day), partial(_partners, day))}.partner_status"

    def _hold(self, key: Hashable, make: Make) -> str:
        if key not in self._held:
            self._held[key] = self._kept.hold(key, make)
        return self._held[key]


def _looked_up(place: str) -> str:
    """``agreements_on_day`` of agreements that are judged already."""
    return f"{_COLUMNS}{place}.judged{_WORDS}"


def _key(kind: str, known: str, fitting: str, values: Mapping[str, object]) -> Hashable:
    return (kind, known, fitting, *_texts(values))


def _texts(values: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in sorted(values.items())]


def _day(values: Mapping[str, object]) -> Day:
    as_of, horizon = values["as_of"], values.get("horizon", DEFAULT_HORIZON)
    assert isinstance(as_of, date), "a day of the calendar"
    assert isinstance(horizon, int), "a number of days"
    return as_of, horizon


def _of_day(values: Mapping[str, object]) -> dict[str, object]:
    as_of, horizon = _day(values)
    return {"as_of": as_of, "horizon": horizon}


def _partners(day: Day, cursor: duckdb.DuckDBPyConnection, schema: str) -> int:
    """Put the partners' own status there, which follows from that of their agreements."""
    values = {"as_of": day[0], "horizon": day[1]}
    on_day = "FROM partner_status($as_of, horizon_days := $horizon)"
    return _BYTES_OF_PARTNER * _table(cursor, f"{schema}.partner_status", on_day, values)


def _table(
    cursor: duckdb.DuckDBPyConnection, name: str, query: str, values: Mapping[str, object]
) -> int:
    """Make a table of a query's answer; how many rows it has."""
    ((rows,),) = _execute(cursor, f"CREATE TABLE {name} AS {query}", values).fetchall()
    return int(rows)


def _execute(
    cursor: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, object]
) -> duckdb.DuckDBPyConnection:
    """Run a query with those of the values that it names: DuckDB takes no others."""
    named = set(_PARAMETER.findall(query))
    return cursor.execute(query, {name: value for name, value in values.items() if name in named})
