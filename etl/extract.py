"""Read the CSV tables: UTF-8, RFC 4180, one record a line. Nothing is repaired silently."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl import expectations, hints
from etl.csv_file import CsvFile
from etl.folders import content
from etl.journal import settled
from register.problems import Problem
from register.schema import TABLES

Frames = dict[str, pd.DataFrame]


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

    @property
    def version(self) -> str:
        """12 hexadecimal digits of a hash over the tables' bytes, the same on every machine."""
        digest = hashlib.sha256()
        for table in TABLES:
            content = self.tables.get(table.name, b"")
            digest.update(f"{table.name}:{len(content)}:".encode())
            digest.update(content)
        return digest.hexdigest()[:12]


def read(register: Path) -> Files:
    """Read each file of the register's folder once.

    Raises:
        Obstacle, OSError: it cannot be opened, or another command is at work in it.
    """
    if not register.is_dir():
        rule = "the folder does not exist"
        return Files(register, {}, [Problem(str(register), 0, "", "", rule, "check the path")])
    with settled(register):
        return read_settled(register)


def read_settled(register: Path) -> Files:
    """The same where the caller has ``settled`` the folder."""
    tables = {}
    problems = list(_unknown_files(register))
    for table in TABLES:
        try:
            tables[table.name] = content(register / table.file)
        except FileNotFoundError:
            if table.added:
                tables[table.name] = f"{','.join(table.columns)}\n".encode()
                continue
            mend = "restore it; a table without rows has its header"
            problems.append(Problem(table.file, 0, "", "", "the file is missing", mend))
        except OSError as error:
            rule = f"cannot be read ({error.strerror})"
            problems.append(Problem(table.file, 0, "", "", rule, "make it a file you may read"))
    return Files(register, tables, problems)


def extract(files: Files) -> tuple[Frames, list[Problem]]:
    """The tables that the files hold.

    Returns:
        The frames by table name, all cells text or NA, the index being the line in the file; a
        table whose file cannot be read as its columns is left out. And the problems found.
    """
    frames: Frames = {}
    problems = list(files.problems)
    for table in TABLES:
        if table.name in files.tables:
            file = CsvFile(table)
            frame = file.read(files.tables[table.name])
            problems += file.problems
            if frame is not None:
                frames[table.name] = frame
    return frames, problems


def _unknown_files(register: Path) -> Iterator[Problem]:
    known = {*(table.file for table in TABLES), expectations.FILE}
    for path in sorted(register.iterdir()):
        if path.name not in known:
            otherwise = f"remove it; the register's files are {', '.join(sorted(known))}"
            mend = hints.mend(hints.meant(path.name, known), otherwise)
            yield Problem(path.name, 0, "", "", "is no file of the register", mend)
