"""The folder of published databases: who may write, what stays, what is swept up."""

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import copyfile, copytree
from threading import Event, Thread
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from etl import builds, publish
from etl.__main__ import main
from etl.folders import held
from etl.obstacles import Obstacle
from etl.publish import build
from etl.transform import transform
from register.builds import HISTORY, POINTER, UNKNOWN, before, editions, version_of
from tests.conftest import Register
from tests.killed import is_killed

AT_ONCE = timedelta(0)
"""No reader is waited for."""

FOREIGN = "partnerships-0123456789ab-20200101T000000000000.duckdb"


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    """A written register with one agreement, titled Old."""
    register.agreement(title="Old", signed_on="2019-09-10")
    return register.write(tmp_path / "register")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def retitle(folder: Path, old: str, new: str) -> None:
    path = folder / "agreements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def served(out: Path) -> Path:
    return (out / POINTER).resolve(strict=True)


def title(database: Path) -> str:
    with duckdb.connect(database, read_only=True) as connection:
        return str(connection.execute("SELECT title FROM agreements").fetchall()[0][0])


def names(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()} - {POINTER, HISTORY}


def build_by_command(folder: Path, out: Path, *options: str) -> Result:
    arguments = ["build", "--register", str(folder), "--out", str(out), *options]
    return CliRunner().invoke(main, arguments)


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.fromisoformat(moment).replace(tzinfo=UTC)

    monkeypatch.setattr(builds, "datetime", Clock)


# --- what stays -------------------------------------------------------------------------------


def test_what_was_led_to_within_two_days_stays(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2026-01-01T00:00")
    month_old = build(folder, out)
    set_clock(monkeypatch, "2026-02-01T00:00")
    # Until now the link led to the first: a page drawn from it may be a minute old.
    second, third = build(folder, out), build(folder, out)
    set_clock(monkeypatch, "2026-02-02T23:59")
    fourth = build(folder, out)
    assert names(out) == {path.name for path in (month_old, second, third, fourth)}
    set_clock(monkeypatch, "2026-02-03T00:01")
    fifth = build(folder, out)
    assert names(out) == {path.name for path in (third, fourth, fifth)}


def test_the_build_before_and_the_version_before_stay_however_old(folder: Path, out: Path) -> None:
    build(folder, out, kept=AT_ONCE)
    other_version = build(folder, out, kept=AT_ONCE)
    retitle(folder, "Old", "New")
    *_, before_that, last = (build(folder, out, kept=AT_ONCE) for _ in range(4))
    assert {other_version.name, before_that.name, last.name} <= names(out)
    assert len(names(out)) == 4  # And the one that a reader of then may be about to open.
    assert before(last) == other_version


def test_how_long_readers_are_waited_for_can_be_set(folder: Path, out: Path) -> None:
    first = build(folder, out)
    for _ in range(3):
        assert build_by_command(folder, out, "--keep=0").exit_code == 0
    assert not first.exists()


def test_a_clock_that_goes_back_changes_nothing(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(folder, out)
    for old, new in (("Old", "New"), ("New", "Newer")):
        retitle(folder, old, new)
        set_clock(monkeypatch, "2020-01-01T00:00")
        last = build(folder, out, kept=AT_ONCE)
        assert served(out) == last
        assert title(served(out)) == new
    # Built in the same microsecond of 2020, and each is there.
    assert len(names(out)) == 3
    found = before(last)
    assert found is not None
    assert title(found) == "New"
    assert before(found) == first


def test_a_version_counts_from_the_first_of_its_builds_in_a_row(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built(day: str) -> Path:
        set_clock(monkeypatch, f"2026-02-{day}T00:00")
        return build(folder, out, kept=timedelta(days=99))

    old = built("01")
    retitle(folder, "Old", "New")
    built("02")
    new = built("03")
    retitle(folder, "New", "Old")
    # The clock was set back meanwhile.
    again = built("01")

    assert [(each.database, f"{each.since:%d %H:%M:%S}") for each in editions(again)] == [
        (old, "01 00:00:00"),
        (new, "02 00:00:00"),
        (again, "02 00:00:01"),
    ]
    assert [each.database for each in editions(new)] == [old, new]


def test_a_database_under_another_name_counts_from_its_file(folder: Path, tmp_path: Path) -> None:
    copied = tmp_path / "register.duckdb"
    copied.write_bytes(build(folder, tmp_path / "out").read_bytes())
    os.utime(copied, (1_000_000_000, 1_000_000_000))

    assert editions(copied) == [(None, copied, datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC))]


def test_of_what_is_no_file_nobody_knows_when_it_was_built(tmp_path: Path) -> None:
    nowhere = tmp_path / "md:partnerships"

    assert editions(nowhere) == [(None, nowhere, UNKNOWN)]
    assert before(nowhere) is None


def test_files_of_others_do_no_harm_and_are_let_be(folder: Path, out: Path) -> None:
    database = build(folder, out)
    copyfile(database, out / "partnerships-x.duckdb")
    copyfile(database, out / FOREIGN)
    (out / "partnerships-folder.duckdb").mkdir()
    (out / "partnerships-link.duckdb").symlink_to("nowhere")
    foreign = names(out) - {database.name}
    for _ in range(4):
        assert build_by_command(folder, out, "--keep=0").exit_code == 0
    assert foreign < names(out)
    assert before(served(out)) is None


def test_a_history_that_is_damaged_is_begun_anew(folder: Path, out: Path) -> None:
    first = build(folder, out)
    retitle(folder, "Old", "New")
    build(folder, out)
    (out / HISTORY).write_bytes(b"\xff\x00nonsense\n")
    last = build(folder, out)
    assert served(out) == last
    (out / HISTORY).write_text(f"yesterday {first.name}\n2026-01-01 {first.name}\n../x ../x\n")
    assert before(last) == first


def test_a_database_copied_in_place_of_the_link_is_kept_beside(folder: Path, out: Path) -> None:
    database = build(folder, out)
    (out / POINTER).unlink()
    copyfile(database, out / POINTER)
    retitle(folder, "Old", "New")
    assert served(out) == out / POINTER
    last = build(folder, out)
    assert served(out) == last
    [copy] = names(out) - {database.name, last.name}
    assert title(out / copy) == "Old"


def test_the_folder_may_be_a_link_and_its_path_relative(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to("disk")
    monkeypatch.chdir(tmp_path)
    assert build(Path(folder.name), Path("link")) == served(tmp_path / "disk")


# --- one at a time ----------------------------------------------------------------------------


def test_a_build_waits_its_turn_and_reads_the_register_then(folder: Path, out: Path) -> None:
    out.mkdir()
    is_held, may_go, said = Event(), Event(), []

    def hold() -> None:
        with held(out):
            is_held.set()
            may_go.wait()

    def tell(line: str) -> None:
        said.append(line)
        retitle(folder, "Old", "New")
        may_go.set()

    other = Thread(target=hold)
    other.start()
    is_held.wait()
    database = build(folder, out, tell=tell)
    other.join()
    assert title(database) == "New"
    assert said == [f"Another command is at work in {out}: waiting up to 60 seconds for it."]


def test_a_build_does_not_wait_for_ever(folder: Path, out: Path) -> None:
    out.mkdir()
    with held(out):
        result = build_by_command(folder, out, "--wait=0")
    assert result.exit_code == 1
    assert f"{out}: another command is still at work there after 0 seconds. Mend: try again" in (
        result.stderr
    )
    assert names(out) == set()


def test_builds_of_several_processes_come_one_after_the_other(folder: Path, out: Path) -> None:
    command = [sys.executable, "-m", "etl", "build", "--register", str(folder), "--out", str(out)]
    processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert len(names(out)) == 3
    assert served(out).name in names(out)


def test_the_turn_of_a_killed_build_is_over(folder: Path, out: Path) -> None:
    out.mkdir()
    assert is_killed(0, out, hold_and_write, out)
    build(folder, out, wait=0)


def hold_and_write(out: Path) -> None:
    with held(out):
        (out / "file").touch()


def test_a_file_system_without_locks_is_told(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", fail(errno.ENOLCK))
    result = build_by_command(folder, out)
    assert result.exit_code == 1
    assert f"{out}: cannot be locked (No locks available). Mend: " in result.stderr


# --- the register is read once ----------------------------------------------------------------


def test_what_is_saved_during_a_build_is_not_in_it(
    folder: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_it_was = build(Path(copytree(folder, tmp_path / "copy")), tmp_path / "copied")

    def save_and_transform(*arguments: Any) -> Any:
        retitle(folder, "Old", "New")
        return transform(*arguments)

    monkeypatch.setattr(publish, "transform", save_and_transform)
    database = build(folder, out)
    assert title(database) == "Old"
    assert version_of(database.name) == version_of(as_it_was.name)


# --- killed -----------------------------------------------------------------------------------


def load_quickly(
    made: object,
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    on_step: Callable[[str], None],
) -> None:
    """Make a database of one table only."""
    connection.execute(
        "CREATE TABLE agreements AS SELECT 'programme' AS agreement_id, 'Old' AS title"
    )
    on_step("agreements loaded")


def build_quickly(folder: Path, out: Path) -> Path:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publish, "load", load_quickly)
        patched.setattr(publish, "complete", lambda _, on_step: on_step("derived"))
        return build(folder, out, kept=AT_ONCE)


def test_a_build_killed_at_any_step_harms_no_reader_and_leaves_nothing(
    folder: Path, out: Path
) -> None:
    led_to = {build_quickly(folder, out).name}
    for step in count():
        was_killed = is_killed(step, out, build_quickly, folder, out)
        found = served(out)
        assert title(found) == "Old"
        last = build_quickly(folder, out)
        assert served(out) == last
        assert found.exists()  # A reader may have followed the link just before.
        led_to |= {found.name, last.name}
        assert names(out) <= led_to
        assert len(names(out)) <= 3
        if not was_killed:
            break
    assert step > 5


def test_a_build_killed_while_it_fills_the_database_leaves_nothing(folder: Path, out: Path) -> None:
    first = build(folder, out)
    process = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, sys\nfrom pathlib import Path\nfrom etl.publish import build\n"
            "folder, out = map(Path, sys.argv[1:])\n"
            "kill = lambda done: done == 'areas loaded' and os.kill(os.getpid(), 9)\n"
            "build(folder, out, kill)",
            folder,
            out,
        ],
        check=False,
    )
    assert process.returncode == -signal.SIGKILL
    assert served(out) == first
    assert len(names(out)) > 1
    second = build(folder, out)
    assert names(out) == {first.name, second.name}


# --- it cannot be written ---------------------------------------------------------------------


def fail(code: int) -> Callable[..., object]:
    def call(*arguments: object, **_: object) -> object:
        place = next((each for each in arguments if isinstance(each, str | Path)), None)
        raise OSError(code, os.strerror(code), None if place is None else str(place))

    return call


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("mkdir", errno.EROFS),
        ("fsync", errno.ENOSPC),
        ("symlink", errno.EPERM),
        ("rename", errno.EACCES),
        ("replace", errno.ENOSPC),
    ],
)
def test_what_cannot_be_written_is_told_and_the_last_database_serves(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    database = build(folder, out)
    retitle(folder, "Old", "New")
    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail(code))
        result = build_by_command(folder, out)
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert os.strerror(code).lower() in line.lower()
    assert "Mend: " in line
    assert served(out) == database
    assert title(database) == "Old"
    assert names(out) == {database.name}


def test_a_full_disk_is_told_and_the_last_database_serves(folder: Path, out: Path) -> None:
    database = build(folder, out)
    small = (2**20, 2**20)
    result = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--register", folder, "--out", out],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, small),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    [line] = result.stderr.splitlines()
    assert str(out) in line
    assert "File too large. Mend: see that there is room" in line
    assert served(out) == database
    assert names(out) == {database.name}


@pytest.mark.parametrize("place", [POINTER, HISTORY])
def test_a_folder_in_the_place_of_a_file_is_told(folder: Path, out: Path, place: str) -> None:
    (out / place).mkdir(parents=True)
    result = build_by_command(folder, out)
    assert result.exit_code == 1
    assert f"{out / place}: is a " in result.stderr
    assert "Mend: move " in result.stderr
    assert [path.name for path in out.iterdir()] == [place]


@pytest.mark.parametrize("path", ["file", "file/out"])
def test_a_file_in_the_place_of_the_folder_is_told(folder: Path, tmp_path: Path, path: str) -> None:
    (tmp_path / "file").touch()
    result = build_by_command(folder, tmp_path / path)
    assert result.exit_code == 1
    assert f"{tmp_path / path}: " in result.stderr
    assert "Mend: move away what is there" in result.stderr
    assert (tmp_path / "file").is_file()


@pytest.mark.parametrize("place", ["", "build"])
def test_the_register_is_no_folder_to_publish_in(folder: Path, place: str) -> None:
    before_it = sorted(folder.iterdir())
    result = build_by_command(folder, folder / place)
    assert result.exit_code == 1
    assert "lies in the register itself. Mend: choose another folder" in result.stderr
    assert sorted(folder.iterdir()) == before_it


def test_what_cannot_be_swept_up_hides_no_error(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder, out)
    monkeypatch.setattr(publish, "load", lambda *_: (_ for _ in ()).throw(Obstacle("x", "y", "z")))
    monkeypatch.setattr("shutil.rmtree", fail(errno.EROFS))
    with pytest.raises(Obstacle, match="x: y"):
        build(folder, out)
