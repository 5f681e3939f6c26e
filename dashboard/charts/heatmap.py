"""A heatmap of numbers of agreements.

It is drawn as square markers: cells of Plotly's own heatmap cannot be chosen with a click in
Streamlit.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import AXIS, count_colour, text_on
from dashboard.frames import rows
from dashboard.words import counted

CELL = 28
"""Pixels from one row to the next: a target to click of at least 24."""

TILTED_FROM = 5
"""From so many columns on their names are tilted, so that they do not overlap."""

Axis = tuple[str, Sequence[str]]
"""A column of the counts, and its values in the order to draw."""


def heatmap(
    counts: pd.DataFrame, vertical: Axis, horizontal: Axis, *, data: list[str], header: int
) -> go.Figure:
    """Draw a cell for each row of ``counts``, with its number ``agreements``.

    Args:
        data: the columns that are a cell's custom data.
        header: the height of the columns' names in pixels.
    """
    (down, row_names), (across, column_names) = vertical, horizontal
    figure = go.Figure(
        go.Scatter(
            x=counts[across],
            y=counts[down],
            mode="markers+text",
            marker={
                "symbol": "square",
                "size": CELL - 3,
                "color": [count_colour(count) for count in counts["agreements"]],
                "line": {"width": 0},
            },
            text=counts["agreements"],
            textfont={"color": [text_on(count) for count in counts["agreements"]], "size": 12},
            customdata=counts[data],
            hovertext=[
                f"{row[down]}, {row[across]}: {counted(row['agreements'], 'agreement')}"
                for row in rows(counts)
            ],
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 0.55}},
        )
    )
    figure.update_layout(
        height=CELL * len(row_names) + header + 20,
        margin={"l": 8, "r": 8, "t": header, "b": 8},
        clickmode="event+select",
        dragmode=False,
        showlegend=False,
    )
    common = {
        "type": "category",
        "tickmode": "linear",
        "gridcolor": AXIS,
        "showgrid": True,
        "fixedrange": True,
    }
    figure.update_xaxes(
        **common,
        categoryarray=column_names,
        range=[-0.5, len(column_names) - 0.5],
        side="top",
        tickangle=-60 if len(column_names) >= TILTED_FROM else 0,
    )
    figure.update_yaxes(
        **common, categoryarray=row_names, range=[len(row_names) - 0.5, -0.5], automargin=True
    )
    return figure
