"""Old versions of the register, built again from Git: by the code of then, and by today's."""

import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.proof.promise import must
from register.builds import version_of

TIMES = 1000
"""At most so many commits, the latest first."""

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTER, LOCK = "data/register", "requirements.txt"


def run(tries: range, _: int) -> Iterator[str]:
    """Build the register of each commit that changed it, twice by its own code and once by ours."""
    log = git("log", "--format=%h %cs %s", "--", REGISTER).decode().splitlines()
    with TemporaryDirectory() as name:
        for line in log[tries.start : tries.stop]:
            commit, day, said = line.split(" ", 2)
            place = Path(name) / commit
            unpack(commit, place / "here")
            unpack(commit, place / "there")
            which, python = f"{commit} ({day}, {said[:60]})", ""
            for lock in locks(commit):
                python = python_of(lock, Path(name))
                if not (lacks := lacking(python, place / "here")):
                    break
            else:
                yield f"{which}: not built, since what was locked has no {lacks}"
                continue
            theirs = built(python, place / "here", place / "here", place)
            again = built(python, place / "there", place / "there", place)
            must(theirs and theirs == again, f"{commit}: {theirs}, built elsewhere {again}")
            ours = built(sys.executable, ROOT, place / "here", place)
            yield f"{which}: {theirs}; by today's code {told(theirs, ours)}"


def told(theirs: str | None, ours: str | None) -> str:
    if ours is None:
        return "refused"
    return "the same" if ours == theirs else f"{ours}"


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


def unpack(commit: str, place: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(git("archive", commit))) as files:
        files.extractall(place, filter="data")


def locks(commit: str) -> Iterator[bytes]:
    """What a commit locks, and what was locked next: code may have come before its packages."""
    yield git("show", f"{commit}:{LOCK}")
    for later in git("log", "--reverse", "--format=%h", f"{commit}..", "--", LOCK).split()[:1]:
        yield git("show", f"{later.decode()}:{LOCK}")


def python_of(lock: bytes, environments: Path) -> str:
    """A Python with the locked packages, made once."""
    if lock == (ROOT / LOCK).read_bytes():
        return sys.executable
    folder = environments / sha256(lock).hexdigest()
    python, locked = folder / "bin" / "python", folder / LOCK
    if not folder.exists():
        call("sh", ROOT / "scripts" / "venv.sh", sys.executable, folder)
        locked.write_bytes(lock)
        call(python, "-m", "pip", "install", "-qq", "--require-hashes", "-r", locked)
    return str(python)


def lacking(python: str, code: Path) -> str:
    """A package that the code imports and this Python has not, empty where there is none."""
    asked = [python, "-m", "etl", "build", "--help"]
    said = subprocess.run(asked, cwd=code, check=False, capture_output=True, text=True).stderr
    missing = re.search(r"No module named '(\w+)", said)
    return missing[1] if missing else ""


def call(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)


def built(python: str, code: Path, register: Path, place: Path) -> str | None:
    """The version of the database that the code makes of the register; None if it is refused."""
    with TemporaryDirectory(dir=place) as out:
        done = subprocess.run(
            [python, "-m", "etl", "build", "--register", register / REGISTER, "--out", out],
            cwd=code,
            check=False,
            capture_output=True,
            text=True,
        )
        must("Traceback" not in done.stderr, done.stderr)
        names = [version_of(path.name) for path in Path(out).iterdir()]
    return next((version for version in names if version), None)
