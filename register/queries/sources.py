"""The sources of the selected agreements and of what happened to them.

Sources that repeat one text are one witness: ``voice`` is whose text it is, the origin or else the
publisher.
"""

from typing import NamedTuple

import pandas as pd

from register.declaration import Table
from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import TOLD, rows
from register.schema import AGREEMENTS, EVENTS_TABLE, UNSTATEABLE


def _values(table: Table) -> str:
    """The values that the register chose for the ``picked`` records: record_id, field, value."""
    fields = ", ".join(field.name for field in table if field.name not in UNSTATEABLE)
    (key,) = table.key
    return (
        f"SELECT {key} AS record_id, field, value FROM (FROM {table.name} "
        f"WHERE {key} IN (SELECT record_id FROM picked)) UNPIVOT (value FOR field IN ({fields}))"
    )


FIELDS = [
    *dict.fromkeys(
        field.name
        for table in (AGREEMENTS, EVENTS_TABLE)
        for field in table
        if field.name not in UNSTATEABLE
    ),
    "areas",
]
"""The order in which a record's fields are listed."""

RECORDS = f"""
-- Each use reads only the columns that it needs.
, records AS NOT MATERIALIZED (
    SELECT agreement_id AS record_id, agreement_id, partner_id, partner, title, NULL AS event_name,
        NULL AS event_date, evidence
    FROM selected
    UNION ALL
    SELECT e.event_id, e.agreement_id, e.partner_id, e.partner, e.title, kinds.name, e.date,
        evidence
    FROM ({TOLD}) AS e
    JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event'
        AND kinds.code = e.event
    LEFT JOIN event_evidence USING (event_id)
)
"""

SUPPORTING = f"""
{RECORDS},
supporting AS (
    SELECT *, coalesce(origin, publisher) AS voice
    FROM sources AS s
    WHERE s.rowid IN (SELECT unnest(evidence.sources) FROM records)
)
"""
"""The sources that support a selected record."""

_CHOSEN = f"chosen AS ({_values(AGREEMENTS)} UNION ALL {_values(EVENTS_TABLE)})"

_NAMED = """
named AS (
    SELECT 'partner_id' AS field, partner_id AS value, name AS named
    FROM partners
    UNION ALL
    SELECT unnest(['implements', 'follows']), agreement_id, title
    FROM agreements
    WHERE agreement_id IN (SELECT value FROM said)
)
"""
"""What the ids in what is ``said`` lead to."""

RECORD = "record_id, agreement_id, partner_id, partner, title, event_name, event_date"
"""What tells a record to a reader; an event of a whole partnership has no ``title``."""


class Counts(NamedTuple):
    """Of the sources of the selected records: how many there are, and how many have what."""

    sources: int
    voices: int
    undated: int
    languages: int
    disputed: int
    on_one: int


def counts(cursor: Cursor, filters: Filters) -> Counts:
    """How many sources support a selected record, and what is to know of them.

    ``disputed`` fields are those on which sources disagree, ``on_one`` are the chosen values that
    rest on one independent source.
    """
    found = rows(
        cursor,
        f"""
{SUPPORTING}
SELECT
    count(*) AS sources,
    count(DISTINCT voice) AS voices,
    count(*) FILTER (published_on IS NULL) AS undated,
    count(DISTINCT language) AS languages,
    (SELECT count(*) FROM records JOIN disagreements USING (record_id)) AS disputed,
    (SELECT coalesce(sum(len(evidence.on_one)), 0) FROM records) AS on_one
FROM supporting
""",
        filters,
    )
    return Counts(*(int(number) for number in found.iloc[0]))


LATEST = "published_on_last DESC NULLS LAST, lower(publisher), source_id"


def listed(some: str, *more: str) -> str:
    """Some of the sources that support a selected record, and how much each of them supports.

    Args:
        some: a query of rows of ``supporting``.
        more: columns that it adds.
    """
    return f"""
{SUPPORTING},
picked AS MATERIALIZED ({some}),
supports AS (
    SELECT source_id,
        count(*) FILTER (event_name IS NULL) AS agreements,
        count(*) FILTER (event_name IS NOT NULL) AS events,
        sum(len(fields))::BIGINT AS fields
    FROM records
    JOIN record_sources USING (record_id)
    WHERE source_id IN (SELECT source_id FROM picked)
    GROUP BY source_id
)
SELECT
    source_id, s.publisher, s.origin, s.voice, s.published_on, s.published_on_last,
    year(s.published_on_last) AS published_in, s.language, languages.name AS language_name, s.kind,
    kinds.name AS kind_name, s.url, s.accessed_on, supports.agreements, supports.events,
    {", ".join(("supports.fields", *more))}
FROM picked AS s
JOIN supports USING (source_id)
JOIN languages ON languages.language = s.language
JOIN codes AS kinds ON kinds.table_name = 'sources' AND kinds.column_name = 'kind'
    AND kinds.code = s.kind
ORDER BY {LATEST}
"""


SOURCES = listed("FROM supporting")


def sources(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """The sources that support a selected record, the latest first.

    Columns: source_id, publisher, origin, voice, published_on (EDTF), published_on_last,
    published_in (year), language, language_name, kind, kind_name, url, accessed_on, agreements,
    events, fields (how many fields of them it states).
    """
    return rows(cursor, SOURCES, filters)


def supported(
    cursor: Cursor, filters: Filters, source_id: str, offset: int = 0, limit: int | None = None
) -> pd.DataFrame:
    """What one source says of the selected records.

    Args:
        offset: from the how manieth record on.
        limit: of so many records at most; of all of them without one.

    Columns: record_id, agreement_id, partner_id, partner, title, event_name, event_date (EDTF),
    field (``areas`` for a label), value, named (what an id leads to), area and language (of a
    label), chosen (the register's value of the field, NULL: none).
    """
    return rows(
        cursor,
        f"""
{RECORDS},
picked AS MATERIALIZED (
    SELECT records.*
    FROM records
    JOIN record_sources USING (record_id)
    WHERE source_id = $source_id
    ORDER BY strip_accents(partner), record_id
    LIMIT $limit OFFSET $offset
),
{_CHOSEN},
said AS (
    SELECT record_id, field, s.value, NULL AS area, NULL AS language, chosen.value AS chosen
    FROM statements AS s
    LEFT JOIN chosen USING (record_id, field)
    WHERE source_id = $source_id
    UNION ALL
    SELECT agreement_id, 'areas', label, areas.name, language, label
    FROM agreement_areas JOIN areas USING (area_id)
    WHERE source_id = $source_id
),
{_NAMED}
SELECT {RECORD}, field, value, named, area, language, chosen
FROM picked
JOIN said USING (record_id)
LEFT JOIN named USING (field, value)
ORDER BY strip_accents(partner), record_id, list_position($fields, field), area, value
""",
        filters,
        source_id=source_id,
        offset=offset,
        limit=limit,
        fields=FIELDS,
    )


def disagreements(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """Who says what in the fields of the selected records on which sources disagree.

    Columns: record_id, agreement_id, partner_id, partner, title, event_name, event_date (EDTF),
    field, value, named (what an id leads to), chosen (the register's value of the field, NULL:
    none), source_id, publisher, origin, published_on (EDTF), language, url; the chosen value of a
    field comes first.
    """
    return rows(cursor, f"{DISPUTED} {said_of('FROM disputed')}", filters, fields=FIELDS)


DISPUTED = f"""
{RECORDS},
disputed AS (SELECT {RECORD}, field, statements FROM records JOIN disagreements USING (record_id))
"""


def said_of(some: str) -> str:
    """Who says what in some fields: a query of rows of RECORD and field."""
    return f""",
picked AS MATERIALIZED ({some}),
{_CHOSEN},
said AS (
    SELECT picked.*, value, source_id
    FROM statements JOIN picked USING (record_id, field)
),
{_NAMED}
SELECT {RECORD}, field, said.value, named, chosen.value AS chosen, source_id,
    sources.publisher, sources.origin, sources.published_on, languages.name AS language, sources.url
FROM said
JOIN sources USING (source_id)
JOIN languages ON languages.language = sources.language
LEFT JOIN chosen USING (record_id, field)
LEFT JOIN named ON named.field = said.field AND named.value = said.value
ORDER BY strip_accents(partner), record_id, list_position($fields, field),
    said.value IS NOT DISTINCT FROM chosen.value DESC, said.value,
    sources.published_on_last NULLS LAST, sources.publisher, source_id
"""


FEWEST = "record_voices, strip_accents(partner), record_id, list_position($fields, field)"


def witnessed(some: str) -> str:
    """Some chosen values with those who state them.

    Args:
        some: a query of rows of RECORD, field and record_voices.
    """
    return f""",
picked AS MATERIALIZED ({some}),
{_CHOSEN},
said AS (
    SELECT record_id, field, value, count(DISTINCT coalesce(origin, publisher)) AS voices,
        count(*) AS sources,
        CASE WHEN voices = 1 THEN any_value(coalesce(origin, publisher)) END AS voice
    FROM statements
    JOIN chosen USING (record_id, field, value)
    JOIN sources USING (source_id)
    GROUP BY record_id, field, value
),
{_NAMED}
SELECT {RECORD}, field, value, named, voices, sources, voice, record_voices
FROM picked
JOIN said USING (record_id, field)
LEFT JOIN named USING (field, value)
ORDER BY {FEWEST}
"""


def witnesses(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """For each chosen value of the selected records, on how many independent sources it rests.

    Columns: record_id, agreement_id, partner_id, partner, title, event_name, event_date (EDTF),
    field, value, named (what an id leads to), voices (independent sources of this value), sources,
    voice (the only one, where there is one), record_voices (independent sources of the record, in
    any field); those with the fewest first.
    """
    every = f"""
SELECT {RECORD}, unnest(evidence.fields) AS field, evidence.voices AS record_voices FROM records
"""
    return rows(cursor, RECORDS + witnessed(every), filters, fields=FIELDS)
