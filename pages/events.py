"""Events: what happened, the latest first, by which side, and who says so."""

from dashboard import address, doors, store, view
from dashboard import elements as st
from dashboard.sections import events as event_parts
from register import happened
from register.queries.figures import figures
from register.queries.told import told

filters = address.current()
known, found = store.ask(figures, filters), store.ask(told, filters)

view.heading("Events", known, filters)
event_parts.filters_of_events(filters)
if not known.agreements:
    view.nothing_found(filters)
    st.stop()
if not found.events:
    st.info(
        "Sources report nothing that happened to these agreements or partnerships by the day.",
        title="No event",
        icon=":material/event_busy:",
    )
    st.stop()

st.markdown(happened.summary(found))
event_parts.by_year(filters)
st.header("The latest first", anchor=False)
st.caption(happened.ABOUT)
event_parts.all_events(found.events, filters)
doors.happenings(filters)
