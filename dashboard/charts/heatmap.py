"""A heatmap of numbers of agreements.

It is drawn as square markers: cells of Plotly's own heatmap cannot be chosen with a click in
Streamlit. The figure is as large as its cells and names need: were Plotly to find the margins
itself, it would draw everything twice.
"""

from collections.abc import Callable, Mapping, Sequence
from math import cos, radians, sin
from typing import Any, NamedTuple

import pandas as pd

from dashboard.charts import classes
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.letters import width
from dashboard.charts.style import AXIS, FONT, Ink
from register.frames import Row, rows
from register.markup import for_chart
from register.words import counted

CELL = 28
"""Pixels from one row to the next: a target to click of at least 24."""

GAP = 6
"""Pixels between the names and the cells."""

EDGE = 8
"""Pixels between a name and the chart's edge."""

LEAST = 150
"""Streamlit stretches a chart that is narrower."""

KEY = 350
"""So wide the key is at most: a phone shows all of it, though not all cells."""

TILT = radians(60)

_AXIS: dict[str, Any] = {
    "tickfont": {"size": FONT},
    "showgrid": False,
    "zeroline": False,
    # The lines between the cells, and those around them.
    "minor": {"tick0": -0.5, "dtick": 1, "showgrid": True, "gridcolor": AXIS},
    "showline": True,
    "mirror": True,
    "linecolor": AXIS,
    "ticklabelstandoff": GAP,
    "ticklabeloverflow": "allow",
    "automargin": False,
    "fixedrange": True,
}
"""What both axes have in common."""


class Measure(NamedTuple):
    """What a cell shows of its row: the number written, how strong it is, what is said of it.

    ``strength``: from 1; its class (``classes.limits``) decides over the colour.
    """

    number: Callable[[Row], int]
    strength: Callable[[Row], int]
    said: Callable[[Row], str]


def _agreements(row: Row) -> int:
    return int(row["agreements"])


NUMBER = Measure(_agreements, _agreements, lambda row: counted(row["agreements"], "agreement"))
"""How many agreements."""


def heatmap(
    counts: pd.DataFrame,
    rows_of: tuple[str, Sequence[str]],
    columns_of: tuple[str, Mapping[str, int]],
    ink: Ink,
    *,
    data: list[str],
    cell: int = CELL,
    tilted: bool = True,
    named: Sequence[str] | None = None,
    measure: Measure = NUMBER,
) -> Figure:
    """Draw a cell for each row of ``counts``.

    Args:
        rows_of: a column of the counts, and its values from top to bottom.
        columns_of: another one, and the place of each value from the left; a place that is left
            out stays empty.
        data: the columns that are a cell's custom data.
        tilted: write the columns' names upwards, since they are wider than a cell.
        named: the columns whose names are written; all of them unless given.
        measure: what the cells show.
    """
    (down, names), (across, places) = rows_of, columns_of
    heights = {name: y for y, name in enumerate(names)}
    written = list(places if named is None else named)
    count = max(places.values()) + 1
    left, top, right = _margins(
        names, {name: count - places[name] for name in written}, cell, tilted
    )
    right = max(right, LEAST - left - cell * count)
    full = left + cell * count + right
    key, below = classes.key(
        _strengths(counts, measure), ink, min(full - 2 * EDGE, KEY), at=(EDGE - left, 2 * GAP)
    )
    layout = {
        "width": full,
        "height": top + cell * len(names) + below + GAP,
        "margin": {"l": left, "r": right, "t": top, "b": below + GAP, "pad": 0},
        "annotations": key,
        "showlegend": False,
        "shapes": [_gap(place, ink) for place in set(range(count)) - set(places.values())],
        "xaxis": _AXIS
        | {
            "range": [-0.5, count - 0.5],
            "tickvals": [places[name] for name in written],
            "ticktext": [for_chart(name) for name in written],
            "tickangle": -60 if tilted else 0,
            "side": "top",
        },
        "yaxis": _AXIS
        | {
            "range": [len(names) - 0.5, -0.5],
            "tickvals": list(heights.values()),
            "ticktext": [for_chart(name) for name in names],
        },
    }
    cells = _cells(counts, (down, heights), (across, places), data, cell, ink, measure)
    return Figure([cells], layout)


def _gap(place: int, ink: Ink) -> dict[str, Any]:
    """Where no column is the lines between the cells have a gap."""
    return {
        "type": "rect",
        "x0": place - 0.47,
        "x1": place + 0.47,
        "yref": "y domain",
        "y0": 0,
        "y1": 1,
        "fillcolor": ink.paper,
        "line": {"width": 0},
        "layer": "between",
    }


def _cells(
    counts: pd.DataFrame,
    down: tuple[str, Mapping[str, int]],
    across: tuple[str, Mapping[str, int]],
    data: list[str],
    cell: int,
    ink: Ink,
    measure: Measure,
) -> Trace:
    """The cells as markers; ``down`` and ``across`` are a column and the place of each value."""
    drawn = rows(counts)
    strengths = _strengths(counts, measure)
    limits = classes.limits(strengths, ink)
    of_class = classes.looks(limits, ink)
    looks = [of_class[classes.class_of(strength, limits)] for strength in strengths]
    return {
        "type": "scatter",
        "x": counts[across[0]].map(across[1]).tolist(),
        "y": counts[down[0]].map(down[1]).tolist(),
        "mode": "markers+text",
        "marker": {
            "symbol": "square",
            "size": cell,
            "color": [colour for colour, _ in looks],
            "line": {"width": 1, "color": ink.paper},
        },
        "text": [classes.in_short(measure.number(row)) for row in drawn],
        "textfont": {"color": [text for _, text in looks], "size": FONT},
        "customdata": counts[data].to_numpy().tolist(),
        "hovertext": [
            f"{for_chart(row[down[0]])}, {for_chart(row[across[0]])}: {measure.said(row)}"
            for row in drawn
        ],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0.55}},
    }


def _strengths(counts: pd.DataFrame, measure: Measure) -> list[int]:
    return [measure.strength(row) for row in rows(counts)]


def _margins(
    names: Sequence[str], from_right: Mapping[str, int], cell: int, tilted: bool
) -> tuple[int, int, int]:
    """The room that names need on the left, on the top and on the right.

    Args:
        from_right: the columns' names, and which column from the right each is (the last: 1).
    """

    def width_of(name: str) -> float:
        return EDGE + width(name, FONT)

    left = max(map(width_of, names)) + GAP
    # A tilted name begins over the middle of its column; an upright one has its middle there.
    along, across = (cos(TILT), FONT * sin(TILT)) if tilted else (0.5, 0)
    right = max(
        width_of(name) * along + across - (place - 0.5) * cell for name, place in from_right.items()
    )
    top = max(map(width_of, from_right)) * sin(TILT) + FONT if tilted else 1.5 * FONT
    return round(left), round(top + GAP), max(GAP, round(right))
