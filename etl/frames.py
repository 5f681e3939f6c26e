"""The rows of a frame of ``extract``, one by one, as the checks look at them."""

from collections.abc import Iterator

import pandas as pd

Cells = dict[str, str | None]
"""A row: its cells by column, None for an empty one."""


def rows(frame: pd.DataFrame) -> Iterator[tuple[int, Cells]]:
    """Line number and cells of each row."""
    cells = frame.astype(object).where(frame.notna(), None)
    for label, record in zip(frame.index, cells.to_dict("records"), strict=True):
        yield line(label), {str(name): value for name, value in record.items()}


def line(label: object) -> int:
    """The line number that a label of a frame's index is."""
    return int(str(label))
