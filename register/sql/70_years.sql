-- What was in force at the end of each year, by the status rules. Past years do not depend on the day for which a view
-- is computed; later ones are projected from it (register/queries/years.py).

CREATE TABLE year_ends AS
SELECT years.year, s.agreement_id
FROM (
    SELECT unnest(generate_series(min(year(begins_on)), max(year(greatest(ends_on, new_end_last))))) AS year
    FROM agreement_windows LEFT JOIN agreement_events USING (agreement_id)
) AS years,
LATERAL (FROM agreement_status(make_date(years.year, 12, 31))) AS s
JOIN statuses USING (status)
WHERE statuses.in_force;

COMMENT ON TABLE year_ends IS 'Which agreements were in their period on 31 December of each year, by what was known on that day';
COMMENT ON COLUMN year_ends.year IS 'The year';
COMMENT ON COLUMN year_ends.agreement_id IS 'An agreement that was in force on its last day';
