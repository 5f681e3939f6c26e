"""From a data frame to plain rows."""

from typing import Any

import pandas as pd

Row = dict[str, Any]


def rows(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows as dictionaries, a missing value as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
