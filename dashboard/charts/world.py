"""The map of the partners: coastlines only, so that the register takes no position on borders."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import STATUS, Ink
from dashboard.frames import Row, rows

Range = tuple[int, int]

REGIONS: dict[str, tuple[Range, Range]] = {
    "World": ((-135, 160), (-45, 72)),
    "Europe": ((-12, 62), (33, 66)),
    "Asia": ((25, 148), (-12, 58)),
    "Africa": ((-22, 58), (-37, 38)),
    "Americas": ((-130, -30), (-45, 58)),
}
"""What the map can show: degrees east and degrees north."""

SIZE = 11


def world_map(partners: pd.DataFrame, region: str, ink: Ink) -> go.Figure:
    """Draw the partners of ``queries.overview.partners``, coloured and shaped by their status.

    The custom datum of a point is its partner_id.

    Args:
        region: one of REGIONS.
    """
    longitudes, latitudes = REGIONS[region]
    figure = go.Figure()
    # What is drawn last lies on top: the first status, and a city above its districts.
    from_below = partners.assign(rank=partners["kind"].ne("district")).sort_values(
        ["status_position", "rank"], ascending=[False, True], kind="stable"
    )
    for status, group in from_below.groupby("status", sort=False):
        style = STATUS[str(status)]
        figure.add_scattergeo(
            lon=group["longitude"],
            lat=group["latitude"],
            mode="markers",
            name=f"{group['status_name'].iloc[0]} ({len(group)})",
            marker={
                "symbol": style.symbol,
                "size": SIZE,
                "color": style.colour,
                "opacity": 0.9,
                "line": {"width": 1, "color": ink.mark},
            },
            customdata=group[["partner_id"]],
            hovertext=[_hover(partner) for partner in rows(group)],
            hoverinfo="text",
            selected={"marker": {"opacity": 1, "size": SIZE + 5}},
            unselected={"marker": {"opacity": 0.9}},
        )
    figure.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        clickmode="event+select",
        # Else a finger that means to scroll the page would move the map.
        dragmode=False,
        hoverlabel={"align": "left", "bgcolor": ink.paper, "font": {"color": ink.mark}},
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": -0.04,
            "yanchor": "top",
            "traceorder": "reversed",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        geo={
            "resolution": 110,
            "projection": {"type": "miller"},
            "lonaxis": {"range": longitudes},
            "lataxis": {"range": latitudes},
            "bgcolor": "rgba(0, 0, 0, 0)",
            "showland": True,
            "landcolor": ink.land,
            "showcoastlines": True,
            "coastlinecolor": ink.coast,
            "coastlinewidth": 0.5,
            "showframe": False,
            "showcountries": False,
            "showsubunits": False,
            "showlakes": False,
        },
    )
    return figure


def _hover(partner: Row) -> str:
    lapsed = ", lapsed" if partner["lapsed"] else ""
    return (
        f"<b>{escape(partner['partner'])}</b><br>{escape(partner['country'])}<br>"
        f"{escape(partner['status_name'])}{lapsed}"
    )
