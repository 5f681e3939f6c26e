"""The texts of record documents, YAML or JSON, as dictionaries, lists and texts with their lines.

YAML is read from the nodes that PyYAML composes, not through a loader: no ``2024-09`` turns into a
number and no ``NO`` into false, no tag makes an object, and each value keeps its line. PyYAML and
not ruamel.yaml, which keeps comments: a document is always written anew.
"""

import json
from collections.abc import Hashable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import yaml

from register.problems import BadRegister, Problem

MAX_DEPTH = 12
"""Twice as deep as a document goes."""

Place = tuple[Hashable, ...]
"""Where a value stands in a document: keys, and places in lists from 0."""


class Raw(NamedTuple):
    """What a document holds before anybody knows what it is; ``lines`` has those of its places."""

    value: Any
    lines: Mapping[Place, int]


def compose(text: str, name: str) -> list[Raw]:
    """The documents of a text: one, several after one another (YAML), or a list of them.

    Args:
        name: what errors call the text, such as a file's name.

    Raises:
        BadRegister: it is neither YAML nor JSON as they are read here.
    """
    found = _from_json(text, name) if text.lstrip()[:1] in {"{", "["} else _from_yaml(text, name)
    return [each for raw in found for each in _several(raw)]


def _several(raw: Raw) -> Iterator[Raw]:
    """The documents of a list, each with its own places."""
    if not isinstance(raw.value, list):
        yield raw
        return
    for index, value in enumerate(raw.value):
        lines = {place[1:]: line for place, line in raw.lines.items() if place[:1] == (index,)}
        yield Raw(value, lines)


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

    def nodes(self) -> Iterator[yaml.Node]:
        """The root of each document."""
        while self.check_node():
            node = self.get_node()
            if node is not None:
                yield node


def _not_read(problem: str, at: yaml.Event | yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)  # type: ignore[arg-type]


def _from_yaml(text: str, name: str) -> list[Raw]:
    try:
        return list(_raw(text))
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


def _raw(text: str) -> Iterator[Raw]:
    for node in _Composer(text).nodes():
        lines: dict[Place, int] = {}
        value = _value(node, (), lines)
        if value != "":  # Nothing but a comment between two marks.
            yield Raw(value, lines)


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


def _from_json(text: str, name: str) -> list[Raw]:
    try:
        value = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=_without_twins)
        return [Raw(value, _lines_of_json(text))]
    except json.JSONDecodeError as error:
        problem = Problem(
            name, error.lineno, "", "", f"is not JSON: {error.msg}", "check commas and quotes"
        )
    except (ValueError, RecursionError) as error:
        rule = str(error) if isinstance(error, ValueError) else "is too deep"
        problem = Problem(name, 0, "", "", rule, "write it as the schema has it")
    raise BadRegister([problem]) from None


def _lines_of_json(text: str) -> Mapping[Place, int]:
    """The lines of JSON, which is YAML but for tabs; none where it is not."""
    with suppress(yaml.YAMLError):
        return next(_raw(text.replace("\t", " "))).lines
    return {}


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"the key {key!r} is there twice")
    return dict(pairs)
