"""One record over HTTP, and the description of the whole."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from etl.curating.show import finder
from etl.extract import read as read_files
from etl.frames import extract
from register.document import plain
from register.finding import document, ids
from register.forms import read, to_yaml
from register.records import find_document
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS
from tests.api.conftest import ON_DAY, Api
from tests.conftest import REAL_REGISTER

SCHEMA = Path(__file__).resolve().parent.parent.parent / "docs" / "record.schema.json"


def test_every_record_of_the_database_is_the_document_of_the_tables(real_api: Api) -> None:
    frames, _ = extract(read_files(REAL_REGISTER))
    find = finder(frames)
    version = real_api.store.current()
    known = version.ask(ids)
    assert [len(known[table.name]) for table in (AGREEMENTS, PARTNERS, EVENTS_TABLE)] == [
        334,
        144,
        91,
    ]
    for record_id in (*known["agreements"], *known["partners"]):
        assert version.answer(document, record_id) == find_document(find, record_id)


def test_an_agreement_is_its_document_with_what_holds_on_the_day(api: Api) -> None:
    answer = api.json(f"/agreements/anhui-2018?{ON_DAY}")
    assert (answer["version"], answer["as_of"]) == (api.store.current().name, "2022-03-01")
    assert answer["document"]["partner"] == "anhui"
    assert answer["document"]["events"][0]["kind"] == "terminated"
    assert answer["on_day"]["status"] == "terminated"
    assert answer["on_day"]["ends_on"] == "2021-06-15"
    assert answer["on_day"]["deciding_event"] == "event-2"
    earlier = api.json("/agreements/anhui-2018?as_of=2021-06-14")
    assert earlier["on_day"]["status"] == "active"


def test_a_partner_of_which_nothing_is_known_by_the_day_has_no_status(api: Api) -> None:
    assert api.json("/partners/tehran?as_of=2003-01-01")["on_day"] is None
    assert api.json(f"/partners/tehran?{ON_DAY}")["on_day"]["status"] == "announced"


def test_a_record_as_yaml_is_what_show_prints_and_can_be_read_again(api: Api) -> None:
    for path in ("/agreements/beijing-1995", "/partners/istanbul", "/events/event-2"):
        by_suffix, by_accept = api.get(f"{path}.yaml"), api.get(path, accept="application/yaml")
        assert by_suffix.text == by_accept.text
        parsed = read(by_suffix.text, "answer")
        assert to_yaml(parsed) == by_suffix.text
        assert plain(parsed) == api.json(path)["document"]


def test_the_documents_of_answers_fit_the_schema_on_file(api: Api) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for path in ("/agreements/beijing-1995", "/partners/istanbul", "/events/event-2"):
        validator.validate(api.json(path)["document"])


def test_the_register_says_what_is_in_it(api: Api) -> None:
    answer = api.json("/")
    assert answer["rows"]["agreements"] == 11
    assert answer["newest_source"] == "2020-05"
    for name, address in answer["addresses"].items():
        assert api.ask(address).status_code == 200, name


@pytest.fixture(scope="module")
def description(real_api: Api) -> Any:
    return real_api.get("/openapi.json").json()


def test_every_reference_of_the_description_leads_somewhere(description: Any) -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [ref for value in part.values() for ref in references(value)]
        if isinstance(part, list):
            return [ref for value in part for ref in references(value)]
        return []

    found = references(description)
    assert found
    assert description["openapi"].startswith("3.1")
    for reference in found:
        name = reference.removeprefix("#/components/schemas/")
        assert name in description["components"]["schemas"]


def test_the_documentation_names_every_address_parameter_and_header(description: Any) -> None:
    text = (SCHEMA.parent / "api.md").read_text(encoding="utf-8")
    for path, operations in description["paths"].items():
        assert path.split(".{")[0].replace("{record_id}", "<id>") in text
        for parameter in operations["get"]["parameters"]:
            if parameter["in"] == "query":
                assert f"`{parameter['name']}`" in text
        for header in operations["get"]["responses"]["200"]["headers"]:
            assert header in text
