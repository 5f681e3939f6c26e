"""Which areas grew: what began in a span of years against as many years before it."""

import pandas as pd

from register.words import counted, joined, lower_first, span

Years = tuple[int, int]
"""The first and the last year of a span."""


def before(years: Years) -> Years:
    """The span of as many years that ends where this one begins."""
    first, last = years
    return first - (last - first + 1), first - 1


def growth(begun: pd.DataFrame, years: Years) -> pd.DataFrame:
    """The rows of ``queries.areas.begun`` by area: in those years, before, and how many more.

    Columns: area_id, area, before, since, change, total (of all years); what grew most comes first,
    of equals what began more often in those years.
    """

    def within(span: Years) -> pd.Series:
        return begun["agreements"].where(begun["year"].between(*span), 0)

    numbers = begun.assign(before=within(before(years)), since=within(years))
    columns = {"before": "before", "since": "since", "agreements": "total"}
    areas = numbers.groupby(["area_id", "area"], as_index=False)[list(columns)].sum()
    areas = areas.rename(columns=columns).assign(change=areas["since"] - areas["before"])
    return areas[["area_id", "area", "before", "since", "change", "total"]].sort_values(
        ["change", "since", "area"], ascending=[False, False, True], ignore_index=True
    )


def finding(areas: pd.DataFrame, years: Years) -> str:
    """Which area grew most, in a sentence: ``Transport grew most: ...``; of ``growth``."""
    earlier, later = span(*before(years)), span(*years)
    most = areas[(areas["change"] == areas["change"].max()) & (areas["change"] > 0)]
    if most.empty:
        return f"No area was named by more of the agreements begun in {later} than in {earlier}."
    first = most.iloc[0]
    if len(most) == 1:
        return (
            f"{first['area']} grew most: {counted(int(first['since']), 'agreement')} begun in "
            f"{later}, {first['before']:,} in {earlier}."
        )
    names = joined([str(most["area"].iloc[0]), *map(lower_first, most["area"].iloc[1:])])
    more = counted(int(first["change"]), "agreement")
    return f"{names} grew most: each by {more} begun in {later}, compared with {earlier}."


def summary(areas: pd.DataFrame, years: Years) -> str:
    """The finding, and how many areas were named more often than before, less often or neither."""
    change = areas["change"]
    return (
        f"{finding(areas, years)} Of {counted(len(areas), 'area')}, {(change > 0).sum():,} "
        f"{'was' if (change > 0).sum() == 1 else 'were'} named by more agreements than before, "
        f"{(change < 0).sum():,} by fewer, {(change == 0).sum():,} by as many."
    )
