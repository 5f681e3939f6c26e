"""The quick way through a file of CSV in which nothing is unusual.

Whether it is one is seen from its bytes as a whole. Of any other, and so of any with something
wrong in it, ``CsvFile`` reads record by record and tells what it is.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from etl.columns import Column, Rows

CELL_LENGTH = 131_072
"""So many characters a cell has at most: a quote that is never closed would go on to the end."""

_PART = 2**24
"""So many bytes are looked at together."""

Places = npt.NDArray[np.int64]


def read(content: bytes, columns: Sequence[str]) -> Rows | None:
    """The rows of a table of these columns, or None if the file is not as plain as that.

    Plain is a file of UTF-8 that begins with the columns in their order, has a record in each line
    and as many cells in each record, and quotes around whole cells only.
    """
    header = ",".join(columns).encode() + b"\n"
    if not content.startswith(header) or not content.endswith(b"\n") or len(content) == len(header):
        return None
    if b"\r" in content or b"\0" in content:
        return None
    ends = _places(content, b"\n")
    lengths = np.diff(ends)
    if lengths.min() == 1 or lengths.max() > CELL_LENGTH or not _is_quoted_by_cells(content, ends):
        return None
    try:
        table = _parsed(content, columns)
    except pa.ArrowInvalid:  # Not UTF-8, or a record of more or fewer cells.
        return None
    found = {name: Column.of(table[name].unify_dictionaries()) for name in columns}
    return Rows(np.arange(2, table.num_rows + 2), found)


def _places(content: bytes, sign: bytes) -> Places:
    """Where the sign stands."""
    signs = np.frombuffer(content, np.uint8)
    found = [
        np.flatnonzero(signs[begin : begin + _PART] == ord(sign)) + begin
        for begin in range(0, len(signs), _PART)
    ]
    return np.concatenate(found)


def _is_quoted_by_cells(content: bytes, ends: Places) -> bool:
    """Whether each cell with a quote is quoted as a whole, within its line."""
    quotes = _places(content, b'"')
    if len(quotes) % 2:
        return False
    signs = np.frombuffer(content, np.uint8)
    opening, closing = quotes[::2], quotes[1::2]
    # Two quotes within a cell, which stand for one, close it and open it again.
    goes_on = closing[:-1] + 1 == opening[1:]
    begins = _part_cells(signs[opening - 1])
    begins[1:] |= goes_on
    ends_cell = _part_cells(signs[closing + 1])
    ends_cell[:-1] |= goes_on
    in_one_line = np.searchsorted(ends, opening) == np.searchsorted(ends, closing)
    return bool((begins & ends_cell & in_one_line).all())


def _part_cells(signs: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Which of the signs stand between cells."""
    found: npt.NDArray[np.bool_] = (signs == ord(",")) | (signs == ord("\n"))
    return found


def _parsed(content: bytes, columns: Sequence[str]) -> pa.Table:
    once = pa.dictionary(pa.int32(), pa.string())
    return csv.read_csv(
        pa.BufferReader(content),
        read_options=csv.ReadOptions(column_names=list(columns), skip_rows=1),
        parse_options=csv.ParseOptions(ignore_empty_lines=False),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(columns, once), null_values=[], strings_can_be_null=False
        ),
    )
