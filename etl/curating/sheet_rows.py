"""The rows of a spreadsheet, CSV or XLSX, as texts by column, each with its line."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from register.problems import BadRegister, Problem

SUFFIXES = {".csv", ".xlsx"}

SEPARATORS = (",", ";", "\t")

MAX_ROWS = 5_000


class SheetRow(NamedTuple):
    """A row with its filled cells by column."""

    line: int
    cells: dict[str, str]


class Rows(NamedTuple):
    """A sheet: its first row names the columns."""

    name: str
    columns: list[str]
    rows: list[SheetRow]

    def __iter__(self) -> Iterator[SheetRow]:  # type: ignore[override]
        return iter(self.rows)


def read(name: str, content: bytes) -> Rows:
    """The first sheet of a workbook, or a CSV file with commas, semicolons or tabs.

    Raises:
        BadRegister: it is no such file.
    """
    table = _workbook(name, content) if Path(name).suffix == ".xlsx" else _csv(name, content)
    filled = [(line, cells) for line, cells in table if any(cells)]
    if len(filled) < 2:
        raise _unread(name, "has no rows", "begin with a row of column names, then a row a source")
    if len(filled) > MAX_ROWS:
        raise _unread(name, f"has more than {MAX_ROWS:,} rows", "give it in parts")
    columns = ["_".join(cell.casefold().split()) for cell in filled[0][1]]
    twice = [column for column in columns if column and columns.count(column) > 1]
    if twice:
        raise _unread(name, f"has the column {twice[0]} twice", "keep one")
    rows = [
        SheetRow(line, {key: cell for key, cell in zip(columns, cells, strict=False) if cell})
        for line, cells in filled[1:]
    ]
    return Rows(name, [column for column in columns if column], rows)


def _unread(name: str, rule: str, mend: str) -> BadRegister:
    return BadRegister([Problem(name, 0, "", "", rule, mend)])


def _csv(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unread(name, "is not UTF-8", "save it as CSV in UTF-8, or as XLSX") from None
    header = text.partition("\n")[0]
    separator = max(SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    table, line = [], 1
    try:
        for row in reader:
            table.append((line, [cell.strip() for cell in row]))
            line = reader.line_num + 1
    except csv.Error as error:
        rule = f"is not CSV in line {line} ({error})"
        raise _unread(name, rule, "check the quotes") from None
    return table


def _workbook(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [
            (line, [_text(cell) for cell in row])
            for line, row in enumerate(sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2), 1)
        ]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError):
        rule = "is no workbook that can be read"
        raise _unread(name, rule, "save it as XLSX, or as CSV in UTF-8") from None


def _text(cell: object) -> str:
    """The cell as a text: a day as EDTF, a whole number without a point."""
    match cell:
        case None:
            return ""
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell).strip()
