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
    """The values that the register chose, a row each: record_id, field, value."""
    fields = ", ".join(field.name for field in table if field.name not in UNSTATEABLE)
    return (
        f"SELECT {table.key[0]} AS record_id, field, value "
        f"FROM {table.name} UNPIVOT (value FOR field IN ({fields}))"
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
, records AS (
    SELECT agreement_id AS record_id, agreement_id, partner_id, partner, title, NULL AS event_name,
        NULL AS event_date
    FROM selected
    UNION ALL
    SELECT e.event_id, e.agreement_id, e.partner_id, e.partner, e.title, kinds.name, e.date
    FROM ({TOLD}) AS e
    JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event'
        AND kinds.code = e.event
),
chosen AS ({_values(AGREEMENTS)} UNION ALL {_values(EVENTS_TABLE)}),
-- What the ids in these fields lead to.
named AS (
    SELECT 'partner_id' AS field, partner_id AS value, name AS named FROM partners
    UNION ALL
    SELECT unnest(['implements', 'follows']), agreement_id, title FROM agreements
)
"""

STATED = """
, stated AS (
    SELECT record_id, field, value, count(DISTINCT coalesce(origin, publisher)) AS voices,
        count(*) AS sources,
        CASE WHEN voices = 1 THEN any_value(coalesce(origin, publisher)) END AS voice
    FROM statements JOIN sources USING (source_id)
    GROUP BY record_id, field, value
)
"""
"""On how many independent sources a value rests, and which is the only one."""

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
        RECORDS
        + STATED
        + """
SELECT
    count(*) AS sources,
    count(DISTINCT coalesce(s.origin, s.publisher)) AS voices,
    count(*) FILTER (s.published_on IS NULL) AS undated,
    count(DISTINCT s.language) AS languages,
    (SELECT count(*) FROM records JOIN disagreements USING (record_id)) AS disputed,
    (
        SELECT count(*) FROM records JOIN chosen USING (record_id)
        JOIN stated USING (record_id, field, value) WHERE stated.voices = 1
    ) AS on_one
FROM sources AS s
WHERE s.source_id IN (SELECT source_id FROM record_sources JOIN records USING (record_id))
""",
        filters,
    )
    return Counts(*(int(number) for number in found.iloc[0]))


LISTED = (
    RECORDS
    + """
, supports AS (
    SELECT source_id,
        count(*) FILTER (event_name IS NULL) AS agreements,
        count(*) FILTER (event_name IS NOT NULL) AS events,
        sum(len(fields))::BIGINT AS fields
    FROM records
    JOIN record_sources USING (record_id)
    GROUP BY source_id
),
listed AS (
    SELECT
        source_id, s.publisher, s.origin, coalesce(s.origin, s.publisher) AS voice, s.published_on,
        s.published_on_last, year(s.published_on_last) AS published_in, s.language,
        languages.name AS language_name, s.kind, kinds.name AS kind_name, s.url, s.accessed_on,
        supports.agreements, supports.events, supports.fields
    FROM supports
    JOIN sources AS s USING (source_id)
    JOIN languages ON languages.language = s.language
    JOIN codes AS kinds ON kinds.table_name = 'sources' AND kinds.column_name = 'kind'
        AND kinds.code = s.kind
)
"""
)
"""The sources that support a selected record."""

LATEST = "published_on_last DESC NULLS LAST, lower(publisher), source_id"

SOURCES = f"{LISTED} FROM listed ORDER BY {LATEST}"


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
        RECORDS
        + f"""
, on_page AS (
    SELECT records.*
    FROM records
    JOIN record_sources USING (record_id)
    WHERE source_id = $source_id
    ORDER BY strip_accents(partner), record_id
    LIMIT $limit OFFSET $offset
),
said AS (
    SELECT record_id, field, s.value, NULL AS area, NULL AS language, chosen.value AS chosen
    FROM statements AS s
    LEFT JOIN chosen USING (record_id, field)
    WHERE source_id = $source_id
    UNION ALL
    SELECT agreement_id, 'areas', label, areas.name, language, label
    FROM agreement_areas JOIN areas USING (area_id)
    WHERE source_id = $source_id
)
SELECT {RECORD}, field, value, named, area, language, chosen
FROM on_page
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
    disputed = f"(SELECT {RECORD}, field FROM records JOIN disagreements USING (record_id))"
    return rows(cursor, f"{RECORDS} {said_of(disputed)}", filters, fields=FIELDS)


def said_of(disputed: str) -> str:
    """Who says what in some fields: rows of RECORD and field."""
    return f"""
SELECT {RECORD}, field, s.value, named, chosen.value AS chosen, source_id,
    sources.publisher, sources.origin, sources.published_on, languages.name AS language, sources.url
FROM {disputed} AS disputed
JOIN statements AS s USING (record_id, field)
JOIN sources USING (source_id)
JOIN languages ON languages.language = sources.language
LEFT JOIN chosen USING (record_id, field)
LEFT JOIN named ON named.field = s.field AND named.value = s.value
ORDER BY strip_accents(partner), record_id, list_position($fields, field),
    s.value IS NOT DISTINCT FROM chosen.value DESC, s.value,
    sources.published_on_last NULLS LAST, sources.publisher, source_id
"""


WITNESSES = f"""
{RECORDS} {STATED},
known AS (
    SELECT record_id, count(DISTINCT coalesce(origin, publisher)) AS record_voices
    FROM record_sources JOIN sources USING (source_id)
    GROUP BY record_id
),
witnesses AS (
    SELECT {RECORD}, field, value, named, voices, sources, voice, record_voices
    FROM records
    JOIN chosen USING (record_id)
    JOIN stated USING (record_id, field, value)
    JOIN known USING (record_id)
    LEFT JOIN named USING (field, value)
)
"""
"""Each chosen value of the selected records with those who state it."""

FEWEST = "record_voices, strip_accents(partner), record_id, list_position($fields, field)"


def witnesses(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """For each chosen value of the selected records, on how many independent sources it rests.

    Columns: record_id, agreement_id, partner_id, partner, title, event_name, event_date (EDTF),
    field, value, named (what an id leads to), voices (independent sources of this value), sources,
    voice (the only one, where there is one), record_voices (independent sources of the record, in
    any field); those with the fewest first.
    """
    return rows(cursor, f"{WITNESSES} FROM witnesses ORDER BY {FEWEST}", filters, fields=FIELDS)
