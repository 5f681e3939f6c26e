"""Validity: agreements by status, what runs out next, what lapsed without a successor."""

from dashboard import address, controls, doors, room, store, view
from dashboard import elements as st
from dashboard.sections import validity as validity_parts
from register.queries import selected

SECTIONS = {
    "status": controls.Section("By status", validity_parts.by_status),
    "next": controls.Section("What runs out next", validity_parts.next_ends),
    "lapsed": controls.Section("Lapsed without a successor", validity_parts.lapsed),
}

filters = address.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Validity periods", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

section = controls.section(SECTIONS)
st.header(section.title, anchor=False)
section.show(agreements, filters)
room.watch()

doors.calendar(filters)
