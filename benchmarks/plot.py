"""A small picture of a run: each figure beside its floor or peer, on a scale of doublings."""

import math
from html import escape

from benchmarks.figures import Figure

LINE, LEFT, WIDTH, DOUBLING = 22, 430, 860, 70
INK, OURS, AIM = "#31333f", "#0068c9", "#bd4043"


def svg(figures: list[Figure], title: str) -> str:
    """A dot for each ratio, right of the line for slower, left of it for faster; aims are bars."""
    shown = [figure for figure in figures if figure.ratio]
    height = LINE * (len(shown) + 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="10" y="{LINE * 0.8:.0f}" font-weight="bold">{escape(title)}</text>',
    ]
    for doubling in range(-3, 5):
        x = _x(2.0**doubling)
        stroke = 1.5 if doubling == 0 else 0.5
        parts.append(
            f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{LINE * 1.8:.0f}" y2="{height - LINE}" '
            f'stroke="{INK}" stroke-width="{stroke}"/>'
            f'<text x="{x:.0f}" y="{LINE * 1.6:.0f}" text-anchor="middle">{_times(doubling)}</text>'
        )
    for place, figure in enumerate(shown):
        parts += _row(figure, LINE * (place + 2.6))
    parts.append(
        f'<text x="{LEFT}" y="{height - 4}" text-anchor="middle">times the floor or peer</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _row(figure: Figure, y: float) -> list[str]:
    ratio = figure.ratio or 1.0
    color = OURS if figure.reached is not False else AIM
    name = escape(f"{figure.subject}: {figure.what}")
    told = [
        f'<text x="10" y="{y + 4:.0f}" font-size="10">{name}</text>',
        f'<circle cx="{_x(ratio):.0f}" cy="{y:.0f}" r="5" fill="{color}">'
        f"<title>{ratio:.2f} times</title></circle>",
    ]
    if figure.aim_times:
        x = _x(figure.aim_times)
        told.append(
            f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{y - 8:.0f}" y2="{y + 8:.0f}" '
            f'stroke="{AIM}" stroke-width="2"/>'
        )
    return told


def _x(ratio: float) -> float:
    """Where a ratio stands; what lies far out stands at the edge."""
    doublings = max(-3.0, min(4.0, math.log2(ratio)))
    return LEFT + 210 + doublings * DOUBLING / 1.25


def _times(doubling: int) -> str:
    return str(2**doubling) if doubling >= 0 else f"1/{2**-doubling}"
