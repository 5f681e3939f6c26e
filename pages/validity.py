"""Validity: agreements by status, what runs out next, what lapsed without a successor."""

from dashboard import address, controls, doors, room, store, view
from dashboard import elements as st
from dashboard.sections import validity as validity_parts
from register.queries.figures import figures

SECTIONS = {
    "status": controls.Section("By status", validity_parts.by_status),
    "next": controls.Section("What runs out next", validity_parts.next_ends),
    "lapsed": controls.Section("Lapsed without a successor", validity_parts.lapsed),
}

filters = address.current()
known = store.ask(figures, filters)

view.heading("Validity periods", known, filters)
if not known.agreements:
    view.nothing_found(filters)
    st.stop()

section = controls.section(SECTIONS)
st.header(section.title, anchor=False)
section.show(known, filters)
room.watch()

doors.calendar(filters)
