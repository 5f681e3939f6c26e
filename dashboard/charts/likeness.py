"""Rows that are alike beside one another."""

import numpy as np
import pandas as pd


def chain(numbers: pd.DataFrame) -> list[str]:
    """The names of the rows, from the first one always on to what is most like the last.

    Alike is what names the same columns in the same proportions: the cosine of the numbers. Of
    equals the one that stands first is next, so the same rows always give the same chain.
    """
    rows = numbers.to_numpy(dtype=float)
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    # Rounded: what is equal but for the order of a sum is equal.
    alike = np.round(rows @ rows.T, 9)
    placed, left = [0], list(range(1, len(rows)))
    while left:
        nearest = max(left, key=lambda row: (alike[placed[-1], row], -row))
        left.remove(nearest)
        placed.append(nearest)
    return [str(numbers.index[row]) for row in placed]
