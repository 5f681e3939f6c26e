"""Build a database under a new name and switch the pointer to it; readers never see half of one."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from etl import expectations
from etl.extract import extract, register_version
from etl.load import load
from etl.problems import BadRegister
from etl.transform import transform
from etl.validate import validate

POINTER = "partnerships.duckdb"

OnTable = Callable[[str], None]


def check(register: Path, *, today: date | None = None) -> dict[str, int]:
    """Do all that ``build`` does but publish.

    Args:
        today: the day of the build; default: today in Moscow.

    Returns:
        The number of rows by table.

    Raises:
        BadRegister: with every problem found.
    """
    with TemporaryDirectory() as folder:
        return _make(register, Path(folder) / "checked.duckdb", lambda _: None, today)


def build(
    register: Path,
    out: Path,
    on_table: OnTable = lambda _: None,
    *,
    today: date | None = None,
) -> Path:
    """Validate, build and publish; on any error the last published database stays.

    Args:
        today: the day of the build; default: today in Moscow.

    Returns:
        The path of the new database. ``out/partnerships.duckdb`` is a link to it.

    Raises:
        BadRegister: with every problem found.
    """
    out.mkdir(parents=True, exist_ok=True)
    # A name of its own for each build: whoever has an old file open keeps reading it undisturbed.
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    unfinished = out / f"partnerships-{stamp}.unfinished"
    try:
        _make(register, unfinished, on_table, today)
        database = out / f"partnerships-{register_version(register)}-{stamp}.duckdb"
        unfinished.rename(database)
    finally:
        unfinished.unlink(missing_ok=True)
    _point_to(database)
    _remove_old_builds(out, database)
    return database


def _make(register: Path, database: Path, on_table: OnTable, today: date | None) -> dict[str, int]:
    """Load the register into a new database if it is valid and as expected; rows by table."""
    frames, problems = extract(register)
    problems += validate(frames, today=today)
    expected, misdeclared = expectations.declared(register)
    problems += misdeclared
    if problems:
        raise BadRegister(problems)
    load(transform(frames, register_version(register)), database, on_table)
    with duckdb.connect(database, read_only=True) as connection:
        problems += expectations.broken(connection, expected)
    if problems:
        raise BadRegister(problems)
    return {name: len(frame) for name, frame in frames.items()}


def _point_to(database: Path) -> None:
    link = database.with_suffix(".link")
    link.symlink_to(database.name)
    os.replace(link, database.with_name(POINTER))


def _remove_old_builds(out: Path, current: Path) -> None:
    """Keep the build before, which a reader may be about to open, and the version before."""

    def version_and_stamp(path: Path) -> list[str]:
        return path.stem.split("-")[1:]

    version, stamp = version_and_stamp(current)
    before = sorted(
        (path for path in out.glob("partnerships-*.duckdb") if version_and_stamp(path)[1] < stamp),
        key=lambda path: version_and_stamp(path)[1],
    )
    other_versions = [path for path in before if version_and_stamp(path)[0] != version]
    for path in {*before} - {*before[-1:], *other_versions[-1:]}:
        path.unlink(missing_ok=True)
