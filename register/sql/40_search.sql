-- Search over names in all scripts, titles, areas and signatories. fold() is that of etl/text.py, which
-- also folds what is searched for.

CREATE TABLE agreement_search AS
-- What fold() makes of texts parted by a space it also makes of each alone, and a word has no space: what many
-- agreements share is folded once and looked through once.
WITH texts AS (
    SELECT agreement_id AS text, [number] AS agreements FROM agreement_details
    UNION ALL
    SELECT text, list(number ORDER BY number)
    FROM (
        SELECT number, unnest([title, moscow_signatory, partner_signatory, signed_in]) AS text
        FROM agreement_details
    )
    WHERE text IS NOT NULL
    GROUP BY text
    UNION ALL
    SELECT concat_ws(' ', areas.name, label), list(DISTINCT number ORDER BY number)
    FROM agreement_areas
    JOIN areas USING (area_id)
    JOIN agreement_windows USING (agreement_id)
    GROUP BY area_id, areas.name, label
    UNION ALL
    SELECT concat_ws(' ', name, name_native, partner_id, spellings), agreements
    FROM partners
    LEFT JOIN (
        SELECT partner_id, string_agg(name, ' ' ORDER BY name) AS spellings FROM partner_names GROUP BY partner_id
    ) USING (partner_id)
    JOIN (
        SELECT partner_id, list(number ORDER BY number) AS agreements FROM agreement_windows GROUP BY partner_id
    ) USING (partner_id)
    UNION ALL
    SELECT concat_ws(' ', countries.name, translations, parts.names), agreements
    FROM countries
    LEFT JOIN (
        SELECT country_code, string_agg(name, ' ' ORDER BY name) AS names FROM region_countries GROUP BY country_code
    ) AS parts USING (country_code)
    JOIN (
        SELECT country_code, list(number ORDER BY number) AS agreements FROM agreement_details GROUP BY country_code
    ) USING (country_code)
)
SELECT fold(text) AS form, agreements FROM texts;

COMMENT ON TABLE agreement_search IS 'What the search of the dashboard looks through, a text of one or more agreements a row';
COMMENT ON COLUMN agreement_search.form IS 'Names of a partner, of a country with its regions, a title, an area as labelled, a signatory, a place of signing or an id: lower case, without accents, a space for every other sign but a hyphen between digits';
COMMENT ON COLUMN agreement_search.agreements IS 'The numbers of the agreements that it is of';

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
COMMENT ON COLUMN search_names.form IS 'One of its names, folded as agreement_search.form';
