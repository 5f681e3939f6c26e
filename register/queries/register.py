"""The register as a whole: its version, its lists."""

import pandas as pd

from register.declaration import Table
from register.filters import IN_FORCE, Filters, Options
from register.queries import Cursor
from register.queries.fitting import searched
from register.queries.selected import asking
from register.schema import AGREEMENTS, EVENTS_TABLE
from register.text import fold
from register.words import told_apart

ALIKE = 0.84
"""The Jaro-Winkler similarity from which a name may be meant: Kiev and Kyiv have 0.85."""


def version(cursor: Cursor) -> str:
    """The register's version."""
    return str(cursor.execute("SELECT version FROM register").fetchall()[0][0])


def options(cursor: Cursor) -> Options:
    """What can be chosen in the filters."""

    def named(query: str) -> dict[str, str]:
        return told_apart(dict(cursor.execute(query).fetchall()))

    def codes(table: Table, column: str) -> dict[str, str]:
        return named(
            f"SELECT code, name FROM codes WHERE table_name = '{table.name}' "
            f"AND column_name = '{column}' ORDER BY position"
        )

    # Two different years, whatever the register holds: a range is chosen between them.
    first_year, last_year = cursor.execute(
        "SELECT coalesce(year(min(least(coalesce(begins_on, announced_from), counts_from))), 2000) "
        "AS first, "
        "greatest(year(max(greatest(begins_on, ends_on, new_end_last))), first + 1) "
        "FROM agreement_windows LEFT JOIN agreement_events USING (agreement_id)"
    ).fetchall()[0]
    ((in_force,),) = cursor.execute(
        "SELECT 'In force: ' || lower(string_agg(name, ' or ' ORDER BY position)) "
        "FROM statuses WHERE in_force"
    ).fetchall()
    return Options(
        city=named("SELECT partner_id, name FROM partners ORDER BY strip_accents(name)"),
        country=named(
            "SELECT country_code, name FROM countries SEMI JOIN partners USING (country_code) "
            "ORDER BY strip_accents(name)"
        ),
        region=named(
            "SELECT region_id, name FROM region_countries GROUP BY ALL ORDER BY min(place)"
        ),
        area=named("SELECT area_id, name FROM areas ORDER BY name"),
        instrument=codes(AGREEMENTS, "instrument"),
        party=codes(AGREEMENTS, "moscow_party"),
        status={IN_FORCE: in_force} | named("SELECT status, name FROM statuses ORDER BY position"),
        event=codes(EVENTS_TABLE, "event"),
        actor=codes(EVENTS_TABLE, "actor"),
        first_year=first_year,
        last_year=last_year,
    )


def alike(cursor: Cursor, q: str) -> list[str]:
    """Up to three names of partners and countries that are spelt nearly as what was searched for.

    None where the search itself fits an agreement, or the name holds what was searched for: it
    has not failed by its spelling.
    """
    holds, words = searched(q)
    found = cursor.execute(
        f"""
SELECT name
FROM search_names
WHERE NOT EXISTS (FROM agreement_windows WHERE {holds})
GROUP BY name
HAVING max(jaro_winkler_similarity(form, $asked)) >= $enough AND NOT bool_or(contains(form, $asked))
ORDER BY max(jaro_winkler_similarity(form, $asked)) DESC, name
LIMIT 3
""",
        {"asked": fold(q), "enough": ALIKE} | words,
    ).fetchall()
    return [name for (name,) in found]


_NEWEST = "SELECT arg_max(published_on, published_on_last || published_on) FROM sources"


def newest_source(cursor: Cursor) -> str | None:
    """The date (EDTF) of the newest source that has one."""
    ((newest,),) = cursor.execute(_NEWEST).fetchall()
    return None if newest is None else str(newest)


def newest_source_of(cursor: Cursor, filters: Filters) -> str | None:
    """The same of the sources of the selected agreements and of what happened to them."""
    asked, values = asking(
        cursor,
        """
, records AS (
    SELECT evidence FROM unjudged
    UNION ALL
    SELECT evidence FROM told
)
SELECT (
    SELECT evidence.newest
    FROM records
    WHERE evidence.newest IS NOT NULL
    ORDER BY evidence.newest_last DESC, evidence.newest DESC
    LIMIT 1
)
""",
        filters,
    )
    ((newest,),) = cursor.execute(asked, values).fetchall()
    return None if newest is None else str(newest)


def newest_source_among(cursor: Cursor, record_ids: tuple[str, ...]) -> str | None:
    """The same of the sources of these agreements and events."""
    ((newest,),) = cursor.execute(
        f"{_NEWEST} WHERE source_id IN (SELECT source_id FROM record_sources "
        "WHERE record_id IN (SELECT unnest($record_ids)))",
        {"record_ids": list(record_ids)},
    ).fetchall()
    return None if newest is None else str(newest)


def status_definitions(cursor: Cursor) -> pd.DataFrame:
    """What the statuses mean. Columns: status, name, definition, in_force."""
    return cursor.execute(
        "SELECT status, name, definition, in_force FROM statuses ORDER BY position"
    ).df()
