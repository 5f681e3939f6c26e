"""``python -m etl``: the command line of the ETL."""

import os
import signal
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

__all__ = ["main"]


class WithoutPandas(MetaPathFinder):
    """Lets no module find pandas.

    Arrow imports it wherever it is installed, and is content where it is not. For a small register
    that would be a third of a build.
    """

    COMMANDS = ("build", "check")

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Nothing, so that the next finder is asked."""
        if fullname == "pandas":
            raise ModuleNotFoundError("A build does without pandas.", name=fullname)
        return None


ALLOCATION = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OPENBLAS_NUM_THREADS": "1"}
"""What Arrow and NumPy are told when they are loaded: to give back at once what a table took, and
to start no threads for linear algebra, of which there is none."""

if __name__ == "__main__":
    for name, value in ALLOCATION.items():
        os.environ.setdefault(name, value)
    if sys.argv[1:2] in ([name] for name in WithoutPandas.COMMANDS):
        sys.meta_path.insert(0, WithoutPandas())

try:
    from etl.command_line import end
    from etl.commands import main
except KeyboardInterrupt:  # Before there is anybody who could say it: loading takes a while.
    print("Interrupted.", file=sys.stderr)
    sys.exit(130)


if __name__ == "__main__":
    for asked in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, end)
    main(prog_name="python -m etl")
