"""One table from the bytes of its file: UTF-8, RFC 4180, one record a line."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from etl import hints, plain_csv
from etl.columns import Column, Rows
from register.declaration import Table
from register.problems import Problem

SEPARATORS = {"semicolons": ";", "tabs": "\t", "vertical bars": "|"}

HEADER_LENGTH = 10_000
"""So many characters of the first line tell the form of a file."""


class _Unreadable(Exception):
    """No table can be made of the file: line, rule and mend."""


class CsvFile:
    """Reads a table's file; ``problems`` has what is wrong with it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []

    def read(self, content: bytes) -> Rows | None:
        """The table's rows; None where its columns cannot be told."""
        return plain_csv.read(content, self.table.columns) or self._read_closely(content)

    def _read_closely(self, content: bytes) -> Rows | None:
        """The same of any file, record by record: what is wrong with one is reported."""
        try:
            text = self._text(content)
            self._tell_other_form(text)
            records = _records(text)
            _, header = next(records)
            fits = self._columns_fit(header)
            rows = {line: row for line, row in records if self._row_fits(line, row, len(header))}
        except _Unreadable as fault:
            self._report(*fault.args)
            return None
        return self._rows(header, rows) if fits else None

    def _report(self, line: int, rule: str, mend: str, column: str = "") -> None:
        self.problems.append(Problem(self.table.file, line, column, "", rule, mend))

    def _text(self, content: bytes) -> str:
        _tell_other_encoding(content)
        if content.startswith(codecs.BOM_UTF8):
            self._report(1, "begins with a byte-order mark", "save as UTF-8 without BOM")
            content = content.removeprefix(codecs.BOM_UTF8)
        if not content.strip():
            mend = f"write the header: {','.join(self.table.columns)}"
            raise _Unreadable(0, "the file is empty", mend)
        text = _decoded(content)
        if "\r" in text:
            line = text[: text.index("\r")].count("\n") + 1
            self._report(line, "has carriage returns (CRLF)", "save with line ends LF only")
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.endswith("\n"):
            self._report(text.count("\n") + 1, "the last line has no line end", "add a line end")
        return text

    def _tell_other_form(self, text: str) -> None:
        """Name the form of a file whose first line is not the table's header at all."""
        line = text.partition("\n")[0][:HEADER_LENGTH]
        if self._known(_cells(line)):
            return
        for name, separator in SEPARATORS.items():
            if self._known(_cells(line, separator)):
                raise _Unreadable(1, f"is separated by {name}", "save it with commas")
        if self._known(_cells("".join(_cells(line)[:1]))):
            mend = "save it anew, with commas between the cells and no quotes around whole rows"
            raise _Unreadable(1, "each row is one quoted cell", mend)
        mend = f"begin the file with {','.join(self.table.columns)}"
        raise _Unreadable(1, "is not the header", mend)

    def _known(self, names: list[str]) -> bool:
        """Whether one of the names is, or is meant to be, a column of this table."""
        return any(_plain(name) in self.table.columns for name in names)

    def _columns_fit(self, header: list[str]) -> bool:
        """Whether each column is there once; what is not is reported."""
        counts = Counter(header)
        missing = [
            field.name for field in self.table if field.name not in counts and not field.added
        ]
        twice = [name for name in self.table.columns if counts[name] > 1]
        fits = not (missing or twice)
        for name in (name for name in counts if name not in self.table.columns):
            plain = _plain(name)
            proposal = plain if plain in missing else hints.meant(name, missing)
            if proposal:
                missing.remove(proposal)
            self._report(
                1, "is no column of this table", hints.mend(proposal, "remove it"), name or "''"
            )
        for name in missing:
            self._report(1, "the column is missing", "add it to the header", name)
        for name in twice:
            self._report(1, "the column is there twice", "keep one", name)
        return fits

    def _rows(self, header: list[str], rows: dict[int, list[str]]) -> Rows:
        cells = dict(zip(header, zip(*rows.values(), strict=True), strict=False))
        nothing = ("",) * len(rows)
        columns = {
            name: Column.of(pa.array(cells.get(name, nothing), pa.string()))
            for name in self.table.columns
        }
        return Rows(np.fromiter(rows, np.int64), columns)

    def _row_fits(self, line: int, row: list[str], cells: int) -> bool:
        if not row:
            self._report(line, "the line is empty", "remove it")
        elif len(row) == 1 and len(_cells(row[0])) == cells > 1:
            self._report(line, "the row is one quoted cell", "remove the quotes around the row")
        elif len(row) != cells:
            rule = f"the row has {len(row)} cells, the header {cells}"
            self._report(line, rule, "check commas and quotes")
        else:
            return True
        return False


def _tell_other_encoding(content: bytes) -> None:
    if content.startswith(b"PK\x03\x04"):
        raise _Unreadable(0, "is a workbook or an archive", "export the sheet as CSV in UTF-8")
    # Every other byte of Latin text in UTF-16 is NUL.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:2]:
        raise _Unreadable(1, "is UTF-16", "save the file as UTF-8")


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise _Unreadable(line, "has a NUL byte", "remove it; save as plain UTF-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        rule = f"is not UTF-8 (byte 0x{content[error.start]:02x})"
        raise _Unreadable(line, rule, "save the file as UTF-8") from None


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins, as an editor counts."""
    csv.field_size_limit(plain_csv.CELL_LENGTH)  # Another library of the process may have moved it.
    reader = csv.reader(io.StringIO(text), strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise _Unreadable(line, f"is not RFC 4180 ({error})", "check the quotes") from None


def _cells(line: str, separator: str = ",") -> list[str]:
    """The cells of a text's first line, however it is quoted."""
    return next(csv.reader(io.StringIO(line), delimiter=separator), [])


def _plain(name: str) -> str:
    """The name as a column would be called: ``Partner ID`` is partner_id."""
    return "_".join(name.casefold().replace("-", " ").split())
