"""What caches, browsers and careless or hostile askers meet."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from api.parameters import OF_A_LIST
from api.question import Given, address
from api.settings import MAX_ADDRESS, MAX_PARAMETERS, MAX_TOLD
from tests.api.conftest import ON_DAY, Api
from tests.conftest import Register
from tests.dashboard.conftest import known_register

Publish = Callable[[Register], Path]

# --- caches ---------------------------------------------------------------------------------

ASKED_FOR_AGAIN = "public, max-age=0, s-maxage=1"


@pytest.mark.parametrize(
    "path",
    ["/agreements", "/agreements.csv", "/sources.parquet", "/partners/krakow", "/", "/changes"],
)
def test_who_has_an_answer_already_is_told_so(real_api: Api, path: str) -> None:
    first = real_api.get(path)
    again = real_api.get(path, if_none_match=first.headers["etag"])
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]
    other = f'"x", {first.headers["etag"]}'
    assert real_api.get(path, if_none_match=other).status_code == 304
    assert real_api.get(path, if_none_match='W/"x"').status_code == 200


def test_the_etag_is_another_for_another_question_day_form_and_register(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(publish(known_register()))
    addresses = [
        *("/agreements", "/agreements?city=istanbul", "/agreements?limit=2", "/agreements.csv"),
        *("/agreements?fields=title", "/partners", f"/agreements?{ON_DAY}"),
    ]
    tags = [api.get(address).headers["etag"] for address in addresses]
    assert len(set(tags)) == len(addresses)
    monkeypatch.setattr("api.question.today", lambda: date(2022, 3, 2))
    assert api.get("/agreements").headers["etag"] != tags[0]

    changed = known_register()
    changed.partner("oslo", name="Oslo", country_code="NO")
    publish(changed)
    assert api.get(f"/agreements?{ON_DAY}").headers["etag"] != tags[-1]


def test_only_an_address_with_version_and_day_never_changes(api: Api) -> None:
    version = api.store.current().name
    kept = api.get(f"/agreements?version={version}&{ON_DAY}").headers["cache-control"]
    assert "immutable" in kept
    assert "max-age=31536000" in kept
    for rest in ("", f"?{ON_DAY}", f"?version={version}"):
        assert api.get(f"/agreements{rest}").headers["cache-control"] == ASKED_FOR_AGAIN


def test_another_version_than_the_one_served_is_gone(api: Api) -> None:
    answer = api.get("/agreements?version=0123456789ab")
    assert answer.status_code == 410
    assert answer.json()["current"] == api.store.current().name
    assert answer.headers["cache-control"] == "no-store"
    (error,) = api.errors("/agreements?version=latest")
    assert (error["parameter"], error["value"]) == ("version", "latest")


def test_a_register_published_anew_is_answered_at_once(publish: Publish) -> None:
    register = known_register()
    api = Api(publish(register))
    version = api.json("/")["version"]
    register.partner("oslo", name="Oslo", country_code="NO")
    register.agreement("oslo-2001", partner_id="oslo", signed_on="2001")
    publish(register)
    assert api.json("/")["version"] != version
    assert [row["agreement_id"] for row in api.data("/agreements?city=oslo")] == ["oslo-2001"]
    changes = api.json("/changes")["changes"]
    assert changes["before"] == version
    assert [(row["change"], row["agreement_id"]) for row in changes["agreements"]] == [
        ("added", "oslo-2001")
    ]


def test_a_register_that_is_missing_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    answer = Api(tmp_path / "nothing.duckdb").get("/agreements")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert str(tmp_path) not in answer.text
    (tmp_path / "broken.duckdb").write_bytes(b"no database")
    assert Api(tmp_path / "broken.duckdb").get("/agreements").status_code == 503


# --- browsers and other readers -------------------------------------------------------------


def test_text_is_compressed_for_who_takes_it_and_parquet_is_not(real_api: Api) -> None:
    for path in ("/agreements", "/agreements.csv", "/agreements/istanbul-2024-protocol"):
        assert real_api.get(path, accept_encoding="gzip").headers["content-encoding"] == "gzip"
        assert "content-encoding" not in real_api.get(path, accept_encoding="identity").headers
    packed = real_api.get("/agreements.parquet", accept_encoding="gzip")
    assert "content-encoding" not in packed.headers


@pytest.mark.parametrize("path", ["/agreements", "/agreements.parquet", "/nowhere", "/docs"])
def test_head_has_the_headers_of_get_and_no_content(api: Api, path: str) -> None:
    got = api.get(path, x_request_id="the-same-one")
    head = api.get(path, "HEAD", x_request_id="the-same-one")
    assert head.status_code == got.status_code
    assert head.content == b""
    assert {**head.headers} == {**got.headers}


def test_pages_of_other_sites_may_read_and_do_nothing_else(api: Api) -> None:
    answer = api.get("/areas", origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Register-Version" in answer.headers["access-control-expose-headers"]
    asked = {"origin": "https://example.org", "access_control_request_method": "GET"}
    assert api.get("/areas", "OPTIONS", **asked).status_code == 200
    asked["access_control_request_method"] = "DELETE"
    assert api.get("/areas", "OPTIONS", **asked).status_code == 400
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = api.get("/areas", method)
        assert answer.status_code == 405
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/areas", "/agreements.csv", "/nowhere"])
def test_an_answer_that_a_cache_keeps_is_for_pages_of_other_sites_too(api: Api, path: str) -> None:
    same = {"x_request_id": "the-same-id"}
    asked_by_a_program = api.get(path, **same).headers
    asked_by_a_page = api.get(path, origin="https://example.org", **same).headers

    assert {**asked_by_a_program} == {**asked_by_a_page}
    assert asked_by_a_program["access-control-allow-origin"] == "*"


def test_a_parquet_file_is_read_by_parts(api: Api) -> None:
    path = f"/agreements.parquet?{ON_DAY}"
    whole = api.get(path).content
    assert api.get(path, "HEAD").headers["accept-ranges"] == "bytes"
    assert api.get(path, "HEAD").headers["content-length"] == str(len(whole))
    for asked, part in (
        ("bytes=0-3", whole[:4]),
        ("bytes=-8", whole[-8:]),
        (f"bytes={len(whole) - 8}-", whole[-8:]),
        ("bytes=4-999999999", whole[4:]),
    ):
        answer = api.get(path, range=asked)
        assert answer.status_code == 206
        assert answer.content == part
        begin = whole.index(part)
        assert answer.headers["content-range"] == (
            f"bytes {begin}-{begin + len(part) - 1}/{len(whole)}"
        )
    assert api.get(path, range="bytes=999999999-").status_code == 416
    assert api.get(path, range="bytes=3-1").status_code == 416
    for asked in ("bytes=0-1,3-4", "lines=1-2", "bytes=a-b"):
        assert api.get(path, range=asked).content == whole
    assert api.get("/agreements.csv", range="bytes=0-3").status_code == 200


def test_the_page_to_try_it_loads_nothing_from_another_host(api: Api) -> None:
    page = api.get("/docs")
    assert page.status_code == 200
    assert "http" not in page.text
    assert "script-src 'self';" in page.headers["content-security-policy"]
    for part in (
        "/swagger/swagger-ui.css",
        "/swagger/swagger-ui-bundle.js",
        "/static/reference.js",
    ):
        assert f'"/api/v1{part}"' in page.text
        assert api.get(part).status_code == 200
    assert "validatorUrl: null" in api.get("/static/reference.js").text


# --- what is wrong with a question ----------------------------------------------------------


def test_all_errors_are_told_at_once_with_what_is_allowed_or_meant(api: Api) -> None:
    errors = api.errors(
        "/agreements?city=istambul&country=TR&status=actve&from=x&horizon=-1&as_of=2022-02-30"
        "&limit=0&offset=-1&fields=title,titel&colour=red&version=newest"
    )
    told = {error["parameter"]: error for error in errors}
    assert set(told) == {
        *("city", "status", "from", "horizon", "as_of", "limit", "offset", "fields", "colour"),
        "version",
    }
    assert told["city"]["value"] == "istambul"
    assert told["city"]["did_you_mean"] == ["istanbul"]
    assert told["city"]["allowed"] == ["anhui", "beijing", "istanbul", "ljubljana", "tehran"]
    assert told["status"]["did_you_mean"] == ["active"]
    assert told["fields"]["did_you_mean"] == ["title"]
    assert told["limit"]["detail"] == "It takes a whole number from 1 to 1000."
    assert told["colour"]["allowed"] == [parameter.name for parameter in OF_A_LIST]


def test_a_name_in_place_of_its_code_is_understood_in_the_error(api: Api) -> None:
    (error,) = api.errors("/agreements?country=T%C3%BCrkiye")
    assert error["did_you_mean"] == ["TR"]


def test_an_empty_value_is_as_good_as_none(api: Api) -> None:
    assert api.json(f"/agreements?city=&q=&from=&limit=&{ON_DAY}")["matching"] == 10


def test_a_problem_is_told_as_rfc_9457_has_it(api: Api) -> None:
    answer = api.get("/partners/istambul", x_request_id="this-one")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "The register has no partner “istambul”.",
        "instance": "/api/v1/partners/istambul",
        "request_id": "this-one",
        "did_you_mean": ["istanbul"],
    }
    assert api.get("/nowhere").headers["content-type"] == "application/problem+json"


HOSTILE = [
    *("", " ", "'", '"', "--", "; DROP TABLE agreements", "' OR 1=1 --", "%", "_", "\\", "$as_of"),
    *(
        "\0",
        "\x1b[31m",
        "\u202e",
        "\ud7ff",
        "\U0001d518",
        "٣",
        "²",
        "1e9",
        "-1",
        "9" * 30,
        "0x10",
        "NaN",
    ),
    *("null", "true", "[]", "{}", "../../etc/passwd", "<script>", "=1+1", "a" * 3000, "é" * 500),
    *("2022-03-01T00:00", "0000-00-00", "9999-12-31", "20220301", "2022-W01-1", "in_force"),
]


@pytest.mark.parametrize("parameter", [parameter.name for parameter in OF_A_LIST])
def test_whatever_a_parameter_holds_it_is_an_answer_or_a_problem(api: Api, parameter: str) -> None:
    for value in HOSTILE:
        given: Given = {parameter: [value]}
        for path in ("/agreements", "/counts/area.csv", "/partners.parquet"):
            answer = api.get(address(path, given))
            assert answer.status_code in (200, 422, 410), (value, answer.text)


@pytest.mark.parametrize("value", [value for value in HOSTILE if value.strip()])
def test_whatever_stands_in_the_path_it_is_an_answer_or_a_problem(api: Api, value: str) -> None:
    for path in ("/agreements/{}", "/partners/{}.yaml", "/events/x.{}", "/areas.{}", "/{}"):
        answer = api.get(path.format(quote(value, safe="")))
        assert answer.status_code in (404, 405), (path, answer.text)


@pytest.mark.parametrize(
    "query", ["%ff", "city=%c3%28", "&&&==&", "city=%00", "%", "=x", "q=%uD83D"]
)
def test_an_address_that_is_no_text_is_an_answer_or_a_problem(api: Api, query: str) -> None:
    assert api.get(f"/agreements?{query}").status_code in (200, 422)


def test_an_address_has_its_limits(api: Api) -> None:
    long = api.get(f"/agreements?q={'a' * MAX_ADDRESS}")
    assert long.status_code == 414
    assert long.headers["content-type"] == "application/problem+json"
    many = "&".join(f"city=x{number}" for number in range(MAX_PARAMETERS + 1))
    (error,) = api.errors(f"/agreements?{many}")
    assert f"at most {MAX_PARAMETERS}" in error["detail"]
    (error,) = api.errors(f"/agreements?q={'a' * 201}")
    assert error["parameter"] == "q"
    fields = ",".join(f"x{number}" for number in range(1000))
    assert len(api.errors(f"/agreements?fields={fields}")) == MAX_TOLD


def test_what_is_allowed_stands_in_the_first_error_of_a_parameter(api: Api) -> None:
    first, second = api.errors("/agreements?city=one&city=two")
    assert first["allowed"]
    assert "allowed" not in second


# --- the house ------------------------------------------------------------------------------


def test_the_api_and_the_read_side_need_no_streamlit() -> None:
    code = "import sys, api.app, register.store; assert 'streamlit' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_api_is_mounted_beside_the_dashboard() -> None:
    code = "from app import app; assert '/api/v1' in {route.path for route in app._user_routes}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_root_without_its_slash_leads_to_it(api: Api) -> None:
    assert api.json("") == api.json("/")
