"""Files of exactly what a page shows: CSV, and the names of all downloads."""

import re
from collections.abc import Iterable
from datetime import date

import duckdb
import pandas as pd

AGREEMENT_COLUMNS = [
    "as_of",
    "status",
    "agreement_id",
    "partner_id",
    "partner",
    "country_code",
    "country",
    "region",
    "subregion",
    "title",
    "instrument",
    "moscow_party",
    "signed_on",
    "signed_in",
    "reported_on",
    "valid_from",
    "valid_to",
    "term",
    "begins_on",
    "begin_approximate",
    "ends_on",
    "end_basis",
    "end_approximate",
    "days_left",
    "areas",
    "moscow_signatory",
    "partner_signatory",
    "multilateral_id",
    "implements",
    "follows",
    "sources",
    "publishers",
    "source_urls",
    "disputed",
    "note",
]
"""The columns of an agreement in a download; the table on a page shows the same rows."""

# What begins so can run as a formula in a spreadsheet (OWASP, "CSV injection"): a cell, or a part
# of it for those that split lines at semicolons or tabs. To them a comma's cell is not quoted: the
# quotes are in the way of no sign, and a part without text goes on with the next cell. The signs
# in full width run in East Asian ones.
_FORMULA = re.compile(
    r"""
    ^(?=[\t\r\n])
    | (?: ^ | (?<=[;\t\r\n]) ) (?= [\s"]* [=+\-@\uff0b\uff0d\uff1d\uff20] )
    | (?<=;) (?= [\s"]* $ )
    """,
    re.VERBOSE,
)

VECTORS = 8
"""So many times DuckDB's 2,048 rows are a frame of ``csv_of``."""

# A cell with one of these is quoted: no spreadsheet that knows commas and semicolons splits it.
_QUOTED = re.compile(r"""[,;\t\r\n"]|^\s|\s$""")

# What needs neither mark nor quotes, as most cells: it is told with one look.
_UNTOUCHED = re.compile(r"""[^\s,;"=+\-@\uff0b\uff0d\uff1d\uff20][^,;\t\r\n"]*(?<!\s)""")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """``csv_text`` in UTF-8 with a byte-order mark, so that Excel reads it right."""
    return csv_text(frame).encode("utf-8-sig")


def csv_of(answer: duckdb.DuckDBPyConnection) -> bytes:
    """``csv_bytes`` of what a query has found, which is never in memory as a whole."""
    parts = [csv_bytes(answer.fetch_df_chunk(VECTORS))]
    while len(frame := answer.fetch_df_chunk(VECTORS)):
        parts.append(csv_text(frame, heading=False).encode())
    return b"".join(parts)


def csv_text(frame: pd.DataFrame, *, heading: bool = True) -> str:
    """The frame as CSV, with CRLF as in RFC 4180.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; a missing value is
    empty; numbers and days are neither marked nor quoted.
    """
    columns = (
        [*([str(name)] if heading else []), *_plain(column)] for name, column in frame.items()
    )
    return csv_lines(columns)


def csv_lines(columns: Iterable[Iterable[object]]) -> str:
    """Cells in Python's own types, a column after the other, as lines of ``csv_text``."""
    lines = zip(*(map(_Cells().__getitem__, column) for column in columns), strict=True)
    return "".join(",".join(line) + "\r\n" for line in lines)


def formula_safe(text: str) -> str:
    """The text, with an apostrophe before each part of it that a spreadsheet could run."""
    return _FORMULA.sub("'", text)


def _plain(column: pd.Series) -> pd.Series:
    """The cells, days as text, and "" for a missing value."""
    days = pd.api.types.is_datetime64_any_dtype(column)
    cells = column.dt.strftime("%Y-%m-%d") if days else column
    return cells.astype(object).where(column.notna(), "")


class _Cells(dict[object, str]):
    """The cells of a column as they are written, each of those that are equal once."""

    def __missing__(self, cell: object) -> str:
        self[cell] = written = _cell(cell)
        return written


def _cell(cell: object) -> str:
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    if _UNTOUCHED.fullmatch(cell):
        return cell
    safe = formula_safe(cell)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe


def file_name(subject: str, as_of: date, version: str, ending: str = "csv") -> str:
    """``moscow-partnerships_<subject>_<as-of day>_<register version>.<ending>``."""
    return f"moscow-partnerships_{subject}_{as_of:%Y-%m-%d}_{version}.{ending}"
