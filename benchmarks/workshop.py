"""What the benchmarks need and keep from run to run: registers, databases, servers."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.generator import generate
from benchmarks.generator.proportions import Proportions
from etl.publish import build
from register.builds import POINTER
from tests.deploy.servers import Server, answers, free_port, replica, wait_until

ROOT = Path(__file__).resolve().parent.parent
FLOOR = ROOT / "benchmarks" / "floor"
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
SEED = 1

# No limit for one client, since all comes from one.
LIMITS = {"PARTNERSHIPS_REQUESTS_PER_MINUTE": "0", "PARTNERSHIPS_SESSIONS_PER_CLIENT": "0"}


class Workshop:
    """A folder with what was made; ``full`` is for the long run with the large registers."""

    def __init__(self, folder: Path, full: bool) -> None:
        self.folder, self.full = folder, full
        self._built: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def sizes(self) -> tuple[str, ...]:
        """The registers that are measured, the real one first."""
        return ("real", *SIZES) if self.full else ("real", "10k")

    def register(self, size: str) -> Path:
        """The register's folder; a synthetic one is made if it is not there."""
        if size == "real":
            return ROOT / "data" / "register"
        folder = self.folder / f"register-{size}"
        if not folder.exists():
            unfinished = self.folder / f"unfinished-{size}"
            generate(unfinished, SIZES[size], Proportions(), SEED)
            unfinished.rename(folder)
        return folder

    def build(self, size: str) -> Path:
        """The folder of a database of the register, made anew by this code once in a run."""
        out = self.folder / f"build-{size}"
        if size not in self._built:
            shutil.rmtree(out, ignore_errors=True)
            build(self.register(size), out)
            self._built.add(size)
        return out

    def built(self, size: str) -> None:
        """Somebody else has made it in this run, in the same folder."""
        self._built.add(size)

    def database(self, size: str) -> Path:
        """The database itself."""
        return (self.build(size) / POINTER).resolve()

    @contextmanager
    def ours(self, size: str = "real", **environment: str) -> Iterator[Server]:
        """The dashboard with its API, as an image runs it."""
        pointer = self.build(size) / POINTER
        server = replica(ROOT, pointer, self.folder / "ours.log", **LIMITS | environment)
        with started(server, "/readyz"):
            yield server

    @contextmanager
    def floor(self) -> Iterator[Server]:
        """The barest app of Streamlit with a chart and a filter."""
        with started(floor(self.folder / "floor.log"), "/_stcore/health") as server:
            yield server


def floor(log: Path) -> Server:
    """The barest app, not yet started."""
    port = free_port()
    options = ("--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true")
    return Server([sys.executable, "-m", "streamlit", "run", "app.py", *options], port, log, FLOOR)


@contextmanager
def started(server: Server, ready: str) -> Iterator[Server]:
    """The server from when it answers at the address until the block is left."""
    server.start()
    try:
        wait_until(lambda: answers(server.url + ready), f"{server.command} starts")
        yield server
    finally:
        server.kill()
