"""Validity: agreements by status, what runs out next, what lapsed without a successor."""

from dashboard import elements as st
from dashboard import sidebar, store, view
from dashboard.sections import validity as validity_parts
from register.queries import selected

SECTIONS = {
    "status": view.Section("By status", validity_parts.by_status),
    "next": view.Section("What runs out next", validity_parts.next_ends),
    "lapsed": view.Section("Lapsed without a successor", validity_parts.lapsed),
}

filters = sidebar.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Validity windows", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

section = view.choose_section("validity", SECTIONS)
st.header(section.title, anchor=False)
section.show(agreements, filters)
