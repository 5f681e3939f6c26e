"""Charts of the validity windows: how many agreements have which status, and what runs out next."""

import math

import pandas as pd

from dashboard.charts.figure import Figure, Layout, Trace
from dashboard.charts.letters import width
from dashboard.charts.style import FONT, marker_of, whole_numbers
from register import words
from register.frames import Row, rows
from register.markup import for_chart

FIXED = {"showgrid": False, "fixedrange": True}
"""An axis along which nothing is zoomed."""


def status_bars(counts: pd.DataFrame) -> Figure:
    """A bar a status from ``queries.status_counts``; the custom datum is the status's code."""
    bars = [
        _bars(row["status"], [row["agreements"]], [row["status"]])
        | {
            "y": [for_chart(row["status_name"])],
            "text": [f"{row['agreements']:,}"],
            "textposition": "outside",
            "cliponaxis": False,
        }
        for row in rows(counts)
    ]
    layout = _layout(34 * len(counts) + 50, counts["agreements"])
    names = math.ceil(max((width(name, FONT) for name in counts["status_name"]), default=0))
    return Figure(
        bars,
        layout
        # A margin that Plotly finds out it draws everything twice for.
        | {"margin": layout["margin"] | {"l": names + 14}}
        | {"yaxis": FIXED | {"range": [len(counts) - 0.5, -0.5]}},
    )


def next_ends(agreements: pd.DataFrame) -> Figure:
    """A bar for each of the agreements of ``selected.agreements``, as long as the days it has left.

    The custom datum is the agreement_id. Names stand above the bars: they have room on a phone.
    """
    placed = agreements.assign(position=range(len(agreements)))
    bars = [
        _bars(str(status), of_it["days_left"].tolist(), of_it["agreement_id"].tolist())
        | {"y": of_it["position"].tolist(), "width": 0.4}
        for status, of_it in placed.groupby("status", sort=False)
    ]
    names = [_name(row) for row in rows(placed)]
    axis = {"visible": False, "range": [len(placed) - 0.5, -0.8]}
    layout = _layout(46 * len(placed) + 50, agreements["days_left"])
    return Figure(bars, layout | {"yaxis": FIXED | axis, "annotations": names})


def _name(row: Row) -> dict[str, object]:
    """Whose agreement ends, when and how soon, above its bar."""
    return {
        "x": 0,
        "y": row["position"] - 0.42,
        "xanchor": "left",
        "text": f"<b>{for_chart(row['partner'])}</b>, {words.date_in_words(row['window_end'])}: "
        f"{words.days_left(row)} ({for_chart(row['status_name'].lower())})",
        "showarrow": False,
    }


def _bars(status: str, numbers: list[int], data: list[str]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": numbers,
        "marker": marker_of(status),
        "customdata": [[datum] for datum in data],
        "hoverinfo": "none",  # "skip" would also swallow clicks
    }


def _layout(height: int, numbers: pd.Series) -> Layout:
    """Common to both: no zooming, no grid, and bars of several traces at places of their own."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 40, "t": 8, "b": 30},
        "barmode": "overlay",
        "showlegend": False,
        "xaxis": whole_numbers(numbers) | FIXED,
    }
