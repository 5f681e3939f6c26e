"""The rise and fall of the selected agreements, year by year."""

import pandas as pd

from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import rows

BY_YEAR = """
, facts AS (
    SELECT year(counts_from) AS year, false AS projected, 'signed' AS fact
    FROM selected
    WHERE counts_from <= $as_of
    UNION ALL
    SELECT year(ends_on), false, if(status = 'terminated', 'terminated', 'ran_out')
    FROM selected
    WHERE status IN ('terminated', 'expired')
    UNION ALL
    -- What happens to a whole partnership does nothing to what had run out.
    SELECT year(happened_on), false, 'suspended'
    FROM selected
    JOIN agreement_events USING (agreement_id)
    WHERE event = 'suspended' AND happened_on <= $as_of
        AND happened_on <= coalesce(ends_on, happened_on)
    GROUP BY agreement_id, year(happened_on)
    UNION ALL
    SELECT year, false, 'in_force'
    FROM selected
    JOIN year_ends USING (agreement_id)
    WHERE year < year($as_of::DATE)
    UNION ALL
    SELECT year($as_of::DATE), false, 'in_force' FROM selected WHERE in_force
    UNION ALL
    SELECT year(ends_on), true, 'ran_out' FROM selected WHERE days_left IS NOT NULL
    UNION ALL
    SELECT unnest(range(
        greatest(year(begins_on), year($as_of::DATE)),
        -- On its last day it is still in force.
        year(ends_on + 1)
    )), true, 'in_force'
    FROM selected
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
    count(*) FILTER (fact = 'signed') AS signed,
    count(*) FILTER (fact = 'terminated') AS terminated,
    count(*) FILTER (fact = 'ran_out') AS ran_out,
    count(*) FILTER (fact = 'suspended') AS suspended,
    count(*) FILTER (fact = 'in_force') AS in_force
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
    return rows(cursor, BY_YEAR, filters)
