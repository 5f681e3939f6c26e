"""Sources as footnotes: a number each, by which a page's facts lead to its one list of sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from register.frames import Row, rows


@dataclass(frozen=True)
class Footnotes:
    """The sources of a page, in the order of its list of them: they are numbered from 1.

    Attributes:
        sources: rows of ``queries.partner.sources``.
    """

    sources: list[Row]

    @classmethod
    def of_records(cls, found: pd.DataFrame) -> "Footnotes":
        """Of what ``queries.partner.sources`` found for the records of a page."""
        return cls(rows(found))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {source["source_id"]: number for number, source in enumerate(self.sources, 1)}

    def of(self, statements: Iterable[Row]) -> list[int]:
        """The numbers of the sources of some statements, in order."""
        return sorted({self._number[statement["source_id"]] for statement in statements})
