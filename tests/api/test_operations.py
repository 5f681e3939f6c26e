"""What whoever runs the server asks of it."""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api import site
from api.operations import probes
from api.operations.state import State
from register.store import Store
from tests.api.conftest import Api
from tests.conftest import Register
from tests.dashboard.conftest import known_register

Publish = Callable[[Register], Path]


def client(store: Store) -> TestClient:
    return TestClient(Starlette(routes=site.routes(store)))


# --- probes ---------------------------------------------------------------------------------


def test_a_ready_server_says_what_it_serves(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client(api.store).get("/readyz")
    told = answer.json()
    version = api.store.current()
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
    state = State(api.store)
    asked = TestClient(Starlette(routes=probes.routes(state)))
    state.stopping = True
    answer = asked.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reason"] == "The server is stopping."
    assert answer.json()["version"] == api.store.current().name
    assert asked.get("/healthz").text == "ok\n"


def test_a_database_of_another_name_has_no_age(api: Api, tmp_path: Path) -> None:
    database = tmp_path / "copied.duckdb"
    copyfile(api.store.current().file, database)
    told = client(Store(database)).get("/readyz").json()
    assert told["ready"]
    assert (told["built_at"], told["age_seconds"]) == (None, None)
