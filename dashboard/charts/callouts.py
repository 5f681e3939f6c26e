"""Labels at single years of a chart, each beside others and never over one of them."""

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


class _Box(NamedTuple):
    left: float
    top: float
    right: float

    def meets(self, other: "_Box") -> bool:
        return (
            abs(self.top - other.top) < LINE and self.left < other.right and other.left < self.right
        )


def annotations(
    callouts: Sequence[Callout], span: tuple[int, int], scale: tuple[float, float], ink: Ink
) -> tuple[list[dict[str, Any]], float, float]:
    """Place the labels, the first ones first, each towards the middle of the chart.

    Args:
        span: the first and the last year that the chart has.
        scale: pixels a year and pixels a unit.

    Returns:
        Plotly's annotations, and how many pixels they need above the highest and below the lowest
        value.
    """
    first, last = span
    across, up = scale
    taken: list[_Box] = []
    shown = []
    above = below = float(LINE)
    top = max((callout.value for callout in callouts), default=0) * up
    bottom = min((callout.value for callout in callouts), default=0) * up
    for callout in callouts:
        width = letters.width(callout.text, SMALL)
        x = (callout.year - first) * across
        leftwards = callout.year - first > last - callout.year
        left = x - width if leftwards else x
        sign = 1 if callout.value >= 0 else -1
        away = GAP
        while any(
            _Box(left, callout.value * up + sign * away, left + width).meets(box) for box in taken
        ):
            away += LINE
        at = callout.value * up + sign * away
        taken.append(_Box(left, at, left + width))
        above, below = max(above, at - top + LINE), max(below, bottom - at + LINE)
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
                "font": {"size": SMALL, "color": ink.mark},
            }
        )
    return shown, above, below
