"""The dashboard within this process, by its real protocol: what a page asks, and what it sends."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from starlette.testclient import TestClient, WebSocketTestSession
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.foreseen import Run
from register.days import DayCursor
from register.observed import Done, listening
from register.store import Version

DAY, BEFORE = "2026-11-21", "2025-11-21"
NESTED = ("NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN")
"""Joins that go over each pair of rows."""


@dataclass
class Seen:
    """What one run of a page took.

    Attributes:
        queries: by name, each with its seconds, those answered from a cache left out.
        rows: how many rows their answers had.
        loops: the queries whose plan joins each row with each.
        sent: bytes of the messages that draw the page, those of the session itself left out.
        elements: how many there are of these.
        modules: how many were imported by then.
    """

    queries: list[tuple[str, float]] = field(default_factory=list)
    rows: int = 0
    loops: list[str] = field(default_factory=list)
    sent: int = 0
    elements: int = 0
    modules: int = 0


class Inside:
    """One session of the dashboard of this process."""

    def __init__(self, client: TestClient, socket: WebSocketTestSession, plans: bool) -> None:
        self._client, self._socket, self._plans = client, socket, plans

    def ask(self, address: str) -> list[tuple[str, float]]:
        """The queries that the API or a plain page takes for an address."""
        seen = Seen()
        with _watched(seen, self._plans):
            answer = self._client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:200]}")
        return seen.queries

    def visit(self, page: str, **filters: str) -> Seen:
        """Run a page for these filters."""
        seen, error = Seen(), ""
        with _watched(seen, self._plans):
            asked = BackMsg()
            asked.rerun_script.query_string = urlencode(filters)
            asked.rerun_script.page_name = page
            self._socket.send_bytes(asked.SerializeToString())
            told = ForwardMsg()
            while told.WhichOneof("type") != "script_finished":
                message = self._socket.receive_bytes()
                told.ParseFromString(message)
                if told.WhichOneof("type") in ("delta", "ref_hash"):
                    error = error or _error(told)
                    seen.sent += len(message)
                    seen.elements += 1
        if error:
            raise RuntimeError(f"page {page or 'overview'}: {error}")
        seen.modules = len(sys.modules)
        return seen


@contextmanager
def inside(*, plans: bool = False, foreseeing: bool = True) -> Iterator[Inside]:
    """A session; the database is the one that PARTNERSHIPS_DATABASE names.

    Args:
        plans: whether the plan of each query is looked at.
        foreseeing: whether a page's questions are asked beside its run, as they are outside.
            Without it each has the processors to itself.
    """
    from app import app

    logging.disable(logging.WARNING)
    address = "ws://127.0.0.1/_stcore/stream"
    with (
        TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000)) as client,
        client.websocket_connect(address, subprotocols=["streamlit"]) as socket,
        nullcontext() if foreseeing else _nothing_foreseen(),
    ):
        yield Inside(client, socket, plans)


@contextmanager
def _nothing_foreseen() -> Iterator[None]:
    begin = Run.begin
    Run.begin = lambda *_: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        Run.begin = begin  # type: ignore[method-assign]


@contextmanager
def _watched(seen: Seen, plans: bool) -> Iterator[None]:
    """Note queries, the rows of their answers and their plans meanwhile."""

    def listener(done: Done) -> None:
        if done.kind == "query":
            seen.queries.append((done.name, done.seconds))

    answer, execute = Version.answer, DayCursor.execute

    def counted(version: Version, query: Any, *arguments: Any, **named: Any) -> Any:
        found = answer(version, query, *arguments, **named)
        seen.rows += _rows(found)
        return found

    def planned(cursor: DayCursor, query: str, parameters: object = None) -> Any:
        if plans:
            plan = str(execute(cursor, f"EXPLAIN {query}", parameters).fetchall())
            if any(join in plan for join in NESTED):
                seen.loops.append(query)
        return execute(cursor, query, parameters)

    Version.answer = counted  # type: ignore[method-assign, assignment]
    DayCursor.execute = planned  # type: ignore[method-assign, assignment]
    try:
        with listening(listener):
            yield
    finally:
        Version.answer = answer  # type: ignore[method-assign]
        DayCursor.execute = execute  # type: ignore[method-assign]


def _error(told: ForwardMsg) -> str:
    """What a page says in its place: then its counts would say nothing."""
    element = told.delta.new_element
    kind = element.WhichOneof("type")
    failed = kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR)
    return str(element) if failed else ""


def _rows(found: Any) -> int:
    """How many rows an answer has; of several frames all."""
    if isinstance(found, pd.DataFrame | list | set | frozenset):
        return len(found)
    if isinstance(found, tuple):
        return sum(map(_rows, found))
    if isinstance(found, dict):
        return sum(map(_rows, found.values()))
    return 1
