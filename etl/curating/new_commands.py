"""``python -m etl new``: a record as one source states it, without writing a document."""

from collections.abc import Callable
from typing import Any

import click

from etl.curating.apply_commands import carry_out, changing, make_of, tell
from etl.curating.edits import place_of, stating
from etl.curating.places import proposed
from etl.curating.plans import Day, Plan
from etl.curating.revision import Revision
from etl.curating.short import OF_SOURCE, as_typed, given, partner_of, record_of, source_of
from etl.curating.show import document_of
from etl.extract import Files
from etl.options import Command, once
from register.declaration import Table
from register.document import plain
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, SOURCES, UNSTATEABLE


def fields_of(table: Table) -> Callable[[Command], Command]:
    """An option for each field of the table; the id is made if it is not given."""

    def decorate(command: Command) -> Command:
        for field in reversed(table.fields):
            made = field.name == table.key[0]
            command = once(
                f"--{field.name.replace('_', '-')}",
                field.name,
                required=field.required and not made,
                help=f"{field.comment}{' (made if not given)' if made else ''}.",
            )(command)
        return command

    return decorate


def source_options(*left_out: str) -> Callable[[Command], Command]:
    """The options of a source: its address, and the rest where the register lacks it yet."""
    renamed = {"language": "source_language", "kind": "source_kind"}

    def decorate(command: Command) -> Command:
        for field in reversed(SOURCES.fields):
            name = renamed.get(field.name, field.name)
            if name not in left_out:
                comment = f"Source: {field.comment[0].lower()}{field.comment[1:]}."
                command = once(f"--{name.replace('_', '-')}", name, help=comment)(command)
        return command

    return decorate


area_option = click.option(
    "--area",
    multiple=True,
    metavar="AREA=LABEL",
    help="An area in the source's words: transport='общественный транспорт' (repeat).",
)


@click.group("new")
def new() -> None:
    """Add a record as one source states it; `apply` adds what several state."""


@new.command("partner")
@changing
@fields_of(PARTNERS)
@click.option(
    "--also", multiple=True, metavar="LANGUAGE=NAME", help="A further name: ru=Любляна (repeat)."
)
@click.option("--propose", is_flag=True, help="Take place and GeoNames id as GeoNames has them.")
def partner_command(also: tuple[str, ...], *, propose: bool, **options: Any) -> None:
    """A city, region or district."""
    cells, rest = _split(options, PARTNERS.columns)
    document = partner_of(cells, [pair(text, "LANGUAGE=NAME") for text in also])
    if propose:
        document = proposed(document, click.echo)
    _carry_out(PARTNERS, document, "etl new partner", rest)


@new.command("agreement")
@changing
@fields_of(AGREEMENTS)
@source_options()
@area_option
def agreement_command(area: tuple[str, ...], **options: Any) -> None:
    """An agreement as one source reports it; each value given is stated by that source."""
    cells, rest = _split(options, AGREEMENTS.columns)
    source, rest = split_source(rest)
    areas = [pair(text, "AREA=LABEL") for text in area]
    document = record_of(AGREEMENTS, as_typed(AGREEMENTS, cells, tell), source, areas)
    _carry_out(AGREEMENTS, document, "etl new agreement", rest)


@new.command("event")
@changing
@fields_of(EVENTS_TABLE)
@source_options()
def event_command(**options: Any) -> None:
    """What happened to an agreement or, without --agreement-id, to the whole partnership."""
    cells, rest = _split(options, EVENTS_TABLE.columns)
    source, rest = split_source(rest)
    document = record_of(EVENTS_TABLE, as_typed(EVENTS_TABLE, cells, tell), source)
    _carry_out(EVENTS_TABLE, document, "etl new event", rest)


@new.command("statement")
@changing
@source_options()
@area_option
@click.argument("record_id")
@click.argument("statements", nargs=-1, metavar="FIELD=VALUE...")
def statement_command(
    record_id: str, statements: tuple[str, ...], area: tuple[str, ...], **options: Any
) -> None:
    """What a further source says of a record: signed_on=2024-09-27 valid_to=2027."""
    source, rest = split_source(options)
    stated = dict(pair(text, "FIELD=VALUE") for text in statements)
    for field in stated:
        if field in UNSTATEABLE:
            raise click.UsageError(f"{field} is the register's own; no source states it.")
    areas: dict[str, list[str]] = {}
    for name, label in (pair(text, "AREA=LABEL") for text in area):
        areas.setdefault(name, []).append(label)

    def make(files: Files, day: Day) -> Plan:
        document = plain(document_of(files, record_id))
        table = AGREEMENTS if "agreement" in document and "title" in document else EVENTS_TABLE
        states = as_typed(table, stated, tell)
        cited = source_of(source)
        revised = stating(document, cited, states, areas, also=True)
        name = f"etl new statement {record_id}"
        return make_of([given(revised, name, place_of(document, cited))])(files, day)

    carry_out(make, f"new statement {record_id}", **rest)


def _carry_out(table: Table, document: dict[str, Any], name: str, options: dict[str, Any]) -> None:
    """Add the record, which must not be there yet: a short one would take the place of a whole."""

    def make(files: Files, day: Day) -> Plan:
        record_id = document.get(table.name[:-1], "")
        if record_id and Revision(files).get(table, record_id):
            raise click.ClickException(
                f"{table.file} has a row {record_id} already: nothing was written. Change it with "
                f"`etl set {record_id}` or `etl edit {record_id}`, add a source with "
                f"`etl new statement {record_id}`."
            )
        return make_of([given(document, name)])(files, day)

    carry_out(make, name.removeprefix("etl "), **options)


def _split(
    options: dict[str, Any], columns: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, Any]]:
    """The cells that are given, by column, and the other options."""
    cells = {name: options[name] for name in columns if options.get(name)}
    return cells, {name: value for name, value in options.items() if name not in columns}


def split_source(options: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """The source's cells, dates as EDTF, and the other options."""
    renamed = {"source_language": "language", "source_kind": "kind"}
    names = {"source_id", *(set(OF_SOURCE) - {"language", "kind"}), *renamed}
    cells = {renamed.get(name, name): options[name] for name in names if options.get(name)}
    rest = {name: value for name, value in options.items() if name not in names}
    return as_typed(SOURCES, cells, tell), rest


def pair(text: str, form: str) -> tuple[str, str]:
    """The two sides of the first equals sign."""
    first, equals, second = text.partition("=")
    if not (first and equals and second):
        raise click.UsageError(f"{text!r} is not of the form {form}.")
    return first.strip(), second.strip()
