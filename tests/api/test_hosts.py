"""Whoever asks under another site's name is refused; what a name is, is as Streamlit has it."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit import config
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from api import site
from api.middleware.hosts import is_allowed
from tests.api.conftest import Api

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
}


@pytest.mark.parametrize(("host", "right"), ASKED.items())
def test_a_name_is_right_or_wrong_for_us_as_for_streamlit(
    host: str, right: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "get_option", lambda _: HOSTS)
    assert is_host_allowed(host) is right
    assert is_allowed(host, HOSTS) is right


@pytest.mark.parametrize("path", ["/api/v1/statuses", "/api/v1/docs", "/nothing"])
def test_another_sites_name_gets_nothing(api: Api, path: str) -> None:
    app = Starlette(routes=site.routes(api.store), middleware=site.middleware(lambda: HOSTS))
    asked = TestClient(app)
    assert asked.get(path, headers={"Host": "evil.example"}).status_code == 421
    assert asked.get(path, headers={"Host": "localhost"}).status_code != 421


def test_the_probes_answer_under_any_name(api: Api) -> None:
    app = Starlette(routes=site.routes(api.store), middleware=site.middleware(lambda: HOSTS))
    asked = TestClient(app)
    for path in ("/healthz", "/readyz"):
        assert asked.get(path, headers={"Host": "10.0.0.7:8501"}).status_code == 200
    assert asked.get("/healthz/", headers={"Host": "10.0.0.7:8501"}).status_code == 421


def test_without_a_list_every_name_is_right(api: Api) -> None:
    app = Starlette(routes=site.routes(api.store), middleware=site.middleware(list))
    answer = TestClient(app).get("/api/v1/statuses", headers={"Host": "any.example"})
    assert answer.status_code == 200
