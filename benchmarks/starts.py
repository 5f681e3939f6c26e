"""How long a process takes to start, and the first page after that."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks.figures import Figure, middle
from benchmarks.sessions import readers
from benchmarks.workshop import LIMITS, ROOT, Workshop, floor, started
from register.builds import POINTER
from tests.deploy.servers import Server, replica

SUBJECT = "start"


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Medians of several starts, in turns with the barest app."""
    pointer = workshop.build("real") / POINTER
    told: dict[str, list[tuple[float, float]]] = {"ours": [], "floor": []}
    for _ in range(5 if workshop.full else 3):
        log = workshop.folder / "start.log"
        told["ours"].append(_start(replica(ROOT, pointer, log, **LIMITS), "/readyz"))
        told["floor"].append(_start(floor(log), "/_stcore/health"))
    for place, (what, aim) in enumerate(
        (("until it answers", None), ("first page after a start", 300))
    ):
        value, base = (middle(one[place] for one in told[who]) * 1000 for who in told)
        yield Figure(SUBJECT, what, value, "ms", "the barest app", base, aim=aim)


def _start(server: Server, ready: str) -> tuple[float, float]:
    """Seconds until it answers, and of the first page."""
    begin = time.perf_counter()
    with started(server, ready):
        took = time.perf_counter() - begin
        return took, asyncio.run(_first_page(server))


async def _first_page(server: Server) -> float:
    with ExitStack() as stack:
        begin = time.perf_counter()
        await readers(stack, server, 1)
        return time.perf_counter() - begin
