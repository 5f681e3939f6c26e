"""Sources: who says what, where they disagree, what rests on one, from when, in which languages."""

import streamlit as st

from dashboard import sidebar, sources_view, store, summaries, texts, view
from dashboard.charts.sources import sources_by_language, sources_by_year
from dashboard.queries import selected
from dashboard.queries import sources as source_queries

filters = sidebar.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Sources", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

sources = store.ask(source_queries.sources, filters)
disagreements = store.ask(source_queries.disagreements, filters)
witnesses = store.ask(source_queries.witnesses, filters)

st.markdown(texts.SOURCES_ABOUT)
with st.container(horizontal=True):
    disputed = len(disagreements.drop_duplicates(["record_id", "field"]))
    undated = int(sources["published_on"].isna().sum())
    on_one = int((witnesses["voices"] == 1).sum())
    sources_view.figure("Sources", len(sources), "[All sources](#all)")
    sources_view.figure("Independent", sources["voice"].nunique(), "by whose text it is")
    sources_view.figure("Without a date", undated, "[By year](#years)")
    sources_view.figure("Languages", sources["language"].nunique(), "[By language](#languages)")
    sources_view.figure("Disputed fields", disputed, "[Who says what](#disagree)")
    sources_view.figure("On one source", on_one, "[Which ones](#single)")

st.header("All sources", anchor="all")
sources_view.sources_table(sources, filters)
chosen = sources_view.choose_source(sources)
if chosen is not None:
    supported = store.ask(source_queries.supported, filters, chosen["source_id"])
    sources_view.source(chosen, supported)

st.header("Where sources disagree", anchor="disagree")
st.caption(summaries.disputes(disagreements))
if not disagreements.empty:
    sources_view.disputes(disagreements)
    disputes = disagreements.assign(as_of=filters.as_of)[sources_view.DISPUTE_COLUMNS]
    view.download(disputes, filters, "disagreements")

st.header("What rests on one source", anchor="single")
st.caption(summaries.witnesses(witnesses))
sources_view.single_fields(witnesses)
sources_view.single_values(witnesses, filters)

st.header("By year of publication", anchor="years")
years = source_queries.by_year(sources)
summary = summaries.years(years)
st.caption(summary)
view.chart(sources_by_year(years), summary)
with st.expander("The same as a table"):
    sources_view.counts_table(years, "year", "Year", "No date on record")
    view.download(years.assign(as_of=filters.as_of), filters, "sources-by-year")

st.header("By language", anchor="languages")
languages = source_queries.by_language(sources)
summary = summaries.languages(languages)
st.caption(summary)
view.chart(sources_by_language(languages), summary)
with st.expander("The same as a table"):
    sources_view.counts_table(languages, "language_name", "Language", "")
    view.download(languages.assign(as_of=filters.as_of), filters, "sources-by-language")
