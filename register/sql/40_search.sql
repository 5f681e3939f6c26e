-- Search over names in all scripts, titles, areas and signatories. fold() is that of etl/text.py, which
-- also folds what is searched for.

CREATE TABLE agreement_search AS
WITH
-- What fold() makes of texts parted by a space it also makes of each alone: a text of many rows is folded once.
forms AS (
    SELECT text, nullif(fold(text), '') AS form
    FROM (
        SELECT DISTINCT unnest([title, moscow_signatory, partner_signatory, signed_in]) AS text FROM agreements
    )
    WHERE text IS NOT NULL
),
names AS (
    SELECT partner_id, country_code, string_agg(form, ' ' ORDER BY form) AS forms
    FROM (
        SELECT partner_id, fold(concat_ws(' ', name, name_native, partner_id)) AS form FROM partners
        UNION ALL
        SELECT partner_id, nullif(fold(name), '') FROM partner_names
    )
    JOIN partners USING (partner_id)
    GROUP BY partner_id, country_code
),
parts AS (
    SELECT country_code, string_agg(name, ' ' ORDER BY name) AS names
    FROM region_countries
    GROUP BY country_code
),
places AS (
    SELECT country_code, fold(concat_ws(' ', countries.name, translations, parts.names)) AS forms
    FROM countries
    LEFT JOIN parts USING (country_code)
),
label_forms AS (
    SELECT area_id, label, fold(concat_ws(' ', areas.name, label)) AS form
    FROM (SELECT DISTINCT area_id, label FROM agreement_areas)
    JOIN areas USING (area_id)
),
labels AS (
    SELECT agreement_id, array_to_string(list_sort(list(DISTINCT form)), ' ') AS forms
    FROM agreement_areas
    JOIN label_forms USING (area_id, label)
    GROUP BY agreement_id
)
SELECT
    a.agreement_id,
    concat_ws(' ', names.forms, places.forms, titles.form, labels.forms, of_moscow.form, of_partner.form, towns.form,
        fold(a.agreement_id)) AS text
FROM agreements AS a
JOIN names USING (partner_id)
JOIN places USING (country_code)
JOIN forms AS titles ON titles.text = a.title
LEFT JOIN forms AS of_moscow ON of_moscow.text = a.moscow_signatory
LEFT JOIN forms AS of_partner ON of_partner.text = a.partner_signatory
LEFT JOIN forms AS towns ON towns.text = a.signed_in
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
