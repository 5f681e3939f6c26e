"""Partner: everything on one partner, or up to four partners side by side."""

from dataclasses import replace

import streamlit as st

from dashboard import comparison, partner_view, record_view, sidebar, store, summaries, view, words
from dashboard.charts.timeline import dated, timeline
from dashboard.filters import Filters
from dashboard.frames import rows
from dashboard.queries import partner as partner_queries
from dashboard.queries import record, register, selected

filters = sidebar.current()
names = store.ask(register.options).city

if not filters.city:
    st.title("Partner")
    partner_view.choose(names)
    st.stop()
if len(filters.city) > 1:
    comparison.show(filters, names)
    st.stop()

partner_id = filters.city[0]
everything = Filters(as_of=filters.as_of, horizon=filters.horizon, city=(partner_id,))
profile = rows(store.ask(partner_queries.profile, partner_id))[0]
agreements = store.ask(selected.agreements, everything)
events = store.ask(record.events, partner_id, filters.as_of)

st.title(words.plain(profile["name"]), anchor=False)
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
    chosen = st.plotly_chart(
        timeline(agreements, events, filters.as_of, view.ink()),
        key="partner_timeline",
        on_select="rerun",
        selection_mode="points",
        config=view.CHART_CONFIG,
        alt=summaries.timeline(agreements, everything),
    )
    st.caption(
        "Choose a bar to open the agreement. "
        "Faded: the day of signing is not exactly known, or no end is stated (▶)."
    )
    clicked = next(iter(view.chosen_datum(chosen)), None)
    if clicked:
        record_view.open_agreement(clicked)

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
