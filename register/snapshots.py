"""The register, or a selection of it, as files to take away."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from register import export, texts, words
from register.declaration import Field, Kind, Table
from register.filters import to_address
from register.markup import for_file
from register.queries.snapshot import ON_THE_DAY, TABLES, Column, Part, Snapshot

LICENCE = Path(__file__).resolve().parent.parent / "data" / "LICENSE.md"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "The Moscow Partnerships Register"

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


def csv_zip(snapshot: Snapshot) -> bytes:
    """A CSV file a table, for spreadsheets, with the texts that explain them."""
    tables = {f"{part.table.name}.csv": export.csv_bytes(part.rows) for part in snapshot.parts}
    return _zip(_texts(snapshot, "{}.csv") | tables)


def parquet_zip(snapshot: Snapshot, files: Mapping[str, bytes]) -> bytes:
    """The Parquet files of ``queries.snapshot.parquet``, with the texts that explain them."""
    tables = {f"{name}.parquet": content for name, content in files.items()}
    return _zip(_texts(snapshot, "{}.parquet") | tables)


def json_records(snapshot: Snapshot) -> bytes:
    """``about`` the snapshot, and its tables' records; of a selection only the agreements."""
    parts = snapshot.parts if snapshot.whole else (snapshot.part(ON_THE_DAY.name),)
    content = {"about": about(snapshot)} | {part.table.name: _records(part) for part in parts}
    return json.dumps(content, ensure_ascii=False, indent=1, default=date.isoformat).encode()


def data_package(snapshot: Snapshot) -> bytes:
    """A Frictionless Data Package: CSV tables, descriptor, dictionary, licence and citation."""
    tables = {part.table.name: export.csv_text(part.rows).encode() for part in snapshot.parts}
    descriptor = _descriptor(snapshot, tables)
    return _zip(
        {"datapackage.json": json.dumps(descriptor, ensure_ascii=False, indent=2).encode()}
        | _texts(snapshot, "data/{}.csv")
        | {f"data/{name}.csv": content for name, content in tables.items()}
    )


def about(snapshot: Snapshot) -> dict[str, object]:
    """What the snapshot is: version, day, horizon, filters as in an address, and row counts."""
    return {
        "title": TITLE,
        "version": snapshot.version,
        "as_of": snapshot.filters.as_of.isoformat(),
        "horizon_days": snapshot.filters.horizon,
        "selection": "the whole register"
        if snapshot.whole
        else "the agreements that fit the filters",
        "filters": to_address(snapshot.filters, pin_day=True),
        "rows": {part.table.name: of_all(part) for part in snapshot.parts},
        "citation": citation(snapshot),
        "licence": LICENCE_URL,
    }


def of_all(part: Part) -> str:
    """``12 of 294``."""
    return f"{len(part.rows)} of {part.total}"


def citation(snapshot: Snapshot) -> str:
    """How to cite the snapshot."""
    agreements = snapshot.part(ON_THE_DAY.name)
    return texts.register_citation(
        snapshot.version, snapshot.filters.as_of, len(agreements.rows), agreements.total
    )


def _records(part: Part) -> list[dict[str, object]]:
    names = list(part.rows.columns)
    return [dict(zip(names, row, strict=True)) for row in cells(part.rows)]


def cells(frame: pd.DataFrame) -> Iterable[tuple[object, ...]]:
    """The rows in Python's own types: None where there is no value, a date where there is a day."""
    plain = frame.assign(
        **{name: frame[name].dt.date for name in frame.select_dtypes("datetime").columns}
    ).astype(object)
    return plain.where(frame.notna(), None).itertuples(index=False, name=None)


def facts(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """What the README says, as names and values."""
    filters = snapshot.filters
    return [
        ("Register version", snapshot.version),
        ("As-of day", filters.as_of),
        ("Horizon in days", filters.horizon),
        ("What it holds", _what(snapshot)),
        ("Filters", _filters(snapshot)),
        ("Citation", citation(snapshot)),
        ("Licence", f"CC BY 4.0, {LICENCE_URL}"),
        *((f"Rows of {part.table.name}", of_all(part)) for part in snapshot.parts),
        *(("How to read it", line) for line in _READING),
    ]


def _what(snapshot: Snapshot) -> str:
    if snapshot.whole:
        return "The whole register"
    return (
        "The agreements that fit the filters, with the rows of the other tables that belong to "
        "them. implements and follows may name an agreement outside the selection."
    )


def _filters(snapshot: Snapshot) -> str:
    return "?" + urlencode(to_address(snapshot.filters, pin_day=True), doseq=True)


_READING = (
    "Dates are as exact as their source: 2019-09-10, 2019-09 or 2019, with ? for uncertain and ~ "
    "for approximate (EDTF, ISO 8601-2). The columns that end in _first and _last are the days "
    "between which such a date lies.",
    "agreements and events hold the values that the register chose; statements holds every value "
    "that a source states, also where sources disagree.",
    "“No end stated” says what sources say, not that an agreement is in force.",
    "In CSV files an apostrophe stands where a text, or a part of it after a semicolon, a tab or a "
    "line's end, begins with = + - @ (also in full width, after spaces or quotes) or is empty, so "
    "that no spreadsheet runs it, at whatever signs it splits the lines. Text with a comma, a "
    "semicolon, a tab or quotes is quoted; numbers and days never are. An empty cell means that no "
    "source gives a value. JSON, Parquet and DuckDB have all text unchanged; so has Excel, unless "
    "its README says that it is cut.",
)


def _texts(snapshot: Snapshot, path: str) -> dict[str, bytes]:
    """README, dictionary, licence and citation, for tables at ``path`` with their name put in."""
    files = {part.table.name: path.format(part.table.name) for part in snapshot.parts}
    texts = {
        "README.md": _readme(snapshot, files),
        "DICTIONARY.md": _dictionary(snapshot.parts, files),
        "CITATION.txt": citation(snapshot) + "\n",
        "LICENSE.md": LICENCE.read_text(encoding="utf-8"),
    }
    return {name: text.encode() for name, text in texts.items()}


def _readme(snapshot: Snapshot, files: Mapping[str, str]) -> str:
    filters = snapshot.filters
    tables = _table(
        ("file", "rows", "what it holds"),
        (
            (f"`{files[part.table.name]}`", of_all(part), for_file(part.table.comment))
            for part in snapshot.parts
        ),
    )
    reading = "\n".join(f"- {line}" for line in _READING)
    return f"""# {TITLE}

{_what(snapshot)}

- Register version: {snapshot.version}
- As-of day, for which the status is computed: {words.day_in_words(filters.as_of)}
- Horizon, within which an end counts as expiring: {words.counted(filters.horizon, "day")}
- Filters, as the dashboard's address has them: `{_filters(snapshot)}`

## Tables

{tables}

DICTIONARY.md says what each column means.

## How to read them

{reading}

## Citation and licence

{citation(snapshot)}

LICENSE.md says what the licence covers.
"""


def _dictionary(parts: Iterable[Part], files: Mapping[str, str]) -> str:
    sections = (
        f"## {part.table.name}\n\n{for_file(part.table.comment)}. "
        f"File: `{files[part.table.name]}`. Key: {', '.join(part.table.key)}.\n\n"
        + _table(
            ("column", "type", "what it means"),
            (
                (column.name, TYPES[column.sql_type], for_file(column.comment))
                for column in part.columns
            ),
        )
        for part in parts
    )
    return "# Dictionary\n\nCodes and their meanings are in the tables codes and statuses.\n\n" + (
        "\n\n".join(sections) + "\n"
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _descriptor(snapshot: Snapshot, tables: Mapping[str, bytes]) -> dict[str, object]:
    """datapackage.json: https://specs.frictionlessdata.io/tabular-data-package/."""
    licence = {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": LICENCE_URL}
    facts = about(snapshot)
    del facts["licence"]
    return {
        "profile": "tabular-data-package",
        "name": "moscow-partnerships-register",
        "title": facts.pop("title"),
        "description": f"{_what(snapshot)} README.md and DICTIONARY.md explain the tables.",
        "version": facts.pop("version"),
        "licenses": [licence],
        "contributors": [{"title": f"{TITLE} contributors", "role": "author"}],
        "sources": [{"title": "GeoNames", "path": "https://www.geonames.org/"}],
        **facts,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": part.table.name,
                "path": f"data/{part.table.name}.csv",
                "description": part.table.comment,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(tables[part.table.name]),
                "hash": f"sha256:{sha256(tables[part.table.name]).hexdigest()}",
                "rows": len(part.rows),
                "schema": _schema(part, whole=snapshot.whole),
            }
            for part in snapshot.parts
        ],
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


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # No time of day: the same snapshot makes the same file, whenever it is asked for.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()
