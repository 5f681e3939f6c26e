"""``python -m etl draft``: a record document proposed from a text or a page."""

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click

from etl.draft import html, marks, told
from etl.draft.known import Known, Tables
from etl.draft.proposal import draft
from etl.draft.values import Page
from etl.extract import read
from etl.frames import Frames, extract
from etl.options import once, register_option
from register import addresses, edtf
from register.problems import BadRegister

MAX_BYTES = 5_000_000


@click.command("draft")
@register_option
@click.argument("file", type=click.File("rb"), default="-")
@once("--url", default=lambda: "", help="Address of the page.")
@once("--publisher", default=lambda: "", help="Who published it.")
@once(
    "--published-on",
    default=lambda: "",
    help="Its date (EDTF), which completes “yesterday” and “24 October”.",
)
@once("--language", default=lambda: "", help="ISO 639 code of its language, if not to be guessed.")
@click.option("--marked", is_flag=True, help="Print the text with the words marked instead.")
@click.option("--json", "as_json", is_flag=True, help="Print values and spans for a program.")
def draft_command(
    register: Path,
    file: BinaryIO,
    url: str,
    publisher: str,
    published_on: str,
    language: str,
    marked: bool,
    as_json: bool,
) -> None:
    """Propose a record document from FILE, a text or an HTML page (- or nothing: what is piped in).

    Nothing is written: check each value against the text, then give the document to `etl apply`.
    """
    given = _page(url, publisher, published_on, language)
    text, page = _read(file)
    if not text.strip():
        raise click.ClickException("There is no text to read.")
    said = {name: value for name, value in vars(given).items() if value}
    frames, problems = extract(read(register))
    if problems:
        raise BadRegister(problems)
    made = draft(text, replace(page, **said), Known.of(tables(frames)))
    answer = told.to_json if as_json else marks.marked if marked else told.to_yaml
    click.echo(answer(made), nl=marked)


def tables(frames: Frames) -> Tables:
    """The rows of the frames, without the cells that are empty."""
    return {
        name: [
            {str(column): cell for column, cell in row.items() if isinstance(cell, str)}
            for row in frame.to_dict("records")
        ]
        for name, frame in frames.items()
    }


def _page(url: str, publisher: str, published_on: str, language: str) -> Page:
    if url and not addresses.is_public(url):
        raise click.BadParameter("is no address that every reader can open.", param_hint="--url")
    if published_on and not edtf.read(published_on):
        raise click.BadParameter(f"is no date; write {edtf.GRAMMAR}.", param_hint="--published-on")
    if language and not (language.isascii() and language.islower() and 2 <= len(language) <= 3):
        raise click.BadParameter("is no ISO 639 code, such as tr.", param_hint="--language")
    return Page(url, publisher, published_on, language)


def _read(file: BinaryIO) -> tuple[str, Page]:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise click.ClickException(f"The file has more than {MAX_BYTES:,} bytes.")
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException("The file is no UTF-8. Save it as UTF-8 text.") from None
    return html.read(words) if html.is_html(words) else (words, Page())
