"""The sections of the Areas page: who cooperates in what, and what began when."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from dashboard import beside, controls, room, store, tables, view
from dashboard import elements as st
from dashboard.charts import growth as growth_charts
from dashboard.charts.areas import MEASURES, ORDERS, area_heatmap, order
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

COMPARED = 10
"""How many years are compared with as many before them, unless others are chosen."""

# The columns of the CSV snapshots.
CELL_COLUMNS = [
    *("as_of", "statuses", "partner_id", "partner", "country", "area_id", "area"),
    *("agreements", "of_partner"),
]
GROWTH_COLUMNS = [
    *("as_of", "area_id", "area", "before_from", "before_to", "before"),
    *("since_from", "since_to", "since", "change", "total"),
]

_NAMES = '<div class="names" aria-hidden="true"></div>'


def by_partner(filters: Filters) -> None:
    """How many agreements of each partner name each area."""
    statuses, measure, by = _choices()
    counts = store.ask(area_queries.area_counts, filters, statuses)
    if counts.empty:
        st.info(
            "No source names an area of these agreements. Choose another count or other filters.",
            icon=":material/grid_off:",
        )
        return
    # A row of the chart is a partner, not a name.
    names = words.told_apart(dict(zip(counts["partner_id"], counts["partner"], strict=True)))
    counts = counts.assign(
        partner=counts["partner_id"].map(names), shown=list(map(measure.number, rows(counts)))
    )
    partners, areas = order(counts, by)
    summary = summaries.areas(counts)
    st.caption(summary)
    if len(filters.area) > 1:
        asked = [store.ask(register.options).area[area_id] for area_id in filters.area]
        st.markdown(summaries.in_common(counts, asked))
    on_page = partners[controls.partners(partners)]
    draw = partial(area_heatmap, partners=on_page, areas=areas, ink=view.ink(), measure=measure)
    cell = _heatmap(draw, counts, summary)
    _choose(counts, cell, filters, statuses)
    st.header("The same as a table", anchor=False)
    _cells_table(counts, partners, areas, summary)
    view.download(
        counts.assign(as_of=filters.as_of, statuses="; ".join(statuses) or "any")[CELL_COLUMNS],
        filters,
        "areas",
    )


def _choices() -> tuple[tuple[str, ...], Measure, str]:
    """The statuses to count (none: all), what the cells show, the order of the partners."""
    with st.container(horizontal=True):
        scopes = {name: title for name, (title, _) in SCOPES.items()}
        scope = controls.choice("Count agreements", "scope", scopes)
        measures = {name: title for name, (title, _) in MEASURES.items()}
        measure = controls.choice("Show", "measure", measures)
        by = controls.choice("Order partners by", "order", ORDERS)
    return SCOPES[scope][1], MEASURES[measure][1], by


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


def _cells_table(counts: pd.DataFrame, partners: list[str], areas: list[str], summary: str) -> None:
    table = counts.pivot_table("shown", ["partner", "country"], "area", fill_value=0, aggfunc="sum")
    tables.show(
        table.loc[partners, areas].reset_index(),
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
    view.chart(
        partial(
            growth_charts.small_multiples,
            areas=growth_charts.order(areas, by),
            years=years,
            ink=view.ink(),
            room=room.known(),
        ),
        begun,
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
        height="content",
    )


def _snapshot(areas: pd.DataFrame, years: Years, filters: Filters) -> pd.DataFrame:
    spans = {"before": growth.before(years), "since": years}
    limits = {
        f"{name}_{end}": year
        for name, span in spans.items()
        for end, year in zip(("from", "to"), span, strict=True)
    }
    return areas.assign(as_of=filters.as_of, **limits)[GROWTH_COLUMNS]
