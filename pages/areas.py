"""Areas of cooperation: which partner's agreements name which, and which grew."""

from dashboard import address, controls, store, view
from dashboard import elements as st
from dashboard.sections import areas as areas_parts
from register.queries.figures import figures

SECTIONS = {
    "partners": controls.Section("By partner", areas_parts.by_partner),
    "time": controls.Section("Over time", areas_parts.over_time),
}

filters = address.current()
known = store.ask(figures, filters)

view.heading("Areas of cooperation", known, filters)
if not known.agreements:
    view.nothing_found(filters)
    st.stop()

section = controls.section(SECTIONS)
section.show(filters)
