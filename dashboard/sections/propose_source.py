"""One source of a proposal: which it is, and what it states. An empty field is not stated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import curating
from dashboard import elements as st
from dashboard.form import Part, Source, Texts
from dashboard.plainly import KINDS, LABELS
from dashboard.sections import propose_fields as fields
from register.codes import ACTORS, EVENTS, INSTRUMENTS, MOSCOW_PARTIES, SOURCE_KINDS
from register.markup import Markdown

MOST_DRAWN = 5
"""Up to so many sources of a record are all drawn at once."""

MOST_SOURCES, MOST_AREAS = 20, 40
"""So many can be added to one record, and to one source."""

FIRST = ("instrument", "signed_on", "valid_from", "valid_to")
MORE = (
    *("reported_on", "term", "signed_in", "moscow_signatory", "partner_signatory"),
    *("moscow_party", "partner", "implements", "follows"),
)
OF_EVENT = ("date", "actor", "valid_to")
MORE_OF_EVENT = ("kind", "partner")
"""What a source may state, the first at once and the rest for the asking."""

UNSAID = "Not said"

_CODES = {
    "instrument": INSTRUMENTS,
    "moscow_party": MOSCOW_PARTIES,
    "actor": ACTORS,
    "kind": EVENTS,
}

HELP = {
    "signed_on": "The day of signing, as exactly as the source says it and no more.",
    "reported_on": "The earliest report that it is signed or exists, where nobody gives the day.",
    "valid_from": "Only if it says so. No end stated means no end.",
    "valid_to": "Only if it says so. No end stated means no end.",
    "date": "When it happened; or the day of the first report.",
}


@dataclass(frozen=True)
class Names:
    """What can be chosen, by id or code, as it is shown.

    Attributes:
        agreements: those of the record's partner.
        areas: each with its definition.
    """

    partners: Mapping[str, str]
    agreements: Mapping[str, str]
    languages: Mapping[str, str]
    areas: Mapping[str, str]


def sources(of: list[Source], names: Names) -> None:
    """The sources of an agreement, one after the other; those of the register are folded.

    Of many what is folded is drawn when it is opened.
    """
    many = len(of) > MOST_DRAWN
    for number, source in enumerate(of, 1):
        known = source.fields.get("source")
        label = (
            f"Source {number}: {source.fields.get('publisher')}" if known else f"Source {number}"
        )
        folded = st.expander(
            label,
            expanded=not known,
            key=f"propose_source_{source.key}",
            on_change="rerun" if many else "ignore",
        )
        if many and not folded.open:
            continue
        with folded:
            _description(source, names)
            st.markdown(Markdown("**What it says.** Leave empty what it does not say."))
            _states(source, FIRST, MORE, names)
            _areas(source, names)
            remove("Remove this source", of, source)
    add("Add a source", of, Source, MOST_SOURCES, "add_source")


def of_event(of: list[Source], others: Sequence[Source], names: Names) -> None:
    """The sources of an event: of those above, or others."""
    for number, source in enumerate(of, 1):
        with st.container(key=f"propose_source_{source.key}"):
            st.markdown(f"Who says so ({number})")
            _same_as(source, others)
            if source.same_as is None:
                _description(source, names)
            _states(source, OF_EVENT, MORE_OF_EVENT, names)
            if len(of) > 1:
                remove("Remove this source of the event", of, source)


def add(label: str, to: list[Any], make: Callable[[], Any], most: int, key: str) -> None:
    """A button that adds a part."""

    def append() -> None:
        if len(to) < most:
            to.append(make())

    icon = ":material/add:"
    st.button(label, key=f"propose_{key}", icon=icon, on_click=append, disabled=len(to) >= most)


def remove(label: str, of: list[Any], part: Part) -> None:
    """A button that takes a part away."""
    st.button(
        label,
        key=f"propose_remove_{part.key}",
        type="tertiary",
        icon=":material/delete:",
        on_click=lambda: of.remove(part),
    )


def _description(source: Source, names: Names) -> None:
    of = source.fields
    fields.text(
        "url", of, source, max_chars=2_000, placeholder="https://…", help="The page's address."
    )
    with st.grid(2, min_column_width=220):
        fields.text("publisher", of, source, help="Who published it: a city hall, a newspaper.")
        fields.date("published_on", of, source)
        fields.choice("language", names.languages, of, source)
        fields.codes(
            "kind", SOURCE_KINDS, of, source, label=KINDS["sources"],
            help=fields.defined(SOURCE_KINDS),
        )  # fmt: skip
    with st.expander("More on the source"):
        fields.text(
            "origin", of, source, help="The agency or paper whose text it repeats: it then counts "
            "as one witness with that."
        )  # fmt: skip
        fields.date("accessed_on", of, source, about="When you read it.")


def _same_as(source: Source, others: Sequence[Source]) -> None:
    named = {
        str(other.key): f"Source {number}: {other.fields.get('publisher') or 'not described yet'}"
        for number, other in enumerate(others, 1)
    }
    if not named:
        return
    holder: Texts = {"same": str(source.same_as or "")}
    fields.choice("same", named, holder, source, "Which source", placeholder="Another source")
    source.same_as = int(holder["same"]) if holder["same"] else None


def _states(source: Source, first: Sequence[str], more: Sequence[str], names: Names) -> None:
    with st.grid(2, min_column_width=220):
        for name in first:
            _state(source, name, names)
    in_use = sum(any(source.states.get(name, ())) for name in more)
    label = f"More that it says ({in_use} in use)" if in_use else "More that it says"
    with st.expander(label, key=f"propose_more_{source.key}"), st.grid(2, min_column_width=220):
        for name in more:
            _state(source, name, names)


def _state(source: Source, name: str, names: Names) -> None:
    """The field that a source states; a field for each value where it states several."""
    values = source.states.setdefault(name, []) or [""]
    for place, value in enumerate(values):
        holder = {name: value}
        _field(name, holder, source, names, f"states_{name}_{place}")
        values[place] = holder[name] or ""
    source.states[name] = values


def _field(name: str, holder: Texts, source: Source, names: Names, key: str) -> None:
    if name in _CODES:
        label = LABELS.get(name, KINDS["events"])
        fields.codes(name, _CODES[name], holder, source, label, key=key, placeholder=UNSAID)
    elif name in ("partner", "implements", "follows"):
        of = names.partners if name == "partner" else names.agreements
        fields.choice(name, of, holder, source, key=key, placeholder=UNSAID)
    elif name == "term":
        fields.length(name, holder, source, key=key)
    elif name in curating.DATES:
        fields.date(name, holder, source, key=key, about=HELP.get(name, ""))
    else:
        fields.text(name, holder, source, key=key)


def _areas(source: Source, names: Names) -> None:
    st.markdown(Markdown("**Areas of cooperation that it names**"))
    for wording in source.areas:
        with st.container(key=f"propose_area_{wording.key}"):
            _area(wording, names.areas)
            remove("Remove this area", source.areas, wording)
    add("Add an area", source.areas, Part, MOST_AREAS, f"area_{source.key}")


def _area(wording: Part, definitions: Mapping[str, str]) -> None:
    """A wording and the area that it means; those that are likely by the register's are first."""
    of = wording.fields
    with st.grid(2, min_column_width=220):
        fields.text(
            "label", of, wording, "In the source's words", placeholder="toplu taşıma",  # noqa: RUF001
            help="In any language; copy it as it stands there.",
        )  # fmt: skip
        likely = [area for area in curating.areas_like(of["label"]) if area in definitions]
        ordered = {area: definitions[area] for area in [*likely, *definitions]}
        names = [definitions[area].partition(":")[0] for area in likely]
        hint = f"Likely: {', '.join(names)}" if names else "Choose"
        fields.choice("area", ordered, of, wording, "Area", placeholder=hint)
