"""How the tests are shared out among processes (``pytest -n 2``)."""

import os
import re
import sys

import pytest
from xdist.scheduler import LoadScopeScheduling

# Tests start Python about a hundred times. What it has compiled is kept, whatever the environment
# says: else every process compiles each package anew, for as long as three seconds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

TOGETHER = (
    re.compile("tests/browser/[^:]*"),
    re.compile("tests/deploy/"),
    re.compile("tests/(test_budget|api/test_export|dashboard/test_first)[.]py"),
)
"""Tests whose names begin alike so go to one process: those of a file in the browser, whose servers
each process starts once, those before nginx, and those of a file that share what takes long to
make, which each process would else make."""


class ByServers(LoadScopeScheduling):  # type: ignore[misc]
    """Tests that share servers, or what takes as long, go to one process; any other goes alone.

    ``--dist loadgroup`` would do it, but does not group with pytest 9.2 (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        found = (pattern.match(nodeid) for pattern in TOGETHER)
        return next((together.group() for together in found if together), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByServers:
    """Take ours, whatever ``--dist`` says."""
    return ByServers(config, log)
