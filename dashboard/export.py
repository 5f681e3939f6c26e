"""Files of exactly what a page shows: CSV, and the names of all downloads."""

import re
from datetime import date

import pandas as pd

AGREEMENT_COLUMNS = [
    "as_of",
    "status",
    "agreement_id",
    "partner_id",
    "partner",
    "country_code",
    "country",
    "title",
    "instrument",
    "moscow_party",
    "signed_on",
    "signed_in",
    "reported_on",
    "valid_from",
    "valid_to",
    "term",
    "begins_on",
    "begin_approximate",
    "ends_on",
    "end_basis",
    "end_approximate",
    "days_left",
    "areas",
    "moscow_signatory",
    "partner_signatory",
    "multilateral_id",
    "implements",
    "follows",
    "sources",
    "publishers",
    "source_urls",
    "disputed",
    "note",
]
"""The columns of an agreement in a download; the table on a page shows the same rows."""

# A cell that begins so can run as a formula in a spreadsheet (OWASP, "CSV injection").
_FORMULA = re.compile(r"[=+\-@\t\r]")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """``csv_text`` in UTF-8 with a byte-order mark, so that Excel reads it right."""
    return csv_text(frame).encode("utf-8-sig")


def csv_text(frame: pd.DataFrame) -> str:
    """The frame as CSV, with CRLF as in RFC 4180.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; a missing value is
    empty.
    """
    safe = frame.map(lambda cell: formula_safe(cell) if isinstance(cell, str) else cell)
    safe.columns = [formula_safe(str(name)) for name in frame.columns]
    return str(safe.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d"))


def formula_safe(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet could run it."""
    return f"'{text}" if _FORMULA.match(text) else text


def file_name(subject: str, as_of: date, version: str, ending: str = "csv") -> str:
    """``moscow-partnerships_<subject>_<as-of day>_<register version>.<ending>``."""
    return f"moscow-partnerships_{subject}_{as_of:%Y-%m-%d}_{version}.{ending}"
