"""A small load of bounded length, on servers of this machine alone."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from tests.deploy.servers import wait_until

ASKERS = 4
MOST = 1500
"""So many requests one asker makes at most."""


@dataclass(frozen=True)
class Answer:
    address: str
    status: int
    headers: dict[str, str]
    """By their names in lower case."""

    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(url: str, address: str, method: str = "GET", **headers: str) -> Answer:
    """The answer of a server on loopback; an underscore in a header's name is a hyphen."""
    parts = urlsplit(url)
    assert parts.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection(parts.netloc, timeout=90)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, headers=named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(address, answer.status, found, answer.read())
    finally:
        connection.close()


class Load:
    """Several askers at once, each with the next address as soon as it has its answer."""

    def __init__(self, url: str, address: Callable[[int], str]) -> None:
        self.answers: list[Answer] = []
        self._url = url
        self._address = address
        self._over = Event()

    def more(self, count: int) -> None:
        """Wait until so many more answers are there."""
        goal = len(self.answers) + count
        wait_until(lambda: len(self.answers) >= goal or self._over.is_set(), f"{count} answers")

    def _run(self, asker: int) -> None:
        try:
            for number in range(asker, MOST * ASKERS, ASKERS):
                if self._over.is_set():
                    return
                self.answers.append(ask(self._url, self._address(number)))
                time.sleep(0.002)
        finally:
            self._over.set()


@contextmanager
def under_load(url: str, address: Callable[[int], str]) -> Iterator[Load]:
    """Ask for one address after the other until the block is left."""
    load = Load(url, address)
    with ThreadPoolExecutor(ASKERS) as askers:
        running = [askers.submit(load._run, asker) for asker in range(ASKERS)]
        try:
            yield load
        finally:
            load._over.set()
        for asker in running:
            asker.result()
