"""What the last changes of a register replaced, so that they can be undone.

Beside the register's folder, since a folder of the register holds nothing else: a folder for each
change, written before the register is, with the files as they were and what was made of them.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from etl.folders import sync
from etl.obstacles import Obstacle

KEPT = 20
"""So many changes can be undone, one after the other."""

UNFINISHED = "unfinished"

RECORD = "change.json"


class Entry(NamedTuple):
    """A change: where it is kept, what it was, the hashes of its files before and after."""

    folder: Path
    what: str
    before: Mapping[str, str]
    after: Mapping[str, str]

    def contents(self) -> dict[str, bytes]:
        """The files as they were."""
        return {name: (self.folder / name).read_bytes() for name in self.before}


def note(
    register: Path, what: str, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> None:
    """Keep the files that are about to be replaced in a register that is ``settled``."""
    ledger = _ledger(register)
    ledger.mkdir(exist_ok=True)
    unfinished = ledger / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for name, content in before.items():
        (unfinished / name).write_bytes(content)
        sync(unfinished / name)
    record = {"what": what, "before": _digests(before), "after": _digests(after)}
    (unfinished / RECORD).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    sync(unfinished / RECORD)
    numbers = [int(entry.name) for entry in _folders(ledger)]
    unfinished.rename(ledger / f"{max(numbers, default=0) + 1:06}")
    sync(ledger)
    for old in list(_folders(ledger))[:-KEPT]:
        shutil.rmtree(old)


def last(register: Path) -> Entry:
    """The last change that the register still has.

    A change that was noted and never made, or undone and not yet forgotten, is forgotten.

    Raises:
        Obstacle: there is none, or its files were changed since.
    """
    for folder in reversed(list(_folders(_ledger(register)))):
        entry = _entry(folder)
        now = _digests({name: _content(register / name) for name in entry.before})
        if now == entry.after:
            return entry
        if now != entry.before:
            changed = ", ".join(name for name in now if now[name] != entry.after[name])
            raise Obstacle(
                register,
                f"{changed} changed since: {entry.what}",
                "undo by hand, or with git; nothing was undone",
            )
        forget(entry)
    raise Obstacle(register, "no change is on record that could be undone", "use git")


def forget(entry: Entry) -> None:
    """Take the change off the record."""
    shutil.rmtree(entry.folder)


def _ledger(register: Path) -> Path:
    register = register.resolve()
    return register.parent / f".{register.name}.undo"


def _folders(ledger: Path) -> Iterator[Path]:
    if ledger.is_dir():
        yield from sorted(path for path in ledger.iterdir() if path.name.isdecimal())


def _entry(folder: Path) -> Entry:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return Entry(folder, record["what"], record["before"], record["after"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Obstacle(folder, f"cannot be read ({error})", "remove it; use git") from None


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
