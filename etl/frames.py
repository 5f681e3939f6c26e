"""The rows of a frame of ``extract``, one by one, as the checks look at them."""

from collections.abc import Iterator

import pandas as pd

Cells = dict[str, str | None]
"""A row: its cells by column, None for an empty one."""


def rows(frame: pd.DataFrame) -> Iterator[tuple[int, Cells]]:
    """Line number and cells of each row."""
    names = [str(name) for name in frame.columns]
    cells = [_cells(frame[name]) for name in names]
    for label, row in zip(frame.index, zip(*cells, strict=True), strict=True):
        yield line(label), dict(zip(names, row, strict=True))


def line(label: object) -> int:
    """The line number that a label of a frame's index is."""
    return label if isinstance(label, int) else int(str(label))


def _cells(column: pd.Series) -> list[str | None]:
    values: list[str | None] = column.to_numpy(object, na_value=None).tolist()  # type: ignore[call-overload]
    return values
