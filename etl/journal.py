"""Replace several files of a folder together: all of them or none, also when killed in between.

The new files are written in a folder beside the old ones. The renaming of that folder decides:
before it the next command throws them away, after it the next puts the rest in their places.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from etl.folders import WAIT, held, sync
from etl.obstacles import Obstacle

UNDECIDED = ".new.unfinished"
DECIDED = ".new"


@contextmanager
def settled(folder: Path, wait: int = WAIT) -> Iterator[None]:
    """Hold the folder alone, after what a killed command left half done was done or undone.

    Raises:
        Obstacle: another command holds it, or a file was changed by hand since.
        OSError: the folder cannot be opened, or written where something was half done.
    """
    with held(folder, wait):
        _undo(folder)
        _finish(folder)
        yield


def replace(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Replace the files of these names in a folder that is ``settled``.

    Raises:
        OSError: as the new files cannot be written, the old ones stay.
    """
    undecided = folder / UNDECIDED
    try:
        undecided.mkdir()
        for name, content in contents.items():
            _write(undecided, folder / name, content)
        sync(undecided)
        undecided.rename(folder / DECIDED)
    finally:
        shutil.rmtree(undecided, ignore_errors=True)
    sync(folder)
    _finish(folder)


def _write(undecided: Path, old: Path, content: bytes) -> None:
    new = undecided / f"{_digest(old)}-{old.name}"
    new.write_bytes(content)
    if old.exists():
        shutil.copymode(old, new)
    sync(new)


def _undo(folder: Path) -> None:
    if (folder / UNDECIDED).is_dir():
        shutil.rmtree(folder / UNDECIDED)


def _finish(folder: Path) -> None:
    decided = folder / DECIDED
    if not decided.is_dir():
        return
    moves = [(new, folder / new.name.partition("-")[2]) for new in sorted(decided.iterdir())]
    for new, old in moves:
        if _digest(old) != new.name.partition("-")[0]:
            raise Obstacle(
                old,
                f"was changed since a command that was to replace it with {new} was killed",
                f"move there by hand what you want to keep, then remove {decided}",
            )
    for new, old in moves:
        new.replace(old)
    decided.rmdir()
    sync(folder)


def _digest(file: Path) -> str:
    """A hash of the file, of nothing where it is not there: a table's file may come later."""
    return hashlib.sha256(file.read_bytes() if file.is_file() else b"").hexdigest()
