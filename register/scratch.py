"""The one folder that a query may write to: DuckDB writes Parquet only into files."""

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory


@cache
def scratch() -> Path:
    """A folder of this process, gone when it ends."""
    folder = TemporaryDirectory(prefix="register-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
