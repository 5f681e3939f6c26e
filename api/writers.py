"""Rows of a list as JSON, CSV and Parquet, in memory or in a file."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from register import lists
from register.export import csv_lines
from register.filters import Filters
from register.lists import Cell, Column, List
from register.queries import EXPORTS, Cursor

Rows = list[tuple[Cell, ...]]

BATCH = 20_000
"""So many rows at a time are written to a file."""

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


def as_json(rows: Rows, columns: Sequence[Column], facts: dict[str, Any]) -> bytes:
    """The facts, and the rows as ``data``."""
    names = [column.name for column in columns]
    return to_json(facts | {"data": [dict(zip(names, row, strict=True)) for row in rows]})


def as_table(form: str, rows: Rows, columns: Sequence[Column], facts: dict[str, Any]) -> bytes:
    """The rows as a file of one of ``TABLES``."""
    buffer = BytesIO()
    TABLES[form](buffer, iter([rows]), columns, facts)
    return buffer.getvalue()


def table_file(
    cursor: Cursor,
    form: str,
    asked: tuple[List, Filters, tuple[str, ...], int, int | None],
    columns: Sequence[Column],
    facts: dict[str, Any],
) -> Path:
    """The same of very many rows, never all in memory: a file that whoever sends it removes.

    Args:
        asked: what ``lists.found`` takes.
    """
    with tempfile.NamedTemporaryFile(dir=EXPORTS, suffix=f".{form}", delete=False) as file:
        path = Path(file.name)
        try:
            found = lists.found(cursor, *asked)
            batches = iter(lambda: found.fetchmany(BATCH), [])
            TABLES[form](file, batches, columns, facts)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
    return path


def _csv(file: IO[bytes], batches: Iterator[Rows], columns: Sequence[Column], _: Any) -> None:
    file.write(csv_lines([column.name] for column in columns).encode("utf-8-sig"))
    for rows in batches:
        file.write(csv_lines(zip(*rows, strict=True)).encode())


def _parquet(
    file: IO[bytes], batches: Iterable[Rows], columns: Sequence[Column], facts: dict[str, Any]
) -> None:
    schema = pa.schema(
        [
            pa.field(column.name, _ARROW[column.sql_type], metadata={"comment": column.comment})
            for column in columns
        ],
        metadata={name: str(value) for name, value in facts.items()},
    )
    with pq.ParquetWriter(file, schema) as writer:
        for rows in batches:
            values = zip(*rows, strict=True) if rows else [[] for _ in columns]
            arrays = [
                pa.array(cells, field.type) for cells, field in zip(values, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


TABLES: dict[str, Callable[[IO[bytes], Iterator[Rows], Sequence[Column], dict[str, Any]], None]] = {
    "csv": _csv,
    "parquet": _parquet,
}
