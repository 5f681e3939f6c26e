"""Whatever the world does, a command ends with a line that says so, and with its exit status."""

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl import commands
from tests.conftest import Connect, Register

HERE = Path(__file__).resolve().parents[2]
PYTHON = sys.executable

ENDLESS = """\
[[expectation]]
name = "endless"
reason = "there is time to end it"
query = "SELECT sum(a.range * b.range) FROM range(10000000) AS a, range(10000000) AS b"
at_least = 1
"""


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    register.agreement(signed_on="2019-09-10")
    return register.write(tmp_path / "register")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands.main, [str(argument) for argument in arguments])


def run_apart(
    *arguments: str | Path, limit: Callable[[], None] | None = None, stdout: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [PYTHON, "-m", "etl", *arguments],
        preexec_fn=limit,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def raise_from_check(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def check(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(commands, "check", check)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_an_interrupted_command_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    raise_from_check(monkeypatch, error)
    result = run("check", "--register", folder)
    assert (result.exit_code, result.stderr) == (130, "Interrupted.\n")


def test_a_command_interrupted_while_it_is_loaded_says_so(tmp_path: Path) -> None:
    (tmp_path / "duckdb.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
    result = subprocess.run(
        [PYTHON, "-P", "-m", "etl", "check"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{HERE}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (130, "Interrupted.\n")


def test_a_fault_of_the_program_is_a_line_and_with_debug_a_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = ZeroDivisionError("one\ntwo")
    raise_from_check(monkeypatch, fault)
    result = run("check", "--register", folder)
    assert result.exit_code == 1
    assert result.stderr == (
        "A fault of this program (ZeroDivisionError: one). "
        "Please report it with what `python -m etl --debug check …` says.\n"
    )
    assert run("--debug", "check", "--register", folder).exception is fault


@pytest.mark.parametrize("command", ["check", "coverage"])
def test_a_full_disk_is_told(folder: Path, command: str) -> None:
    result = run_apart(
        command,
        "--register",
        folder,
        limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20)),
    )
    assert result.returncode == 1
    [line] = result.stderr.splitlines()
    assert "File too large. Mend: see that there is room" in line


@pytest.mark.parametrize("command", ["build", "check", "coverage"])
def test_output_that_cannot_be_written_is_told(folder: Path, tmp_path: Path, command: str) -> None:
    out = ("--out", tmp_path / "out") if command == "build" else ()
    with open("/dev/full", "w") as full:
        result = run_apart(command, "--register", folder, *out, stdout=full.fileno())
    assert result.returncode == 1
    assert result.stderr == ("The output: no space left on device. Mend: make room there.\n")


def test_output_that_nobody_reads_is_no_fault(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = run_apart("check", "--register", folder, stdout=writing)
    os.close(writing)
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.parametrize("command", ["check", "build", "coverage"])
def test_a_register_that_is_not_there_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "none", tmp_path / "file" / "register"):
        result = run(command, "--register", path)
        assert result.exit_code == 1
        assert f"{path}: " in result.stderr
        assert "Mend: " in result.stderr


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    result = subprocess.run(
        [
            "sh",
            "-c",
            'cd "$1" && rmdir "$1" && "$2" -m etl build --out x',
            "sh",
            gone,
            sys.executable,
        ],
        env={**os.environ, "PYTHONPATH": str(HERE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.endswith(": no such file or directory. Mend: check the path.\n")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_of_the_calendar_may_be_today(folder: Path, day: str) -> None:
    result = run("check", "--register", folder, "--today", day)
    assert "fault of this program" not in result.stderr
    assert result.exit_code == (0 if day > "2019" else 1)


def test_what_breaks_the_rules_is_not_shown(register: Register, tmp_path: Path) -> None:
    register.agreement(signed_on="soon")
    folder = register.write(tmp_path / "register")
    result = run("show", "programme", "--register", folder)
    assert result.exit_code == 1
    assert "agreements.csv:2: signed_on = 'soon' is no date" in result.stderr
    assert result.stderr.endswith(". Nothing was shown.\n")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_asked_to_end_leaves_nothing(
    folder: Path, tmp_path: Path, asked: signal.Signals
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (folder / "expectations.toml").write_text(ENDLESS, encoding="utf-8")
    with subprocess.Popen(
        [PYTHON, "-m", "etl", "check", "--register", folder],
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as process:
        while not list(temporary.glob("*/*.duckdb")):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(asked)
    assert process.returncode == 128 + asked
    assert list(temporary.iterdir()) == []


def test_who_was_asked_to_end_says_so_even_where_something_else_stopped_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.command_line._asked", [signal.SIGTERM])
    (folder / "areas.csv").unlink()
    assert run("check", "--register", folder).exit_code == 128 + signal.SIGTERM


def test_a_table_that_may_not_be_read_is_one_problem_among_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse_sources(path: Path) -> bytes:
        if path.name == "sources.csv":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_sources)
    (folder / "areas.csv").unlink()
    (folder / "areas.csv").mkdir()
    (folder / "events.csv").unlink()
    result = run("check", "--register", folder)
    assert result.exit_code == 1
    assert "sources.csv: cannot be read (Permission denied). Mend: " in result.stderr
    assert "areas.csv: cannot be read (it is no ordinary file). Mend: " in result.stderr
    assert "events.csv: the file is missing. Mend: " in result.stderr


def test_a_row_may_be_longer_than_any_line_that_duckdb_reads(
    register: Register, connect: Connect
) -> None:
    long = "\N{CJK UNIFIED IDEOGRAPH-20000}" * 131_000  # four bytes each
    cells = dict.fromkeys(
        ("title", "signed_in", "moscow_signatory", "partner_signatory", "note"), long
    )
    register.agreement("programme", stated=True, **cells)
    query = f"SELECT {', '.join(cells)} FROM agreements"
    assert connect(register).execute(query).fetchall() == [(long,) * 5]


def test_progress_is_shown_to_nobody_who_sits_at_no_terminal(folder: Path, tmp_path: Path) -> None:
    result = run_apart("build", "--register", folder, "--out", tmp_path / "out")
    assert (result.returncode, result.stderr) == (0, "")
