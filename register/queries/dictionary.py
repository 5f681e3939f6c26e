"""The data dictionary, from the database's own comments."""

import pandas as pd

from register.derived import DERIVED_TABLES
from register.queries import Cursor
from register.schema import TABLES

RETURNED = {
    "as_of": "The day for which the status is computed",
    "status": "The one status on that day; statuses has what it means",
    "ends_on": "Last day of the period; of a terminated agreement the day that ended it",
    "end_basis": "Where the end comes from: stated, term (begin plus length), event or none",
    "days_left": "Days from the as-of day to the last day of the period: 0 on that day",
    "deciding_event": "The event that ended or suspended it",
    "prolonging_event": "The latest event by the day that extended or renewed it",
    "prolonged": "What that event did",
    "prolonged_to": "The new end that it states (EDTF)",
    "new_end": "The latest new end that an event by the day states (EDTF)",
    "new_end_last": "Last day that it may mean",
    "ending_event": "The first event by the day that ended it",
    "ending_date": "When that was (EDTF)",
    "ended_on": "First day on which it is certain that it was ended",
    "suspending_event": "The latest event by the day that suspended or resumed it",
    "suspended": "Whether that suspended it",
    "agreements": "Its agreements that are known by the day",
    "in_force": "How many of them are in their period on that day",
    "next_end": "When the first of those runs out",
    "lapsed": "Its last dated period ended by the day, without a successor",
    "lapsed_on": "The day that this period ended",
    "lapsed_agreement": "The agreement whose period it was",
    "agreements_on_day.in_force": "Whether it is in its period on that day",
    "states_on_day.in_force": "Whether it is in its period on that day",
    "status_name": "The status in words",
    "status_position": "The status's place in lists, from 1",
}
"""What macros return: the database keeps comments on macros, but none on their columns."""


def objects(cursor: Cursor) -> pd.DataFrame:
    """The tables, views and macros.

    Columns: name, kind (Table, View, Macro), parameters (of a macro), comment.
    """
    return cursor.execute(
        """
SELECT table_name AS name, 'Table' AS kind, NULL AS parameters, comment
FROM duckdb_tables()
WHERE NOT internal AND database_name = current_database()
UNION ALL
SELECT view_name, 'View', NULL, comment
FROM duckdb_views()
WHERE NOT internal AND database_name = current_database()
UNION ALL
SELECT function_name, 'Macro', array_to_string(parameters, ', '), comment
FROM duckdb_functions()
WHERE NOT internal AND database_name = current_database()
ORDER BY kind = 'Macro', kind = 'View', name
"""
    ).df()


def columns(cursor: Cursor) -> pd.DataFrame:
    """The columns of the tables and views, and what the table macros return, in their order.

    Columns: name (of the table, view or macro), position, column, type, required, key, comment.
    """
    # Not all are constraints of the database: an index would take more room than its table.
    keyed, keys = zip(
        *((table.name, name) for table in (*DERIVED_TABLES, *TABLES) for name in table.key),
        strict=True,
    )
    return cursor.execute(
        f"""
WITH keys AS (
    SELECT unnest($keyed) AS table_name, unnest($keys) AS column_name
),
stored AS (
    SELECT table_name AS name, column_index AS position, column_name AS "column",
        data_type AS type, NOT is_nullable AS required, comment
    FROM duckdb_columns()
    WHERE NOT internal AND database_name = current_database()
),
returned AS ({_returned(cursor)})
SELECT name, position, stored.column, type, required, keys.table_name IS NOT NULL AS key, comment
FROM stored
LEFT JOIN keys ON keys.table_name = name AND keys.column_name = stored.column
UNION ALL
SELECT returned.name, returned.position, returned.column, returned.type, false, false,
    coalesce(map($names, $meanings)[returned.name || '.' || returned.column],
        map($names, $meanings)[returned.column], meant.comment)
FROM returned
LEFT JOIN (
    -- The same columns of agreements and windows mean the same.
    SELECT "column", any_value(comment ORDER BY name) AS comment
    FROM stored
    WHERE name IN ('agreement_windows', 'agreement_details', 'agreements')
    GROUP BY "column"
) AS meant ON meant.column = returned.column
ORDER BY name, position
""",
        {
            "names": list(RETURNED),
            "meanings": list(RETURNED.values()),
            "keyed": list(keyed),
            "keys": list(keys),
        },
    ).df()


def _returned(cursor: Cursor) -> str:
    """A query for the columns that the table macros return."""
    macros = cursor.execute(
        "SELECT function_name FROM duckdb_functions() WHERE NOT internal "
        "AND function_type = 'table_macro' AND database_name = current_database()"
    ).fetchall()
    return " UNION ALL ".join(
        f"SELECT '{name}' AS name, row_number() OVER () AS position, "
        f'column_name AS "column", column_type AS type FROM (DESCRIBE FROM {name}(current_date))'
        for (name,) in macros
    )
