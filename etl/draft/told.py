"""A draft as it is printed: the document in YAML, under what each of its values comes from."""

import json
from collections.abc import Iterator

import regex

from etl.draft.values import Draft, Value
from register.forms import mapping_to_yaml

_UNSEEN = regex.compile(r"[\p{C}\s]+")

HEAD = "A draft, read from a text by a program. Check each value against the text, then apply it."


def to_yaml(draft: Draft) -> str:
    """The record document; comments say where each value comes from and what is doubtful."""
    return "".join(f"# {line}\n" for line in _lines(draft)) + mapping_to_yaml(draft.document)


def to_json(draft: Draft) -> str:
    """The document, the values with their spans, and what was not found, for programs."""
    told = {
        "document": draft.document,
        "values": [
            value._asdict() | {"span": value.span._asdict() if value.span else None}
            for value in draft.values
        ],
        "missing": draft.missing,
        "notes": draft.notes,
        "language": draft.page.language,
        "text": draft.text,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield HEAD
    for value in draft.values:
        yield _line(value)
    if draft.missing:
        yield f"Not found said: {', '.join(draft.missing)}."
    for note in draft.notes:
        yield f"Note: {note}."


def _line(value: Value) -> str:
    name = f"areas.{value.value}" if value.field == "areas" else f"{value.field}: {value.value}"
    said = ""
    if value.span:
        said = f" <- {_seen(value.span.words)!r} ({value.span.start}-{value.span.end})"
    like = f", like {value.resembles!r}" if value.resembles else ""
    doubt = f" ?? {value.doubt}" if value.doubt else ""
    return f"{_seen(name)}{said}{like}{doubt}"


def _seen(words: str) -> str:
    return _UNSEEN.sub(" ", words)
