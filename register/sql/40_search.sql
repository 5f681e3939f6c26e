-- Search over names in all scripts, titles, areas and signatories. fold() is that of etl/text.py, which
-- also folds what is searched for.

CREATE TABLE agreement_search AS
WITH names AS (
    SELECT partner_id, string_agg(name, ' ') AS names
    FROM (
        SELECT partner_id, concat_ws(' ', name, name_native, partner_id) AS name FROM partners
        UNION ALL
        SELECT partner_id, name FROM partner_names
    )
    GROUP BY partner_id
),
parts AS (
    SELECT country_code, string_agg(name, ' ') AS names
    FROM region_countries
    GROUP BY country_code
),
labels AS (
    SELECT agreement_id, string_agg(DISTINCT concat_ws(' ', areas.name, label), ' ') AS labels
    FROM agreement_areas JOIN areas USING (area_id)
    GROUP BY agreement_id
)
SELECT
    a.agreement_id,
    fold(concat_ws(' ', names.names, countries.name, countries.translations, parts.names, a.title, labels.labels, a.moscow_signatory,
        a.partner_signatory, a.signed_in, a.agreement_id)) AS text
FROM agreements AS a
JOIN partners USING (partner_id)
JOIN countries USING (country_code)
JOIN names USING (partner_id)
LEFT JOIN parts USING (country_code)
LEFT JOIN labels USING (agreement_id);

COMMENT ON TABLE agreement_search IS 'What the search of the dashboard looks through, an agreement a row';
COMMENT ON COLUMN agreement_search.agreement_id IS 'The agreement';
COMMENT ON COLUMN agreement_search.text IS 'Names of its partner, country and region, title, areas, labels and signatories, and place of signing: lower case, without accents, a space for every other sign but a hyphen between digits';

CREATE TABLE search_names AS
WITH spelt AS (
    SELECT name, partner_id, unnest([name, name_native]) AS spelling FROM partners
    UNION
    SELECT partners.name, partner_id, partner_names.name FROM partner_names JOIN partners USING (partner_id)
    UNION
    SELECT name, NULL, name FROM countries SEMI JOIN partners USING (country_code)
    UNION
    SELECT name, NULL, name FROM region_countries
)
SELECT name, partner_id, fold(spelling) AS form FROM spelt WHERE spelling IS NOT NULL;

COMMENT ON TABLE search_names IS 'Names by which partners are found in a list, and that may have been meant when a search finds nothing';
COMMENT ON COLUMN search_names.name IS 'The English name of a partner, a country or a region';
COMMENT ON COLUMN search_names.partner_id IS 'The partner; empty for a country or a region';
COMMENT ON COLUMN search_names.form IS 'One of its names, folded as agreement_search.text';
