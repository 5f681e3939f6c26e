"""Agreement: one record with each field's sources, its ties, its events and a citation."""

from dashboard import address, controls, doors, store, view
from dashboard import elements as st
from dashboard.sections import record as record_parts
from register import texts, words
from register.filters import Filters
from register.frames import rows
from register.markup import Markdown
from register.queries import record, register, selected

filters = address.current()
agreement_id = address.own("id")
titles = words.told_apart(store.ask(record.titles))

if agreement_id not in titles:
    st.title("Agreement")
    if agreement_id:
        record_parts.missing(agreement_id)
    st.selectbox(
        "Which agreement?",
        list(titles),
        format_func=lambda value: titles.get(value, value),
        index=None,
        placeholder="Type a part of the partner's name or of the title",
        **controls.kept("id", None),
    )
    st.header("All agreements", anchor=False)
    agreements = store.ask(selected.agreements, filters)
    view.shown(agreements, filters)
    view.agreements_table(agreements, filters, "agreements")
    st.stop()

partner_id = store.ask(record.partner_of, agreement_id)
of_partner = Filters(
    as_of=filters.as_of,
    horizon=filters.horizon,
    city=(partner_id,),
    # All, also what is not yet known on the day.
    status=tuple(store.ask(register.options).status),
)
siblings = rows(store.ask(selected.agreements, of_partner))
place = [sibling["agreement_id"] for sibling in siblings].index(agreement_id)
agreement = siblings[place]
events = store.ask(record.events, partner_id, filters.as_of)

st.title(f"{agreement['partner']}: {agreement['title']}", anchor=False)
st.markdown(
    f"{agreement['instrument_name']} · {agreement['moscow_party_name']} with "
    f"{agreement['partner']}, {agreement['country']}"
)
with record_parts.links("agreement_ways"):
    record_parts.partner_link(partner_id, f"All on {agreement['partner']}")
    if place > 0:
        before = siblings[place - 1]
        record_parts.agreement_link(before["agreement_id"], f"← Previous: {before['title']}")
    if place + 1 < len(siblings):
        after = siblings[place + 1]
        record_parts.agreement_link(after["agreement_id"], f"→ Next: {after['title']}")

st.header(f"On {words.day_in_words(filters.as_of)}", anchor=False)
record_parts.status(agreement, events)

st.header("What sources say", anchor=False)
record_parts.fields(agreement_id)
if agreement["note"]:
    st.markdown(Markdown("**Note.** {}").format(agreement["note"]))

st.header("Areas in the sources' words", anchor=False)
labels = store.ask(record.labels, agreement_id)
if labels.empty:
    st.markdown(texts.NO_AREA)
else:
    record_parts.wordings(labels, agreement_id)

related = store.ask(record.related, agreement_id)
if not related.empty:
    st.header("Tied to", anchor=False)
    record_parts.ties(related)

concerning = events[events["agreement_id"].isna() | (events["agreement_id"] == agreement_id)]
if not concerning.empty:
    st.header("Events", anchor=False)
    for happened in rows(concerning):
        record_parts.event(happened, here=agreement_id)

st.header("Cite and link", anchor=False)
permanent = doors.permanent_address(agreement_id)
st.caption("Citation")
citation = texts.citation(agreement, store.ask(register.version), permanent)
st.code(citation, language=None, wrap_lines=True)
st.caption("Permanent link to this record, as of the day on which it is opened")
st.code(permanent, language=None, wrap_lines=True)
