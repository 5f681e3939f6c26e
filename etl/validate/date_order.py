"""The dates of one agreement: none ends before it begins."""

from collections.abc import Iterator

import pandas as pd

from etl import edtf
from etl.frames import rows
from etl.problems import Problem
from etl.schema import AGREEMENTS


def date_order_problems(agreements: pd.DataFrame) -> Iterator[Problem]:
    """An end is not before its begin; a length stands only where no end is stated."""
    for line, row in rows(agreements):
        dates = {
            name: value
            for name in ("signed_on", "reported_on", "valid_from", "valid_to")
            if (value := edtf.read(row[name] or "")) is not None
        }
        for early, late, rule in (
            ("valid_from", "valid_to", "ends before it begins"),
            ("signed_on", "valid_to", "ends before it is signed"),
            ("signed_on", "reported_on", "is reported before it is signed"),
        ):
            if early in dates and late in dates and dates[late].last < dates[early].first:
                yield Problem(
                    AGREEMENTS.file,
                    line,
                    late,
                    row[late] or "",
                    f"{rule} ({early} = {row[early]})",
                    "check both dates against their sources",
                )
        if row["term"] is not None and row["valid_to"] is not None:
            yield Problem(
                AGREEMENTS.file,
                line,
                "term",
                row["term"],
                "stands beside valid_to",
                "leave it empty; a length that sources state stays in statements.csv",
            )
