"""Whole builds killed at a moment that is drawn; the next one is not told of it."""

import multiprocessing
import signal
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.proof.killed import AT_ONCE, MOST, Place, counted
from benchmarks.proof.promise import must
from etl.builds import WORK
from etl.publish import build

TIMES = 1000
LET_BE = 20
"""After so many builds one is not killed."""

CONTEXT = multiprocessing.get_context("forkserver")


def run(tries: range, seed: int) -> Iterator[str]:
    """Kill so many builds."""
    with TemporaryDirectory() as name:
        builds = Builds(Place(Path(name)), Random(f"{seed}-{tries.start}"))
        yield from counted(tries, lambda: Counter(builds.another()))
        builds.whole()


class Builds:
    """Builds, one after the other in one folder, of the version that is not served."""

    def __init__(self, place: Place, chance: Random) -> None:
        self._place, self._chance = place, chance
        self._begun_so_far = 0
        self._seconds = 0.0
        """How long a whole one took last."""

    def another(self) -> Iterator[str]:
        """Kill one; now and then one before it is let be, which is not told of those killed."""
        if self._begun_so_far % LET_BE == 0:
            self.whole()
            yield "let be"
        process = self._begun()
        process.join(self._chance.uniform(0, 1.1 * self._seconds))
        process.kill()
        process.join()
        self._begun_so_far += 1
        must(process.exitcode in {0, -signal.SIGKILL}, f"a build ends with {process.exitcode}")
        must(len(self._place.left()) <= MOST, f"{sorted(self._place.left())} is left")
        if process.exitcode == 0:
            yield "done before that"
        else:
            is_at_work = (self._place.out / WORK).exists()
            yield "killed at work" if is_at_work else "killed before or after it"

    def whole(self) -> None:
        """Let one be: it is served, and nothing is left of those that were killed."""
        version = self._place.other_than(self._place.served())
        begin = time.monotonic()
        process = self._begun()
        process.join()
        self._seconds = time.monotonic() - begin
        must(process.exitcode == 0, f"the build after a killed one ends with {process.exitcode}")
        must(self._place.served() == version, f"{version} was built, and is not served")
        must(self._place.is_swept(), f"{sorted(self._place.left())} is left by a whole build")

    def _begun(self) -> ForkServerProcess:
        """A process that builds what is not served; what is has to be whole until then."""
        version = self._place.other_than(self._place.served())
        process = CONTEXT.Process(
            target=build,
            args=(self._place.registers[version], self._place.out),
            kwargs={"kept": AT_ONCE},
        )
        process.start()
        return process
