"""A snapshot as an Excel workbook, within the limits of the format.

They are those of https://support.microsoft.com/office/excel-specifications-and-limits: what does
not fit is cut, with a mark, and the README sheet says where.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from register import in_words, snapshots, words
from register.about import TITLE, facts
from register.datapackage import TYPES
from register.queries.snapshot import Snapshot

CELL = 32_767
"""As many signs as a cell can hold, a sign beyond Unicode's first plane counting as two."""

A4 = 9
"""What the format calls the size of paper."""

ROWS = 1_048_576
"""As many rows as a sheet can have, with its header."""

MARK = " […]"

IN_WORDS = "In words"
"""The sheet on which the workbook opens; not the name of a table, whatever its case."""

_FIRST_DAY = pd.Timestamp(1900, 3, 1)
"""Days before it have another number in spreadsheets, or none."""

Row = Iterable[object]


def excel(snapshot: Snapshot) -> bytes:
    """A workbook: the agreements in words, README, the dictionary, and a sheet a table.

    Text is written as text: nothing in it can run as a formula or turn into a link.
    """
    cuts: list[str] = []
    tables = [
        (part.table.name, list(part.rows.columns), _fitting(part.table.name, part.rows, cuts))
        for part in snapshot.parts
    ]
    meanings = [
        (part.table.name, column.name, TYPES[column.sql_type], column.comment)
        for part in snapshot.parts
        for column in part.columns
    ]
    told = [*facts(snapshot), *(("Cut to fit into Excel", cut) for cut in cuts)]
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        # The same snapshot makes the same file, whenever it is asked for.
        day = datetime.combine(snapshot.filters.as_of, datetime.min.time())
        workbook.set_properties({"title": TITLE, "created": day})
        readable = [map(_fit, row) for row in in_words.agreements(snapshot.listed.head(ROWS - 1))]
        _for_paper(_sheet(workbook, IN_WORDS, [*in_words.HEADER], readable), snapshot)
        _sheet(workbook, "README", ["About", TITLE], [map(_fit, fact) for fact in told])
        _sheet(workbook, "dictionary", ["table", "column", "type", "meaning"], meanings)
        for table in tables:
            _sheet(workbook, *table)
    return buffer.getvalue()


def _fitting(table: str, frame: pd.DataFrame, cuts: list[str]) -> list[Row]:
    """The rows of a table as far as they fit; ``cuts`` gets a sentence for each cut."""
    names = list(frame.columns)
    fitting: list[Row] = []
    for line, row in enumerate(snapshots.cells(frame.head(ROWS - 1)), start=2):
        cells = [_fit(cell) for cell in row]
        cuts += [
            f"{table}, row {line}: {name} has more than {CELL:,} signs. "
            "CSV, JSON and Parquet have all of it."
            for name, cell, whole in zip(names, cells, row, strict=True)
            if cell is not whole
        ]
        fitting.append(cells)
    if len(frame) >= ROWS:
        left_out = words.counted(len(frame) - len(fitting), "row")
        cuts.append(f"{table}: {left_out} left out. CSV, JSON and Parquet have all of them.")
    return fitting


def _fit(cell: object) -> object:
    """The cell, if it is too long a text cut and marked."""
    if not isinstance(cell, str) or len(units := cell.encode("utf-16-le")) <= 2 * CELL:
        return cell
    kept = units[: 2 * (CELL - len(MARK))]
    return kept.decode("utf-16-le", errors="ignore") + MARK


def _sheet(
    workbook: xlsxwriter.Workbook, name: str, header: list[str], rows: Iterable[Row]
) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    heading = workbook.add_format({"bold": True, "bottom": 1})
    for column, title in enumerate(header):
        sheet.write_string(0, column, title, heading)
    day_format = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    widths = [len(title) for title in header]
    last = 0
    for last, column, cell in _filled(rows):
        widths[column] = max(widths[column], len(str(cell)))
        if isinstance(cell, bool):
            failed = sheet.write_boolean(last, column, cell)
        elif isinstance(cell, int | float):
            failed = sheet.write_number(last, column, cell)
        elif isinstance(cell, date) and pd.Timestamp(cell) >= _FIRST_DAY:
            failed = sheet.write_datetime(last, column, cell, day_format)
        else:
            failed = sheet.write_string(last, column, str(cell))
        if failed:
            raise ValueError(f"{name}, row {last}: a cell does not take {str(cell)[:50]!r}…")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width + 2, 60))
    sheet.autofilter(0, 0, last, len(header) - 1)
    return sheet


def _for_paper(sheet: Worksheet, snapshot: Snapshot) -> None:
    """Print it across, as wide as the page, with its header and where it is from on each page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    of = f"{snapshot.filters.as_of}, version {snapshot.version}"
    sheet.set_footer(f"&L{TITLE}&C{of}&R&P/&N")


def _filled(rows: Iterable[Row]) -> Iterator[tuple[int, int, object]]:
    """The cells that have a value, with their row, from 1, and their column, from 0."""
    for line, row in enumerate(rows, start=1):
        yield from ((line, column, cell) for column, cell in enumerate(row) if cell is not None)
