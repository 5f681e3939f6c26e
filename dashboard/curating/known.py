"""What the register knows that a form needs: its rows, names, areas; what is typed."""

from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

from dashboard import store
from etl import options
from etl.columns import Frames
from etl.curating import ids, lengths, typed
from etl.curating.known import Known
from etl.curating.revision import Revision
from etl.curating.show import finder
from etl.extract import Files, read_settled
from etl.folders import held
from etl.obstacles import Obstacle
from register import finding
from register.declaration import Table
from register.problems import BadRegister
from register.queries import Cursor
from register.records import Find, Row
from register.schema import DATED, TABLES

DATES = DATED | {"published_on", "accessed_on"}

_reading = Lock()


@dataclass(frozen=True, eq=False)
class Base:
    """The register that proposals are held against: its files, read once for a version."""

    files: Files
    frames: Frames
    find: Find
    known: Known


_bases: dict[str, Base] = {}


def base() -> Base | None:
    """The register's files as they are now; None where there are none that can be read."""
    try:
        # Nothing is put in order here that a killed command left: that would be writing.
        with held(options.REGISTER, wait=0):
            files = read_settled(options.REGISTER)
    except (Obstacle, OSError):
        return next(iter(_bases.values()), None) if options.REGISTER.is_dir() else None
    with _reading:
        found = _bases.get(files.version) or _base(files)
        if found:
            _bases.clear()
            _bases[files.version] = found
        return found


def _base(files: Files) -> Base | None:
    try:
        revision = Revision(files)
    except BadRegister:
        return None
    return Base(files, revision.frames, finder(revision.frames), Known(revision))


def find(table: Table, column: str, values: Collection[str]) -> list[Row]:
    """Rows of the register's files, or of what is published where there are no files."""
    here = base()
    if here:
        return here.find(table, column, values)
    return store.ask(_published, table.name, column, tuple(values))


def rows(table: Table) -> list[Row]:
    """All rows of the table, from where ``find`` takes them."""
    here = base()
    if here:
        keys = here.frames[table.name][table.key[0]].dropna()
        return here.find(table, table.key[0], frozenset(map(str, keys)))
    return store.ask(_all_published, table.name)


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
