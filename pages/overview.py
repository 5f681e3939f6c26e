"""Overview: what the register holds on the as-of day, and the ways on from there."""

from dashboard import address, controls, day, routes, store, view
from dashboard import elements as st
from dashboard.charts.world import REGIONS, world_map
from dashboard.sections import overview as overview_parts
from register import summaries, texts, words
from register.filters import IN_FORCE
from register.queries import overview, register, selected

# How many rows each short list has.
FIRST = 5

filters = address.current()
agreements = store.ask(selected.agreements, filters)
partners = store.ask(overview.partners, filters)

st.html(overview_parts.STYLE)
st.title("Moscow's partnerships with cities abroad", anchor=False)
st.markdown(
    "A register of the agreements between the city of Moscow and cities, regions and districts "
    "abroad, in which every fact names its source and no date claims more than its source does."
)
view.shown(agreements, filters)
with st.container(horizontal=True, vertical_alignment="center"):
    day.steps(filters.as_of, "overview")
    day.player(filters)
    with st.popover("How to read this", icon=":material/help:"):
        st.markdown(texts.HOW_TO_READ.format(horizon=words.counted(filters.horizon, "day")))
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

with st.grid(7, min_column_width=100, border=True, key="figures"):
    countries = partners["country_code"].nunique()
    soon = words.counted(filters.horizon, "day")
    overview_parts.figure("Partners", len(partners), "Show the partners", "#partners")
    overview_parts.figure("Countries", countries, "Show them by country", "#partners")
    for name, status, label in (
        ("In force", IN_FORCE, "Show these agreements"),
        ("Expiring", "expiring", f"Show those within {soon}"),
        ("No end stated", "no_end_stated", "Show these agreements"),
        ("Terminated", "terminated", "Show these agreements"),
    ):
        which = agreements["in_force"] if status == IN_FORCE else agreements["status"] == status
        chosen = list(agreements["status"][which].unique()) if filters.status else status
        overview_parts.figure(name, int(which.sum()), label, "validity", status=chosen)
    overview_parts.figure(
        "Lapsed partners",
        int(partners["lapsed"].sum()),
        "Show when and what ran out",
        "validity",
        section="lapsed",
    )

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.header("Partners by status", anchor=False, width="content")
    region = controls.choice(
        "Part of the world",
        "map",
        {name: name.capitalize() for name in REGIONS},
        label_visibility="collapsed",
        width="content",
    )
summary = summaries.world_map(partners, filters)
with st.container(height=500, border=False, key="map"):
    clicked = view.chart(
        lambda shown: world_map(shown, region, view.ink()),
        partners,
        summary,
        "overview_map",
        view.MAP_CONFIG,
        height="stretch",
    )
st.caption(
    f"{summary} A partner has the first status, in the order of the legend, that any of its "
    "agreements has, also of those that the filters leave out. Choose a point to see the partner. "
    "The map takes no position on borders."
)
overview_parts.choose_partner(partners, clicked, "overview_map")

with st.grid(3, min_column_width=280, gap="medium", key="lists"):
    ending = agreements[agreements["in_force"]].sort_values(["ends_on", "partner"]).head(FIRST)
    overview_parts.agreements(
        "What runs out next",
        ending,
        words.end_ahead,
        "No agreement shown is in a window with a stated end.",
    )
    signed = agreements.dropna(subset="signed_from")
    signed = signed.sort_values(["signed_from", "partner"], ascending=[False, True]).head(FIRST)
    overview_parts.agreements(
        "What was signed or reported last",
        signed,
        words.dated,
        "No signing of an agreement shown is known.",
    )
    overview_parts.disagreements(
        "Where sources disagree",
        store.ask(overview.disagreements, filters).head(FIRST),
        "Sources agree on every field of the agreements shown.",
    )

st.header("Partners", anchor="partners")
st.caption(f"{summaries.partners_in_countries(partners)}.")
overview_parts.partners_table(partners, filters)

st.header("Go on", anchor=False)
for name in ("timeline", "areas", "validity"):
    st.page_link(routes.page(name), label=routes.about(name), query_params=address.link())
newest = words.date_in_words(store.ask(register.newest_source))
st.caption(
    f"Register version {store.ask(register.version)}. Its newest source is of {newest}: what "
    "happened since is not in it."
)
