"""What headings and captions say of the selected agreements, in one row."""

from typing import NamedTuple

from register.filters import Filters
from register.queries import Cursor
from register.queries.selected import asking


class Figures(NamedTuple):
    """How many agreements there are, with how many partners, and what is known of them.

    Attributes:
        in_force: how many are in their period; expiring: how many of these have that status.
        undated: how many have the status of that name; they are known on every day.
        undrawn: how many no date places on a timeline.
        first_year: in which the first of them begins, None where none has a begin.
    """

    agreements: int
    partners: int
    in_force: int
    expiring: int
    undated: int
    undrawn: int
    first_year: int | None


def figures(cursor: Cursor, filters: Filters) -> Figures:
    """The figures of the selected agreements."""
    asked, values = asking(
        cursor,
        """
SELECT count(*), count(DISTINCT partner_number), count(*) FILTER (in_force),
    count(*) FILTER (status = 'expiring'),
    count(*) FILTER (status = 'undated'),
    count(*) FILTER (begins_on IS NULL AND announced_from IS NULL), year(min(begins_on))
FROM judged
""",
        filters,
    )
    (row,) = cursor.execute(asked, values).fetchall()
    return Figures(*row)
