"""Events: what happened, the latest first, by which side, and who says so."""

from dashboard import address, doors, store, view
from dashboard import elements as st
from dashboard.sections import events as event_parts
from register import happened
from register.queries import events, selected

filters = address.current()
agreements = store.ask(selected.agreements, filters)
found = store.ask(events.events, filters)

view.heading("Events", agreements, filters)
event_parts.filters_of_events(filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()
if found.empty:
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
event_parts.all_events(found, filters)
doors.happenings(filters)
