"""Overview: what the register holds on the as-of day, and the ways on from there."""

import streamlit as st

from dashboard import day, overview_view, routes, sidebar, store, summaries, view, words
from dashboard.charts.world import REGIONS, world_map
from dashboard.queries import overview, register, selected

# How many rows each short list has.
FIRST = 5

filters = sidebar.current()
agreements = store.ask(selected.agreements, filters)
partners = store.ask(overview.partners, filters)

st.html(overview_view.STYLE)
st.title("Moscow's partnerships with cities abroad", anchor=False)
st.markdown(
    "A register of the agreements between the city of Moscow and cities, regions and districts "
    "abroad, in which every fact names its source and no date claims more than its source does."
)
st.markdown(f"**{summaries.shown(agreements, filters)}**")
with st.container(horizontal=True, vertical_alignment="center", key="day"):
    st.markdown(f"As of **{words.day_in_words(filters.as_of)}**", width="content")
    day.steps(filters.as_of, "overview")
    day.player(filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

with st.grid(7, min_column_width=120, border=True, key="figures"):
    countries = partners["country_code"].nunique()
    soon = words.counted(filters.horizon, "day")
    overview_view.figure("Partners", len(partners), "Show the partners", "#partners")
    overview_view.figure("Countries", countries, "Show them by country", "#partners")
    for name, statuses, label in (
        ("In force", ("active", "expiring"), "Show these agreements"),
        ("Expiring", ("expiring",), f"Show those within {soon}"),
        ("No end stated", ("no_end_stated",), "Show these agreements"),
        ("Ended by an event", ("terminated",), "Show these agreements"),
    ):
        number = int(agreements["status"].isin(statuses).sum())
        chosen = [status for status in statuses if status in (filters.status or statuses)]
        overview_view.figure(name, number, label, "validity", status=chosen)
    lapsed = int(partners["lapsed"].sum())
    overview_view.figure("Lapsed partners", lapsed, "Show when and what ran out", "validity")

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.header("Partners by status", anchor=False, width="content")
    region = st.segmented_control(
        "Part of the world",
        list(REGIONS),
        default="World",
        required=True,
        key="overview_region",
        label_visibility="collapsed",
        width="content",
    )
summary = summaries.world_map(partners, filters)
with st.container(height=500, border=False, key="map"):
    clicked = st.plotly_chart(
        world_map(partners, region, view.ink()),
        height="stretch",
        key="overview_map",
        on_select="rerun",
        selection_mode="points",
        config=view.MAP_CONFIG,
        alt=summary,
    )
st.caption(
    f"{summary} A partner has the first status, in the order of the legend, that any of its "
    "agreements has. Choose a point to see the partner. The map takes no position on borders."
)
overview_view.chosen_partner(partners, next(iter(view.chosen_datum(clicked)), None))

with st.grid(3, min_column_width=280, gap="medium", key="lists"):
    ending = agreements[agreements["in_force"]].sort_values(["ends_on", "partner"]).head(FIRST)
    overview_view.agreements(
        "What runs out next",
        ending,
        words.end_ahead,
        "No agreement shown is in a window with a stated end.",
    )
    signed = agreements.dropna(subset="signed_from")
    signed = signed.sort_values(["signed_from", "partner"], ascending=[False, True]).head(FIRST)
    overview_view.agreements(
        "What was signed last",
        signed,
        words.dated,
        "No agreement shown has a known signing.",
    )
    overview_view.disagreements(
        "Where sources disagree",
        store.ask(overview.disagreements, filters).head(FIRST),
        "Sources agree on every field of the agreements shown.",
    )

st.header("Partners", anchor="partners")
st.caption(f"{summaries.partners_in_countries(partners)}.")
overview_view.partners_table(partners, filters)

st.header("Go on", anchor=False)
for name in ("timeline", "areas", "validity"):
    st.page_link(routes.page(name), label=routes.about(name), query_params=sidebar.link())
st.caption(f"Register version {store.ask(register.version)}.")
