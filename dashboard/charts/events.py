"""Chart of what happened: how many events of each kind a year has."""

from typing import NamedTuple

import pandas as pd

from dashboard.charts import style
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.style import AXIS, FONT, SMALL, marker_of
from register.frames import Row, groups, rows
from register.markup import for_chart
from register.words import counted

STRONG = ("terminated", "suspended")
"""What decides over a tie has the look of the status that follows from it."""

QUIET = {"color": "rgba(125, 136, 148, 0.55)"}

# In pixels: the vertical axis counts them.
EVENT, NUMBER, NAME, GAP = 13, 1.2 * SMALL, 1.8 * FONT, 10
ROOM = 260
"""How high all columns together are at most."""

COLUMNS = 12
"""So many columns fill the chart; fewer of them are no wider."""


class _Lane(NamedTuple):
    """The columns of one kind of event, above one another's.

    Attributes:
        base: where its columns stand.
        unit: how high one event is.
    """

    columns: list[Row]
    base: float
    unit: float

    @property
    def top(self) -> float:
        return self.base + self.unit * self.most

    @property
    def room(self) -> float:
        """Up to where it writes: a number on its highest column, and above that its name."""
        return self.top + NUMBER + NAME

    @property
    def most(self) -> int:
        """The most events of a year."""
        return max(int(column["events"]) for column in self.columns)


def events_by_year(counts: pd.DataFrame) -> Figure:
    """Draw ``queries.events.by_year``: a lane of columns for each kind; what has no date is not.

    All lanes have the same years and the same scale. The custom data of a column are its kind and
    its year.
    """
    lanes = _lanes(groups(rows(counts[counts["year"].notna()]), "event"))
    height = lanes[0].room if lanes else 0
    years = [int(column["year"]) for lane in lanes for column in lane.columns] or [0]
    first, last = min(years), max(years)
    width = 0.75 * min(1, (last - first + 1) / COLUMNS)
    layout = {
        "annotations": [_name(lane) for lane in lanes],
        "shapes": [_foot(lane) for lane in lanes],
        "xaxis": style.years(first, last)
        | {
            "range": [first - 0.7, last + 0.7],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {"visible": False, "range": [0, height], "fixedrange": True},
        "barmode": "overlay",
        "height": height + 38,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 30},
        "showlegend": False,
    }
    return Figure([_columns(lane, width) for lane in lanes], layout)


def _lanes(kinds: list[list[Row]]) -> list[_Lane]:
    """The lanes, the strong kinds above the quiet ones, the first one on top."""
    ordered = sorted(kinds, key=lambda columns: columns[0]["event"] not in STRONG)
    total = sum(max(column["events"] for column in columns) for columns in ordered)
    unit = min(EVENT, ROOM / total) if total else EVENT
    lanes: list[_Lane] = []
    for columns in reversed(ordered):
        lanes.append(_Lane(columns, lanes[-1].room + GAP if lanes else 0, unit))
    return lanes[::-1]


def _columns(lane: _Lane, width: float) -> Trace:
    kind = lane.columns[0]["event"]
    return {
        "type": "bar",
        "x": [int(column["year"]) for column in lane.columns],
        "y": [column["events"] * lane.unit for column in lane.columns],
        "base": lane.base,
        "width": width,
        "marker": marker_of(kind) if kind in STRONG else QUIET,
        "text": [
            f"{column['events']:,}" if column["events"] == lane.most else ""
            for column in lane.columns
        ],
        "textposition": "outside",
        # Else Plotly would turn it, or make it as narrow as the column.
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": SMALL},
        "cliponaxis": False,
        "customdata": [[kind, str(int(column["year"]))] for column in lane.columns],
        "hovertext": [
            f"{int(column['year'])}: {column['events']:,} {for_chart(column['event_name'].lower())}"
            for column in lane.columns
        ],
        "hoverinfo": "text",
    }


def _foot(lane: _Lane) -> dict[str, object]:
    """The line on which its columns stand."""
    return {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "y0": lane.base,
        "y1": lane.base,
        "line": {"color": AXIS, "width": 1},
    }


def _name(lane: _Lane) -> dict[str, object]:
    """The kind's name and number, above its columns."""
    number = sum(column["events"] for column in lane.columns)
    kind = for_chart(lane.columns[0]["event_name"])
    return {
        "text": f"<b>{kind}</b> {counted(number, 'event')}",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": lane.top + NUMBER,
        "yanchor": "bottom",
        "showarrow": False,
    }
