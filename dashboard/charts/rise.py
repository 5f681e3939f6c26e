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
    rise = years[["signed", "in_force"]].max(axis=1)
    deep, high = int(_sums(years)["fall"].max()), max(int(rise.max()), 1)
    first, last = int(years["year"].min()) - 1, int(years["year"].max()) + 1
    step = tick_step(deep + high, 7)
    ticks = {tick: f"{abs(tick):,}" for tick in range(-(deep // step) * step, high + 1, step)}
    left = max(MARGIN["l"], *(round(width(text, SMALL)) + 8 for text in ticks.values()))
    right = _right(years, (first, last), room - left)
    scale = Scale(first, last, (room - left - right) / (last - first), HEIGHT / (deep + high))
    here, taken = _here(years, scale, ink)
    taken = [*_drawn(years, scale), *taken]
    shown, highest, lowest = annotations(list(_callouts(years)), scale, taken, ink)
    above, below = max(LINE, highest - scale.y(high)), max(LINE, -lowest - scale.y(deep))
    layout = {
        "barmode": "relative",
        "bargap": 1 - BAR,
        "dragmode": False,
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


def _bars(years: pd.DataFrame) -> Iterator[Trace]:
    for projected, part in years.groupby("projected"):
        for name, colour in {"signed": SIGNED, **DOWN}.items():
            if part[name].any():
                sign = 1 if name == "signed" else -1
                yield {
                    "type": "bar",
                    "name": name,
                    "x": part["year"].tolist(),
                    "y": (part[name] * sign).tolist(),
                    "marker": {"color": colour, "line": {"width": 0}},
                    "opacity": 0.45 if projected else 1,
                    "hoverinfo": "skip",
                }


def _lines(years: pd.DataFrame) -> Iterator[Trace]:
    for projected, part in years.groupby("projected"):
        lead = years[~years["projected"]].tail(1) if projected else part.head(0)
        line = pd.concat([lead, part])
        hovers = [""] * len(lead) + [_hover(row) for row in rows(part)]
        yield {
            "type": "scatter",
            "mode": "lines",
            "name": "in_force",
            "x": line["year"].tolist(),
            "y": line["in_force"].tolist(),
            "line": {"color": IN_FORCE, "width": 2.5, "dash": "dot" if projected else "solid"},
            "hovertext": hovers,
            "hoverinfo": "text",
        }


def _hover(row: Row) -> str:
    projected = ", projected" if row["projected"] else ""
    return for_hover(f"{row['year']}{projected}", headline.year(row))


def _callouts(years: pd.DataFrame) -> Iterator[Callout]:
    """The labels, those that matter most first: they take their room before the others."""
    known = rows(years[~years["projected"]])
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


def _here(years: pd.DataFrame, scale: Scale, ink: Ink) -> tuple[list[dict[str, object]], list[Box]]:
    """How many are in force on the day, right of the line; what is projected, below its bars.

    Returns:
        Plotly's annotations, and the room that they take.
    """
    look = {"showarrow": False, "xanchor": "left", "font": {"color": ink.mark}}
    known, ahead = years[~years["projected"]], years[years["projected"]]
    written: list[dict[str, object]] = []
    taken: list[Box] = []
    if len(known):
        now, away = known.iloc[-1], _away(scale.across)
        x, y = scale.x(now["year"]) + away, scale.y(now["in_force"]) + HIGHER
        taken.append(line(x, y, _width_of_now(years)))
        written.append(
            look
            | {"x": int(now["year"]), "y": int(now["in_force"]), "xshift": away, "yshift": HIGHER}
            | {"text": f"<b>{_in_force(years)}</b>"}
        )
    if len(ahead):
        year = int(ahead["year"].iloc[0])
        x, needed = scale.x(year) + ASIDE, width(PROJECTED, FONT)
        beside = Box(x, -math.inf, x + needed, 0)
        under = (bar.bottom - ASIDE for bar in _columns(years, scale) if bar.meets(beside))
        top = round(min([-LOWER, *under]))
        taken.append(line(x, top - LINE / 2, needed))
        written.append(
            look
            | {"x": year, "y": 0, "xshift": ASIDE, "yshift": top}
            | {"yanchor": "top", "text": PROJECTED}
        )
    return written, taken


def _in_force(years: pd.DataFrame) -> str:
    return f"{years[~years['projected']].iloc[-1]['in_force']:,} in force"


def _width_of_now(years: pd.DataFrame) -> float:
    return width(_in_force(years), FONT) * BOLD


def _away(across: float) -> int:
    """Pixels from the middle of a year's bar to what is written right of it."""
    return max(ASIDE, round(BAR / 2 * across) + 2)


def _right(years: pd.DataFrame, span: tuple[int, int], room: int) -> int:
    """The margin in which the number in force ends, where the years ahead have no room for it.

    Args:
        room: pixels of the years and of the margin together.
    """
    known = years.loc[~years["projected"], "year"]
    if known.empty:
        return MARGIN["r"]
    first, last = span
    ahead = (last - int(known.iloc[-1])) / (last - first)
    needed = _away(room / (last - first)) + _width_of_now(years)
    return max(MARGIN["r"], math.ceil((needed - ahead * room) / (1 - ahead)))


def _drawn(years: pd.DataFrame, scale: Scale) -> Iterator[Box]:
    """Where the bars and the line are."""
    yield from _columns(years, scale)
    ends = [(scale.x(year["year"]), scale.y(year["in_force"])) for year in rows(years)]
    for (left, begin), (right, end) in pairwise(ends):
        yield Box(left, min(begin, end) - 1, right, max(begin, end) + 1)


def _columns(years: pd.DataFrame, scale: Scale) -> list[Box]:
    """The bars of each year, as one."""
    half = BAR / 2 * scale.across
    return [
        Box(scale.x(year) - half, -scale.y(fall), scale.x(year) + half, scale.y(signed))
        for year, fall, signed in _sums(years).itertuples()
    ]


def _sums(years: pd.DataFrame) -> pd.DataFrame:
    """What of each year is below and above the line; a year is there twice, as it is projected."""
    fall = years[list(DOWN)].sum(axis=1)
    return years.assign(fall=fall).groupby("year")[["fall", "signed"]].sum()
