"""Charts of the validity windows: how many agreements have which status, and what runs out next."""

import pandas as pd

from dashboard.charts.figure import Figure, Layout, Trace
from dashboard.charts.style import status_marker, whole_numbers
from register import words
from register.frames import Row, rows
from register.markup import for_chart


def status_bars(counts: pd.DataFrame) -> Figure:
    """A bar a status from ``queries.status_counts``; the custom datum is the status's code."""
    bars = _bars(counts["agreements"], counts["status"], counts["status"]) | {
        "y": [for_chart(name) for name in counts["status_name"]],
        "text": [f"{count:,}" for count in counts["agreements"]],
        "textposition": "outside",
        "cliponaxis": False,
    }
    axis = {"autorange": "reversed"}
    return Figure([bars], _layout(34 * len(counts) + 50, counts["agreements"], axis))


def next_ends(agreements: pd.DataFrame) -> Figure:
    """A bar for each of the agreements of ``selected.agreements``, as long as the days it has left.

    The custom datum is the agreement_id. Names stand above the bars: they have room on a phone.
    """
    days, number = agreements["days_left"], len(agreements)
    bars = _bars(days, agreements["status"], agreements["agreement_id"]) | {
        "y": list(range(number)),
        "width": 0.4,
    }
    names = [_name(position, row) for position, row in enumerate(rows(agreements))]
    axis = {"visible": False, "range": [number - 0.5, -0.8]}
    layout = _layout(46 * number + 50, days, axis)
    return Figure([bars], layout | {"clickmode": "event+select", "annotations": names})


def _name(position: int, row: Row) -> dict[str, object]:
    """Whose agreement ends, when and how soon, above its bar."""
    return {
        "x": 0,
        "y": position - 0.42,
        "xanchor": "left",
        "text": f"<b>{for_chart(row['partner'])}</b>, {words.date_in_words(row['window_end'])}: "
        f"{words.days_left(row)} ({for_chart(row['status_name'].lower())})",
        "showarrow": False,
    }


def _bars(numbers: pd.Series, statuses: pd.Series, data: pd.Series) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": numbers.tolist(),
        "marker": status_marker(list(statuses)),
        "customdata": [[datum] for datum in data],
        "hoverinfo": "none",  # "skip" would also swallow clicks
    }


def _layout(height: int, numbers: pd.Series, down: Layout) -> Layout:
    """Common to both: no zooming, no grid."""
    fixed = {"showgrid": False, "fixedrange": True}
    return {
        "height": height,
        "margin": {"l": 8, "r": 40, "t": 8, "b": 30},
        "dragmode": False,
        "xaxis": whole_numbers(numbers) | fixed,
        "yaxis": {"automargin": True} | fixed | down,
    }
