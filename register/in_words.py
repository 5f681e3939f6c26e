"""The agreements of a download as people read them: names and words instead of ids and codes."""

import pandas as pd

from register import words
from register.frames import rows

HEADER = (
    *("Partner", "Country", "Agreement", "Type of document", "Signed for Moscow by", "Status"),
    *("Date", "Period", "Time left", "Areas", "Sources", "Fields on which sources disagree"),
)


def agreements(listed: pd.DataFrame) -> list[tuple[object, ...]]:
    """A row an agreement, its cells under HEADER; dates as exact as their sources.

    Args:
        listed: rows of ``queries.selected.agreements``.
    """
    return [
        (
            *(row["partner"], row["country"], row["title"], row["instrument_name"]),
            *(row["moscow_party_name"], row["status_name"], words.dated(row), words.window(row)),
            *(words.days_left(row) or None, row["areas"], row["sources"], row["disputed"] or None),
        )
        for row in rows(listed)
    ]
