"""The tables, views and macros of the database, without their rows: what every build of it has."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb

from register.declaration import Kind, Table
from register.derived import DERIVED_TABLES
from register.schema import AGREEMENTS, EVENTS_TABLE, TABLES
from register.text import fold

SQL = Path(__file__).parent / "sql"

_COMMENT = re.compile(r"COMMENT ON COLUMN (\w+)\.(\w+) IS ('(?:[^']|'')*');")

SQL_TYPES = {
    Kind.DAY: "DATE",
    Kind.LATITUDE: "DOUBLE",
    Kind.LONGITUDE: "DOUBLE",
    Kind.INTEGER: "BIGINT",
    Kind.BOOLEAN: "BOOLEAN",
}


_STATES = ("10_windows.sql", "20_states.sql")
"""What makes the states of agreements from the rows."""

_statements: dict[str, list[duckdb.Statement]] = {}
"""Those of each script that was executed."""


class Column(NamedTuple):
    """A column of the database."""

    name: str
    sql_type: str
    comment: str
    required: bool = False


def columns(table: Table) -> Iterator[Column]:
    """The table's columns in the database: its fields, behind a date its bounds."""
    for field in table:
        sql_type = SQL_TYPES.get(field.kind, "VARCHAR")
        yield Column(field.name, sql_type, field.comment, field.required)
        if field.kind is Kind.EDTF or (table.name, field.name) == ("statements", "value"):
            yield Column(f"{field.name}_first", "DATE", f"First day that {field.name} may mean")
            yield Column(f"{field.name}_last", "DATE", f"Last day that {field.name} may mean")
        if field.kind is Kind.DURATION:
            yield Column(f"{field.name}_length", "INTERVAL", f"{field.name} as an interval")


def empty() -> duckdb.DuckDBPyConnection:
    """A database in memory with all tables, views and macros, and no rows."""
    connection = duckdb.connect()
    for table in (*DERIVED_TABLES, *TABLES):
        create(connection, table)
    derive(connection)
    return connection


def of_statuses() -> duckdb.DuckDBPyConnection:
    """A database in memory with what ``agreement_status`` needs, and no rows."""
    connection = duckdb.connect()
    for table in (*DERIVED_TABLES, *TABLES):
        create(connection, table, described=False)
    for script in (*_STATES, "25_status.sql"):
        _execute(connection, (SQL / script).read_text(encoding="utf-8"))
    return connection


def create(connection: duckdb.DuckDBPyConnection, table: Table, *, described: bool = True) -> None:
    """Make the table with its key and, where it is to be ``described``, its comments."""
    definitions = [
        f"{column.name} {column.sql_type}{' NOT NULL' if column.required else ''}"
        for column in columns(table)
    ]
    if len(table.key) == 1:
        # The index of a key of several columns would take more room than the table; the checks
        # have seen to it that no row is there twice.
        definitions.append(f"PRIMARY KEY ({table.key[0]})")
    _execute(connection, f"CREATE TABLE {table.name} ({', '.join(definitions)})")
    if described:
        _execute(connection, f"COMMENT ON TABLE {table.name} IS {_literal(table.comment)}")
        _describe(connection, table.name, _comments(table))


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what follows from the rows, once they are in."""
    connection.create_function("fold", fold, ["VARCHAR"], "VARCHAR")  # Only here, for search.
    for script in sorted(SQL.glob("*.sql")):
        _execute(connection, script.read_text(encoding="utf-8"))
    _describe_copies(connection)


def _describe_copies(connection: duckdb.DuckDBPyConnection) -> None:
    """Say of each column that a table copies from others what is said of it there.

    By what is written here: to ask the database for its columns takes longer than to describe them.
    """
    said: dict[str, dict[str, str]] = {}
    for table, name, comment in _COMMENT.findall((SQL / _STATES[0]).read_text(encoding="utf-8")):
        said.setdefault(table, {})[name] = comment
    of_partners = said["partner_details"]
    del of_partners["turn_by_country"]  # Which is not copied.
    of_agreements = of_partners | said["agreement_windows"] | _comments(AGREEMENTS)
    of_events = {"partner": of_partners["partner"]} | _comments(EVENTS_TABLE)
    _describe(connection, "agreement_details", of_agreements)
    _describe(connection, "event_details", of_events)


def _describe(
    connection: duckdb.DuckDBPyConnection, table: str, comments: Mapping[str, str]
) -> None:
    """Comment on the columns, all in one go."""
    _execute(
        connection,
        ";".join(f"COMMENT ON COLUMN {table}.{name} IS {said}" for name, said in comments.items()),
    )


def _comments(table: Table) -> dict[str, str]:
    """By the name of each column its comment, as SQL has it."""
    return {column.name: _literal(column.comment) for column in columns(table)}


def derive_states(connection: duckdb.DuckDBPyConnection) -> None:
    """Make anew what statuses rest on, after rows have changed."""
    for script in _STATES:
        _execute(connection, (SQL / script).read_text(encoding="utf-8"))


def _execute(connection: duckdb.DuckDBPyConnection, script: str) -> None:
    """Execute the statements of a script.

    They are taken apart once in a process: of a build of few rows that is a seventh of its time.
    """
    if script not in _statements:
        _statements[script] = connection.extract_statements(script)
    for statement in _statements[script]:
        connection.execute(statement)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
