"""Read the CSV tables: UTF-8, RFC 4180, one record a line. Nothing is repaired silently."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from etl import expectations, hints
from etl.columns import Rows
from etl.csv_file import CsvFile
from etl.folders import content
from etl.journal import settled
from register.declaration import Table
from register.problems import Problem
from register.schema import TABLES

OnStep = Callable[[str], None]
"""Called with what has been done when a step is over."""

Contents = Iterable[tuple[Table, bytes | Problem | None]]
"""Each table with the bytes of its file, or why there are none; None where that is told already."""

AT_A_TIME = 2
"""So many files are held and read at a time: most of it waits for none of Python's own."""


@dataclass(frozen=True)
class Files:
    """What a register's files hold at one moment; all that is made of it comes from these bytes.

    Attributes:
        folder: where they are.
        tables: the bytes of each table's file that can be read, by the table's name.
        problems: files that are none of the register's, that are missing or cannot be read.
    """

    folder: Path
    tables: Mapping[str, bytes]
    problems: Sequence[Problem] = ()

    @cached_property
    def version(self) -> str:
        """12 hexadecimal digits of a hash over the tables' bytes, the same on every machine."""
        digest = _Digest()
        for table in TABLES:
            digest.add(table, self.tables.get(table.name))
        return digest.version


@dataclass(frozen=True)
class Extracted:
    """The tables of a register at one moment.

    Attributes:
        folder: where its files are.
        version: that of the ``Files``.
        tables: the rows by table name; a table whose file cannot be read as its columns is left
            out.
        problems: what was found wrong with the files.
    """

    folder: Path
    version: str
    tables: dict[str, Rows]
    problems: list[Problem]


class _Digest:
    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, table: Table, content: bytes | None) -> None:
        self._hash.update(f"{table.name}:{len(content or b'')}:".encode())
        self._hash.update(content or b"")

    @property
    def version(self) -> str:
        return self._hash.hexdigest()[:12]


def read(register: Path) -> Files:
    """Read each file of the register's folder once.

    Raises:
        Obstacle, OSError: it cannot be opened, or another command is at work in it.
    """
    if not register.is_dir():
        return Files(register, {}, [_no_folder(register)])
    with settled(register):
        return read_settled(register)


def read_settled(register: Path) -> Files:
    """The same where the caller has ``settled`` the folder."""
    contents = {table.name: _content(register, table) for table in TABLES}
    tables = {name: held for name, held in contents.items() if isinstance(held, bytes)}
    missing = [held for held in contents.values() if isinstance(held, Problem)]
    return Files(register, tables, [*_unknown_files(register), *missing])


def read_tables(register: Path, on_step: OnStep = lambda _: None) -> Extracted:
    """Read the register's tables, of whose files no more than two are held at a time.

    ``on_step`` is called for each table.

    Raises:
        Obstacle, OSError: it cannot be opened, or another command is at work in it.
    """
    if not register.is_dir():
        return _extracted(register, [(table, None) for table in TABLES], [_no_folder(register)])
    with settled(register):
        contents = ((table, _content(register, table)) for table in TABLES)
        return _extracted(register, contents, list(_unknown_files(register)), on_step)


def tables_of(files: Files) -> Extracted:
    """The tables that the files hold."""
    contents = [(table, files.tables.get(table.name)) for table in TABLES]
    return _extracted(files.folder, contents, list(files.problems))


def _extracted(
    folder: Path, contents: Contents, problems: list[Problem], on_step: OnStep = lambda _: None
) -> Extracted:
    """Add the problems of the tables to those of the files."""
    digest, tables = _Digest(), dict[str, Rows]()
    for table, rows, found in _read(contents, digest):
        problems += found
        if rows is not None:
            tables[table.name] = rows
        on_step(f"{table.name} read")
    return Extracted(folder, digest.version, tables, problems)


def _read(
    contents: Contents, digest: _Digest
) -> Iterator[tuple[Table, Rows | None, list[Problem]]]:
    """Each table's rows, and what is wrong with its file, in the order of the contents."""
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        begun = deque[tuple[Table, Future[tuple[Rows | None, list[Problem]]]]]()
        for table, held in contents:
            digest.add(table, held if isinstance(held, bytes) else None)
            begun.append((table, threads.submit(_rows, table, held)))
            del held  # It goes when it has been read, not when the next one is here.
            if len(begun) == AT_A_TIME:
                first, reading = begun.popleft()
                yield first, *reading.result()
        for table, reading in begun:
            yield table, *reading.result()


def _rows(table: Table, held: bytes | Problem | None) -> tuple[Rows | None, list[Problem]]:
    if not isinstance(held, bytes):
        return None, [held] if held else []
    file = CsvFile(table)
    return file.read(held), file.problems


def _content(register: Path, table: Table) -> bytes | Problem:
    """The bytes of the table's file, or why it has none."""
    try:
        return content(register / table.file)
    except FileNotFoundError:
        if table.added:
            return f"{','.join(table.columns)}\n".encode()
        mend = "restore it; a table without rows has its header"
        return Problem(table.file, 0, "", "", "the file is missing", mend)
    except OSError as error:
        rule = f"cannot be read ({error.strerror})"
        return Problem(table.file, 0, "", "", rule, "make it a file you may read")


def _no_folder(register: Path) -> Problem:
    return Problem(str(register), 0, "", "", "the folder does not exist", "check the path")


def _unknown_files(register: Path) -> Iterator[Problem]:
    known = {*(table.file for table in TABLES), expectations.FILE}
    for path in sorted(register.iterdir()):
        if path.name not in known:
            otherwise = f"remove it; the register's files are {', '.join(sorted(known))}"
            mend = hints.mend(hints.meant(path.name, known), otherwise)
            yield Problem(path.name, 0, "", "", "is no file of the register", mend)
