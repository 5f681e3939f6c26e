"""Which of a few colours a number has, and the key that says so where they stand for many numbers.

Numbers of agreements are many small ones and a few very large ones: classes that grow by the same
factor tell them apart from end to end, which classes of the same width would not.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.charts.figure import Layout
from dashboard.charts.letters import width
from dashboard.charts.style import FONT, Ink

EACH = 12
"""Where no number is above it each from 1 on has its colour, the last one with all above it."""

LINE, AROUND, APART = 26, 3, 8
"""Pixels of a line of the key, around a text in it, and between two of them."""

THOUSAND = 1000
"""From here on a cell has its number in short."""

_PLACE = {
    **{"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top"},
    **{"showarrow": False, "borderpad": AROUND, "align": "center"},
}


def limits(numbers: Sequence[int], ink: Ink) -> tuple[int, ...]:
    """The least number of each class, from the lowest; as many as there are colours, or fewer.

    Args:
        numbers: what is to be told apart, from 1 on.
    """
    least, most, count = min(numbers, default=1), max(numbers, default=1), len(ink.cells)
    if most <= EACH:
        return tuple(range(1, count + 1))
    factor = (most / least) ** (1 / count)
    # One digit is the easiest to read; what lies close together needs two.
    digits = 1 if factor >= 1.5 else 2
    rounded = {_rounded(least * factor**step, digits) for step in range(1, count)}
    return (least, *sorted(limit for limit in rounded if least < limit <= most))


def looks(limits: Sequence[int], ink: Ink) -> list[tuple[str, str]]:
    """The colours of each class and of the text on it; of few classes those furthest apart."""
    last, steps = len(ink.cells) - 1, len(limits) - 1
    places = [last - round((steps - step) * last / max(steps, 1)) for step in range(steps + 1)]
    return [ink.cells[place] for place in places]


def class_of(number: int, limits: Sequence[int]) -> int:
    """In which class, from 0, a number is."""
    return max(sum(number >= limit for limit in limits) - 1, 0)


def in_short(number: int) -> str:
    """The number as a cell has room for it: ``999``, ``1.2k``, ``12k``, ``3.4M``."""
    shown, unit = float(number), ""
    for larger in "kM":
        if shown >= 999.5:
            shown, unit = shown / 1000, larger
    return f"{shown:.{int(bool(unit) and shown < 9.95)}f}{unit}"


def key(
    numbers: Sequence[int], ink: Ink, room: int, at: tuple[int, int]
) -> tuple[list[Layout], int]:
    """What the colours stand for, in lines below what is drawn; nothing where each is one number.

    Args:
        numbers: what is drawn.
        room: the pixels of a line.
        at: where the key begins, in pixels right of and below the lower left end of what is drawn.

    Returns:
        Plotly's annotations, and the pixels needed below what is drawn.
    """
    most = max(numbers, default=1)
    if most <= EACH:
        return [], 0
    least_of, plain = limits(numbers, ink), ("rgba(0, 0, 0, 0)", ink.mark)
    of_classes = zip(_classes(least_of, most), looks(least_of, ink), strict=True)
    parts = [("Agreements", plain), *of_classes]
    if most >= THOUSAND:
        parts.append(("k: thousand", plain))
    written: list[Layout] = []
    (left, down), end = at, at[0] + room
    for text, (colour, letters) in parts:
        needed = round(width(text, FONT))
        if left + needed + 2 * AROUND > end:
            left, down = at[0], down + LINE
        written.append(
            _PLACE
            | {"text": text, "width": needed, "xshift": left, "yshift": -down}
            | {"bgcolor": colour, "font": {"size": FONT, "color": letters}}
        )
        left += needed + 2 * AROUND + APART
    return written, down + LINE


def _classes(limits: Sequence[int], most: int) -> Iterator[str]:
    """``1 to 4``, ``5``, ``6 to 12``."""
    for least, after in pairwise([*limits, most + 1]):
        yield f"{least:,}" if after - least == 1 else f"{least:,} to {after - 1:,}"


def _rounded(number: float, digits: int) -> int:
    return int(float(f"{number:.{digits - 1}e}"))
