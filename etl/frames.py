"""The rows of a frame of ``extract``, one by one, as the checks look at them."""

from collections.abc import Iterator

import pandas as pd

Cells = dict[str, str | None]
"""A row: its cells by column, None for an empty one."""


def rows(frame: pd.DataFrame) -> Iterator[tuple[int, Cells]]:
    """Line number and cells of each row."""
    names = [str(name) for name in frame.columns]
    columns = [cells.to_numpy(dtype=object, na_value=None) for _, cells in frame.items()]
    for label, *cells in zip(frame.index, *columns, strict=True):
        yield line(label), dict(zip(names, cells, strict=True))


def line(label: object) -> int:
    """The line number that a label of a frame's index is."""
    return int(str(label))
