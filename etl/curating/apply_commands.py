"""``python -m etl apply``, ``undo``: record documents into the register, and back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from etl.curating import places
from etl.curating.apply import plan
from etl.curating.documents import read_files
from etl.curating.plans import Day, Plan
from etl.curating.telling import counted, records, told
from etl.curating.writing import Make, revise, undo
from etl.extract import Files
from etl.options import Command, once, register_option, today_option
from register.document import Partner, plain
from register.forms import Given
from register.problems import BadRegister

as_of_option = once(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    show_default="the day of --today",
    help="The day of the statuses that are shown.",
)

dry_run_option = click.option("--dry-run", is_flag=True, help="Check and show, write nothing.")


def tell(line: str) -> None:
    """Say what is no part of the answer."""
    click.echo(line, err=True)


def changing(command: Command) -> Command:
    """The options of every command that changes the register."""
    for option in (dry_run_option, as_of_option, today_option, register_option):
        command = option(command)
    return command


def make_of(given: Sequence[Given]) -> Make:
    """What makes a plan of documents."""

    def make(files: Files, day: Day) -> Plan:
        return plan(files, given, day.today, published=day.published, as_of=day.as_of)

    return make


def carry_out(make: Make, what: str, register: Path, **options: Any) -> Plan:
    """Make the change or, with its problems, none; say what it is.

    Raises:
        BadRegister: with everything that is wrong.
    """
    today: datetime = options["today"]
    as_of: datetime | None = options["as_of"]
    done = revise(
        register,
        make,
        what,
        today=today.date(),
        as_of=as_of.date() if as_of else None,
        dry_run=options["dry_run"],
        tell=tell,
    )
    if done.problems:
        for warning in done.warnings:
            tell(f"Look at: {warning}")
        raise BadRegister(done.problems)
    for line in told(done, (as_of or today).date()):
        click.echo(line)
    click.echo(_end(done, dry_run=options["dry_run"]))
    return done


def _end(done: Plan, *, dry_run: bool) -> str:
    named = ", ".join(records(done))
    count = counted(done) + (f" ({named})" if named else "")
    if not done.changes:
        return f"{count}: the register has all of it."
    if dry_run:
        return f"{count}. The register would be valid; nothing was written."
    return f"{count}. Written, and the register is valid. `python -m etl undo` takes it back."


@click.command("apply")
@changing
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--propose", is_flag=True, help="Take the places of new cities from GeoNames.")
def apply_command(
    files: tuple[Path, ...], register: Path, *, propose: bool, **options: Any
) -> None:
    """Add and update records from documents: YAML or JSON (one or several), CSV or XLSX.

    A document is the whole truth of its record: what it leaves out goes. A spreadsheet has a row a
    source and only adds. All files of the register are written, or none. `-` reads from standard
    input.
    """
    found = read_files(files)

    def make(register_files: Files, day: Day) -> Plan:
        given = [each for documents in found for each in documents(register_files)]
        return make_of(placed(given, propose=propose))(register_files, day)

    carry_out(make, f"apply {', '.join(map(str, files))}", register, **options)


def placed(given: Sequence[Given], *, propose: bool) -> list[Given]:
    """The documents; new cities without a place have that of GeoNames, or are told of it."""
    return [_placed(each, propose=propose) for each in given]


def _placed(given: Given, *, propose: bool) -> Given:
    document = given.document
    is_right = isinstance(document, Partner) and not given.problems
    if document is None or not is_right or not places.lacks_place(plain(document)):
        return given
    found = places.proposed(plain(document), tell)
    if not propose:
        tell("Write that into the document, or take it with --propose.")
        return given
    return replace(given, document=Partner.model_validate(found))


@click.command("undo")
@register_option
def undo_command(register: Path) -> None:
    """Take back the last apply, new, set, rename or withdraw, unless files changed since."""
    entry = undo(register)
    click.echo(f"Undone: {entry.what}. {', '.join(sorted(entry.before))} are as they were.")
