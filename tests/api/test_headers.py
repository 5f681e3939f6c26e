"""Every answer tells the browser what it may do, whatever became of the question."""

import re

import pytest
from starlette.testclient import TestClient

from dashboard import policy
from tests.api.conftest import Api, served

EVERY = {
    "/api/v1/statuses": 200,
    "/api/v1/agreements.csv": 200,
    "/api/v1/docs": 200,
    "/api/v1/swagger/swagger-ui.css": 200,
    "/api/v1": 308,
    "/api/v1/agreements?city=nowhere": 422,
    "/api/v1/nothing": 404,
    "/api/v1/%00": 404,
    "/nothing": 404,
    "/healthz": 200,
    "/metrics": 403,
}


def rules(policy: str) -> dict[str, list[str]]:
    """The directives of a policy; none stands in it twice, since only the first would count."""
    parts = [part.split() for part in policy.split(";")]
    names = [part[0] for part in parts]
    assert len(names) == len(set(names))
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize(("path", "status"), EVERY.items())
def test_every_answer_has_the_headers(api: Api, path: str, status: int) -> None:
    answer = api.client.get(path, follow_redirects=False)
    assert answer.status_code == status
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])
    found = rules(headers["content-security-policy"])
    assert found["default-src"] == ["'none'"]
    assert found["frame-ancestors"] == ["'none'"]
    assert found["base-uri"] == ["'none'"]
    assert "strict-transport-security" not in headers


def test_answers_without_content_and_refusals_have_them_too(api: Api) -> None:
    etag = api.get("/statuses").headers["etag"]
    hosts = TestClient(served(api.store, allowed_hosts="localhost").application())
    for answer, status in (
        (api.get("/statuses", if_none_match=etag), 304),
        (api.get("/statuses", "HEAD"), 200),
        (api.get("/statuses", "DELETE"), 405),
        (hosts.get("/api/v1/statuses"), 421),
    ):
        assert answer.status_code == status
        assert "content-security-policy" in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_nothing_of_ours_may_run_a_script_but_the_apis_own_page(api: Api) -> None:
    for path in EVERY:
        answer = api.client.get(path, follow_redirects=False)
        found = rules(answer.headers["content-security-policy"])
        assert found.get("script-src") == (["'self'"] if path == "/api/v1/docs" else None)


def test_other_sites_may_load_the_api_and_nothing_else(api: Api) -> None:
    def whose(path: str) -> str:
        return str(api.client.get(path).headers["cross-origin-resource-policy"])

    assert whose("/api/v1/statuses") == whose("/api/v1/agreements.csv") == "cross-origin"
    assert whose("/metrics") == whose("/nothing") == "same-origin"
    answer = api.get("/statuses", origin="https://city.example")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_settings_say_who_may_embed_and_whether_it_is_behind_tls(api: Api) -> None:
    site = served(api.store, frame_ancestors="self, https://city.example", hsts_seconds=31536000)
    headers = TestClient(site.application()).get("/api/v1/docs").headers
    found = rules(headers["content-security-policy"])
    assert found["frame-ancestors"] == ["'self'", "https://city.example"]
    assert headers["strict-transport-security"] == "max-age=31536000"


def test_streamlits_page_has_a_policy_of_its_own_without_foreign_hosts() -> None:
    found = rules(policy.pages())
    words = {word for name, words in found.items() if name != "style-src" for word in words}
    hashes = {word for word in words if re.fullmatch("'sha256-[A-Za-z0-9+/]{43}='", word)}
    assert words - hashes <= {"'none'", "'self'", "data:", "blob:"}
    assert found["style-src"] == ["'self'", "'unsafe-inline'"]
    assert set(found["script-src"]) == {"'self'"} | hashes
