"""Changes of a record's document: what a source says of it, what the register files it under."""

from collections.abc import Mapping, Sequence
from typing import Any

from register import addresses

Json = dict[str, Any]


def stating(
    document: Json,
    source: Json,
    states: Mapping[str, str],
    areas: Mapping[str, Sequence[str]],
    *,
    also: bool,
) -> Json:
    """The document in which the source states the values, an empty one meaning that it does not.

    Args:
        document: as ``register.document.plain`` gives it.
        source: the source as a document has it; one that is there already is found again.
        states: values by field.
        areas: labels by area, added to those that are there.
        also: whether a value stands beside what the source states there, or in its place.
    """
    sources = [dict(each) for each in document.get("sources", [])]
    at = next((at for at, each in enumerate(sources) if _same(each, source)), len(sources))
    if at == len(sources):
        sources.append(source)
    said = dict(sources[at].get("states", {}))
    for field, value in states.items():
        values = [*_values(said.get(field)), value] if also else [value]
        said[field] = [each for each in dict.fromkeys(values) if each]
    labels = {area: _values(found) for area, found in sources[at].get("areas", {}).items()}
    for area, added in areas.items():
        labels[area] = [
            *labels.get(area, []),
            *(each for each in added if each not in labels.get(area, [])),
        ]
    sources[at] = sources[at] | {"states": said} | ({"areas": labels} if labels else {})
    silent = [
        each for each in sources if not any(each["states"].values()) and not each.get("areas")
    ]
    return document | {"sources": [each for each in sources if each not in silent]}


def place_of(document: Json, source: Json) -> int:
    """Where the source stands among those of the document; behind all where it is new."""
    sources = document.get("sources", [])
    return next((at for at, each in enumerate(sources) if _same(each, source)), len(sources))


def noted(document: Json, note: str) -> Json:
    """The document with the sentence, if any, added to its note."""
    parts = [part for part in (document.get("note"), note) if part]
    return document | ({"note": " ".join(parts)} if parts else {})


def with_names(document: Json, names: Mapping[str, Sequence[str]]) -> Json:
    """A partner's document with further names by language."""
    there = {language: _values(known) for language, known in document.get("names", {}).items()}
    for language, added in names.items():
        there[language] = [*there.get(language, []), *added]
    return document | ({"names": there} if names else {})


def without(document: Json, source_id: str) -> Json:
    """The document without the source, its events too."""
    kept = [each for each in document.get("sources", []) if each.get("source") != source_id]
    events = [without(event, source_id) for event in document.get("events", [])]
    return document | {"sources": kept} | ({"events": events} if events else {})


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if other.get("source"):
        return bool(one.get("source") == other["source"])
    url, there = other.get("url"), one.get("url")
    return bool(
        url and there and addresses.is_public(url) and addresses.page(url) == addresses.page(there)
    )


def _values(said: Any) -> list[Any]:
    if said is None:
        return []
    return list(said) if isinstance(said, list) else [said]
