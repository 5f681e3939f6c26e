"""What happened to the record of a proposal, and where its sources disagree."""

from collections.abc import Iterator

from dashboard import curating
from dashboard import elements as st
from dashboard.form import Form, Happening, Part, Source, Texts
from dashboard.plainly import KINDS, LABELS
from dashboard.sections import propose_fields as fields
from dashboard.sections import propose_source
from dashboard.sections.propose_source import Names
from register import edtf
from register.codes import EVENTS
from register.declaration import Table
from register.document import Agreement, Event
from register.records import agreed, derived
from register.schema import AGREEMENTS, EVENTS_TABLE

MOST_EVENTS = 20

NONE_OF_THEM = "-"
"""Stands for the choice of no value."""


def events(form: Form, known: Names) -> None:
    """What happened to it, each with its sources."""
    for number, event in enumerate(form.events, 1):
        is_new = not event.fields.get("event")
        label = f"Event {number}" + ("" if is_new else f": {_happened(event)}")
        with st.expander(label, expanded=is_new, key=f"propose_event_{event.key}"):
            fields.codes(
                "kind", EVENTS, event.fields, event, label=KINDS["events"],
                help=fields.defined(EVENTS),
            )  # fmt: skip
            propose_source.of_event(event.sources, form.sources, known)
            key = f"event_source_{event.key}"
            most = propose_source.MOST_SOURCES
            propose_source.add("Another source says so, too", event.sources, Source, most, key)
            disagreements(event.sources, event.choose, event, EVENTS_TABLE)
            fields.long_text("note", event.fields, event)
            if is_new:
                propose_source.remove("Remove this event", form.events, event)

    def new() -> Happening:
        return Happening(sources=[Source()])

    propose_source.add("Add an event", form.events, new, MOST_EVENTS, "add_event")


def _happened(event: Happening) -> str:
    kind = event.fields.get("kind")
    return EVENTS[kind].name.lower() if kind else "nothing yet"


def disagreements(sources: list[Source], choose: Texts, of: Part, table: Table) -> None:
    """What sources do not agree on, each to be decided by whoever fills in the form."""
    for name, values in _disputed(sources, choose, table):
        shown = {value: _in_words(table, name, value) for value in values}
        held = {name: choose[name] or NONE_OF_THEM} if name in choose else {}
        st.markdown(f"Sources disagree on “{LABELS[name]}”: choose, and say why in the note.")
        shown[NONE_OF_THEM] = "None of them"
        fields.choice(name, shown, held, of, key=f"choose_{name}")
        choose.pop(name, None)
        if held[name] is not None:
            choose[name] = "" if held[name] == NONE_OF_THEM else held[name]


def _disputed(
    sources: list[Source], choose: Texts, table: Table
) -> Iterator[tuple[str, list[str]]]:
    for name in derived(table, Agreement if table is AGREEMENTS else Event):
        said = [
            _as_understood(name, text)
            for source in sources
            for text in source.states.get(name, ())
            if text
        ]
        values = list(dict.fromkeys(said))
        if name in choose or (len(values) > 1 and _disagree(table, name, values)):
            yield name, values


def _disagree(table: Table, name: str, values: list[str]) -> bool:
    try:
        return agreed(table, name, values) is None
    except ValueError:  # Some is no date: that is told with the problems.
        return False


def _as_understood(name: str, text: str) -> str:
    try:
        return curating.understood(name, text)
    except ValueError:
        return text


def _in_words(table: Table, name: str, value: str) -> str:
    return edtf.in_words(value) if name in curating.DATES and edtf.read(value) else value
