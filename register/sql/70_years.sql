-- What was in force at the end of each year, by the status rules. Past years do not depend on the day for which a view
-- is computed; later ones are projected from it (register/queries/years.py).

CREATE TABLE year_ends AS
WITH span AS (
    SELECT min(year(begins_on)) AS first, max(year(greatest(ends_on, new_end_last))) AS last
    FROM agreement_windows LEFT JOIN agreement_events USING (agreement_id)
),
lasting AS (
    SELECT
        number,
        greatest(year(since), (SELECT first FROM span)) AS first,
        -- The last whose 31 December lies in it.
        least(year(until + 1) - 1, (SELECT last FROM span)) AS last
    FROM agreement_states
    JOIN statuses USING (status)
    WHERE statuses.in_force
)
SELECT unnest(generate_series(first, last)) AS year, number
FROM lasting;

COMMENT ON TABLE year_ends IS 'Which agreements were in their period on 31 December of each year, by what was known on that day';
COMMENT ON COLUMN year_ends.year IS 'The year';
COMMENT ON COLUMN year_ends.number IS 'The number of an agreement that was in force on its last day';
