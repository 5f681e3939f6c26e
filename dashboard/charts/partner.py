"""Charts of one partner: which areas its agreements name, over the years."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.areas import CELL
from dashboard.charts.style import AXIS, count_colour, text_on
from dashboard.words import counted

NO_YEAR = "no date"


def areas_by_year(counts: pd.DataFrame) -> go.Figure:
    """Draw how many agreements that begin in a year name an area.

    Args:
        counts: a row a cell: area_id, area, year (text, NO_YEAR for agreements without a date),
            agreements.

    The custom datum of a cell is its area_id.
    """
    areas = sorted(counts["area"].unique())
    # NO_YEAR comes last, since letters sort after digits.
    years = sorted(counts["year"].unique())
    figure = go.Figure(
        go.Scatter(
            x=counts["year"],
            y=counts["area"],
            mode="markers+text",
            marker={
                "symbol": "square",
                "size": CELL - 3,
                "color": [count_colour(count) for count in counts["agreements"]],
                "line": {"width": 0},
            },
            text=counts["agreements"],
            textfont={"color": [text_on(count) for count in counts["agreements"]], "size": 12},
            customdata=counts[["area_id"]],
            hovertext=[
                f"{row['area']}, {row['year']}: {counted(row['agreements'], 'agreement')}"
                for _, row in counts.iterrows()
            ],
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 0.55}},
        )
    )
    figure.update_layout(
        height=CELL * len(areas) + 70,
        margin={"l": 8, "r": 8, "t": 50, "b": 8},
        clickmode="event+select",
        dragmode=False,
        showlegend=False,
        xaxis={
            "type": "category",
            "categoryarray": years,
            "range": [-0.5, len(years) - 0.5],
            "side": "top",
            "tickangle": -60 if len(years) > 4 else 0,
            "tickmode": "linear",
            "gridcolor": AXIS,
            "showgrid": True,
            "fixedrange": True,
        },
        yaxis={
            "type": "category",
            "categoryarray": areas,
            "range": [len(areas) - 0.5, -0.5],
            "tickmode": "linear",
            "automargin": True,
            "gridcolor": AXIS,
            "showgrid": True,
            "fixedrange": True,
        },
    )
    return figure
