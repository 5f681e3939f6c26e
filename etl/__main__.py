"""``python -m etl``: the command line of the ETL."""

import signal
import sys

__all__ = ["main"]

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
