"""Heatmaps of areas: by partner, and for one partner by year."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.heatmap import heatmap

NO_YEAR = "no date"


def area_heatmap(counts: pd.DataFrame, partners: Sequence[str], areas: Sequence[str]) -> go.Figure:
    """Draw ``areas.area_counts`` with rows and columns in the given order of names.

    The custom data of a cell are its partner_id and area_id.
    """
    return heatmap(
        counts, ("partner", partners), ("area", areas), data=["partner_id", "area_id"], header=150
    )


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
    return heatmap(counts, ("area", areas), ("year", years), data=["area_id"], header=50)


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
