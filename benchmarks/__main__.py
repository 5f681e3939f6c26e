"""``python -m benchmarks``: one command for all that is measured (``--help``)."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from benchmarks import (
    browser,
    builds,
    caches,
    lists,
    machine,
    page,
    queries,
    sessions,
    starts,
    table,
)
from benchmarks.budget_command import budget_command
from benchmarks.figures import Figure, Run, read
from benchmarks.generator.command import generate_command
from benchmarks.workshop import ROOT, Workshop

SUBJECTS: dict[str, Callable[[Workshop], Iterator[Figure]]] = {
    module.SUBJECT: module.figures
    for module in (builds, starts, browser, lists, caches, sessions, queries)
}
FOLDER = ROOT / "data" / "build" / "benchmarks"
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def main() -> None:
    """Measure the dashboard, the API and the build, beside floors and peers of the same run."""


@main.command("run")
@click.option("--full", is_flag=True, help="More runs, and registers of up to a million.")
@click.option(
    "--only", type=click.Choice(list(SUBJECTS)), multiple=True, help="These subjects alone."
)
@click.option("--json", "kept", type=FILE, help="Keep the figures in this file.")
@click.option("--against", type=FILE, help="Compare with the figures of this file.")
@click.option("--work", type=click.Path(path_type=Path, file_okay=False), default=FOLDER)
def run_command(
    full: bool, only: tuple[str, ...], kept: Path | None, against: Path | None, work: Path
) -> None:
    """Measure, and print a table of ratios. About seven minutes unless --full."""
    before = read(against) if against else None
    workshop, run = Workshop(work, full), machine.new_run()
    click.echo(f"{run.machine}; {run.load:.1f} processes were running or waiting before")
    for subject, figures in SUBJECTS.items():
        if not only or subject in only:
            click.echo(f"measuring: {subject}", err=True)
            begin = time.perf_counter()
            run.figures.extend(figures(workshop))
            click.echo(f"{subject} took {time.perf_counter() - begin:.0f} seconds", err=True)
            if kept:
                run.write(kept)
    click.echo(table.plain(run.figures))
    reached = [figure.reached for figure in run.figures]
    click.echo(f"{reached.count(True)} aims reached, {reached.count(False)} not")
    if before:
        click.echo(table.compared(run, before))


@main.command("page")
@click.argument("kept", type=FILE)
def page_command(kept: Path) -> None:
    """Write the figures that ``run --json`` kept into docs/performance.md, and its picture."""
    run: Run = read(kept)
    page.write(run)
    click.echo(f"docs/performance.md has the figures of {run.when}")


main.add_command(generate_command)
main.add_command(budget_command)

if __name__ == "__main__":
    sys.exit(main())
