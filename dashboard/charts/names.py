"""The names of the partners on the map, where they have room: of those with something in force."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from dashboard.charts import letters
from dashboard.charts.figure import Trace
from dashboard.charts.style import SMALL, Ink
from register.frames import Row, rows
from register.markup import for_chart

WIDTH = 460
"""Pixels that the map has at least where it is beside another chart."""

QUIET = "no_end_stated"
"""The status that lies below all others: it says the least, and there is the most of it."""

MOSCOW = (37.6176, 55.7558)
"""Where the other side of every agreement is: degrees east and north."""

HALF, APART, MARK = 7, 6, 4
"""Half of the height of a name, how far it stands from its mark, and half of a mark, in pixels."""

SPACE = "\u00a0\u00a0"
"""Keeps a name as far from its mark."""

POSITIONS = ("middle right", "middle left", "top center", "bottom center")

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


class _Mark(NamedTuple):
    """What the mark of a partner covers."""

    of: Row
    box: _Box


def trace(partners: pd.DataFrame, shown: tuple[Span, Span], ink: Ink) -> Trace:
    """The names, each beside its mark; one without room between others is left out.

    Args:
        partners: rows of ``queries.overview.partners``.
        shown: the degrees east and north that the map has.
    """
    scale = WIDTH / (shown[0][1] - shown[0][0])
    placed = rows(partners[partners["latitude"].notna()])
    marks = [_mark(partner, scale) for partner in placed]
    taken = [_box("middle right", *_at(*MOSCOW, scale), letters.width("Moscow", SMALL))]
    named: list[tuple[Row, str]] = []
    for partner in sorted(placed, key=lambda partner: int(partner["status_position"])):
        if not (partner["in_force"] and _within(partner, shown)):
            continue
        others = [mark for mark in marks if mark.of is not partner]
        for position, box in _choices(partner, others, scale):
            if box.right + APART < shown[0][1] * scale and not any(map(box.meets, taken)):
                taken.append(box)
                named.append((partner, position))
                break
    return {
        "type": "scattergeo",
        "lon": [partner["longitude"] for partner, _ in named],
        "lat": [partner["latitude"] for partner, _ in named],
        "mode": "text",
        "text": [f"{SPACE}{for_chart(partner['partner'])}{SPACE}" for partner, _ in named],
        "textposition": [position for _, position in named],
        "textfont": {"size": SMALL, "color": ink.mark},
        "hoverinfo": "skip",
    }


def _choices(partner: Row, marks: list[_Mark], scale: float) -> Iterator[tuple[str, _Box]]:
    """Where the name covers no mark, the best place first; then where it covers quiet ones."""
    at = _at(partner["longitude"], partner["latitude"], scale)
    width = letters.width(partner["partner"], SMALL)
    boxes = {position: _box(position, *at, width) for position in POSITIONS}
    loud = [mark for mark in marks if mark.of["status"] != QUIET]
    for others in (marks, loud):
        for position, box in boxes.items():
            if not any(box.meets(mark.box) for mark in others):
                yield position, box


def _within(partner: Row, shown: tuple[Span, Span]) -> bool:
    degrees = (partner["longitude"], partner["latitude"])
    return all(span[0] < at < span[1] for at, span in zip(degrees, shown, strict=True))


def _mark(partner: Row, scale: float) -> _Mark:
    x, y = _at(partner["longitude"], partner["latitude"], scale)
    return _Mark(partner, _Box(x - MARK, y - MARK, x + MARK, y + MARK))


def _at(longitude: float, latitude: float, scale: float) -> tuple[float, float]:
    """Pixels in the Miller projection."""
    north = 1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(latitude)))
    return longitude * scale, -math.degrees(north) * scale


def _box(position: str, x: float, y: float, width: float) -> _Box:
    """What a name takes beside its mark."""
    if position == "middle right":
        return _Box(x + APART, y - HALF, x + APART + width, y + HALF)
    if position == "middle left":
        return _Box(x - APART - width, y - HALF, x - APART, y + HALF)
    above = y - 2 * HALF if position == "top center" else y + 2 * HALF
    return _Box(x - width / 2, above - HALF, x + width / 2, above + HALF)
