"""Timeline: a row a partner, windows as bars, signings and events as marks."""

from dashboard import address, controls, doors, store, tables, view
from dashboard import elements as st
from dashboard.charts.lanes import ORDERS, ordered
from dashboard.sections import drawer
from dashboard.sections import timeline as timeline_parts
from register import summaries
from register.queries import selected

filters = address.current()
agreements = store.ask(selected.agreements, filters)
events = store.ask(selected.events, filters)

view.heading("Timeline", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

st.caption(summaries.timeline(agreements, filters))
in_order = ordered(agreements, controls.choice("Order partners by", "order", ORDERS))
partners = in_order.drop_duplicates("partner_id")
page = controls.partners(list(partners["partner"]))
on_page = in_order[in_order["partner_id"].isin(partners["partner_id"].iloc[page])]

clicked = timeline_parts.show(
    on_page, events, filters, summaries.timeline(agreements, filters), "timeline_chart"
)
drawer.choose_agreement(in_order, clicked, "timeline_chart")

st.header("The same as a table", anchor=False)
tables.agreements_table(agreements, filters, "timeline")
doors.happenings(filters)
