"""``python -m benchmarks.capacity``: what one core carries, in sessions and in requests a second.

Everything runs on loopback, for some two minutes. What a server costs is read from the processor
time that it used, so that neither the asker nor what else the machine does counts; how long an
answer took is told beside it.
"""

import asyncio
import http.client
import os
import platform
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

import duckdb
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from etl.publish import build
from register.builds import POINTER
from tests.deploy.servers import Nginx, Server, replica

ROOT = Path(__file__).resolve().parent.parent
API = "/api/v1"
FIRST, LAST = date(1995, 1, 1), date(2026, 11, 21)
EVERY = 10.0
"""Seconds from one change of a reader to the next."""

SECONDS = 6.0
"""How long one kind of request is asked for."""

SESSIONS = 8
"""So many are measured one after the other; then, with pauses, as many as half a core carries."""

PAGES = ("", "timeline", "areas", "validity")


@dataclass(frozen=True)
class Cost:
    """What some answers took: of processor time in all, and each of time on the clock."""

    processor: float
    clock: list[float]

    @property
    def each(self) -> float:
        return self.processor / len(self.clock)


class Meter:
    """Reads the processor time that a server uses, its workers included, and its memory."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [self.server.pid, *map(int, children.split())]

    def processor(self) -> float:
        ticks = 0
        for process in self.processes():
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """In MB."""
        pages = Path(f"/proc/{self.server.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def cost(self, ask: Callable[[], object], seconds: float = SECONDS) -> Cost:
        """Ask one time after the other for so many seconds, after a few times that do not count."""
        for _ in range(3):
            ask()
        begin, clock = self.processor(), []
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            before = time.perf_counter()
            ask()
            clock.append(time.perf_counter() - before)
        return Cost(self.processor() - begin, clock)


def show(name: str, cost: Cost) -> None:
    print(
        f"{name:<52} {cost.each * 1000:7.2f} ms of a core {1 / max(cost.each, 1e-6):7.0f} a second"
        f"   median {median(cost.clock) * 1000:6.1f} ms",
        flush=True,
    )


# --- requests -------------------------------------------------------------------------------


@contextmanager
def asker(url: str) -> Iterator[Callable[..., http.client.HTTPResponse]]:
    """Asks over one connection that is kept."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def ask(address: str, **headers: str) -> http.client.HTTPResponse:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"} | headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status in (200, 304), (address, answer.status)
        return answer

    try:
        yield ask
    finally:
        connection.close()


def requests(server: Server, ids: list[str], cities: list[str]) -> None:
    """What a replica itself answers; of the first kinds no question was asked shortly before."""
    chance, number = random.Random(1), count()

    def of_a_city() -> str:
        return f"/agreements?city={chance.choice(cities)}&limit={1 + next(number) % 1000}"

    def on_a_day() -> str:
        return f"/agreements?as_of={FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))}"

    kinds: dict[str, Callable[[], str]] = {
        "one record": lambda: f"/agreements/{chance.choice(ids)}",
        "a city's agreements": of_a_city,
        "a hundred agreements": lambda: f"/agreements?offset={next(number) % 190}",
        "all agreements as CSV": lambda: f"/agreements.csv?offset={next(number) % 90}",
        "all agreements as Parquet": lambda: f"/agreements.parquet?offset={next(number) % 90}",
        "a hundred agreements on a day of its own": on_a_day,
        "a question asked before": lambda: "/agreements",
    }
    meter = Meter(server)
    with asker(server.url) as ask:
        for name, address in kinds.items():
            cost = meter.cost(lambda address=address: ask(API + address()))  # type: ignore[misc]
            show(f"replica: {name}", cost)
        etag = {"If-None-Match": ask(f"{API}/agreements").headers["ETag"]}
        again = meter.cost(lambda: ask(f"{API}/agreements", **etag))
        show("replica: asked again, not changed", again)


def cached(nginx: Nginx) -> None:
    """What is asked of nginx and lies in its cache."""
    meter = Meter(nginx)
    with asker(nginx.url) as ask:
        version = ask(f"{API}/").headers["Register-Version"]
        pinned = f"version={version}&as_of={LAST}"
        for name, address in {
            "a hundred agreements, compressed": f"{API}/agreements?{pinned}",
            "all agreements as Parquet": f"{API}/agreements.parquet?{pinned}",
        }.items():
            cost = meter.cost(lambda address=address: ask(address))  # type: ignore[misc]
            assert ask(address).headers["X-Cache-Status"] == "HIT"
            show(f"nginx: {name}", cost)


# --- sessions -------------------------------------------------------------------------------


class Reader:
    """A session as a browser has it, without drawing: the websocket and its messages."""

    def __init__(self, socket: ClientConnection, chance: random.Random, cities: list[str]) -> None:
        self._socket = socket
        self._chance = chance
        self._cities = cities
        self._page = ""

    async def open(self) -> float:
        """Come to the overview; seconds until it is there."""
        return await self._ask("", {})

    async def change(self) -> float:
        """Change filters, now and then the page; seconds until all of it has come."""
        if self._chance.random() < 0.25:
            self._page = self._chance.choice(PAGES)
        filters = {"as_of": f"{self._chance.randrange(2000, 2027)}-03-01"}
        if self._chance.random() < 0.5:
            filters["city"] = self._chance.choice(self._cities)
        return await self._ask(self._page, filters)

    async def _ask(self, page: str, filters: dict[str, str]) -> float:
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(filters)
        asked.rerun_script.page_name = page
        begin = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        told = ForwardMsg()
        while told.WhichOneof("type") != "script_finished":
            told.ParseFromString(await self._socket.recv(decode=False))
        return time.perf_counter() - begin


async def readers(stack: ExitStack, server: Server, many: int, cities: list[str]) -> list[Reader]:
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    made = []
    for number in range(many):
        socket = await connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        stack.callback(socket.transport.abort)
        made.append(Reader(socket, random.Random(number), cities))
    return made


async def sessions(server: Server, cities: list[str]) -> None:
    """What a change costs, and how long it takes when half a core is busy with them."""
    meter = Meter(server)
    with ExitStack() as stack:
        first = await readers(stack, server, SESSIONS, cities)
        memory, begin = meter.memory(), meter.processor()
        clock = [await reader.open() for reader in first]
        show("session: the first page", Cost(meter.processor() - begin, clock))
        begin, clock = meter.processor(), []
        give_up = time.monotonic() + 4 * SECONDS
        while time.monotonic() < give_up:
            clock += [await reader.change() for reader in first]
        changed = Cost(meter.processor() - begin, clock)
        show("session: a change", changed)
        each = (meter.memory() - memory) / SESSIONS
        carried = EVERY / changed.each
        print(f"one core carries {carried:.0f} sessions with a change every {EVERY:.0f} seconds")
        print(f"memory: {meter.memory():.0f} MB, about {each:.1f} MB more for each session")
    await at_half(meter, int(carried / 2), cities)


async def at_half(meter: Meter, many: int, cities: list[str]) -> None:
    """As many sessions as half a core carries, each with its pauses, for three pauses."""

    async def live(reader: Reader, number: int) -> list[float]:
        await asyncio.sleep(EVERY * number / many)
        clock = []
        for _ in range(3):
            begin = time.perf_counter()
            clock.append(await reader.change())
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - begin)))
        return clock

    with ExitStack() as stack:
        alive = await readers(stack, meter.server, many, cities)
        lived = await asyncio.gather(*(live(reader, place) for place, reader in enumerate(alive)))
    clock = [seconds for each in lived for seconds in each]
    worst = quantiles(clock, n=20)[-1]
    print(
        f"{many} sessions with their pauses: a change is there after {median(clock):.2f} s, "
        f"19 of 20 after {worst:.2f} s"
    )


# --- all of it ------------------------------------------------------------------------------


def machine() -> None:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in lines if "model name" in line), "?")
    busy = os.getloadavg()[0]
    print(f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{date.today()}; before it began {busy:.1f} processes were running or waiting")


def main() -> None:
    """Run all of it on the real register."""
    machine()
    with TemporaryDirectory() as folder, ExitStack() as stack:
        place = Path(folder)
        database = build(ROOT / "data" / "register", place / "build")
        with duckdb.connect(database, read_only=True) as connection:
            ids, cities = (
                [name for (name,) in connection.execute(f"SELECT {key} FROM {table}").fetchall()]
                for key, table in (("agreement_id", "agreements"), ("partner_id", "partners"))
            )
        server = replica(ROOT, place / "build" / POINTER, place / "log")
        stack.callback(server.kill)
        server.start()
        server.wait_until_ready()
        requests(server, ids, cities)
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if program:
            nginx = Nginx(program, place / "nginx", [server.place])
            stack.callback(nginx.drain)
            nginx.start()
            nginx.wait_until_ready()
            cached(nginx)
        else:
            print("no nginx: its cache is not measured")
        asyncio.run(sessions(server, cities))


if __name__ == "__main__":
    main()
