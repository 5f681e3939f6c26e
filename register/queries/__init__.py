"""All queries: from filters to data frames. Every value is a bound parameter.

Each function takes a DuckDB cursor of its own thread and returns materialised data. Pages call
them through ``store.ask``. Nothing here knows Streamlit.
"""

from pathlib import Path

from register.days import Cursor, DayCursor
from register.scratch import scratch

__all__ = ["EXPORTS", "Cursor", "DayCursor"]

_FOLDER = scratch()
EXPORTS = Path(_FOLDER.name)
"""The only folder in which a page's cursor may write: DuckDB's own exports go through it."""
