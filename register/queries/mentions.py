"""What other lists say: the partners that they name for Moscow, and what was found of them."""

import pandas as pd

from register.queries import Cursor

MENTIONS = """
SELECT partner, country_code, country, partner_id, partner_name, list, address, outcome,
    looked_for_until, note
FROM list_findings
"""


def mentions(cursor: Cursor) -> pd.DataFrame:
    """The mentions, a row for each list that names a partner.

    Columns: partner (as listed), country_code, country, partner_id and partner_name (of the
    register; NULL: not in it), list, address, outcome, looked_for_until, note.
    """
    return cursor.execute(f"{MENTIONS} ORDER BY strip_accents(partner), country_code, list").df()


def partners(cursor: Cursor) -> pd.DataFrame:
    """The partners that are named, a row each; those of which nothing was found come first.

    Columns: partner, country_code, country, partner_id, partner_name, outcome, looked_for_until,
    note, lists (their names with ; between them), named_by (how many), outcome_name.
    """
    return cursor.execute(
        f"""
WITH named AS (
    SELECT * EXCLUDE (list, address), string_agg(list, '; ' ORDER BY list) AS lists,
        count(*) AS named_by
    FROM ({MENTIONS})
    GROUP BY ALL
)
SELECT named.*, codes.name AS outcome_name
FROM named
JOIN codes ON table_name = 'list_mentions' AND column_name = 'outcome' AND code = outcome
ORDER BY outcome = 'found', strip_accents(partner), country_code
"""
    ).df()


def lists(cursor: Cursor) -> pd.DataFrame:
    """The lists, those that name most partners first.

    Columns: list, address, named (how many partners), found (of how many of them a document).
    """
    return cursor.execute(
        """
SELECT list, address, count(*) AS named, count(*) FILTER (outcome = 'found') AS found
FROM list_findings
GROUP BY ALL
ORDER BY named DESC, list
"""
    ).df()
