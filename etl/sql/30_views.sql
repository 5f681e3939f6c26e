-- What pages and outside readers need beside the tables.

CREATE VIEW disagreements AS
WITH versions AS (
    SELECT record_id, field, value, value_first, value_last, count(*) AS sources
    FROM statements
    GROUP BY ALL
),
-- Dates disagree when no day fits both: 2019 and 2019-09-10 agree, 1992 and 1995-05-16 do not.
disputed AS (
    SELECT DISTINCT one.record_id, one.field
    FROM versions AS one
    JOIN versions AS other USING (record_id, field)
    WHERE one.value < other.value
        AND coalesce(one.value_last < other.value_first OR other.value_last < one.value_first, true)
)
SELECT record_id, field, list(value ORDER BY sources DESC, value) AS versions
FROM versions
JOIN disputed USING (record_id, field)
GROUP BY record_id, field;

COMMENT ON VIEW disagreements IS 'Fields on which sources disagree; statements has who says what';
COMMENT ON COLUMN disagreements.record_id IS 'An agreement_id or event_id';
COMMENT ON COLUMN disagreements.field IS 'The field';
COMMENT ON COLUMN disagreements.versions IS 'The values that sources give, the most often stated first';

CREATE VIEW record_sources AS
SELECT record_id, source_id, list(DISTINCT field ORDER BY field) AS fields
FROM (
    SELECT record_id, source_id, field FROM statements
    UNION ALL
    SELECT agreement_id, source_id, 'areas' FROM agreement_areas
)
GROUP BY record_id, source_id;

COMMENT ON VIEW record_sources IS 'Which sources support a record, and in which fields';
COMMENT ON COLUMN record_sources.record_id IS 'An agreement_id or event_id';
COMMENT ON COLUMN record_sources.source_id IS 'The source';
COMMENT ON COLUMN record_sources.fields IS 'What it states; areas for labels of areas';
