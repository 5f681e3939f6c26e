"""The lines of a table's file: rows come and go in their places, all other lines stay."""

import csv
import io
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from register.declaration import Table
from register.records import Row

Key = tuple[str, ...]


class Lines:
    """A table's file that ``extract`` can read, record by record as it is written there."""

    def __init__(self, table: Table, content: bytes) -> None:
        self.table = table
        self._head, *self._texts = _records(content.decode("utf-8"))
        self._columns = next(_cells([self._head]))
        self.rows: list[Row] = [
            {name: cell for name, cell in zip(self._columns, cells, strict=True) if cell}
            for cells in _cells(self._texts)
        ]
        self._keys = [self.key(row) for row in self.rows]

    def key(self, row: Row) -> Key:
        """The cells that make the row unique."""
        return tuple(row.get(name, "") for name in self.table.key)

    def get(self, key: Key) -> Row | None:
        """The row of that key."""
        at = bisect_left(self._keys, key)
        return self.rows[at] if self._is_at(at, key) else None

    def place(self, key: Key) -> int:
        """The place of the row of that key among the rows, from 0."""
        return bisect_left(self._keys, key)

    def put(self, row: Row) -> None:
        """Put the row in the place of that of its key, or before the first with a greater one."""
        key = self.key(row)
        at = bisect_left(self._keys, key)
        if self._is_at(at, key):
            if self.rows[at] == row:
                return
            self._take(at)
        self._keys.insert(at, key)
        self.rows.insert(at, row)
        self._texts.insert(at, self.text(row, self._columns))

    def remove(self, key: Key) -> None:
        """Take out the row of that key."""
        at = bisect_left(self._keys, key)
        if self._is_at(at, key):
            self._take(at)

    def lacking(self, row: Row) -> list[str]:
        """Filled columns of the row that the file has not yet: those that were added later."""
        return [name for name in row if name not in self._columns]

    def text(self, row: Row, columns: Iterable[str] = ()) -> str:
        """The row as a line of the file, its cells in the order of the declaration."""
        buffer = io.StringIO()
        cells = [row.get(name, "") for name in columns or self.table.columns]
        csv.writer(buffer, lineterminator="\n").writerow(cells)
        return buffer.getvalue()

    def content(self) -> bytes:
        """The file as it is now."""
        return (self._head + "".join(self._texts)).encode("utf-8")

    def _is_at(self, at: int, key: Key) -> bool:
        return at < len(self._keys) and self._keys[at] == key

    def _take(self, at: int) -> None:
        del self._keys[at], self.rows[at], self._texts[at]


def _records(text: str) -> Iterator[str]:
    """The text of each record: a line, or more where a cell has a line end in it."""
    lines = io.StringIO(text, newline="\n").readlines()
    reader = csv.reader(lines, strict=True)
    begin = 0
    for _ in reader:
        yield "".join(lines[begin : reader.line_num])
        begin = reader.line_num


def _cells(records: Iterable[str]) -> Iterator[list[str]]:
    """The cells of each record."""
    lines = (line for record in records for line in io.StringIO(record, newline="\n"))
    return csv.reader(lines, strict=True)
