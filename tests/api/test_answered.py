"""What was asked before is answered from memory, and never with what does not hold any more."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.middleware.answered import AnsweredMiddleware, lasting
from api.operations.metrics import PATH
from api.operations.state import State
from register.observed import Done, listening
from register.store import Store
from tests.api.conftest import ON_DAY, Api, served
from tests.conftest import Register
from tests.dashboard.conftest import known_register

Publish = Callable[[Register], Path]

ADDRESSES = [
    f"/api/v1/agreements?city=istanbul&area=tourism&{ON_DAY}",
    f"/api/v1/counts/status?{ON_DAY}",
    f"/api/v1/agreements.csv?{ON_DAY}",
    f"/api/v1/agreements/istanbul-2020?{ON_DAY}",
    f"/r/istanbul-2020?{ON_DAY}",
    f"/r/istanbul?{ON_DAY}",
    "/r/",
]


@pytest.fixture
def asked(known: Path) -> Iterator[tuple[Api, Callable[[], int]]]:
    """An API that nobody has asked yet, and how often it has asked the register since."""
    api = Api(known)
    api.store.current()
    queries: list[Done] = []

    def questions() -> int:
        return api.store.cache.hits + api.store.cache.misses + len(queries)

    with listening(queries.append):
        yield api, questions


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_asked_before_is_not_asked_of_the_register_again(
    asked: tuple[Api, Callable[[], int]], address: str
) -> None:
    api, questions = asked
    first = api.ask(address)
    before = questions()
    again, head = api.ask(address), api.ask(address, "HEAD")
    assert questions() == before > 0
    for answer in (first, again, head):
        del answer.headers["x-request-id"]
    assert (again.status_code, again.content) == (200, first.content)
    assert dict(again.headers) == dict(head.headers) == dict(first.headers)
    assert head.content == b""


def test_who_takes_another_form_or_asks_elsewhere_gets_that(api: Api) -> None:
    address = f"/api/v1/agreements?{ON_DAY}"
    for _ in range(2):
        assert api.ask(address).headers["content-type"] == "application/json"
        assert "csv" in api.ask(address, accept="text/csv").headers["content-type"]
        assert "content-encoding" not in api.ask(address, accept_encoding="identity").headers
        assert api.ask(address, accept_encoding="gzip").headers["content-encoding"] == "gzip"
        assert "https://one.example/r/istanbul" in api.ask("https://one.example/r/istanbul").text
        assert "http://two.example/r/istanbul" in api.ask("http://two.example/r/istanbul").text


def test_another_register_and_another_day_are_answered_anew(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(publish(known_register()))
    api.store.current()  # What the first of all is answered is not kept.
    before = api.json("/agreements?city=istanbul")
    monkeypatch.setattr("api.question.today", lambda: date(2022, 3, 2))
    assert api.json("/agreements?city=istanbul")["as_of"] == "2022-03-02" != before["as_of"]

    changed = known_register()
    changed.partner("oslo", name="Oslo", country_code="NO")
    publish(changed)
    after = api.json("/agreements?city=istanbul")
    assert after["version"] == api.store.current().name != before["version"]


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/changes", "/feeds/changes.atom"])
def test_what_depends_on_more_than_register_and_day_is_made_anew(
    asked: tuple[Api, Callable[[], int]], address: str
) -> None:
    api, questions = asked
    api.ask(address)
    before = questions()
    assert api.ask(address).status_code == 200
    assert questions() > before


def test_an_answer_from_memory_counts_for_limit_and_metrics_as_any_other(known: Path) -> None:
    address = f"/api/v1/agreements?{ON_DAY}"
    client = TestClient(served(Store(known), requests_per_minute=2).application())
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    alone = TestClient(served(Store(known), metrics_token="x" * 16).application())
    for _ in range(3):
        alone.get(address)
    told = alone.get(PATH, headers={"authorization": f"Bearer {'x' * 16}"}).text
    route = 'method="GET",route="/api/v1/agreements",status="200"'
    assert f"partnerships_http_request_seconds_count{{{route}}} 3.0" in told


def test_no_more_is_kept_than_there_is_room_for(known: Path) -> None:
    made: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        made.append(scope["path"])
        lasting(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": bytes(300_000)})

    store = Store(known)
    store.current()
    # Room for three of them.
    client = TestClient(AnsweredMiddleware(app, State(store), lambda _: True, 1_000_000))
    for path in ("/1", "/2", "/3", "/1", "/4", "/1", "/2"):
        assert len(client.get(path).content) == 300_000
    assert made == ["/1", "/2", "/3", "/4", "/2"]
