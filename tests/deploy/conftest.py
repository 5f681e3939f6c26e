"""Three replicas over one published register and nginx before them, started once for all tests."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.publish import build
from register.builds import POINTER, version_of
from tests.browser.conftest import browser
from tests.conftest import Register
from tests.dashboard.conftest import known_register
from tests.deploy.image import copy_into
from tests.deploy.servers import Nginx, Server, replica

__all__ = ["browser"]


@pytest.fixture(scope="session")
def nginx_program() -> str:
    """Debian's nginx, which ``make test`` installs."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        reason = "nginx is missing: run `make nginx`, or install it (sudo apt-get install nginx)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return found


class Published:
    """The folder in which all replicas look for the register."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.pointer = folder / "build" / POINTER

    def publish(self, register: Register) -> str:
        """Publish a register; the value is the version's name."""
        database = build(register.write(self._folder / "register"), self.pointer.parent)
        return str(version_of(database.name))


@pytest.fixture(scope="session")
def published_here(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The known register, published; a test may publish one with more in it."""
    published = Published(tmp_path_factory.mktemp("published"))
    published.publish(known_register())
    return published


@pytest.fixture(scope="session")
def all_replicas(
    published_here: Published, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Server]]:
    logs, image = tmp_path_factory.mktemp("replicas"), tmp_path_factory.mktemp("image")
    copy_into(image)
    servers = [replica(image, published_here.pointer, logs / str(number)) for number in range(3)]
    try:
        yield servers
    finally:
        for server in servers:
            server.kill()


@pytest.fixture
def replicas(all_replicas: list[Server]) -> list[Server]:
    """All three, ready; whichever a test before has ended is started again."""
    for server in all_replicas:
        server.start()
    for server in all_replicas:
        server.wait_until_ready()
    return all_replicas


@pytest.fixture
def new_nginx(nginx_program: str, tmp_path: Path) -> Iterator[Callable[..., Nginx]]:
    """Start nginx before some replicas, with limits of its own."""
    started: list[Nginx] = []

    def start(replicas: list[Server], **options: str) -> Nginx:
        folder = tmp_path / f"nginx-{len(started)}"
        nginx = Nginx(nginx_program, folder, [each.place for each in replicas], **options)
        started.append(nginx)
        nginx.start()
        nginx.wait_until_ready()
        return nginx

    yield start
    for nginx in started:
        nginx.drain()


@pytest.fixture
def edge(replicas: list[Server], new_nginx: Callable[..., Nginx]) -> Nginx:
    """nginx before all three, with an empty cache."""
    return new_nginx(replicas)
