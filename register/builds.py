"""What the folder of published databases says: the link to the current one, what it led to."""

import os
import re
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

POINTER = "partnerships.duckdb"
"""The link to the current database."""

HISTORY = "partnerships.history"
"""What the link led to before, the latest last: a line each, with the moment until which it did."""

MOMENT = "%Y%m%dT%H%M%S%f"
"""How a database's name says when it was built, in UTC."""

_NAME = re.compile(r"partnerships-(?P<version>[0-9a-f]{12})-(?P<moment>[0-9]{8}T[0-9]{12})\.duckdb")


class Former(NamedTuple):
    """A database that the link led to, until some moment."""

    name: str
    until: datetime


def version_of(name: str) -> str | None:
    """The register's version in a database's name; None where the name is none of ours."""
    match = _NAME.fullmatch(name)
    return match and match["version"]


def built_at(name: str) -> datetime | None:
    """When the database with this name was built; None where the name does not say."""
    match = _NAME.fullmatch(name)
    try:
        return match and datetime.strptime(match["moment"], MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


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


class Edition(NamedTuple):
    """A version that the link led to, for one or more builds in a row.

    Attributes:
        database: the last of these builds.
        since: when the first of them was built, of those that are kept; after the edition before,
            by a second at least, whatever the clock was.
    """

    version: str | None
    database: Path
    since: datetime


def editions(database: Path) -> list[Edition]:
    """The versions that the link led to one after the other, the last one that of the database."""
    out = database.parent
    names = [each.name for each in former(out)] if version_of(database.name) else []
    if database.name in names:
        names = names[: names.index(database.name)]
    found: list[Edition] = []
    for version, run in groupby([*names, database.name], version_of):
        first, *more = run
        since = _since(out / first)
        if found:
            since = max(since, found[-1].since + timedelta(seconds=1))
        found.append(Edition(version, out / [first, *more][-1], since))
    return found


def before(database: Path) -> Path | None:
    """The last build of another version that the link led to before this one."""
    earlier = editions(database)[:-1]
    return earlier[-1].database if earlier else None


UNKNOWN = datetime.fromtimestamp(0, UTC)
"""When a database was built that is no file."""


def _since(database: Path) -> datetime:
    """When it was built: what its name says or, of one copied under another name, its file."""
    if moment := built_at(database.name):
        return moment
    if not database.exists():
        return UNKNOWN
    return datetime.fromtimestamp(database.stat().st_mtime, UTC)


def _former(line: str) -> Former | None:
    until, _, name = line.partition(" ")
    try:
        moment = datetime.fromisoformat(until).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Former(name, moment) if version_of(name) else None
