"""``python -m etl``: the command line of the ETL."""

import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import click
import duckdb

from etl import coverage
from etl.new_commands import new
from etl.options import ROOT, register_option, today_option
from etl.problems import BadRegister
from etl.publish import build, check
from etl.schema import DERIVED_TABLES, TABLES


@click.group()
def main() -> None:
    """Check the curated register and publish it as a DuckDB database.

    Exit status: 0 done, 1 bad data or a failed build, 2 bad usage.
    """


@main.command("build")
@register_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "data" / "build",
    help="Folder of the published databases.",
)
@today_option
def build_command(register: Path, out: Path, today: datetime) -> None:
    """Check the register and publish it."""
    try:
        with click.progressbar(
            length=len(TABLES) + len(DERIVED_TABLES), label="Building", file=sys.stderr
        ) as progress:
            database = build(
                register, out, on_table=lambda _: progress.update(1), today=today.date()
            )
    except BadRegister as error:
        _fail(error)
    except (duckdb.Error, OSError) as error:
        click.echo(f"The build failed; the last published database stays. {error}", err=True)
        raise SystemExit(1) from None
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
@today_option
def check_command(register: Path, today: datetime) -> None:
    """Check the register without publishing it."""
    try:
        rows = check(register, today=today.date())
    except BadRegister as error:
        _fail(error)
    click.echo(f"The register is valid: {sum(rows.values())} rows in {len(rows)} tables.")


@main.command("coverage")
@register_option
def coverage_command(register: Path) -> None:
    """Print docs/coverage.md for the register."""
    with TemporaryDirectory() as folder:
        try:
            database = build(register, Path(folder))
        except BadRegister as error:
            _fail(error)
        with duckdb.connect(database, read_only=True) as connection:
            click.echo(coverage.page(connection), nl=False)


def _fail(error: BadRegister) -> NoReturn:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    count = len(error.problems)
    click.echo(f"{count} problem{'s' * (count != 1)}. Nothing was published.", err=True)
    raise SystemExit(1)


main.add_command(new)

if __name__ == "__main__":
    main(prog_name="python -m etl")
