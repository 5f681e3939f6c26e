"""The publication is killed at each of its steps, and at any moment.

A step is a change of a name in the folder of builds, or a file opened there to write
(``tests.killed``). DuckDB's own writing has no such steps: there the moment is drawn.
"""

import filecmp
import multiprocessing
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.proof.promise import must
from etl import builds, publish
from etl.extract import Files
from etl.publish import build
from register.builds import HISTORY, POINTER, version_of
from register.database import locked
from tests.etl.breaking import whole_register
from tests.killed import is_killed

TIMES = 1000
AT_ONCE = timedelta(0)
MOST = 6
"""The current build, the one before, the last of another version, the link, its history, and what
a killed build was at work on."""


def run(times: int, seed: int) -> Iterator[str]:
    """Kill so many builds at each step, and as many at moments that are drawn."""
    preload = ["etl.curating.apply_commands", __name__]
    multiprocessing.get_context("forkserver").set_forkserver_preload(preload)
    with TemporaryDirectory() as name:
        place = Place(Path(name))
        yield from at_each_step(place, times)
        yield from at_any_moment(place, times, Random(seed))


class Place:
    """Two versions of a register, both built once, and the folder in which they are published."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "out"
        self.whole = folder / "whole"
        self.whole.mkdir()
        self.registers: dict[str, Path] = {}
        for title in ("Old", "New"):
            made = whole_register()
            made.agreement("zz", title=title, signed_on="2019-09-10")
            register = made.write(folder / title)
            database = build(register, folder / "built")
            version = str(version_of(database.name))
            self.registers[version] = register
            shutil.copyfile(database, self.whole / version)
        publish_built(register, self)

    def served(self) -> str:
        """The version to which the link leads, whole and readable.

        Raises:
            Broken: it leads to none, to half of one or to a strange one.
        """
        database = (self.out / POINTER).resolve(strict=True)
        version = str(version_of(database.name))
        must(version in self.registers, f"the link leads to {database.name}")
        with locked(database) as connection:
            said = connection.execute(
                "SELECT version, (SELECT count(*) FROM agreement_status(DATE '2026-06-30')) "
                "FROM register"
            ).fetchall()
        must(said == [(version, 5)], f"{database.name} says {said}")
        return version

    def is_as_built(self) -> bool:
        database = (self.out / POINTER).resolve(strict=True)
        whole = self.whole / str(version_of(database.name))
        return filecmp.cmp(database, whole, shallow=False)

    def left(self) -> set[str]:
        return {path.name for path in self.out.iterdir()}

    def is_swept(self) -> bool:
        """Whether nothing is left but builds, the link and its history."""
        return all(version_of(name) for name in self.left() - {POINTER, HISTORY})


# --- at each step -----------------------------------------------------------------------------


def at_each_step(place: Place, times: int) -> Iterator[str]:
    turns = cycle(place.registers)
    kills = 0
    led_to_new: Counter[int] = Counter()
    for step in count():
        for _ in range(times):
            before, version = place.served(), next(turns)
            if not is_killed(step, place.out, publish_built, place.registers[version], place):
                yield f"{kills:,} builds killed at {step} steps, {times:,} times each"
                yield f"readers were led to the new one after {steps_said(led_to_new)}"
                return
            kills += 1
            after = place.served()
            must(after in (before, version), f"step {step}: {before} or {version}, not {after}")
            must(place.is_as_built(), f"step {step}: {after} is not as it was built")
            must(len(place.left()) <= MOST, f"step {step}: {sorted(place.left())} is left")
            led_to_new[step] += after == version != before
        publish_built(place.registers[next(turns)], place)
        must(place.is_swept(), f"step {step}: {sorted(place.left())} is left by the next build")
        yield f"killed {times:,} times before step {step}"


def steps_said(led_to_new: Counter[int]) -> str:
    steps = [step for step, times in sorted(led_to_new.items()) if times]
    return f"steps {', '.join(map(str, steps))}" if steps else "no step"


def publish_built(register: Path, place: Place) -> None:
    """Publish what was built before: only the steps of publishing are tried."""

    def copy(files: Files, database: Path, *_: object) -> None:
        shutil.copyfile(place.whole / files.version, database)

    making, publish._make = publish._make, copy  # type: ignore[assignment]
    try:
        build(register, place.out, kept=AT_ONCE)
    finally:
        publish._make = making


# --- at any moment ----------------------------------------------------------------------------


def at_any_moment(place: Place, times: int, chance: Random) -> Iterator[str]:
    """Kill whole builds after a time that is drawn; the next one is not told of it."""
    turns = cycle(place.registers)
    context = multiprocessing.get_context("forkserver")
    found: Counter[str] = Counter()
    longest = 0.5
    for _ in range(times):
        before, version = place.served(), next(turns)
        arguments = (place.registers[version], place.out)
        process = context.Process(target=build, args=arguments, kwargs={"kept": AT_ONCE})
        begin = time.monotonic()
        process.start()
        process.join(chance.uniform(0, longest))
        process.kill()
        process.join()
        if process.exitcode != -signal.SIGKILL:
            must(process.exitcode == 0, f"the build after a killed one fails: {process.exitcode}")
            longest = max(0.9 * longest, 1.2 * (time.monotonic() - begin))
            found["were done before"] += 1
        else:
            longest *= 1.01
            found["were killed at work" if (place.out / builds.WORK).exists() else "before"] += 1
        after = place.served()
        must(after in (before, version), f"{before} or {version}, not {after}")
        must(len(place.left()) <= MOST, f"{sorted(place.left())} is left")
    build(place.registers[next(turns)], place.out, kept=AT_ONCE)
    must(place.is_swept(), f"{sorted(place.left())} is left by the next build")
    said = ", ".join(f"{number} {what}" for what, number in sorted(found.items()))
    yield f"{times:,} whole builds killed at a moment that was drawn: {said}"
