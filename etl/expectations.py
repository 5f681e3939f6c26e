"""What the register promises about its data as a whole, declared beside it with the reasons."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.problems import Problem

FILE = "expectations.toml"
SHOWN = 5


@dataclass(frozen=True)
class Expectation:
    """A query returns a number of rows within bounds; its first column names a row."""

    name: str
    reason: str
    query: str
    at_least: int = 0
    at_most: int | None = None


def declared(register: Path) -> tuple[list[Expectation], list[Problem]]:
    """The expectations in the register's folder, none without the file, and what is wrong there."""
    path = register / FILE
    if not path.is_file():
        return [], []
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("expectation", [])
        return [Expectation(**table) for table in tables], []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        rule = f"cannot be read ({error})"
        mend = "write [[expectation]] tables with name, reason, query, at_least, at_most"
        return [], [Problem(FILE, 0, "", "", rule, mend)]


def broken(
    connection: duckdb.DuckDBPyConnection, expectations: list[Expectation]
) -> Iterator[Problem]:
    """A problem for each expectation that the loaded database breaks."""
    for expectation in expectations:
        try:
            rows = connection.execute(expectation.query).fetchall()
        except duckdb.Error as error:
            rule = f"is no valid query ({str(error).splitlines()[0]})"
            yield Problem(FILE, 0, expectation.name, "", rule, "correct it")
            continue
        count = len(rows)
        too_many = expectation.at_most is not None and count > expectation.at_most
        if not too_many and count >= expectation.at_least:
            continue
        bound = f"at most {expectation.at_most}" if too_many else f"at least {expectation.at_least}"
        named = ", ".join(str(row[0]) for row in rows[:SHOWN]) if too_many else ""
        yield Problem(
            FILE,
            0,
            expectation.name,
            str(count) + (f" ({named}{', …' if count > SHOWN else ''})" if named else ""),
            f"breaks the expectation of {bound}: {expectation.reason}",
            "mend the data, or change the expectation with its reason",
        )
