"""The rise and fall: what was signed, ran out, was ended or put on hold, and was in force, by year.

Each series is named at its greatest value; how labels find their room is in ``callouts``.
"""

from collections.abc import Callable, Iterator
from itertools import count

import pandas as pd

from dashboard.charts.callouts import Callout, annotations
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.letters import width
from dashboard.charts.style import SMALL, STATUS, Ink, for_hover
from register import headline
from register.frames import Row, rows

HEIGHT = 300
"""Pixels from the lowest bar to the highest, without the labels beyond them."""

MARGIN = {"l": 30, "r": 62, "t": 8, "b": 26}

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
    fall = years.groupby("year")[list(DOWN)].sum().sum(axis=1)
    rise = years[["signed", "in_force"]].max(axis=1)
    deep, high = int(fall.max()), max(int(rise.max()), 1)
    first, last = int(years["year"].min()) - 1, int(years["year"].max()) + 1
    scale = HEIGHT / (deep + high)
    step = _step(deep + high, 7)
    ticks = {tick: f"{abs(tick):,}" for tick in range(-(deep // step) * step, high + 1, step)}
    left = max(MARGIN["l"], *(round(width(text, SMALL)) + 8 for text in ticks.values()))
    across = (room - left - MARGIN["r"]) / (last - first)
    shown, above, below = annotations(list(_callouts(years)), (first, last), (across, scale), ink)
    layout = {
        "barmode": "relative",
        "bargap": 0.2,
        "dragmode": False,
        "height": HEIGHT + above + below + MARGIN["t"] + MARGIN["b"],
        "hovermode": "x",
        "margin": MARGIN | {"l": left},
        "showlegend": False,
        "annotations": [*shown, *_now(years, ink)],
        "xaxis": {
            "range": [first, last],
            "tickformat": "d",
            "dtick": _step(last - first, 8),
            "fixedrange": True,
            "showgrid": False,
        },
        "yaxis": {
            "range": [-deep - below / scale, high + above / scale],
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


def _now(years: pd.DataFrame, ink: Ink) -> Iterator[dict[str, object]]:
    """How many are in force on the day, right of the line; and what of the years is projected."""
    known, ahead = years[~years["projected"]], years[years["projected"]]
    here = {"showarrow": False, "xanchor": "left", "xshift": 6, "font": {"color": ink.mark}}
    if len(known):
        now = known.iloc[-1]
        yield here | {
            "x": int(now["year"]),
            "y": int(now["in_force"]),
            "yshift": 9,
            "text": f"<b>{now['in_force']:,} in force</b>",
        }
    if len(ahead):
        yield here | {
            "x": int(ahead["year"].iloc[0]),
            "y": 0,
            "yanchor": "top",
            "yshift": -24,
            "text": "projected",
        }


def _step(span: int, most: int) -> int:
    """From tick to tick, so that there are at most so many: 1, 2 or 5 with zeros."""
    steps = (digit * 10**zeros for zeros in count() for digit in (1, 2, 5))
    return int(next(step for step in steps if span / step <= most))
