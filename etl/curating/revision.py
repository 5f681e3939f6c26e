"""The register's rows as they would be: what a change puts in and takes out, and what it says."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from etl.curating.lines import Key, Lines
from etl.extract import Files
from etl.frames import Frames, extract
from register.declaration import Table
from register.forms import Given
from register.problems import BadRegister, Problem
from register.records import Row, name_of
from register.rows import Place, Written
from register.schema import TABLES


class Change(NamedTuple):
    """A row that comes (``before`` is None), goes (``after`` is None) or has other cells."""

    table: Table
    before: Row | None
    after: Row | None


class Origin(NamedTuple):
    """The document that a row was made of, and what it is there."""

    given: Given
    written: Written

    def problem(self, problem: Problem) -> Problem:
        """The problem of the row as one of the document."""
        place = self.place(problem.column)
        return self.given.problem(place, problem.value, problem.rule, problem.mend)

    def place(self, column: str) -> Place:
        """Where the document says what stands in the column."""
        table, place = self.written.table, self.written.place
        name = name_of(table, column)
        return self.written.cells.get(column) or (*place, *([name] if name else []))


class Revision:
    """Rows to put into a register and to take out of it.

    Raises:
        BadRegister: the register's files cannot be read as its tables.
    """

    def __init__(self, files: Files) -> None:
        frames, problems = extract(files)
        if problems:
            raise BadRegister(problems)
        self.before = files
        self.frames = frames
        self._tables = {table.name: Lines(table, files.tables[table.name]) for table in TABLES}
        self._were: dict[tuple[str, Key], Row | None] = {}
        self._origins: dict[tuple[str, Key], Origin] = {}

    def find(self, table: Table, column: str, values: Collection[str]) -> list[Row]:
        """The rows whose column has one of the values, in the order of the key."""
        return [row for row in self.rows(table) if row.get(column) in values]

    def rows(self, table: Table) -> list[Row]:
        """All rows of the table."""
        return self._tables[table.name].rows

    def get(self, table: Table, *key: str) -> Row | None:
        """The row of that key."""
        return self._tables[table.name].get(key)

    def put(self, table: Table, row: Row, origin: Origin | None = None) -> None:
        """Put the row in the place of that of its key, or between the others."""
        key = self._remember(table, row)
        self._tables[table.name].put(row)
        if origin:
            self._origins[table.name, key] = origin

    def drop(self, table: Table, row: Row) -> None:
        """Take out the row."""
        self._tables[table.name].remove(self._remember(table, row))

    def origin(self, table: Table, row: Row) -> Origin | None:
        """What the row of that key was made of, if it was put in."""
        return self._origins.get((table.name, self._tables[table.name].key(row)))

    def files(self) -> Files:
        """The register's files as they would be."""
        tables = {name: lines.content() for name, lines in self._tables.items()}
        return replace(self.before, tables=tables)

    def changes(self) -> list[Change]:
        """What comes, goes and has other cells, table by table in the order of the keys."""
        return [
            Change(table, before, now)
            for table in TABLES
            for (name, key), before in sorted(self._were.items(), key=lambda item: item[0])
            if name == table.name and before != (now := self._tables[name].get(key))
        ]

    def touched(self, frames: Frames) -> dict[str, set[int]]:
        """The lines of the rows that come or have other cells, in the frames of ``files``."""
        lines: dict[str, set[int]] = {}
        for change in self.changes():
            if change.after and change.table.name in frames:
                table = self._tables[change.table.name]
                label = frames[change.table.name].index[table.place(table.key(change.after))]
                lines.setdefault(change.table.name, set()).add(int(str(label)))
        return lines

    def told(self, problems: Collection[Problem], frames: Frames) -> Iterator[Problem]:
        """The problems of rows that documents made, as those of the documents.

        What the same value is told of in several rows is told once, and not where the document's
        form is wrong already.
        """
        seen = set()
        for problem in sorted(problems):
            origin = self.origin_of(problem, frames)
            if origin is None:
                yield problem
                continue
            same = id(origin.given), problem.value, problem.rule
            if origin.place(problem.column) not in origin.given.faulty and same not in seen:
                yield origin.problem(problem)
            seen.add(same)

    def lacking(self) -> Iterator[Problem]:
        """Cells for columns that a file of the time before has not yet."""
        for change in self.changes():
            for name in self._tables[change.table.name].lacking(change.after or {}):
                mend = "add it to the header, and an empty cell to each row"
                value = (change.after or {})[name]
                rule = "is for a column that the file lacks"
                yield Problem(change.table.file, 1, name, value, rule, mend)

    def origin_of(self, problem: Problem, frames: Frames) -> Origin | None:
        """What the row was made of that the problem in the frames of ``files`` is about."""
        name = problem.file.removesuffix(".csv")
        if name not in frames or problem.line not in frames[name].index:
            return None
        at = frames[name].index.get_loc(problem.line)
        lines = self._tables[name]
        return self._origins.get((name, lines.key(lines.rows[int(str(at))])))

    def _remember(self, table: Table, row: Row) -> Key:
        lines = self._tables[table.name]
        key = lines.key(row)
        self._were.setdefault((table.name, key), lines.get(key))
        return key
