"""One process at a time in a folder, and what is written there is on the disk."""

import errno
import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.obstacles import Obstacle

WAIT = 60
"""Seconds to wait for another process."""

POLL = 0.1

Tell = Callable[[str], None]


@contextmanager
def held(folder: Path, wait: int = WAIT, tell: Tell = lambda _: None) -> Iterator[None]:
    """Hold the folder alone.

    The lock is the folder's own: it needs no file that could stay behind, also where nothing can be
    written, and the system takes it back when the process dies, however it does.

    Args:
        wait: seconds to wait for another process.
        tell: called with a line if there is one to wait for.

    Raises:
        Obstacle: another process holds it all that time, or the file system knows no locks.
        OSError: the folder cannot be opened.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if not _locked(descriptor, folder):
            tell(f"Another command is at work in {folder}: waiting up to {wait} seconds for it.")
            _wait(descriptor, folder, wait)
        yield
    finally:
        os.close(descriptor)


def content(path: Path) -> bytes:
    """The bytes of an ordinary file: a pipe or a device may have no end.

    Raises:
        OSError: it is none, or cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    return path.read_bytes()


def sync(path: Path) -> None:
    """Have a file or, of a folder, its list of names written to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # Some file systems do it for files only.
            raise
    finally:
        os.close(descriptor)


def _wait(descriptor: int, folder: Path, wait: int) -> None:
    end = time.monotonic() + wait
    while not _locked(descriptor, folder):
        if time.monotonic() >= end:
            raise Obstacle(
                folder,
                f"another command is still at work there after {wait} seconds",
                "try again when it has ended",
            )
        time.sleep(POLL)


def _locked(descriptor: int, folder: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise Obstacle(
            folder, f"cannot be locked ({error.strerror})", "use a folder on a local disk"
        ) from error
    return True
