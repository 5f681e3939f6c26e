"""Whether a database is one of ours: a page is drawn from no other.

Queries and words rely on what the checks and the build promise. A file that somebody else has made,
or a build of another version of this project, would make them fail in the middle of a page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import duckdb

from register import duration, edtf
from register.declaration import Field, Kind, Table
from register.derived import DERIVED_TABLES
from register.schema import AGREEMENTS, EVENTS_TABLE, TABLES, UNSTATEABLE
from register.tables import empty

Shape = dict[str, tuple[str, ...]]
"""Each table, view and macro by kind and name, with its columns or parameters."""

_LISTS = {Kind.COUNTRY: "countries", Kind.LANGUAGE: "languages"}
"""Tables that hold the names of codes from outside standards."""

_PARSERS: dict[Kind, Callable[[str], object]] = {
    Kind.EDTF: edtf.parse,
    Kind.DURATION: duration.parse,
}

_KEYS = {table.name: table.key[0] for table in (*DERIVED_TABLES, *TABLES)}

_FIELDS = [(table, field) for table in TABLES for field in table]


def unlike_ours(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The first reason why no page can be drawn from the database, None if it is one of ours.

    The reason has no text of the database.

    Raises:
        duckdb.Error: it cannot be read.
    """
    ours, found = _ours(), _shape(connection)
    for name, described in ours.items():
        if found.get(name) != described:
            return f"its {name} is not as built"
    if len(found) > len(ours):
        return "it has more than is built"
    wrong = [*_wrong_rows(connection), *_wrong_texts(connection)]
    return wrong[0] if wrong else None


@cache
def _ours() -> Shape:
    with empty() as connection:
        return _shape(connection)


def _shape(connection: duckdb.DuckDBPyConnection) -> Shape:
    columns = connection.execute(
        """
SELECT CASE WHEN view_name IS NULL THEN 'table ' ELSE 'view ' END || table_name,
    list(column_name || ' ' || data_type || if(is_nullable, '', ' NOT NULL') ORDER BY column_index)
FROM duckdb_columns() AS columns
LEFT JOIN duckdb_views() AS views
    ON view_name = table_name AND views.database_name = columns.database_name
WHERE NOT columns.internal AND columns.database_name = current_database()
GROUP BY ALL
"""
    ).fetchall()
    macros = connection.execute(
        """
SELECT function_name, function_type, parameters
FROM duckdb_functions()
WHERE NOT internal AND database_name = current_database() AND function_type LIKE '%macro'
"""
    ).fetchall()
    shape = {name: tuple(described) for name, described in columns}
    for name, kind, parameters in macros:
        returned = _returned(connection, name) if kind == "table_macro" else ()
        shape[f"{kind} {name}".replace("_", " ", 1)] = (*parameters, *returned)
    return shape


def _returned(connection: duckdb.DuckDBPyConnection, macro: str) -> Iterator[str]:
    quoted = '"' + macro.replace('"', '""') + '"'
    described = connection.execute(f"DESCRIBE FROM {quoted}(current_date)").fetchall()
    return (f"{name} {sql_type}" for name, sql_type, *_ in described)


def _wrong_rows(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A reason for each promise that the rows break."""
    promises = {"register has one row": "SELECT 1 FROM register HAVING count(*) <> 1"}
    promises["each agreement has its status, names and partner once"] = """
SELECT 1 FROM agreements LEFT JOIN (
    SELECT agreement_id
    FROM agreement_status(current_date)
    JOIN statuses USING (status)
    JOIN agreement_details USING (agreement_id)
) AS described USING (agreement_id)
GROUP BY agreement_id HAVING count(described.agreement_id) <> 1"""
    promises["each agreement is one thing on every day"] = """
SELECT 1 FROM agreement_windows LEFT JOIN (
    SELECT number, sum(until - since + 1) AS days, min(since) AS first, max(until) AS last
    FROM agreement_states JOIN statuses USING (status)
    GROUP BY number
) AS of_each USING (number)
WHERE coalesce(days <> last - first + 1, true) OR first > '0001-01-01' OR last < '9999-12-31'"""
    promises["agreement_states has what it copies"] = """
SELECT 1
FROM agreement_states AS s
JOIN agreement_windows AS w USING (number)
JOIN statuses USING (status)
WHERE s.position IS DISTINCT FROM statuses.position
    OR s.partner_number IS DISTINCT FROM w.partner_number
    OR s.partner_place IS DISTINCT FROM w.partner_place
    OR s.announced_from IS DISTINCT FROM w.announced_from"""
    promises["each partner has its number"] = """
SELECT 1 FROM (SELECT DISTINCT partner_id, partner_number FROM agreement_windows)
HAVING count(*) <> count(DISTINCT partner_id) OR count(*) <> count(DISTINCT partner_number)"""
    differing = " OR ".join(
        f"d.{column} IS DISTINCT FROM {table}.{column}" for table, column in _copied(connection)
    )
    promises["agreement_details has what it copies, in the same order"] = f"""
SELECT 1 FROM agreement_details AS d POSITIONAL JOIN agreements POSITIONAL JOIN agreement_windows
WHERE {differing}"""
    # What an agreement rests on names its sources by their place (register/sql/30_derived.sql). Of
    # another order the first agreements tell.
    promises["agreement_details and sources are in the order of one build"] = """
SELECT 1
FROM (
    SELECT agreement_id AS record_id, unnest(evidence.sources) AS place
    FROM (FROM agreement_details LIMIT 1000)
) AS named
LEFT JOIN sources ON sources.rowid = place
ANTI JOIN record_sources USING (record_id, source_id)"""
    promises["each end of a window is given as stated and as a day"] = (
        "SELECT 1 FROM agreement_windows WHERE (window_end IS NULL) <> (ends_on IS NULL)"
    )
    for promise, counterexample in promises.items():
        if connection.execute(f"{counterexample} LIMIT 1").fetchall():
            yield f"not so in it: {promise}"
    yield from _wrong_cells(connection)


def _wrong_cells(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A reason for each column with a value that it may not hold, a table looked through once."""
    wrong: dict[str, dict[str, str]] = defaultdict(dict)
    for table, field in _FIELDS:
        if outside := _outside(table, field):
            wrong[table.name][f"{field.name} holds what it may"] = outside
    for name, column in _days(connection):
        wrong[name][f"{column} holds days of the calendar"] = (
            f"{column} NOT BETWEEN '0001-01-01' AND '9999-12-31'"
        )
    for name, conditions in wrong.items():
        any_of_each = ", ".join(f"bool_or({condition})" for condition in conditions.values())
        (found,) = connection.execute(f"SELECT {any_of_each} FROM {name}").fetchall()
        for promise, broken in zip(conditions, found, strict=True):
            if broken:
                yield f"not so in it: {name}.{promise}"


def _outside(table: Table, field: Field) -> str | None:
    """The condition for a value that is in no list or table where it should be."""
    if (table.name, field.name) == ("statements", "field"):
        stated = {field.name for table in (AGREEMENTS, EVENTS_TABLE) for field in table}
        return _not_in(field, stated - UNSTATEABLE)
    if field.codes:
        return _not_in(field, field.codes)
    target = field.references or _LISTS.get(field.kind)
    if target is None:
        return None
    return f"{field.name} NOT IN (SELECT {_KEYS[target]} FROM {target})"


def _not_in(field: Field, values: Iterable[str]) -> str:
    return f"{field.name} NOT IN ({', '.join(repr(value) for value in values)})"


def _days(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        """
SELECT table_name, column_name
FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, table_name)
WHERE NOT duckdb_tables.internal AND database_name = current_database() AND data_type = 'DATE'
"""
    ).fetchall()


def _copied(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """The columns that ``agreement_details`` has from other tables, with these."""
    return connection.execute(
        """
SELECT table_name, column_name
FROM duckdb_columns()
WHERE table_name IN ('agreements', 'agreement_windows') AND database_name = current_database()
"""
    ).fetchall()


def _wrong_texts(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A reason for each column with a date or a length as text that is none."""
    columns = [
        (table.name, field.name, _PARSERS[field.kind])
        for table, field in _FIELDS
        if field.kind in _PARSERS
    ]
    for table, name, parse in [*columns, ("agreement_windows", "window_end", edtf.parse)]:
        for (text,) in connection.execute(
            f"SELECT DISTINCT {name} FROM {table} WHERE {name} IS NOT NULL"
        ).fetchall():
            try:
                parse(text)
            except ValueError:
                yield f"not so in it: {table}.{name} holds what it may"
                break
