"""The folder of published databases as a build leaves it: names, history, what stays."""

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from etl.folders import sync
from etl.obstacles import Obstacle
from register.builds import HISTORY, MOMENT, POINTER, Former, current, former, version_of

WORK = "partnerships.unfinished"
"""The folder in which a build works; whatever is there when the next begins, a killed one left."""

KEPT = timedelta(hours=48)
"""How long a database stays after the link has left it: as long as a page drawn from it may."""


def new_name(out: Path, version: str) -> str:
    """A name of its own for each build: whoever has an old file open keeps reading it."""
    now = datetime.now(UTC)
    stamps = (now + timedelta(microseconds=later) for later in count())
    names = (f"partnerships-{version}-{stamp:{MOMENT}}.duckdb" for stamp in stamps)
    return next(name for name in names if not os.path.lexists(out / name))


def record(out: Path) -> None:
    """Write down what the link leads to: to be done at once before it is switched."""
    now, name = datetime.now(UTC), current(out)
    # A clock that was ahead once must not keep a database for as long as it was.
    led_to = [Former(each.name, min(each.until, now)) for each in former(out) if each.name != name]
    if name:
        led_to.append(Former(name, now))
    written = out / WORK / HISTORY
    written.write_text(
        "".join(f"{each.until.isoformat()} {each.name}\n" for each in led_to), encoding="utf-8"
    )
    sync(written)
    written.replace(out / HISTORY)


def prune(out: Path, kept: timedelta) -> None:
    """Remove the builds that no reader comes for any more.

    The current one stays, the one before it, which a reader may be about to open, the last of
    another version, for comparison, and what the link led to within the time ``kept``. Whatever
    the link never led to was made by somebody else, and is let be.
    """
    name, led_to = current(out), former(out)
    names = [each.name for each in led_to if each.name != name]
    others = [each for each in names if version_of(each) != version_of(name or "")]
    since = datetime.now(UTC) - kept
    staying = {*names[-1:], *others[-1:], *(each.name for each in led_to if each.until > since)}
    for leaving in set(names) - staying:
        (out / leaving).unlink(missing_ok=True)


def clear(out: Path) -> None:
    """Remove what an unfinished build left, also a whole database that nobody was led to."""
    work = out / WORK
    if (work / POINTER).is_symlink():
        # The link that was to be the next: as long as it is here, nobody was led to its database.
        name = os.readlink(work / POINTER)
        if version_of(name) and name not in {current(out), *(each.name for each in former(out))}:
            (out / name).unlink(missing_ok=True)
    if work.exists():
        shutil.rmtree(work)


def make_way(out: Path) -> None:
    """See that the link can be put in its place; a database copied there by hand is kept beside.

    Raises:
        Obstacle: there is a folder.
    """
    pointer = out / POINTER
    if pointer.is_symlink() or not pointer.exists():
        return
    if not pointer.is_file():
        raise Obstacle(
            pointer,
            "is a folder, where the link to the current database belongs",
            "move it away, or choose another folder (--out)",
        )
    with suppress(FileExistsError):  # Kept already, by a build that then failed.
        os.link(pointer, out / f"copied-{pointer.stat().st_mtime_ns}.duckdb")
