"""What a server costs: the processor time that it uses, whatever else the machine does."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.servers import Server


@dataclass(frozen=True)
class Cost:
    """What some answers took: of processor time in all, and each of time on the clock; seconds."""

    processor: float
    clock: list[float]

    @property
    def each(self) -> float:
        return self.processor / max(1, len(self.clock))


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

    def cost(self, ask: Callable[[], object], seconds: float) -> Cost:
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
