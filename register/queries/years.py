"""The rise and fall of the selected agreements, year by year."""

import pandas as pd

from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import rows

_BY_YEAR = """
, spans AS (
    -- Of the years that agreements have in common there are few.
    SELECT
        year(begins_on) AS begin,
        year(ends_on) AS last,
        -- On its last day it is still in force.
        year(ends_on + 1) AS over,
        status_position AS position,
        count(*) AS number,
        count(days_left) AS running
    FROM judged
    GROUP BY ALL
),
chosen AS MATERIALIZED (SELECT * FROM spans JOIN statuses USING (position)),
facts AS MATERIALIZED (
    SELECT year(counts_from) AS year, false AS projected, 'signed' AS fact, count(*) AS number
    FROM agreement_windows{chosen}
    WHERE counts_from <= $as_of
    GROUP BY year(counts_from)
    UNION ALL
    SELECT last, false, if(status = 'terminated', 'terminated', 'ran_out'), number
    FROM chosen
    WHERE status IN ('terminated', 'expired')
    UNION ALL
    -- What happens to a whole partnership does nothing to what had run out.
    SELECT year(happened_on), false, 'suspended', count(DISTINCT number)
    FROM judged
    JOIN (SELECT number, event, happened_on FROM agreement_events) USING (number)
    WHERE event = 'suspended' AND happened_on <= $as_of
        AND happened_on <= coalesce(ends_on, happened_on)
    GROUP BY year(happened_on)
    UNION ALL
    SELECT year, false, 'in_force', count(*)
    FROM year_ends{chosen}
    WHERE year < year($as_of::DATE)
    GROUP BY year
    UNION ALL
    SELECT year($as_of::DATE), false, 'in_force', number
    FROM chosen
    WHERE in_force
    UNION ALL
    SELECT last, true, 'ran_out', running
    FROM chosen
    WHERE running > 0
    UNION ALL
    SELECT unnest(range(greatest(begin, year($as_of::DATE)), over)), true, 'in_force', number
    FROM chosen
    WHERE in_force OR status = 'upcoming'
),
years AS (
    SELECT unnest(generate_series(min(year), year($as_of::DATE))) AS year, false AS projected
    FROM facts
    WHERE NOT projected
    UNION ALL
    SELECT unnest(generate_series(year($as_of::DATE), max(year))), true FROM facts WHERE projected
)
SELECT
    year,
    projected,
    coalesce(sum(number) FILTER (fact = 'signed'), 0)::BIGINT AS signed,
    coalesce(sum(number) FILTER (fact = 'terminated'), 0)::BIGINT AS terminated,
    coalesce(sum(number) FILTER (fact = 'ran_out'), 0)::BIGINT AS ran_out,
    coalesce(sum(number) FILTER (fact = 'suspended'), 0)::BIGINT AS suspended,
    coalesce(sum(number) FILTER (fact = 'in_force'), 0)::BIGINT AS in_force
FROM years
LEFT JOIN facts USING (year, projected)
GROUP BY year, projected
ORDER BY year, projected
"""


def by_year(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """How many of the selected agreements were signed, ended, suspended and in force in each year.

    Every year from the first is there. The year of the as-of day is there twice where something
    lies ahead: as it is on the day, and (``projected``) what the rest of it is known to bring; so
    are later years, up to the last known end. What is signed or ended by then is not foreseen.

    Columns: year, projected, signed (from which year it counts as signed), terminated and ran_out
    (the last year of the window, as known on the day), suspended, in_force (on 31 December by what
    was known then; in the as-of day's own year on that day).
    """
    # What is not known on the day was neither signed nor in force by then.
    chosen = " SEMI JOIN judged USING (number)" if filters.restricting else ""
    return rows(cursor, _BY_YEAR.format(chosen=chosen), filters)
