"""Areas: how many agreements of each partner name each area of cooperation."""

import streamlit as st

from dashboard import record_view, sidebar, store, summaries, view, words
from dashboard.charts.areas import area_heatmap, order
from dashboard.frames import groups, rows
from dashboard.queries import areas as area_queries
from dashboard.queries import selected

SCOPES = {
    "In force": ("active", "expiring"),
    "In force or no end stated": ("active", "expiring", "no_end_stated"),
    "Of any status": (),
}

filters = sidebar.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Areas of cooperation", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

with st.container(horizontal=True):
    scope = st.segmented_control(
        "Count agreements", list(SCOPES), default="Of any status", required=True, key="areas_scope"
    )
    by = st.segmented_control(
        "Order partners by",
        ["Total", "Name", "Country"],
        default="Total",
        required=True,
        key="areas_order",
    )
counts = store.ask(area_queries.area_counts, filters, SCOPES[scope])
if counts.empty:
    st.info(
        "No source names an area of these agreements. Choose another count or other filters.",
        icon=":material/grid_off:",
    )
    st.stop()

partners, areas = order(counts, by)
st.caption(summaries.areas(counts))
with view.wide("areas_heatmap"):
    clicked = st.plotly_chart(
        area_heatmap(counts, partners, areas),
        key="areas_chart",
        on_select="rerun",
        selection_mode="points",
        config=view.CHART_CONFIG,
        alt=summaries.areas(counts),
    )
st.caption(
    "An empty cell means that no source names the area, not that there is no cooperation in it. "
    "Choose a cell to see the agreements with the sources' own words."
)
cell = view.chosen_datum(clicked)
with st.container(horizontal=True):
    named = dict(zip(counts["partner_id"], counts["partner"], strict=True))
    partner_id = view.select("Partner", named, cell[0] if cell else None, "areas_partner")
    of_partner = counts[counts["partner_id"] == partner_id]
    area_id = view.select(
        "Area",
        dict(zip(of_partner["area_id"], of_partner["area"], strict=True)),
        cell[1] if cell else None,
        "areas_area",
    )
if partner_id and area_id:
    labels = store.ask(area_queries.area_labels, filters, SCOPES[scope], partner_id, area_id)
    area = of_partner.set_index("area_id")["area"][area_id]
    st.subheader(f"{named[partner_id]}: {area}", anchor=False)
    for wordings in groups(rows(labels), "agreement_id"):
        first = wordings[0]
        st.markdown(f"**{words.plain(first['title'])}** ({first['status_name'].lower()})")
        record_view.labels(wordings)

st.header("The same as a table", anchor=False)
table = counts.pivot_table(
    index=["partner", "country"], columns="area", values="agreements", fill_value=0, aggfunc="sum"
)
table = table.loc[partners, areas].reset_index()
st.dataframe(
    table,
    hide_index=True,
    column_config={
        "partner": st.column_config.TextColumn("Partner", pinned=True),
        "country": "Country",
    },
    alt=summaries.areas(counts),
)
view.download(
    counts.assign(as_of=filters.as_of, statuses="; ".join(SCOPES[scope]) or "any")[
        ["as_of", "statuses", "partner_id", "partner", "country", "area_id", "area", "agreements"]
    ],
    filters,
    "areas",
)
