"""Areas of cooperation: which partner's agreements name which, and which grew."""

from dashboard import address, controls, store, view
from dashboard import elements as st
from dashboard.sections import areas as areas_parts
from register.queries import selected

SECTIONS = {
    "partners": controls.Section("By partner", areas_parts.by_partner),
    "time": controls.Section("Over time", areas_parts.over_time),
}

filters = address.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Areas of cooperation", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

section = controls.section(SECTIONS)
section.show(filters)
