"""A form that begins with a text: what it seems to say, each value with the words it comes from.

Nothing enters the form without a yes to it.
"""

from dashboard import curating
from dashboard import elements as st
from dashboard.curating import Drafted, Proposed
from dashboard.form import Form, Happening, Part, Source
from dashboard.plainly import LABELS
from dashboard.sections import propose_fields as fields
from dashboard.sections.propose_source import Names
from register import words
from register.codes import EVENTS, INSTRUMENTS, MOSCOW_PARTIES
from register.markup import Markdown

LONGEST = 40_000
"""So many signs of a text are read."""

PAGE = ("url", "publisher", "published_on")

OWN, OF_EVENT = ("partner", "instrument", "moscow_party"), ("kind", "date", "actor")
"""The fields that the record itself has, and those of an event."""

_CODES = {"instrument": INSTRUMENTS, "moscow_party": MOSCOW_PARTIES, "kind": EVENTS}


def paste(form: Form, names: Names) -> None:
    """A text to paste, what it seems to say, and a yes to each."""
    part = fields.part_of(form, "draft")
    with st.expander("Begin with a text", key="propose_draft"):
        st.caption("Paste what a page says, in its own language: it fills in what you say yes to.")
        text = st.text_area("Text", key="propose_draft_text", max_chars=LONGEST, height=140)
        fields.text("url", part.fields, part, "Its address", max_chars=2_000)
        with st.grid(2, min_column_width=220):
            fields.text("publisher", part.fields, part, "Its publisher")
            fields.date("published_on", part.fields, part, "Its day", about="It dates “yesterday”.")
        if text and text.strip():
            _proposed(form, part, text, names)


def _proposed(form: Form, part: Part, text: str, names: Names) -> None:
    page = {name: _understood(name, part.fields.get(name) or "") for name in PAGE}
    found = curating.drafted(text, page)
    if found is None:
        st.caption("The register's own files are not at hand here, and with them its wordings.")
        return
    taken = [
        each
        for number, each in enumerate(found.values)
        if st.checkbox(_said(each, names), key=f"propose_draft_{number}_{each.field}_{each.value}")
    ]
    missing = [words.lower_first(LABELS.get(name, name)) for name in found.missing]
    if missing:
        st.caption(f"Not found: {', '.join(missing)}.")
    st.button(
        f"Fill in {words.counted(len(taken), 'value')}",
        key="propose_draft_take",
        icon=":material/check:",
        disabled=not taken,
        on_click=lambda: _take(form, taken, page, found),
    )


def _understood(name: str, typed: str) -> str:
    try:
        return curating.understood(name, typed) if typed else ""
    except ValueError:
        return ""


def _said(each: Proposed, names: Names) -> Markdown:
    label = LABELS.get(each.field, "What happened")
    shown = _shown(each, names)
    origin = f" – “{each.words}”" if each.words else ""
    doubt = f" ({each.doubt})" if each.doubt else ""
    return Markdown("**{}**: {}{}{}").format(label, shown, origin, doubt)


def _shown(each: Proposed, names: Names) -> str:
    if each.field in _CODES:
        return _CODES[each.field][each.value].name
    if each.field == "partner":
        return names.partners.get(each.value, each.value).partition(" · ")[0]
    if each.field == "areas":
        return names.areas.get(each.value, each.value).partition(":")[0]
    return words.date_in_words(each.value) if each.field in curating.DATES else each.value


def _take(form: Form, taken: list[Proposed], page: dict[str, str], found: Drafted) -> None:
    """Put the values into the form, as what one more source states."""
    described = {**page, "language": found.language}
    source = Source({name: value for name, value in described.items() if value})
    event = Happening(sources=[Source(same_as=source.key)])
    for each in taken:
        if each.field in OWN:
            form.fields[each.field] = each.value
            fields.forget(form, each.field)
        if each.field == "areas":
            source.areas.append(Part({"label": each.words, "area": each.value}))
        elif each.field == "kind":
            event.fields["kind"] = each.value
        elif each.field in OF_EVENT:
            event.sources[0].states[each.field] = [each.value]
        elif each.field not in ("partner", "moscow_party"):
            source.states[each.field] = [each.value]
    form.sources = [*(one for one in form.sources if not one.is_empty), source]
    if event.fields or event.sources[0].states:
        form.events.append(event)
    st.session_state.propose_draft_text = ""
