-- What the status needs and no day changes: windows, and the events that touch them. docs/status.md has the rules
-- in words. It can run again when rows have changed.

CREATE OR REPLACE MACRO is_doubtful(edtf) AS edtf LIKE '%?' OR edtf LIKE '%~';
COMMENT ON MACRO is_doubtful IS 'Whether a date (EDTF) is marked as uncertain or approximate';

CREATE OR REPLACE MACRO is_exact(edtf) AS edtf SIMILAR TO '\d{4}-\d{2}-\d{2}';
COMMENT ON MACRO is_exact IS 'Whether a date (EDTF) names one day, without doubt';

CREATE OR REPLACE MACRO last_day_of(begin, length) AS CAST(begin + length AS DATE)
    - CASE WHEN day(begin + to_months(12 * datepart('year', length) + datepart('month', length))) = day(begin) THEN 1 ELSE 0 END;
COMMENT ON MACRO last_day_of IS 'The last day of a length (INTERVAL) of which the begin is the first: the day before the same day that many months later, or the last of that month where it has no such day';

CREATE OR REPLACE TABLE partner_details AS
WITH named AS (
    SELECT
        partner_id,
        -- Two of one name are told apart by their ids.
        partners.name || CASE WHEN count(*) OVER (PARTITION BY partners.name) > 1 THEN ' (' || partner_id || ')' ELSE '' END
            AS partner,
        kind AS partner_kind,
        country_code,
        countries.name AS country,
        region,
        subregion
    FROM partners
    SEMI JOIN agreements USING (partner_id)
    LEFT JOIN countries USING (country_code)
    LEFT JOIN regions USING (country_code)
)
SELECT
    (row_number() OVER (ORDER BY partner_id) - 1)::INTEGER AS partner_number,
    dense_rank() OVER (ORDER BY strip_accents(partner))::INTEGER AS partner_place,
    partner_id,
    partner,
    (row_number() OVER (ORDER BY country, partner, partner_id) - 1)::INTEGER AS turn_by_country,
    named.* EXCLUDE (partner_id, partner)
-- A status needs no more of a partner than its agreements.
FROM (SELECT DISTINCT partner_id FROM agreements) LEFT JOIN named USING (partner_id)
ORDER BY partner_number;

COMMENT ON TABLE partner_details IS 'Each partner with agreements in one row, and what other tables say of it, in words';
COMMENT ON COLUMN partner_details.partner_number IS 'Its place in the order of ids, from 0';
COMMENT ON COLUMN partner_details.partner_id IS 'The partner';
COMMENT ON COLUMN partner_details.partner IS 'Name of the partner';
COMMENT ON COLUMN partner_details.partner_place IS 'The place of that name in lists, from 1; names that differ in their accents alone share one';
COMMENT ON COLUMN partner_details.turn_by_country IS 'Its place in lists by country and name, from 0';
COMMENT ON COLUMN partner_details.partner_kind IS 'Kind of the partner';
COMMENT ON COLUMN partner_details.country_code IS 'Country of the partner (ISO 3166-1 alpha-2)';
COMMENT ON COLUMN partner_details.country IS 'Name of the country';
COMMENT ON COLUMN partner_details.region IS 'Region of the country (UN M49)';
COMMENT ON COLUMN partner_details.subregion IS 'Sub-region of the country (UN M49)';

CREATE OR REPLACE TABLE agreement_windows AS
WITH announcements AS (
    SELECT agreement_id, count(*) AS announcements, min(date_last) AS announced_from
    FROM events
    WHERE event = 'announced' AND agreement_id IS NOT NULL
    GROUP BY agreement_id
),
happenings AS (
    SELECT agreement_id, min(date_last) AS happened_from
    FROM events
    WHERE event <> 'announced' AND agreement_id IS NOT NULL
    GROUP BY agreement_id
),
signings AS (
    SELECT
        agreements.*,
        partner_number,
        partner_place,
        announced_from,
        coalesce(announcements, 0) > 0 AND signed_on IS NULL AND reported_on IS NULL AS only_announced,
        -- Certain from the day itself, the last day of a partial date, or what shows it before: a report, an event.
        CASE
            WHEN signed_on_first = signed_on_last THEN signed_on_last
            WHEN signed_on IS NOT NULL OR reported_on IS NOT NULL
                THEN least(signed_on_last, reported_on_last, happened_from)
        END AS certain_from
    FROM agreements
    JOIN partner_details USING (partner_id)
    LEFT JOIN announcements USING (agreement_id)
    LEFT JOIN happenings USING (agreement_id)
),
ends AS (
    SELECT
        *,
        -- A length counts from the stated begin, whose first day is part of it, else from the signing.
        CASE
            WHEN term IS NULL THEN NULL
            WHEN valid_from IS NULL THEN CAST(certain_from + term_length AS DATE)
            -- Of a begin that is not known to the day the first would be too early.
            ELSE greatest(last_day_of(valid_from_first, term_length), signed_on_first)
        END AS term_end,
        CASE WHEN valid_from IS NULL THEN signed_on ELSE valid_from END AS counted_from,
        coalesce(valid_to_last, term_end) AS ends_on
    FROM signings
),
begins AS (
    SELECT
        *,
        -- What had run out by then was signed before.
        coalesce(certain_from > ends_on, false) AS too_late,
        CASE
            WHEN too_late THEN coalesce(greatest(valid_from_first, signed_on_first), valid_to_first)
            ELSE certain_from
        END AS signed_from,
        greatest(valid_from_first, signed_from) AS begins_on
    FROM ends
)
SELECT
    (row_number() OVER (ORDER BY agreement_id) - 1)::INTEGER AS number,
    agreement_id,
    partner_id,
    partner_number,
    partner_place,
    only_announced,
    announced_from,
    signed_from,
    CASE WHEN NOT only_announced THEN coalesce(signed_from, begins_on) END AS counts_from,
    CASE WHEN only_announced OR counts_from IS NOT NULL THEN least(counts_from, announced_from) END AS known_from,
    begins_on,
    begins_on IS NOT NULL AND (
        too_late
        OR coalesce(is_doubtful(valid_from), false)
        OR (coalesce(valid_from_first < begins_on, true) AND NOT coalesce(is_exact(signed_on), false))
    ) AS begin_approximate,
    ends_on,
    CASE
        WHEN valid_to IS NOT NULL THEN 'stated'
        WHEN term_end IS NOT NULL THEN 'term'
        ELSE 'none'
    END AS end_basis,
    CASE end_basis
        WHEN 'stated' THEN is_doubtful(valid_to)
        WHEN 'term' THEN NOT coalesce(is_exact(counted_from), false)
        ELSE false
    END AS end_approximate,
    CASE
        WHEN end_basis = 'stated' THEN valid_to
        WHEN NOT end_approximate THEN strftime(term_end, '%Y-%m-%d')
        -- No more exact than what it is counted from; a report alone gives the month.
        WHEN counted_from SIMILAR TO '\d{4}.?' THEN strftime(term_end, '%Y') || '~'
        ELSE strftime(term_end, '%Y-%m') || '~'
    END AS window_end,
    NOT only_announced AND coalesce(valid_from_first, signed_from) IS NULL AS is_undated
FROM begins
ORDER BY number;

COMMENT ON TABLE agreement_windows IS 'For each agreement its validity period, as far as it does not depend on a day';
COMMENT ON COLUMN agreement_windows.number IS 'Its place in the order of ids, from 0';
COMMENT ON COLUMN agreement_windows.agreement_id IS 'The agreement';
COMMENT ON COLUMN agreement_windows.partner_id IS 'The partner';
COMMENT ON COLUMN agreement_windows.partner_number IS 'The place of the partner in the order of ids of those with agreements, from 0';
COMMENT ON COLUMN agreement_windows.partner_place IS 'The place of the name of the partner in lists, from 1; names that differ in their accents alone share one';
COMMENT ON COLUMN agreement_windows.only_announced IS 'No source reports a signing';
COMMENT ON COLUMN agreement_windows.announced_from IS 'First day on which it is certain that it was announced';
COMMENT ON COLUMN agreement_windows.signed_from IS 'Day from which its signing counts: the first on which it is certain or, if it had run out by then, the first that its period and its signing allow';
COMMENT ON COLUMN agreement_windows.counts_from IS 'Day from which it counts as signed: its signing as it counts or, where no source gives one, the stated begin; empty for what is only announced or has no date';
COMMENT ON COLUMN agreement_windows.known_from IS 'First day on which it is known, signed or announced; empty: no date tells, so it is on every day';
COMMENT ON COLUMN agreement_windows.begins_on IS 'First day of the period: the later of the stated begin and the signing';
COMMENT ON COLUMN agreement_windows.begin_approximate IS 'Whether the begin is uncertain: no day of signing is known for it, or so stated';
COMMENT ON COLUMN agreement_windows.ends_on IS 'Last day of the period, if sources give an end or a length';
COMMENT ON COLUMN agreement_windows.end_basis IS 'Where the end comes from: stated, term (begin or signing plus length) or none';
COMMENT ON COLUMN agreement_windows.end_approximate IS 'Whether the end is uncertain: a length counted from an uncertain begin or signing, or so stated';
COMMENT ON COLUMN agreement_windows.window_end IS 'The end at its own precision (EDTF)';
COMMENT ON COLUMN agreement_windows.is_undated IS 'Signed, and no source gives a date that tells when its period began';

CREATE OR REPLACE TABLE agreement_events AS
WITH happened AS (
    -- One of a whole partnership happens to each of its agreements. An OR in the join would compare each with each.
    SELECT agreement_id AS concerned, * FROM events WHERE agreement_id IS NOT NULL
    UNION ALL
    SELECT a.agreement_id AS concerned, e.*
    FROM events AS e JOIN agreements AS a USING (partner_id)
    WHERE e.agreement_id IS NULL
),
concerning AS (
    SELECT
        w.number,
        w.agreement_id,
        w.ends_on,
        e.event_id,
        e.event,
        e.date,
        -- A partial date counts from its last day.
        e.date_last AS happened_on,
        e.agreement_id IS NOT NULL AND e.event IN ('extended', 'renewed') AS prolongs_it,
        CASE WHEN prolongs_it THEN e.valid_to END AS new_end,
        CASE WHEN prolongs_it THEN e.valid_to_last END AS new_end_last,
        -- Of two on one day the later id, so that the answer does not depend on the order of rows.
        strftime(happened_on, '%Y-%m-%d') || e.event_id AS place
    FROM agreement_windows AS w
    JOIN happened AS e ON e.concerned = w.agreement_id
    WHERE e.date_last >= coalesce(w.signed_from, e.date_last)
)
SELECT
    number,
    agreement_id,
    event_id,
    event,
    date,
    happened_on,
    place,
    prolongs_it,
    new_end,
    new_end_last,
    event IN ('terminated', 'replaced')
        AND happened_on <= coalesce(
            arg_max(new_end_last, place) FILTER (new_end_last IS NOT NULL) OVER (
                PARTITION BY agreement_id ORDER BY happened_on RANGE UNBOUNDED PRECEDING
            ),
            ends_on,
            happened_on
        ) AS ends_it
FROM concerning;

COMMENT ON TABLE agreement_events IS 'What happened to each agreement from its signing on, alone or with its whole partnership';
COMMENT ON COLUMN agreement_events.number IS 'The number of the agreement';
COMMENT ON COLUMN agreement_events.agreement_id IS 'The agreement';
COMMENT ON COLUMN agreement_events.event_id IS 'The event';
COMMENT ON COLUMN agreement_events.event IS 'What happened';
COMMENT ON COLUMN agreement_events.date IS 'When (EDTF)';
COMMENT ON COLUMN agreement_events.happened_on IS 'First day on which it is certain that it has happened';
COMMENT ON COLUMN agreement_events.place IS 'Its place among the events: by day, then by id';
COMMENT ON COLUMN agreement_events.prolongs_it IS 'Whether it extends or renews the agreement';
COMMENT ON COLUMN agreement_events.new_end IS 'The new end that it gives the period (EDTF), from its day on';
COMMENT ON COLUMN agreement_events.new_end_last IS 'Last day that the new end may mean';
COMMENT ON COLUMN agreement_events.ends_it IS 'Whether it ends the agreement before its period ends';
