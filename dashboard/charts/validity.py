"""Charts of the validity windows: how many agreements have which status, and what runs out next."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import status_marker, whole_numbers
from register import words
from register.frames import rows
from register.markup import for_chart


def status_bars(counts: pd.DataFrame) -> go.Figure:
    """A bar a status from ``queries.status_counts``; the custom datum is the status's code."""
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=counts["agreements"].tolist(),
            y=counts["status_name"].map(for_chart),
            text=[f"{count:,}" for count in counts["agreements"]],
            textposition="outside",
            cliponaxis=False,
            marker=status_marker(list(counts["status"])),
            customdata=counts[["status"]],
            hoverinfo="none",  # "skip" would also swallow clicks
        )
    )
    figure.update_layout(height=34 * len(counts) + 50)
    figure.update_yaxes(autorange="reversed")
    return _fixed(figure, counts["agreements"])


def next_ends(agreements: pd.DataFrame) -> go.Figure:
    """A bar for each of the agreements of ``selected.agreements``, as long as the days it has left.

    The custom datum is the agreement_id. Names stand above the bars: they have room on a phone.
    """
    positions = list(range(len(agreements)))
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=agreements["days_left"].tolist(),
            y=positions,
            width=0.4,
            marker=status_marker(list(agreements["status"])),
            customdata=agreements[["agreement_id"]],
            hoverinfo="none",  # "skip" would also swallow clicks
        )
    )
    for position, row in zip(positions, rows(agreements), strict=True):
        figure.add_annotation(
            x=0,
            y=position - 0.42,
            xanchor="left",
            text=f"<b>{for_chart(row['partner'])}</b>, {words.date_in_words(row['window_end'])}: "
            f"{words.days_left(row)} ({for_chart(row['status_name'].lower())})",
            showarrow=False,
        )
    figure.update_layout(height=46 * len(agreements) + 50, clickmode="event+select")
    figure.update_yaxes(visible=False, range=[len(agreements) - 0.5, -0.8])
    return _fixed(figure, agreements["days_left"])


def _fixed(figure: go.Figure, numbers: pd.Series) -> go.Figure:
    """Common to both: no zooming, no grid."""
    figure.update_layout(margin={"l": 8, "r": 40, "t": 8, "b": 30}, dragmode=False)
    figure.update_xaxes(**whole_numbers(numbers), showgrid=False, fixedrange=True)
    figure.update_yaxes(showgrid=False, automargin=True, fixedrange=True)
    return figure
