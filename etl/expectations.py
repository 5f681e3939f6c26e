"""What the register promises about its data as a whole, declared beside it with the reasons."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import duckdb

from etl import hints
from etl.folders import content
from register.database import SECONDS, locked, time_limit
from register.problems import Problem

FILE = "expectations.toml"
SHOWN = 5
"""So many rows are named where there are too many."""

WIDTH = 80
"""So many signs of a row's name are shown."""

TABLE = "expectation"
_TABLE_LINE = re.compile(r"\s*\[\[\s*expectation\s*\]\]")


@dataclass(frozen=True)
class Expectation:
    """A query returns a number of rows within bounds; its first column names a row."""

    name: str
    reason: str
    query: str
    at_least: int = 0
    at_most: int | None = None


TEXTS, BOUNDS = ("name", "reason", "query"), ("at_least", "at_most")


def declared(
    register: Path, connection: duckdb.DuckDBPyConnection
) -> tuple[list[Expectation], list[Problem]]:
    """The expectations in the register's folder, and what is wrong there.

    Args:
        connection: takes the queries apart.
    """
    try:
        text = content(register / FILE).decode("utf-8")
        document = tomllib.loads(text)
    except FileNotFoundError:
        return [], [_fault("the file is missing", "restore it: it says what must not get lost")]
    except (OSError, ValueError, RecursionError) as error:  # Not UTF-8, no TOML, or far too deep.
        return [], [_fault(f"cannot be read ({error})", "write it as TOML in UTF-8")]
    problems = [_unknown_key(key, (TABLE,)) for key in document if key != TABLE]
    tables = document.get(TABLE, [])
    if not tables or not isinstance(tables, list):
        advice = f"write a [[{TABLE}]] with {', '.join((*TEXTS, *BOUNDS))} for each"
        return [], [*problems, _fault("declares no expectation", advice)]
    lines = _lines(text, len(tables))
    names: set[str] = set()
    expectations = []
    for line, table in zip(lines, tables, strict=True):
        faults = [*_faults(table, line, names), *_query_faults(table, line, connection)]
        problems += faults
        if not faults:
            expectations.append(Expectation(**table))
    return expectations, problems


def broken(
    database: Path, expectations: list[Expectation], seconds: float = SECONDS
) -> Iterator[Problem]:
    """A problem for each expectation that the loaded database breaks.

    The queries run where none leads out of the database, and each for so many seconds at most.
    """
    with locked(database) as connection:
        for expectation in expectations:
            try:
                with time_limit(connection, seconds):
                    count, named = _answer(connection, expectation)
            except duckdb.InterruptException:
                rule = f"takes more than {seconds:g} seconds"
                yield _fault(rule, "write a query that asks for less", name=expectation.name)
            except duckdb.Error as error:
                yield _fault(_no_query(error), "correct it", name=expectation.name)
            else:
                yield from _breach(expectation, count, named)


def _fault(rule: str, mend: str, line: int = 0, name: str = "") -> Problem:
    return Problem(FILE, line, "name" if name else "", name, rule, mend)


# --- the declaration --------------------------------------------------------------------------


def _lines(text: str, count: int) -> list[int]:
    """The line of each table; 0 for all where they cannot be told from the rest of the text."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _TABLE_LINE.match(line)]
    return lines if len(lines) == count else [0] * count


def _faults(table: Any, line: int, names: set[str]) -> Iterator[Problem]:
    """What is wrong with one declaration; its name is added to those before it."""
    if not isinstance(table, dict):
        yield _fault("is no table", f"write it as [[{TABLE}]]", line)
        return
    shown = _name(table)
    known = [field.name for field in fields(Expectation)]
    yield from (_unknown_key(key, known, line) for key in table if key not in known)
    yield from _text_faults(table, line, shown)
    yield from _bound_faults(table, line, shown)
    if shown and shown in names:
        yield _fault("is there twice", "give each expectation a name of its own", line, shown)
    names.add(shown)


def _name(table: Mapping[str, Any]) -> str:
    name = table.get("name")
    return name if isinstance(name, str) else ""


def _unknown_key(key: str, known: tuple[str, ...] | list[str], line: int = 0) -> Problem:
    advice = hints.mend(hints.meant(key, known), f"use only {', '.join(known)}")
    return Problem(FILE, line, "key", key, "is no key of an expectation", advice)


def _text_faults(table: Mapping[str, Any], line: int, name: str) -> Iterator[Problem]:
    for key in TEXTS:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            yield _fault(f"has no {key}", f'write {key} = "…"', line, name)


def _query_faults(
    table: Any, line: int, connection: duckdb.DuckDBPyConnection
) -> Iterator[Problem]:
    query = table.get("query") if isinstance(table, dict) else None
    if isinstance(query, str) and query.strip() and (rule := _query_fault(query, connection)):
        yield _fault(rule, "write one SELECT", line, _name(table))


def _query_fault(query: str, connection: duckdb.DuckDBPyConnection) -> str | None:
    try:
        statements = connection.extract_statements(query)
    except duckdb.Error as error:
        return _no_query(error)
    kinds = [statement.type for statement in statements]
    return None if kinds == [duckdb.StatementType.SELECT] else "is not one query that only reads"


def _no_query(error: duckdb.Error) -> str:
    return f"is no valid query ({str(error).splitlines()[0]})"


def _bound_faults(table: Mapping[str, Any], line: int, name: str) -> Iterator[Problem]:
    bounds = {key: table[key] for key in BOUNDS if key in table}
    wrong = {
        key: value
        for key, value in bounds.items()
        # A bool is an int in Python, and no number in TOML.
        if not isinstance(value, int) or isinstance(value, bool) or value < 0
    }
    for key, value in wrong.items():
        yield _fault(f"has {key} = {value!r}", "write a whole number, 0 or more", line, name)
    if not bounds:
        yield _fault("promises nothing", "give at_least or at_most", line, name)
    elif not wrong and bounds.get("at_least", 0) > bounds.get("at_most", float("inf")):
        rule = "expects at least {at_least} and at most {at_most}".format_map(bounds)
        yield _fault(rule, "correct one of the two", line, name)


# --- the answer -------------------------------------------------------------------------------


def _answer(
    connection: duckdb.DuckDBPyConnection, expectation: Expectation
) -> tuple[int, list[str]]:
    """How many rows, and of too many the names of the first: no more leaves the database."""
    names = connection.sql(expectation.query).project(f"left(CAST(#1 AS VARCHAR), {WIDTH}) AS name")
    # Each name is looked at, as to count alone would pass over what cannot be worked out.
    count = names.aggregate("count(*), any_value(name)").fetchall()[0][0]
    if expectation.at_most is None or count <= expectation.at_most:
        return count, []
    return count, [str(name) for (name,) in names.limit(SHOWN).fetchall()]


def _breach(expectation: Expectation, count: int, named: list[str]) -> Iterator[Problem]:
    if expectation.at_most is not None and count > expectation.at_most:
        bound = f"at most {expectation.at_most}"
        value = f"{count} ({', '.join(named)}{', …' if count > SHOWN else ''})"
    elif count < expectation.at_least:
        bound, value = f"at least {expectation.at_least}", str(count)
    else:
        return
    rule = f"breaks the expectation of {bound}: {expectation.reason}"
    mend = "mend the data, or change the expectation with its reason"
    yield Problem(FILE, 0, expectation.name, value, rule, mend)
