"""Read the CSV tables: UTF-8, RFC 4180, one record a line. Nothing is repaired silently."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

Contents = Iterable[tuple[Table, bytes | None]]
"""Each table with the bytes of its file, None where it cannot be read."""


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
    problems = list(_unknown_files(register))
    contents = _contents(register, problems)
    tables = {table.name: content for table, content in contents if content is not None}
    return Files(register, tables, problems)


def read_tables(register: Path, on_step: OnStep = lambda _: None) -> Extracted:
    """Read the register's tables, of whose files no more than one is held at a time.

    ``on_step`` is called for each table.

    Raises:
        Obstacle, OSError: it cannot be opened, or another command is at work in it.
    """
    if not register.is_dir():
        return _extracted(register, [(table, None) for table in TABLES], [_no_folder(register)])
    with settled(register):
        problems = list(_unknown_files(register))
        return _extracted(register, _contents(register, problems), problems, on_step)


def tables_of(files: Files) -> Extracted:
    """The tables that the files hold."""
    contents = [(table, files.tables.get(table.name)) for table in TABLES]
    return _extracted(files.folder, contents, list(files.problems))


def _extracted(
    folder: Path, contents: Contents, problems: list[Problem], on_step: OnStep = lambda _: None
) -> Extracted:
    """Add the problems of the tables to those of the files."""
    digest, tables = _Digest(), dict[str, Rows]()
    for table, held in contents:
        digest.add(table, held)
        if held is not None:
            file = CsvFile(table)
            rows = file.read(held)
            problems += file.problems
            if rows is not None:
                tables[table.name] = rows
        on_step(f"{table.name} read")
    return Extracted(folder, digest.version, tables, problems)


def _contents(register: Path, problems: list[Problem]) -> Iterator[tuple[Table, bytes | None]]:
    """Each table with its file's bytes; why it has none is added to the problems."""
    for table in TABLES:
        try:
            yield table, content(register / table.file)
            continue
        except FileNotFoundError:
            if table.added:
                yield table, f"{','.join(table.columns)}\n".encode()
                continue
            mend = "restore it; a table without rows has its header"
            problems.append(Problem(table.file, 0, "", "", "the file is missing", mend))
        except OSError as error:
            rule = f"cannot be read ({error.strerror})"
            problems.append(Problem(table.file, 0, "", "", rule, "make it a file you may read"))
        yield table, None


def _no_folder(register: Path) -> Problem:
    return Problem(str(register), 0, "", "", "the folder does not exist", "check the path")


def _unknown_files(register: Path) -> Iterator[Problem]:
    known = {*(table.file for table in TABLES), expectations.FILE}
    for path in sorted(register.iterdir()):
        if path.name not in known:
            otherwise = f"remove it; the register's files are {', '.join(sorted(known))}"
            mend = hints.mend(hints.meant(path.name, known), otherwise)
            yield Problem(path.name, 0, "", "", "is no file of the register", mend)
