"""The commands of the ETL: build, check, coverage, and where those of a curator are."""

import sys
from datetime import datetime, timedelta
from io import TextIOWrapper
from pathlib import Path

import click
import duckdb

from etl import coverage
from etl.builds import KEPT
from etl.command_line import Commands
from etl.folders import WAIT
from etl.options import BUILD, REGISTER, once, register_option, today_option
from etl.publish import STEPS, build, check
from register.schema import TABLES
from register.scratch import scratch

HOUR = timedelta(hours=1)
HOURS_OF_A_CENTURY = 100 * 365 * 24
SECONDS_OF_A_DAY = 24 * 60 * 60

CURATING = {
    "show": ("etl.curating.show", "show"),
    "find": ("etl.curating.find", "find_command"),
    "draft": ("etl.draft.command", "draft_command"),
    "apply": ("etl.curating.apply_commands", "apply_command"),
    "edit": ("etl.curating.edit_commands", "edit_command"),
    "set": ("etl.curating.edit_commands", "set_command"),
    "new": ("etl.curating.new_commands", "new"),
    "rename": ("etl.curating.id_commands", "rename_command"),
    "withdraw": ("etl.curating.id_commands", "withdraw_command"),
    "undo": ("etl.curating.apply_commands", "undo_command"),
    "review": ("etl.curating.review_command", "review_command"),
    "schema": ("etl.curating.show", "schema"),
}
"""The commands that a build need not wait for, each with its module and its name there."""


def tell(line: str) -> None:
    """Say what is no part of the answer."""
    click.echo(line, err=True)


@click.group(cls=Commands, elsewhere=CURATING)
@click.option("--debug", is_flag=True, help="Show the traceback of a fault of the program itself.")
def main(debug: bool) -> None:
    """Check the curated register and publish it as a DuckDB database.

    Exit status: 0 done, 1 bad data or a failed build, 2 bad usage, 130 interrupted.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # What has been done must be told, whatever signs the terminal knows.
        sys.stdout.reconfigure(errors="backslashreplace")


@main.command("build")
@register_option
@once(
    "--out",
    type=click.Path(path_type=Path),
    default=lambda: BUILD,
    help="Folder of the published databases.",
)
@once(
    "--keep",
    metavar="HOURS",
    type=click.IntRange(min=0, max=HOURS_OF_A_CENTURY),
    default=lambda: KEPT // HOUR,
    show_default=str(KEPT // HOUR),
    help="How long a database stays for its readers after the next one was published.",
)
@once(
    "--wait",
    metavar="SECONDS",
    type=click.IntRange(min=0, max=SECONDS_OF_A_DAY),
    default=lambda: WAIT,
    show_default=str(WAIT),
    help="How long to wait for another build into the same folder.",
)
@today_option
def build_command(register: Path, out: Path, keep: int, wait: int, today: datetime) -> None:
    """Check the register and publish it."""
    with click.progressbar(
        length=STEPS,
        label="Building",
        item_show_func=lambda done: done,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as progress:
        database = build(
            register,
            out,
            on_step=lambda done: progress.update(1, done),
            today=today.date(),
            kept=keep * HOUR,
            wait=wait,
            tell=tell,
        )
    with duckdb.connect(database, read_only=True) as connection:
        for table in TABLES:
            count = connection.table(table.name).count("*").fetchall()[0][0]
            click.echo(f"{table.name:<16} {count:>6} rows")
        version, disagreements, undated = connection.execute(
            "SELECT version, (SELECT count(*) FROM disagreements), "
            "(SELECT count(*) FROM agreement_windows WHERE is_undated) FROM register"
        ).fetchall()[0]
    click.echo(f"{disagreements} fields on which sources disagree")
    click.echo(f"{undated} undated agreements")
    click.echo(f"Register version {version}, published as {database}")


@main.command("check")
@register_option
@once(
    "--out",
    type=click.Path(path_type=Path),
    show_default="data/build for the project's own register",
    help="Folder of the published databases: no id of the current one may vanish.",
)
@today_option
def check_command(register: Path, out: Path | None, today: datetime) -> None:
    """Check the register without publishing it."""
    if out is None and register.resolve() == REGISTER:
        out = BUILD
    rows = check(register, out, today=today.date(), tell=tell)
    click.echo(f"The register is valid: {sum(rows.values())} rows in {len(rows)} tables.")


@main.command("coverage")
@register_option
def coverage_command(register: Path) -> None:
    """Print docs/coverage.md for the register."""
    with scratch() as folder:
        database = build(register, Path(folder) / "built")
        with duckdb.connect(database, read_only=True) as connection:
            click.echo(coverage.page(connection), nl=False)
