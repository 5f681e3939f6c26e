"""The page Sources: its numbers, and a page of each of its lists, however long they are."""

from typing import NamedTuple

import pandas as pd

from register import export
from register.filters import Filters
from register.frames import rows as rows_of
from register.queries import Cursor
from register.queries.choices import OFFERED
from register.queries.selected import rows
from register.queries.sources import (
    DISPUTED,
    FEWEST,
    FIELDS,
    RECORDS,
    disagreements,
    listed,
    said_of,
    sources,
    witnessed,
)

_SOURCE = ["publisher", "origin", "published_on", "language"]
SOURCE_COLUMNS = [
    *("as_of", "source_id", *_SOURCE, "kind_name", "url", "accessed_on"),
    *("agreements", "events", "fields"),
]
_RECORD_COLUMNS = [
    *("partner", "record_id", "agreement_id", "title", "event_name", "event_date", "field"),
]
DISPUTE_COLUMNS = ["as_of", *_RECORD_COLUMNS, "value", "chosen", "source_id", *_SOURCE, "url"]
SINGLE_COLUMNS = ["as_of", *_RECORD_COLUMNS, "value", "voice", "sources", "record_voices"]
"""The columns of the CSV snapshots; the first ones say of which record's field it is."""


def page(cursor: Cursor, filters: Filters, offset: int, limit: int) -> pd.DataFrame:
    """The rows of ``sources.sources`` from ``offset`` on, at most ``limit``."""
    query = listed("FROM supporting ORDER BY turn LIMIT $limit OFFSET $offset")
    return rows(cursor, query, filters, limit=limit, offset=offset)


def one(cursor: Cursor, filters: Filters, source_id: str) -> pd.DataFrame:
    """One of the rows of ``sources.sources``; none where it supports no selected record."""
    query = listed(
        "FROM supporting WHERE place = (SELECT rowid FROM sources WHERE source_id = $source_id)"
    )
    return rows(cursor, query, filters, source_id=source_id)


class Fitting(NamedTuple):
    """The first sources that fit a search, rows of ``sources.sources``, and how many do."""

    found: pd.DataFrame
    fitting: int


_ALL = ", fitting AS NOT MATERIALIZED (FROM supporting)"

_SEARCHED = """
, fitting AS MATERIALIZED (
    SELECT place, turn
    FROM (
        SELECT supporting.place, turn,
            strip_accents(lower(concat_ws(' ', publisher, url, source_id))) AS form
        FROM supporting JOIN sources ON sources.rowid = supporting.place
    )
    WHERE {fits}
)
"""

_FIRST_FITTING = """
SELECT place, turn, number
FROM fitting, (SELECT count(*) AS number FROM fitting)
ORDER BY turn
LIMIT $limit
"""


def fitting(cursor: Cursor, filters: Filters, q: str) -> Fitting:
    """The sources of the selected records that fit a search.

    All of its words are in the publisher, the address or the id.
    """
    words = {f"word_{place}": word for place, word in enumerate(q.lower().split())}
    fits = " AND ".join(f"contains(form, strip_accents(${name}))" for name in words)
    query = (_SEARCHED.format(fits=fits) if words else _ALL) + listed(_FIRST_FITTING, "number")
    found = rows(cursor, query, filters, limit=OFFERED, **words)
    return Fitting(found, int(found["number"].iloc[0]) if len(found) else 0)


def by_year(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """How many sources of the selected records were published in a year, and between these in none.

    Columns: year (missing: no date on record, in the last row), own (texts of the publisher's own),
    repeated (texts of another).
    """
    return rows(
        cursor,
        """
, counted AS (
    SELECT year(published_on_last) AS year, count(*) FILTER (NOT repeats) AS own,
        count(*) FILTER (repeats) AS repeated
    FROM supporting
    GROUP BY year(published_on_last)
),
years AS (SELECT unnest(generate_series(min(year), max(year))) AS year FROM counted)
SELECT year, coalesce(own, 0) AS own, coalesce(repeated, 0) AS repeated
FROM years LEFT JOIN counted USING (year)
UNION ALL
SELECT NULL, own, repeated FROM counted WHERE year IS NULL
ORDER BY year NULLS LAST
""",
        filters,
    ).astype({"year": "Int64"})


def by_language(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """How many sources of the selected records are in a language, the most frequent first.

    Columns: language_name, own (texts of the publisher's own), repeated (texts of another).
    """
    return rows(
        cursor,
        """
, counted AS (
    SELECT language, count(*) AS number, count(*) FILTER (NOT repeats) AS own,
        count(*) FILTER (repeats) AS repeated
    FROM supporting
    GROUP BY language
)
SELECT name AS language_name, own, repeated
FROM counted
JOIN languages USING (language)
ORDER BY number DESC, language_name
""",
        filters,
    )


class Disputes(NamedTuple):
    """On how many fields of how many records sources disagree, and in how many statements."""

    fields: int
    records: int
    statements: int


def disputes(cursor: Cursor, filters: Filters) -> Disputes:
    """How much is disputed of the selected records."""
    found = rows(
        cursor,
        f"""
{DISPUTED}
SELECT count(*), count(DISTINCT record_id), coalesce(sum(statements), 0) FROM disputed
""",
        filters,
    )
    return Disputes(*(int(number) for number in found.iloc[0]))


def disputes_page(cursor: Cursor, filters: Filters, offset: int, limit: int) -> pd.DataFrame:
    """The rows of ``sources.disagreements`` on at most ``limit`` fields, from ``offset`` on."""
    on_page = """
FROM disputed
ORDER BY partner_place, record_id, list_position($fields, field)
LIMIT $limit OFFSET $offset
"""
    query = DISPUTED + said_of(on_page)
    return rows(cursor, query, filters, fields=FIELDS, limit=limit, offset=offset)


class Witnesses(NamedTuple):
    """On how many independent sources the selected records rest.

    Attributes:
        values: of each field how many chosen values there are; single: how many of them rest on one
            independent source.
        agreements: how many there are of which a source states a chosen value; alone: how many of
            them are known from one independent source.
    """

    values: dict[str, int]
    single: dict[str, int]
    agreements: int
    alone: int


def counted_witnesses(cursor: Cursor, filters: Filters) -> Witnesses:
    """The rows of ``sources.witnesses``, counted."""
    found = rows(
        cursor,
        f"""
{RECORDS},
counted AS MATERIALIZED (
    SELECT evidence.kind AS kind, count(*) AS records,
        count(number) AS agreements,
        count(number) FILTER (evidence.voices = 1) AS alone
    FROM records
    WHERE kind IS NOT NULL
    GROUP BY ALL
)
SELECT field, sum(records)::BIGINT AS number,
    coalesce(sum(records) FILTER (list_contains(on_one, field)), 0)::BIGINT AS single,
    (SELECT sum(agreements)::BIGINT FROM counted) AS agreements,
    (SELECT sum(alone)::BIGINT FROM counted) AS alone
FROM (SELECT *, unnest(fields) AS field FROM counted JOIN evidence_kinds USING (kind))
GROUP BY field
ORDER BY list_position($fields, field)
""",
        filters,
        fields=FIELDS,
    )
    numbers = rows_of(found)
    return Witnesses(
        {row["field"]: row["number"] for row in numbers},
        {row["field"]: row["single"] for row in numbers if row["single"]},
        *((numbers[0]["agreements"], numbers[0]["alone"]) if numbers else (0, 0)),
    )


def single(
    cursor: Cursor, filters: Filters, field: str | None, offset: int, limit: int | None
) -> pd.DataFrame:
    """The rows of ``sources.witnesses`` with one independent source, from ``offset`` on.

    Args:
        field: only those of this field.
        limit: so many at most; all of them without one.
    """
    # The first values are those of the first records: a record has as many as it has fields.
    on_page = f"""
SELECT record_id, number, partner_place, field, record_voices
FROM (
    SELECT *, unnest(on_one) AS field
    FROM (
        SELECT record_id, number, partner_place, evidence.on_one AS on_one,
            evidence.voices AS record_voices
        FROM records
        WHERE len(on_one) > 0 AND coalesce(list_contains(on_one, $field), true)
        ORDER BY record_voices, partner_place, record_id
        LIMIT $most
    )
)
WHERE coalesce($field, field) = field
ORDER BY {FEWEST}
LIMIT $limit OFFSET $offset
"""
    return rows(
        cursor,
        RECORDS + witnessed(on_page),
        filters,
        field=field,
        fields=FIELDS,
        limit=limit,
        offset=offset,
        most=None if limit is None else offset + limit,
    )


def sources_csv(cursor: Cursor, filters: Filters) -> bytes:
    """All sources of the selected records as CSV."""
    return _csv(sources(cursor, filters), SOURCE_COLUMNS, filters)


def disputes_csv(cursor: Cursor, filters: Filters) -> bytes:
    """All of ``sources.disagreements`` as CSV."""
    return _csv(disagreements(cursor, filters), DISPUTE_COLUMNS, filters)


def single_csv(cursor: Cursor, filters: Filters, field: str | None) -> bytes:
    """All of ``single`` as CSV."""
    return _csv(single(cursor, filters, field, 0, None), SINGLE_COLUMNS, filters)


def _csv(found: pd.DataFrame, columns: list[str], filters: Filters) -> bytes:
    return export.csv_bytes(found.assign(as_of=filters.as_of)[columns])
