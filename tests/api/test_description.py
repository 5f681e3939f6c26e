"""Questions that are made from the API's own description: none ends in an error of the server."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import Api


@pytest.fixture(scope="module")
def operations(api: Api) -> dict[str, Any]:
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", api.client.app)
    found: list[Any] = list(described.get_all_operations())
    return {result.ok().label: result.ok() for result in found}


LISTS = ("agreements", "partners", "events", "sources", "list_mentions", "areas", "statuses")
COUNTS = ("counts/status", "counts/area", "counts/partner")
PATHS = [
    *("/", "/changes"),
    *(f"/{name}{suffix}" for name in (*LISTS, *COUNTS) for suffix in ("", ".{suffix}")),
    *(
        f"/{name}/{{record_id}}{suffix}"
        for name in ("agreements", "partners", "events")
        for suffix in ("", ".{suffix}")
    ),
]


def test_every_address_is_asked(operations: dict[str, Any]) -> None:
    assert set(operations) == {f"GET {path}" for path in PATHS}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_one_that_is_described(operations: dict[str, Any], path: str) -> None:
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    @given(case=operations[f"GET {path}"].as_strategy())
    def ask(case: Any) -> None:
        # The description does not list the ids of the register, nor how the years go together.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_with_rows_has_the_form_described(operations: dict[str, Any], path: str) -> None:
    record = {"agreements": "ljubljana-2019", "partners": "istanbul", "events": "event-2"}
    case = operations[f"GET {path}"].Case(
        path_parameters={"record_id": record.get(path.split("/")[1]), "suffix": "json"},
        query={"as_of": "2022-03-01"},
    )
    answer = case.call_and_validate()
    assert answer.status_code == 200
    if path.split(".")[0].strip("/") in (*LISTS, *COUNTS):
        assert answer.json()["data"]
