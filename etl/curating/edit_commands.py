"""``python -m etl set`` and ``edit``: change a record that is there."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import click

from etl.curating.apply_commands import carry_out, changing, make_of, tell
from etl.curating.corrected import corrected
from etl.curating.edits import noted, place_of, stating, with_names
from etl.curating.new_commands import area_option, pair, source_options, split_source
from etl.curating.plans import Day, Plan
from etl.curating.revision import Revision
from etl.curating.short import as_typed, given, source_of
from etl.curating.show import document_of
from etl.extract import Files, read
from etl.options import once
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
    asked, rest = _asked(values, options)

    def make(files: Files, day: Day) -> Plan:
        if Revision(files).get(SOURCES, record_id):
            return corrected(files, day, record_id, as_typed(SOURCES, asked.values, tell))
        document = document_of(files, record_id)
        at = place_of(plain(document), asked.source)
        return make_of([given(_set(document, asked), f"etl set {record_id}", at)])(files, day)

    try:
        carry_out(make, f"set {record_id} {' '.join(values)}".strip(), **rest)
    except BadRegister as error:
        if any(problem.rule.startswith("sources disagree") for problem in error.problems):
            tell("On the command line: --choose FIELD=VALUE --note 'why this value'")
        raise


class _Asked(NamedTuple):
    """What is to be set; ``source`` is empty where none states it."""

    values: dict[str, str]
    source: dict[str, Any]
    areas: dict[str, list[str]]
    names: dict[str, list[str]]
    choose: dict[str, str]
    note: str


def _asked(values: tuple[str, ...], options: dict[str, Any]) -> tuple[_Asked, dict[str, Any]]:
    """What is asked for, and the other options."""
    source = options.pop("source")
    areas, names = _grouped(options.pop("area"), "AREA"), _grouped(options.pop("also"), "LANGUAGE")
    choose = dict(_pair(text) for text in options.pop("choose"))
    note = options.pop("note") or ""
    cells, rest = split_source(options)
    if not (values or choose or areas or names or note):
        raise click.UsageError("Nothing is given to set: FIELD=VALUE, --area, --also or --choose.")
    if (areas or cells) and not source:
        raise click.UsageError("Give --source, the id or address of the source that says so.")
    cited = source_of(cells) | _named(source) if source else {}
    return _Asked(dict(map(_pair, values)), cited, areas, names, choose, note), rest


def _grouped(texts: tuple[str, ...], left: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name, text in (pair(each, f"{left}=TEXT") for each in texts):
        groups.setdefault(name, []).append(text)
    return groups


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not (field and equals):
        raise click.UsageError(f"{text!r} is not of the form FIELD=VALUE.")
    return field.strip(), value.strip()


def _named(source: str) -> dict[str, str]:
    return {"url": source} if "://" in source else {"source": source}


def _set(document: Document, asked: _Asked) -> dict[str, Any]:
    """The document with what is asked for: the source's values, and the register's own."""
    table, stateable = TABLES[type(document)], _stateable(document)
    typed = as_typed(table, asked.values, tell)
    values = {name_of(table, name) or name: value for name, value in typed.items()}
    own = set(type(document).model_fields) - PARTS - {table.name.removesuffix("s")}
    unsourced = [] if asked.source else sorted((stateable - own) & values.keys())
    if unsourced:
        raise click.UsageError(f"{unsourced[0]} is what sources state: give --source ID_OR_URL.")
    revised = plain(document) | {
        name: value for name, value in values.items() if name in own or not asked.source
    }
    if asked.source:
        states = {name: value for name, value in values.items() if name not in own - stateable}
        revised = stating(revised, asked.source, states, asked.areas, also=False)
    if asked.choose:
        revised["choose"] = revised.get("choose", {}) | as_typed(table, asked.choose, tell)
    return noted(with_names(revised, asked.names), asked.note)


def _stateable(document: Document) -> set[str]:
    if isinstance(document, Partner):
        return set()
    return set(type(document.sources[0].states).model_fields)


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
