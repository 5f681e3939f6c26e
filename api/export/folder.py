"""A folder that is there as a whole or not at all: a link that is switched to a new one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


class NotWritable(Exception):
    """Why nothing can be written there, and the mend."""


def check(target: Path) -> None:
    """Whether ``target`` can be written: it is not there, empty, or the link of an export.

    Raises:
        NotWritable: it would overwrite something else.
    """
    if target.is_symlink() and not _former(target):
        raise NotWritable(f"{target} is a link to something that is no export: give another name.")
    if target.exists() and not target.is_dir():
        raise NotWritable(f"{target} is a file: give the name of a folder.")
    if target.is_dir() and not target.is_symlink() and any(target.iterdir()):
        raise NotWritable(f"{target} is not empty: give the name of a new folder.")


@contextmanager
def switched(target: Path) -> Iterator[Path]:
    """A new folder to fill; ``target`` leads to it from the end of the block on.

    The folder that it led to before is removed. If anything goes wrong, it stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f"{target.name}-", dir=target.parent))
    link = made.with_name(f"{made.name}.link")
    try:
        made.chmod(0o755)  # A web server reads it.
        yield made
        former = _former(target)
        link.symlink_to(made.name)
        if target.is_dir() and not target.is_symlink():
            target.rmdir()
        os.replace(link, target)
    except BaseException:
        link.unlink(missing_ok=True)
        shutil.rmtree(made)
        raise
    if former:
        shutil.rmtree(former)


def _former(target: Path) -> Path | None:
    """The folder of an earlier export that ``target`` leads to."""
    if not target.is_symlink():
        return None
    led_to = target.parent / os.readlink(target)
    ours = led_to.parent == target.parent and led_to.name.startswith(f"{target.name}-")
    return led_to if ours and led_to.is_dir() else None
