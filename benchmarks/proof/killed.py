"""The publication is killed at each of its steps.

A step is a change of a name in the folder of builds, or a file opened there to write
(``tests.killed``). DuckDB's own writing has no such steps: there the moment is drawn
(``killed_whole``).
"""

import filecmp
import multiprocessing
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.proof.promise import must
from etl import publish
from etl.extract import Files
from etl.publish import build
from register.builds import HISTORY, POINTER, version_of
from register.database import locked
from tests.etl.breaking import whole_register
from tests.killed import is_killed

TIMES = 1000
EVERY = 10
"""After so many it is told what was found."""

PRELOADED = ["etl.curating.apply_commands", __name__]
"""What each process that is killed has imported when it begins."""

AT_ONCE = timedelta(0)
MOST = 6
"""The current build, the one before, the last of another version, the link, its history, and what
a killed build was at work on."""


def run(tries: range, _: int) -> Iterator[str]:
    """Kill a publication at each step, as often as told."""
    with TemporaryDirectory() as name:
        place = Place(Path(name))
        yield from counted(tries, lambda: at_each_step(place))


def counted(tries: range, once: Callable[[], Counter[str]]) -> Iterator[str]:
    """Try so often; what was found so far."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    found: Counter[str] = Counter()
    for done in range(tries.start + 1, tries.stop + 1):
        found += once()
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
