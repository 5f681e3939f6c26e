"""Overview: the state of things in a sentence, a bar, the years and a map, and the ways on."""

from dashboard import address, room, routes, store, view
from dashboard import elements as st
from dashboard.sections import headline as headline_parts
from dashboard.sections import overview as overview_parts
from dashboard.sections import overview_charts as charts
from register import summaries, texts, words
from register.frames import rows
from register.queries import happenings, overview, places, register, selected, validity

# How many rows each short list has.
FIRST = 5

filters = address.current()
statuses = rows(store.ask(selected.status_counts, filters))
partners = store.ask(places.places, filters)

st.html(overview_parts.STYLE)
headline_parts.sentence(statuses, filters)
headline_parts.beneath(partners, filters)
if not statuses:
    charts.days(filters)
    view.nothing_found(filters)
    st.stop()

headline_parts.parts(statuses)
with st.grid(2, min_column_width=460, gap="medium", key="charts"):
    with st.container(gap="xsmall"):
        charts.rise_and_fall(filters)
    with st.container(gap="xsmall"):
        charts.partners_on_map(partners, filters)
room.watch()

with st.grid(3, min_column_width=280, gap="medium", key="lists"):
    overview_parts.agreements(
        "What runs out next",
        store.ask(validity.next_ends, filters, FIRST),
        words.end_ahead,
        "No agreement shown is in a period with a stated end.",
    )
    newest, _ = store.ask(happenings.happenings, filters, 0, FIRST)
    overview_parts.happened("What happened last", newest)
    overview_parts.disagreements(
        "Where sources disagree",
        store.ask(overview.disagreements, filters, FIRST),
        "Sources agree on every field of the agreements shown.",
    )

st.header("Partners", anchor="partners")
st.caption(f"{summaries.partners_in_countries(partners)}.")
overview_parts.lapsed(partners.lapsed)
overview_parts.partners_table(partners.partners, filters)

st.header("Go on", anchor=False)
st.markdown(
    "A register of the agreements between the city of Moscow and cities, regions and districts "
    "abroad, in which every fact names its source and no date claims more than its source does."
)
with st.popover("How to read this", icon=":material/help:"):
    st.markdown(texts.HOW_TO_READ.format(horizon=words.counted(filters.horizon, "day")))
for name in ("timeline", "areas", "validity", "events", routes.FORM):
    st.page_link(routes.page(name), label=routes.about(name), query_params=address.link())
st.caption(texts.version_about(store.ask(register.version), store.ask(register.newest_source)))
