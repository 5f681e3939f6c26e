"""Registers with mistakes: refused with file and line, or published right and whole.

Most lie side by side in the files of one (``side_by_side``), and are taken out as they are refused;
what is left is published. One in fifty has a mistake of a whole file, and is checked alone. Of
those side by side, one in two hundred is checked alone too: it is to be refused for the same.
"""

import multiprocessing
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from benchmarks.proof.agreeing import is_as_told, is_whole
from benchmarks.proof.mistaken import OF_FILES, drawn, smalls, valid
from benchmarks.proof.promise import Broken, must
from benchmarks.proof.side_by_side import Small, whose, write
from etl.publish import build
from register.problems import BadRegister, Problem
from tests.etl.status_asked import as_told
from tests.fuzz.mistakes import Files
from tests.fuzz.test_registers import read

TIMES = 100_000
TODAY = date(2026, 6, 30)
CHECKED_AGAIN = 200
AMONG_OTHERS = "order"
"""Of what is told only the order of rows may be another among others."""

BATCH = 1000
"""So many are drawn by one seed."""

ALONE = 50
"""One in so many has a mistake of a whole file."""


class Batch(NamedTuple):
    """Registers that are drawn together."""

    first: int
    seed: int
    size: int = BATCH


Found = Counter[str]


def run(tries: range, seed: int) -> Iterator[str]:
    """Try these registers on two processes, a thousand at a time."""
    batches = [Batch(first, seed) for first in tries[::BATCH]]
    total: Found = Counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for tried, found in zip(batches, pool.imap(batch, batches), strict=True):
            total += found
            said = ", ".join(f"{count:,} {what}" for what, count in sorted(total.items()))
            yield f"{tries.start:,} to {tried.first + tried.size:,}: {said}"


def batch(drawn: Batch) -> Found:
    """Registers drawn by the seed and the number of the first.

    Raises:
        Broken: with number and seed, so that it can be tried again.
    """
    first, seed, size = drawn
    chance = Random(f"{seed}-{first}")
    found: Found = Counter()
    try:
        with TemporaryDirectory() as place:
            own = size // ALONE
            together(list(smalls(first, size - own, chance)), Path(place), chance, found)
            for _ in range(own):
                alone(first, chance, found)
    except Exception as error:
        raise Broken(f"{size} from {first}, seed {seed}: {traceback.format_exc()}") from error
    return found


# --- side by side -----------------------------------------------------------------------------


def together(trying: Sequence[Small], place: Path, chance: Random, found: Found) -> None:
    """Take out what is refused until the rest is published, and look at that."""
    if not trying:
        return
    folder = write(trying, place / f"register-{chance.random()}")
    try:
        database = build(folder, place / "build", today=TODAY)
    except BadRegister as error:
        told(error.problems)
        refused = by_register(error.problems, trying)
        if refused:
            found["refused"] += len(refused)
            again(refused, place, found)
            together([one for one in trying if one not in refused], place, chance, found)
        else:
            apart(trying, place, chance, found)
        return
    found["published"] += len(trying)
    with duckdb.connect(database, read_only=True) as connection:
        found["rows held against their files"] += is_whole(connection, folder)
        registers = [
            as_told(small.dictionaries("agreements"), small.dictionaries("events"))
            for small in trying
        ]
        found["statuses held against the rules"] += is_as_told(connection, registers, chance)


Refused = dict[Small, set[Problem]]


def by_register(problems: Sequence[Problem], smalls: Sequence[Small]) -> Refused:
    refused: Refused = {}
    for small, problem in whose(problems, smalls):
        refused.setdefault(small, set()).add(problem)
    return refused


def apart(trying: Sequence[Small], place: Path, chance: Random, found: Found) -> None:
    """What is wrong with a file as a whole is found by halves."""
    if len(trying) == 1:
        found["refused"] += 1
        return
    middle = len(trying) // 2
    for half in (trying[:middle], trying[middle:]):
        together(half, place, chance, found)


def again(refused: Refused, place: Path, found: Found) -> None:
    """What is refused among others is refused alone, too, and for the same."""
    for small, among_others in refused.items():
        if small.number % CHECKED_AGAIN == 0:
            folder = write([small], place / f"alone-{small.number}")
            problems = problems_of(folder, place / "alone")
            its_own = {problem for _, problem in whose(problems, [small])}
            missed = places(among_others) - places(its_own)
            must(not missed, f"refused among others, not alone: {small.mistakes}: {missed}")
            found["refused again alone"] += 1


def places(problems: Iterable[Problem]) -> set[tuple[str, int, str, str]]:
    return {
        (each.file, each.line, each.column, each.value)
        for each in problems
        if AMONG_OTHERS not in each.rule
    }


def problems_of(folder: Path, out: Path) -> Sequence[Problem]:
    try:
        build(folder, out, today=TODAY)
    except BadRegister as error:
        told(error.problems)
        return error.problems
    return []


def told(problems: Iterable[Problem]) -> None:
    """See that each problem says where it is and how to mend it, in one line of text."""
    for problem in problems:
        must(problem.file and problem.rule and problem.mend, f"says too little: {problem!r}")
        must(str(problem).isprintable(), f"is no line: {problem!r}")


# --- alone ------------------------------------------------------------------------------------


def alone(number: int, chance: Random, found: Found) -> None:
    """A register one file of which has a mistake as a whole."""
    mistake = drawn(OF_FILES, chance)
    with TemporaryDirectory() as name:
        place = Path(name)
        files = mistake.made(read(write([Small(number, valid(number), "")], place / "valid")))
        folder = _written(files, place / "register")
        problems = problems_of(folder, place / "build")
        if problems:
            found["refused"] += 1
            return
        found["published"] += 1
        [database] = place.glob("build/partnerships-*.duckdb")
        with duckdb.connect(database, read_only=True) as connection:
            found["rows held against their files"] += is_whole(connection, folder)


def _written(files: Files, folder: Path) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
