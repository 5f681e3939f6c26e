-- The status rules, in this one place for pages, exports and any DuckDB client. docs/status.md has them in words.

CREATE MACRO agreement_turns(as_of) AS TABLE
WITH
happened AS (
    SELECT * FROM agreement_events WHERE happened_on <= CAST(as_of AS DATE)
),
prolongations AS (
    SELECT
        number,
        arg_max(event_id, place) AS event_id,
        arg_max(event, place) AS event,
        arg_max_null(new_end, place) AS valid_to,
        arg_max(new_end, place) FILTER (new_end IS NOT NULL) AS new_end,
        arg_max(new_end_last, place) FILTER (new_end IS NOT NULL) AS new_end_last,
        max(happened_on) FILTER (new_end IS NOT NULL) AS moved_on
    FROM happened
    WHERE prolongs_it
    GROUP BY number
),
endings AS (
    SELECT
        number,
        arg_min(happened.event_id, place) AS event_id,
        arg_min(date, place) AS date,
        min(happened_on) AS ended_on
    FROM happened
    LEFT JOIN prolongations USING (number)
    -- What was ended before has a window again from the day on which it is given a new end.
    WHERE ends_it AND happened_on >= coalesce(moved_on, happened_on)
    GROUP BY number
),
suspensions AS (
    SELECT
        number,
        arg_max(event_id, place) AS event_id,
        arg_max(event, place) = 'suspended' AS suspended
    FROM happened
    WHERE event IN ('suspended', 'resumed')
    GROUP BY number
)
SELECT
    number,
    p.event_id AS prolonging_event,
    p.event AS prolonged,
    p.valid_to AS prolonged_to,
    p.new_end,
    p.new_end_last,
    e.event_id AS ending_event,
    e.date AS ending_date,
    e.ended_on,
    s.event_id AS suspending_event,
    s.suspended
FROM prolongations AS p
FULL JOIN endings AS e USING (number)
FULL JOIN suspensions AS s USING (number);

COMMENT ON MACRO TABLE agreement_turns IS 'agreement_turns(as_of): the agreements that an event by the day has prolonged, ended or suspended, and what did';

CREATE MACRO windows_on_day(as_of, horizon_days := 180, of := 'agreement_windows') AS TABLE
WITH
moved AS (
    SELECT
        w.* REPLACE (
            coalesce(new_end_last, w.ends_on) AS ends_on,
            CASE WHEN new_end IS NULL THEN end_basis ELSE 'stated' END AS end_basis,
            CASE WHEN new_end IS NULL THEN end_approximate ELSE is_doubtful(new_end) END AS end_approximate,
            coalesce(new_end, window_end) AS window_end
        ),
        turns.* EXCLUDE (number)
    FROM query_table(of) AS w
    LEFT JOIN agreement_turns(as_of) AS turns ON turns.number = w.number
),
judged AS (
    SELECT
        *,
        CAST(as_of AS DATE) AS day,
        CASE
            WHEN only_announced
                THEN CASE WHEN announced_from > day THEN 'future' ELSE 'announced' END
            WHEN counts_from > day
                THEN CASE WHEN announced_from <= day THEN 'announced' ELSE 'future' END
            WHEN ended_on IS NOT NULL THEN 'terminated'
            WHEN ends_on < day THEN 'expired'
            WHEN suspended THEN 'suspended'
            WHEN begins_on > day THEN 'upcoming'
            WHEN begins_on IS NOT NULL AND ends_on IS NOT NULL
                THEN CASE WHEN ends_on - day <= CAST(horizon_days AS INTEGER) THEN 'expiring' ELSE 'active' END
            WHEN begins_on IS NULL THEN 'undated'
            ELSE 'no_end_stated'
        END AS status,
        CASE WHEN status = 'terminated' THEN ended_on ELSE ends_on END AS closes_on
    FROM moved
)
SELECT
    * EXCLUDE (day, closes_on, new_end, new_end_last, ending_event, ending_date, ended_on, suspending_event, suspended)
    REPLACE (
        -- What is over before it begins has no window but its last day.
        CASE WHEN begins_on > closes_on THEN closes_on ELSE begins_on END AS begins_on,
        begin_approximate OR coalesce(begins_on > closes_on, false) AS begin_approximate,
        closes_on AS ends_on,
        CASE WHEN status = 'terminated' THEN 'event' ELSE end_basis END AS end_basis,
        CASE WHEN status = 'terminated' THEN is_doubtful(ending_date) ELSE end_approximate END AS end_approximate,
        CASE WHEN status = 'terminated' THEN ending_date ELSE window_end END AS window_end,
        CASE WHEN status <> 'terminated' THEN prolonging_event END AS prolonging_event,
        CASE WHEN status <> 'terminated' THEN prolonged END AS prolonged,
        CASE WHEN status <> 'terminated' THEN prolonged_to END AS prolonged_to
    ),
    day AS as_of,
    CASE WHEN status IN ('active', 'expiring', 'upcoming', 'suspended') THEN closes_on - day END AS days_left,
    CASE status WHEN 'terminated' THEN ending_event WHEN 'suspended' THEN suspending_event END AS deciding_event
FROM judged;

COMMENT ON MACRO TABLE windows_on_day IS 'windows_on_day(as_of, horizon_days := 180, of := ''agreement_windows''): the rows of a table that has the columns of agreement_windows, with the status and the period as known on a day';

CREATE MACRO agreement_status(as_of, horizon_days := 180) AS TABLE
SELECT
    agreement_id,
    partner_id,
    on_day.as_of,
    status,
    begins_on,
    begin_approximate,
    ends_on,
    end_basis,
    end_approximate,
    window_end,
    days_left,
    deciding_event,
    prolonging_event
FROM windows_on_day(as_of, horizon_days := horizon_days) AS on_day;

COMMENT ON MACRO TABLE agreement_status IS 'agreement_status(as_of, horizon_days := 180): for every agreement its one status on a day, with the period as known on that day and the days left';

CREATE MACRO partner_status(as_of, horizon_days := 180) AS TABLE
WITH
on_day AS (
    SELECT w.*, statuses.position, statuses.in_force
    FROM windows_on_day(as_of, horizon_days := horizon_days) AS w
    JOIN statuses USING (status)
    WHERE status <> 'future'
),
endings AS (
    SELECT partner_id, max(date_last) AS ended_on
    FROM events
    WHERE event IN ('terminated', 'replaced') AND date_last <= CAST(as_of AS DATE)
    GROUP BY partner_id
),
per_partner AS (
    SELECT
        partner_id,
        any_value(on_day.as_of) AS day,
        -- A plan revives nothing that was ended after it.
        coalesce(
            arg_min(status, position)
                FILTER (status <> 'announced' OR ended_on IS NULL OR coalesce(announced_from > ended_on, false)),
            arg_min(status, position)
        ) AS status,
        count(*) AS agreements,
        count(*) FILTER (in_force) AS in_force,
        min(ends_on) FILTER (in_force) AS next_end,
        max(ends_on) FILTER (status IN ('expired', 'terminated')) AS last_end,
        arg_max(agreement_id, ends_on) FILTER (status IN ('expired', 'terminated') AND ends_on IS NOT NULL) AS last_agreement,
        max(begins_on) FILTER (status NOT IN ('expired', 'terminated', 'announced')) AS last_begin,
        coalesce(bool_or(status IN ('active', 'expiring', 'upcoming') OR (status = 'suspended' AND ends_on IS NOT NULL)), false)
            AS window_open
    FROM on_day
    LEFT JOIN endings USING (partner_id)
    GROUP BY partner_id
)
SELECT
    partner_id,
    day AS as_of,
    status,
    agreements,
    in_force,
    next_end,
    last_end IS NOT NULL AND NOT window_open AND NOT coalesce(last_begin > last_end, false) AS lapsed,
    CASE WHEN lapsed THEN last_end END AS lapsed_on,
    CASE WHEN lapsed THEN last_agreement END AS lapsed_agreement
FROM per_partner;

COMMENT ON MACRO TABLE partner_status IS 'partner_status(as_of, horizon_days := 180): for every partner with an agreement known by the day its status, the first in the order of statuses among its agreements, and whether it has lapsed: its last dated period ended without a successor';
