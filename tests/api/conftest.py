"""The API over the known and over the real register, asked without a network."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.configuration import Settings
from api.operations.state import State
from api.site import Site
from register.builds import POINTER
from register.store import Store
from tests.dashboard.conftest import DAY, cursor, known, publish, real

__all__ = ["cursor", "known", "publish", "real"]

ON_DAY = f"as_of={DAY:%Y-%m-%d}"


def served(store: Store, **settings: Any) -> Site:
    """A server, with settings as it has them, under every name and without a limit unless given."""
    chosen: dict[str, Any] = {"allowed_hosts": "*", "requests_per_minute": 0}
    return Site(State(store, Settings(**chosen | settings)))


class Api:
    """Asks the API; an address begins below its root."""

    def __init__(self, database: Path) -> None:
        self.store = Store(database)
        self.client = TestClient(served(self.store).application())

    def get(self, address: str, method: str = "GET", **headers: str) -> Any:
        return self.ask(f"/api/v1{address}", method, **headers)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, path, headers=named)

    def json(self, address: str) -> Any:
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def data(self, address: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.json(address)["data"]
        return rows

    def errors(self, address: str) -> list[dict[str, Any]]:
        answer = self.get(address)
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        errors: list[dict[str, Any]] = answer.json()["errors"]
        return errors


@pytest.fixture(scope="session")
def api(known: Path) -> Api:
    """The API over the known register."""
    return Api(known)


@pytest.fixture(scope="session")
def real_api(published: Path) -> Api:
    """The API over the real register, published once."""
    return Api(published.with_name(POINTER))
