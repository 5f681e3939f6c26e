"""One record of a published version: its document, and what holds of it on a day."""

from collections.abc import Collection
from datetime import date
from typing import Any

from register.days import Cursor
from register.declaration import Table
from register.document import Document
from register.records import Find, Row, find_document
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, SOURCES

_TABLES = (AGREEMENTS, PARTNERS, EVENTS_TABLE, SOURCES)
"""The tables whose rows have ids and documents or pages of their own."""


def finder(cursor: Cursor) -> Find:
    """Looks for rows in the tables of a published database."""

    def find(table: Table, column: str, values: Collection[str]) -> list[Row]:
        names = ", ".join(f"CAST({name} AS VARCHAR)" for name in table.columns)
        found = cursor.execute(
            f"SELECT {names} FROM {table.name} WHERE list_contains($values, {column}) "
            f"ORDER BY {', '.join(table.columns)}",
            {"values": list(values)},
        ).fetchall()
        return [
            {name: cell for name, cell in zip(table.columns, row, strict=True) if cell is not None}
            for row in found
        ]

    return find


def document(cursor: Cursor, record_id: str) -> Document | None:
    """The document of an agreement, a partner or an event, None where there is none."""
    return find_document(finder(cursor), record_id)


def ids(cursor: Cursor) -> dict[str, tuple[str, ...]]:
    """The ids of all records, and of all sources, by table."""
    return {
        table.name: tuple(
            record_id
            for (record_id,) in cursor.execute(
                f"SELECT {table.key[0]} FROM {table.name} ORDER BY ALL"
            ).fetchall()
        )
        for table in _TABLES
    }


LIKE = 200
"""So many ids are looked at for the one that was probably meant."""


def table_of(cursor: Cursor, record_id: str) -> str | None:
    """The table of the agreement, partner, event or source of that id; None where none has it."""
    places = " UNION ALL ".join(
        f"SELECT '{table.name}' FROM {table.name} WHERE {table.key[0]} = $record_id"
        for table in _TABLES
    )
    found = cursor.execute(places, {"record_id": record_id}).fetchone()
    return str(found[0]) if found else None


_OF_PAGES = " UNION ALL ".join(
    f"SELECT {place} AS place, {table.key[0]} AS id FROM {table.name}"
    for place, table in enumerate((PARTNERS, AGREEMENTS, SOURCES))
)


def number_of_pages(cursor: Cursor) -> int:
    """How many records have a page of their own."""
    return int(cursor.execute(f"SELECT count(*) FROM ({_OF_PAGES})").fetchall()[0][0])


def pages(cursor: Cursor, offset: int, limit: int) -> list[str]:
    """The ids of these records from ``offset`` on: partners, agreements, sources."""
    values = {"offset": offset, "limit": limit}
    found = cursor.execute(
        f"SELECT id FROM ({_OF_PAGES}) ORDER BY place, id LIMIT $limit OFFSET $offset", values
    ).fetchall()
    return [record_id for (record_id,) in found]


def like(cursor: Cursor, record_id: str, tables: tuple[str, ...]) -> tuple[str, ...]:
    """The ids in some tables that are spelt most like a text."""
    ids = " UNION ALL ".join(
        f"SELECT {table.key[0]} AS id FROM {table.name}"
        for table in _TABLES
        if table.name in tables
    )
    found = cursor.execute(
        f"SELECT id FROM ({ids}) "
        f"ORDER BY jaro_winkler_similarity(id, $asked) DESC, id LIMIT {LIKE}",
        {"asked": record_id.lower()},
    ).fetchall()
    return tuple(one for (one,) in found)


_ON_DAY = {
    AGREEMENTS.name: """
SELECT status, begins_on, begin_approximate, ends_on, window_end, end_basis, end_approximate,
    days_left, in_force, deciding_event, prolonging_event
FROM agreements_on_day($as_of, horizon_days := $horizon)
WHERE agreement_id = $record_id
""",
    PARTNERS.name: """
SELECT status, agreements, in_force, next_end, lapsed, lapsed_on, lapsed_agreement
FROM partner_status($as_of, horizon_days := $horizon)
WHERE partner_id = $record_id
""",
}


def on_day(
    cursor: Cursor, table: str, record_id: str, as_of: date, horizon: int
) -> dict[str, Any] | None:
    """What holds of an agreement or a partner on a day; None where nothing is known by then."""
    found = cursor.execute(
        _ON_DAY[table], {"record_id": record_id, "as_of": as_of, "horizon": horizon}
    )
    names = [name for name, *_ in found.description]
    return next((dict(zip(names, row, strict=True)) for row in found.fetchall()), None)
