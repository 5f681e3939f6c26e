"""How hard the fuzzing tries: little with the other tests, long by `make fuzz`."""

from hypothesis import HealthCheck, settings

from tests.dashboard.conftest import components_are_looked_for_once, known, open_page

__all__ = ["components_are_looked_for_once", "known", "open_page"]

BUDGET: int = settings().max_examples
"""Examples of a test that costs nothing: 100, or as many as FUZZ_EXAMPLES says."""


def tried(share: int) -> settings:
    """A test that builds a database or draws a page tries a share of the budget."""
    return settings(
        max_examples=max(3, BUDGET // share),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
