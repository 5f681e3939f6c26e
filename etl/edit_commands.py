"""``python -m etl set`` and ``edit``: change a record that is there."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from etl.apply_commands import carry_out, changing, make_of, tell
from etl.corrected import corrected
from etl.edits import noted, place_of, stating
from etl.extract import Files, read
from etl.new_commands import area_option, pair, source_options, split_source
from etl.options import once
from etl.plans import Day, Plan
from etl.revision import Revision
from etl.short import as_typed, given, source_of
from etl.show import document_of
from register.document import Agreement, Document, Event, Partner, plain
from register.forms import read_all, to_yaml
from register.problems import BadRegister, Problem
from register.records import name_of
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, SOURCES

TABLES = {Agreement: AGREEMENTS, Event: EVENTS_TABLE, Partner: PARTNERS}

PARTS = {"sources", "events", "choose", "names"}
"""Of a document: what is no single value."""


@click.command("set")
@changing
@click.argument("record_id")
@click.argument("values", nargs=-1, metavar="FIELD=VALUE...")
@once("--source", metavar="ID_OR_URL", help="The source that states it, by its id or address.")
@source_options("url", "source_id")
@area_option
@click.option(
    "--also", multiple=True, metavar="LANGUAGE=NAME", help="A further name of a partner (repeat)."
)
@click.option(
    "--choose",
    multiple=True,
    metavar="FIELD=VALUE",
    help="The value where sources disagree; FIELD= for none of them. Say why with --note (repeat).",
)
@once("--note", help="A sentence that is added to the note; note=… writes it anew.")
def set_command(record_id: str, values: tuple[str, ...], **options: Any) -> None:
    """Correct a record: what a source states of it, or what it is filed under.

    `set ID signed_on=2024-09-27 --source ID_OR_URL`: the source states it, in place of what it
    stated before; `FIELD=` takes it back. `set ID title=…` changes what no source states. The id of
    a source corrects its description: `set SOURCE_ID published_on=2024-09-28`.
    """
    given_values = dict(_pair(text) for text in values)
    chosen = dict(_pair(text) for text in options.pop("choose"))
    labels = [pair(text, "AREA=LABEL") for text in options.pop("area")]
    names = [pair(text, "LANGUAGE=NAME") for text in options.pop("also")]
    note, source_name = options.pop("note"), options.pop("source")
    cells, rest = split_source(options)
    if not (given_values or chosen or labels or names or note):
        raise click.UsageError("Nothing is given to set: FIELD=VALUE, --area, --also or --choose.")
    if (labels or cells) and not source_name:
        raise click.UsageError("Give --source, the id or address of the source that says so.")
    source = source_of(cells) | _named(source_name) if source_name else {}

    def make(files: Files, day: Day) -> Plan:
        if Revision(files).get(SOURCES, record_id):
            return corrected(files, day, record_id, as_typed(SOURCES, given_values, tell))
        document = document_of(files, record_id)
        revised = _revised(document, given_values, source, _grouped(labels))
        revised = _with_names(revised, names) | (
            {"choose": revised.get("choose", {}) | chosen} if chosen else {}
        )
        revised = noted(revised, note) if note else revised
        at = place_of(plain(document), source) if source else 0
        return make_of([given(revised, f"etl set {record_id}", at)])(files, day)

    try:
        carry_out(make, f"set {record_id} {' '.join(values)}".strip(), **rest)
    except BadRegister as error:
        if any(problem.rule.startswith("sources disagree") for problem in error.problems):
            tell("On the command line: --choose FIELD=VALUE --note 'why this value'")
        raise


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not (field and equals):
        raise click.UsageError(f"{text!r} is not of the form FIELD=VALUE.")
    return field.strip(), value.strip()


def _named(source: str) -> dict[str, str]:
    return {"url": source} if "://" in source else {"source": source}


def _grouped(labels: list[tuple[str, str]]) -> dict[str, list[str]]:
    areas: dict[str, list[str]] = {}
    for area, label in labels:
        areas.setdefault(area, []).append(label)
    return areas


def _revised(
    document: Document,
    values: Mapping[str, str],
    source: dict[str, Any],
    areas: dict[str, list[str]],
) -> dict[str, Any]:
    """The document with the values: the source's, and the register's own."""
    table = TABLES[type(document)]
    typed = {
        name_of(table, name) or name: value for name, value in as_typed(table, values, tell).items()
    }
    own = set(type(document).model_fields) - PARTS - {table.name.removesuffix("s")}
    stateable = _stateable(document)
    for name in typed:
        if name in stateable - own and not source:
            raise click.UsageError(f"{name} is what sources state: give --source ID_OR_URL.")
    revised = plain(document) | {name: typed[name] for name in typed if name in own}
    if not source:
        return revised | {name: value for name, value in typed.items() if name not in stateable}
    states = {name: value for name, value in typed.items() if name not in own or name in stateable}
    return stating(revised, source, states, areas, also=False)


def _stateable(document: Document) -> set[str]:
    if isinstance(document, Partner):
        return set()
    return set(type(document.sources[0].states).model_fields)


def _with_names(document: dict[str, Any], names: list[tuple[str, str]]) -> dict[str, Any]:
    there = dict(document.get("names", {}))
    for language, name in names:
        known = there.get(language, [])
        there[language] = [*([known] if isinstance(known, str) else known), name]
    return document | {"names": there} if names else document


# --- in an editor -----------------------------------------------------------------------------


@click.command("edit")
@changing
@click.argument("record_id")
def edit_command(record_id: str, register: Path, **options: Any) -> None:
    """Open a record's document in $EDITOR, then apply what was made of it.

    Where something is wrong the text is offered again, with the problems on top.
    """
    original = to_yaml(document_of(read(register), record_id))
    text = original
    while True:
        edited = click.edit(text, extension=".yaml")
        if edited is None or _without_comments(edited) == _without_comments(original):
            click.echo("Nothing was changed.")
            return
        try:
            make = make_of(read_all(edited, f"{record_id}.yaml"))
            carry_out(make, f"edit {record_id}", register=register, **options)
            return
        except BadRegister as error:
            text = _with_problems(edited, error.problems)
            for problem in error.problems:
                tell(str(problem))
            if not click.confirm("Edit it again?", default=True, err=True):
                _keep(record_id, edited)
                raise
        except BaseException:
            _keep(record_id, edited)
            raise


def _without_comments(text: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.startswith("#!"))


def _with_problems(text: str, problems: list[Problem]) -> str:
    """The text with the problems above it, their lines counted as they now are."""
    plain_text = _without_comments(text)
    gone, more = text.count("\n") - plain_text.count("\n"), len(problems)
    moved = [replace(each, line=each.line and each.line - gone + more) for each in problems]
    return "".join(f"#! {problem}\n" for problem in moved) + plain_text


def _keep(record_id: str, text: str) -> None:
    """Keep a text that was not applied, and say where."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=f"{record_id}-", suffix=".yaml", delete=False
    ) as file:
        file.write(_without_comments(text))
    tell(f"Your text is kept in {file.name}: `python -m etl apply {file.name}` when it is right.")
