"""How the routers serve lists and records, each alike."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import answers, described, question
from api.parameters import OF_A_LIST, OF_A_RECORD, near
from api.problems import Problem
from register import finding
from register.document import Agreement, Event, Partner, plain
from register.forms import to_yaml
from register.lists import List

Model = type[Agreement] | type[Partner] | type[Event]


def _suffix(name: str, forms: tuple[str, ...]) -> dict[str, Any]:
    schema = {"type": "string", "enum": list(forms)}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def add_list(router: APIRouter, listed: List) -> None:
    """Serve a list at its name, and with a suffix in the form that it says."""

    def answer(request: Request, suffix: str | None = None) -> Response:
        columns = [column.name for column in listed.columns]
        asked = question.ask(request, OF_A_LIST, columns)
        return answers.listing(request, listed, asked, suffix)

    def by_accept(request: Request) -> Response:
        return answer(request)

    def by_suffix(request: Request, suffix: str) -> Response:
        return answer(request, suffix)

    responses, extra = described.list_responses(listed), described.extra(OF_A_LIST)
    name = listed.name.replace("/", "_")
    for path, serve, more in (
        (f"/{listed.name}", by_accept, {}),
        (f"/{listed.name}.{{suffix}}", by_suffix, {"form": True}),
    ):
        path_parameters = [_suffix("suffix", answers.OF_LISTS)] if more else []
        router.add_api_route(
            path,
            serve,
            name=f"{name}_in_a_form" if more else name,
            summary=listed.about,
            responses=responses,
            openapi_extra={"parameters": [*path_parameters, *extra["parameters"]]},
        )


def add_record(router: APIRouter, table: str, model: Model, about: str) -> None:
    """Serve one record at its id, and with a suffix in the form that it says."""

    def answer(request: Request, record_id: str, suffix: str | None = None) -> Response:
        asked = question.ask(request, OF_A_RECORD)
        version, day = asked.version, asked.filters
        known = version.ask(finding.ids)[table]
        if record_id not in known:
            meant = near(record_id, known)
            detail = f"The register has no {table.removesuffix('s')} “{record_id[:200]}”."
            raise Problem(404, detail, did_you_mean=meant)
        document = version.ask(finding.document, record_id)
        assert document is not None
        members: dict[str, Any] = {"document": plain(document)}
        if table != "events":
            about_day = (table, record_id, day.as_of, day.horizon)
            members = {"on_day": version.ask(finding.on_day, *about_day)} | members
        return answers.record(request, asked, suffix, members, lambda: to_yaml(document))

    def by_accept(request: Request, record_id: str) -> Response:
        return answer(request, record_id)

    def by_suffix(request: Request, record_id: str, suffix: str) -> Response:
        return answer(request, record_id, suffix)

    serve: Callable[..., Response]
    for path, serve, of_path in (
        (f"/{table}/{{record_id}}.{{suffix}}", by_suffix, [_suffix("suffix", answers.OF_RECORDS)]),
        (f"/{table}/{{record_id}}", by_accept, []),
    ):
        router.add_api_route(
            path,
            serve,
            name=f"{table}_record{'_in_a_form' if of_path else ''}",
            summary=about,
            responses=described.record_responses(about, model.model_json_schema()),
            openapi_extra={
                "parameters": [
                    *of_path,
                    *described.extra(OF_A_RECORD)["parameters"],
                ]
            },
        )
