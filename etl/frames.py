"""The rows of a frame of ``extract``, one by one, as the checks look at them."""

from collections.abc import Iterable, Iterator

import pandas as pd

Cells = dict[str, str | None]
"""A row: its cells by column, None for an empty one."""


def rows(frame: pd.DataFrame) -> Iterator[tuple[int, Cells]]:
    """Line number and cells of each row."""
    names = [str(name) for name in frame.columns]
    columns = [_cells(frame[name]) for name in frame.columns]
    for label, *cells in zip(frame.index, *columns, strict=True):
        yield line(label), dict(zip(names, cells, strict=True))


def _cells(column: pd.Series) -> Iterable[str | None]:
    return column.to_numpy(dtype=object, na_value=None)  # type: ignore[call-overload,no-any-return]


def line(label: object) -> int:
    """The line number that a label of a frame's index is."""
    return int(str(label))
