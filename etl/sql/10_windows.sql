-- What the status needs and no day changes: windows, and the events that touch them. docs/status.md has the rules
-- in words. It can run again when rows have changed.

CREATE OR REPLACE TABLE agreement_windows AS
WITH announcements AS (
    SELECT agreement_id, count(*) AS announcements, min(date_last) AS announced_from
    FROM events
    WHERE event = 'announced' AND agreement_id IS NOT NULL
    GROUP BY agreement_id
),
signings AS (
    SELECT
        agreements.*,
        announced_from,
        coalesce(announcements, 0) > 0 AND signed_on IS NULL AND reported_on IS NULL AS only_announced,
        -- Certain from the day itself, the last day of a partial date, or the first report if that is earlier.
        CASE
            WHEN signed_on_first = signed_on_last THEN signed_on_last
            ELSE least(signed_on_last, reported_on_last)
        END AS signed_from,
        -- A length counts from the stated begin, whose first day is part of it, else from the signing.
        CAST(coalesce(valid_from_first, signed_from) + term_length AS DATE)
            - CASE WHEN valid_from IS NULL THEN 0 ELSE 1 END AS term_end,
        CASE WHEN valid_from IS NULL THEN signed_on ELSE valid_from END AS counted_from,
        counted_from SIMILAR TO '\d{4}-\d{2}-\d{2}' AS term_exact
    FROM agreements
    LEFT JOIN announcements USING (agreement_id)
)
SELECT
    agreement_id,
    partner_id,
    only_announced,
    announced_from,
    signed_from,
    greatest(valid_from_first, signed_from) AS begins_on,
    coalesce(valid_to_last, term_end) AS ends_on,
    CASE
        WHEN valid_to IS NOT NULL THEN 'stated'
        WHEN term_end IS NOT NULL THEN 'term'
        ELSE 'none'
    END AS end_basis,
    CASE
        WHEN valid_to IS NOT NULL THEN valid_to LIKE '%?' OR valid_to LIKE '%~'
        WHEN term_end IS NOT NULL THEN NOT coalesce(term_exact, false)
        ELSE false
    END AS end_approximate,
    CASE
        WHEN valid_to IS NOT NULL THEN valid_to
        WHEN coalesce(term_exact, false) THEN strftime(term_end, '%Y-%m-%d')
        -- No more exact than what it is counted from; a report alone gives the month.
        WHEN counted_from SIMILAR TO '\d{4}.?' THEN strftime(term_end, '%Y') || '~'
        ELSE strftime(term_end, '%Y-%m') || '~'
    END AS window_end,
    NOT only_announced AND coalesce(valid_from_first, signed_from) IS NULL AS is_undated
FROM signings;

COMMENT ON TABLE agreement_windows IS 'For each agreement its validity window, as far as it does not depend on a day';
COMMENT ON COLUMN agreement_windows.agreement_id IS 'The agreement';
COMMENT ON COLUMN agreement_windows.partner_id IS 'The partner';
COMMENT ON COLUMN agreement_windows.only_announced IS 'No source reports a signing';
COMMENT ON COLUMN agreement_windows.announced_from IS 'First day on which it is certain that it was announced';
COMMENT ON COLUMN agreement_windows.signed_from IS 'First day on which it is certain that it is signed';
COMMENT ON COLUMN agreement_windows.begins_on IS 'First day of the window: the later of the stated begin and the signing';
COMMENT ON COLUMN agreement_windows.ends_on IS 'Last day of the window, if sources give an end or a length';
COMMENT ON COLUMN agreement_windows.end_basis IS 'Where the end comes from: stated, term (begin or signing plus length) or none';
COMMENT ON COLUMN agreement_windows.end_approximate IS 'Whether the end is uncertain: a length counted from an uncertain begin or signing, or so stated';
COMMENT ON COLUMN agreement_windows.window_end IS 'The end at its own precision (EDTF)';
COMMENT ON COLUMN agreement_windows.is_undated IS 'Signed, and no source gives a date that tells when its window began';

CREATE OR REPLACE TABLE agreement_events AS
SELECT
    w.agreement_id,
    e.event_id,
    e.event,
    e.date,
    -- A partial date counts from its last day.
    e.date_last AS happened_on,
    e.event IN ('terminated', 'replaced') AND e.date_last <= coalesce(w.ends_on, e.date_last) AS ends_it
FROM agreement_windows AS w
JOIN events AS e ON e.agreement_id = w.agreement_id OR (e.agreement_id IS NULL AND e.partner_id = w.partner_id)
WHERE e.date_last >= coalesce(w.signed_from, e.date_last);

COMMENT ON TABLE agreement_events IS 'What happened to each agreement from its signing on, alone or with its whole partnership';
COMMENT ON COLUMN agreement_events.agreement_id IS 'The agreement';
COMMENT ON COLUMN agreement_events.event_id IS 'The event';
COMMENT ON COLUMN agreement_events.event IS 'What happened';
COMMENT ON COLUMN agreement_events.date IS 'When (EDTF)';
COMMENT ON COLUMN agreement_events.happened_on IS 'First day on which it is certain that it has happened';
COMMENT ON COLUMN agreement_events.ends_it IS 'Whether it ends the agreement before its window ends';
