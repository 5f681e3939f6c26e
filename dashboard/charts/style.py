"""How statuses, events and counts look in every chart: colour and always a second sign."""

from collections.abc import Sequence
from dataclasses import dataclass

AXIS = "rgba(128, 128, 128, 0.35)"
AS_OF_LINE = "#808080"


@dataclass(frozen=True)
class Ink:
    """The colours of marks, of the paper behind them, and of the land and its coasts on a map."""

    mark: str
    paper: str
    land: str
    coast: str


LIGHT = Ink(mark="#222222", paper="#ffffff", land="#eceae4", coast="#b9b5aa")
DARK = Ink(mark="#f2f2f2", paper="#181715", land="#35332e", coast="#5f5b52")


@dataclass(frozen=True)
class StatusStyle:
    """A status's colour, hatching of a bar and symbol on a map.

    The hues are apart for colour-blind readers and on light and dark.
    """

    colour: str
    pattern: str
    symbol: str
    fill: str | None = None


STATUS = {
    "active": StatusStyle("#1f77b4", "", "circle"),
    "expiring": StatusStyle("#e08a00", "/", "diamond"),
    "upcoming": StatusStyle("#56b4e9", ".", "triangle-right"),
    "no_end_stated": StatusStyle("#1b9e77", "-", "square"),
    "suspended": StatusStyle("#c77cb0", "x", "hourglass"),
    "announced": StatusStyle("#b0a000", "|", "triangle-up"),
    "undated": StatusStyle("#9a9a9a", "+", "hexagon2"),
    "terminated": StatusStyle("#c0392b", "\\", "x"),
    # Hollow: an outline around a breath of its colour.
    "expired": StatusStyle("#8a8f98", "", "triangle-down", fill="rgba(138, 143, 152, 0.25)"),
    "future": StatusStyle("#c8c8c8", ".", "circle-open"),
}

EVENT_SYMBOLS = {
    "announced": "triangle-up-open",
    "signed": "diamond",
    "extended": "triangle-right",
    "renewed": "star",
    "suspended": "square",
    "resumed": "square-open",
    "terminated": "x",
    "replaced": "hourglass",
}

COUNT_SCALE = ("#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b")
"""From one agreement to six and more."""


def count_colour(count: int) -> str:
    """The colour of a cell with so many agreements."""
    return COUNT_SCALE[min(count, len(COUNT_SCALE)) - 1]


def text_on(count: int) -> str:
    """A text colour that can be read on ``count_colour(count)``."""
    return "#000000" if count <= 3 else "#ffffff"


def status_marker(statuses: Sequence[str]) -> dict[str, object]:
    """A Plotly bar marker: colour and hatching for each bar's status."""
    styles = [STATUS[status] for status in statuses]
    return {
        "color": [style.fill or style.colour for style in styles],
        "line": {
            "width": [1.5 if style.fill else 0 for style in styles],
            "color": [style.colour for style in styles],
        },
        "pattern": {
            "shape": [style.pattern for style in styles],
            "fillmode": "overlay",
            "fgcolor": "rgba(255, 255, 255, 0.75)",
            "size": 6,
            "solidity": 0.25,
        },
    }
