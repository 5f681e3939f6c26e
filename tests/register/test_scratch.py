"""Folders for a while: what a killed process leaves behind goes, what is in use stays."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.publish import check
from register.scratch import PREFIX, scratch
from tests.conftest import Register

LEAVE = {
    "a check": "from etl import publish; publish.load = lambda *_: kill(); "
    "publish.check(Path(sys.argv[1]))",
    "a server": "import register.queries; kill()",
}
"""What a process is killed at when it has made its folder."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return place


@pytest.fixture
def leave(place: Path, register: Register, tmp_path: Path) -> Callable[[str], None]:
    folder = register.write(tmp_path / "register")

    def start_and_kill(what: str) -> None:
        code = "import os, sys\nfrom pathlib import Path\nkill = lambda: os.kill(os.getpid(), 9)\n"
        process = subprocess.run([sys.executable, "-c", code + LEAVE[what], folder], check=False)
        assert process.returncode == -signal.SIGKILL

    return start_and_kill


@pytest.mark.parametrize("what", LEAVE)
def test_what_a_killed_process_left_goes_when_the_next_begins(
    leave: Callable[[str], None], place: Path, what: str
) -> None:
    leave(what)
    [left] = place.iterdir()
    leave(what)
    [left_later] = place.iterdir()
    assert left != left_later
    with scratch() as name:
        assert [str(path) for path in place.iterdir()] == [name]
    assert list(place.iterdir()) == []


def test_a_check_leaves_nothing(place: Path, register: Register, tmp_path: Path) -> None:
    check(register.write(tmp_path / "register"))
    assert list(place.iterdir()) == []


def test_a_folder_in_use_stays(place: Path) -> None:
    with scratch() as name:
        (Path(name) / "file").touch()
        for _ in range(2):
            with scratch():
                assert (Path(name) / "file").exists()
        program = "from register.scratch import scratch; scratch().cleanup()"
        subprocess.run([sys.executable, "-c", program], check=True)
        assert (Path(name) / "file").exists()


def test_what_is_no_folder_of_ours_stays(place: Path, tmp_path: Path) -> None:
    (place / f"{PREFIX}file").touch()
    (tmp_path / "elsewhere").mkdir()
    (place / f"{PREFIX}link").symlink_to(tmp_path / "elsewhere")
    (place / "folder").mkdir()
    with scratch():
        pass
    assert {path.name for path in place.iterdir()} == {f"{PREFIX}file", f"{PREFIX}link", "folder"}
    assert (tmp_path / "elsewhere").is_dir()


def test_a_file_system_without_locks_has_folders_too(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(os.strerror(37))

    monkeypatch.setattr("fcntl.flock", fail)
    with scratch() as first, scratch() as second:
        assert Path(first).is_dir()
        assert Path(second).is_dir()
