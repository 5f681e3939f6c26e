"""Readers of the pages: the real websocket and its messages, without a browser that draws."""

import asyncio
import random
import time
from contextlib import ExitStack
from statistics import median, quantiles
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.meter import SECONDS, Cost, Meter, show
from tests.deploy.servers import Server

EVERY = 10.0
"""Seconds from one change of a reader to the next."""

SESSIONS = 8
"""So many are measured one after the other; then, with pauses, as many as half a core carries."""

PAGES = ("", "timeline", "areas", "validity")


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
