"""The folder of published databases: their names, the link to the current one, what it led to."""

import os
import re
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

from etl.folders import sync
from etl.obstacles import Obstacle

POINTER = "partnerships.duckdb"
"""The link to the current database."""

HISTORY = "partnerships.history"
"""What the link led to before, the latest last: a line each, with the moment until which it did."""

WORK = "partnerships.unfinished"
"""The folder in which a build works; whatever is there when the next begins, a killed one left."""

KEPT = timedelta(hours=48)
"""How long a database stays after the link has left it: as long as a page drawn from it may."""

_NAME = re.compile(r"partnerships-(?P<version>[0-9a-f]{12})-[0-9]{8}T[0-9]{12}\.duckdb")


class Former(NamedTuple):
    """A database that the link led to, until some moment."""

    name: str
    until: datetime


def version_of(name: str) -> str | None:
    """The register's version in a database's name; None where the name is none of ours."""
    match = _NAME.fullmatch(name)
    return match and match["version"]


def new_name(out: Path, version: str) -> str:
    """A name of its own for each build: whoever has an old file open keeps reading it."""
    now = datetime.now(UTC)
    stamps = (now + timedelta(microseconds=later) for later in count())
    names = (f"partnerships-{version}-{stamp:%Y%m%dT%H%M%S%f}.duckdb" for stamp in stamps)
    return next(name for name in names if not os.path.lexists(out / name))


def current(out: Path) -> str | None:
    """The name of the build that the link leads to, None where it leads to none of ours."""
    try:
        name = os.readlink(out / POINTER)
    except OSError:
        return None
    return name if version_of(name) and (out / name).is_file() else None


def former(out: Path) -> list[Former]:
    """The builds that the link led to before and that are still there, the latest last."""
    try:
        lines = (out / HISTORY).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        return []
    found = [_former(line) for line in lines]
    return [each for each in found if each and (out / each.name).is_file()]


def before(database: Path) -> Path | None:
    """The last build of another version that the link led to before this one."""
    out, version = database.parent, version_of(database.name)
    if version is None:
        return None
    names = [each.name for each in former(out)]
    if database.name in names:
        names = names[: names.index(database.name)]
    return next((out / name for name in reversed(names) if version_of(name) != version), None)


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


def _former(line: str) -> Former | None:
    until, _, name = line.partition(" ")
    try:
        moment = datetime.fromisoformat(until).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Former(name, moment) if version_of(name) else None
