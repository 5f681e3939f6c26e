"""What is sent leaves at once, also over a socket that somebody else has bound."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.operations import sending
from register.store import Store
from tests.api.conftest import served

pytestmark = pytest.mark.skipif(
    not Path("/dev/fd").exists(), reason="the system does not list open files"
)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that listens, bound as Streamlit binds its own: without a protocol."""
    with socket.socket(socket.AF_INET) as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        yield bound


def waits(listener: socket.socket) -> bool:
    """Whether what follows is held back until the other side has acknowledged what came before."""
    with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
        return not accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_no_connection_of_a_server_waits_to_send(listener: socket.socket, known: Path) -> None:
    assert waits(listener)
    with TestClient(served(Store(known)).application()):
        assert not waits(listener)


def test_what_a_server_has_open_beside_is_left_as_it_was(known: Path) -> None:
    site = served(Store(known))
    left, right = socket.socketpair()
    with left, right, TestClient(site.application()):
        before = sorted(os.listdir("/dev/fd"))
        sending.at_once()
        assert sorted(os.listdir("/dev/fd")) == before
        left.send(b"x")
        assert right.recv(1) == b"x"
