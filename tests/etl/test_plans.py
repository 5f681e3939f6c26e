"""No step of a build looks at each pair of rows of two tables, as its time would grow like that."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from register import tables
from register.derived import DERIVED_TABLES
from register.schema import TABLES
from register.text import fold
from tests.register.plans import PAIRWISE

YEARS = 100
"""More than the register spans: for each year the status of each agreement is asked."""

IS_TABLE = re.compile(r"^CREATE [A-Z ]*TABLE \w+ AS$", re.MULTILINE)

SHOWN = "EXPLAIN (ANALYZE, FORMAT json) "


@pytest.fixture(scope="module")
def loaded(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The rows of the real register, and nothing yet of what follows from them."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{published}' AS published (READ_ONLY)")
        for table in (*DERIVED_TABLES, *TABLES):
            tables.create(connection, table, described=False)
            connection.execute(f"INSERT INTO {table.name} FROM published.{table.name}")
        connection.create_function("fold", fold, ["VARCHAR"], "VARCHAR")
        yield connection


def pairs(plan: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The operators that look at each pair, with the rows of their smaller side."""
    if plan["type"] in PAIRWISE:
        yield plan["type"], min(child["intermediate_rows"] for child in plan["children"])
    for child in plan.get("children", []):
        yield from pairs(child)


def compared(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, int]]:
    [(_, plan)] = connection.execute(SHOWN + query).fetchall()
    return [found for operator in json.loads(plan)["operator"] for found in pairs(operator)]


def derivations() -> Iterator[tuple[str, bool]]:
    """Each statement by which things are derived, and whether it makes a table of others."""
    for script in sorted(tables.SQL.glob("*.sql")):
        for statement in duckdb.extract_statements(script.read_text(encoding="utf-8")):
            yield (
                statement.query,
                re.search(r"^CREATE [A-Z ]*TABLE \w+ AS$", statement.query, re.M) is not None,
            )


def test_no_table_is_derived_by_looking_at_each_pair_of_rows(
    loaded: duckdb.DuckDBPyConnection,
) -> None:
    found: dict[str, list[tuple[str, int]]] = {}
    for query, is_table in derivations():
        if is_table:
            found[query] = compared(loaded, query)
        else:
            loaded.execute(query)
    assert len(found) > 10
    for query, operators in found.items():
        assert [name for name, rows in operators if rows > YEARS] == [], query


def test_a_join_on_either_of_two_columns_is_found(loaded: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT count(*) FROM statements AS s JOIN agreements AS a "
        "ON s.record_id = a.agreement_id OR s.value = a.partner_id"
    )
    assert max(rows for _, rows in compared(loaded, query)) > YEARS
