"""Record documents as YAML and JSON texts: every scalar a text, every error with its place."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from register.composed import Place, Raw, compose
from register.document import (
    Agreement,
    AgreementSource,
    AgreementStates,
    Document,
    Event,
    EventStates,
    Partner,
    plain,
)
from register.problems import BadRegister, Problem
from register.repair import repaired

MAX_CHARACTERS = 200_000
"""Forty times the largest document of the register."""

MAX_TOGETHER = 10_000_000
"""The whole register as documents, ten times."""


@dataclass(frozen=True)
class Given:
    """A record document as somebody gave it.

    Attributes:
        document: what is right of it; None where that makes no document.
        name: what errors call it, such as the file's name.
        lines: the line of each of its places.
        problems: what is wrong with its form.
        faulty: the places of these problems.
        columns: what a place is called, where it is not by its keys.
    """

    document: Document | None
    name: str
    lines: Mapping[Place, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    faulty: frozenset[Place] = frozenset()
    columns: Mapping[Place, str] = field(default_factory=dict)

    def problem(self, place: Place, value: str, rule: str, mend: str) -> Problem:
        """Something wrong at a place of the document."""
        if place not in self.lines and place[-1:] == (0,):
            place = place[:-1]  # One value needs no list.
        line = self.lines.get(self._known(place, self.lines), 0)
        named = self.columns.get(self._known(place, self.columns), "")
        column = named or ".".join(map(str, place)) or "document"
        return Problem(self.name, line, column, value[:200], rule, mend)

    def _known(self, place: Place, known: Mapping[Place, Any]) -> Place:
        """The place, or the nearest around it that is known."""
        ends = range(len(place), -1, -1)
        return next((place[:end] for end in ends if place[:end] in known), ())


def to_yaml(document: BaseModel) -> str:
    """The document as YAML. What other readers would take for a number or a date is quoted."""
    return mapping_to_yaml(plain(document))


def mapping_to_yaml(mapping: Mapping[str, Any]) -> str:
    """The same of what is no complete document yet."""
    return yaml.dump(dict(mapping), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def to_json(document: BaseModel) -> str:
    """The document as JSON, its keys in the order of the declaration."""
    return json.dumps(plain(document), ensure_ascii=False, indent=2) + "\n"


def read(text: str, name: str) -> Document:
    """The one document that a text in YAML or JSON is.

    Args:
        name: what errors call the text, such as a file's name.

    Raises:
        BadRegister: with every problem of its form; a line is 0 where it is not known.
    """
    if len(text) > MAX_CHARACTERS:
        raise BadRegister([_too_long(name, MAX_CHARACTERS)])
    given = read_all(text, name)
    problems = [problem for each in given for problem in each.problems]
    if len(given) != 1:
        rule = "holds another document" if given else "is no record document"
        problems.append(Problem(name, 0, "", "", rule, "write one record"))
    if problems or given[0].document is None:
        raise BadRegister(problems)
    return given[0].document


def read_all(text: str, name: str) -> list[Given]:
    """The documents of a text: one, several after one another (YAML), or a list of them.

    Raises:
        BadRegister: it is no YAML or JSON as they are read here, or too much.
    """
    if len(text) > MAX_TOGETHER:
        raise BadRegister([_too_long(name, MAX_TOGETHER)])
    return [read_raw(raw, name) for raw in compose(text, name)]


def _too_long(name: str, limit: int) -> Problem:
    rule = f"has more than {limit:,} characters"
    return Problem(name, 0, "", "", rule, "write one record a document")


def read_raw(raw: Raw, name: str, columns: Mapping[Place, str] | None = None) -> Given:
    """The document that a value is, with every problem of its form."""
    model = _model_of(raw.value)
    given = Given(None, name, raw.lines, columns=columns or {})
    if model is None:
        mend = "give an agreement its title, a partner its name, an event its kind"
        problem = given.problem((), "", "is no record document", mend)
        return Given(None, name, raw.lines, (problem,), frozenset([()]))
    document, details = _validated(model, raw.value)
    problems = tuple(_problem(given, detail, model) for detail in details)
    return Given(
        document, name, raw.lines, problems, frozenset(map(_place, details)), given.columns
    )


def _validated(model: type[Document], value: Any) -> tuple[Document | None, list[ErrorDetails]]:
    """What is right of the value as a document, and what is wrong with it."""
    found: list[ErrorDetails] = []
    for _ in range(3):  # What is wrong with a whole shows when its parts are right.
        try:
            return model.model_validate(value), found
        except ValidationError as error:
            new = error.errors(include_url=False, include_input=True)
            told = set(map(_place, found))
            found += [each for each in new if _place(each) not in told]
            value = repaired(value, new)
            if value is None:
                break
    return None, found


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, and nothing is written as an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


# --- errors ---------------------------------------------------------------------------------

_TELLING: Mapping[str, type[Document]] = {
    "title": Agreement,
    "instrument": Agreement,
    "name": Partner,
    "country": Partner,
    "kind": Event,
}
"""By which field a document is told to be of which kind, the first that is there."""


def _model_of(given: Any) -> type[Document] | None:
    if not isinstance(given, Mapping):
        return None
    return next((model for name, model in _TELLING.items() if name in given), None)


def _place(detail: ErrorDetails) -> Place:
    return tuple(part for part in detail["loc"] if part != "[key]")


def _problem(given: Given, detail: ErrorDetails, model: type[Document]) -> Problem:
    value = detail["input"]
    shown = "" if isinstance(value, dict | list) else str(value)
    return given.problem(_place(detail), shown, *_rule_and_mend(detail, model))


_TYPES = {
    "string_type": "a text",
    "string_unicode": "a text",
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
    if field in AgreementStates.model_fields or field in EventStates.model_fields:
        return "move it into the states of the source that says so"
    if field in AgreementSource.model_fields:
        return "move it into the source that it belongs to"
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
