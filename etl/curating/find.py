"""``python -m etl find``: the ids that a curator needs, by any name, wording or address."""

from collections.abc import Iterator
from pathlib import Path

import click

from etl.curating.known import Known
from etl.curating.revision import Revision
from etl.extract import read
from etl.options import register_option
from register import addresses
from register.records import Row
from register.schema import AGREEMENTS, AREAS, PARTNERS, SOURCES
from register.text import fold, fold_words

SHOWN = 30
"""So many rows of a kind are shown."""


@click.command("find")
@register_option
@click.argument("words", nargs=-1)
def find_command(register: Path, words: tuple[str, ...]) -> None:
    """Look up partners, agreements, areas and sources by words, in any language and script.

    An address finds its source. Without words: all areas, each with its definition.
    """
    revision = Revision(read(register))
    found = list(_found(revision, " ".join(words)))
    for line in found:
        click.echo(line)
    if not found:
        raise click.ClickException("Nothing of the register is like it.")


def _found(revision: Revision, words: str) -> Iterator[str]:
    known = Known(revision)
    partner = known.partner_like(words) if words else None
    partners = [row for row in revision.rows(PARTNERS) if _fits(row, words, *known.names(row))]
    ids = {row["partner_id"] for row in partners} | ({partner} if partner else set())
    yield from _listed(
        "Partners", [_partner(row) for row in revision.find(PARTNERS, "partner_id", ids)]
    )
    agreements = [
        row
        for row in revision.rows(AGREEMENTS)
        if words and (row["partner_id"] in ids or _fits(row, words, row["title"]))
    ]
    yield from _listed("Agreements", [_agreement(row) for row in agreements])
    areas = known.areas_like(words) if words else revision.rows(AREAS)
    yield from _listed("Areas", [f"{row['area_id']}: {row['definition']}" for row in areas])
    sources = [row for row in revision.rows(SOURCES) if words and _is_page(row, words)]
    yield from _listed("Sources", [f"{row['source_id']}: {row['publisher']}" for row in sources])


def _listed(kind: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield kind
        yield from (f"  {line}" for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield f"  … and {len(lines) - SHOWN} more"


def _fits(row: Row, words: str, *texts: str) -> bool:
    wanted = fold_words(words)
    there = fold(" ".join((next(iter(row.values())), *texts)))
    return bool(wanted) and all(word in there for word in wanted)


def _partner(row: Row) -> str:
    return f"{row['partner_id']}: {row['name']} ({row['kind']}, {row['country_code']})"


def _agreement(row: Row) -> str:
    date = row.get("signed_on") or row.get("reported_on") or row.get("valid_from") or "undated"
    return f"{row['agreement_id']}: {row['title']} ({row['instrument']}, {date})"


def _is_page(row: Row, words: str) -> bool:
    if not addresses.is_public(words):
        return row["source_id"] == words
    return "url" in row and addresses.page(row["url"]) == addresses.page(words)
