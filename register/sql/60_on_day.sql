-- The agreements on a day as a reader sees them: what a question about a day begins with.

CREATE MACRO agreements_on_day(as_of, horizon_days := 180) AS TABLE
SELECT
    d.as_of, status, statuses.name AS status_name, statuses.position AS status_position,
    statuses.in_force, begins_on, begin_approximate, ends_on, window_end, end_basis, end_approximate,
    days_left, deciding_event, prolonging_event, prolonged, prolonged_to,
    d.* EXCLUDE (
        as_of, status, begins_on, begin_approximate, ends_on, window_end, end_basis, end_approximate, days_left,
        deciding_event, prolonging_event, prolonged, prolonged_to, only_announced, is_undated
    )
FROM windows_on_day(as_of, horizon_days := horizon_days, of := 'agreement_details') AS d
JOIN statuses USING (status);

COMMENT ON MACRO TABLE agreements_on_day IS 'agreements_on_day(as_of, horizon_days := 180): every agreement with its status on a day, and the names of what it refers to';
