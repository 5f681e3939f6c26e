"""Whole builds killed at a moment that is drawn; the next one is not told of it."""

import multiprocessing
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.proof.killed import AT_ONCE, MOST, Place, counted
from benchmarks.proof.promise import must
from etl import builds
from etl.publish import build

TIMES = 1000


def run(tries: range, seed: int) -> Iterator[str]:
    """Kill so many builds."""
    with TemporaryDirectory() as name:
        place = Place(Path(name))
        moments = Moments(Random(f"{seed}-{tries.start}"))
        yield from counted(tries, lambda: Counter([moments.at_one(place)]))
        build(place.registers[place.served()], place.out, kept=AT_ONCE)
        must(place.is_swept(), f"{sorted(place.left())} is left by the next build")


class Moments:
    """Draws after how long a build is killed."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._longest = 0.5
        """About as long as a build takes on a machine that is as busy as now."""

    def at_one(self, place: Place) -> str:
        """Kill one; where it was by then."""
        before = place.served()
        version = place.other_than(before)
        context = multiprocessing.get_context("forkserver")
        arguments = (place.registers[version], place.out)
        process = context.Process(target=build, args=arguments, kwargs={"kept": AT_ONCE})
        begin = time.monotonic()
        process.start()
        process.join(self._chance.uniform(0, self._longest))
        process.kill()
        process.join()
        after = place.served()
        must(after in (before, version), f"{before} or {version}, not {after}")
        must(len(place.left()) <= MOST, f"{sorted(place.left())} is left")
        if process.exitcode == -signal.SIGKILL:
            self._longest *= 1.01
            is_at_work = (place.out / builds.WORK).exists()
            return "killed at work" if is_at_work else "killed before or after it"
        must(process.exitcode == 0, f"the build after a killed one fails: {process.exitcode}")
        self._longest = max(0.9 * self._longest, 1.2 * (time.monotonic() - begin))
        return "done before they were killed"
