"""The names of the partners on the map, where they have room: of those with something in force."""

import math
from typing import NamedTuple

import pandas as pd

from dashboard.charts import letters
from dashboard.charts.style import SMALL, Ink, Trace
from register.frames import Row, rows
from register.markup import for_chart

WIDTH = 460
"""Pixels that the map has at least where it is beside another chart."""

MOSCOW = (37.6176, 55.7558)
"""Where the other side of every agreement is: degrees east and north."""

HALF, APART = 7, 8
"""Half of the height of a name, and how far it stands from its mark, in pixels."""

Span = tuple[int, int]


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def trace(partners: pd.DataFrame, shown: tuple[Span, Span], ink: Ink) -> Trace:
    """The names, each beside its mark; what would lie on another or leave the map is left out.

    Args:
        partners: rows of ``queries.overview.partners``.
        shown: the degrees east and north that the map has.
    """
    scale = WIDTH / (shown[0][1] - shown[0][0])
    taken = [_box("middle right", *_at(*MOSCOW, scale), letters.width("Moscow", SMALL) + APART)]
    named: list[tuple[Row, str]] = []
    in_force = partners[(partners["in_force"] > 0) & partners["latitude"].notna()]
    for partner in rows(in_force.sort_values(["status_position", "partner"])):
        if not (_within(partner["longitude"], shown[0]) and _within(partner["latitude"], shown[1])):
            continue
        x, y = _at(partner["longitude"], partner["latitude"], scale)
        width = letters.width(partner["partner"], SMALL)
        for position in ("middle right", "middle left", "top center", "bottom center"):
            box = _box(position, x, y, width)
            if box.right < shown[0][1] * scale and not any(box.meets(other) for other in taken):
                taken.append(box)
                named.append((partner, position))
                break
    return {
        "type": "scattergeo",
        "lon": [partner["longitude"] for partner, _ in named],
        "lat": [partner["latitude"] for partner, _ in named],
        "mode": "text",
        "text": [
            f"\u00a0\u00a0{for_chart(partner['partner'])}\u00a0\u00a0" for partner, _ in named
        ],
        "textposition": [position for _, position in named],
        "textfont": {"size": SMALL, "color": ink.mark},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _within(degrees: float, span: Span) -> bool:
    return span[0] < degrees < span[1]


def _at(longitude: float, latitude: float, scale: float) -> tuple[float, float]:
    """Pixels in the Miller projection."""
    north = 1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(latitude)))
    return longitude * scale, -math.degrees(north) * scale


def _box(position: str, x: float, y: float, width: float) -> _Box:
    """What a name takes beside its mark."""
    if position == "middle right":
        return _Box(x - APART, y - HALF, x + APART + width, y + HALF)
    if position == "middle left":
        return _Box(x - APART - width, y - HALF, x + APART, y + HALF)
    above = y - 2 * HALF if position == "top center" else y + 2 * HALF
    return _Box(x - width / 2, above - HALF, x + width / 2, above + HALF)
