"""A day of publications under load: readers of pages and of the API, while the register changes."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread

from benchmarks.proof.promise import must
from benchmarks.proof.served import memory, open_files, serving, settled, visitor
from etl.publish import build
from register.builds import HISTORY, POINTER, version_of
from tests.conftest import Register
from tests.dashboard.conftest import known_register
from tests.deploy.load import under_load
from tests.deploy.servers import Server

TIMES = 30
READERS = 3
ANSWERS = 20
"""So many answers of the API come between two publications."""

PAGES = ("", "timeline", "areas", "validity", "events")
AT_ONCE = timedelta(0)
STAYING = 3
"""The build that is served, the one before, and the last of another version."""


def run(tries: range, seed: int) -> Iterator[str]:
    """Publish so many versions under the readers' eyes."""
    with TemporaryDirectory() as name:
        day = Day(Path(name), known_register())
        day.publish()
        with serving(day.out / POINTER, Path(name) / "log") as server:
            yield from day.goes_by(server, len(tries), seed)


class Day:
    """The register, what was published of it, and what readers saw."""

    def __init__(self, folder: Path, register: Register) -> None:
        self.out = folder / "build"
        self._files = folder / "register"
        self._register = register
        self.agreements: dict[str, int] = {}
        """How many agreements each version has."""
        self.drawn: Counter[str] = Counter()
        self.faults: list[str] = []

    def publish(self) -> None:
        number = len(self.agreements)
        self._register.agreement(f"ljubljana-{number:04}", title=f"Programme number {number}")
        database = build(self._register.write(self._files), self.out, kept=AT_ONCE)
        version = str(version_of(database.name))
        self.agreements[version] = len(self._register.rows["agreements"])

    def goes_by(self, server: Server, times: int, seed: int) -> Iterator[str]:
        over = Event()
        arguments = [(server, over, seed + each) for each in range(READERS)]
        readers = [Thread(target=self.read, args=each) for each in arguments]
        for reader in readers:
            reader.start()
        held: list[tuple[float, int]] = []
        try:
            with under_load(server.url, address) as load:
                for _ in range(times):
                    load.more(ANSWERS)
                    self.publish()
                    held.append((memory(server), open_files(server)))
                load.more(ANSWERS)
        finally:
            over.set()
            for reader in readers:
                reader.join()
        must(not self.faults, "\n".join(self.faults[:3]))
        wrong = [answer for answer in load.answers if answer.status != 200]
        must(not wrong, f"{len(wrong)} answers of the API, the first {wrong[:1]}")
        seen = Counter(self.seen(answer.json()) for answer in load.answers)
        yield f"{times} publications; no error, and no answer of two versions"
        yield f"{len(load.answers):,} answers of the API, of {len(seen)} versions"
        yield f"{self.drawn.total():,} pages drawn, of {len(self.drawn)} versions"
        yield self.stayed()
        yield from self.kept_open(server, held)

    def seen(self, said: dict[str, object]) -> str:
        """The version of an answer, which has as many agreements as that version."""
        version, total = str(said["version"]), said["total"]
        must(self.agreements.get(version) == total, f"version {version} with {total} agreements")
        return version

    def read(self, server: Server, over: Event, seed: int) -> None:
        try:
            asyncio.run(self._read(server, over, Random(seed)))
        except Exception as error:
            self.faults.append(f"a page: {type(error).__name__}: {error}")

    async def _read(self, server: Server, over: Event, chance: Random) -> None:
        """Go from page to page; each is of one version."""
        async with visitor(server) as reader:
            while not over.is_set():
                day = f"{chance.randrange(2015, 2027)}-03-01"
                drawn = str(await reader.visit(chance.choice(PAGES), {"as_of": day}))
                versions = [version for version in list(self.agreements) if version in drawn]
                must(len(versions) <= 1, f"one page names the versions {versions}")
                self.drawn.update(versions)

    def stayed(self) -> str:
        names = {path.name for path in self.out.iterdir()} - {POINTER, HISTORY}
        must(len(names) <= STAYING, f"old builds stay: {sorted(names)}")
        return f"{len(names)} builds are left in the folder"

    def kept_open(self, server: Server, held: list[tuple[float, int]]) -> Iterator[str]:
        settled(server)
        files = [os.readlink(path) for path in Path(f"/proc/{server.pid}/fd").iterdir()]
        databases = {file for file in files if ".duckdb" in file}
        most = READERS + STAYING
        must(len(databases) <= most, f"{len(databases)} databases are open: {sorted(databases)}")
        megabytes, descriptors = zip(*held, strict=True)
        third = max(1, len(held) // 3)
        yield f"{len(databases)} databases are open at the end"
        yield (
            f"{max(descriptors[:third])} open files at most in the first third of the day, "
            f"{max(descriptors[-third:])} in the last"
        )
        yield (
            f"{max(megabytes[:third]):.0f} MB at most in the first third, "
            f"{max(megabytes[-third:]):.0f} MB in the last"
        )
        must(max(descriptors[-third:]) <= max(descriptors[:third]) + 20, "open files grow")


def address(number: int) -> str:
    """One that nobody has asked for before."""
    return f"/api/v1/agreements?as_of=2022-03-01&offset={number % 10}&limit={1 + number % 1000}"
