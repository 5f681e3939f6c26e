"""The lists that programs read: rows with the columns of the downloads, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from register.days import Cursor, DayCursor
from register.declaration import Table
from register.derived import STATUSES
from register.downloaded import WORDS
from register.export import AGREEMENT_COLUMNS
from register.filters import Filters
from register.queries import areas, mentions, overview, selected, sources
from register.schema import AGREEMENTS, AREAS, EVENTS_TABLE, LIST_MENTIONS, PARTNERS, SOURCES

Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Column:
    """A column of a list: its name, its type in DuckDB's words, what it means."""

    name: str
    sql_type: str
    comment: str


@dataclass(frozen=True)
class List:
    """A list: its columns, and the query that gives them.

    Attributes:
        sql: what follows ``selection``; the names of its columns are those of ``columns``.
        order: so that no two rows are equal in it.
        total: the table whose rows it is about.
        filtered: whether it depends on the filters; a controlled list does not.
        sql_of_page: the same of ``$limit`` rows from ``$offset`` on, where that takes less.
        sql_of_count: as many rows, likewise.
        few_as_they_are: of few agreements ``sql`` is planned so much sooner that it takes less.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    sql: str
    order: str
    total: str
    filtered: bool = True
    sql_of_page: str | None = None
    sql_of_count: str | None = None
    few_as_they_are: bool = False


def total(cursor: Cursor, listed: List) -> int:
    """How many rows the register has."""
    return int(cursor.execute(f"SELECT count(*) FROM {listed.total}").fetchall()[0][0])


def count(cursor: Cursor, listed: List, filters: Filters) -> int:
    """How many rows fit the filters."""
    query = listed.sql_of_count or listed.sql
    asked, values = selected.asking(cursor, query, filters, as_rows=False)
    return int(cursor.execute(f"SELECT count(*) FROM ({asked})", values).fetchall()[0][0])


def page(
    cursor: Cursor,
    listed: List,
    filters: Filters,
    fields: Sequence[str],
    offset: int,
    limit: int | None,
) -> list[tuple[Cell, ...]]:
    """The rows of a list from ``offset`` on, at most ``limit``, with the columns ``fields``."""
    return found(cursor, listed, filters, fields, offset, limit).fetchall()


def found(
    cursor: Cursor,
    listed: List,
    filters: Filters,
    fields: Sequence[str],
    offset: int,
    limit: int | None,
) -> duckdb.DuckDBPyConnection:
    """The same, to be fetched from where it was found."""
    whole = listed.few_as_they_are and isinstance(cursor, DayCursor) and cursor.few
    paged = None if whole else listed.sql_of_page
    asked, values = selected.asking(cursor, paged or listed.sql, filters, as_rows=False)
    names = ", ".join(f'"{name}"' for name in fields)
    return cursor.execute(
        f"SELECT {names} FROM ({asked}) ORDER BY {listed.order}"
        + ("" if paged else " LIMIT $limit OFFSET $offset"),
        values | {"limit": 2**62 if limit is None else limit, "offset": offset},
    )


_TYPES = {
    **dict.fromkeys(("as_of", "begins_on", "ends_on", "date_last"), "DATE"),
    **dict.fromkeys(("begin_approximate", "end_approximate", "lapsed", "in_force"), "BOOLEAN"),
    **dict.fromkeys(("days_left", "agreements", "partners", "disputed", "fields"), "BIGINT"),
    **dict.fromkeys(("latitude", "longitude"), "DOUBLE"),
}


def _columns(
    names: Sequence[str], *tables: Table, types: dict[str, str], meanings: dict[str, str]
) -> tuple[Column, ...]:
    comments = {field.name: field.comment for table in reversed(tables) for field in table}
    comments |= WORDS | meanings
    types = _TYPES | types
    return tuple(Column(name, types.get(name, "VARCHAR"), comments[name]) for name in names)


AGREEMENT_LIST = List(
    "agreements",
    "The agreements that the filters select, with their status on the day",
    _columns(
        AGREEMENT_COLUMNS,
        AGREEMENTS,
        PARTNERS,
        types={"sources": "BIGINT"},
        meanings={
            "begins_on": "First day of the period: the later of the stated begin and the signing",
            "begin_approximate": "Whether the begin is uncertain",
            "end_approximate": "Whether the end is uncertain",
        },
    ),
    f"SELECT {', '.join(AGREEMENT_COLUMNS)}, partner_place, number FROM selected",
    selected.BY_PARTNER,
    "agreements",
    sql_of_page=selected.AGREEMENTS_PAGE,
    sql_of_count="FROM judged",
    few_as_they_are=True,
)

_BASIS = "The field of that agreement which the date is from: signed_on, reported_on or valid_from"

PARTNER_LIST = List(
    "partners",
    "The partners of the selected agreements, with their own status, which looks at all of theirs",
    _columns(
        (
            *("partner_id", "partner", "kind", "country_code", "country", "region", "subregion"),
            *("status", "lapsed", "agreements", "in_force", "first_signed", "first_signed_basis"),
            *("latest_signed", "latest_signed_basis", "latest_end", "latitude", "longitude"),
        ),
        PARTNERS,
        types={"in_force": "BIGINT"},
        meanings={
            "status": "Its own status on the day; `statuses` has what it means",
            "agreements": "How many of its agreements the filters select",
            "in_force": "How many of these are in their period on the day",
            "first_signed": "When the first of these was signed (EDTF), as its basis has it",
            "first_signed_basis": _BASIS,
            "latest_signed": "When the latest of these was signed by the day (EDTF)",
            "latest_signed_basis": _BASIS,
            "latest_end": "The latest end among those in their period (EDTF)",
        },
    ),
    overview.PARTNERS,
    "strip_accents(partner), partner_id",
    "partners",
    sql_of_page=overview.PARTNERS_PAGE,
    sql_of_count="SELECT DISTINCT partner_number FROM judged",
)

EVENT_LIST = List(
    "events",
    "What happened by the day to the selected agreements or to their whole partnerships",
    _columns(
        (
            *("event_id", "event", "date", "date_last", "valid_to", "actor", "agreement_id"),
            *("partner_id", "partner", "note"),
        ),
        EVENTS_TABLE,
        types={},
        meanings={"date_last": "Last day that date may mean: the event counts from then on"},
    ),
    selected.EVENTS,
    "date_last, event_id",
    "events",
    sql_of_count="FROM told",
)

SOURCE_LIST = List(
    "sources",
    "The sources of the selected agreements and of what happened to them",
    _columns(
        (
            *("source_id", "url", "publisher", "origin", "published_on", "language", "kind"),
            *("accessed_on", "agreements", "events", "fields"),
        ),
        SOURCES,
        types={"events": "BIGINT"},
        meanings={
            "agreements": "How many of the selected agreements it supports",
            "events": "How many events of theirs it supports",
            "fields": "How many fields of these it states",
        },
    ),
    sources.SOURCES,
    "published_on_last DESC NULLS LAST, source_id",
    "sources",
    sql_of_page=sources.listed(
        "FROM supporting ORDER BY published_on_last DESC NULLS LAST, place "
        "LIMIT $limit OFFSET $offset"
    ),
    sql_of_count="FROM supporting",
)

AREA_LIST = List(
    "areas",
    "The controlled list of areas of cooperation",
    _columns(AREAS.columns, AREAS, types={}, meanings={}),
    "SELECT * FROM areas",
    "area_id",
    "areas",
    filtered=False,
)

MENTION_LIST = List(
    "list_mentions",
    "The partners that other lists name for Moscow, and whether a document was found",
    _columns(
        (
            *("partner", "country_code", "country", "partner_id", "partner_name", "list"),
            *("address", "outcome", "looked_for_until", "note"),
        ),
        LIST_MENTIONS,
        types={"looked_for_until": "DATE"},
        meanings={
            "partner": LIST_MENTIONS.field("partner").comment,
            "partner_name": "Its English name in the register",
        },
    ),
    mentions.MENTIONS,
    "strip_accents(partner), country_code, list",
    "list_mentions",
    filtered=False,
)

STATUS_LIST = List(
    "statuses",
    "What the status of an agreement on a day can be",
    _columns(STATUSES.columns, STATUSES, types={"position": "BIGINT"}, meanings={}),
    "SELECT * FROM statuses",
    "position",
    "statuses",
    filtered=False,
)

_COUNTED = {
    "agreements": "How many of the selected agreements",
    "partners": "With how many partners",
    "in_force": "How many of the agreements are in their period on the day",
}

STATUS_COUNTS = List(
    "counts/status",
    "How many selected agreements have which status on the day",
    _columns(("status", "agreements", "partners"), STATUSES, types={}, meanings=_COUNTED),
    selected.STATUS_COUNTS,
    "status_position",
    "statuses",
    sql_of_count="SELECT DISTINCT status_position FROM judged",
)

AREA_COUNTS = List(
    "counts/area",
    "How many selected agreements name which area; one that names two counts in both",
    _columns(("area_id", "agreements", "partners"), AREAS, types={}, meanings=_COUNTED),
    areas.COUNTS,
    "area_id",
    "areas",
    sql_of_count="SELECT DISTINCT unnest(area_places) FROM selected",
)

PARTNER_COUNTS = List(
    "counts/partner",
    "How many agreements with a partner the filters select",
    _columns(
        ("partner_id", "agreements", "in_force"),
        PARTNERS,
        types={"in_force": "BIGINT"},
        meanings=_COUNTED,
    ),
    overview.PARTNER_COUNTS,
    "partner_id",
    "partners",
    sql_of_count="SELECT DISTINCT partner_number FROM judged",
)

LISTS = (
    *(PARTNER_LIST, AGREEMENT_LIST, EVENT_LIST, AREA_LIST, SOURCE_LIST, MENTION_LIST),
    *(STATUS_LIST, STATUS_COUNTS, AREA_COUNTS, PARTNER_COUNTS),
)
