"""Rows of a list as JSON, CSV and Parquet."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from register.export import csv_bytes
from register.lists import Cell, Column

_ARROW = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "BOOLEAN": pa.bool_(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
}


def to_json(value: Any) -> bytes:
    """The value as JSON; a day as text, as ISO 8601 has it."""
    return orjson.dumps(value, default=date.isoformat)


def _as_json(
    rows: list[tuple[Cell, ...]], columns: Sequence[Column], facts: dict[str, Any]
) -> bytes:
    names = [column.name for column in columns]
    return to_json(facts | {"data": [dict(zip(names, row, strict=True)) for row in rows]})


def _as_csv(rows: list[tuple[Cell, ...]], columns: Sequence[Column], _: Any) -> bytes:
    frame = pd.DataFrame(rows, columns=[column.name for column in columns], dtype=object)
    # A number that is missing makes no fraction of the others.
    whole = {column.name: "Int64" for column in columns if column.sql_type == "BIGINT"}
    return csv_bytes(frame.astype(whole))


def _as_parquet(
    rows: list[tuple[Cell, ...]], columns: Sequence[Column], facts: dict[str, Any]
) -> bytes:
    schema = pa.schema(
        [
            pa.field(column.name, _ARROW[column.sql_type], metadata={"comment": column.comment})
            for column in columns
        ],
        metadata={name: str(value) for name, value in facts.items()},
    )
    values = zip(*rows, strict=True) if rows else [[] for _ in columns]
    arrays = [pa.array(cells, field.type) for cells, field in zip(values, schema, strict=True)]
    buffer = BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), buffer)
    return buffer.getvalue()


WRITERS: dict[str, Callable[[list[tuple[Cell, ...]], Sequence[Column], dict[str, Any]], bytes]] = {
    "json": _as_json,
    "csv": _as_csv,
    "parquet": _as_parquet,
}
