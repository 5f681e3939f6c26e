"""Write the rows of a new record into the curated tables, each in its place."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from etl.extract import Files, extract
from etl.lines import Lines, NotWritten
from register.declaration import Table
from register.problems import BadRegister
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    EVENTS_TABLE,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
    TABLES,
)

STATED = (AGREEMENTS, EVENTS_TABLE)
"""The tables about whose records sources state something."""


class Draft:
    """Rows to add to a register, and cells to fill; ``files`` is the register with them.

    Raises:
        BadRegister: the register's files cannot be read as its tables.
    """

    def __init__(self, files: Files) -> None:
        _, problems = extract(files)
        if problems:
            raise BadRegister(problems)
        self._files = files
        self._tables = {table.name: Lines(table, files.tables[table.name]) for table in TABLES}
        self._added: list[str] = []

    def partner(self, cells: Mapping[str, str], names: list[tuple[str, str]]) -> str:
        """A partner with its names as (language, name); returns its id."""
        partner_id = cells.get("partner_id") or slug(cells["name"])
        self._add(PARTNERS, {**cells, "partner_id": partner_id})
        for language, name in names:
            self._add(PARTNER_NAMES, {"partner_id": partner_id, "name": name, "language": language})
        return partner_id

    def source(self, cells: Mapping[str, str]) -> str:
        """The id of the source at the address ``url``, which may be in the register already."""
        known = {row["url"]: row["source_id"] for row in self._tables[SOURCES.name].rows()}
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

    def fill(self, record_id: str, field: str, value: str) -> None:
        """The value also becomes that of the record, whose cell is empty yet.

        Raises:
            NotWritten: there is no such record, or it has another value.
        """
        table = next((each for each in STATED if self._tables[each.name].has(record_id)), None)
        if table is None or field not in table.columns:
            raise NotWritten(f"There is no record {record_id} with a field {field} to fill.")
        line = self._tables[table.name].fill(record_id, field, value)
        if line:
            self._added.append(f"{table.file}: {line}")

    def files(self) -> Files:
        """The register's files as they would be."""
        tables = {name: lines.content() for name, lines in self._tables.items()}
        return replace(self._files, tables=tables)

    def changed(self) -> dict[str, bytes]:
        """The contents of the files that would be others, by the file's name."""
        contents = {table.file: self._tables[table.name].content() for table in TABLES}
        before = {table.file: self._files.tables[table.name] for table in TABLES}
        return {name: content for name, content in contents.items() if content != before[name]}

    def said(self) -> list[str]:
        """A line for each row: the file and the row as it would stand there."""
        return list(self._added)

    def _add(self, table: Table, cells: Mapping[str, str]) -> None:
        line = self._tables[table.name].add({name: cells.get(name) or "" for name in table.columns})
        self._added.append(f"{table.file}: {line}")

    def _agreement_id(self, cells: Mapping[str, str]) -> str:
        dates = (cells.get(name) for name in ("signed_on", "valid_from", "reported_on"))
        year = next((date[:4] for date in dates if date), "")
        return "-".join(
            part for part in (cells["partner_id"], year, slug(cells["instrument"])) if part
        )


def slug(text: str) -> str:
    """A lower-case ASCII slug: ``São Paulo`` becomes ``sao-paulo``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def source_slug(url: str) -> str:
    """A source's id: its host and six digits of a hash of its address."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""  # The checks say what is wrong with the address.
    return f"{slug(host)}-{hashlib.sha256(url.encode()).hexdigest()[:6]}".lstrip("-")
