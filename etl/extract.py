"""Read the CSV tables: UTF-8, RFC 4180, one record a line. Nothing is repaired silently."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.journal import settled
from etl.problems import Problem
from etl.schema import TABLES, Table

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
            tables[table.name] = (register / table.file).read_bytes()
        except FileNotFoundError:
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
            frame, found = _parse(files.tables[table.name], table)
            problems += found
            if frame is not None:
                frames[table.name] = frame
    return frames, problems


def _unknown_files(register: Path) -> Iterator[Problem]:
    known = {table.file for table in TABLES}
    for path in sorted(register.glob("*.csv")):
        if path.name not in known:
            yield Problem(
                path.name,
                0,
                "",
                "",
                "is not a table of the register",
                f"remove it or name it as one of {', '.join(sorted(known))}",
            )


def _parse(content: bytes, table: Table) -> tuple[pd.DataFrame | None, list[Problem]]:
    """One table's frame, or None where its columns cannot be told, and its problems."""

    def problem(line: int, rule: str, mend: str, column: str = "", value: str = "") -> Problem:
        return Problem(table.file, line, column, value, rule, mend)

    if not content.strip():
        return None, [
            problem(0, "the file is empty", f"write the header: {','.join(table.columns)}")
        ]
    problems = []
    if content.startswith(b"\xef\xbb\xbf"):
        problems.append(problem(1, "begins with a byte-order mark", "save as UTF-8 without BOM"))
        content = content[3:]
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        return None, [*problems, problem(line, "has a NUL byte", "remove it; save as plain UTF-8")]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        rule = f"is not UTF-8 (byte 0x{content[error.start]:02x})"
        return None, [*problems, problem(line, rule, "save the file as UTF-8")]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(problem(line, "has carriage returns (CRLF)", "save with line ends LF only"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        problems.append(
            problem(text.count("\n") + 1, "the last line has no line end", "add a line end")
        )

    reader = csv.reader(io.StringIO(text), strict=True)
    rows: dict[int, list[str]] = {}
    previous = 0
    try:
        header = next(reader)
        absent = [field for field in table if field.name not in header]
        missing = [field.name for field in absent if not field.added]
        extra = [name for name in header if name not in table.columns]
        twice = sorted({name for name in header if header.count(name) > 1} - set(extra))
        for name in missing:
            problems.append(problem(1, "the column is missing", "add it to the header", name))
        for name in extra:
            problems.append(problem(1, "is no column of this table", "remove it", name))
        for name in twice:
            problems.append(problem(1, "the column is there twice", "keep one", name))
        previous = reader.line_num
        for row in reader:
            line, previous = previous + 1, reader.line_num
            if not row:
                problems.append(problem(line, "the line is empty", "remove it"))
            elif len(row) != len(header):
                rule = f"the row has {len(row)} cells, the header {len(header)}"
                problems.append(problem(line, rule, "check commas and quotes"))
            else:
                rows[line] = row
    except csv.Error as error:
        rule = f"is not RFC 4180 ({error})"
        return None, [*problems, problem(previous + 1, rule, "check the quotes")]
    if missing or twice:
        return None, problems
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=header, dtype="string")
    frame = frame.reindex(columns=list(table.columns), fill_value="").astype("string")
    return frame.replace("", pd.NA), problems
