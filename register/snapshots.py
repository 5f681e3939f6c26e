"""The register, or a selection of it, as files to take away."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO

import pandas as pd

from register import datapackage, export, readme
from register.about import about
from register.downloaded import ON_THE_DAY
from register.queries.snapshot import Part, Snapshot


def csv_zip(snapshot: Snapshot) -> bytes:
    """A CSV file a table, for spreadsheets, with the texts that explain them."""
    tables = {f"{part.table.name}.csv": export.csv_bytes(part.rows) for part in snapshot.parts}
    return _zip(readme.texts(snapshot, "{}.csv") | tables)


def parquet_zip(snapshot: Snapshot, files: Mapping[str, bytes]) -> bytes:
    """The Parquet files of ``queries.snapshot.parquet``, with the texts that explain them."""
    tables = {f"{name}.parquet": content for name, content in files.items()}
    return _zip(readme.texts(snapshot, "{}.parquet") | tables)


def json_records(snapshot: Snapshot) -> bytes:
    """``about`` the snapshot, and its tables' records; of a selection only the agreements."""
    parts = snapshot.parts if snapshot.whole else (snapshot.part(ON_THE_DAY.name),)
    content = {"about": about(snapshot)} | {part.table.name: _records(part) for part in parts}
    return json.dumps(content, ensure_ascii=False, indent=1, default=date.isoformat).encode()


def data_package(snapshot: Snapshot) -> bytes:
    """A Frictionless Data Package: CSV tables, descriptor, dictionary, licence and citation."""
    tables = {part.table.name: export.csv_text(part.rows).encode() for part in snapshot.parts}
    descriptor = datapackage.descriptor(snapshot, tables)
    return _zip(
        {"datapackage.json": json.dumps(descriptor, ensure_ascii=False, indent=2).encode()}
        | readme.texts(snapshot, "data/{}.csv")
        | {f"data/{name}.csv": content for name, content in tables.items()}
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


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # No time of day: the same snapshot makes the same file, whenever it is asked for.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()
