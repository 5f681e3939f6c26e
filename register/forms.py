"""Record documents as YAML and JSON texts: every scalar is a text, and every error has its place.

YAML is read from the nodes that PyYAML composes, not through a loader: no ``2024-09`` turns into a
number and no ``NO`` into false, no tag makes an object, and each value keeps its line. PyYAML and
not ruamel.yaml, which keeps comments: a document is always written anew.
"""

import json
from collections.abc import Hashable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from register.document import Agreement, Document, Event, Partner, plain
from register.problems import BadRegister, Problem

MAX_CHARACTERS = 200_000
"""Forty times the largest document of the register."""

MAX_DEPTH = 12
"""Twice as deep as a document goes."""

Place = tuple[Hashable, ...]


def to_yaml(document: BaseModel) -> str:
    """The document as YAML. What other readers would take for a number or a date is quoted."""
    return yaml.dump(
        plain(document), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100
    )


def to_json(document: BaseModel) -> str:
    """The document as JSON, its keys in the order of the declaration."""
    return json.dumps(plain(document), ensure_ascii=False, indent=2) + "\n"


def read(text: str, name: str) -> Document:
    """The document that a text in YAML or JSON is.

    Args:
        name: what errors call the text, such as a file's name.

    Raises:
        BadRegister: with every problem of its form; a line is 0 where it is not known.
    """
    if len(text) > MAX_CHARACTERS:
        rule = f"has more than {MAX_CHARACTERS:,} characters"
        raise BadRegister([Problem(name, 0, "", "", rule, "write one record a document")])
    given, lines = _from_json(text, name) if text.lstrip()[:1] == "{" else _from_yaml(text, name)
    model = _model_of(given, name)
    try:
        return model.model_validate(given)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        raise BadRegister([_problem(detail, model, name, lines) for detail in details]) from None


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, and nothing is written as an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


# --- YAML -----------------------------------------------------------------------------------


class _Composer(yaml.BaseLoader):
    """Composes nodes; anchors, which can make a small text a huge document, are an error."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _not_read("anchors and aliases are not read", event)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _not_read(f"it is more than {MAX_DEPTH} levels deep", event)
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _not_read(problem: str, at: yaml.Event | yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)  # type: ignore[arg-type]


def _from_yaml(text: str, name: str) -> tuple[Any, dict[Place, int]]:
    lines: dict[Place, int] = {}
    try:
        node = _Composer(text).get_single_node()
        return (None if node is None else _value(node, (), lines)), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        rule = f"is not YAML as it is read here: {error.problem or error.context}"
        line = mark.line + 1 if mark else 0
        mend = "check indents, colons and quotes; a text with ': ' or '#' in it is quoted"
        raise BadRegister([Problem(name, line, "", "", rule, mend)]) from None
    except yaml.YAMLError as error:
        rule = f"is not YAML: {' '.join(str(error).split())}"
        mend = "save it as plain UTF-8 text"
        raise BadRegister([Problem(name, 0, "", "", rule, mend)]) from None


def _value(node: yaml.Node, place: Place, lines: dict[Place, int]) -> Any:
    """Texts, lists and dictionaries; ``lines`` gets the line of each."""
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, index), lines) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                raise _not_read("a key is not a text", key_node)
            if key in mapping:
                raise _not_read(f"the key {key!r} is there twice", key_node)
            mapping[key] = _value(value_node, (*place, key), lines)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return mapping
    return node.value


# --- JSON -----------------------------------------------------------------------------------


def _from_json(text: str, name: str) -> tuple[Any, dict[Place, int]]:
    try:
        return json.loads(
            text, parse_int=str, parse_float=str, object_pairs_hook=_without_twins
        ), {}
    except json.JSONDecodeError as error:
        problem = Problem(
            name, error.lineno, "", "", f"is not JSON: {error.msg}", "check commas and quotes"
        )
    except (ValueError, RecursionError) as error:
        rule = str(error) if isinstance(error, ValueError) else "is too deep"
        problem = Problem(name, 0, "", "", rule, "write it as the schema has it")
    raise BadRegister([problem]) from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"the key {key!r} is there twice")
    return dict(pairs)


# --- errors ---------------------------------------------------------------------------------

_TELLING: Mapping[str, type[Document]] = {
    "title": Agreement,
    "instrument": Agreement,
    "name": Partner,
    "country": Partner,
    "kind": Event,
}
"""By which field a document is told to be of which kind, the first that is there."""


def _model_of(given: Any, name: str) -> type[Document]:
    if isinstance(given, Mapping):
        for field, model in _TELLING.items():
            if field in given:
                return model
    rule = "is no record document"
    mend = "give an agreement its title, a partner its name, an event its kind"
    raise BadRegister([Problem(name, 0, "", "", rule, mend)])


def _problem(
    detail: ErrorDetails, model: type[Document], name: str, lines: dict[Place, int]
) -> Problem:
    place: Place = tuple(part for part in detail["loc"] if part != "[key]")
    rule, mend = _rule_and_mend(detail, model)
    known = next((place[:end] for end in range(len(place), -1, -1) if place[:end] in lines), ())
    value = detail["input"]
    return Problem(
        name,
        lines.get(known, 0),
        ".".join(map(str, place)) or "document",
        "" if isinstance(value, dict | list) else str(value)[:200],
        rule,
        mend,
    )


_TYPES = {
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
}


def _rule_and_mend(detail: ErrorDetails, model: type[Document]) -> tuple[str, str]:
    context, kind = detail.get("ctx", {}), detail["type"]
    if kind == "rule":
        return str(context["rule"]), str(context["mend"])
    if kind == "missing":
        return "is missing", "give it"
    if kind == "extra_forbidden":
        return "is no field of this part", _meant(str(detail["loc"][-1]), model)
    if kind == "literal_error":
        return "is not what sources are chosen for", f"use one of {context['expected']}"
    if kind in _TYPES:
        return f"is not {_TYPES[kind]}", f"write {_TYPES[kind]} there"
    if kind == "string_pattern_mismatch":
        return "is not of the form", f"write it as {context['pattern']}"
    return detail["msg"][:1].lower() + detail["msg"][1:], "see docs/record.schema.json"


def _meant(field: str, model: type[Document]) -> str:
    near = get_close_matches(field, sorted(set(_all_fields(model))), 1)
    return (
        f"write {near[0]} if that is meant"
        if near
        else "remove it; docs/record.schema.json has them"
    )


def _all_fields(schema: type[BaseModel]) -> Iterator[str]:
    definitions = schema.model_json_schema()
    for part in (definitions, *definitions.get("$defs", {}).values()):
        yield from part.get("properties", {})
