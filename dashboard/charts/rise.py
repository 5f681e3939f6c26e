"""The rise and fall: what was signed, ran out, was ended or put on hold, and was in force, by year.

Each series is named at its greatest value; how labels find their room is in ``callouts``.
"""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

import pandas as pd

from dashboard.charts.callouts import LINE, Box, Callout, Scale, annotations, line
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.letters import width
from dashboard.charts.style import FONT, SMALL, STATUS, Ink, for_hover, tick_step
from register import headline
from register.frames import Row, rows

HEIGHT = 300
"""Pixels from the lowest bar to the highest, without the labels beyond them."""

MARGIN = {"l": 30, "r": 62, "t": 8, "b": 26}

BAR = 0.8
"""The part of a year that its bar takes."""

ASIDE, HIGHER, LOWER = 6, 9, 24
"""Pixels from a year, from the line and from 0 at least to what is written beside them."""

BOLD = 1.1
"""How much wider a bold letter is."""

PROJECTED = "projected"

SIGNED, RAN_OUT = "rgba(31, 119, 180, 0.5)", "rgba(138, 143, 152, 0.6)"
IN_FORCE = STATUS["active"].colour
DOWN = {
    "ran_out": RAN_OUT,
    "terminated": STATUS["terminated"].colour,
    "suspended": STATUS["suspended"].colour,
}
"""What is below the line, from it downwards, with its colour."""


def rise_and_fall(years: pd.DataFrame, ink: Ink, room: int) -> Figure:
    """Draw ``queries.years.by_year``; what is projected is paler, and its line is dashed.

    Args:
        room: the pixels that the chart has at least.
    """
    return _drawn(_Years(rows(years)), ink, room)


class _Years:
    """The rows of the years, and what is often asked of them."""

    def __init__(self, all_of_them: list[Row]) -> None:
        self.all = all_of_them
        self.known = [year for year in all_of_them if not year["projected"]]
        self.ahead = [year for year in all_of_them if year["projected"]]

    @property
    def parts(self) -> list[list[Row]]:
        """What is known and what is projected, as far as there is any."""
        return [part for part in (self.known, self.ahead) if part]

    def sums(self) -> dict[int, tuple[int, int]]:
        """What of each year is below and above the line; one can be known and projected."""
        sums: dict[int, tuple[int, int]] = {}
        for year in self.all:
            fall, signed = sums.get(year["year"], (0, 0))
            sums[year["year"]] = fall + _fall(year), signed + year["signed"]
        return sums


def _drawn(years: _Years, ink: Ink, room: int) -> Figure:
    deep = max(fall for fall, _ in years.sums().values())
    high = max(1, *(max(year["signed"], year["in_force"]) for year in years.all))
    first, last = min(years.sums()) - 1, max(years.sums()) + 1
    step = tick_step(deep + high, 7)
    ticks = {tick: f"{abs(tick):,}" for tick in range(-(deep // step) * step, high + 1, step)}
    left = max(MARGIN["l"], *(round(width(text, SMALL)) + 8 for text in ticks.values()))
    right = _right(years, (first, last), room - left)
    scale = Scale(first, last, (room - left - right) / (last - first), HEIGHT / (deep + high))
    here, taken = _here(years, scale, ink)
    taken = [*_taken(years, scale), *taken]
    shown, highest, lowest = annotations(list(_callouts(years.known)), scale, taken, ink)
    above, below = max(LINE, highest - scale.y(high)), max(LINE, -lowest - scale.y(deep))
    layout = {
        "barmode": "relative",
        "bargap": 1 - BAR,
        "height": HEIGHT + above + below + MARGIN["t"] + MARGIN["b"],
        "hovermode": "x",
        "margin": MARGIN | {"l": left, "r": right},
        "showlegend": False,
        "annotations": [*shown, *here],
        "xaxis": {
            "range": [first, last],
            "tickformat": "d",
            "dtick": tick_step(last - first, 8),
            "fixedrange": True,
            "showgrid": False,
        },
        "yaxis": {
            "range": [-deep - below / scale.up, high + above / scale.up],
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "fixedrange": True,
        },
    }
    return Figure([*_bars(years), *_lines(years)], layout)


def _bars(years: _Years) -> Iterator[Trace]:
    for part in years.parts:
        for name, colour in {"signed": SIGNED, **DOWN}.items():
            drawn = [year for year in part if year[name]]
            if drawn:
                sign = 1 if name == "signed" else -1
                yield {
                    "type": "bar",
                    "name": name,
                    "x": [year["year"] for year in drawn],
                    "y": [year[name] * sign for year in drawn],
                    "marker": {"color": colour, "line": {"width": 0}},
                    "opacity": 0.45 if part is years.ahead else 1,
                    "hoverinfo": "skip",
                }


def _lines(years: _Years) -> Iterator[Trace]:
    for part in years.parts:
        lead = years.known[-1:] if part is years.ahead else []
        line = [*lead, *part]
        yield {
            "type": "scatter",
            "mode": "lines",
            "name": "in_force",
            "x": [year["year"] for year in line],
            "y": [year["in_force"] for year in line],
            "line": {
                "color": IN_FORCE,
                "width": 2.5,
                "dash": "dot" if part is years.ahead else "solid",
            },
            "hovertext": [""] * len(lead) + [_hover(year) for year in part],
            "hoverinfo": "text",
        }


def _hover(row: Row) -> str:
    projected = ", projected" if row["projected"] else ""
    return for_hover(f"{row['year']}{projected}", headline.year(row))


def _callouts(known: list[Row]) -> Iterator[Callout]:
    """The labels, those that matter most first: they take their room before the others."""
    ended = [year for year in known if _ended(year)]
    # The year with the most, and the first one with any.
    for year in {id(year): year for year in (*_most(ended, _ended), *ended[:1])}.values():
        yield Callout(year["year"], -_fall(year), tuple(_of_ended(year)))
    for year in _most(known, lambda year: year["ran_out"]):
        yield Callout(year["year"], -_fall(year), ((f"{year['ran_out']:,} ran out", RAN_OUT),))
    for year in _most(known, lambda year: year["signed"]):
        yield Callout(year["year"], year["signed"], ((f"{year['signed']:,} signed", SIGNED),))
    for year in _most(known, lambda year: year["in_force"]):
        if year["in_force"] > known[-1]["in_force"]:
            said = (f"{year['in_force']:,} in force", IN_FORCE)
            yield Callout(year["year"], year["in_force"], (said,))


def _most(years: list[Row], number: Callable[[Row], int]) -> list[Row]:
    """The first of the years with the greatest number, none where it is 0."""
    return [year for year in years if number(year) and number(year) == max(map(number, years))][:1]


def _ended(year: Row) -> int:
    return int(year["terminated"] + year["suspended"])


def _fall(year: Row) -> int:
    return _ended(year) + int(year["ran_out"])


def _of_ended(year: Row) -> Iterator[tuple[str, str]]:
    for name, said in (("terminated", "ended"), ("suspended", "put on hold")):
        if year[name]:
            yield f"{year[name]:,} {said}", DOWN[name]


def _here(years: _Years, scale: Scale, ink: Ink) -> tuple[list[dict[str, object]], list[Box]]:
    """How many are in force on the day, right of the line; what is projected, below its bars.

    Returns:
        Plotly's annotations, and the room that they take.
    """
    look = {"showarrow": False, "xanchor": "left", "font": {"color": ink.mark}}
    written: list[dict[str, object]] = []
    taken: list[Box] = []
    for now in years.known[-1:]:
        away = _away(scale.across)
        x, y = scale.x(now["year"]) + away, scale.y(now["in_force"]) + HIGHER
        taken.append(line(x, y, _width_of(now)))
        written.append(
            look
            | {"x": now["year"], "y": now["in_force"], "xshift": away, "yshift": HIGHER}
            | {"text": f"<b>{_in_force(now)}</b>"}
        )
    for year in years.ahead[:1]:
        x, needed = scale.x(year["year"]) + ASIDE, width(PROJECTED, FONT)
        beside = Box(x, -math.inf, x + needed, 0)
        under = (bar.bottom - ASIDE for bar in _columns(years, scale) if bar.meets(beside))
        top = round(min([-LOWER, *under]))
        taken.append(line(x, top - LINE / 2, needed))
        written.append(
            look
            | {"x": year["year"], "y": 0, "xshift": ASIDE, "yshift": top}
            | {"yanchor": "top", "text": PROJECTED}
        )
    return written, taken


def _in_force(year: Row) -> str:
    return f"{year['in_force']:,} in force"


def _width_of(year: Row) -> float:
    return width(_in_force(year), FONT) * BOLD


def _away(across: float) -> int:
    """Pixels from the middle of a year's bar to what is written right of it."""
    return max(ASIDE, round(BAR / 2 * across) + 2)


def _right(years: _Years, span: tuple[int, int], room: int) -> int:
    """The margin in which the number in force ends, where the years ahead have no room for it.

    Args:
        room: pixels of the years and of the margin together.
    """
    if not years.known:
        return MARGIN["r"]
    now, (first, last) = years.known[-1], span
    ahead = (last - int(now["year"])) / (last - first)
    needed = _away(room / (last - first)) + _width_of(now)
    return max(MARGIN["r"], math.ceil((needed - ahead * room) / (1 - ahead)))


def _taken(years: _Years, scale: Scale) -> Iterator[Box]:
    """Where the bars and the line are."""
    yield from _columns(years, scale)
    ends = [(scale.x(year["year"]), scale.y(year["in_force"])) for year in years.all]
    for (left, begin), (right, end) in pairwise(ends):
        yield Box(left, min(begin, end) - 1, right, max(begin, end) + 1)


def _columns(years: _Years, scale: Scale) -> list[Box]:
    """The bars of each year, as one."""
    half = BAR / 2 * scale.across
    return [
        Box(scale.x(year) - half, -scale.y(fall), scale.x(year) + half, scale.y(signed))
        for year, (fall, signed) in sorted(years.sums().items())
    ]
