"""The rows of a table by column, each different text once: what the checks and the load go by.

A rule looks at a text where it is first met, whatever the number of rows that have it, and at the
rows as whole columns of numbers. Only what is found wrong is looked at row by row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Cells = dict[str, str | None]
"""A row: its cells by column, None for an empty one."""

Codes = npt.NDArray[np.int64]
"""Of each row a number: equal ones stand for equal things, EMPTY for an empty cell."""

Mask = npt.NDArray[np.bool_]

EMPTY = -1

_TOGETHER = 100_000
"""So many texts are turned into those of Python at a time."""


@dataclass(frozen=True)
class Column:
    """The cells of a column.

    Attributes:
        texts: the different texts, as an array of Arrow.
        codes: of each row the place of its text among these, EMPTY where it has none.
    """

    texts: Any
    codes: npt.NDArray[np.int32]

    @classmethod
    def of(cls, cells: Any) -> "Column":
        """From an array of Arrow, encoded as a dictionary or not; an empty text is no text."""
        if isinstance(cells, pa.ChunkedArray):
            cells = cells.combine_chunks()
        if not isinstance(cells, pa.DictionaryArray):
            cells = cells.cast(pa.string()).dictionary_encode()
        codes = cells.indices.fill_null(EMPTY).to_numpy(zero_copy_only=False)
        blank = pc.index(cells.dictionary, "").as_py()
        column = cls(cells.dictionary, codes.astype(np.int32, copy=False))
        return column if blank < 0 else column._without(blank)

    def _without(self, code: int) -> "Column":
        codes = np.where(self.codes == code, EMPTY, self.codes - (self.codes > code))
        kept = np.arange(len(self.texts)) != code
        return Column(self.texts.filter(pa.array(kept)), codes.astype(np.int32))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, place: int) -> str | None:
        code = int(self.codes[place])
        return None if code == EMPTY else str(self.texts[code].as_py())

    def cells(self, places: npt.NDArray[Any]) -> list[str | None]:
        """The cells of the rows in these places, None for an empty one."""
        codes = self.codes[places]
        found: list[str | None] = self.texts.take(pa.array(codes, mask=codes == EMPTY)).to_pylist()
        return found

    @property
    def filled(self) -> Mask:
        """Which rows have a text."""
        found: Mask = self.codes != EMPTY
        return found

    def strings(self) -> list[str]:
        """The different texts."""
        found: list[str] = self.texts.to_pylist()
        return found

    def each(self) -> Iterator[tuple[int, str]]:
        """Each different text with its code."""
        for begin in range(0, len(self.texts), _TOGETHER):
            yield from enumerate(self.texts.slice(begin, _TOGETHER).to_pylist(), begin)

    def unlike(self, pattern: str | None) -> Iterator[tuple[int, str]]:
        """The same without those that fit the pattern (of RE2) as a whole, which are not read."""
        if pattern is None:
            yield from self.each()
            return
        fits = pc.match_substring_regex(self.texts, f"^(?:{pattern})$")
        codes = np.flatnonzero(~fits.to_numpy(zero_copy_only=False))
        for begin in range(0, len(codes), _TOGETHER):
            part = codes[begin : begin + _TOGETHER]
            yield from zip(part.tolist(), self.texts.take(pa.array(part)).to_pylist(), strict=True)

    def __contains__(self, text: object) -> bool:
        return int(pc.index(self.texts, text).as_py()) >= 0

    def code(self, text: str) -> int:
        """The code of the text; one that no row has where it is not there."""
        found = int(pc.index(self.texts, text).as_py())
        return found if found >= 0 else len(self.texts)

    def equals(self, text: str) -> Mask:
        """Which rows have the text."""
        found: Mask = self.codes == self.code(text)
        return found

    def is_one_of(self, texts: Iterable[str]) -> Mask:
        """Which rows have one of the texts."""
        return np.isin(self.codes, [self.code(text) for text in texts])

    def where(self, test: Callable[[str], bool]) -> Mask:
        """Which rows have a text that passes the test."""
        return self.spread([test(text) for _, text in self.each()], False)

    def spread(self, values: Sequence[Any] | npt.NDArray[Any], otherwise: Any) -> npt.NDArray[Any]:
        """Of each row the value of its text, or ``otherwise`` where it has none."""
        return np.append(np.asarray(values, dtype=type(otherwise)), otherwise)[self.codes]

    def codes_in(self, other: "Column") -> Codes:
        """Of each row the code that its text has in the other column, EMPTY if none."""
        found = pc.index_in(self.texts, value_set=other.texts).fill_null(EMPTY)
        return self.spread(found.to_numpy(zero_copy_only=False), EMPTY)

    def is_in(self, *others: "Column") -> Mask:
        """Which rows have a text that one of the other columns has, too."""
        found = np.zeros(len(self), bool)
        for other in others:
            found |= self.codes_in(other) != EMPTY
        return found

    def ranks(self) -> Codes:
        """Of each row the place of its text by code point, EMPTY for an empty cell."""
        # UTF-8 sorts by its bytes as the code points do.
        if pc.all(pc.less(self.texts[:-1], self.texts[1:])).as_py():
            return self.codes.astype(np.int64)
        order = pc.array_sort_indices(self.texts).to_numpy()
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        return self.spread(ranks, EMPTY)

    def only(self, places: npt.NDArray[Any]) -> "Column":
        """The cells of the rows in these places."""
        chosen = self.codes[places]
        used = np.zeros(len(self.texts) + 1, bool)
        used[chosen] = True
        used[EMPTY] = False
        codes = np.cumsum(used, dtype=np.int32) - 1
        codes[EMPTY] = EMPTY
        return Column(self.texts.take(pa.array(np.flatnonzero(used))), codes[chosen])

    def array(self) -> Any:
        """The cells as an array of Arrow, null where empty."""
        indices = pa.array(self.codes, mask=self.codes == EMPTY)
        return pa.DictionaryArray.from_arrays(indices, self.texts)


@dataclass(frozen=True)
class Rows:
    """The rows of a table.

    Attributes:
        lines: the line in the file on which each row begins.
        columns: the columns by name, in the order of the table.
    """

    lines: npt.NDArray[np.int64]
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        """Line and cells of each row."""
        return self.where(np.ones(len(self), bool))

    def where(self, mask: Mask) -> Iterator[tuple[int, Cells]]:
        """Line and cells of each row that the mask has."""
        places = np.flatnonzero(mask)
        for begin in range(0, len(places), _TOGETHER):
            part = places[begin : begin + _TOGETHER]
            cells = zip(*(column.cells(part) for column in self.columns.values()), strict=True)
            for line, row in zip(self.lines[part].tolist(), cells, strict=True):
                yield line, dict(zip(self.columns, row, strict=True))

    def only(self, places: npt.NDArray[Any]) -> "Rows":
        """The rows in these places."""
        columns = {name: column.only(places) for name, column in self.columns.items()}
        return Rows(self.lines[places], columns)

    def at(self, lines: Set[int]) -> "Rows":
        """The rows that begin on these lines."""
        return self.only(np.flatnonzero(np.isin(self.lines, list(lines))))


Tables = Mapping[str, Rows]
"""The rows of the tables, by name."""


def combined(*codes: npt.NDArray[Any]) -> Codes:
    """One number for each row: two rows have the same where they have the same of each."""
    total = np.zeros(len(codes[0]), np.int64)
    highest = 0
    for each in codes:
        width = int(each.max(initial=EMPTY)) + 2
        if (highest + 1) * width >= 2**63:
            total = np.unique(total, return_inverse=True)[1]
            highest = len(total)
        total = total * width + (each + 1)
        highest = highest * width + width - 1
    return total


def shared(labels: npt.NDArray[Any]) -> Mask:
    """Which rows have a number that another row has, too."""
    order = np.argsort(labels, kind="stable")
    same = labels[order[1:]] == labels[order[:-1]]
    found = np.zeros(len(labels), bool)
    found[order[1:][same]] = True
    found[order[:-1][same]] = True
    return found


def joined(columns: Sequence[Column]) -> Column:
    """Of each row the first of its cells that has a text."""
    texts = pa.concat_arrays([column.texts for column in columns]).dictionary_encode()
    places = texts.indices.to_numpy()
    codes, begin = np.full(len(columns[0]), EMPTY, np.int32), 0
    for column in columns:
        of_text = places[begin : begin + len(column.texts)]
        codes = np.where(codes == EMPTY, column.spread(of_text, EMPTY), codes)
        begin += len(column.texts)
    return Column(texts.dictionary, codes.astype(np.int32))
