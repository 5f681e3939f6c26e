"""The map of the partners: coastlines only, so that the register takes no position on borders."""

from typing import Any

import pandas as pd

from dashboard.charts import legend, names
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.style import STATUS, Ink
from register.frames import Row, rows
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

HEIGHT, HEIGHT_ON_A_PHONE = 376, 304
"""Pixels of the map. Had it the height of its place on the page, it would be drawn twice each time:
before Streamlit has measured that, and after."""


def world_map(
    partners: pd.DataFrame,
    region: str,
    ink: Ink,
    year: int | None = None,
    height: int = HEIGHT,
) -> Figure:
    """Draw the partners of ``queries.overview.partners``, coloured and shaped by their status.

    The custom datum of a point is its partner_id.

    Args:
        region: one of REGIONS.
        year: written large on the map, while the years play.
        height: in pixels.
    """
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
    drawn = rows(from_below)
    traces = [
        moscow(ink),
        _points(drawn, SIZE_OF_WORLD if region == "world" else SIZE),
        names.trace(partners, REGIONS[region], ink),
    ]
    meant = {status: f"{name} ({count[status]:,})" for status, name in statuses(drawn).items()}
    return Figure(traces, layout(region, ink, year, height), legend.of_statuses(meant, ink))


def _points(partners: list[Row], size: int) -> Trace:
    """The partners, the first of them below the others."""
    return points(partners, size, 0.9) | {
        "customdata": [[partner["partner_id"]] for partner in partners],
        "hovertext": [_hover(partner) for partner in partners],
        "selected": {"marker": {"opacity": 1, "size": size + 5}},
    }


def statuses(places: list[Row]) -> dict[str, str]:
    """The statuses that the places have, in their order, with their names."""
    ordered = sorted(places, key=lambda place: int(place["status_position"]))
    return {place["status"]: place["status_name"] for place in ordered}


def points(places: list[Row], size: int | list[int], opacity: float) -> Trace:
    """Points coloured and shaped by their status, whole when they are chosen.

    All are one trace: one a status would take a browser twice as long.

    Args:
        size: of all, or of each.
    """
    styles = [STATUS[place["status"]] for place in places]
    return {
        "type": "scattergeo",
        "lon": [place["longitude"] for place in places],
        "lat": [place["latitude"] for place in places],
        "mode": "markers",
        "marker": {
            "symbol": [style.symbol for style in styles],
            "size": size,
            "color": [style.colour for style in styles],
            "opacity": opacity,
            "line": {"width": 1, "color": [legend.outline(style) for style in styles]},
        },
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": opacity}},
    }


def layout(region: str, ink: Ink, year: int | None, height: int) -> dict[str, Any]:
    """A part of the world with its coastlines, the key of the marks below it."""
    longitudes, latitudes = REGIONS[region]
    return {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        # Else a finger that means to scroll the page would move the map: what is of charts in three
        # dimensions does nothing to it, and Streamlit puts its own in the place of nothing.
        "dragmode": "orbit",
        "hoverlabel": {"align": "left"},
        "showlegend": False,
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
    }


def _hover(partner: Row) -> str:
    lapsed = ", lapsed" if partner["lapsed"] else ""
    return (
        f"<b>{for_chart(partner['partner'])}</b><br>{for_chart(partner['country'])}<br>"
        f"{for_chart(partner['status_name'])}{lapsed}"
    )
