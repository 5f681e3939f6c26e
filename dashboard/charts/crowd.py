"""The map of very many partners: one mark for those too near to one another to be told apart."""

import math

import pandas as pd

from dashboard.charts import legend, world
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.style import Ink, for_hover
from register.frames import Row, rows
from register.words import counted

ACROSS = 48
"""So many marks fit beside one another across the map."""

SMALLEST, LARGEST = 7, 30
"""Pixels of the marks, whose area grows with the number of partners."""


def degrees(region: str) -> float:
    """How far apart the marks are, at least, on the map of one of ``world.REGIONS``."""
    (west, east), _ = world.REGIONS[region]
    return (east - west) / ACROSS


def crowded_map(
    cells: pd.DataFrame,
    region: str,
    ink: Ink,
    year: int | None = None,
    height: int = world.HEIGHT,
) -> Figure:
    """Draw ``queries.places.cells``, coloured and shaped by the status that most of each have.

    The custom datum of a mark is its cell.

    Args:
        region: one of ``world.REGIONS``.
        year: written large on the map, while the years play.
        height: in pixels.
    """
    # The small ones lie on top of the large ones.
    marks = rows(cells.sort_values("partners", ascending=False, kind="stable"))
    meant = {status: f"Mostly {name.lower()}" for status, name in world.statuses(marks).items()}
    traces = [world.moscow(ink), _marks(marks)]
    layout = world.layout(region, ink, year, height)
    return Figure(traces, layout, legend.of_statuses(meant, ink))


def _marks(cells: list[Row]) -> Trace:
    most = max((cell["partners"] for cell in cells), default=1)
    return world.points(cells, [_size(cell["partners"], most) for cell in cells], 0.8) | {
        "customdata": [[cell["cell"]] for cell in cells],
        "hovertext": [
            for_hover(counted(cell["partners"], "partner"), cell["countries"], cell["by_status"])
            for cell in cells
        ],
    }


def _size(partners: int, most: int) -> int:
    return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(partners / most))
