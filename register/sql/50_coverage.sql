-- How much the register knows: of its agreements, how many have what.

CREATE VIEW agreement_coverage AS
SELECT
    a.agreement_id,
    a.signed_on IS NOT NULL AND a.signed_on_first = a.signed_on_last AS has_signing_day,
    a.signed_on IS NOT NULL AS has_signing_date,
    a.valid_from IS NOT NULL AND a.valid_to IS NOT NULL AS has_period,
    w.ends_on IS NOT NULL AS has_end,
    a.agreement_id IN (SELECT agreement_id FROM agreement_areas) AS has_areas,
    a.moscow_signatory IS NOT NULL OR a.partner_signatory IS NOT NULL AS has_signatory,
    cited.independent_sources,
    cited.has_official_source,
    a.agreement_id IN (SELECT record_id FROM disagreements) AS is_disputed,
    w.is_undated,
    w.only_announced
FROM agreements AS a
JOIN agreement_windows AS w USING (agreement_id)
JOIN (
    SELECT
        record_id,
        -- A page that repeats another's text is no second witness.
        count(DISTINCT coalesce(origin, publisher)) AS independent_sources,
        bool_or(kind IN ('official', 'legal_text')) AS has_official_source
    FROM record_sources JOIN sources USING (source_id)
    GROUP BY record_id
) AS cited ON cited.record_id = a.agreement_id;

COMMENT ON VIEW agreement_coverage IS 'What is known of each agreement';
COMMENT ON COLUMN agreement_coverage.agreement_id IS 'The agreement';
COMMENT ON COLUMN agreement_coverage.has_signing_day IS 'The day of signing is known';
COMMENT ON COLUMN agreement_coverage.has_signing_date IS 'A date of signing is known, be it only the year';
COMMENT ON COLUMN agreement_coverage.has_period IS 'Sources state begin and end of its validity';
COMMENT ON COLUMN agreement_coverage.has_end IS 'An end is stated, or follows from a stated length';
COMMENT ON COLUMN agreement_coverage.has_areas IS 'A source names areas of cooperation';
COMMENT ON COLUMN agreement_coverage.has_signatory IS 'A source names at least one who signed';
COMMENT ON COLUMN agreement_coverage.independent_sources IS 'Publishers that report it, those that repeat one text counted once';
COMMENT ON COLUMN agreement_coverage.has_official_source IS 'An official page or a legal text is among its sources';
COMMENT ON COLUMN agreement_coverage.is_disputed IS 'Sources disagree on a field';
COMMENT ON COLUMN agreement_coverage.is_undated IS 'Signed, and no source gives a date that tells when its period began';
COMMENT ON COLUMN agreement_coverage.only_announced IS 'No source reports a signing';

CREATE VIEW coverage AS
SELECT measure, number, agreements
FROM (
    UNPIVOT (
        SELECT
            count(*) AS agreements,
            count(*) FILTER (has_signing_day) AS "day of signing known",
            count(*) FILTER (has_signing_date) AS "date of signing known, at least the year",
            count(*) FILTER (has_period) AS "period of validity stated",
            count(*) FILTER (has_end) AS "end known, stated or from a length",
            count(*) FILTER (has_areas) AS "areas named",
            count(*) FILTER (has_signatory) AS "a signatory named",
            count(*) FILTER (independent_sources >= 2) AS "two or more independent sources",
            count(*) FILTER (has_official_source) AS "an official source or legal text",
            count(*) FILTER (is_disputed) AS "sources disagree on a field",
            count(*) FILTER (only_announced) AS "announced, no signing known",
            count(*) FILTER (is_undated) AS "undated"
        FROM agreement_coverage
    )
    ON COLUMNS(* EXCLUDE (agreements))
    INTO NAME measure VALUE number
);

COMMENT ON VIEW coverage IS 'Of all agreements, how many have what';
COMMENT ON COLUMN coverage.measure IS 'What is counted';
COMMENT ON COLUMN coverage.number IS 'How many agreements have it';
COMMENT ON COLUMN coverage.agreements IS 'Of how many agreements';
