"""What the folder of published databases says: the link to the current one, what it led to."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

POINTER = "partnerships.duckdb"
"""The link to the current database."""

HISTORY = "partnerships.history"
"""What the link led to before, the latest last: a line each, with the moment until which it did."""

_NAME = re.compile(r"partnerships-(?P<version>[0-9a-f]{12})-[0-9]{8}T[0-9]{12}\.duckdb")


class Former(NamedTuple):
    """A database that the link led to, until some moment."""

    name: str
    until: datetime


def version_of(name: str) -> str | None:
    """The register's version in a database's name; None where the name is none of ours."""
    match = _NAME.fullmatch(name)
    return match and match["version"]


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


def _former(line: str) -> Former | None:
    until, _, name = line.partition(" ")
    try:
        moment = datetime.fromisoformat(until).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Former(name, moment) if version_of(name) else None
