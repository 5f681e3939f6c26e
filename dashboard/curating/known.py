"""What the register knows that a form needs: its rows, names, areas; what is typed.

Its files are parsed only for a check or a draft, or where they are ahead of what is published.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from dashboard import store
from etl import options
from etl.curating import ids, lengths, typed
from etl.curating.known import Known
from etl.curating.revision import Revision
from etl.curating.show import finder
from etl.extract import Files, read_settled
from etl.folders import held
from etl.frames import Frames
from etl.obstacles import Obstacle
from register import finding
from register.declaration import Table
from register.problems import BadRegister
from register.queries import Cursor
from register.queries import register as register_queries
from register.records import Find, Row
from register.schema import AGREEMENTS, DATED, TABLES

DATES = DATED | {"published_on", "accessed_on"}

LARGEST = 32_000_000
"""Bytes of files up to which the whole register is looked through as somebody types.

These are some twenty thousand agreements, and a look takes seconds.
"""

_reading = Lock()


@dataclass(frozen=True, eq=False)
class Base:
    """The register that proposals are held against: its files, read once for a version."""

    files: Files
    frames: Frames
    find: Find
    known: Known


class _Held(NamedTuple):
    """The bytes of the files, and the ids of the agreements in them."""

    files: Files
    agreements: tuple[str, ...]


_bases: dict[str, Base] = {}
_read: dict[tuple[object, ...], _Held] = {}


def base() -> Base | None:
    """The register's files as they are now; None where they cannot be looked through.

    That is: there are none, or too many bytes, or they are those of another register than the
    published one.
    """
    files = _files()
    if files is None:
        return None
    with _reading:
        found = _bases.get(files.version) or _base(files)
        if found:
            _bases.clear()
            _bases[files.version] = found
        return found


def _files() -> Files | None:
    """The bytes of the register's files, read again when a file is another."""
    held_now: _Held | None
    try:
        stamp = _stamp()
        if stamp not in _read:
            # Nothing is put in order here that a killed command left: that would be writing.
            with held(options.REGISTER, wait=0):
                found = read_settled(options.REGISTER)
            _read.clear()
            _read[stamp] = _Held(found, _ids(found))
        held_now = _read[stamp]
    except (_TooLarge, OSError):
        return None
    except Obstacle:
        kept = (each for each in _read.values() if each.files.folder == options.REGISTER)
        held_now = next(kept, None)
    return held_now.files if held_now and _of_published(held_now) else None


class _TooLarge(Exception):
    """The files have more than LARGEST bytes."""


def _stamp() -> tuple[object, ...]:
    """What differs when any of the files was written again."""
    paths = [options.REGISTER / table.file for table in TABLES]
    found = [path.stat() for path in paths if path.exists()]
    if sum(each.st_size for each in found) > LARGEST:
        raise _TooLarge
    marks = [(each.st_ino, each.st_size, each.st_mtime_ns) for each in found]
    return (options.REGISTER, options.REGISTER.stat().st_ino, *marks)


def _ids(files: Files) -> tuple[str, ...]:
    lines = files.tables.get(AGREEMENTS.name, b"").decode(errors="replace").splitlines()
    return tuple(row[0] for row in csv.reader(lines) if row)


def _of_published(held_now: _Held) -> bool:
    """Whether they are of the register that is published: they have most of its agreements.

    ``PARTNERSHIPS_DATABASE`` may lead to another register's database.
    """
    if held_now.files.version == store.ask(register_queries.version):
        return True
    number, common = store.ask(_in_common, held_now.agreements)
    return 2 * common >= number


def _in_common(cursor: Cursor, ids: tuple[str, ...]) -> tuple[int, int]:
    """How many agreements are published, and how many of them are among the ids."""
    common = "count(*) FILTER (agreement_id IN (SELECT unnest($ids)))"
    found = cursor.execute(f"SELECT count(*), {common} FROM agreements", {"ids": list(ids)})
    ((number, among),) = found.fetchall()
    return int(number), int(among)


def _base(files: Files) -> Base | None:
    try:
        revision = Revision(files)
    except BadRegister:
        return None
    return Base(files, revision.frames, finder(revision.frames), Known(revision))


def find(table: Table, column: str, values: Collection[str]) -> list[Row]:
    """Rows of the register's files where they are ahead of what is published, else of that."""
    here = _ahead()
    if here:
        return here.find(table, column, values)
    return store.ask(_published, table.name, column, tuple(values))


def rows(table: Table) -> list[Row]:
    """All rows of the table, from where ``find`` takes them."""
    here = _ahead()
    if here:
        keys = here.frames[table.name][table.key[0]].dropna()
        return here.find(table, table.key[0], frozenset(map(str, keys)))
    return store.ask(_all_published, table.name)


def _ahead() -> Base | None:
    """The register's files, if they are not those that are published."""
    files = _files()
    same = files is None or files.version == store.ask(register_queries.version)
    return None if same else base()


def _published(cursor: Cursor, table: str, column: str, values: tuple[str, ...]) -> list[Row]:
    return finding.finder(cursor)(_table(table), column, values)


def _all_published(cursor: Cursor, table: str) -> list[Row]:
    key = _table(table).key[0]
    found = cursor.execute(f"SELECT DISTINCT {key} FROM {table}").fetchall()
    return _published(cursor, table, key, tuple(str(each) for (each,) in found))


def _table(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


def areas_like(words: str) -> list[str]:
    """The areas that the words may mean, in any language of the register's sources."""
    here = base()
    return [row["area_id"] for row in here.known.areas_like(words)] if here and words else []


def partner_id(name: str) -> str:
    """The id that a new partner of that name gets."""
    return ids.slug(name)


def understood(field: str, text: str) -> str:
    """What is typed into a field, in the field's own form: ``27.09.2024``, ``3 years``.

    Raises:
        ValueError: it is no date or length, or may be several; the message says what to write.
    """
    if field in DATES:
        return typed.understood(text)
    return lengths.understood(text) if field == "term" else text
