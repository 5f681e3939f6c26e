"""Timeline: a row a partner, windows as bars, signings and events as marks."""

from dashboard import address, controls, doors, store, tables, view
from dashboard import elements as st
from dashboard.sections import drawer
from dashboard.sections import timeline as timeline_parts
from register import summaries
from register.queries import selected, timeline
from register.queries.figures import figures

filters = address.current()
known = store.ask(figures, filters)

view.heading("Timeline", known, filters)
if not known.agreements:
    view.nothing_found(filters)
    st.stop()

summary = summaries.timeline(known, store.ask(selected.status_counts, filters), filters)
st.caption(summary)
order = controls.choice("Order partners by", "order", timeline.ORDERS)
on_page, events = timeline_parts.of_page(known.partners, filters, order)
clicked = timeline_parts.show(on_page, events, filters, summary, "timeline_chart")
drawer.choose_agreement(on_page, clicked, filters, "timeline_chart")

st.header("The same as a table", anchor=False)
tables.agreements_table(filters, "timeline", known.agreements)
doors.happenings(filters)
