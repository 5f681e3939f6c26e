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
from itertools import count
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
EVERY = 10
"""After so many it is told what was found."""

AT_ONCE = timedelta(0)
MOST = 6
"""The current build, the one before, the last of another version, the link, its history, and what
a killed build was at work on."""


def run(tries: range, seed: int) -> Iterator[str]:
    """Kill a build at each step and one at a moment that is drawn, as often as told."""
    preload = ["etl.curating.apply_commands", __name__]
    multiprocessing.get_context("forkserver").set_forkserver_preload(preload)
    with TemporaryDirectory() as name:
        place = Place(Path(name))
        moments = Moments(Random(f"{seed}-{tries.start}"))
        found: Counter[str] = Counter()
        for done in range(tries.start + 1, tries.stop + 1):
            found += at_each_step(place)
            found[moments.at_one(place)] += 1
            if done % EVERY == 0 or done == tries.stop:
                said = ", ".join(f"{number:,} {what}" for what, number in sorted(found.items()))
                yield f"{tries.start:,} to {done:,}: {said}"


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

    def other_than(self, version: str) -> str:
        return next(each for each in self.registers if each != version)

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


def at_each_step(place: Place) -> Counter[str]:
    """Kill a publication before each of its steps, until one is not killed."""
    found: Counter[str] = Counter()
    for step in count():
        before = place.served()
        version = place.other_than(before)
        if not is_killed(step, place.out, publish_built, place.registers[version], place):
            must(place.served() == version, f"{version} was published, and is not served")
            must(place.is_swept(), f"{sorted(place.left())} is left by a build that was not killed")
            return found
        after = place.served()
        must(after in (before, version), f"step {step}: {before} or {version}, not {after}")
        must(place.is_as_built(), f"step {step}: {after} is not as it was built")
        must(len(place.left()) <= MOST, f"step {step}: {sorted(place.left())} is left")
        found[f"killed before step {step}"] += 1
        found[f"led to the new one by step {step}"] += after == version
    return found


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


class Moments:
    """Whole builds killed after a time that is drawn; the next one is not told of it."""

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
            return "whole builds killed " + ("at work" if is_at_work else "before or after it")
        must(process.exitcode == 0, f"the build after a killed one fails: {process.exitcode}")
        self._longest = max(0.9 * self._longest, 1.2 * (time.monotonic() - begin))
        return "whole builds done before they were killed"
