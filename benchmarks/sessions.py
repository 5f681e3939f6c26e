"""Readers of the pages: the real websocket and its messages, without a browser that draws."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection

from benchmarks.figures import Figure, p95
from benchmarks.meter import Meter
from benchmarks.websocket import connected, visit
from benchmarks.workshop import Workshop
from tests.deploy.servers import Server

SUBJECT = "sessions"
PAGES = ("", "timeline", "areas", "validity")
DAYS = range(2000, 2027)
CROWD = 50


class Reader:
    """Somebody who goes on to another day or page."""

    def __init__(self, socket: ClientConnection, pages: tuple[str, ...], seed: int) -> None:
        self._socket, self._pages = socket, pages
        self._chance = random.Random(seed)
        self._page = pages[seed % len(pages)]
        self.received = 0
        """Bytes of the last answer, as the page gets them."""

    async def change(self) -> float:
        """Another day, now and then another page; seconds until all of it has come."""
        if self._chance.random() < 0.25:
            self._page = self._chance.choice(self._pages)
        return await self.ask(self._page, as_of=f"{self._chance.choice(DAYS)}-03-01")

    async def ask(self, page: str, **filters: str) -> float:
        """Seconds until a page has come with these filters."""
        begin, self.received = time.perf_counter(), 0
        async for _, size in visit(self._socket, page, filters):
            self.received += size
        return time.perf_counter() - begin


async def readers(
    stack: ExitStack, server: Server, many: int, pages: tuple[str, ...] = PAGES
) -> list[Reader]:
    """So many sessions, each of which has its first page."""
    made = []
    for number in range(many):
        socket = await connected(server)
        stack.callback(socket.transport.abort)
        made.append(Reader(socket, pages, number))
        await made[-1].change()
    return made


@dataclass(frozen=True)
class Crowd:
    """What some sessions saw together.

    Attributes:
        clock: seconds of each change.
        processor: seconds of the server's for each.
        rate: changes a second.
    """

    clock: list[float]
    processor: float
    rate: float


async def crowd(
    server: Server, many: int, every: float, seconds: float, pages: tuple[str, ...]
) -> Crowd:
    """So many sessions with a change each so often, or as soon as the last is there (0)."""

    async def live(reader: Reader, place: int, end: float) -> list[float]:
        await asyncio.sleep(every * place / many)
        clock = []
        while time.perf_counter() < end:
            took = await reader.change()
            clock.append(took)
            await asyncio.sleep(max(0.0, every - took))
        return clock

    meter = Meter(server)
    with ExitStack() as stack:
        alive = await readers(stack, server, many, pages)
        begin, before = time.perf_counter(), meter.processor()
        told = await asyncio.gather(
            *(live(reader, place, begin + seconds) for place, reader in enumerate(alive))
        )
        clock = [each for one in told for each in one]
        took = time.perf_counter() - begin
    return Crowd(clock, (meter.processor() - before) / len(clock), len(clock) / took)


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Processor time of a rerun, waits of many sessions, runs a second; bytes of a rerun."""
    with workshop.ours() as server:
        ours = crowds(server, PAGES, workshop.full)
        memory = Meter(server).memory()
    with workshop.floor() as server:
        floor = crowds(server, ("",), workshop.full)

    def figure(what: str, of: Callable[[Crowd], float], unit: str, name: str, aim: float) -> Figure:
        value, base = of(ours[name]), of(floor[name])
        more = unit == "a second"
        return Figure(SUBJECT, what, value, unit, "the barest app", base, aim=aim, more=more)

    many = f"{CROWD} sessions"
    yield figure("processor time of a rerun alone", processor, "ms", "alone", 60)
    yield figure(f"the same among {many}", processor, "ms", "busy", 60)
    yield figure("10 sessions, a change a second each: p95", waited, "ms", "ten", 300)
    yield figure(f"{many}, a change every 10 s each: p95", waited, "ms", "fifty", 1000)
    yield figure(f"{many} without a pause", lambda told: told.rate, "a second", "busy", 9)
    yield Figure(SUBJECT, f"memory after {2 * CROWD + 11} sessions", memory, "MB")
    yield from reruns(workshop)


def crowds(server: Server, pages: tuple[str, ...], full: bool) -> dict[str, Crowd]:
    """One session, ten and many, with pauses and without."""
    long = 3 if full else 1
    kinds = {
        "alone": (1, 0.0, 6.0),
        "busy": (CROWD, 0.0, 12.0),
        "ten": (10, 1.0, 10.0),
        "fifty": (CROWD, 10.0, 12.0),
    }
    return {
        name: asyncio.run(crowd(server, many, every, seconds * long, pages))
        for name, (many, every, seconds) in kinds.items()
    }


def processor(told: Crowd) -> float:
    """Milliseconds of the server's for each change."""
    return told.processor * 1000


def waited(told: Crowd) -> float:
    """Milliseconds that 19 of 20 changes took at most."""
    return p95(told.clock) * 1000


def reruns(workshop: Workshop) -> Iterator[Figure]:
    """How many bytes another day sends to the browser, and how long the server takes."""

    async def told(server: Server, page: str) -> tuple[int, float]:
        with ExitStack() as stack:
            (reader,) = await readers(stack, server, 1)
            await reader.ask(page, as_of="2025-03-01")
            took = await reader.ask(page, as_of="2024-03-01")
        return reader.received, took

    for size in workshop.sizes:
        with workshop.ours(size) as server:
            for page in PAGES:
                received, took = asyncio.run(told(server, page))
                what = f"of a rerun, {page or 'overview'}, {size}"
                yield Figure(SUBJECT, f"bytes {what}", received / 1e6, "MB", aim=1)
                yield Figure(SUBJECT, f"time {what}", took * 1000, "ms")
