"""Heatmaps of areas: by partner, and for one partner by year."""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.figure import Figure
from dashboard.charts.heatmap import NUMBER, Measure, heatmap
from dashboard.charts.likeness import chain
from dashboard.charts.style import Ink
from register.frames import Row
from register.queries.outline import NO_YEAR
from register.words import counted

NAMED = {6: 1, 12: 2}
"""Up to so many years each one, or every second one, has its name; of more every fifth has."""


def _percent(row: Row) -> int:
    return round(100 * int(row["agreements"]) / int(row["of_partner"]))


SHARE = Measure(
    _percent,
    # Six colours: up to a sixth of them, up to two sixths, ...
    lambda row: -(-6 * int(row["agreements"]) // int(row["of_partner"])),
    lambda row: (
        f"{row['agreements']:,} of {counted(row['of_partner'], 'agreement')} ({_percent(row)} %)"
    ),
)
"""How many of each hundred of a partner's agreements name the area."""

MEASURES = {"number": ("Number", NUMBER), "share": ("% of the partner's agreements", SHARE)}
"""What the cells can show, and what a reader sees of it."""


def area_heatmap(
    counts: pd.DataFrame,
    partners: Sequence[str],
    areas: Sequence[str],
    ink: Ink,
    measure: Measure = NUMBER,
) -> Figure:
    """Draw ``areas.area_counts`` with rows and columns in the given order of names; no others.

    The custom data of a cell are its partner_id and area_id.
    """
    places = {area: place for place, area in enumerate(areas)}
    drawn = counts[counts["partner"].isin(partners) & counts["area"].isin(places)]
    return heatmap(
        drawn,
        ("partner", partners),
        ("area", places),
        ink,
        data=["partner_id", "area_id"],
        measure=measure,
    )


def areas_by_year(counts: pd.DataFrame, ink: Ink) -> Figure:
    """Draw how many agreements that begin in a year name an area.

    Each year from the first to the last has a column; what has no date stands apart at the end.

    Args:
        counts: a row a cell: area_id, area, year (text, NO_YEAR for agreements without a date),
            agreements.

    The custom datum of a cell is its area_id.
    """
    dated = counts.loc[counts["year"] != NO_YEAR, "year"].astype(int)
    years = range(dated.min(), dated.max() + 1) if len(dated) else range(0)
    step = next((step for most, step in NAMED.items() if len(years) <= most), 5)
    places = {str(year): place for place, year in enumerate(years)}
    named = [str(year) for year in years if year % step == 0]
    if len(dated) < len(counts):
        places[NO_YEAR] = len(years) + 1 if years else 0
        named.append(NO_YEAR)
    return heatmap(
        counts,
        ("area", sorted(counts["area"].unique())),
        ("year", places),
        ink,
        data=["area_id"],
        # Room for each year's name, or for many years on a screen.
        cell=36 if step == 1 else 24,
        tilted=False,
        named=named,
    )


def by_likeness(counts: pd.DataFrame) -> list[str]:
    """The partners of ``queries.area_counts``, from the first on to what is most like the last."""
    numbers = counts.pivot_table("agreements", "partner_id", "area", aggfunc="sum", fill_value=0)
    return chain(numbers.loc[counts["partner_id"].unique()])
