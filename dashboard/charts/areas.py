"""The heatmap of areas by partner.

It is drawn as square markers: cells of Plotly's own heatmap cannot be chosen with a click in
Streamlit.
"""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import AXIS, count_colour, text_on
from dashboard.frames import rows
from dashboard.words import counted

CELL = 28
"""Pixels from one row to the next: a target to click of at least 24."""


def area_heatmap(counts: pd.DataFrame, partners: list[str], areas: list[str]) -> go.Figure:
    """Draw ``queries.area_counts`` with rows and columns in the given order of names.

    The custom data of a cell are its partner_id and area_id.
    """
    figure = go.Figure(
        go.Scatter(
            x=counts["area"],
            y=counts["partner"],
            mode="markers+text",
            marker={
                "symbol": "square",
                "size": CELL - 3,
                "color": [count_colour(count) for count in counts["agreements"]],
                "line": {"width": 0},
            },
            text=counts["agreements"],
            textfont={"color": [text_on(count) for count in counts["agreements"]], "size": 12},
            customdata=counts[["partner_id", "area_id"]],
            hovertext=[
                f"{row['partner']}, {row['area']}: {counted(row['agreements'], 'agreement')}"
                for row in rows(counts)
            ],
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 0.55}},
        )
    )
    figure.update_layout(
        height=CELL * len(partners) + 190,
        margin={"l": 8, "r": 8, "t": 150, "b": 8},
        clickmode="event+select",
        dragmode=False,
        showlegend=False,
        xaxis={
            "type": "category",
            "categoryarray": areas,
            "range": [-0.5, len(areas) - 0.5],
            "side": "top",
            "tickangle": -60,
            "gridcolor": AXIS,
            "showgrid": True,
            "tickmode": "linear",
            "fixedrange": True,
        },
        yaxis={
            "type": "category",
            "categoryarray": partners,
            "range": [len(partners) - 0.5, -0.5],
            "gridcolor": AXIS,
            "showgrid": True,
            "tickmode": "linear",
            "automargin": True,
            "fixedrange": True,
        },
    )
    return figure


def order(counts: pd.DataFrame, by: str) -> tuple[list[str], list[str]]:
    """The partners and areas of ``queries.area_counts`` in the order to draw.

    Args:
        by: ``Total`` (most agreements first), ``Name`` or ``Country`` for the partners; the areas
            always come by their total.
    """
    # The query's order is by name, whatever the accents; the others are stable sorts of it.
    totals = counts.groupby(["partner", "country"], sort=False)["agreements"].sum().reset_index()
    if by == "Total":
        totals = totals.sort_values("agreements", ascending=False, kind="stable")
    elif by == "Country":
        totals = totals.sort_values("country", kind="stable")
    partners = totals["partner"]
    areas = counts.groupby("area")["agreements"].sum().sort_values(ascending=False, kind="stable")
    return list(partners), [str(area) for area in areas.index]
