"""What happened: to the selected agreements, or to their whole partnerships."""

import pandas as pd

from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import rows


def events(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """The events that the filters select, the latest first; what has no date comes last.

    Columns: event_id, event, event_name, date (EDTF), date_last, valid_to, actor and actor_name
    (NULL where no source names the side), agreement_id and title (NULL: it concerns the whole
    partnership), partner_id, partner, country, note, sources (how many state it), publishers and
    source_urls (joined by ``; ``), disputed (on how many fields sources disagree).
    """
    return rows(
        cursor,
        """
, stating AS (
    SELECT record_id, count(*) AS sources,
        string_agg(DISTINCT publisher, '; ' ORDER BY publisher) AS publishers,
        string_agg(DISTINCT url, '; ' ORDER BY url) AS source_urls
    FROM record_sources
    SEMI JOIN told ON event_id = record_id
    JOIN sources USING (source_id)
    GROUP BY record_id
)
SELECT event_id, event, event_name, date, date_last, told.valid_to, actor, sides.name AS actor_name,
    agreement_id, title, told.partner_id, partner, countries.name AS country, told.note,
    coalesce(sources, 0) AS sources, publishers, source_urls, disputed
FROM told
JOIN partners AS p ON p.partner_id = told.partner_id
JOIN countries USING (country_code)
LEFT JOIN codes AS sides ON sides.table_name = 'events' AND sides.column_name = 'actor'
    AND sides.code = actor
LEFT JOIN stating ON stating.record_id = event_id
ORDER BY date_last DESC NULLS LAST, event_id
""",
        filters,
    )


def by_year(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """How many events of each kind a year has; one of a partial date is in that of its last day.

    Columns: year (NULL: no source dates them, the last rows), event, event_name, events.
    """
    return rows(
        cursor,
        """
SELECT year(date_last) AS year, told.event, event_name, count(*) AS events
FROM told
JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event'
    AND kinds.code = told.event
GROUP BY year(date_last), told.event, event_name, kinds.position
ORDER BY year NULLS LAST, kinds.position
""",
        filters,
    )
