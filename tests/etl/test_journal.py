"""Several files are replaced together, whatever happens meanwhile."""

import errno
import os
from itertools import count
from pathlib import Path

import pytest

from etl.journal import DECIDED, UNDECIDED, replace, settled
from etl.obstacles import Obstacle
from tests.killed import is_killed

OLD = {"a.csv": b"old a\n", "b.csv": b"old b\n", "c.csv": b"old c\n"}
NEW = {"a.csv": b"new a\n", "c.csv": b"new c\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    folder.mkdir()
    restore(folder)
    return folder


def restore(folder: Path) -> None:
    for name, content in OLD.items():
        (folder / name).write_bytes(content)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rewrite(folder: Path) -> None:
    with settled(folder):
        replace(folder, NEW)


def settle(folder: Path) -> None:
    with settled(folder):
        pass


def test_all_files_are_replaced_and_nothing_is_left_beside(folder: Path) -> None:
    (folder / "a.csv").chmod(0o640)
    rewrite(folder)
    assert contents(folder) == OLD | NEW
    assert (folder / "a.csv").stat().st_mode & 0o777 == 0o640


def test_all_or_none_are_replaced_wherever_it_is_killed(folder: Path) -> None:
    seen = []
    for step in count():
        restore(folder)
        was_killed = is_killed(step, folder, rewrite, folder)
        # The mending may be killed, too.
        is_killed(1, folder, settle, folder)
        settle(folder)
        seen.append(contents(folder))
        if not was_killed:
            break
    assert len(seen) > 5
    assert all(each in (OLD, OLD | NEW) for each in seen)
    assert seen[0] == OLD
    assert seen[-1] == OLD | NEW


def test_none_is_replaced_where_one_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        rewrite(folder)
    assert contents(folder) == OLD


def test_a_file_of_others_among_the_new_ones_is_told(folder: Path) -> None:
    (folder / DECIDED).mkdir()
    (folder / DECIDED / "notes").write_bytes(b"x")
    with pytest.raises(Obstacle, match=r"was to replace it with .*notes was killed"):
        settle(folder)


def test_what_was_changed_by_hand_since_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", power_cut)
        with pytest.raises(KeyboardInterrupt):
            rewrite(folder)
    (folder / "c.csv").write_bytes(b"by hand\n")
    with pytest.raises(Obstacle, match=r"c\.csv: was changed since .*, then remove .*\.new\."):
        settle(folder)
    assert {name: (folder / name).read_bytes() for name in OLD} == OLD | {"c.csv": b"by hand\n"}
    assert not (folder / UNDECIDED).exists()
    assert len(list((folder / DECIDED).iterdir())) == 2
