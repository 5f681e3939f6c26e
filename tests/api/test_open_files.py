"""A server may open as many files as its sessions need, or says that it may not."""

import subprocess
import sys

import pytest

from api.operations.open_files import needed
from tests.deploy.image import ROOT

LIMITED = """
import logging, resource
from api.operations import open_files

logging.basicConfig(format="%(message)s")
soft, hard, sessions = {}
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
open_files.allow(sessions)
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


def allowed(soft: int, hard: int, sessions: int) -> tuple[int, str]:
    """How many files a process may open that began with these limits, and what it told."""
    code = LIMITED.format((soft, hard, sessions))
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(ended.stdout), ended.stderr


@pytest.mark.parametrize("sessions", [100, 0], ids=["100 sessions", "no limit of sessions"])
def test_the_limit_is_raised_as_far_as_the_sessions_need(sessions: int) -> None:
    soft, told = allowed(64, 4000, sessions)

    # Three for each of 128 that left, four for each that is open, 200 others.
    assert (soft, told) == (984 if sessions else 4000, "")


def test_a_limit_that_is_high_enough_stays() -> None:
    assert allowed(3000, 4000, 100) == (3000, "")


def test_a_limit_that_cannot_be_raised_is_told_with_the_sessions_that_it_allows() -> None:
    soft, told = allowed(64, 800, 100)

    assert soft == 800
    assert told == (
        "100 sessions need up to 984 open files, and the system allows 800: raise its limit "
        "(ulimit -Hn, LimitNOFILE), or set PARTNERSHIPS_SESSIONS to 54\n"
    )
    assert needed(54) <= 800 < needed(55)
