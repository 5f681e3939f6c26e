"""The lines of a table's file: rows are added in their places, all other lines stay as they are."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import click

from register.declaration import Table

Row = dict[str, str]


class NotWritten(click.ClickException):
    """Nothing was written; the text says why and what to do."""


class Lines:
    """A table's file that ``extract`` can read, record by record as it is written there."""

    def __init__(self, table: Table, content: bytes) -> None:
        self.table = table
        self._head, *self._records = _records(content.decode("utf-8"))
        self._columns = _cells(self._head)

    def rows(self) -> Iterator[Row]:
        """The rows, by column."""
        return map(self._row, self._records)

    def has(self, record_id: str) -> bool:
        """Whether a row's key is this id."""
        return any(self._key(row) == (record_id,) for row in self.rows())

    def add(self, row: Row) -> str:
        """Put a row before the first with a greater key; returns its line.

        Raises:
            NotWritten: a row of that key is there, or the file lacks a column of the row.
        """
        keys, key = [self._key(other) for other in self.rows()], self._key(row)
        if key in keys:
            raise NotWritten(
                f"{self.table.file} has a row {' '.join(key)} already: nothing was written."
            )
        self._see_that_all_columns_are_there(row)
        place = next((at for at, other in enumerate(keys) if other > key), len(keys))
        self._records.insert(place, self._record(row))
        return self._record(row, self.table.columns).rstrip("\n")

    def fill(self, record_id: str, field: str, value: str) -> str:
        """Fill an empty cell of a row; returns the row's line, nothing if it has the value already.

        Raises:
            NotWritten: the cell has another value, or the file lacks the column.
        """
        self._see_that_all_columns_are_there({field: value})
        [at] = [at for at, row in enumerate(self.rows()) if self._key(row) == (record_id,)]
        row = self._row(self._records[at])
        if row[field] == value:
            return ""
        if row[field]:
            raise NotWritten(
                f"{record_id} has {field} {row[field]} already: nothing was written. "
                f"Without --fill what the source says is only stated."
            )
        self._records[at] = self._record({**row, field: value})
        return self._record({**row, field: value}, self.table.columns).rstrip("\n")

    def content(self) -> bytes:
        """The file as it is now."""
        return (self._head + "".join(self._records)).encode("utf-8")

    def _see_that_all_columns_are_there(self, row: Row) -> None:
        for name, cell in row.items():
            if cell and name not in self._columns:
                raise NotWritten(
                    f"{self.table.file} has no column {name} yet: nothing was written. "
                    f"Add it to the header, and an empty cell to each row."
                )

    def _row(self, record: str) -> Row:
        return dict(zip(self._columns, _cells(record), strict=True))

    def _key(self, row: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(row[name] for name in self.table.key)

    def _record(self, row: Row, columns: Sequence[str] = ()) -> str:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(
            [row[name] for name in columns or self._columns]
        )
        return buffer.getvalue()


def _records(text: str) -> Iterator[str]:
    """The text of each record: a line, or more where a cell has a line end in it."""
    lines = io.StringIO(text, newline="\n").readlines()
    reader = csv.reader(lines, strict=True)
    begin = 0
    for _ in reader:
        yield "".join(lines[begin : reader.line_num])
        begin = reader.line_num


def _cells(record: str) -> list[str]:
    return next(csv.reader(io.StringIO(record, newline="\n"), strict=True))
