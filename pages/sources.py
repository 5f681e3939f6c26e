"""Sources: who says what, where they disagree, what rests on one; what other lists say."""

from dashboard import address, controls, store, view
from dashboard import elements as st
from dashboard.sections import mentions
from dashboard.sections import sources as sources_parts
from register import texts
from register.queries.figures import figures

SECTIONS = {
    "all": controls.Section("All sources", sources_parts.all_sources),
    "disagree": controls.Section("Where sources disagree", sources_parts.disagreements),
    "single": controls.Section("What rests on one source", sources_parts.single),
    "coverage": controls.Section("By year and language", sources_parts.coverage),
    "lists": controls.Section("What other lists say", mentions.other_lists),
}

filters = address.current()
known = store.ask(figures, filters)

view.heading("Sources", known, filters)
if not known.agreements:
    view.nothing_found(filters)
    st.stop()

st.markdown(texts.SOURCES_ABOUT)
sources_parts.figures(filters)
section = controls.section(SECTIONS)
st.header(section.title, anchor=False)
section.show(filters)
