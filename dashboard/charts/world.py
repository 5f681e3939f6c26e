"""The map of the partners: coastlines only, so that the register takes no position on borders."""

from typing import Any

import pandas as pd

from dashboard.charts import names
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.style import LIGHT, STATUS, Ink
from register.frames import Row, groups, rows
from register.markup import for_chart

Range = tuple[int, int]

REGIONS: dict[str, tuple[Range, Range]] = {
    "world": ((-135, 160), (-45, 72)),
    "europe": ((-12, 62), (33, 66)),
    "asia": ((25, 148), (-12, 65)),
    "africa": ((-22, 58), (-37, 38)),
    "americas": ((-130, -30), (-45, 58)),
}
"""What the map can show: degrees east and degrees north."""

SIZE, SIZE_OF_WORLD = 11, 8


def world_map(partners: pd.DataFrame, region: str, ink: Ink, year: int | None = None) -> Figure:
    """Draw the partners of ``queries.overview.partners``, coloured and shaped by their status.

    The custom datum of a point is its partner_id.

    Args:
        region: one of REGIONS.
        year: written large on the map, while the years play.
    """
    size = SIZE_OF_WORLD if region == "world" else SIZE
    count = partners["status"].value_counts().to_dict()
    # What is drawn last lies on top: what says more than that no end is stated, the rarer statuses,
    # and any city above its districts.
    from_below = partners.assign(
        loud=partners["status"].ne(names.QUIET),
        city=partners["kind"].ne("district"),
        count=partners["status"].map(count),
    ).sort_values(
        ["loud", "city", "count", "status_position"],
        ascending=[True, True, False, False],
        kind="stable",
    )
    traces = [moscow(ink)]
    in_legend: set[str] = set()
    for group in groups(rows(from_below), "loud", "city", "status"):
        status = group[0]["status"]
        traces.append(
            _points(group, count[status], size)
            | {"legendgroup": status, "showlegend": status not in in_legend}
        )
        in_legend.add(status)
    traces.append(names.trace(partners, REGIONS[region], ink))
    return Figure(traces, layout(region, ink, year))


def _points(partners: list[Row], count: int, size: int) -> Trace:
    """Partners of one status, of which there are ``count`` in all."""
    return points(partners, size, 0.9) | {
        "name": f"{for_chart(partners[0]['status_name'])} ({count:,})",
        "customdata": [[partner["partner_id"]] for partner in partners],
        "hovertext": [_hover(partner) for partner in partners],
        "selected": {"marker": {"opacity": 1, "size": size + 5}},
    }


def points(places: list[Row], size: int | list[int], opacity: float) -> Trace:
    """Points of one status, coloured and shaped by it, whole when they are chosen.

    Args:
        size: of all, or of each.
    """
    style = STATUS[places[0]["status"]]
    return {
        "type": "scattergeo",
        "lon": [place["longitude"] for place in places],
        "lat": [place["latitude"] for place in places],
        "mode": "markers",
        "legendrank": places[0]["status_position"],
        "marker": {
            "symbol": style.symbol,
            "size": size,
            "color": style.colour,
            "opacity": opacity,
            # Dark on dark too: many light outlines would melt into one.
            "line": {"width": 1, "color": style.colour if style.fill else LIGHT.mark},
        },
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": opacity}},
    }


def layout(region: str, ink: Ink, year: int | None) -> dict[str, Any]:
    """A part of the world with its coastlines, the key of the marks below it."""
    longitudes, latitudes = REGIONS[region]
    return {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        # Else a finger that means to scroll the page would move the map: what is of charts in three
        # dimensions does nothing to it, and Streamlit puts its own in the place of nothing.
        "dragmode": "orbit",
        "hoverlabel": {"align": "left"},
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": -0.04,
            "yanchor": "top",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "annotations": [] if year is None else [_year(year, ink)],
        "geo": {
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
    }


def _year(year: int, ink: Ink) -> dict[str, Any]:
    """The year, large, in the corner of the map with the fewest partners."""
    return {
        "text": f"<b>{year}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": 0.02,
        "y": 0.04,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 56, "color": ink.coast},
    }


def moscow(ink: Ink) -> Trace:
    """Moscow itself: a star with its name, which stands for no partner and leads nowhere."""
    longitude, latitude = names.MOSCOW
    return {
        "type": "scattergeo",
        "lon": [longitude],
        "lat": [latitude],
        "mode": "markers+text",
        "text": ["Moscow"],
        "textposition": "top right",
        "textfont": {"size": 11, "color": ink.mark},
        "marker": {"symbol": "star", "size": 10, "color": ink.mark},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _hover(partner: Row) -> str:
    lapsed = ", lapsed" if partner["lapsed"] else ""
    return (
        f"<b>{for_chart(partner['partner'])}</b><br>{for_chart(partner['country'])}<br>"
        f"{for_chart(partner['status_name'])}{lapsed}"
    )
