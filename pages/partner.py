"""Partner: everything on one partner, or up to four partners side by side."""

from dataclasses import replace

from dashboard import address, store, tables, view
from dashboard import elements as st
from dashboard.sections import comparison, notes
from dashboard.sections import overview as overview_parts
from dashboard.sections import partner as partner_parts
from dashboard.sections import record as record_parts
from dashboard.sections import timeline as timeline_parts
from register import facts, summaries, texts
from register.filters import Filters
from register.frames import rows
from register.queries import outline, places, record, register, selected
from register.queries import partner as partner_queries
from register.queries import timeline as timeline_queries
from register.queries.figures import figures

filters = address.current()
names = store.ask(register.options).city

if not filters.city:
    st.title("Partner")
    partner_parts.choose(names)
    st.header("All partners", anchor=False)
    view.shown(store.ask(figures, filters), filters)
    overview_parts.partners_table(store.ask(places.places, filters).partners, filters)
    st.stop()
if len(filters.city) > 1:
    comparison.show(filters, names)
    st.stop()

partner_id = filters.city[0]
everything = Filters(as_of=filters.as_of, horizon=filters.horizon, city=(partner_id,))
profile = rows(store.ask(partner_queries.profile, partner_id))[0]
known = store.ask(figures, everything)
status = partner_parts.status(everything)

st.title(profile["name"], anchor=False)
st.markdown(summaries.partner(profile, known.agreements, status, filters.as_of))
view.reach(everything)
partner_parts.who(profile)
partner_parts.neighbours(partner_id)
with record_parts.links("partner_correction"):
    record_parts.correction_link(partner_id)
comparison.choose(filters, names)
if replace(filters, city=()).restricting:
    st.caption(
        "Of the filters only the as-of day and the horizon apply here: "
        "this page shows all on one partner."
    )

if status is None:
    st.info(f"{texts.NOTHING_KNOWN} Choose a later as-of day in the sidebar.")
    st.stop()
agreements = partner_parts.page(known.agreements, everything)
events = store.ask(record.events, partner_id, filters.as_of, limit=partner_parts.EVENTS)
sources = notes.Notes((*agreements["agreement_id"], *events["event_id"]))
happened = notes.happened(events)
in_short = store.ask(outline.outline, everything, status["lapsed_agreement"])
notes.box(facts.of_partner(status, in_short, happened, filters.as_of), sources, partner_id)

drawn, events_drawn = timeline_parts.drawn(
    store.ask(timeline_queries.partners, everything, "name", 0, 1), everything
)
if known.undrawn < known.agreements:
    st.header("Timeline", anchor=False)
    counts = store.ask(selected.status_counts, everything)
    summary = summaries.timeline(known, counts, everything)
    st.caption(summary)
    clicked = timeline_parts.show(drawn, events_drawn, filters, summary, "partner_timeline")
    # An event of the whole partnership has no agreement.
    if any(clicked):
        record_parts.open_agreement(clicked[0])

st.header("Agreements", anchor=False)
partner_parts.which(known.agreements)
record_parts.agreement_list(agreements)
with tables.same("partner_agreements_table") as opened:
    if opened:
        tables.agreements_table(everything, partner_id, known.agreements, of_one_partner=True)

if happened:
    st.header("Events", anchor=False)
    record_parts.events(happened, sources)
    partner_parts.more_events(len(happened), partner_id)

st.header("Areas over the years", anchor=False)
partner_parts.areas(everything)

st.header("Sources", anchor=False)
partner_parts.sources(sources, everything)
