"""Answers in the OpenAPI description, from the declarations of lists and documents."""

from collections.abc import Sequence
from typing import Any

from pydantic.json_schema import models_json_schema

from api import problems
from api.answers import FORMATS, OF_LISTS
from api.parameters import Parameter
from register.document import Agreement, Event, Partner
from register.lists import LISTS, Column, List

_TYPES: dict[str, dict[str, Any]] = {
    "VARCHAR": {"type": ["string", "null"]},
    "DATE": {"type": ["string", "null"], "format": "date"},
    "BOOLEAN": {"type": ["boolean", "null"]},
    "BIGINT": {"type": ["integer", "null"]},
    "DOUBLE": {"type": ["number", "null"]},
}

_NUMBER = {"type": "integer", "minimum": 0}

FACTS: dict[str, Any] = {
    "version": {"type": "string", "description": "The register's version"},
    "as_of": {"type": "string", "format": "date", "description": "The day of the statuses"},
    "horizon": {"type": "integer", "description": "Days within which an end counts as expiring"},
    "licence": {"type": "string", "description": "Address of the data's licence"},
}

_HEADERS = {
    "ETag": "Of the version and the question, for If-None-Match",
    "Register-Version": "The register's version",
    "Register-As-Of": "The day of the statuses",
}
_LIST_HEADERS = {
    "Register-Total": "Rows in the register",
    "Register-Matching": "Rows that fit the filters",
    "Register-Shown": "Rows in this answer",
    "Link": 'The next page, rel="next", and the licence',
}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def problem(about: str) -> dict[str, Any]:
    """An answer that tells a problem."""
    return {"description": about, "content": {problems.MEDIA_TYPE: {"schema": _ref("Problem")}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: problem("No such record, or no such form of it"),
    406: problem("None of the forms that are accepted"),
    410: problem("A record that was withdrawn, or another version than the one that is served"),
    422: problem("Every parameter that cannot be understood, with what it may be"),
    503: problem("The register cannot be read at the moment"),
}


def extra(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The parameters of an address."""
    return {"parameters": [parameter.described for parameter in parameters]}


def list_responses(listed: List) -> dict[int | str, dict[str, Any]]:
    """The answers with rows of a list."""
    body = FACTS | {
        "total": _NUMBER | {"description": "Rows in the register"},
        "matching": _NUMBER | {"description": "Rows that fit the filters"},
        "shown": _NUMBER | {"description": "Rows in this answer"},
        "next": {"type": ["string", "null"], "description": "Address of the next page"},
        "data": {"type": "array", "items": _ref(_row_name(listed))},
    }
    content: dict[str, Any] = {FORMATS[form]: {"schema": {}} for form in OF_LISTS}
    content[FORMATS["json"]] = {"schema": _object(body)}
    return {200: _ok(listed.about, content, _HEADERS | _LIST_HEADERS), **PROBLEMS}


def json_responses(about: str, members: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """The answers that are no list, as JSON."""
    content = {FORMATS["json"]: {"schema": _object(FACTS | members)}}
    return {200: _ok(about, content, _HEADERS), **PROBLEMS}


def record_responses(about: str, model: str) -> dict[int | str, dict[str, Any]]:
    """The answers with one record."""
    answers = json_responses(about, {"document": _ref(model)})
    answers[200]["content"][FORMATS["yaml"]] = {"schema": {}}
    return answers


def components() -> dict[str, Any]:
    """What the answers refer to: the rows of lists, the documents of records, problems."""
    _, documents = models_json_schema(
        [(model, "validation") for model in (Agreement, Partner, Event)],
        ref_template="#/components/schemas/{model}",
    )
    rows = {
        _row_name(listed): {
            "type": "object",
            "properties": {column.name: _described(column) for column in listed.columns},
        }
        for listed in LISTS
    }
    return {**rows, **documents["$defs"], "Problem": problems.schema()}


def _row_name(listed: List) -> str:
    return f"Row of {listed.name}".title().replace(" ", "").replace("/", "")


def _described(column: Column) -> dict[str, Any]:
    return _TYPES[column.sql_type] | {"description": column.comment}


def _object(members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members)}


def _ok(about: str, content: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    told = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in headers.items()
    }
    return {"description": about, "content": content, "headers": told}
