"""One bad record takes no chart from its readers: what can be drawn is, and the rest is named."""

import logging
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from dashboard.charts.figure import Figure

F = TypeVar("F")
Draw = Callable[[pd.DataFrame], Figure]
_Draws = Callable[[pd.DataFrame], object]

log = logging.getLogger(__name__)


class Drawn(NamedTuple, Generic[F]):
    """A figure, None where nothing can be drawn, and the records that it leaves out."""

    figure: F | None
    left_out: pd.DataFrame


def drawn(draw: Callable[[pd.DataFrame], F], records: pd.DataFrame) -> Drawn[F]:
    """Draw the records; where that fails, those that can be drawn alone.

    The failure goes to the log with its traceback.
    """
    try:
        return Drawn(draw(records), records.iloc[:0])
    except Exception:
        log.exception("A chart cannot be drawn")
    fails = np.isin(np.arange(len(records)), _failing(draw, records, 0))
    rest, left_out = records[~fails], records[fails]
    # Where each can be drawn alone it is all of them together that cannot.
    possible = bool(len(rest)) and len(rest) < len(records) and _can_draw(draw, rest)
    return Drawn(draw(rest) if possible else None, left_out)


def _failing(
    draw: Callable[[pd.DataFrame], object], records: pd.DataFrame, first: int
) -> list[int]:
    """The places of the records that cannot be drawn alone, found by halves."""
    if _can_draw(draw, records):
        return []
    if len(records) == 1:
        return [first]
    half = len(records) // 2
    return [
        *_failing(draw, records.iloc[:half], first),
        *_failing(draw, records.iloc[half:], first + half),
    ]


def _can_draw(draw: _Draws, records: pd.DataFrame) -> bool:
    try:
        draw(records)
    except Exception:
        return False
    return True
