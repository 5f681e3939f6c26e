"""Which texts of a column are one where things are compared: of each row a number for its text."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.columns import EMPTY, Codes, Column
from register import addresses
from register.text import fold


def by_form(form: Callable[[str], str]) -> Callable[[Column], Codes]:
    """Two texts are one where they have one form."""

    def numbers(column: Column) -> Codes:
        known: dict[str, int] = {}
        found = [known.setdefault(form(text), len(known)) for _, text in column.each()]
        return column.spread(found, EMPTY)

    return numbers


def pages(column: Column) -> Codes:
    """Two addresses are one where they lead to one page; what is no address is none's."""
    urls = column.texts
    plain = pc.and_not(
        pc.match_substring_regex(urls, f"^(?:{addresses.PLAIN_PAGE})$"),
        pc.match_substring(urls, "utm_", ignore_case=True),
    )
    short = pc.replace_substring_regex(urls, r"^https?://(www\.)?", "", max_replacements=1)
    short = pc.replace_substring_regex(short, r"/+(\?|$)", r"\1", max_replacements=1)
    others = [
        addresses.page(url) if addresses.is_public(url) else None
        for url in urls.filter(pc.invert(plain)).to_pylist()
    ]
    found = pc.replace_with_mask(short, pc.invert(plain), pa.array(others, pa.string()))
    numbers = found.dictionary_encode().indices.fill_null(EMPTY)
    return column.spread(numbers.to_numpy(zero_copy_only=False).astype(np.int64), EMPTY)


folded = by_form(fold)
"""Two texts are one where search takes them for one."""

uncased = by_form(str.casefold)
"""Two texts are one that differ in case only."""
