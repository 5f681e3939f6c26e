"""What whoever runs the server asks of it."""

import io
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from api import configuration
from api.operations import logs
from register.builds import POINTER
from register.observed import observed
from register.queries import Cursor
from register.queries.register import newest_source
from register.store import Store, Version
from tests.api.conftest import Api, served
from tests.conftest import Register
from tests.dashboard.conftest import known_register

Publish = Callable[[Register], Path]


Lines = Callable[[], list[dict[str, object]]]


def client(store: Store) -> TestClient:
    return TestClient(served(store).application())


# --- probes ---------------------------------------------------------------------------------


def test_a_ready_server_says_what_it_serves(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client(api.store).get("/readyz")
    told = answer.json()
    version = api.store.current()
    assert version.file
    stamp = version.file.name.split("-")[-1].removesuffix(".duckdb")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert (told["ready"], told["reason"]) == (True, None)
    assert told["version"] == version.name
    assert told["built_at"].translate({ord(sign): None for sign in "-:"}) == f"{stamp[:15]}+0000"
    assert 0 <= told["age_seconds"] < 24 * 3600
    assert told["newest_source"] == "2020-05"


def test_a_server_without_a_readable_register_is_healthy_but_not_ready(tmp_path: Path) -> None:
    database = tmp_path / "none.duckdb"
    asked = client(Store(database))
    assert asked.get("/healthz").status_code == 200
    answer = asked.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "ready": False,
        "reason": "The register's database is missing. Build it with make etl.",
    }
    database.write_bytes(b"no database")
    assert "cannot be read" in asked.get("/readyz").json()["reason"]


def test_a_server_is_ready_as_soon_as_there_is_a_register(publish: Publish, tmp_path: Path) -> None:
    database = tmp_path / "later.duckdb"
    asked = client(Store(database))
    assert asked.get("/readyz").status_code == 503
    database.symlink_to(publish(known_register()))
    assert asked.get("/readyz").json()["ready"]


def test_a_server_that_stops_is_not_ready_and_says_so(api: Api) -> None:
    site = served(api.store)
    asked = TestClient(site.application())
    assert "connection" not in asked.get("/readyz").headers
    site.state.stopping = True
    answer = asked.get("/readyz")
    # What a proxy holds open would be closed under it in a moment.
    assert answer.headers["connection"] == "close"
    assert answer.status_code == 503
    assert answer.json()["reason"] == "The server is stopping."
    assert answer.json()["version"] == api.store.current().name
    assert asked.get("/healthz").text == "ok\n"


def test_a_database_of_another_name_has_no_age(api: Api, tmp_path: Path) -> None:
    database = tmp_path / "copied.duckdb"
    database.write_bytes(api.store.current().content())
    told = client(Store(database)).get("/readyz").json()
    assert told["ready"]
    assert (told["built_at"], told["age_seconds"]) == (None, None)


def test_a_database_at_an_address_has_no_age_either(api: Api, tmp_path: Path) -> None:
    (tmp_path / "copied.duckdb").write_bytes(api.store.current().content())
    told = client(Store(f"file:{tmp_path}/copied.duckdb")).get("/readyz").json()
    assert told["ready"]
    assert (told["built_at"], told["age_seconds"]) == (None, None)


# --- metrics --------------------------------------------------------------------------------


@contextmanager
def watched(store: Store, **settings: str) -> Iterator[TestClient]:
    """A client on this machine of a server that runs."""
    app = served(store, **settings).application()
    with TestClient(app, client=("127.0.0.1", 1)) as asked:
        yield asked


def figures(asked: TestClient) -> dict[tuple[str, ...], float]:
    """What the metrics say: a value by its name and the values of its labels."""
    answer = asked.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return {
        (sample.name.removeprefix("partnerships_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_never_by_what_was_asked(api: Api) -> None:
    with watched(api.store) as asked:
        for path in ("agreements/istanbul-2010", "agreements/istanbul-2020", "agreements/none"):
            asked.get(f"/api/v1/{path}?horizon=77")
        asked.head("/api/v1/statuses")
        asked.request("BREW", "/api/v1/statuses")
        asked.get("/api/v1/%00")
        counted = figures(asked)
    record = "/api/v1/agreements/{record_id}"
    count = "http_request_seconds_count"
    assert counted[count, "GET", record, "200"] == 2
    assert counted[count, "GET", record, "404"] == 1
    assert counted[count, "HEAD", "/api/v1/statuses", "200"] == 1
    assert counted[count, "other", "/api/v1/statuses", "405"] == 1
    assert counted[count, "GET", "-", "404"] == 1
    assert counted["http_request_seconds_sum", "GET", record, "200"] > 0
    assert not [key for key in counted if "istanbul" in str(key) or "77" in str(key)]


def test_queries_and_runs_are_counted_by_name(api: Api) -> None:
    def fails(cursor: Cursor) -> None:
        raise LookupError

    with watched(api.store) as asked:
        version = api.store.current()
        version.answer(newest_source)
        with pytest.raises(LookupError):
            version.answer(fails)
        with observed("run", "timeline"):
            pass
        counted = figures(asked)
    count = "query_seconds_count"
    assert counted[count, "done", "queries.register.newest_source"] >= 1
    assert [key[1] for key in counted if key[0] == count and "fails" in key[2]] == ["failed"]
    assert counted["page_run_seconds_count", "done", "timeline"] == 1


def test_a_server_that_has_ended_counts_no_more(api: Api) -> None:
    with watched(api.store) as asked:
        before = figures(asked)
    api.store.current().answer(newest_source)
    after = figures(asked)
    name = ("query_seconds_count", "done", "queries.register.newest_source")
    assert after.get(name, 0) == before.get(name, 0)


def test_the_cache_is_told_as_it_is(publish: Publish) -> None:
    store = Store(publish(known_register()))
    with watched(store) as asked:
        figures(asked)  # Asks for the newest source.
        asked.get("/api/v1/statuses")
        before = figures(asked)
        asked.get("/api/v1/statuses")
        after = figures(asked)
    assert after["cache_requests_total", "hit"] > before["cache_requests_total", "hit"]
    assert after["cache_requests_total", "miss"] == before["cache_requests_total", "miss"] > 0
    assert after["cache_answers",] == before["cache_answers",] > 0
    assert after["cache_bytes",] == before["cache_bytes",] > 0


def test_the_register_is_told_with_its_age(publish: Publish, tmp_path: Path) -> None:
    store = Store(publish(known_register()))
    version = store.current()
    with watched(store) as asked:
        told = figures(asked)
    assert told["register_info", "2020-05", version.name] == 1
    assert told["register_available",] == 1
    age = datetime.now(UTC).timestamp() - told["register_built_timestamp_seconds",]
    assert 0 <= age < 24 * 3600
    with watched(Store(tmp_path / "none.duckdb")) as asked:
        assert figures(asked)["register_available",] == 0


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.1", {}, 403),
        ("testclient", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, 403),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 403),
        ("127.0.0.1", {"Via": "1.1 proxy"}, 403),
    ],
)
def test_the_metrics_are_for_this_machine(
    api: Api, peer: str, headers: dict[str, str], status: int
) -> None:
    asked = TestClient(served(api.store).application(), client=(peer, 1))
    assert asked.get("/metrics", headers=headers).status_code == status


def test_those_of_streamlit_are_no_less_private(api: Api) -> None:
    app = served(api.store).application()
    here, elsewhere = TestClient(app, client=("127.0.0.1", 1)), TestClient(app)
    for path in ("/_stcore/metrics", "/below/_stcore/metrics"):
        assert elsewhere.get(path).status_code == 403
        assert here.get(path).status_code == 404  # Streamlit is not there.


def test_with_a_token_the_metrics_are_for_who_has_it(api: Api) -> None:
    token = "0123456789abcdef"
    app = served(api.store, metrics_token=token).application()
    for peer in ("127.0.0.1", "192.0.2.1"):
        asked = TestClient(app, client=(peer, 1))
        for given, status in (("", 401), ("Bearer x", 401), (f"Bearer {token}", 200)):
            answer = asked.get("/metrics", headers={"Authorization": given})
            assert answer.status_code == status
            assert ("www-authenticate" in answer.headers) is (status == 401)


# --- logs -----------------------------------------------------------------------------------


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What is logged from now on as JSON."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.install("json")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_request_is_a_line_without_a_word_of_who_asked_for_what(api: Api, lines: Lines) -> None:
    headers = {"X-Forwarded-For": "192.0.2.66", "User-Agent": "Someone", "Referer": "elsewhere"}
    answer = api.client.get("/api/v1/agreements/istanbul-2010?horizon=77", headers=headers)
    (line,) = lines()
    assert line["message"] == "request"
    assert line["id"] == answer.headers["x-request-id"]
    assert line["route"] == "/api/v1/agreements/{record_id}"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["bytes"] == int(answer.headers["content-length"])
    assert line["version"] == api.store.current().name
    assert isinstance(line["milliseconds"], float)
    assert set(line) == {
        *("time", "level", "logger", "message", "id", "route", "method", "status"),
        *("milliseconds", "bytes", "version"),
    }
    for secret in ("192.0.2.66", "Someone", "elsewhere", "istanbul", "77", "testclient"):
        assert secret not in json.dumps({**line, "time": "", "id": "", "milliseconds": 0})


@pytest.mark.parametrize("given", ["0123abcd", "a.b-c_d.e-f_g", "Z" * 64])
def test_an_id_that_is_given_is_kept(api: Api, lines: Lines, given: str) -> None:
    answer = api.get("/nothing", x_request_id=given)
    assert answer.headers["x-request-id"] == given
    assert answer.json()["request_id"] == given
    assert [line["id"] for line in lines()] == [given]


@pytest.mark.parametrize("given", ["short", "Z" * 65, "with space", 'quote"quote', "ab\n\ncdefgh"])
def test_an_id_that_is_none_is_replaced(api: Api, given: str) -> None:
    answer = api.client.get("/api/v1/nothing", headers={b"X-Request-ID": given.encode()})
    assert answer.headers["x-request-id"] != given
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_a_failure_is_answered_and_logged_once_under_its_id(
    api: Api, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise LookupError("what nobody thought of")

    monkeypatch.setattr(Version, "ask", fails)
    app = served(api.store).application()
    answer = TestClient(app).get("/api/v1/statuses")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "content-security-policy" in answer.headers
    failure, request = lines()
    assert failure["id"] == request["id"] == answer.headers["x-request-id"]
    assert answer.json()["request_id"] == failure["id"]
    assert "LookupError: what nobody thought of" in str(failure["traceback"])
    assert "nobody thought" not in answer.text


def test_what_cannot_be_read_is_logged_under_the_requests_id(tmp_path: Path, lines: Lines) -> None:
    answer = client(Store(tmp_path / "none.duckdb")).get("/api/v1/statuses")
    failure, _ = lines()
    assert answer.json()["request_id"] == failure["id"]
    assert "RegisterUnavailable" in str(failure["traceback"])


def test_a_run_of_a_page_is_a_line_under_an_id_of_its_own(api: Api, lines: Lines) -> None:
    with watched(api.store):
        for _ in range(2):
            with observed("run", "timeline"):
                pass
    one, other = lines()
    assert (one["message"], one["page"], one["outcome"]) == ("run", "timeline", "done")
    assert one["id"] != other["id"]


# --- settings -------------------------------------------------------------------------------


def test_all_wrong_settings_are_told_at_once_without_a_traceback() -> None:
    wrong = {
        "PORT": "http",
        "PARTNERSHIPS_FRAME_ANCESTORS": "self; script-src *",
        "PARTNERSHIPS_TRUSTED_PROXIES": "10.0.0.1/8",
        "PARTNERSHIPS_METRICS_TOKEN": "swordfish",
        "PARTNERSHIPS_LOG_FORMAT": "xml",
        "PARTNERSHIPS_DRAIN_SECONDS": "-1",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "api"], env=os.environ | wrong, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    for name, value in wrong.items():
        (line,) = [line for line in ended.stderr.splitlines() if name in line]
        assert (value in line) is (name != "PARTNERSHIPS_METRICS_TOKEN")


def test_an_empty_setting_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALLOWED_HOSTS", "FRAME_ANCESTORS", "TRUSTED_PROXIES", "METRICS_TOKEN"):
        monkeypatch.setenv(f"PARTNERSHIPS_{name}", "")
    settings = configuration.read()
    assert settings.allowed_hosts == ("localhost", "127.0.0.1", "::1")
    assert settings.frame_ancestors == ("'none'",)
    assert (settings.trusted_proxies, settings.metrics_token) == ((), None)


def test_a_list_is_divided_by_commas_or_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERSHIPS_ALLOWED_HOSTS", "a.example, b.example c.example,")
    assert configuration.read().allowed_hosts == ("a.example", "b.example", "c.example")


def test_every_setting_is_told_in_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    for name, field in configuration.Settings.model_fields.items():
        known_as = field.validation_alias or configuration.PREFIX + name.upper()
        assert f"`{known_as}`" in docs


# --- the end --------------------------------------------------------------------------------


def status(url: str) -> int:
    """What is answered; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def until(url: str, wanted: int) -> None:
    """Wait until that is answered."""
    give_up = time.monotonic() + 60
    while (found := status(url)) != wanted:
        assert time.monotonic() < give_up, f"{url} answers {found}"
        time.sleep(0.05)


def let_go_on(pipe: Path, asking: socket.socket) -> None:
    """Open the pipe to write for whoever waits for that, until the connection says something.

    A server that is busy may come to the pipe late, or not at all once nothing leads to it.
    """
    give_up = time.monotonic() + 60
    while not select.select([asking], [], [], 0.05)[0]:
        assert time.monotonic() < give_up, "no answer, and the connection stays open"
        with suppress(OSError):  # Nobody reads.
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))


@contextmanager
def running(database: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """``python -m api`` over a database, with its port; it has to end without a failure."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {"PARTNERSHIPS_DATABASE": str(database), "PORT": str(port)} | settings
    command = [sys.executable, "-m", "api"]
    with subprocess.Popen(command, env=os.environ | env, stderr=subprocess.PIPE) as server:
        try:
            until(f"http://127.0.0.1:{port}/healthz", 200)
            yield server, port
            assert server.wait(timeout=60) == 0
            assert server.stderr
            assert all("traceback" not in json.loads(line) for line in server.stderr)
        finally:
            server.kill()


def test_a_server_that_is_told_to_stop_says_so_and_answers_on_for_a_while(
    published: Path,
) -> None:
    with running(published, PARTNERSHIPS_DRAIN_SECONDS="600") as (server, port):
        url = f"http://127.0.0.1:{port}"
        until(f"{url}/readyz", 200)
        server.send_signal(signal.SIGTERM)
        until(f"{url}/readyz", 503)
        assert status(f"{url}/healthz") == status(f"{url}/api/v1/statuses") == 200
        server.send_signal(signal.SIGTERM)  # The second one is meant at once.
        until(f"{url}/healthz", 0)


def test_a_request_under_way_has_its_answer_before_the_server_ends(
    published: Path, tmp_path: Path
) -> None:
    # Whoever opens a pipe to read waits until somebody opens it to write: a slow disk.
    pipe, pointer = tmp_path / "pipe", tmp_path / POINTER
    os.mkfifo(pipe)
    pointer.symlink_to(pipe)
    with running(pointer, PARTNERSHIPS_STOP_SECONDS="600") as (server, port):
        with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as asking:
            asking.sendall(b"GET /api/v1/statuses HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert status(f"http://127.0.0.1:{port}/healthz") == 200
            server.send_signal(signal.SIGTERM)
            until(f"http://127.0.0.1:{port}/healthz", 0)
            pointer.unlink()
            pointer.symlink_to(published)
            let_go_on(pipe, asking)
            answer = b"".join(iter(lambda: asking.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"no_end_stated" in answer
