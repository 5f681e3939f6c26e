"""The known register and the real one, as the tests of the pages have them."""

from tests.dashboard.conftest import cursor, known, real

__all__ = ["cursor", "known", "real"]
