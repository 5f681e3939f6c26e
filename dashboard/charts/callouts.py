"""Labels at single years of a chart, none over another or over what is drawn."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.charts import letters
from dashboard.charts.style import SMALL, Ink

LINE, GAP, SIGN = 15, 8, "■ "


class Callout(NamedTuple):
    """What is said of a year, at a value of it: texts, each with the colour of its series.

    Below 0 it stands below the value, else above it.
    """

    year: int
    value: int
    said: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """As it reads: ``■ 12 ended ■ 9 put on hold, 2022``."""
        return f"{SIGN}{f' {SIGN}'.join(text for text, _ in self.said)}, {self.year}"

    @property
    def markup(self) -> str:
        """The same as Plotly takes it: the signs are coloured, the words as dark as others."""
        said = " ".join(
            f'<span style="color:{colour}">{SIGN.strip()}</span> {text}'
            for text, colour in self.said
        )
        return f"{said}, {self.year}"


class Scale(NamedTuple):
    """The first and the last year that a chart has, the pixels of a year and of a unit."""

    first: int
    last: int
    across: float
    up: float

    def x(self, year: float) -> float:
        """How many pixels the year is right of the first one."""
        return (year - self.first) * self.across

    def y(self, value: float) -> float:
        """How many pixels the value is above 0."""
        return value * self.up


class Box(NamedTuple):
    """What takes room, in pixels right of the first year and above 0."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        """Whether both take the same room somewhere."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top


def annotations(
    callouts: Sequence[Callout], scale: Scale, drawn: Sequence[Box], ink: Ink
) -> tuple[list[dict[str, Any]], float, float]:
    """Place the labels, the first ones first, each towards the middle of the chart.

    Args:
        drawn: what no label may lie over.

    Returns:
        Plotly's annotations, the nearest to what they are said of on top; and how high and how low
        all of it reaches, in pixels from 0, with half a line beyond.
    """
    taken = list(drawn)
    shown = []
    for callout in callouts:
        width = letters.width(callout.text, SMALL)
        x, y = scale.x(callout.year), scale.y(callout.value)
        leftwards = callout.year - scale.first > scale.last - callout.year
        left = x - width if leftwards else x
        sign = 1 if callout.value >= 0 else -1
        away = GAP
        while any(map((box := line(left, y + sign * away, width)).meets, taken)):
            away += LINE
        taken.append(box)
        shown.append(
            {
                "x": callout.year,
                "y": callout.value,
                "ax": 0,
                "ay": -sign * away,
                "text": callout.markup,
                "xanchor": "right" if leftwards else "left",
                "align": "left",
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 1,
                "arrowcolor": ink.coast,
                # The arrow of a label that is further out passes behind it.
                "bgcolor": ink.paper,
                "font": {"size": SMALL, "color": ink.mark},
            }
        )
    highest = max((box.top for box in taken), default=0)
    lowest = min((box.bottom for box in taken), default=0)
    return shown[::-1], highest + LINE / 2, lowest - LINE / 2


def line(left: float, middle: float, width: float) -> Box:
    """The room of a line of text around its middle."""
    return Box(left, middle - LINE / 2, left + width, middle + LINE / 2)
