"""Data: downloads, citation, what changed between versions, the dictionary."""

from dashboard import address, doors, embed, store, view
from dashboard import elements as st
from dashboard.sections import data as data_parts
from register import export, texts
from register.queries import dictionary, register, snapshot, versions
from register.queries.figures import figures

filters = address.current()
known = store.ask(figures, filters)
counts = store.ask(snapshot.row_counts, filters)
version = store.ask(register.version)
total = data_parts.total(counts)

view.heading("Data", known, filters)
st.markdown(texts.DATA_ABOUT.format(version=version))

st.header("The current selection", anchor=False)
if not known.agreements:
    view.nothing_found(filters)
else:
    st.markdown(texts.selection_about(known.agreements, total))
    data_parts.selection_downloads(filters, known.agreements)
    with st.expander("How many rows of each table"):
        data_parts.row_counts(counts)

st.header("The whole register", anchor=False)
st.markdown(texts.register_about(total, filters))
data_parts.register_downloads(filters, total)

st.header("How to cite", anchor=False)
for cited in sorted({known.agreements or total, total}):
    citation = texts.register_citation(version, filters.as_of, cited, total)
    st.code(citation, language=None, wrap_lines=True)
st.markdown("Where a single fact matters, cite its source too: each agreement's page names them.")

st.header("What changed", anchor=False)
changed = store.ask(versions.changes)
if changed is None:
    st.markdown(texts.NO_VERSION_BEFORE.format(version=version))
else:
    data_parts.changes(changed, filters)

st.header("Feeds and API", anchor=False)
st.markdown(texts.DOORS_ABOUT)
with st.container(horizontal=True):
    doors.calendar(filters)
    doors.happenings(filters)
    doors.changes(filters)
    doors.api()

st.header("In a page of your own", anchor=False)
st.markdown(texts.EMBED_ABOUT)
st.code(
    embed.snippet("timeline", "Timeline of Moscow's agreements"), language="html", wrap_lines=True
)

st.header("Ask the database", anchor=False)
st.markdown(texts.DATABASE_ABOUT)
file = export.file_name("register", filters.as_of, version, "duckdb")
data_parts.ask_duckdb(filters, file)

st.header("Dictionary", anchor=False)
data_parts.dictionary(store.ask(dictionary.objects), store.ask(dictionary.columns), filters)
