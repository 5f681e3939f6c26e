"""Whoever asks under another site's name is refused; what a name is, is as Streamlit has it."""

import pytest
from starlette.testclient import TestClient
from streamlit import config
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from api.middleware.hosts import is_allowed
from tests.api.conftest import Api, served

HOSTS = ["localhost", "127.0.0.1", "::1", "*.register.example", "Dotted.example."]
ASKED = {
    "localhost": True,
    "LOCALHOST:8501": True,
    "127.0.0.1:": True,
    "[::1]:80": True,
    "localhost.": True,
    "a.register.example": True,
    "dotted.example": True,
    "register.example": False,
    "evilregister.example": False,
    "localhost.evil.example": False,
    "localhost@evil.example": False,
    "evil.example/localhost": False,
    "evil.example#localhost": False,
    "localhost:x": False,
    "": False,
    ":80": False,
    "[::1": False,
    "::1": False,
}


@pytest.fixture(scope="module")
def client(api: Api) -> TestClient:
    """Asks a server that answers under the names of HOSTS."""
    return TestClient(served(api.store, allowed_hosts=" ".join(HOSTS)).application())


@pytest.mark.parametrize(("host", "right"), ASKED.items())
def test_a_name_is_right_or_wrong_for_us_as_for_streamlit(
    host: str, right: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "get_option", lambda _: HOSTS)
    assert is_host_allowed(host) is right
    assert is_allowed(host, HOSTS) is right


@pytest.mark.parametrize("path", ["/api/v1/statuses", "/api/v1/docs", "/nothing", "/metrics"])
def test_another_sites_name_gets_nothing(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 421
    assert client.get(path, headers={"Host": "localhost"}).status_code != 421


def test_the_api_tells_a_wrong_name_as_a_problem(client: TestClient) -> None:
    answer = client.get("/api/v1/statuses", headers={"Host": "evil.example"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Misdirected Request"


def test_the_probes_answer_under_any_name(client: TestClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"Host": "10.0.0.7:8501"}).status_code == 200
    assert client.get("/healthz/", headers={"Host": "10.0.0.7:8501"}).status_code == 421


def test_who_has_the_token_reads_the_metrics_under_any_name(api: Api) -> None:
    token = "a" * 16
    client = TestClient(
        served(api.store, allowed_hosts="localhost", metrics_token=token).application()
    )
    elsewhere = {"Host": "10.0.0.7:8501"}
    assert client.get("/metrics", headers=elsewhere).status_code == 401
    answer = client.get("/metrics", headers=elsewhere | {"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_without_a_list_every_name_is_right(api: Api) -> None:
    client = TestClient(served(api.store).application())
    answer = client.get("/api/v1/statuses", headers={"Host": "any.example"})
    assert answer.status_code == 200
