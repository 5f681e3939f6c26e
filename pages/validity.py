"""Validity: agreements by status, what runs out next, what lapsed without a successor."""

import streamlit as st

from dashboard import record_view, sidebar, store, summaries, view, words
from dashboard.charts.validity import next_ends, status_bars
from dashboard.queries import register, selected

NEXT = 15

filters = sidebar.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Validity windows", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

counts = store.ask(selected.status_counts, filters)
st.header("By status", anchor=False)
st.caption(summaries.statuses(counts, filters))
st.plotly_chart(
    status_bars(counts), config=view.CHART_CONFIG, alt=summaries.statuses(counts, filters)
)
with st.expander("What each status means"):
    for row in store.ask(register.status_definitions).itertuples():
        st.markdown(f"- **{row.name}**: {row.definition}")

st.header("What runs out next", anchor=False)
ending = agreements[agreements["status"].isin(["active", "expiring"])].sort_values(
    ["ends_on", "partner"]
)
st.caption(summaries.ending(ending, filters))
if not ending.empty:
    clicked = st.plotly_chart(
        next_ends(ending.head(NEXT)),
        key="validity_chart",
        on_select="rerun",
        selection_mode="points",
        config=view.CHART_CONFIG,
        alt=summaries.ending(ending, filters),
    )
    record_view.choose_agreement(
        ending, next(iter(view.chosen_datum(clicked)), None), "validity_agreement"
    )

st.header("Lapsed without a successor", anchor=False)
lapsed = store.ask(selected.lapsed, filters)
st.caption(summaries.lapsed(lapsed, filters))
if not lapsed.empty:
    st.dataframe(
        lapsed.assign(ended=lapsed["window_end"].map(words.date_in_words))[
            ["partner", "country", "ended", "title"]
        ],
        hide_index=True,
        column_config={
            "partner": "Partner",
            "country": "Country",
            "ended": "Ended",
            "title": "Last agreement",
        },
        alt=summaries.lapsed(lapsed, filters),
    )
    view.download(lapsed.assign(as_of=filters.as_of, status="lapsed"), filters, "lapsed")

st.header("All agreements", anchor=False)
view.agreements_table(
    agreements.sort_values(["status_position", "ends_on", "partner"]), filters, "validity"
)
