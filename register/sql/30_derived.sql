-- What pages and outside readers need beside the tables.

-- Numbers are compared and counted faster than words.
CREATE TEMP TABLE publishing_days AS
SELECT published_on, published_on_last, row_number() OVER (ORDER BY published_on_last, published_on)::INTEGER AS turn
FROM (SELECT DISTINCT published_on, published_on_last FROM sources WHERE published_on IS NOT NULL);

CREATE TEMP TABLE witnesses AS
WITH pages AS (
    SELECT source_id, (row_number() OVER () - 1)::INTEGER AS place, coalesce(origin, publisher) AS author, published_on FROM sources
),
voices AS (
    SELECT author, row_number() OVER ()::INTEGER AS voice FROM (SELECT DISTINCT author FROM pages)
)
SELECT source_id, place, voice, turn
FROM pages
JOIN voices USING (author)
LEFT JOIN publishing_days USING (published_on);

CREATE TEMP TABLE versions AS
SELECT
    record_id,
    field,
    value,
    any_value(value_first) AS value_first,
    any_value(value_last) AS value_last,
    count(*) AS sources,
    min(voice) = max(voice) AS of_one,
    max(turn) AS turn
FROM statements JOIN witnesses USING (source_id)
GROUP BY record_id, field, value;

CREATE TEMP TABLE known_records AS
WITH partnerships AS (
    SELECT partner_id, CASE WHEN count(*) = count(known_from) THEN min(known_from) END AS known_from
    FROM agreement_windows
    GROUP BY partner_id
)
SELECT agreement_id AS record_id, number, known_from FROM agreement_windows
UNION ALL
SELECT
    event_id,
    NULL,
    CASE
        -- On no day that can be asked for.
        WHEN p.partner_id IS NULL THEN DATE '9999-12-31'
        ELSE greatest(date_last, CASE WHEN e.agreement_id IS NULL THEN p.known_from ELSE w.known_from END)
    END
FROM events AS e
LEFT JOIN partnerships AS p ON p.partner_id = e.partner_id
LEFT JOIN agreement_windows AS w ON w.agreement_id = e.agreement_id;

CREATE TABLE disagreements AS
-- Dates disagree when no day fits them all: 2019 and 2019-09-10 agree, 1992 and 1995-05-16 do not.
WITH disputed AS (
    SELECT record_id, field
    FROM versions
    GROUP BY record_id, field
    HAVING count(*) > 1 AND (count(value_first) < count(*) OR max(value_first) > min(value_last))
),
compared AS (
    SELECT
        record_id,
        field,
        list(value ORDER BY sources DESC, value) AS versions,
        sum(sources)::BIGINT AS statements,
        max(published_on_last) AS published
    FROM versions
    JOIN disputed USING (record_id, field)
    LEFT JOIN publishing_days USING (turn)
    GROUP BY record_id, field
)
SELECT
    (row_number() OVER (ORDER BY published DESC NULLS LAST, record_id, field) - 1)::INTEGER AS turn,
    dense_rank() OVER (ORDER BY coalesce(multilateral_id, record_id), event, field)::INTEGER AS matter,
    compared.*,
    number,
    known_from
FROM compared
JOIN known_records USING (record_id)
LEFT JOIN events ON event_id = record_id
LEFT JOIN agreements ON agreements.agreement_id = coalesce(events.agreement_id, record_id)
ORDER BY turn;

COMMENT ON TABLE disagreements IS 'Fields on which sources disagree; statements has who says what';
COMMENT ON COLUMN disagreements.turn IS 'Its place in lists, that with the newest source first, from 0';
COMMENT ON COLUMN disagreements.matter IS 'A number of what they disagree on: in one text with several partners it is the same';
COMMENT ON COLUMN disagreements.record_id IS 'An agreement_id or event_id';
COMMENT ON COLUMN disagreements.field IS 'The field';
COMMENT ON COLUMN disagreements.versions IS 'The values that sources give, the most often stated first';
COMMENT ON COLUMN disagreements.statements IS 'How many statements there are on the field';
COMMENT ON COLUMN disagreements.published IS 'When the newest of their sources was published, the last day that it may mean';
COMMENT ON COLUMN disagreements.number IS 'The number of the agreement; empty for an event';
COMMENT ON COLUMN disagreements.known_from IS 'First day on which the record is known; empty: it is on every day';

-- Of the few sets of fields that there are each is made once; until then it is a number with a bit for each field.
CREATE TEMP TABLE fields AS
SELECT field, 1::BIGINT << (row_number() OVER (ORDER BY field) - 1) AS bit
FROM (SELECT field FROM statements UNION SELECT 'areas');

CREATE TEMP MACRO fields_of(bits) AS
(SELECT coalesce(list(field ORDER BY field), []) FROM fields WHERE bits & bit <> 0);

CREATE TABLE record_sources AS
WITH numbered AS (
    SELECT record_id, source_id, bit_or(bit) AS bits
    FROM (
        SELECT record_id, source_id, field FROM statements
        UNION ALL
        SELECT agreement_id, source_id, 'areas' FROM agreement_areas
    )
    JOIN fields USING (field)
    GROUP BY record_id, source_id
)
SELECT record_id, source_id, fields, number, place, known_from
FROM numbered
JOIN (SELECT bits, fields_of(bits) AS fields FROM (SELECT DISTINCT bits FROM numbered)) USING (bits)
JOIN known_records USING (record_id)
JOIN witnesses USING (source_id)
-- In this order those of some agreements, and those of events, are found without a look at all.
ORDER BY number, record_id, place;

COMMENT ON TABLE record_sources IS 'Which sources support a record, and in which fields';
COMMENT ON COLUMN record_sources.record_id IS 'An agreement_id or event_id';
COMMENT ON COLUMN record_sources.source_id IS 'The source';
COMMENT ON COLUMN record_sources.fields IS 'What it states; areas for labels of areas';
COMMENT ON COLUMN record_sources.number IS 'The number of the agreement; empty for an event';
COMMENT ON COLUMN record_sources.place IS 'The place of the source among the rows of sources, from 0';
COMMENT ON COLUMN record_sources.known_from IS 'First day on which the record is known; empty: it is on every day';

-- In this order the first that are asked for are found beside each other.
CREATE TABLE source_details AS
SELECT
    place,
    (row_number() OVER (ORDER BY published_on_last DESC NULLS LAST, lower(publisher), source_id) - 1)::INTEGER AS turn,
    voice,
    origin IS NOT NULL AS repeats,
    language,
    published_on_last,
    known_from
FROM (
    SELECT place, CASE WHEN count(*) = count(known_from) THEN min(known_from) END AS known_from
    FROM record_sources
    GROUP BY place
)
JOIN (SELECT place, source_id, voice FROM witnesses) AS witnesses USING (place)
JOIN sources USING (source_id)
ORDER BY turn;

COMMENT ON TABLE source_details IS 'What is counted of each source that supports a record, the latest first';
COMMENT ON COLUMN source_details.place IS 'Its place among the rows of sources, from 0';
COMMENT ON COLUMN source_details.turn IS 'Its place in lists, the latest first, from 0';
COMMENT ON COLUMN source_details.voice IS 'A number of whose text it is: its origin or else its publisher';
COMMENT ON COLUMN source_details.repeats IS 'Whether it repeats the text of another';
COMMENT ON COLUMN source_details.language IS 'Its language';
COMMENT ON COLUMN source_details.published_on_last IS 'When it was published, the last day that it may mean';
COMMENT ON COLUMN source_details.known_from IS 'First day on which a record that it supports is known; empty: one is on every day';

-- Who states an end is found without a look at all that is stated.
CREATE TABLE stated_ends AS
SELECT number, field, value, place
FROM (
    SELECT number, agreement_id AS record_id FROM agreement_windows
    UNION ALL
    SELECT number, event_id FROM agreement_events WHERE prolongs_it
)
JOIN (SELECT record_id, field, value, source_id FROM statements WHERE field IN ('valid_to', 'term')) USING (record_id)
JOIN (SELECT source_id, place FROM witnesses) USING (source_id)
ORDER BY number, place;

COMMENT ON TABLE stated_ends IS 'What sources state of the ends of agreements: of themselves, or where something extends or renews them';
COMMENT ON COLUMN stated_ends.number IS 'The number of the agreement';
COMMENT ON COLUMN stated_ends.field IS 'valid_to or term';
COMMENT ON COLUMN stated_ends.value IS 'The end (EDTF), or the length';
COMMENT ON COLUMN stated_ends.place IS 'The place of the source among the rows of sources, from 0';

CREATE TEMP TABLE rested AS
WITH chosen AS (
    SELECT record_id, field, of_one
    FROM versions JOIN agreements ON agreement_id = record_id
    WHERE value = CASE field
        WHEN 'partner_id' THEN partner_id
        WHEN 'instrument' THEN instrument
        WHEN 'moscow_party' THEN moscow_party
        WHEN 'signed_on' THEN signed_on
        WHEN 'signed_in' THEN signed_in
        WHEN 'reported_on' THEN reported_on
        WHEN 'valid_from' THEN valid_from
        WHEN 'valid_to' THEN valid_to
        WHEN 'term' THEN term
        WHEN 'implements' THEN implements
        WHEN 'follows' THEN follows
        WHEN 'moscow_signatory' THEN moscow_signatory
        WHEN 'partner_signatory' THEN partner_signatory
    END
    UNION ALL
    SELECT record_id, field, of_one
    FROM versions JOIN events ON event_id = record_id
    WHERE value = CASE field
        WHEN 'partner_id' THEN partner_id
        WHEN 'agreement_id' THEN agreement_id
        WHEN 'event' THEN event
        WHEN 'date' THEN date
        WHEN 'valid_to' THEN valid_to
        WHEN 'actor' THEN actor
    END
)
SELECT record_id, bit_or(bit) AS bits, bit_or(CASE WHEN of_one THEN bit ELSE 0 END) AS bits_on_one
FROM chosen JOIN fields USING (field)
GROUP BY record_id;

CREATE TEMP TABLE kinds AS
SELECT
    (row_number() OVER (ORDER BY bits, bits_on_one))::INTEGER AS kind,
    bits,
    bits_on_one,
    fields_of(bits) AS fields,
    fields_of(bits_on_one) AS on_one
FROM (SELECT DISTINCT bits, bits_on_one FROM rested);

CREATE TABLE evidence_kinds AS SELECT kind, fields, on_one FROM kinds;

COMMENT ON TABLE evidence_kinds IS 'The sets of fields that sources state of a record: few for all records, which are counted by them';
COMMENT ON COLUMN evidence_kinds.kind IS 'A number of the set, from 1';
COMMENT ON COLUMN evidence_kinds.fields IS 'The fields in which its value is stated';
COMMENT ON COLUMN evidence_kinds.on_one IS 'Those whose value one independent source states';

CREATE TEMP TABLE record_evidence AS
WITH backed AS (
    SELECT record_id, list_unique(list(voice))::BIGINT AS voices, list_sort(list(place)) AS places, max(turn) AS turn
    FROM record_sources JOIN witnesses USING (place)
    GROUP BY record_id
),
stated AS (SELECT record_id, sum(sources)::BIGINT AS statements FROM versions GROUP BY record_id),
labelled AS (SELECT agreement_id AS record_id, count(*) AS labels FROM agreement_areas GROUP BY agreement_id)
SELECT
    record_id,
    struct_pack(
        kind := kind,
        fields := coalesce(fields, []),
        on_one := coalesce(on_one, []),
        voices := voices,
        sources := places,
        newest := published_on,
        newest_last := published_on_last,
        statements := coalesce(statements, 0),
        labels := coalesce(labels, 0)
    ) AS evidence
FROM backed
LEFT JOIN rested USING (record_id)
LEFT JOIN kinds USING (bits, bits_on_one)
LEFT JOIN stated USING (record_id)
LEFT JOIN labelled USING (record_id)
LEFT JOIN publishing_days USING (turn);

DROP TABLE rested;

DROP TABLE kinds;

DROP TABLE versions;

DROP TABLE witnesses;

DROP TABLE publishing_days;

DROP MACRO fields_of;

DROP TABLE fields;

CREATE TEMP TABLE event_evidence AS
SELECT event_id, evidence FROM events JOIN record_evidence ON record_id = event_id;

CREATE TABLE region_countries AS
SELECT lower(replace(name, ' ', '-')) AS region_id, name, place, country_code
FROM (
    SELECT
        country_code,
        unnest([region, subregion, intermediate_region]) AS name,
        unnest([region, region || '/' || subregion, region || '/' || subregion || '/' || intermediate_region]) AS place
    FROM regions
)
WHERE name IS NOT NULL;

COMMENT ON TABLE region_countries IS 'Which countries of partners lie in which region, sub-region or intermediate region';
COMMENT ON COLUMN region_countries.region_id IS 'Slug of its name, the same in the filters';
COMMENT ON COLUMN region_countries.name IS 'Name of the region, sub-region or intermediate region (UN M49)';
COMMENT ON COLUMN region_countries.place IS 'Its name behind those of the regions that it lies in: its place in lists';
COMMENT ON COLUMN region_countries.country_code IS 'A country in it (ISO 3166-1 alpha-2)';

-- Tables with a row for each agreement in the order of their numbers, as agreements and agreement_windows are, can be
-- laid side by side. To join and sort them at once, wide as they are together, takes several gigabytes at a million.
CREATE TEMP TABLE with_words AS
SELECT
    p.* EXCLUDE (partner_number, partner_id, partner_place, turn_by_country),
    instruments.name AS instrument_name,
    parties.name AS moscow_party_name,
    coalesce(disputes.disputed, 0) AS disputed
FROM agreement_windows AS w
JOIN agreements AS a USING (agreement_id)
JOIN partner_details AS p USING (partner_number)
JOIN codes AS instruments ON instruments.table_name = 'agreements'
    AND instruments.column_name = 'instrument' AND instruments.code = a.instrument
JOIN codes AS parties ON parties.table_name = 'agreements'
    AND parties.column_name = 'moscow_party' AND parties.code = a.moscow_party
LEFT JOIN (SELECT record_id, count(*) AS disputed FROM disagreements GROUP BY record_id) AS disputes
    ON disputes.record_id = w.agreement_id
ORDER BY w.number;

CREATE TEMP TABLE with_areas AS
SELECT named.areas, coalesce(named.area_ids, []) AS area_ids, coalesce(named.area_places, []) AS area_places
FROM agreement_windows AS w
LEFT JOIN (
    SELECT
        agreement_id,
        array_to_string(list_sort(list(areas.name)), '; ') AS areas,
        list_sort(list(area_id)) AS area_ids,
        list_sort(list(areas.rowid::USMALLINT)) AS area_places
    FROM (SELECT DISTINCT agreement_id, area_id FROM agreement_areas) JOIN areas USING (area_id)
    GROUP BY agreement_id
) AS named USING (agreement_id)
ORDER BY w.number;

CREATE TEMP TABLE with_sources AS
SELECT coalesce(cited.sources, 0) AS sources, cited.publishers, cited.source_urls
FROM agreement_windows AS w
LEFT JOIN (
    SELECT
        record_id,
        count(*) AS sources,
        array_to_string(list_sort(list(DISTINCT publisher)), '; ') AS publishers,
        array_to_string(list_sort(list(url) FILTER (url IS NOT NULL)), '; ') AS source_urls
    FROM record_sources JOIN sources USING (source_id)
    GROUP BY record_id
) AS cited ON cited.record_id = w.agreement_id
ORDER BY w.number;

CREATE TEMP TABLE with_evidence AS
SELECT evidence
FROM agreement_windows AS w
LEFT JOIN record_evidence ON record_id = w.agreement_id
ORDER BY w.number;

DROP TABLE record_evidence;

-- In this order the agreements of one partner, and what happened to them, are found beside each other.
CREATE TABLE agreement_details AS
SELECT
    w.*,
    a.* EXCLUDE (agreement_id, partner_id),
    with_words.* EXCLUDE (disputed),
    with_areas.*,
    with_sources.*,
    disputed,
    evidence
FROM agreement_windows AS w
POSITIONAL JOIN agreements AS a
POSITIONAL JOIN with_words
POSITIONAL JOIN with_areas
POSITIONAL JOIN with_sources
POSITIONAL JOIN with_evidence;

DROP TABLE with_words;

DROP TABLE with_areas;

DROP TABLE with_sources;

DROP TABLE with_evidence;

COMMENT ON TABLE agreement_details IS 'Each agreement in one row: all columns of agreements and of agreement_windows, and what other tables say of it, in words';
COMMENT ON COLUMN agreement_details.instrument_name IS 'The instrument in words';
COMMENT ON COLUMN agreement_details.moscow_party_name IS 'The party on the side of Moscow in words';
COMMENT ON COLUMN agreement_details.areas IS 'Names of its areas, joined by semicolons';
COMMENT ON COLUMN agreement_details.area_ids IS 'The areas themselves';
COMMENT ON COLUMN agreement_details.area_places IS 'Their places among the rows of areas, from 0: numbers are counted sooner than ids';
COMMENT ON COLUMN agreement_details.sources IS 'How many sources support it';
COMMENT ON COLUMN agreement_details.publishers IS 'Their publishers, joined by semicolons';
COMMENT ON COLUMN agreement_details.source_urls IS 'Their addresses, joined by semicolons';
COMMENT ON COLUMN agreement_details.disputed IS 'On how many of its fields sources disagree';
COMMENT ON COLUMN agreement_details.evidence IS 'On what it rests: kind (that of evidence_kinds; empty: nothing of it is stated), fields (in which its value is stated), on_one (those whose value one independent source states: a page that repeats a text is no second one), voices (how many independent sources state anything of it), sources (their places among the rows of sources, from 0), newest (when the newest of them that has a date was published, EDTF), newest_last (the last day that this may mean), statements and labels (how many rows these tables have of it)';

CREATE TABLE event_details AS
SELECT
    e.*,
    k.known_from,
    a.number,
    kinds.name AS event_name,
    partnerships.partner,
    partnerships.partner_place,
    a.title,
    coalesce(disputes.disputed, 0) AS disputed,
    event_evidence.evidence
FROM events AS e
JOIN known_records AS k ON k.record_id = e.event_id
JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event' AND kinds.code = e.event
LEFT JOIN partner_details AS partnerships ON partnerships.partner_id = e.partner_id
LEFT JOIN agreement_details AS a ON a.agreement_id = e.agreement_id
LEFT JOIN (SELECT record_id, count(*) AS disputed FROM disagreements GROUP BY record_id) AS disputes
    ON disputes.record_id = e.event_id
LEFT JOIN event_evidence USING (event_id)
ORDER BY event_id;

DROP TABLE event_evidence;

DROP TABLE known_records;

COMMENT ON TABLE event_details IS 'Each event in one row: all columns of events, and what other tables say of it';
COMMENT ON COLUMN event_details.known_from IS 'First day on which it and an agreement that it concerns are known; empty: they are on every day';
COMMENT ON COLUMN event_details.number IS 'The number of the agreement; empty for a whole partnership';
COMMENT ON COLUMN event_details.event_name IS 'The event in words';
COMMENT ON COLUMN event_details.partner_place IS 'The same as agreement_details.partner_place';
COMMENT ON COLUMN event_details.title IS 'Title of the agreement';
COMMENT ON COLUMN event_details.disputed IS 'On how many of its fields sources disagree';
COMMENT ON COLUMN event_details.evidence IS 'The same as agreement_details.evidence';
