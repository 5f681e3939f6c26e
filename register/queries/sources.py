"""The sources of the selected agreements and of what happened to them.

Sources that repeat one text are one witness: ``voice`` is whose text it is, the origin or else the
publisher.
"""

from typing import NamedTuple

import pandas as pd

from register.declaration import Table
from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import rows
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

_OF_AGREEMENT = "agreement_id AS record_id, number, partner_place"
_OF_EVENT = "event_id AS record_id, NULL AS number, partner_place"


RECORDS = f""", records AS NOT MATERIALIZED (
    SELECT {_OF_AGREEMENT}, evidence, disputed FROM unjudged
    UNION ALL SELECT {_OF_EVENT}, evidence, disputed FROM told
)"""
"""What sources say something of; of an event without a ``number``."""


_CHOSEN = f"chosen AS ({_values(AGREEMENTS)} UNION ALL {_values(EVENTS_TABLE)})"

_NAMED = """
described AS (
    SELECT agreement_id AS record_id, agreement_id, partner_id, partner, title, NULL AS event_name,
        NULL AS event_date
    FROM agreement_details SEMI JOIN picked USING (number) UNION ALL
    SELECT event_id, agreement_id, partner_id, partner, title, event_name, date
    FROM event_details WHERE event_id IN (SELECT record_id FROM picked)
),
named AS (
    SELECT 'partner_id' AS field, partner_id AS value, name AS named FROM partners
    UNION ALL
    SELECT unnest(['implements', 'follows']), agreement_id, title
    FROM agreements WHERE agreement_id IN (SELECT value FROM said)
)
"""
"""What tells the ``picked`` records to a reader, and what the ids in what is ``said`` lead to."""

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
{RECORDS}
SELECT counted.*, disputed, on_one
FROM (
    SELECT count(*) AS sources, count(DISTINCT voice) AS voices,
        count(*) FILTER (published_on_last IS NULL) AS undated,
        count(DISTINCT language) AS languages FROM supporting
) AS counted, (
    SELECT coalesce(sum(disputed), 0) AS disputed, coalesce(sum(len(evidence.on_one)), 0) AS on_one
    FROM records
)
""",
        filters,
    )
    return Counts(*(int(number) for number in found.iloc[0]))


def listed(some: str, *more: str) -> str:
    """Some of the sources that support a selected record, and how much each of them supports.

    Args:
        some: a query of rows of ``supporting``.
        more: columns that it adds.
    """
    return f"""
, picked AS MATERIALIZED ({some}),
supports AS (
    SELECT place, count(number) AS agreements, count(*) - count(number) AS events,
        sum(len(fields))::BIGINT AS fields
    FROM cited
    WHERE place IN (SELECT place FROM picked)
    GROUP BY place
)
SELECT
    source_id, s.publisher, s.origin, coalesce(s.origin, s.publisher) AS voice, s.published_on,
    s.published_on_last, year(s.published_on_last) AS published_in, s.language,
    languages.name AS language_name, s.kind, kinds.name AS kind_name, s.url, s.accessed_on,
    agreements, events, {", ".join(("supports.fields", *more))}
FROM picked
JOIN sources AS s ON s.rowid = picked.place
JOIN supports ON supports.place = picked.place
JOIN languages ON languages.language = s.language
JOIN codes AS kinds ON kinds.table_name = 'sources' AND kinds.column_name = 'kind'
    AND kinds.code = s.kind
ORDER BY turn
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
, supported AS MATERIALIZED (
    FROM cited WHERE place = (SELECT rowid FROM sources WHERE source_id = $source_id)
),
picked AS MATERIALIZED (
    SELECT {_OF_AGREEMENT} FROM agreement_details SEMI JOIN supported USING (number)
    UNION ALL
    SELECT {_OF_EVENT} FROM event_details SEMI JOIN supported ON event_id = record_id
    ORDER BY partner_place, record_id
    LIMIT $limit OFFSET $offset
),
{_CHOSEN},
said AS (
    SELECT record_id, field, s.value, NULL AS area, NULL AS language, chosen.value AS chosen
    FROM (FROM statements SEMI JOIN picked USING (record_id)) AS s
    LEFT JOIN chosen USING (record_id, field)
    WHERE source_id = $source_id
    UNION ALL
    SELECT agreement_id, 'areas', label, areas.name, language, label
    FROM agreement_areas JOIN areas USING (area_id)
    WHERE source_id = $source_id AND agreement_id IN (SELECT record_id FROM picked)
),
{_NAMED}
SELECT {RECORD}, field, value, named, area, language, chosen
FROM picked
JOIN described USING (record_id)
JOIN said USING (record_id)
LEFT JOIN named USING (field, value)
ORDER BY partner_place, record_id, list_position($fields, field), area, value
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
, disputed AS NOT MATERIALIZED (
    SELECT {_OF_AGREEMENT}, field, statements, published
    FROM selected JOIN (SELECT * EXCLUDE (record_id) FROM disagreements) USING (number)
    UNION ALL
    SELECT {_OF_EVENT}, field, statements, published
    FROM told JOIN (SELECT * EXCLUDE (number) FROM disagreements) ON record_id = event_id
)
"""


def said_of(some: str) -> str:
    """Who says what in some fields: a query of rows of ``disputed``."""
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
JOIN described USING (record_id)
JOIN sources USING (source_id)
JOIN languages ON languages.language = sources.language
LEFT JOIN chosen USING (record_id, field)
LEFT JOIN named ON named.field = said.field AND named.value = said.value
ORDER BY partner_place, record_id, list_position($fields, field),
    said.value IS NOT DISTINCT FROM chosen.value DESC, said.value,
    sources.published_on_last NULLS LAST, sources.publisher, source_id
"""


FEWEST = "record_voices, partner_place, record_id, list_position($fields, field)"


def witnessed(some: str) -> str:
    """Some chosen values with those who state them.

    Args:
        some: a query of rows of ``records``: the columns record_id, number and partner_place, with
            field and record_voices.
    """
    return f""",
picked AS MATERIALIZED ({some}),
{_CHOSEN},
said AS (
    SELECT record_id, field, value, count(DISTINCT coalesce(origin, publisher)) AS voices,
        count(*) AS sources,
        CASE WHEN voices = 1 THEN any_value(coalesce(origin, publisher)) END AS voice
    FROM (FROM statements SEMI JOIN picked USING (record_id, field))
    JOIN chosen USING (record_id, field, value)
    JOIN sources USING (source_id)
    GROUP BY record_id, field, value
),
{_NAMED}
SELECT {RECORD}, field, value, named, voices, sources, voice, record_voices
FROM picked
JOIN described USING (record_id)
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
    every = """
SELECT record_id, number, partner_place, unnest(evidence.fields) AS field,
    evidence.voices AS record_voices
FROM records
"""
    return rows(cursor, RECORDS + witnessed(every), filters, fields=FIELDS)
