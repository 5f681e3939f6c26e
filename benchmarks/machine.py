"""Where a run took place: the machine, the versions, and how busy it was."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.figures import Run

PACKAGES = ("streamlit", "duckdb", "plotly", "pandas")


def new_run() -> Run:
    """A run without figures, of this machine and moment."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in lines if "model name" in line), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return Run(
        when=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        machine=f"{model}, {os.cpu_count()} cores, {memory:.0f} GB",
        versions={"python": platform.python_version()} | {name: version(name) for name in PACKAGES},
        load=os.getloadavg()[0],
    )
