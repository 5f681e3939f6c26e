"""Partner: everything on one partner, or up to four partners side by side."""

from dataclasses import replace

from dashboard import (
    comparison,
    overview_view,
    partner_view,
    record_view,
    sidebar,
    store,
    summaries,
    texts,
    view,
    words,
)
from dashboard import elements as st
from dashboard.charts.lanes import dated
from dashboard.charts.timeline import timeline
from dashboard.filters import Filters
from dashboard.frames import rows
from dashboard.queries import overview, record, register, selected
from dashboard.queries import partner as partner_queries

filters = sidebar.current()
names = store.ask(register.options).city

if not filters.city:
    st.title("Partner")
    partner_view.choose(names)
    st.header("All partners", anchor=False)
    overview_view.partners_table(store.ask(overview.partners, filters), filters)
    st.stop()
if len(filters.city) > 1:
    comparison.show(filters, names)
    st.stop()

partner_id = filters.city[0]
everything = Filters(as_of=filters.as_of, horizon=filters.horizon, city=(partner_id,))
profile = rows(store.ask(partner_queries.profile, partner_id))[0]
agreements = store.ask(selected.agreements, everything)
events = store.ask(record.events, partner_id, filters.as_of)

st.title(profile["name"], anchor=False)
partner_view.who(profile)
partner_view.neighbours(partner_id, names)
comparison.choose(filters, names)
if replace(filters, city=()).restricting:
    st.caption(
        "Of the filters only the as-of day and the horizon apply here: "
        "this page shows all on one partner."
    )

st.header(f"On {words.day_in_words(filters.as_of)}", anchor=False)
partner_view.status(everything, agreements, events)
if agreements.empty:
    st.stop()

if not dated(agreements).empty:
    st.header("Timeline", anchor=False)
    st.caption(summaries.timeline(agreements, everything))
    st.caption(texts.TIMELINE_KEY)
    clicked = view.chart(
        lambda shown: timeline(shown, events, filters.as_of, view.ink()),
        agreements,
        summaries.timeline(agreements, everything),
        "partner_timeline",
    )
    # An event of the whole partnership has no agreement.
    if any(clicked):
        record_view.open_agreement(clicked[0])

st.header("Agreements", anchor=False)
record_view.agreement_list(agreements)
with st.expander("The same as a table"):
    view.agreements_table(agreements, everything, partner_id, of_one_partner=True)

if not events.empty:
    st.header("Events", anchor=False)
    for happened in rows(events):
        record_view.event(happened)

st.header("Areas over the years", anchor=False)
partner_view.areas(everything, agreements)

st.header("Sources", anchor=False)
partner_view.sources(everything, (*agreements["agreement_id"], *events["event_id"]))
