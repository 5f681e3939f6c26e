"""The parts of the form of proposals: the agreement or partner, what it is, what happened to it."""

from collections.abc import Callable, Iterable

import pycountry

from dashboard import address, curating, finder, store
from dashboard import elements as st
from dashboard.form import NEW, Form, Part, Texts, closed, empty, opened
from dashboard.plainly import KINDS
from dashboard.sections import propose_events, propose_source
from dashboard.sections import propose_fields as fields
from dashboard.sections import record as record_parts
from dashboard.sections.propose_source import Names
from register import texts, words
from register.codes import INSTRUMENTS, MOSCOW_PARTIES, PARTNER_KINDS
from register.markup import Markdown
from register.queries import choices
from register.queries.choices import Offer
from register.records import Row, find_document
from register.schema import AGREEMENTS, AREAS, EVENTS_TABLE, PARTNER_NAMES, PARTNERS

MOST_NAMES, MOST_DEFINED = 40, 100
"""So many names of a partner can be added, and so many areas have their definitions in the list."""

FIND_PARTNER, FIND_AGREEMENT = "propose_find_partner", "propose_find_agreement"
"""The fields that search a list too long to be sent."""


# --- which form -------------------------------------------------------------------------------


def form_of(record_id: str) -> Form | None:
    """The form of this session for a record, or for a new agreement; None for an unknown record.

    An event belongs to the form of its agreement or partner.
    """
    forms: dict[str, Form] = st.session_state.setdefault("proposals", {})
    if record_id not in forms:
        found = opened_record(record_id) if record_id else empty()
        if found is None:
            return None
        forms[record_id] = found
    return forms[record_id]


def opened_record(record_id: str) -> Form | None:
    """The form filled with what the register has of a record."""
    for event in curating.find(EVENTS_TABLE, "event_id", [record_id]):
        record_id = event.get("agreement_id") or event["partner_id"]
    document = find_document(curating.find, record_id)
    return opened(document) if document else None


def missing(record_id: str) -> None:
    """Why there is no form for the record."""
    record_parts.missing(record_id)
    st.button("Propose a new agreement", key="propose_new", on_click=_choose_new)


def about(form: Form, record_id: str) -> None:
    """What the page is for, and the way to an empty form."""
    if record_id:
        name = form.fields.get("title") or form.fields.get("name") or record_id
        st.markdown(
            f"What the register has of “{name}”: correct it, or add a source and what it says."
        )
    else:
        st.markdown(
            "An agreement that is missing: say what it is and what each source says of it. "
            f"To correct a record, follow “{texts.SOMETHING_WRONG}” on its page."
        )
    st.caption("Nothing is sent and nothing is kept: what you type is gone with this window.")
    with st.container(horizontal=True):
        st.button(
            "Start over", key="propose_reset", type="tertiary", icon=":material/restart_alt:",
            on_click=lambda: st.session_state.proposals.pop(record_id, None),
        )  # fmt: skip
        if record_id:
            st.button("A new agreement", key="propose_new", type="tertiary", on_click=_choose_new)


def how() -> None:
    """What to do, before anything is typed."""
    st.header("How it works", anchor=False)
    st.markdown(
        Markdown(
            "1. Choose the partner, the type of document and a title.\n"
            "2. Give a source, and fill in only what it says. Add another source if there is one.\n"
            "3. Here you see what is still to be mended, and what the record would look like.\n"
            "4. Download the document and send it to whoever keeps the register."
        )
    )


def _choose_new() -> None:
    address.choose_own("id", None)


# --- what can be chosen -----------------------------------------------------------------------


def names(form: Form) -> Names:
    """What can be chosen in the form."""
    return Names(
        partners=_fitting(_partners_like(form)) if _many_partners() else _partners(),
        agreements=_agreements(form.fields.get("partner")),
        languages=_languages(),
        areas=_areas(),
    )


def _areas() -> dict[str, str]:
    """The areas with their definitions; of very many the names, since each label has the list."""
    found = curating.rows(AREAS)
    defined = len(found) <= MOST_DEFINED
    return {
        row["area_id"]: f"{row['name']}: {row['definition']}" if defined else row["name"]
        for row in found
    }


def _many_partners() -> bool:
    return store.ask(choices.number_of_partners) > choices.MOST


def _partners_like(form: Form) -> Callable[[str], Offer]:
    """Partners for what is typed to find one, and those that the form has already."""
    stated = (id for source in form.sources for id in source.states.get("partner", ()))
    ids = (form.fields.get("partner"), form.fields.get("within"), *stated)
    chosen = tuple(sorted({id for id in ids if id}))
    return lambda q: store.ask(choices.partners, q, chosen)


def _fitting(like: Callable[[str], Offer]) -> dict[str, str]:
    """What fits the text in the field of ``_find_partner``."""
    return like(finder.typed(FIND_PARTNER)).labels


def _find_partner(form: Form) -> None:
    """The field that searches a list of partners too long to be sent."""
    if _many_partners():
        finder.offer("Find a partner", FIND_PARTNER, _partners_like(form))


def _agreements(partner_id: str | None) -> dict[str, str]:
    """Those of the partner; of very many the first that fit what is typed to find one."""
    if not partner_id:
        return {}
    if _many_agreements(partner_id):
        typed = finder.typed(FIND_AGREEMENT)
        return store.ask(choices.agreements, typed, partner_id).labels
    found = curating.find(AGREEMENTS, "partner_id", [partner_id])
    return words.told_apart({row["agreement_id"]: row["title"] for row in found})


def _many_agreements(partner_id: str) -> bool:
    return store.ask(choices.number_of_agreements, partner_id) > choices.MOST


def _partners() -> dict[str, str]:
    """Each partner with all of its names, by any of which it is found."""
    others: dict[str, list[str]] = {}
    for row in curating.rows(PARTNER_NAMES):
        others.setdefault(row["partner_id"], []).append(row["name"])
    found = sorted(curating.rows(PARTNERS), key=lambda row: row["name"].casefold())
    return {row["partner_id"]: _with_names(row, others) for row in found}


def _with_names(partner: Row, others: dict[str, list[str]]) -> str:
    also = [partner.get("name_native", ""), *others.get(partner["partner_id"], [])]
    known = [name for name in dict.fromkeys(also) if name and name != partner["name"]]
    label = f"{partner['name']} ({partner['country_code']})"
    return f"{label} · {' · '.join(known)}" if known else label


def _languages() -> dict[str, str]:
    """The languages by code, those of the register's sources first."""
    known = {getattr(one, "alpha_2", one.alpha_3): one.name for one in pycountry.languages}
    used = set(store.ask(choices.languages)) & known.keys()
    others = {code for code in known if len(code) == 2} - used
    return {code: known[code] for part in (used, others) for code in _by_name(part, known)}


def _by_name(codes: Iterable[str], names: dict[str, str]) -> list[str]:
    return sorted(codes, key=lambda code: names[code])


# --- an agreement -----------------------------------------------------------------------------


def agreement(form: Form, known: Names) -> None:
    """Which agreement it is; what its sources say comes below."""
    of = form.fields
    _find_partner(form)
    with_new = {NEW: "A partner that is not in the list", **known.partners}
    fields.choice(
        "partner", with_new, of, form, "City, region or district",
        placeholder="Type a part of its name in any language",
    )  # fmt: skip
    if of["partner"] == NEW:
        _newcomer(form)
    with st.grid(2, min_column_width=220):
        fields.codes("instrument", INSTRUMENTS, of, form, help=fields.defined(INSTRUMENTS))
        fields.codes("moscow_party", MOSCOW_PARTIES, of, form, help=fields.defined(MOSCOW_PARTIES))
    fields.text(
        "title", of, form, placeholder="Programme of cooperation 2026-2028",
        help="In English and in your own words.",
    )  # fmt: skip
    with st.expander("More on it"):
        _find_agreement(of.get("partner"))
        fields.choice("follows", known.agreements, of, form, placeholder="None")
        fields.choice("implements", known.agreements, of, form, placeholder="None")
        fields.long_text("note", of, form, help="What is doubtful, and why you chose so.")


def _find_agreement(partner_id: str | None) -> None:
    """The field that searches a list of a partner's agreements that is too long to be sent."""
    if partner_id and _many_agreements(partner_id):
        finder.offer(
            "Find an agreement of this partner",
            FIND_AGREEMENT,
            lambda q: store.ask(choices.agreements, q, partner_id),
        )


def _newcomer(form: Form) -> None:
    of = form.newcomer
    with st.container(border=True, key="propose_newcomer"):
        part = fields.part_of(form, "newcomer")
        _who(of, part)
        st.caption("Its place on the map and its other names are added by a curator.")


def _who(of: Texts, part: Part) -> None:
    named = sorted(pycountry.countries, key=lambda country: country.name)
    countries = {country.alpha_2: country.name for country in named}
    with st.grid(2, min_column_width=220):
        fields.text("name", of, part)
        fields.text("name_native", of, part)
        fields.codes("kind", PARTNER_KINDS, of, part, label=KINDS[""])
        fields.choice("country", countries, of, part)


def sources(form: Form, known: Names) -> None:
    """Its sources, and what they do not agree on."""
    propose_source.sources(form.sources, known)
    propose_events.disagreements(form.sources, form.choose, form, AGREEMENTS)


# --- a partner --------------------------------------------------------------------------------


def partner(form: Form, known: Names) -> None:
    """A partner with its names and its place."""
    of = form.fields
    _who(of, form)
    with st.expander("Place and other names"):
        _find_partner(form)
        fields.choice("within", known.partners, of, form, placeholder="None")
        with st.grid(3, min_column_width=160):
            for name in ("latitude", "longitude", "geonames_id"):
                fields.text(name, of, form)
        for each in form.names:
            with st.grid(2, min_column_width=220, key=f"propose_name_{each.key}"):
                fields.choice("language", known.languages, each.fields, each)
                fields.text("name", each.fields, each, "Name")
        propose_source.add("Add a name", form.names, Part, MOST_NAMES, "add_name")


def documents(form: Form) -> list[dict[str, object]]:
    """The documents of the form, as they would be written."""
    return closed(form, curating.partner_id(form.newcomer.get("name") or ""))
