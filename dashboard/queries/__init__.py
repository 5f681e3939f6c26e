"""All queries: from filters to data frames. Every value is a bound parameter.

Each function takes a DuckDB cursor of its own thread and returns materialised data. Pages call
them through ``store.ask``. Nothing here knows Streamlit.
"""

import duckdb

Cursor = duckdb.DuckDBPyConnection
