"""Areas: how many agreements of each partner name each area of cooperation."""

from dashboard import address, controls, store, view
from dashboard import elements as st
from dashboard.charts.areas import ORDERS, area_heatmap, order
from dashboard.sections import record as record_parts
from register import summaries
from register.queries import areas as area_queries
from register.queries import register, selected

SCOPES = {
    "any": ("Of any status", ()),
    "in_force": ("In force", ("active", "expiring")),
    "in_force_or_open": ("In force or no end stated", ("active", "expiring", "no_end_stated")),
}

filters = address.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Areas of cooperation", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

with st.container(horizontal=True):
    titles = {name: title for name, (title, _) in SCOPES.items()}
    _, statuses = SCOPES[controls.choice("Count agreements", "scope", titles)]
    by = controls.choice("Order partners by", "order", ORDERS)
counts = store.ask(area_queries.area_counts, filters, statuses)
if counts.empty:
    st.info(
        "No source names an area of these agreements. Choose another count or other filters.",
        icon=":material/grid_off:",
    )
    st.stop()

partners, areas = order(counts, by)
st.caption(summaries.areas(counts))
if len(filters.area) > 1:
    asked = [store.ask(register.options).area[area_id] for area_id in filters.area]
    st.markdown(summaries.in_common(counts, asked))
on_page = partners[controls.partners(partners)]
cell = view.chart(
    lambda shown: area_heatmap(shown, on_page, areas, view.ink()),
    counts,
    summaries.areas(counts),
    "areas_chart",
)
st.caption(
    "An empty cell means that no source names the area, not that there is no cooperation in it. "
    "Choose a cell to see the agreements with the sources' own words. Where the screen is "
    "narrower than the chart, it scrolls sideways; the table below keeps the partner in place."
)
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
    labels = store.ask(area_queries.area_labels, filters, statuses, partner_id, area_id)
    area = of_partner.set_index("area_id")["area"][area_id]
    view.drawer(
        f"{named[partner_id]}: {area}",
        lambda: record_parts.named_by(labels),
        "areas_chart",
        "areas_partner",
        "areas_area",
    )

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
    counts.assign(as_of=filters.as_of, statuses="; ".join(statuses) or "any")[
        ["as_of", "statuses", "partner_id", "partner", "country", "area_id", "area", "agreements"]
    ],
    filters,
    "areas",
)
