"""Build a database under a new name and switch the link to it; readers never see half of one."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

from etl import builds, expectations, published
from etl.beside import beside
from etl.builds import KEPT, WORK
from etl.extract import Extracted, Files, OnStep, read_tables, tables_of
from etl.folders import WAIT, Tell, held, sync
from etl.load import complete, load, opened
from etl.obstacles import Obstacle
from etl.published import NONE, Ids
from etl.transform import transform
from etl.validate import validate
from register.builds import POINTER
from register.derived import DERIVED_TABLES
from register.problems import BadRegister, Problem
from register.schema import TABLES
from register.scratch import scratch

STEPS = 3 * len(TABLES) + len(DERIVED_TABLES) + 2
"""So many steps a build has."""


def check(
    register: Path,
    out: Path | None = None,
    *,
    today: date | None = None,
    tell: Tell = lambda _: None,
) -> dict[str, int]:
    """Do all that ``build`` does but publish.

    Args:
        out: where it would be published; None: not known, so that no id can be missed.
        today: the day of the build; default: today in Moscow.
        tell: called with a line if what is published cannot be read.

    Returns:
        The number of rows by table.

    Raises:
        BadRegister: with every problem found.
        Obstacle, OSError, duckdb.Error: it cannot be checked.
    """
    known = published.ids(out, tell) if out else NONE
    return _check(read_tables(register), known, today)


def check_files(files: Files, known: Ids = NONE, *, today: date | None = None) -> dict[str, int]:
    """The same for files that are read already, or are to be written."""
    return _check(tables_of(files), known, today)


def _check(read: Extracted, known: Ids, today: date | None) -> dict[str, int]:
    with scratch() as folder:
        return _make(read, Path(folder) / "checked.duckdb", lambda _: None, today, known)


def build(
    register: Path,
    out: Path,
    on_step: OnStep = lambda _: None,
    *,
    today: date | None = None,
    kept: timedelta = KEPT,
    wait: int = WAIT,
    tell: Tell = lambda _: None,
) -> Path:
    """Validate, build and publish; on any error the last published database stays.

    One build at a time works in ``out``, and reads the register when it is its turn: the link never
    goes back to what was read earlier.

    Args:
        on_step: called with what has been done, ``STEPS`` times.
        today: the day of the build; default: today in Moscow.
        kept: for how long databases stay after the link has left them.
        wait: seconds to wait for another build.
        tell: called with a line if there is one to wait for, or what is published cannot be read.

    Returns:
        The path of the new database. ``out/partnerships.duckdb`` is a link to it.

    Raises:
        BadRegister: with every problem found.
        Obstacle, OSError, duckdb.Error: it cannot be built or published.
    """
    out = out.resolve()
    if out.is_relative_to(register.resolve()):
        raise Obstacle(out, "lies in the register itself", "choose another folder (--out)")
    out.mkdir(parents=True, exist_ok=True)
    with held(out, wait, tell), _workplace(out, kept) as work:
        with ThreadPoolExecutor(1) as thread:
            known = thread.submit(published.ids, out, tell)
            read = read_tables(register, on_step)
        unfinished = work / builds.new_name(out, read.version)
        _make(read, unfinished, on_step, today, known.result())
        return _publish(unfinished, out)


def _make(
    read: Extracted, database: Path, on_step: OnStep, today: date | None, known: Ids
) -> dict[str, int]:
    """Load the register into a new database if it is valid and as expected; rows by table."""
    with opened(database) as connection:
        expected, misdeclared = expectations.declared(read.folder, connection)
        faults = [*read.problems, *misdeclared]

        def fill(on_step: OnStep) -> None:
            if not faults:
                load(transform(read.tables, read.version), connection, database.parent, on_step)

        def look(on_step: OnStep) -> list[Problem]:
            return validate(read.tables, today=today, published=known, on_step=on_step)

        if problems := [*faults, *beside(fill, look, on_step)]:
            raise BadRegister(problems)
        numbers = {name: len(rows) for name, rows in read.tables.items()}
        # DuckDB has them now, and needs the memory for what follows from them.
        read.tables.clear()
        complete(connection, on_step)
    if problems := list(expectations.broken(database, expected)):
        raise BadRegister(problems)
    return numbers


@contextmanager
def _workplace(out: Path, kept: timedelta) -> Iterator[Path]:
    """The folder to build in; nothing that is left in it outlives the next build."""
    builds.make_way(out)
    builds.clear(out)
    builds.prune(out, kept)
    work = out / WORK
    try:
        work.mkdir()
        yield work
    finally:
        # What cannot be removed now must not hide why; the next build tries again.
        with suppress(OSError):
            builds.clear(out)


def _publish(unfinished: Path, out: Path) -> Path:
    """Lead readers to the database in the folder ``out``, each step on the disk before the next."""
    work, database = unfinished.parent, out / unfinished.name
    sync(unfinished)
    (work / POINTER).symlink_to(database.name)
    sync(work)
    builds.record(out)
    unfinished.rename(database)
    sync(out)
    _point_to(database)
    return database


def _point_to(database: Path) -> None:
    out = database.parent
    os.replace(out / WORK / POINTER, out / POINTER)
    sync(out)
