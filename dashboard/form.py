"""Record documents as a form has them: texts that may still be wrong, and the way back.

A form knows no rule of the register. What it holds becomes documents as somebody would write them,
with the places at which ``register.forms`` tells what is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from register.document import Document, Partner, plain

Texts = dict[str, Any]
"""Values by the name of their field; None or an empty text for none."""

NEW = "+"
"""Stands for a partner that the register has not yet, where one is chosen."""

_keys = count(1)


class Unfinished(NamedTuple):
    """What no document can say yet: the place as in ``Problem.column``, and what is wanted."""

    place: str
    wanted: str


@dataclass
class Part:
    """A part of a form that can be added and taken away; ``key`` tells it from its likes."""

    fields: Texts = field(default_factory=dict)
    key: int = field(default_factory=lambda: next(_keys))


@dataclass
class Source(Part):
    """A source with what it states.

    Attributes:
        states: the values that it states, by field; mostly one.
        areas: its wordings, each with ``label``, ``area`` and ``language``.
        same_as: the source of the form that is the same page, by its key; None: described here.
    """

    states: dict[str, list[str]] = field(default_factory=dict)
    areas: list[Part] = field(default_factory=list)
    same_as: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said of it, and nothing by it."""
        said = [text for texts in self.states.values() for text in texts]
        return not any([*self.fields.values(), *said, *self.areas])


@dataclass
class Happening(Part):
    """An event with the sources that tell of it."""

    sources: list[Source] = field(default_factory=list)
    choose: Texts = field(default_factory=dict)


@dataclass
class Form(Part):
    """A record: of an agreement, or of a partner.

    Attributes:
        is_partner: whether it is of a partner.
        newcomer: the partner of an agreement that the register has not yet.
        names: a partner's other names, each with ``language`` and ``name``.
    """

    is_partner: bool = False
    newcomer: Texts = field(default_factory=dict)
    names: list[Part] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    choose: Texts = field(default_factory=dict)
    events: list[Happening] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed yet."""
        texts = [self.fields, self.newcomer, *(source.fields for source in self.sources)]
        return not any(value for each in texts for value in each.values())


def empty() -> Form:
    """The form of a new agreement, with room for its first source."""
    return Form(sources=[Source()])


# --- from a document --------------------------------------------------------------------------


def opened(document: Document) -> Form:
    """The form of a document of the register."""
    raw = plain(document)
    form = Form(_own(raw), is_partner=isinstance(document, Partner))
    form.choose = dict(raw.get("choose", {}))
    form.sources = [_source(each) for each in raw.get("sources", [])]
    form.names = [
        Part({"language": language, "name": name})
        for language, names in raw.get("names", {}).items()
        for name in _listed(names)
    ]
    by_id = {source.fields["source"]: source.key for source in form.sources}
    form.events = [_happening(each, by_id) for each in raw.get("events", [])]
    return form


def _own(raw: Mapping[str, Any]) -> Texts:
    return {name: value for name, value in raw.items() if isinstance(value, str)}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _source(raw: Mapping[str, Any]) -> Source:
    areas = [
        Part({"area": area} | (label if isinstance(label, dict) else {"label": label}))
        for area, labels in raw.get("areas", {}).items()
        for label in _listed(labels)
    ]
    states = {name: list(_listed(values)) for name, values in raw.get("states", {}).items()}
    return Source(_own(raw), states=states, areas=areas)


def _happening(raw: Mapping[str, Any], by_id: Mapping[str, int]) -> Happening:
    sources = [_source(each) for each in raw["sources"]]
    for source in sources:
        source.same_as = by_id.get(source.fields["source"])
    return Happening(_own(raw), sources=sources, choose=dict(raw.get("choose", {})))


# --- to documents -----------------------------------------------------------------------------


def closed(form: Form, new_partner_id: str = "") -> list[dict[str, Any]]:
    """The documents that a form says, as they would be written: the new partner, the record.

    Args:
        new_partner_id: the id that a new partner gets by its name.
    """
    own = dict(form.fields)
    newcomer = not form.is_partner and own.get("partner") == NEW
    if newcomer:
        own["partner"] = new_partner_id
    record = _filled(own) | _filled({"names": _names(form.names), "choose": _chosen(form.choose)})
    if not form.is_partner:
        record["sources"] = [_written(source, form) for source in form.sources]
    if form.events:
        record["events"] = [_event(event, form) for event in form.events]
    return [*([_filled(form.newcomer)] if newcomer else []), record]


def _filled(texts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in texts.items() if value}


def _chosen(choose: Texts) -> Texts:
    """What was chosen; an empty text chooses none of the values."""
    return {name: value for name, value in choose.items() if value is not None}


def _names(names: Iterable[Part]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for each in names:
        if each.fields.get("name"):
            found.setdefault(each.fields.get("language") or "", []).append(each.fields["name"])
    return {language: _single(texts) for language, texts in found.items()}


def _single(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _event(event: Happening, form: Form) -> dict[str, Any]:
    written = _filled(event.fields) | _filled({"choose": _chosen(event.choose)})
    return written | {"sources": [_written(source, form) for source in event.sources]}


def _written(source: Source, form: Form) -> dict[str, Any]:
    said = {name: [text for text in texts if text] for name, texts in source.states.items()}
    states = {name: _single(texts) for name, texts in said.items() if texts}
    areas: dict[str, list[Any]] = {}
    for wording in source.areas:
        texts = _filled(wording.fields)
        if "area" in texts and "label" in texts:
            label = {name: texts[name] for name in ("label", "language") if name in texts}
            areas.setdefault(texts["area"], []).append(
                label if "language" in label else label["label"]
            )
    told = {"states": states, "areas": {area: _single(each) for area, each in areas.items()}}
    return _described(source, form) | _filled(told)


def _described(source: Source, form: Form) -> dict[str, Any]:
    """Which source it is: its description, or the id or address of one that the form describes."""
    for other in form.sources:
        if other.key == source.same_as:
            name = "source" if other.fields.get("source") else "url"
            return _filled({name: other.fields.get(name)})
    return _filled(source.fields)


def unfinished(form: Form) -> Iterator[Unfinished]:
    """What was begun, and cannot be said in a document as it is."""
    for number, source in enumerate(form.sources):
        for wording in source.areas:
            label, area = wording.fields.get("label"), wording.fields.get("area")
            if label and not area:
                yield Unfinished(f"sources.{number}.areas", f"choose the area of “{label}”")
            if area and not label:
                yield Unfinished(f"sources.{number}.areas.{area}", "give the source's own words")
    for number, event in enumerate(form.events):
        for place, source in enumerate(event.sources):
            if not _described(source, form) and source.same_as is not None:
                where = f"events.{number}.sources.{place}"
                yield Unfinished(where, "that source has no address yet")
