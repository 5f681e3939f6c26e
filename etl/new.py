"""Write the rows of a new record into the curated tables, each in its place."""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click

from etl.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    EVENTS_TABLE,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
    TABLES,
    Table,
)


class NotWritten(click.ClickException):
    """Nothing was written; the text says why and what to do."""


class Draft:
    """Rows to add to a register; ``write`` adds all of them or, where one cannot be, none."""

    def __init__(self, register: Path) -> None:
        self.register = register
        self.rows: list[tuple[Table, dict[str, str]]] = []

    def partner(self, cells: Mapping[str, str], names: list[tuple[str, str]]) -> str:
        """A partner with its names as (language, name); returns its id."""
        partner_id = cells.get("partner_id") or slug(cells["name"])
        self._add(PARTNERS, {**cells, "partner_id": partner_id})
        for language, name in names:
            self._add(PARTNER_NAMES, {"partner_id": partner_id, "name": name, "language": language})
        return partner_id

    def source(self, cells: Mapping[str, str]) -> str:
        """The id of the source at the address ``url``, which may be in the register already."""
        known = {row["url"]: row["source_id"] for row in self._read(SOURCES)}
        if cells["url"] in known:
            return known[cells["url"]]
        missing = [
            field.name
            for field in SOURCES
            if field.required and field.name != "source_id" and not cells.get(field.name)
        ]
        if missing:
            raise NotWritten(f"This source is new: give its {', '.join(missing)} too.")
        source_id = cells.get("source_id") or source_slug(cells["url"])
        self._add(SOURCES, {**cells, "source_id": source_id})
        return source_id

    def agreement(
        self, cells: Mapping[str, str], areas: list[tuple[str, str]], source_id: str, language: str
    ) -> str:
        """An agreement as one source states it, with its areas as (area_id, label)."""
        agreement_id = cells.get("agreement_id") or self._agreement_id(cells)
        self._add(AGREEMENTS, {**cells, "agreement_id": agreement_id})
        self.statements(AGREEMENTS, agreement_id, cells, source_id)
        for area_id, label in areas:
            self._add(
                AGREEMENT_AREAS,
                {
                    "agreement_id": agreement_id,
                    "area_id": area_id,
                    "label": label,
                    "language": language,
                    "source_id": source_id,
                },
            )
        return agreement_id

    def event(self, cells: Mapping[str, str], source_id: str) -> str:
        """An event as one source reports it."""
        event_id = cells.get("event_id") or "-".join(
            part
            for part in (
                cells.get("agreement_id") or cells["partner_id"],
                cells.get("date", "")[:4],
                cells["event"],
            )
            if part
        )
        self._add(EVENTS_TABLE, {**cells, "event_id": event_id})
        self.statements(EVENTS_TABLE, event_id, cells, source_id)
        return event_id

    def statements(
        self, table: Table, record_id: str, cells: Mapping[str, str], source_id: str
    ) -> None:
        """That the source states each of the cells that a source can state."""
        for field in table:
            if field.stated and cells.get(field.name):
                self.statement(record_id, field.name, cells[field.name], source_id)

    def statement(self, record_id: str, field: str, value: str, source_id: str) -> None:
        """That the source says that the record's field has the value."""
        self._add(
            STATEMENTS,
            {"record_id": record_id, "field": field, "value": value, "source_id": source_id},
        )

    def write(self) -> list[str]:
        """Add the rows to the files, in the order of their keys.

        Returns:
            A line for each row: the file and the row as it stands there.

        Raises:
            NotWritten: a row of that key is there already.
        """
        tables = {table.name: self._read(table) for table in TABLES}
        for table, row in self.rows:
            key = _key(table, row)
            if any(_key(table, other) == key for other in tables[table.name]):
                raise NotWritten(f"{table.file} has {' '.join(key)} already: nothing was written.")
            tables[table.name].append(row)
        for name in {table.name for table, _ in self.rows}:
            self._insert(name)
        return [f"{table.file}: {_line(table, row).rstrip()}" for table, row in self.rows]

    def _add(self, table: Table, cells: Mapping[str, str]) -> None:
        self.rows.append((table, {name: cells.get(name) or "" for name in table.columns}))

    def _agreement_id(self, cells: Mapping[str, str]) -> str:
        dates = (cells.get(name) for name in ("signed_on", "valid_from", "reported_on"))
        year = next((date[:4] for date in dates if date), "")
        return "-".join(
            part for part in (cells["partner_id"], year, slug(cells["instrument"])) if part
        )

    def _read(self, table: Table) -> list[dict[str, str]]:
        with (self.register / table.file).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def _insert(self, name: str) -> None:
        """Put the new lines of a table before the first line with a greater key."""
        table = next(table for table in TABLES if table.name == name)
        path = self.register / table.file
        header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        columns = next(csv.reader([header]))
        for row in (row for owner, row in self.rows if owner is table):
            keys = [
                _key(table, dict(zip(columns, next(csv.reader([line])), strict=True)))
                for line in lines
            ]
            place = next((at for at, key in enumerate(keys) if key > _key(table, row)), len(lines))
            lines.insert(place, _line(table, row, columns))
        path.write_text(header + "".join(lines), encoding="utf-8", newline="")


def slug(text: str) -> str:
    """A lower-case ASCII slug: ``São Paulo`` becomes ``sao-paulo``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def source_slug(url: str) -> str:
    """A source's id: its host and six digits of a hash of its address."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return f"{slug(host)}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"


def _key(table: Table, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in table.key)


def _line(table: Table, row: Mapping[str, str], columns: list[str] | None = None) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(
        [row[name] for name in columns or table.columns]
    )
    return buffer.getvalue()
