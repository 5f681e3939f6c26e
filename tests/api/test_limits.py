"""What is too long, too often or too much is refused, and what is not goes on."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from api.configuration import Settings
from api.middleware.clients import client
from api.middleware.ours import ours
from api.middleware.rate import Rate, RateMiddleware
from api.middleware.sessions import SessionsMiddleware
from api.operations.state import State
from api.settings import MAX_ADDRESS, MAX_HEADERS
from tests.api.conftest import Api, served

PROXIES = (ip_network("10.0.0.0/8"), ip_network("2001:db8::/32"))


# --- how long -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/v1/agreements", "/healthz", "/timeline"])
def test_an_address_has_its_limit_everywhere(api: Api, path: str) -> None:
    room = MAX_ADDRESS - len(path)
    assert api.client.get(f"{path}?{'a' * room}").status_code != 414
    assert api.client.get(f"{path}?{'a' * (room + 1)}").status_code == 414


def test_headers_have_their_limit(api: Api) -> None:
    answer = api.client.get("/api/v1/statuses", headers={"Cookie": "a" * MAX_HEADERS})
    assert answer.status_code == 431
    assert answer.json()["title"] == "Request Header Fields Too Large"
    half = api.client.get("/api/v1/statuses", headers={"Cookie": "a" * (MAX_HEADERS // 2)})
    assert half.status_code == 200


def chunks() -> Iterator[bytes]:
    yield b"{}"


@pytest.mark.parametrize("content", [b"{}", chunks()])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_of_ours_takes_content(api: Api, method: str, content: Any) -> None:
    answer = api.client.request(method, "/api/v1/statuses", content=content)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("path", ["%00", "..%2f..%2fetc", "a/..%5c../b", "agreements/x%00y"])
def test_a_path_that_is_none_is_told_as_a_problem(api: Api, path: str) -> None:
    answer = api.client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["instance"].startswith("/api/v1/")


def test_two_dots_within_a_name_are_no_step_upwards(api: Api) -> None:
    assert "did_you_mean" in api.get("/agreements/istanbul..2010").json()


# --- who asks -------------------------------------------------------------------------------


def scope(peer: str, *forwarded: str) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return {"type": "http", "client": (peer, 1), "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.7"], "192.0.2.1"),  # Anybody can say so.
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["192.0.2.66, 198.51.100.7"], "198.51.100.7"),  # The first is its own word.
        ("10.0.0.1", ["192.0.2.66", "198.51.100.7, 10.9.9.9"], "198.51.100.7"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.2"], "10.0.0.2"),
        ("2001:db8::1", ["2001:470:1:2:3:4:5:6"], "2001:470:1:2::/64"),
        ("2001:470:1:2:ffff::1", [], "2001:470:1:2::/64"),
        ("::ffff:192.0.2.1", [], "192.0.2.1"),
        ("10.0.0.1", ["unknown"], ""),
    ],
)
def test_a_client_is_who_the_last_untrusted_hop_says(
    peer: str, forwarded: list[str], who: str
) -> None:
    assert client(scope(peer, *forwarded), PROXIES) == who


# --- how often ------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_holds_a_minutes_questions_and_fills_evenly() -> None:
    clock = Clock()
    rate = Rate(6, clock)
    assert [rate.wait("a") for _ in range(6)] == [0] * 6
    assert rate.wait("a") == pytest.approx(10)
    clock.now += 4
    assert rate.wait("a") == pytest.approx(6)
    clock.now += 6
    assert rate.wait("a") == 0
    assert rate.wait("a") == pytest.approx(10)
    clock.now += 3600
    assert [rate.wait("a") > 0 for _ in range(7)] == [False] * 6 + [True]


def test_a_client_has_nothing_to_do_with_another() -> None:
    rate = Rate(1, Clock())
    assert rate.wait("a") == 0
    assert rate.wait("a") > 0
    assert rate.wait("b") == 0


def test_a_full_minute_is_given_whatever_its_parts_add_up_to() -> None:
    for per_minute in (7, 600, 6000):
        rate = Rate(per_minute, Clock())
        waits = [rate.wait("a") for _ in range(per_minute + 1)]
        assert [place for place, wait in enumerate(waits) if wait] == [per_minute]


def test_those_who_have_not_asked_for_longest_are_forgotten() -> None:
    rate = Rate(1, Clock(), max_clients=2)
    for who in ("a", "b", "a", "c"):
        rate.wait(who)
    assert rate.wait("a") > 0
    assert rate.wait("b") == 0


def test_who_asks_too_often_is_told_when_to_ask_again(api: Api) -> None:
    asked = TestClient(served(api.store, requests_per_minute=2).application())
    assert [asked.get("/api/v1/statuses").status_code for _ in range(2)] == [200, 200]
    answer = asked.get("/api/v1/statuses", headers={"Origin": "https://other.example"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 30
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["title"] == "Too Many Requests"
    # Machines that watch, and files, are always answered.
    assert [asked.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    assert asked.get("/static/x.js").status_code == 404


def test_proxies_that_are_trusted_say_who_asks_too_often(api: Api) -> None:
    site = served(api.store, requests_per_minute=1, trusted_proxies="192.0.2.0/24")
    asked = TestClient(site.application(), client=("192.0.2.1", 1))

    def status(who: str) -> int:
        return asked.get("/api/v1/statuses", headers={"X-Forwarded-For": who}).status_code

    assert [status(who) for who in ("198.51.100.1", "198.51.100.2", "198.51.100.1")] == [
        *(200, 200, 429)
    ]


# --- how many sessions ----------------------------------------------------------------------


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()


def dashboard(api: Api, **settings: Any) -> tuple[State, Starlette]:
    """A stand-in for Streamlit's websocket behind what bounds it."""
    state = State(api.store, Settings(**settings))
    page = Route("/api/v1/x", lambda _: PlainTextResponse("x"))
    middleware = [
        Middleware(RateMiddleware, state=state, ours=ours([page]), rate=Rate(3, Clock())),
        Middleware(SessionsMiddleware, state=state, ours=ours([page])),
    ]
    routes = [WebSocketRoute("/stream", echo), page, Route("/timeline", page.endpoint)]
    return state, Starlette(routes=routes, middleware=middleware)


@pytest.mark.parametrize("setting", ["sessions", "sessions_per_client"])
def test_one_session_too_many_is_refused_until_another_ends(api: Api, setting: str) -> None:
    state, app = dashboard(api, **{setting: 1})
    asked = TestClient(app)
    with asked.websocket_connect("/stream") as session:
        with (
            pytest.raises(WebSocketDenialResponse) as refused,
            asked.websocket_connect("/stream"),
        ):
            pass
        assert refused.value.status_code == 503
        assert refused.value.headers["retry-after"] == "30"
        assert state.metrics.registry.get_sample_value("partnerships_sessions") == 1
        session.send_text("x")
        assert session.receive_text() == "x"
    assert state.metrics.registry.get_sample_value("partnerships_sessions") == 0
    with asked.websocket_connect("/stream") as session:
        session.send_text("y")
        assert session.receive_text() == "y"


def test_who_comes_when_there_is_no_room_is_told_so_in_place_of_the_page(api: Api) -> None:
    _, app = dashboard(api, sessions=1)
    asked = TestClient(app)
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    with asked.websocket_connect("/stream") as session:
        answer = asked.get("/timeline", headers=browser)
        assert answer.status_code == 503
        assert answer.headers["refresh"] == answer.headers["retry-after"] == "30"
        assert "As many sessions are open" in answer.text
        # Files of pages that are open, and what needs no session.
        assert asked.get("/timeline").status_code == 200
        assert asked.get("/api/v1/x", headers=browser).status_code == 200
        session.send_text("x")
    assert asked.get("/timeline", headers=browser).status_code == 200


def test_a_client_who_has_its_sessions_keeps_no_other_from_one(api: Api) -> None:
    _, app = dashboard(api, sessions_per_client=1)
    here, there = TestClient(app), TestClient(app, client=("192.0.2.9", 1))
    with here.websocket_connect("/stream") as one, there.websocket_connect("/stream") as other:
        for session in (one, other):
            session.send_text("x")
            assert session.receive_text() == "x"


def test_sessions_begun_one_after_the_other_are_counted_as_questions(api: Api) -> None:
    _, app = dashboard(api)
    asked = TestClient(app)
    for _ in range(3):
        with asked.websocket_connect("/stream") as session:
            session.send_text("x")
    with pytest.raises(WebSocketDenialResponse) as refused, asked.websocket_connect("/stream"):
        pass
    assert refused.value.status_code == 429
    assert refused.value.headers["retry-after"] == "20"
