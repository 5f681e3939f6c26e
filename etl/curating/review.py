"""What changed between two versions of the register, as a reader sees it: records, not rows."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from etl.curating.moved import Statuses, statuses
from etl.curating.show import finder
from etl.extract import Files
from etl.frames import extract
from register import duration, edtf
from register.declaration import Field, Kind, Table
from register.problems import BadRegister
from register.records import Row
from register.said import FIELD_NAMES
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    AREAS,
    EVENTS_TABLE,
    IDENTIFIED,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
    WITHDRAWN,
)

UNSAID = {"title", "note", "name", "publisher", "url"}
"""Fields that a new record's heading and sources say, or that need the page to be understood."""

Said = tuple[str, str, str]
"""That a source says of a field a value; ``area`` is a field, too."""


class Version:
    """The register at one moment, by ids.

    Raises:
        BadRegister: the files cannot be read as today's tables.
    """

    def __init__(self, files: Files) -> None:
        self.frames, problems = extract(files)
        if problems:
            raise BadRegister(problems)
        self.find = finder(self.frames)
        self.rows: dict[str, dict[str, Row]] = {
            table.name: {
                row[table.key[0]]: row
                for row in self.find(
                    table, table.key[0], list(self.frames[table.name][table.key[0]])
                )
            }
            for table in (*IDENTIFIED, AREAS, WITHDRAWN)
        }

    def said(self, record_id: str) -> set[Said]:
        """What sources say of a record."""
        stated = self.find(STATEMENTS, "record_id", [record_id])
        labels = self.find(AGREEMENT_AREAS, "agreement_id", [record_id])
        return {(row["source_id"], row["field"], row["value"]) for row in stated} | {
            (row["source_id"], "area", row["area_id"]) for row in labels
        }

    def title(self, record_id: str) -> str:
        """``Ljubljana: Programme of cooperation 2019-2021``, with the id where it is a record's."""
        for table in IDENTIFIED:
            if row := self.rows[table.name].get(record_id):
                return f"{self._title(table, row)} (`{record_id}`)"
        return f"`{record_id}`"

    def shown(self, field: Field, value: str | None) -> str:
        """The value in a reader's words."""
        if not value:
            return "nothing"
        if field.kind is Kind.EDTF:
            return edtf.in_words(value)
        if field.kind is Kind.DURATION:
            return duration.in_words(value)
        if field.codes:
            return field.codes[value].name
        return self.title(value) if field.references else value

    def publication(self, source_id: str) -> str:
        """``City of Ljubljana, 11 September 2019, https://…``."""
        row = self.rows[SOURCES.name].get(source_id, {"publisher": source_id})
        day = edtf.in_words(row["published_on"]) if "published_on" in row else ""
        return ", ".join(part for part in (row["publisher"], day, row.get("url", "")) if part)

    def _title(self, table: Table, row: Row) -> str:
        if table is PARTNERS:
            return row["name"]
        if table is SOURCES:
            return row["publisher"]
        partner = self.rows[PARTNERS.name].get(row["partner_id"], {}).get("name", row["partner_id"])
        if table is AGREEMENTS:
            return f"{partner}: {row['title']}"
        happened = (EVENTS_TABLE.field("event").codes or {})[row["event"]].name
        when = f" ({edtf.in_words(row['date'])})" if "date" in row else ""
        return f"{partner}: {happened}{when}"


class _Entry(NamedTuple):
    """A record with what is to be said of it."""

    title: str
    parts: list[str]


def review(before: Version, after: Version, day: date) -> Iterator[str]:
    """The review in lines of Markdown; statuses are those of the day in both versions."""
    was, now = statuses(before.frames, day), statuses(after.frames, day)
    records = (PARTNERS, AGREEMENTS, EVENTS_TABLE)
    sections = {
        "Added": [each for table in records for each in _added(before, after, table, now)],
        "Changed": [
            each for table in (*records, SOURCES) for each in _changed(before, after, table)
        ],
        "Withdrawn": list(_withdrawn(before, after)),
        f"Status moved (on {edtf.in_words(day.isoformat())})": list(_moved(after, was, now)),
    }
    if not any(sections.values()):
        yield "Nothing changed in the register."
    for name, entries in sections.items():
        if entries:
            yield from (f"### {name}: {len(entries)}", "")
            for entry in entries:
                yield f"* {entry.title}"
                yield from (f"  * {part}" for part in entry.parts)
            yield ""


def _added(before: Version, after: Version, table: Table, now: Statuses) -> Iterator[_Entry]:
    for record_id, row in after.rows[table.name].items():
        if record_id in before.rows[table.name]:
            continue
        parts = [
            f"{_named(field)}: {after.shown(field, row[field.name])}"
            for field in table
            if field.name in row and field.name not in {*table.key, "partner_id", *UNSAID}
        ]
        if areas := _areas(after, record_id):
            parts.append(f"Areas: {', '.join(areas)}")
        if record_id in now:
            parts.append(f"Status: {now[record_id].status}")
        yield _Entry(after.title(record_id), [*parts, *_sources(after, record_id, set())])


def _changed(before: Version, after: Version, table: Table) -> Iterator[_Entry]:
    for record_id, row in after.rows[table.name].items():
        old = before.rows[table.name].get(record_id)
        if old is None:
            continue
        parts = [
            f"{_named(field)}: {before.shown(field, old.get(field.name))} → "
            f"{after.shown(field, row.get(field.name))}"
            for field in table
            if old.get(field.name) != row.get(field.name)
        ]
        if table is PARTNERS:
            parts += _names(before, after, record_id)
        else:
            parts += _evidence(before, after, record_id)
        if parts:
            yield _Entry(after.title(record_id), parts)


def _evidence(before: Version, after: Version, record_id: str) -> Iterator[str]:
    """Areas and sources that came and went, and what a source now says."""
    was, now = _areas(before, record_id), _areas(after, record_id)
    if came := [area for area in now if area not in was]:
        yield f"Areas added: {', '.join(came)}"
    if gone := [area for area in was if area not in now]:
        yield f"Areas removed: {', '.join(gone)}"
    yield from _sources(after, record_id, before.said(record_id))
    said = {(source, field) for source, field, _ in after.said(record_id)}
    unsaid = {(source, field) for source, field, _ in before.said(record_id)} - said
    for source in sorted({source for source, _ in unsaid}):
        fields = sorted(_said_of(field) for each, field in unsaid if each == source)
        cited = any(each == source for each, _ in said)
        kind = f"No longer cited for {', '.join(fields)}" if cited else "No longer a source"
        yield f"{kind}: {before.publication(source)}"


def _sources(version: Version, record_id: str, before: set[Said]) -> Iterator[str]:
    """The publications that say something which they did not say before, and of what."""
    new = version.said(record_id) - before
    known = {source for source, _, _ in before}
    for source in sorted({source for source, _, _ in new}):
        fields = sorted({_said_of(field) for each, field, _ in new if each == source})
        kind = f"Source, now for {', '.join(fields)}" if source in known else "Source"
        yield f"{kind}: {version.publication(source)}"


def _names(before: Version, after: Version, partner_id: str) -> Iterator[str]:
    was, now = (
        {row["name"] for row in version.find(PARTNER_NAMES, "partner_id", [partner_id])}
        for version in (before, after)
    )
    if now - was:
        yield f"Names added: {', '.join(sorted(now - was))}"
    if was - now:
        yield f"Names removed: {', '.join(sorted(was - now))}"


def _withdrawn(before: Version, after: Version) -> Iterator[_Entry]:
    for record_id, row in after.rows[WITHDRAWN.name].items():
        if record_id not in before.rows[WITHDRAWN.name]:
            successor = row.get("replaced_by")
            parts = [f"In its place: {after.title(successor)}"] if successor else []
            yield _Entry(before.title(record_id), [row["reason"], *parts])


def _moved(after: Version, was: Statuses, now: Statuses) -> Iterator[_Entry]:
    for record_id in sorted(was.keys() & now.keys()):
        if was[record_id].status != now[record_id].status:
            change = f"{was[record_id].status} → {now[record_id].status}"
            yield _Entry(after.title(record_id), [change])


def _areas(version: Version, record_id: str) -> list[str]:
    areas = version.rows[AREAS.name]
    found = {area for _, field, area in version.said(record_id) if field == "area"}
    return [row["name"] for area, row in areas.items() if area in found]


def _named(field: Field) -> str:
    name = field.name.removesuffix("_id").replace("_", " ").capitalize()
    return FIELD_NAMES.get(field.name, name)


def _said_of(name: str) -> str:
    return FIELD_NAMES.get(name, name).lower()
