-- What other lists claim, beside what the register has by now.

CREATE TABLE list_findings AS
WITH known AS (
    SELECT country_code, partner_id, kind, name FROM partners
    UNION
    SELECT country_code, partner_id, kind, partner_names.name
    FROM partner_names JOIN partners USING (partner_id)
),
-- A partner that came later is found by its name; of several the city is meant.
named AS (
    SELECT
        country_code,
        lower(strip_accents(name)) AS form,
        arg_min(partner_id, (kind <> 'city', partner_id)) AS partner_id
    FROM known
    GROUP BY ALL
)
SELECT
    m.partner,
    m.country_code,
    countries.name AS country,
    p.partner_id,
    p.name AS partner_name,
    m.list,
    m.address,
    CASE WHEN p.partner_id IS NULL THEN m.outcome ELSE 'found' END AS outcome,
    m.looked_for_until,
    CASE WHEN m.partner_id IS NOT NULL OR p.partner_id IS NULL THEN m.note END AS note
FROM list_mentions AS m
JOIN countries USING (country_code)
LEFT JOIN named
    ON named.country_code = m.country_code
    AND named.form = lower(strip_accents(regexp_replace(m.partner, ' \(.*\)$', '')))
LEFT JOIN partners AS p ON p.partner_id = coalesce(m.partner_id, named.partner_id);

COMMENT ON TABLE list_findings IS 'The mentions of other lists, each with its partner of the register, also one that came later';
COMMENT ON COLUMN list_findings.partner IS 'The name as listed, in English';
COMMENT ON COLUMN list_findings.country_code IS 'ISO 3166-1 alpha-2 code';
COMMENT ON COLUMN list_findings.country IS 'English short name of the country';
COMMENT ON COLUMN list_findings.partner_id IS 'The partner of the register; empty: it is not in the register';
COMMENT ON COLUMN list_findings.partner_name IS 'Its name in the register';
COMMENT ON COLUMN list_findings.list IS 'The encyclopaedia, dataset or page that names it';
COMMENT ON COLUMN list_findings.address IS 'Where the list can be read';
COMMENT ON COLUMN list_findings.outcome IS 'found, also where the register has the partner by now, or not_found';
COMMENT ON COLUMN list_findings.looked_for_until IS 'The day until which one looked';
COMMENT ON COLUMN list_findings.note IS 'What was found in the place of a document, while the register has none';
