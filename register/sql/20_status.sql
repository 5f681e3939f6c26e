-- The status rules, in this one place for pages, exports and any DuckDB client. docs/status.md has them in words.

CREATE MACRO agreement_status(as_of, horizon_days := 180) AS TABLE
WITH
days AS (
    SELECT CAST(as_of AS DATE) AS day, CAST(horizon_days AS INTEGER) AS horizon
),
happened AS (
    SELECT agreement_events.* FROM agreement_events CROSS JOIN days WHERE happened_on <= days.day
),
prolongations AS (
    SELECT
        agreement_id,
        arg_max(event_id, place) AS event_id,
        arg_max(new_end, place) FILTER (new_end IS NOT NULL) AS new_end,
        arg_max(new_end_last, place) FILTER (new_end IS NOT NULL) AS ends_on,
        max(happened_on) FILTER (new_end IS NOT NULL) AS moved_on
    FROM happened
    WHERE prolongs_it
    GROUP BY agreement_id
),
endings AS (
    SELECT
        agreement_id,
        arg_min(happened.event_id, place) AS event_id,
        arg_min(date, place) AS date,
        min(happened_on) AS ended_on
    FROM happened
    LEFT JOIN prolongations USING (agreement_id)
    -- What was ended before has a window again from the day on which it is given a new end.
    WHERE ends_it AND happened_on >= coalesce(moved_on, happened_on)
    GROUP BY agreement_id
),
suspensions AS (
    SELECT
        agreement_id,
        arg_max(event_id, place) AS event_id,
        arg_max(event, place) = 'suspended' AS suspended
    FROM happened
    WHERE event IN ('suspended', 'resumed')
    GROUP BY agreement_id
),
windows_on_day AS (
    SELECT
        w.* REPLACE (
            coalesce(p.ends_on, w.ends_on) AS ends_on,
            CASE WHEN p.new_end IS NULL THEN end_basis ELSE 'stated' END AS end_basis,
            CASE WHEN p.new_end IS NULL THEN end_approximate ELSE is_doubtful(p.new_end) END AS end_approximate,
            coalesce(p.new_end, window_end) AS window_end
        ),
        p.event_id AS prolonging_event
    FROM agreement_windows AS w
    LEFT JOIN prolongations AS p USING (agreement_id)
),
statuses_on_day AS (
    SELECT
        w.*,
        days.day,
        endings.event_id AS ending_event,
        endings.date AS ending_date,
        suspensions.event_id AS suspending_event,
        CASE
            WHEN only_announced
                THEN CASE WHEN announced_from > days.day THEN 'future' ELSE 'announced' END
            WHEN counts_from > days.day
                THEN CASE WHEN announced_from <= days.day THEN 'announced' ELSE 'future' END
            WHEN endings.ended_on IS NOT NULL THEN 'terminated'
            WHEN ends_on < days.day THEN 'expired'
            WHEN suspensions.suspended THEN 'suspended'
            WHEN begins_on > days.day THEN 'upcoming'
            WHEN begins_on IS NOT NULL AND ends_on IS NOT NULL
                THEN CASE WHEN ends_on - days.day <= days.horizon THEN 'expiring' ELSE 'active' END
            WHEN begins_on IS NULL THEN 'undated'
            ELSE 'no_end_stated'
        END AS status,
        CASE WHEN status = 'terminated' THEN ended_on ELSE ends_on END AS closes_on
    FROM windows_on_day AS w
    CROSS JOIN days
    LEFT JOIN endings USING (agreement_id)
    LEFT JOIN suspensions USING (agreement_id)
)
SELECT
    agreement_id,
    partner_id,
    day AS as_of,
    status,
    -- What is over before it begins has no window but its last day.
    CASE WHEN begins_on > closes_on THEN closes_on ELSE begins_on END AS begins_on,
    begin_approximate OR coalesce(statuses_on_day.begins_on > closes_on, false) AS begin_approximate,
    closes_on AS ends_on,
    CASE WHEN status = 'terminated' THEN 'event' ELSE end_basis END AS end_basis,
    CASE WHEN status = 'terminated' THEN is_doubtful(ending_date) ELSE end_approximate END AS end_approximate,
    CASE WHEN status = 'terminated' THEN ending_date ELSE window_end END AS window_end,
    CASE WHEN status IN ('active', 'expiring', 'upcoming', 'suspended') THEN closes_on - day END AS days_left,
    CASE status WHEN 'terminated' THEN ending_event WHEN 'suspended' THEN suspending_event END AS deciding_event,
    CASE WHEN status <> 'terminated' THEN prolonging_event END AS prolonging_event
FROM statuses_on_day;

COMMENT ON MACRO TABLE agreement_status IS 'agreement_status(as_of, horizon_days := 180): for every agreement its one status on a day, with the period as known on that day and the days left';

CREATE MACRO partner_status(as_of, horizon_days := 180) AS TABLE
WITH
on_day AS (
    SELECT s.*, statuses.position, statuses.in_force, w.announced_from
    FROM agreement_status(as_of, horizon_days := horizon_days) AS s
    JOIN agreement_windows AS w USING (agreement_id)
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
