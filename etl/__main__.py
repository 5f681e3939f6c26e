"""``python -m etl``: the command line of the ETL."""

import signal
import sys
from types import FrameType

__all__ = ["main"]

try:
    from etl.commands import main
except KeyboardInterrupt:  # Before there is anybody who could say it: loading takes a while.
    print("Interrupted.", file=sys.stderr)
    sys.exit(130)


def _end(number: int, _: FrameType | None) -> None:
    """End as Python itself does, so that nothing is left behind that is only there for a while."""
    sys.exit(128 + number)


if __name__ == "__main__":
    for asked in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, _end)
    main(prog_name="python -m etl")
