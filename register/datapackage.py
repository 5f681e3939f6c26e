"""The descriptor of a Frictionless Data Package: which tables it holds, column by column."""

from collections.abc import Mapping
from hashlib import sha256

from register.about import LICENCE_URL, TITLE, about, what_it_holds
from register.declaration import Field, Kind, Table
from register.downloaded import TABLES
from register.queries.snapshot import Column, Part, Snapshot

TYPES = {
    "VARCHAR": "string",
    "DATE": "date",
    "DOUBLE": "number",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
}
"""Types of the database as Table Schema names them."""

_LISTS = {Kind.COUNTRY: "countries", Kind.LANGUAGE: "languages"}
"""Tables that hold the names of codes from outside standards."""

_KEYS = {table.name: table.key[0] for table in TABLES}


def descriptor(snapshot: Snapshot, tables: Mapping[str, bytes]) -> dict[str, object]:
    """datapackage.json: https://specs.frictionlessdata.io/tabular-data-package/."""
    licence = {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": LICENCE_URL}
    facts = about(snapshot)
    del facts["licence"]
    return {
        "profile": "tabular-data-package",
        "name": "moscow-partnerships-register",
        "title": facts.pop("title"),
        "description": f"{what_it_holds(snapshot)} README.md and DICTIONARY.md explain the tables.",
        "version": facts.pop("version"),
        "licenses": [licence],
        "contributors": [{"title": f"{TITLE} contributors", "role": "author"}],
        "sources": [{"title": "GeoNames", "path": "https://www.geonames.org/"}],
        **facts,
        "resources": [
            _resource(part, tables[part.table.name], whole=snapshot.whole)
            for part in snapshot.parts
        ],
    }


def _resource(part: Part, content: bytes, *, whole: bool) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": part.table.name,
        "path": f"data/{part.table.name}.csv",
        "description": part.table.comment,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "rows": len(part.rows),
        "schema": _schema(part, whole=whole),
    }


def _schema(part: Part, *, whole: bool) -> dict[str, object]:
    """Table Schema: https://specs.frictionlessdata.io/table-schema/."""
    declared = {field.name: field for field in part.table}
    references = [
        reference
        for field in part.table
        if (reference := _reference(part.table, field, whole=whole)) is not None
    ]
    return {
        "fields": [_field(column, declared.get(column.name)) for column in part.columns],
        "primaryKey": list(part.table.key),
        "missingValues": [""],
    } | ({"foreignKeys": references} if references else {})


def _field(column: Column, declared: Field | None) -> dict[str, object]:
    """``declared`` is the register's own field, None for a column that the ETL derives."""
    constraints: dict[str, object] = {}
    if declared is not None and declared.required:
        constraints["required"] = True
    if declared is not None and declared.codes:
        constraints["enum"] = list(declared.codes)
    return {
        "name": column.name,
        "type": TYPES[column.sql_type],
        "description": column.comment,
    } | ({"constraints": constraints} if constraints else {})


def _reference(table: Table, field: Field, *, whole: bool) -> dict[str, object] | None:
    """The foreign key that a field is, None if it is none."""
    target = field.references or (None if table.key == (field.name,) else _LISTS.get(field.kind))
    # A selection may follow, or carry out, an agreement that it does not hold.
    if target is None or (target == table.name == "agreements" and not whole):
        return None
    return {
        "fields": field.name,
        "reference": {"resource": "" if target == table.name else target, "fields": _KEYS[target]},
    }
