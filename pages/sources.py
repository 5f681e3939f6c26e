"""Sources: who says what, where they disagree, what rests on one, from when, in which languages."""

from dashboard import elements as st
from dashboard import sidebar, store, view
from dashboard.sections import sources as sources_parts
from register import texts
from register.queries import selected

SECTIONS = {
    "all": view.Section("All sources", sources_parts.all_sources),
    "disagree": view.Section("Where sources disagree", sources_parts.disagreements),
    "single": view.Section("What rests on one source", sources_parts.single),
    "coverage": view.Section("By year and language", sources_parts.coverage),
}

filters = sidebar.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Sources", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

st.markdown(texts.SOURCES_ABOUT)
sources_parts.figures(filters)
section = view.choose_section("sources", SECTIONS)
st.header(section.title, anchor=False)
section.show(filters)
