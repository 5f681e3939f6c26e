"""Old versions of the register, built again from Git: by the code of then, and by today's."""

import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.proof.promise import must
from register.builds import version_of

TIMES = 1000
"""At most so many commits, the latest first."""

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTER = "data/register"


def run(tries: range, _: int) -> Iterator[str]:
    """Build the register of each commit that changed it, twice by its own code and once by ours."""
    log = git("log", "--format=%h %cs %s", "--", REGISTER).decode().splitlines()
    with TemporaryDirectory() as name:
        for line in log[tries.start : tries.stop]:
            commit, day, said = line.split(" ", 2)
            place = Path(name) / commit
            unpack(commit, place / "here")
            unpack(commit, place / "there")
            theirs = built(place / "here", place / "here", place)
            again = built(place / "there", place / "there", place)
            must(theirs and theirs == again, f"{commit}: {theirs}, built elsewhere {again}")
            ours = built(ROOT, place / "here", place)
            yield f"{commit} ({day}, {said[:60]}): {theirs}; by today's code {told(theirs, ours)}"


def told(theirs: str | None, ours: str | None) -> str:
    if ours is None:
        return "refused"
    return "the same" if ours == theirs else f"{ours}"


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


def unpack(commit: str, place: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(git("archive", commit))) as files:
        files.extractall(place, filter="data")


def built(code: Path, register: Path, place: Path) -> str | None:
    """The version of the database that the code makes of the register; None if it is refused."""
    with TemporaryDirectory(dir=place) as out:
        done = subprocess.run(
            [sys.executable, "-m", "etl", "build", "--register", register / REGISTER, "--out", out],
            cwd=code,
            check=False,
            capture_output=True,
            text=True,
        )
        must("Traceback" not in done.stderr, done.stderr)
        names = [version_of(path.name) for path in Path(out).iterdir()]
    return next((version for version in names if version), None)
