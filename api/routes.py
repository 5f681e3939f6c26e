"""How the routers serve lists and records, each alike."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import answers, described, question
from api.parameters import (
    OF_A_CONTROLLED_LIST,
    OF_A_LIST,
    OF_A_RECORD,
    Parameter,
    near,
)
from api.problems import Problem
from api.question import Question
from register import finding
from register.document import Agreement, Event, Partner, plain
from register.forms import to_yaml
from register.lists import List
from register.queries.withdrawn import withdrawn
from register.store import Version

Model = type[Agreement] | type[Partner] | type[Event]


def add_list(router: APIRouter, listed: List) -> None:
    """Serve a list at its name, and with a suffix in the form that it says."""
    columns = [column.name for column in listed.columns]
    parameters = OF_A_LIST if listed.filtered else OF_A_CONTROLLED_LIST

    def answer(request: Request) -> Response:
        asked = question.ask(request, parameters, columns)
        return answers.listing(request, listed, asked, request.path_params.get("suffix"))

    responses = described.list_responses(listed)
    for path in (f"/{listed.name}", f"/{listed.name}.{{suffix}}"):
        _add(router, path, answer, listed.about, responses, answers.OF_LISTS, parameters)


def add_record(router: APIRouter, table: str, model: Model, about: str) -> None:
    """Serve one record at its id, and with a suffix in the form that it says."""

    def answer(request: Request) -> Response:
        asked = question.ask(request, OF_A_RECORD)
        record_id = request.path_params["record_id"]
        if asked.version.ask(finding.table_of, record_id) != table:
            raise missing(asked.version, record_id, table.removesuffix("s"), (table,))
        return record(request, asked, table, record_id, request.path_params.get("suffix"))

    responses = described.record_responses(about, model.__name__)
    # The one with the suffix first: an id has no dot, but the other would take it for one.
    for path in (f"/{table}/{{record_id}}.{{suffix}}", f"/{table}/{{record_id}}"):
        _add(router, path, answer, about, responses, answers.OF_RECORDS, OF_A_RECORD)


def record(
    request: Request, asked: Question, table: str, record_id: str, suffix: str | None
) -> Response:
    """The document of a record that the register has, with what holds of it on the day."""
    version, filters = asked.version, asked.filters
    document = version.ask(finding.document, record_id)
    if document is None:
        raise ValueError(f"{record_id} is no record")
    members: dict[str, Any] = {"document": plain(document)}
    if not isinstance(document, Event):
        day = (filters.as_of, filters.horizon)
        members["on_day"] = version.ask(finding.on_day, table, record_id, *day)
    return answers.record(request, asked, suffix, members, lambda: to_yaml(document))


def missing(version: Version, record_id: str, what: str, tables: tuple[str, ...]) -> Problem:
    """Why there is nothing of that id: withdrawn, or unknown with what was probably meant.

    Args:
        tables: in which it may have been meant.
    """
    gone = version.ask(withdrawn, record_id)
    if gone:
        return Problem(410, gone.said, replaced_by=gone.replaced_by)
    detail = f"The register has no {what} “{record_id[:200]}”."
    like = version.ask(finding.like, record_id[:100], tables)
    return Problem(404, detail, did_you_mean=near(record_id, like))


def _add(
    router: APIRouter,
    path: str,
    answer: Callable[[Request], Response],
    about: str,
    responses: dict[int | str, dict[str, Any]],
    forms: Sequence[str],
    parameters: Sequence[Parameter],
) -> None:
    in_path: dict[str, dict[str, Any]] = {
        "record_id": {"type": "string"},
        "suffix": {"enum": list(forms)},
    }
    named = [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in in_path.items()
        if f"{{{name}}}" in path
    ]
    router.add_api_route(
        path,
        answer,
        operation_id="_".join(re.findall(r"\w+", path)),
        summary=about,
        responses=responses,
        openapi_extra={"parameters": named + described.extra(parameters)["parameters"]},
    )
