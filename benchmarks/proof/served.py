"""A server over a register, asked as browsers and programs ask it."""

import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from google.protobuf.message import Message
from websockets.asyncio.client import ClientConnection

from benchmarks.proof.promise import Broken, must
from benchmarks.websocket import Query, connected, query_string, visit
from tests.deploy.servers import Server, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
FREE = {
    "PARTNERSHIPS_REQUESTS_PER_MINUTE": "0",
    "PARTNERSHIPS_SESSIONS": "0",
    "PARTNERSHIPS_SESSIONS_PER_CLIENT": "0",
    "PARTNERSHIPS_LOG_FORMAT": "text",
}
"""Nobody is refused for asking much."""

PATIENCE = 600
"""Seconds: a long try stands behind all else that a machine does."""

FAULTS = ("Traceback", "Uncaught")
"""What a log says when the program has a fault."""


@contextmanager
def serving(database: Path, log: Path) -> Iterator[Server]:
    """The dashboard with all that it serves; at the end its log is looked through.

    Raises:
        Broken: the log tells of a fault of the program's own.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = Server(command, port, log, ROOT, PARTNERSHIPS_DATABASE=str(database), **FREE)
    server.start()
    try:
        server.wait_until_ready(PATIENCE)
        yield server
    finally:
        server.kill()
    said = log.read_text(errors="replace")
    for fault in FAULTS:
        must(fault not in said, f"the log: …{said[max(0, said.find(fault) - 500) :][:3000]}")


class Visitor:
    """Somebody who looks at pages."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def visit(self, page: str, query: Query) -> list[Message]:
        """Come to a page; the elements that it draws.

        Raises:
            Broken: it does not end, or ends with an exception.
        """
        elements: list[Message] = [
            told.delta.new_element
            async for told, _ in visit(self._socket, page, query)
            if told.WhichOneof("type") == "delta" and told.delta.WhichOneof("type") == "new_element"
        ]
        for element in elements:
            if element.WhichOneof("type") == "exception":
                raise Broken(f"/{page}?{query_string(query)}: {element}")
        return elements


@asynccontextmanager
async def visitor(server: Server) -> AsyncIterator[Visitor]:
    async with connected(server) as socket:
        yield Visitor(socket)


def memory(server: Server) -> float:
    """What the server holds of memory now, in MB."""
    pages = Path(f"/proc/{server.pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def open_files(server: Server) -> int:
    return len(os.listdir(f"/proc/{server.pid}/fd"))


def settled(server: Server, seconds: float = 2) -> None:
    """Give the server a moment to take leave of those who have gone."""
    time.sleep(seconds)
    must(Path(f"/proc/{server.pid}").exists(), "the server has ended")
