"""What DuckDB plans for a question: for budgets that do not depend on the machine."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import duckdb

from register.days import DayCursor, Days

PAIRWISE = {"NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "CROSS_PRODUCT"}
"""Operators that look at each pair of rows of their two sides."""

_ONE_ROW = {"UNGROUPED_AGGREGATE", "DUMMY_SCAN", "COLUMN_DATA_SCAN"}
"""Operators that give one row; a number that is known without a look is scanned as a constant."""

_PASSING = {"PROJECTION", "FILTER", "LIMIT"}


class Asked(NamedTuple):
    """A query that was run, with the operators of its plan that look at each pair of rows."""

    sql: str
    pairwise: list[str]


class Explaining(DayCursor):
    """A cursor that notes the plan of each query of a question before it runs it."""

    def __init__(self, cursor: DayCursor) -> None:
        self.__dict__ = cursor.__dict__
        self.asked: list[Asked] = []

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run a query as ``DayCursor`` does."""
        if query.lstrip().upper().startswith(("SELECT", "WITH", "FROM")):
            explained = super().execute(f"EXPLAIN (FORMAT json) {query}", parameters).fetchall()
            plans = json.loads(explained[0][1])
            self.asked.append(Asked(query, [name for plan in plans for name in _pairwise(plan)]))
        return super().execute(query, parameters)


def asked(days: Days, query: Callable[..., Any], *arguments: object) -> list[Asked]:
    """What a query function asks of a database."""
    with days.cursor() as cursor:
        explaining = Explaining(cursor)
        query(explaining, *arguments)
        return explaining.asked


def _pairwise(plan: dict[str, Any]) -> Iterator[str]:
    if plan["name"].strip() in PAIRWISE and not any(map(_is_one_row, plan["children"])):
        yield plan["name"]
    for child in plan["children"]:
        yield from _pairwise(child)


def _is_one_row(plan: dict[str, Any]) -> bool:
    name = plan["name"].strip()
    if name in _PASSING:
        return _is_one_row(plan["children"][0])
    if name == "CROSS_PRODUCT":
        return all(map(_is_one_row, plan["children"]))
    return name in _ONE_ROW or plan["extra_info"].get("Top") == "1"
