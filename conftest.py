"""How the tests are shared out among processes (``pytest -n 2``)."""

import pytest
from xdist.scheduler import LoadScopeScheduling


class OneBrowser(LoadScopeScheduling):  # type: ignore[misc]
    """All tests in the browser go to one process, for they share a server; any other goes alone.

    ``--dist loadgroup`` would do it, but does not group with pytest 9.2 (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneBrowser:
    """Take ours, whatever ``--dist`` says."""
    return OneBrowser(config, log)
