"""From a data frame to plain rows: whatever looks at one row at a time takes it as a dictionary."""

from collections.abc import Iterable
from typing import Any, cast

import pandas as pd

Row = dict[str, Any]


def rows(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows as dictionaries, a missing value as None."""
    columns = {str(name): _plain(column) for name, column in frame.items()}
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def groups(rows: Iterable[Row], *names: str) -> list[list[Row]]:
    """The rows with the same values in the columns ``names``, in the order of their first."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in names), []).append(row)
    return list(found.values())


def _plain(column: pd.Series) -> list[Any]:
    if isinstance(column.dtype, pd.StringDtype):
        # Arrow's own way: pandas takes twice as long to the same texts.
        return cast(list[Any], column.array.__arrow_array__().to_pylist())
    missing = pd.isna(column.array)
    values = column.tolist()
    if not missing.any():
        return values
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]
