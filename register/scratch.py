"""Folders for a while: also one whose process was killed goes, when the next is made."""

import fcntl
import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

PREFIX = "moscow-partnerships-"
"""How the names of these folders begin."""

TRIES = 3
"""Before it is locked, another process may take a new folder for one that was left; where the file
system knows no locks, nobody takes one."""


def scratch() -> TemporaryDirectory[str]:
    """A temporary folder, locked as long as its process has it; those of dead ones are removed.

    Raises:
        OSError: it cannot be made.
    """
    _sweep()
    for _ in range(TRIES):
        folder = TemporaryDirectory(prefix=PREFIX)
        if (descriptor := _locked(Path(folder.name))) is not None:
            weakref.finalize(folder, os.close, descriptor)
            break
    return folder


def _sweep() -> None:
    """Remove the folders that no process holds."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if (descriptor := _locked(left)) is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(descriptor)


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the folder; None where another does, or it is no folder of ours."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(descriptor).st_uid == os.getuid() and folder.is_dir():
                return descriptor
        os.close(descriptor)
    return None
