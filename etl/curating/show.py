"""``python -m etl show``: one record of the register as its document."""

import json
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

import click

from etl.extract import Files, read, tables_of
from etl.frames import Frames, extract
from etl.options import register_option
from etl.validate import validate
from register.declaration import Table
from register.document import Document, json_schema
from register.forms import to_json, to_yaml
from register.problems import BadRegister
from register.records import Find, Row, find_document
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, WITHDRAWN


def finder(frames: Frames) -> Find:
    """Looks for rows in the tables that ``extract`` has read."""
    tables: dict[str, list[Row]] = {
        name: [
            {str(column): cell for column, cell in row.items() if isinstance(cell, str)}
            for row in frame.sort_values(list(frame.columns)).to_dict("records")
        ]
        for name, frame in frames.items()
    }

    def find(table: Table, column: str, values: Collection[str]) -> list[Row]:
        return [row for row in tables[table.name] if row.get(column) in values]

    return find


@click.command("show")
@register_option
@click.argument("record_id")
@click.option("--json", "as_json", is_flag=True, help="As JSON instead of YAML.")
def show(register: Path, record_id: str, as_json: bool) -> None:
    """Print an agreement, a partner or an event with all that sources say of it."""
    document = document_of(read(register), record_id)
    click.echo(to_json(document) if as_json else to_yaml(document), nl=False)


def document_of(files: Files, record_id: str) -> Document:
    """The record's document as the files have it.

    Raises:
        BadRegister: the register breaks its rules.
        ClickException: there is no such record; it says which is meant.
    """
    frames, problems = extract(files)
    if problems:
        raise BadRegister(problems)
    try:
        document = find_document(finder(frames), record_id)
    except ValueError:
        # What breaks the rules has no document; the checks say what it is.
        if problems := validate(tables_of(files).tables):
            raise BadRegister(problems) from None
        raise
    if document is None:
        raise click.ClickException(_unknown(frames, record_id))
    return document


@click.command("schema")
def schema() -> None:
    """Print docs/record.schema.json, the form of a record's document."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def _unknown(frames: Frames, record_id: str) -> str:
    ids = [
        identity
        for table in (AGREEMENTS, PARTNERS, EVENTS_TABLE)
        for identity in frames[table.name][table.key[0]].dropna()
    ]
    near = get_close_matches(record_id, ids, 3, 0.5)
    moved = frames[WITHDRAWN.name].set_index("id")["replaced_by"].dropna()
    if record_id in moved.index:
        near = [str(moved[record_id])]
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"The register has no agreement, partner or event {record_id!r}.{meant}"
