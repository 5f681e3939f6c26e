"""``python -m etl new``: write a partner, an agreement, an event or a further statement."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from etl.extract import read_settled
from etl.journal import replace, settled
from etl.new import Draft
from etl.options import Command, once, register_option, today_option
from etl.publish import check_files
from register.declaration import Table
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, SOURCES, UNSTATEABLE


def fields_of(table: Table, *, needed: bool = True) -> Callable[[Command], Command]:
    """An option for each field of the table; the id is made if it is not given."""

    def decorate(command: Command) -> Command:
        for field in reversed(table.fields):
            made = field.name == table.key[0]
            command = once(
                f"--{field.name.replace('_', '-')}",
                field.name,
                required=field.required and needed and not made,
                type=click.Choice(list(field.codes)) if field.codes else str,
                help=f"{field.comment}{' (made if not given)' if made else ''}.",
            )(command)
        return command

    return decorate


def source_options(command: Command) -> Command:
    """The options of the source: its address, and the rest where the register lacks it yet."""
    for field in reversed(SOURCES.fields):
        name = "source_language" if field.name == "language" else field.name
        command = once(
            f"--{name.replace('_', '-')}".replace("--kind", "--source-kind"),
            "source_kind" if name == "kind" else name,
            required=field.name == "url",
            type=click.Choice(list(field.codes)) if field.codes else str,
            help=f"Source: {field.comment[0].lower()}{field.comment[1:]}.",
        )(command)
    return command


@click.group("new")
def new() -> None:
    """Write the rows of a new record if the register is valid with them: all of them or none."""


@new.command("partner")
@register_option
@today_option
@fields_of(PARTNERS)
@click.option(
    "--also", multiple=True, metavar="LANGUAGE=NAME", help="A further name: ru=Любляна (repeat)."
)
def partner_command(
    register: Path, today: datetime, also: tuple[str, ...], **cells: str | None
) -> None:
    """A city, region or district."""
    names = [_pair(text, "LANGUAGE=NAME") for text in also]
    _write(register, today, lambda draft: draft.partner(_given(cells), names))


@new.command("agreement")
@register_option
@today_option
@fields_of(AGREEMENTS)
@source_options
@click.option(
    "--area",
    multiple=True,
    metavar="AREA=LABEL",
    help="An area in the source's words: transport='общественный транспорт' (repeat).",
)
def agreement_command(
    register: Path, today: datetime, area: tuple[str, ...], **cells: str | None
) -> None:
    """An agreement as one source reports it; each value given is stated by that source."""
    given, source = _split(_given(cells))
    areas = [_pair(text, "AREA=LABEL") for text in area]
    if areas and "language" not in source:
        raise click.UsageError("Give --source-language, the language of the labels.")
    language = source.get("language", "")
    _write(
        register,
        today,
        lambda draft: draft.agreement(given, areas, draft.source(source), language),
    )


@new.command("event")
@register_option
@today_option
@fields_of(EVENTS_TABLE)
@source_options
def event_command(register: Path, today: datetime, **cells: str | None) -> None:
    """What happened to an agreement or, without --agreement-id, to the whole partnership."""
    given, source = _split(_given(cells))
    _write(register, today, lambda draft: draft.event(given, draft.source(source)))


@new.command("statement")
@register_option
@today_option
@source_options
@click.option(
    "--fill", is_flag=True, help="Also fill the cells of the record that are empty yet with this."
)
@click.argument("record_id")
@click.argument("statements", nargs=-1, required=True, metavar="FIELD=VALUE...")
def statement_command(
    register: Path,
    today: datetime,
    record_id: str,
    statements: tuple[str, ...],
    *,
    fill: bool,
    **cells: str | None,
) -> None:
    """What a further source says of a record: signed_on=2024-09-27 valid_to=2027."""
    _, source = _split(_given(cells))
    stated = [_pair(text, "FIELD=VALUE") for text in statements]
    for field, _ in stated:
        if field in UNSTATEABLE:
            raise click.UsageError(f"{field} is the register's own; no source states it.")

    def write(draft: Draft) -> str:
        source_id = draft.source(source)
        for field, value in stated:
            draft.statement(record_id, field, value, source_id)
            if fill:
                draft.fill(record_id, field, value)
        return record_id

    _write(register, today, write)


def _write(register: Path, today: datetime, draw: Callable[[Draft], str]) -> None:
    """Write what ``draw`` drafts, the id of which it returns, if the register is valid with it."""
    with settled(register):
        draft = Draft(read_settled(register))
        record_id = draw(draft)
        check_files(draft.files(), today=today.date())
        replace(register, draft.changed())
    for line in draft.said():
        click.echo(f"+ {line}")
    click.echo(f"{record_id} is written, and the register is valid. Look at `git diff`.")


def _given(cells: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in cells.items() if value}


def _split(cells: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The record's cells and the source's."""
    renamed = {"source_language": "language", "source_kind": "kind"}
    names = {"source_id", "url", "publisher", "origin", "published_on", "accessed_on", *renamed}
    source = {renamed.get(name, name): value for name, value in cells.items() if name in names}
    return {name: value for name, value in cells.items() if name not in names}, source


def _pair(text: str, form: str) -> tuple[str, str]:
    first, equals, second = text.partition("=")
    if not (first and equals and second):
        raise click.UsageError(f"{text!r} is not of the form {form}.")
    return first.strip(), second.strip()
