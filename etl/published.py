"""The ids that readers know: those of the database that is published now."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import duckdb

from etl.columns import Column
from etl.folders import Tell
from register.builds import POINTER
from register.database import lock, time_limit
from register.schema import IDENTIFIED, WITHDRAWN

Ids = Mapping[str, Column]
"""Ids by the name of their table."""

NONE: Ids = {}

TABLES = (*IDENTIFIED, WITHDRAWN)
"""The tables of which no id is lost from one published version to the next."""


def ids(out: Path, tell: Tell = lambda _: None) -> Ids:
    """The ids in the database to which the link in ``out`` leads; none before the first build.

    A database of an older form has those of the tables that it has.

    Args:
        tell: called with a line if it cannot be read, so that nothing can be compared with it.
    """
    pointer = out / POINTER
    if not pointer.exists():
        return NONE
    # In a connection of its own: what this process has open of it stays as it is.
    with duckdb.connect() as connection, time_limit(connection):
        try:
            connection.execute(
                f"ATTACH {_literal(str(pointer.resolve()))} AS published (READ_ONLY)"
            )
            lock(connection)
            return dict(_ids(connection))
        except duckdb.Error as error:
            said = str(error).partition("\n")[0]
            tell(f"{pointer}: cannot be read, so no id is compared with it ({said}).")
            return NONE


def _ids(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Column]]:
    for table in TABLES:
        # One of an older form: to look it up in the catalog takes longer than to ask.
        with suppress(duckdb.BinderException, duckdb.CatalogException):
            found = connection.sql(f"SELECT {table.key[0]} FROM published.{table.name}")
            yield table.name, Column.of(found.to_arrow_table().column(0))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
