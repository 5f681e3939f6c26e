"""What every command does when it cannot go on: it says so in a line, and never in a traceback."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from types import FrameType, MappingProxyType
from typing import Any

import click

from etl.obstacles import DUCKDB, Obstacle
from register.problems import BadRegister

INTERRUPTED = 130

DONE = {
    "show": "shown",
    "review": "shown",
    "draft": "drafted",
    "build": "published",
    "check": "published",
    "coverage": "published",
}
"""What a command does where all is well, if it is not to write into the register."""

DUCKDB_INTERRUPTED = "Query interrupted"
"""What DuckDB says, as a RuntimeError, where a signal came while a query ran."""

_asked: list[int] = []
"""The signals that have asked this process to end."""


class Commands(click.Group):
    """A group of commands that end with a line on what stopped them.

    ``--debug`` raises what is a fault of the program's own.

    Args:
        elsewhere: the modules of the commands that are imported when they are asked for, each with
            the name that the command has there.
    """

    def __init__(
        self,
        *args: Any,
        elsewhere: Mapping[str, tuple[str, str]] = MappingProxyType({}),
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted([*super().list_commands(ctx), *self._elsewhere])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self._elsewhere:
            return super().get_command(ctx, cmd_name)
        module, name = self._elsewhere[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit with 1 where it was stopped, 130 where it was interrupted."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click knows what to do.
        except KeyboardInterrupt:
            _stop("Interrupted.", INTERRUPTED)
        except BadRegister as error:
            _stop(_said(error, DONE.get(ctx.invoked_subcommand or "", "written")))
        except Obstacle as error:
            _stop(str(error))
        except (OSError, *DUCKDB, UnicodeError) as error:
            _stop(str(Obstacle.of(error)))
        except Exception as error:
            if str(error) == DUCKDB_INTERRUPTED:
                _stop("Interrupted.", INTERRUPTED)
            if ctx.params.get("debug"):
                raise
            what = f"{type(error).__name__}: {error}".partition("\n")[0]
            command = f"python -m etl --debug {ctx.invoked_subcommand} …"
            _stop(f"A fault of this program ({what}). Please report it with what `{command}` says.")


def end(number: int, _: FrameType | None) -> None:
    """End as Python itself does, so that nothing is left behind that is only there for a while."""
    _asked.append(number)
    sys.exit(128 + number)


def _said(error: BadRegister, done: str) -> str:
    count = len(error.problems)
    lines = [*map(str, error.problems), f"{count} problem{'s' * (count != 1)}. Nothing was {done}."]
    return "\n".join(lines)


def _stop(line: str, status: int = 1) -> None:
    click.echo(line, err=True)
    try:
        sys.stdout.flush()
    except OSError:
        # What could not be written would be tried again, and complained of, at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    # A signal that came while somebody else's code swallowed what it raised is answered here.
    raise SystemExit(128 + _asked[-1] if _asked else status)
