-- The state of agreements and partners on a day, for pages, exports and any DuckDB client.

CREATE MACRO is_near(ends_on, as_of, horizon_days) AS
ends_on - CAST(as_of AS DATE) <= CAST(horizon_days AS INTEGER);

COMMENT ON MACRO is_near IS 'is_near(ends_on, as_of, horizon_days): whether an end lies within the horizon, or is past';

CREATE MACRO states_on_day(as_of, horizon_days := 180) AS TABLE
SELECT
    * EXCLUDE (since, until, status_near_end, status_name_near_end, position, position_near_end)
    REPLACE (
        CASE WHEN is_near(ends_on, as_of, horizon_days) THEN status_near_end ELSE status END AS status,
        CASE WHEN is_near(ends_on, as_of, horizon_days) THEN status_name_near_end ELSE status_name END AS status_name
    ),
    CASE WHEN is_near(ends_on, as_of, horizon_days) THEN position_near_end ELSE position END AS status_position,
    CAST(as_of AS DATE) AS as_of,
    CASE WHEN status IN ('active', 'expiring', 'upcoming', 'suspended') THEN ends_on - CAST(as_of AS DATE) END AS days_left
FROM agreement_states
WHERE CAST(as_of AS DATE) BETWEEN since AND until;

COMMENT ON MACRO TABLE states_on_day IS 'states_on_day(as_of, horizon_days := 180): the row of agreement_states of every agreement on a day, with the days left; enough to count and to order agreements';

CREATE MACRO agreement_status(as_of, horizon_days := 180) AS TABLE
SELECT
    w.agreement_id,
    w.partner_id,
    s.as_of,
    s.status,
    s.begins_on,
    s.begin_approximate,
    s.ends_on,
    s.end_basis,
    s.end_approximate,
    s.window_end,
    s.days_left,
    s.deciding_event,
    s.prolonging_event
FROM states_on_day(as_of, horizon_days := horizon_days) AS s
JOIN agreement_windows AS w USING (number);

COMMENT ON MACRO TABLE agreement_status IS 'agreement_status(as_of, horizon_days := 180): for every agreement its one status on a day, with the period as known on that day and the days left';

CREATE MACRO partner_status(as_of, horizon_days := 180) AS TABLE
WITH
kinds AS (
    SELECT
        position AS status_position,
        status = 'announced' AS planned,
        status IN ('expired', 'terminated') AS over,
        status IN ('active', 'expiring', 'upcoming') AS has_window,
        status = 'suspended' AS suspended
    FROM statuses
    WHERE status <> 'future'
),
per_partner AS (
    SELECT
        partner_number,
        min(status_position) AS position,
        min(status_position) FILTER (NOT planned) AS position_unless_planned,
        max(announced_from) FILTER (planned) AS planned_from,
        count(*) AS agreements,
        count(*) FILTER (in_force) AS in_force,
        min(ends_on) FILTER (in_force) AS next_end,
        -- The day and the number in one. Of two that ended on one day the first id, so that the answer does not depend on
        -- the order of rows.
        max((ends_on - DATE '0001-01-01') * 10_000_000_000 + 9_999_999_999 - number) FILTER (over) AS last_ended,
        DATE '0001-01-01' + (last_ended // 10_000_000_000)::INTEGER AS last_end,
        max(begins_on) FILTER (NOT over AND NOT planned) AS last_begin,
        bool_or(has_window OR suspended AND ends_on IS NOT NULL) AS window_open,
        last_end IS NOT NULL AND NOT window_open AND NOT coalesce(last_begin > last_end, false) AS lapsed,
        CASE WHEN lapsed THEN 9_999_999_999 - last_ended % 10_000_000_000 END AS lapsed_number
    FROM states_on_day(as_of, horizon_days := horizon_days)
    JOIN kinds USING (status_position)
    GROUP BY partner_number
),
endings AS (
    SELECT partner_id, max(date_last) AS ended_on
    FROM events
    WHERE event IN ('terminated', 'replaced') AND date_last <= CAST(as_of AS DATE)
    GROUP BY partner_id
)
SELECT
    partner_id,
    CAST(as_of AS DATE) AS as_of,
    statuses.status,
    agreements,
    p.in_force,
    next_end,
    lapsed,
    CASE WHEN lapsed THEN last_end END AS lapsed_on,
    lapsed_agreement
FROM per_partner AS p
JOIN partner_details USING (partner_number)
-- Few have lapsed: to look up an agreement of each took longer.
LEFT JOIN (SELECT number AS lapsed_number, agreement_id AS lapsed_agreement FROM agreement_windows) USING (lapsed_number)
LEFT JOIN endings USING (partner_id)
JOIN statuses ON statuses.position = CASE
    -- A plan revives nothing that was ended after it.
    WHEN ended_on IS NULL OR planned_from > ended_on THEN p.position
    ELSE coalesce(position_unless_planned, p.position)
END;

COMMENT ON MACRO TABLE partner_status IS 'partner_status(as_of, horizon_days := 180): for every partner with an agreement known by the day its status, the first in the order of statuses among its agreements, and whether it has lapsed: its last dated period ended without a successor';
