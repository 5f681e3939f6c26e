"""How statuses, events and counts look in every chart: colour and always a second sign."""

import math
import zlib
from dataclasses import dataclass
from itertools import count
from textwrap import wrap

import pandas as pd

from dashboard.charts.figure import Figure, Layout
from register.markup import for_chart

FAMILY = '"Source Sans", sans-serif'
FONT = 12
SMALL = 11
HOVER_LINE = 45
"""Characters of a line in a hover label: what a phone has room for."""

AXIS = "rgba(128, 128, 128, 0.35)"
AS_OF_LINE = "#808080"


@dataclass(frozen=True)
class Ink:
    """The colours of marks, of the paper behind them, and of the land and its coasts on a map.

    ``cells`` are those of a heatmap from the fewest agreements to the most: a cell's, and its
    text's. More stands out more, on white as on black.
    """

    mark: str
    paper: str
    land: str
    coast: str
    cells: tuple[tuple[str, str], ...]


LIGHT = Ink(
    mark="#222222",
    paper="#fbfaf7",
    land="#eceae4",
    coast="#b9b5aa",
    cells=(
        ("#9ecae1", "#000000"),
        ("#6baed6", "#000000"),
        ("#4292c6", "#000000"),
        ("#2171b5", "#ffffff"),
        ("#08519c", "#ffffff"),
        ("#08306b", "#ffffff"),
    ),
)
DARK = Ink(
    mark="#f2f2f2",
    paper="#181715",
    land="#35332e",
    coast="#5f5b52",
    cells=(
        ("#16456b", "#ffffff"),
        ("#1f5f94", "#ffffff"),
        ("#2b79b8", "#ffffff"),
        ("#5a9fd4", "#000000"),
        ("#92c3e8", "#000000"),
        ("#cfe4f5", "#000000"),
    ),
)


@dataclass(frozen=True)
class StatusStyle:
    """A status's colour, hatching of a bar and symbol on a map.

    The hues are apart for colour-blind readers. Each is 3 to 1 on light and dark (WCAG 1.4.11);
    a ``fill`` is paler and has it as its outline.
    """

    colour: str
    pattern: str
    symbol: str
    fill: str | None = None


STATUS = {
    "active": StatusStyle("#1f77b4", "", "circle"),
    "expiring": StatusStyle("#cb7d00", "/", "diamond"),
    "upcoming": StatusStyle("#4896c3", ".", "triangle-right"),
    # The quietest, hollow: it says the least, and there is the most of it.
    "no_end_stated": StatusStyle("#7d8894", "", "circle-open", fill="rgba(125, 136, 148, 0)"),
    "suspended": StatusStyle("#bf77a9", "x", "hourglass"),
    "announced": StatusStyle("#949161", "|", "triangle-up"),
    "undated": StatusStyle("#8e8e8e", "+", "hexagon2"),
    "terminated": StatusStyle("#c0392b", "\\", "x"),
    # Quiet: an outline around a breath of its colour.
    "expired": StatusStyle("#8a8f98", "", "triangle-down", fill="rgba(138, 143, 152, 0.4)"),
    "future": StatusStyle("#909090", ".", "circle-open-dot"),
}


def letters_on(status: str) -> str | None:
    """The colour of letters on a status's colour, None where the page's own can be read."""
    style = STATUS[status]
    if style.fill:
        return None
    return LIGHT.paper if status in _DARK_ENOUGH else LIGHT.mark


_DARK_ENOUGH = {"active", "terminated"}
"""On these light letters are easier to read than dark ones: 4.5 to 1 at least."""

_PARTS, _PART = {"active": "ff", "expired": "40", "no_end_stated": "1c"}, "55"
"""How much of its colour a badge has, of ff: the page behind it gives the rest."""


def badge(status: str) -> str:
    """The colour of a status's badge in a table.

    That of the strongest is whole. Of the others it is a part, light on a light page and dark on a
    dark one: on both the browser's letters, black or white, are 4.5 to 1 at least.
    """
    return STATUS[status].colour + _PARTS.get(status, _PART)


EVENT_SYMBOLS = {
    "announced": "triangle-up",
    "signed": "diamond",
    "extended": "triangle-right",
    "renewed": "star",
    "suspended": "square",
    "resumed": "square-open",
    "terminated": "x",
    "replaced": "triangle-down",
}
SIGNS = {
    "diamond": "◆",
    "diamond-open": "◇",
    "square": "■",
    "square-open": "□",
    "star": "★",
    "triangle-down": "▼",
    "triangle-right": "►",
    "triangle-up": "▲",
    "x": "✕",
}
"""The signs of text that look like Plotly's symbols."""


OUTLINE = 1
HATCHING: dict[str, object] = {
    "fillmode": "overlay",
    "fgcolor": "rgba(255, 255, 255, 0.75)",
    "size": 6,
    "solidity": 0.25,
}


def marker_of(status: str) -> dict[str, object]:
    """Bars of one status: its colour and hatching.

    Bars of several in one trace would be drawn much more slowly, and hatched ones told in the
    browser's log, as Plotly compares their list of colours with black.
    """
    style = STATUS[status]
    return {
        "color": style.fill or style.colour,
        "line": {"width": OUTLINE if style.fill else 0, "color": style.colour},
        "pattern": HATCHING | {"shape": style.pattern},
    }


def for_hover(title: str, *lines: str) -> str:
    """The text of a hover label: a title and lines of text, wrapped for a narrow screen."""
    first, *others = [
        "<br>".join(map(for_chart, wrap(line, HOVER_LINE) if len(line) > HOVER_LINE else [line]))
        for line in (title, *lines)
        if line
    ]
    return "<br>".join([f"<b>{first}</b>", *others])


def whole_numbers(numbers: pd.Series) -> dict[str, object]:
    """An axis from 0 with no tick at a part of one, and thousands as in the texts: 1,234."""
    return {"rangemode": "tozero", "tickformat": ",d", "dtick": None if numbers.max() > 5 else 1}


YEARS_NAMED = 10
"""So many years are named on an axis at most: as many as have room on a phone."""


def years(first: int, last: int) -> dict[str, object]:
    """An axis of years."""
    return {"tickformat": "d", "dtick": tick_step(last - first, YEARS_NAMED)}


def tick_step(span: int, most: int) -> int:
    """From tick to tick, so that there are at most so many: 1, 2 or 5 with zeros."""
    steps = (digit * 10**zeros for zeros in count() for digit in (1, 2, 5))
    return int(next(step for step in steps if span / step <= most))


def dress(figure: Figure, ink: Ink, clickable: bool = False) -> Figure:
    """A chart with the letters and lines of the page, in which nothing can be dragged.

    Streamlit's theme for Plotly writes in a grey that is too faint on white (3.7 to 1).

    Streamlit gives each chart to Plotly twice, the second time as it has completed it, and Plotly
    draws it twice where anything is not the same. So it is complete from the beginning: with a
    revision, as else all data count as new; no template, and no object of our own in the layout,
    which count so always; the modes that Streamlit sets where marks can be chosen; and whole
    pixels. (Columns of numbers are new too: charts give lists.)

    Args:
        clickable: its marks can be chosen.
    """
    own = figure.layout
    axes = {
        axis: {"gridcolor": AXIS} | own[axis] | {"zerolinecolor": AXIS}
        for axis in ("xaxis", "yaxis")
        if axis in own
    }
    look: Layout = {
        "paper_bgcolor": "rgba(0, 0, 0, 0)",
        "plot_bgcolor": "rgba(0, 0, 0, 0)",
        "font": {"family": FAMILY, "size": FONT, "color": ink.mark},
        "hoverlabel": {
            "align": "left",
            "bgcolor": ink.paper,
            "bordercolor": ink.coast,
            # Plotly's own would be Arial, and cut a name that comes with the text.
            "font": {"family": FAMILY, "size": FONT + 1, "color": ink.mark},
            "namelength": -1,
        },
        "margin": {"pad": 6} | own.get("margin", {}),
        "clickmode": "event+select" if clickable else "event",
        "dragmode": own.get("dragmode", "pan" if clickable else False),
    }
    if "height" in own:
        look["height"] = math.ceil(own["height"])
    dressed = figure._replace(layout=own | look | axes)
    dressed.layout["datarevision"] = zlib.crc32(dressed.text().encode())
    return dressed
