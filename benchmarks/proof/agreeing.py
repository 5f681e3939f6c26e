"""What is published, held against the files and the rules written anew in Python."""

import csv
from collections.abc import Sequence, Set
from datetime import date
from itertools import product
from pathlib import Path
from random import Random

import duckdb

from benchmarks.proof.promise import must
from register.schema import TABLES
from tests.etl.status_asked import found_on, standings_on
from tests.etl.status_reference import Register

DAYS = 40
"""On so many the statuses of all are asked at once; each is held against the rules on six."""

NUMBERS = {"latitude", "longitude", "geonames_id"}


def is_as_told(
    connection: duckdb.DuckDBPyConnection, registers: Sequence[Register], chance: Random
) -> int:
    """Ask each for some days, most of them such on which something of it begins or ends.

    Returns:
        How many answers were held against the rules.

    Raises:
        Broken: an agreement or partner has another status, window or end than the rules say.
    """
    boundaries = [(told, {*told.boundary_days()}) for told in registers]
    known = sorted(set().union(*(of_its_own for _, of_its_own in boundaries)))
    days = [date(chance.randint(1890, 2110), 1, 1), *chance.sample(known, min(DAYS, len(known)))]
    horizon = chance.choice([0, 30, 180, 180, 3660])
    found = found_on(connection, days, horizon)
    written = {agreement.identity for told in registers for agreement in told.agreements}
    must({identity for _, identity in found} == written, "other agreements than were written")
    asked = 0
    for told, of_its_own in boundaries:
        for agreement, day in product(told.agreements, _drawn(days, of_its_own, chance)):
            expected = told.agreement_on(agreement, day, horizon)
            one = found[day, agreement.identity]
            must(one == expected, f"{agreement} on {day} ({horizon}): {one}, not {expected}")
            asked += 1
    for day in days[:3]:
        _partners_are_as_told(connection, registers, day, horizon)
    return asked


def _drawn(days: Sequence[date], of_its_own: Set[date], chance: Random) -> Sequence[date]:
    """Six of the days, at most five of them a register's own."""
    own = [day for day in days if day in of_its_own]
    drawn = chance.sample(own, min(5, len(own)))
    others = [day for day in days if day not in drawn]
    return [*drawn, *chance.sample(others, min(6 - len(drawn), len(others)))]


def _partners_are_as_told(
    connection: duckdb.DuckDBPyConnection, registers: Sequence[Register], day: date, horizon: int
) -> None:
    standings = standings_on(connection, day, horizon)
    for told in registers:
        for partner in {agreement.partner for agreement in told.agreements}:
            one, expected = standings.pop(partner, None), told.partner_on(partner, day, horizon)
            must(one == expected, f"{partner} on {day}: {one}, not {expected}")
    must(not standings, f"standings of partners that nobody wrote: {list(standings)[:3]}")


def is_whole(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """See that each cell of the files is in the database, and nothing else; how many rows.

    Raises:
        Broken: it is not.
    """
    rows = 0
    for table in TABLES:
        path = folder / table.file
        if table.added and not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            header, *written = csv.reader(file)
        columns = ", ".join(header)
        kept = connection.execute(f"SELECT {columns} FROM {table.name}").fetchall()
        theirs = sorted(tuple(map(_cell, header, row)) for row in written)
        ours = sorted(tuple(map(_cell, header, row)) for row in kept)
        must(ours == theirs, f"{table.name}: {len(written)} rows written, others published")
        rows += len(written)
    return rows


def _cell(column: str, value: object) -> str:
    if value in (None, ""):
        return ""
    return repr(float(str(value))) if column in NUMBERS else str(value)
