"""The one way from pages to the write side (``etl``): the check of what is proposed.

Only the page of proposals knows it, so that no other waits for what it imports. It reads the
register's files, and writes them in ``apply`` alone, where ``permission`` is given.
"""

from dashboard.curating.checking import NEWCOMER, RECORD, Check, check
from dashboard.curating.drafting import Drafted, Proposed, drafted
from dashboard.curating.known import DATES, areas_like, find, partner_id, rows, understood
from dashboard.curating.previewing import preview
from dashboard.curating.writing import Done, apply

__all__ = [
    "DATES",
    "NEWCOMER",
    "RECORD",
    "Check",
    "Done",
    "Drafted",
    "Proposed",
    "apply",
    "areas_like",
    "check",
    "drafted",
    "find",
    "partner_id",
    "preview",
    "rows",
    "understood",
]
