-- Search over names in all scripts, titles, areas and signatories; case and accents do not matter.

CREATE MACRO search_form(text) AS translate(strip_accents(lower(text)), 'ıłøđŧħ’‘ʼ', 'ilodth''''''');
COMMENT ON MACRO search_form IS 'The text as search compares it: lower case, without accents';

CREATE MACRO search_words(text) AS list_filter(string_split(search_form(text), ' '), lambda word: word <> '');
COMMENT ON MACRO search_words IS 'The words to search for, all of which must fit';

CREATE TABLE agreement_search AS
WITH names AS (
    SELECT partner_id, string_agg(name, ' ') AS names
    FROM (
        SELECT partner_id, concat_ws(' ', name, name_native, replace(partner_id, '-', ' ')) AS name FROM partners
        UNION ALL
        SELECT partner_id, name FROM partner_names
    )
    GROUP BY partner_id
),
labels AS (
    SELECT agreement_id, string_agg(DISTINCT concat_ws(' ', areas.name, label), ' ') AS labels
    FROM agreement_areas JOIN areas USING (area_id)
    GROUP BY agreement_id
)
SELECT
    a.agreement_id,
    search_form(concat_ws(' ', names.names, countries.name, countries.translations, a.title, labels.labels, a.moscow_signatory,
        a.partner_signatory, a.signed_in, replace(a.agreement_id, '-', ' '))) AS text
FROM agreements AS a
JOIN partners USING (partner_id)
JOIN countries USING (country_code)
JOIN names USING (partner_id)
LEFT JOIN labels USING (agreement_id);

COMMENT ON TABLE agreement_search IS 'What the search of the dashboard looks through, an agreement a row';
COMMENT ON COLUMN agreement_search.agreement_id IS 'The agreement';
COMMENT ON COLUMN agreement_search.text IS 'Names of its partner, title, areas, labels and signatories, in the form of search_form()';
