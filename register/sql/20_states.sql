-- The status rules, in this one place for pages, exports and any DuckDB client. docs/status.md has them in words. What an
-- agreement is changes on few days: each of them is judged once, and what is asked of another day is what was so last.
-- It can run again when rows have changed.

CREATE OR REPLACE TABLE agreement_states AS
WITH
running AS (
    -- What the events up to the day of each have come to, the last one of it included.
    SELECT
        *,
        arg_max(event_id, place) FILTER (prolongs_it) OVER so_far AS prolonging_event,
        arg_max(event, place) FILTER (prolongs_it) OVER so_far AS prolonged,
        arg_max_null(new_end, place) FILTER (prolongs_it) OVER so_far AS prolonged_to,
        arg_max(new_end, place) FILTER (new_end IS NOT NULL) OVER so_far AS moved_to,
        arg_max(new_end_last, place) FILTER (new_end IS NOT NULL) OVER so_far AS moved_to_last,
        max(happened_on) FILTER (new_end IS NOT NULL) OVER so_far AS moved_on,
        arg_max(event_id, place) FILTER (event IN ('suspended', 'resumed')) OVER so_far AS suspending_event,
        arg_max(event, place) FILTER (event IN ('suspended', 'resumed')) OVER so_far = 'suspended' AS suspended
    FROM agreement_events
    WINDOW so_far AS (PARTITION BY number ORDER BY happened_on RANGE UNBOUNDED PRECEDING)
),
turned AS (
    SELECT
        *,
        -- What was ended before has a window again from the day on which it is given a new end.
        arg_min(event_id, place) FILTER (ends_it) OVER since_moved AS ending_event,
        arg_min(date, place) FILTER (ends_it) OVER since_moved AS ending_date,
        min(happened_on) FILTER (ends_it) OVER since_moved AS ended_on
    FROM running
    WINDOW since_moved AS (PARTITION BY number, moved_on ORDER BY happened_on RANGE UNBOUNDED PRECEDING)
),
turns AS (
    SELECT DISTINCT ON (number, happened_on) * EXCLUDE (agreement_id, event_id, event, date, place, new_end, new_end_last, ends_it)
    FROM turned
),
days AS (
    -- Each with the day before the next, while the rows are narrow.
    SELECT number, day, coalesce(lead(day) OVER (PARTITION BY number ORDER BY day) - 1, DATE '9999-12-31') AS until
    FROM (
        SELECT DISTINCT number, day
        FROM (
            SELECT number, unnest([DATE '0001-01-01', announced_from, counts_from, begins_on, ends_on + 1]) AS day
            FROM agreement_windows
            UNION ALL
            SELECT number, unnest([happened_on, new_end_last + 1]) FROM agreement_events
        )
        -- What would change after the last day of all never does.
        WHERE day <= DATE '9999-12-31'
    )
),
moved AS (
    SELECT
        w.* REPLACE (
            coalesce(moved_to_last, w.ends_on) AS ends_on,
            CASE WHEN moved_to IS NULL THEN end_basis ELSE 'stated' END AS end_basis,
            CASE WHEN moved_to IS NULL THEN end_approximate ELSE is_doubtful(moved_to) END AS end_approximate,
            coalesce(moved_to, window_end) AS window_end
        ),
        turns.* EXCLUDE (number),
        days.day,
        days.until
    FROM days
    ASOF LEFT JOIN turns ON turns.number = days.number AND turns.happened_on <= days.day
    JOIN agreement_windows AS w ON w.number = days.number
),
judged AS (
    SELECT
        *,
        CASE
            WHEN only_announced
                THEN CASE WHEN announced_from > day THEN 'future' ELSE 'announced' END
            WHEN counts_from > day
                THEN CASE WHEN announced_from <= day THEN 'announced' ELSE 'future' END
            WHEN ended_on IS NOT NULL THEN 'terminated'
            WHEN ends_on < day THEN 'expired'
            WHEN suspended THEN 'suspended'
            WHEN begins_on > day THEN 'upcoming'
            WHEN begins_on IS NOT NULL AND ends_on IS NOT NULL THEN 'active'
            WHEN begins_on IS NULL THEN 'undated'
            ELSE 'no_end_stated'
        END AS status,
        CASE WHEN status = 'terminated' THEN ended_on ELSE ends_on END AS closes_on
    FROM moved
)
SELECT
    number,
    -- These are copied: to look them up elsewhere took longer than to count a million states.
    partner_number,
    partner_place,
    announced_from,
    day AS since,
    until,
    status,
    status_near_end,
    statuses.name AS status_name,
    status_name_near_end,
    statuses.position::UTINYINT AS position,
    position_near_end::UTINYINT AS position_near_end,
    statuses.in_force,
    -- What is over before it begins has no window but its last day.
    CASE WHEN begins_on > closes_on THEN closes_on ELSE begins_on END AS begins_on,
    begin_approximate OR coalesce(begins_on > closes_on, false) AS begin_approximate,
    closes_on AS ends_on,
    CASE WHEN status = 'terminated' THEN 'event' ELSE end_basis END AS end_basis,
    CASE WHEN status = 'terminated' THEN is_doubtful(ending_date) ELSE end_approximate END AS end_approximate,
    CASE WHEN status = 'terminated' THEN ending_date ELSE window_end END AS window_end,
    CASE status WHEN 'terminated' THEN ending_event WHEN 'suspended' THEN suspending_event END AS deciding_event,
    CASE WHEN status <> 'terminated' THEN prolonging_event END AS prolonging_event,
    CASE WHEN status <> 'terminated' THEN prolonged END AS prolonged,
    CASE WHEN status <> 'terminated' THEN prolonged_to END AS prolonged_to
FROM judged
JOIN statuses USING (status)
JOIN (
    SELECT status AS status_near_end, name AS status_name_near_end, position AS position_near_end FROM statuses
) AS near_end ON status_near_end = CASE status WHEN 'active' THEN 'expiring' ELSE status END
-- Of a day those that are over by then are not read: of a million agreements that is half of all.
ORDER BY until, since, number;

COMMENT ON TABLE agreement_states IS 'What each agreement is from one day to another: its status, but for what is expiring, and its period as known then';
COMMENT ON COLUMN agreement_states.number IS 'The number of the agreement';
COMMENT ON COLUMN agreement_states.partner_number IS 'The number of the partner';
COMMENT ON COLUMN agreement_states.partner_place IS 'The same as agreement_windows.partner_place';
COMMENT ON COLUMN agreement_states.announced_from IS 'First day on which it is certain that it was announced';
COMMENT ON COLUMN agreement_states.since IS 'First day on which it is so; 0001-01-01 for the first state of each';
COMMENT ON COLUMN agreement_states.until IS 'Last day on which it is so; 9999-12-31 for the last state of each';
COMMENT ON COLUMN agreement_states.status IS 'The status; active also stands for expiring, which depends on a horizon';
COMMENT ON COLUMN agreement_states.status_near_end IS 'The same while the end is within the horizon';
COMMENT ON COLUMN agreement_states.status_name IS 'The status in words';
COMMENT ON COLUMN agreement_states.status_name_near_end IS 'The same while the end is within the horizon';
COMMENT ON COLUMN agreement_states.position IS 'The place of the status in lists';
COMMENT ON COLUMN agreement_states.position_near_end IS 'The same while the end is within the horizon';
COMMENT ON COLUMN agreement_states.in_force IS 'Whether it is in its period';
COMMENT ON COLUMN agreement_states.begins_on IS 'First day of the period';
COMMENT ON COLUMN agreement_states.begin_approximate IS 'Whether the begin is uncertain';
COMMENT ON COLUMN agreement_states.ends_on IS 'Last day of the period, as known on these days';
COMMENT ON COLUMN agreement_states.end_basis IS 'Where the end comes from: stated, term, event or none';
COMMENT ON COLUMN agreement_states.end_approximate IS 'Whether the end is uncertain';
COMMENT ON COLUMN agreement_states.window_end IS 'The end at its own precision (EDTF)';
COMMENT ON COLUMN agreement_states.deciding_event IS 'The event that has ended or suspended it';
COMMENT ON COLUMN agreement_states.prolonging_event IS 'The last event that has extended or renewed it';
COMMENT ON COLUMN agreement_states.prolonged IS 'Whether that extended or renewed it';
COMMENT ON COLUMN agreement_states.prolonged_to IS 'The new end that it gave (EDTF); empty: none was stated';
