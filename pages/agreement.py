"""Agreement: one record by footnotes, with its ties, its events and a citation."""

from dashboard import address, doors, room, store, tables, view
from dashboard import elements as st
from dashboard.sections import notes
from dashboard.sections import record as record_parts
from register import facts, texts
from register.codes import STATUS_ROWS
from register.filters import Filters
from register.frames import rows
from register.markup import Markdown, link
from register.queries import beside, record, register
from register.queries.figures import figures
from register.said import disputed

EVENTS = 50
"""So many events, the latest."""

filters = address.current()
agreement_id = address.own("id")
partner_id = store.ask(record.partner_of, agreement_id) if agreement_id else None

if agreement_id is None or partner_id is None:
    st.title("Agreement")
    if agreement_id:
        record_parts.missing(agreement_id)
    record_parts.choose()
    st.header("All agreements", anchor=False)
    known = store.ask(figures, filters)
    view.shown(known, filters)
    tables.agreements_table(filters, "agreements", known.agreements)
    room.watch()
    st.stop()

of_partner = Filters(
    as_of=filters.as_of,
    horizon=filters.horizon,
    city=(partner_id,),
    # All, also what is not yet known on the day.
    status=tuple(str(status) for status, *_ in STATUS_ROWS),
)
near = {row["beside"]: row for row in rows(store.ask(beside.agreements, of_partner, agreement_id))}
agreement = near[0]
events = store.ask(record.events, partner_id, filters.as_of, agreement_id, EVENTS)
sources = notes.Notes((agreement_id, *events["event_id"]))
said, happened = notes.said(agreement_id), notes.happened(events)

st.title(f"{agreement['partner']}: {agreement['title']}", anchor=False)
st.markdown(
    f"{agreement['instrument_name']} · {agreement['moscow_party_name']} with "
    f"{agreement['partner']}, {agreement['country']}"
)
with record_parts.links("agreement_ways"):
    record_parts.partner_link(partner_id, f"All on {agreement['partner']}")
    for place, label in ((-1, "← Previous"), (1, "→ Next")):
        if place in near:
            other = near[place]
            record_parts.agreement_link(other["agreement_id"], f"{label}: {other['title']}")
    record_parts.correction_link(agreement_id)

with st.container(key="record", gap="xsmall"):
    view.reach(filters, (agreement_id, *events["event_id"]))
    notes.box(facts.of_agreement(agreement, said, happened, filters.as_of), sources, agreement_id)

    st.header("What sources say", anchor=False)
    notes.values(facts.beside(said), sources, agreement_id)
    if agreement["note"]:
        st.markdown(Markdown("**Note.** {}").format(agreement["note"]))

    labels = store.ask(record.labels, agreement_id)
    if not labels.empty:
        st.header("Areas in the sources' words", anchor=False)
        notes.wordings(labels, sources, agreement_id)

    related = store.ask(record.related, agreement_id)
    if not related.empty:
        st.header("Tied to", anchor=False)
        record_parts.ties(related)

    if happened:
        st.header("Events", anchor=False)
        record_parts.events(happened, sources, here=agreement_id)

    st.header("Sources", anchor=False)
    sources.list()

    st.header("Cite and link", anchor=False)
    permanent = doors.permanent_address(agreement_id)
    citation = texts.citation(agreement, disputed(said), store.ask(register.version), permanent)
    st.code(citation, language=None, wrap_lines=True)
    st.markdown(
        Markdown("{} · {} · {}").format(
            link("Permanent page of this record", permanent),
            link("BibTeX", f"{permanent}.bib"),
            link("RIS", f"{permanent}.ris"),
        )
    )
