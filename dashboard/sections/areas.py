"""The sections of the Areas page: who cooperates in what, and what began when."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from dashboard import beside, controls, room, store, tables, view
from dashboard import elements as st
from dashboard.charts import growth as growth_charts
from dashboard.charts.areas import MEASURES, area_heatmap, by_likeness
from dashboard.charts.faults import Draw
from dashboard.charts.heatmap import Measure
from dashboard.sections import record as record_parts
from register import growth, summaries, words
from register.filters import Filters
from register.frames import rows
from register.growth import Years
from register.queries import areas as area_queries
from register.queries import register

SCOPES = {
    "any": ("Of any status", ()),
    "in_force": ("In force", ("active", "expiring")),
    "in_force_or_open": ("In force or no end stated", ("active", "expiring", "no_end_stated")),
}

LIKENESS = "likeness"
ORDERS = {"total": "Total", LIKENESS: "Likeness", "name": "Name", "country": "Country"}
"""How the partners can be ordered: most agreements first, those with similar areas beside one
another, or by what is written."""

AREAS = 40
"""So many areas are drawn in one chart: nobody reads across more."""

NAMED = 100
"""Of so many partners that have all areas of the filter the names are listed."""

COMPARED = 10
"""How many years are compared with as many before them, unless others are chosen."""

# The columns of the CSV snapshot.
GROWTH_COLUMNS = [
    *("as_of", "area_id", "area", "before_from", "before_to", "before"),
    *("since_from", "since_to", "since", "change", "total"),
]

_ONE_BY_ONE = "the filter “Area of cooperation” shows any"
_NAMES = '<div class="names" aria-hidden="true"></div>'


def by_partner(filters: Filters) -> None:
    """How many agreements of each partner name each area."""
    statuses, measure, by, totals = _choices(filters)
    if totals.empty:
        st.info(
            "No source names an area of these agreements. Choose another count or other filters.",
            icon=":material/grid_off:",
        )
        return
    number, areas = int(totals["of_partners"].iloc[0]), list(totals["area"][:AREAS])
    summary = summaries.areas(totals, number)
    st.caption(summary)
    left_out(len(totals), "that most agreements name", f"download has all, and {_ONE_BY_ONE}")
    if len(filters.area) > 1:
        having, all_having = store.ask(area_queries.in_common, filters, statuses, NAMED)
        asked = [store.ask(register.options).area[area_id] for area_id in filters.area]
        st.markdown(summaries.in_common(having, all_having, number, asked))
    counts, on_page = _counts(filters, statuses, by, number)
    names = list(on_page["partner"].unique())
    draw = partial(area_heatmap, partners=names, areas=areas, ink=view.ink(), measure=measure)
    cell = _heatmap(draw, on_page, summary)
    _choose(counts, cell, filters, statuses)
    with tables.same("areas_table") as opened:
        if opened:
            _cells_table(counts, measure, areas, summary)
    if len(counts) == len(on_page) and number > tables.WHOLE:
        st.caption(f"The partners on this page of the chart; the download has all {number:,}.")
    snapshot = store.later(area_queries.csv, filters, statuses)
    view.download_later(snapshot, int(totals["partners"].sum()), filters, "areas")


def left_out(areas: int, which: str, others: str) -> None:
    """That not all of so many areas are drawn, where it is so.

    Args:
        which: what those that are drawn have before the others.
        others: where the others are.
    """
    if areas > AREAS:
        st.caption(f"Of {areas:,} areas the {AREAS} {which} are drawn; the {others}.")


def _choices(filters: Filters) -> tuple[tuple[str, ...], Measure, str, pd.DataFrame]:
    """The statuses to count (none: all), what the cells show, the partners' order, the totals."""
    with st.container(horizontal=True):
        scopes = {name: title for name, (title, _) in SCOPES.items()}
        statuses = SCOPES[controls.choice("Count agreements", "scope", scopes)][1]
        measures = {name: title for name, (title, _) in MEASURES.items()}
        measure = controls.choice("Show", "measure", measures)
        totals = store.ask(area_queries.totals, filters, statuses)
        # Who is like whom is found among all pairs of partners.
        few = totals.empty or totals["of_partners"].iloc[0] <= tables.WHOLE
        orders = {name: title for name, title in ORDERS.items() if few or name != LIKENESS}
        by = controls.choice("Order partners by", "order", orders)
    return statuses, MEASURES[measure][1], by, totals


def _counts(
    filters: Filters, statuses: tuple[str, ...], by: str, number: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cells of as many partners as a table has, and those of the page that is chosen."""

    def found(page: slice) -> pd.DataFrame:
        order = "total" if by == LIKENESS else by
        place = (page.start, page.stop - page.start)
        return store.ask(area_queries.area_counts, filters, statuses, order, *place)

    if number > tables.WHOLE:
        on_page = controls.partners(number, found)
        return on_page, on_page
    counts = found(slice(0, tables.WHOLE))
    if by == LIKENESS:
        counts = counts.set_index("partner_id").loc[by_likeness(counts)].reset_index()
    ids = counts["partner_id"].unique()
    return counts, controls.partners(
        number, lambda page: counts[counts["partner_id"].isin(ids[page])]
    )


def _heatmap(draw: Draw, counts: pd.DataFrame, summary: str) -> Sequence[str]:
    """The heatmap, its columns' names in sight; the partner and area of the cell that is chosen."""
    with st.container(key="areas_heatmap", gap=None):
        st.script("names.js", _NAMES)
        cell = view.chart(draw, counts, summary, "areas_chart")
    st.caption(
        "An empty cell means that no source names the area, not that there is no cooperation in "
        "it. Choose a cell to see the agreements with the sources' own words. Where the screen is "
        "narrower than the chart, it scrolls sideways; the table below keeps the partner in place."
    )
    return cell


def _choose(
    counts: pd.DataFrame, cell: Sequence[str], filters: Filters, statuses: tuple[str, ...]
) -> None:
    """A cell's agreements with the sources' words: that of a click, or of two lists."""
    with st.container(horizontal=True):
        named = dict(zip(counts["partner_id"], counts["partner"], strict=True))
        partner_id = view.select("Partner", named, cell[0] if cell else None, "areas_partner")
        of_partner = counts[counts["partner_id"] == partner_id]
        area_names = dict(zip(of_partner["area_id"], of_partner["area"], strict=True))
        area_id = view.select("Area", area_names, cell[1] if cell else None, "areas_area")
    if partner_id and area_id:
        labels = store.ask(area_queries.area_labels, filters, statuses, partner_id, area_id)
        beside.drawer(
            f"{named[partner_id]}: {area_names[area_id]}",
            lambda: record_parts.named_by(labels),
            "areas_chart",
            "areas_partner",
            "areas_area",
        )


def _cells_table(counts: pd.DataFrame, measure: Measure, areas: list[str], summary: str) -> None:
    cells: dict[str, dict[str, Any]] = {}
    for row in rows(counts):
        of_partner = {"partner": row["partner"], "country": row["country"]}
        cells.setdefault(row["partner"], of_partner | dict.fromkeys(areas, 0))
        if row["area"] in areas:
            cells[row["partner"]][row["area"]] += measure.number(row)
    tables.show(
        pd.DataFrame(cells.values()),
        summary,
        {
            "partner": st.column_config.TextColumn("Partner", pinned=True),
            "country": "Country",
        },
    )


def over_time(filters: Filters) -> None:
    """When the agreements on each area began, and which areas grew."""
    begun = store.ask(area_queries.begun, filters)
    if begun.empty:
        st.info(
            "No source names an area of these agreements, or none of them has a date. "
            "Choose other filters.",
            icon=":material/grid_off:",
        )
        return
    years = _years(begun, filters)
    areas = growth.growth(begun, years)
    by = controls.choice("Order areas by", "order", growth_charts.ORDERS)
    summary = growth.summary(areas, years)
    st.caption(summary)
    left_out(len(areas), "that come first in this order", "table has all")
    first = growth_charts.order(areas, by)[:AREAS]
    view.chart(
        partial(
            growth_charts.small_multiples,
            areas=first,
            years=years,
            ink=view.ink(),
            room=room.known(),
        ),
        begun[begun["area_id"].isin(first["area_id"])],
        summary,
        title=growth.finding(areas, years),
    )
    room.watch()
    st.caption(
        "An agreement counts in the year in which its period begins, and in each area that its "
        "sources name; what is only announced counts in the year for which it is planned. What "
        "has no date is left out. All areas have the same scale."
    )
    st.header("The same as a table", anchor=False)
    _growth_table(areas, years, summary)
    view.download(_snapshot(areas, years, filters), filters, "areas-over-time")


def _years(begun: pd.DataFrame, filters: Filters) -> Years:
    """The years to compare with those before them; they are in the address."""
    today = filters.as_of.year
    low, high = min(int(begun["year"].min()), today), max(int(begun["year"].max()), today)
    usual = (max(today - COMPARED + 1, low), today)
    return controls.years("Begun in the years, against as many before", "years", low, high, usual)


def _growth_table(areas: pd.DataFrame, years: Years, summary: str) -> None:
    earlier, later = (f"Begun {words.span(*span)}" for span in (growth.before(years), years))
    tables.show(
        pd.DataFrame(
            {
                "Area": areas["area"],
                earlier: areas["before"],
                later: areas["since"],
                "Change": areas["change"],
                "All years": areas["total"],
            }
        ),
        summary,
        {
            "Area": st.column_config.TextColumn(pinned=True),
            "Change": st.column_config.NumberColumn(format="%+d"),
        },
        height="content" if len(areas) <= AREAS else "auto",
    )


def _snapshot(areas: pd.DataFrame, years: Years, filters: Filters) -> pd.DataFrame:
    spans = {"before": growth.before(years), "since": years}
    limits = {
        f"{name}_{end}": year
        for name, span in spans.items()
        for end, year in zip(("from", "to"), span, strict=True)
    }
    return areas.assign(as_of=filters.as_of, **limits)[GROWTH_COLUMNS]
