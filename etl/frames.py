"""The tables as frames of pandas, for a curator's commands: a build need not wait for pandas."""

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.columns import Column, Rows, Tables
from etl.extract import Files, tables_of
from register.problems import Problem

Frames = dict[str, pd.DataFrame]
"""The rows of the tables by name: all cells text or NA, the index being the line in the file."""


def extract(files: Files) -> tuple[Frames, list[Problem]]:
    """The tables that the files hold, and what was found wrong with the files."""
    found = tables_of(files)
    return in_pandas(found.tables), found.problems


def in_pandas(tables: Tables) -> Frames:
    """The tables as frames."""
    return {name: _frame(rows) for name, rows in tables.items()}


def encoded(frames: Frames) -> Tables:
    """The tables of the frames."""
    return {name: _rows(frame) for name, frame in frames.items()}


def _frame(rows: Rows) -> pd.DataFrame:
    cells = {
        name: pd.array(column.array().cast(pa.string()), dtype="string")
        for name, column in rows.columns.items()
    }
    return pd.DataFrame(cells, index=rows.lines.tolist())


def _rows(frame: pd.DataFrame) -> Rows:
    columns = {str(name): Column.of(pa.array(frame[name], from_pandas=True)) for name in frame}
    return Rows(np.asarray(frame.index, np.int64), columns)
