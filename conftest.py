"""How the tests are shared out among processes (``pytest -n 2``)."""

import pytest
from xdist.scheduler import LoadScopeScheduling

SHARED = ("tests/browser/", "tests/deploy/")
"""The tests of such a folder share servers."""


class ByServers(LoadScopeScheduling):  # type: ignore[misc]
    """All tests that share servers go to one process; any other goes alone.

    ``--dist loadgroup`` would do it, but does not group with pytest 9.2 (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in SHARED if nodeid.startswith(folder)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByServers:
    """Take ours, whatever ``--dist`` says."""
    return ByServers(config, log)
