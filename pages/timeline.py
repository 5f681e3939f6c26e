"""Timeline: a row a partner, windows as bars, signings and events as marks."""

import streamlit as st

from dashboard import record_view, sidebar, store, summaries, view
from dashboard.charts.timeline import dated, timeline
from dashboard.queries import selected

PARTNERS_A_PAGE = 25

filters = sidebar.current()
agreements = store.ask(selected.agreements, filters)
events = store.ask(selected.events, filters)

view.heading("Timeline", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

partners = list(agreements["partner_id"].unique())
pages = -(-len(partners) // PARTNERS_A_PAGE)
shown = partners
if pages > 1:
    page = st.pagination(pages, key="timeline_page")
    shown = partners[(page - 1) * PARTNERS_A_PAGE : page * PARTNERS_A_PAGE]
on_page = agreements[agreements["partner_id"].isin(shown)]

st.caption(summaries.timeline(agreements, filters))
clicked = None
if not dated(on_page).empty:
    event = st.plotly_chart(
        timeline(on_page, events, filters.as_of, view.ink()),
        key="timeline_chart",
        on_select="rerun",
        selection_mode="points",
        config=view.CHART_CONFIG,
        alt=summaries.timeline(agreements, filters),
    )
    clicked = next(iter(view.chosen_datum(event)), None)
    st.caption(
        "Faded: the day of signing is not exactly known, or no end is stated (▶). "
        "≈ marks an approximate end. The dotted line is the as-of day. "
        "Choose a bar to see the agreement and its sources."
    )
record_view.choose_agreement(agreements, clicked, "timeline_agreement")

st.header("The same as a table", anchor=False)
view.agreements_table(agreements, filters, "timeline")
