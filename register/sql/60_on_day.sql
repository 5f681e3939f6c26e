-- The agreements on a day as a reader sees them: what a question about a day begins with.

CREATE MACRO agreements_on_day(as_of, horizon_days := 180) AS TABLE
SELECT
    s.as_of, s.status, s.status_name, s.status_position, s.in_force, s.begins_on, s.begin_approximate, s.ends_on, s.window_end, s.end_basis, s.end_approximate,
    s.days_left, s.deciding_event, s.prolonging_event, s.prolonged, s.prolonged_to,
    d.* EXCLUDE (
        begins_on, begin_approximate, ends_on, window_end, end_basis, end_approximate, only_announced, is_undated
    )
FROM states_on_day(as_of, horizon_days := horizon_days) AS s
JOIN agreement_details AS d ON d.number = s.number;

COMMENT ON MACRO TABLE agreements_on_day IS 'agreements_on_day(as_of, horizon_days := 180): every agreement with its status on a day, and the names of what it refers to';
