"""Kill a process at a step of its work, as power cuts and kill -9 do."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

CHANGES = {"os.mkdir", "os.symlink", "os.link", "os.rename", "os.remove", "os.rmdir"}

# A process of its own to be forked: one that never had a database open.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["etl.curating.apply_commands"])


def is_killed(step: int, folder: Path, work: Callable[..., object], *arguments: object) -> bool:
    """Have a process do the work; whether it was killed before its change ``step`` in the folder.

    A change is whatever Python does to a name below the folder, or a file opened there to write.
    """
    process = _context.Process(target=_work, args=(step, folder, work, arguments))
    with _no_script():
        process.start()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


@contextmanager
def _no_script() -> Iterator[None]:
    """Streamlit's tests leave a page's script as the main module: a new process would run it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _work(
    step: int, folder: Path, work: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    steps = iter(range(step))

    def count(event: str, details: tuple[Any, ...]) -> None:
        writes = event == "open" and details[2] & (os.O_WRONLY | os.O_RDWR)
        is_there = details and str(details[0]).startswith(str(folder))
        if (writes or event in CHANGES) and is_there and next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    work(*arguments)
