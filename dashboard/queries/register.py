"""The register as a whole: its version, its lists."""

import pandas as pd

from dashboard.filters import Options
from dashboard.queries import Cursor
from dashboard.words import told_apart


def version(cursor: Cursor) -> str:
    """The register's version."""
    return str(cursor.execute("SELECT version FROM register").fetchall()[0][0])


def options(cursor: Cursor) -> Options:
    """What can be chosen in the filters."""

    def named(query: str) -> dict[str, str]:
        return told_apart(dict(cursor.execute(query).fetchall()))

    def codes(column: str) -> dict[str, str]:
        return named(
            "SELECT code, name FROM codes WHERE table_name = 'agreements' "
            f"AND column_name = '{column}' ORDER BY position"
        )

    # Two different years, whatever the register holds: a range is chosen between them.
    first_year, last_year = cursor.execute(
        "SELECT coalesce(year(min(coalesce(begins_on, announced_from))), 2000) AS first, "
        "greatest(year(max(greatest(begins_on, ends_on))), first + 1) FROM agreement_windows"
    ).fetchall()[0]
    return Options(
        city=named("SELECT partner_id, name FROM partners ORDER BY strip_accents(name)"),
        country=named("SELECT country_code, name FROM countries ORDER BY strip_accents(name)"),
        area=named("SELECT area_id, name FROM areas ORDER BY name"),
        instrument=codes("instrument"),
        party=codes("moscow_party"),
        status=named("SELECT status, name FROM statuses ORDER BY position"),
        first_year=first_year,
        last_year=last_year,
    )


def status_definitions(cursor: Cursor) -> pd.DataFrame:
    """What the statuses mean. Columns: status, name, definition, in_force."""
    return cursor.execute(
        "SELECT status, name, definition, in_force FROM statuses ORDER BY position"
    ).df()
