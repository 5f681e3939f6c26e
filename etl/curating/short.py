"""Documents made of a few values, as a curator gives them on the command line."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from etl.curating import typed
from register import edtf
from register.composed import Place, Raw
from register.declaration import Kind, Table
from register.document import Agreement, Event
from register.forms import Given, read_raw
from register.records import column, name_of
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, SOURCES

Cells = Mapping[str, str]
"""Values by the columns of a table."""

OF_SOURCE = ("url", "publisher", "origin", "published_on", "language", "kind", "accessed_on")

MODELS: Mapping[str, type[Agreement | Event]] = {
    AGREEMENTS.name: Agreement,
    EVENTS_TABLE.name: Event,
}


def source_of(cells: Cells) -> dict[str, Any]:
    """A source as a document has it: described, or by its id or address."""
    return {name_of(SOURCES, column) or column: cell for column, cell in cells.items()}


def record_of(
    table: Table, cells: Cells, source: Cells, areas: Iterable[tuple[str, str]] = ()
) -> dict[str, Any]:
    """A record as one source states it, with its areas as (area, label)."""
    own = {column(table, name) for name in MODELS[table.name].model_fields}
    named = {name: name_of(table, name) or name for name in cells}
    stated = {field.name for field in table if field.stated}
    states = {named[name]: cell for name, cell in cells.items() if name in stated}
    labels: dict[str, list[str]] = {}
    for area, label in areas:
        labels.setdefault(area, []).append(label)
    described = source_of(source) | {"states": states}
    return {named[name]: cell for name, cell in cells.items() if name in own} | {
        "sources": [described | ({"areas": labels} if labels else {})]
    }


def partner_of(cells: Cells, names: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A partner with its names as (language, name)."""
    by_language: dict[str, list[str]] = {}
    for language, name in names:
        by_language.setdefault(language, []).append(name)
    own = {name_of(PARTNERS, name) or name: cell for name, cell in cells.items()}
    return own | {"names": by_language}


def given(document: Mapping[str, Any], name: str, source: int = 0) -> Given:
    """The document, with short names for what the command line gives: the source at that place."""
    at = ("sources", source)
    sources = document.get("sources", [])
    parts = sources[source] if source < len(sources) else {}
    columns: dict[Place, str] = {(*at, "states", field): field for field in parts.get("states", {})}
    columns |= {(*at, "areas", area): f"areas.{area}" for area in parts.get("areas", {})}
    columns |= {(*at, field): f"source.{field}" for field in ("source", *OF_SOURCE)}
    return read_raw(Raw(dict(document), {}), name, columns | {at: "source"})


def as_typed(table: Table, cells: Cells, tell: Callable[[str], object]) -> dict[str, str]:
    """The cells with dates as EDTF, however they were typed; ``tell`` gets what is made of them.

    What is no date, or may be several, stays as it is: the checks refuse it.
    """
    return {name: _as_typed(table, name, cell, tell) for name, cell in cells.items()}


def _as_typed(table: Table, name: str, cell: str, tell: Callable[[str], object]) -> str:
    names = {field.name: field for field in table}
    field = names.get(column(table, name))
    if field is None or field.kind is not Kind.EDTF or not cell:
        return cell
    try:
        value = typed.understood(cell)
    except typed.NotADate as error:
        tell(f"{name}: {error}.")
        return cell
    if value != cell:
        tell(f"{name}: {cell!r} is read as {value} ({edtf.in_words(value)})")
    return value
