"""``python -m benchmarks.proof``: try what ``docs/reliability.md`` promises, say what was found.

Each try prints what it did and found; the first promise that does not hold ends it with the case.
"""

import importlib
import os
import sys
import time
from collections.abc import Sequence

import click

TRIES = {
    "killed": "the publication is killed at each of its steps",
    "killed_whole": "whole builds are killed at any moment",
    "mutated": "registers with mistakes are refused with the place, or published right and whole",
    "addresses": "hostile addresses of pages, API, plain pages and feeds",
    "hostile": "a register of hostile texts through every page, list, feed and file",
    "day": "a day of publications under load",
    "sessions": "the memory of a server after many sessions",
    "rebuilt": "old versions of the register, built again from Git",
}
"""A module of this package each; ``TIMES`` in it says how often it tries unless told otherwise, its
``run`` takes the numbers of the tries and the seed."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(TRIES)))
@click.option(
    "--times",
    type=click.IntRange(min=1),
    help="How many tries of each that is named, counted from 0.",
)
@click.option(
    "--from",
    "first",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Go on with a run that was cut after so many.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Draws what is random.")
def main(names: Sequence[str], times: int | None, first: int, seed: int) -> None:
    """Try the promises named, or all: the whole takes hours, each line of it tells what it did."""
    os.nice(15)
    for name in names or TRIES:
        tried = importlib.import_module(f"benchmarks.proof.{name}")
        click.echo(f"{name}: {TRIES[name]}")
        begin = time.monotonic()
        for line in tried.run(range(first, times or tried.TIMES), seed):
            click.echo(f"  {line}")
            sys.stdout.flush()
        click.echo(f"  held, in {time.monotonic() - begin:.0f} seconds")


if __name__ == "__main__":
    main()
