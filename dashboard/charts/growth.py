"""Small multiples: when agreements on each area began, all areas on one scale.

All panels lie in one plot, in pixels from the top: Plotly is slow at many plots in a figure.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from dashboard.charts import letters
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.style import AXIS, FONT, SMALL, Ink, for_hover
from register.frames import Row, rows
from register.growth import Years, before
from register.markup import for_chart
from register.words import counted, span

ORDERS = {"growth": "Growth", "total": "Total"}
"""How the areas can be ordered: what grew most first, or what is named by most of all years."""

COLUMNS = {640: 4, 820: 5}
"""How many panels are side by side from which room; two in less."""

GAP = 18
"""Pixels between two panels side by side."""

NAME, NUMBERS, BASE, YEARS, PANEL = 12, 28, 76, 84, 106
"""Pixels from a panel's top to the middle of its name and its numbers, to the foot of its bars,
to the middle of the years below them, and to the next panel."""

TALLEST = 42
"""Pixels of the tallest bar of all: it ends below the numbers."""


class Panels(NamedTuple):
    """Where the areas' panels are; x in years from the left edge, y in pixels from the top."""

    areas: list[Row]
    years: Years
    columns: int
    room: int

    @property
    def width(self) -> float:
        """Pixels of a panel in the least room."""
        return (self.room - GAP * (self.columns - 1)) / self.columns

    @property
    def length(self) -> int:
        """Years of a panel."""
        return self.years[1] - self.years[0] + 1

    @property
    def step(self) -> float:
        """Years from a panel to the next on the right."""
        return self.length * (1 + GAP / self.width)

    def left(self, place: int) -> float:
        """The left edge of the panel at that place."""
        return place % self.columns * self.step

    def top(self, place: int) -> int:
        """Its upper edge."""
        return place // self.columns * PANEL


def order(areas: pd.DataFrame, by: str) -> pd.DataFrame:
    """The areas of ``growth`` in one of ORDERS; they come by growth."""
    return areas.sort_values("total", ascending=False, kind="stable") if by == "total" else areas


def small_multiples(
    begun: pd.DataFrame, areas: pd.DataFrame, years: Years, ink: Ink, room: int
) -> Figure:
    """Draw ``queries.areas.begun``: a panel an area, a bar a year, both spans in their colours.

    Args:
        areas: of ``growth``, in the order to draw.
        years: the later span; the other one is before it.
        room: pixels that the chart has at least.
    """
    # A panel is never shorter than the years that are compared.
    first = min(begun["year"].min(), before(years)[0])
    last = max(begun["year"].max(), years[1])
    columns = next((number for least, number in reversed(COLUMNS.items()) if room >= least), 2)
    panels = Panels(rows(areas), (int(first), int(last)), columns, room)
    across = panels.step * (columns - 1) + panels.length
    down = PANEL * -(-len(areas) // columns)
    hidden = {"visible": False, "fixedrange": True}
    layout = {
        "xaxis": hidden | {"range": [0, across]},
        "yaxis": hidden | {"range": [down, 0]},
        "shapes": [_foot(panels, place) for place in range(len(areas))],
        "height": down + 40,
        "margin": {"l": 0, "r": 0, "t": 40, "b": 0, "pad": 0},
        "barmode": "overlay",
        "hovermode": "closest",
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": FONT},
        },
    }
    return Figure([*_bars(begun, panels, years, ink), *_words(panels, ink)], layout)


def _foot(panels: Panels, place: int) -> dict[str, object]:
    """The line on which a panel's bars stand."""
    left, height = panels.left(place), panels.top(place) + BASE
    return {
        "type": "line",
        "x0": left,
        "x1": left + panels.length,
        "y0": height,
        "y1": height,
        "line": {"color": AXIS, "width": 1},
        "layer": "below",
    }


def _bars(begun: pd.DataFrame, panels: Panels, years: Years, ink: Ink) -> Iterator[Trace]:
    """The bars of each span and of the other years, a trace each."""
    places = {area["area_id"]: place for place, area in enumerate(panels.areas)}
    scale = TALLEST / begun["agreements"].max()
    earlier = before(years)
    in_earlier, in_later = begun["year"].between(*earlier), begun["year"].between(*years)
    for name, chosen, colour in (
        (f"begun {span(*earlier)}", in_earlier, ink.cells[2][0]),
        (f"begun {span(*years)}", in_later, ink.cells[4][0]),
        ("other years", ~(in_earlier | in_later), ink.coast),
    ):
        drawn = [(places[row["area_id"]], row) for row in rows(begun[chosen])]
        yield {
            "type": "bar",
            "name": name,
            "x": [panels.left(place) + row["year"] - panels.years[0] + 0.5 for place, row in drawn],
            "base": [panels.top(place) + BASE for place, _ in drawn],
            # Upwards, where the pixels become fewer.
            "y": [-scale * row["agreements"] for _, row in drawn],
            "width": 0.85,
            "marker": {"color": colour, "line": {"width": 0}},
            "hovertext": [_hover(row) for _, row in drawn],
            "hoverinfo": "text",
        }


def _hover(row: Row) -> str:
    announced = f"{row['announced']:,} of them only announced" if row["announced"] else ""
    return for_hover(
        f"{row['area']}, {row['year']}", counted(row["agreements"], "agreement"), announced
    )


def _words(panels: Panels, ink: Ink) -> Iterator[Trace]:
    """Each panel's name and numbers, and its first and last year."""
    lefts = [panels.left(place) for place in range(len(panels.areas))]
    rights = [left + panels.length for left in lefts]
    tops = [panels.top(place) for place in range(len(panels.areas))]
    # A bold letter is a tenth wider.
    names = [letters.shortened(area["area"], FONT * 1.1, panels.width) for area in panels.areas]
    numbers = [f"{area['before']:,} → {area['since']:,}" for area in panels.areas]
    first, last = ([str(year)] * len(lefts) for year in panels.years)
    for x, height, text, side, size in (
        (lefts, NAME, [f"<b>{for_chart(name)}</b>" for name in names], "right", FONT),
        (lefts, NUMBERS, numbers, "right", FONT),
        (lefts, YEARS, first, "right", SMALL),
        (rights, YEARS, last, "left", SMALL),
    ):
        yield {
            "type": "scatter",
            "mode": "text",
            "x": x,
            "y": [top + height for top in tops],
            "text": text,
            "textposition": f"middle {side}",
            "textfont": {"size": size, "color": ink.mark},
            "cliponaxis": False,
            "showlegend": False,
            "hoverinfo": "skip",
        }
