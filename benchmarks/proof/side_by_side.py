"""Many small registers in the files of one: none of them has anything to do with another.

A check of one register costs the same few hundredths of a second whether it has ten rows or a
thousand, so a hundred are checked at once; each problem names the line, and so the register.
"""

import csv
import io
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from etl import expectations
from register.problems import Problem
from register.schema import TABLES
from tests.conftest import EXPECTATIONS
from tests.fuzz.mistakes import Rows

COLUMNS = {table.name: list(table.columns) for table in TABLES}


@dataclass(frozen=True, eq=False)
class Small:
    """A small register: the rows of each table without its header, and what was done to it."""

    number: int
    tables: Mapping[str, Rows]
    mistakes: str

    def text(self, table: str) -> str:
        return written(self.tables[table])

    def dictionaries(self, table: str) -> list[dict[str, str]]:
        return [dict(zip(COLUMNS[table], row, strict=True)) for row in self.tables[table]]


def written(rows: Rows) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write(smalls: Sequence[Small], folder: Path) -> Path:
    """The registers as the files of one, in the order in which they are given."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / expectations.FILE).write_text(EXPECTATIONS, encoding="utf-8")
    for table, columns in COLUMNS.items():
        rows = "".join(small.text(table) for small in smalls)
        (folder / f"{table}.csv").write_bytes((written([columns]) + rows).encode())
    return folder


def _lines(text: str) -> int:
    """How many there are as the checks count: a carriage return ends one, too."""
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def whose(problems: Sequence[Problem], smalls: Sequence[Small]) -> Iterator[tuple[Small, Problem]]:
    """Each problem that names a line, with the register whose line it is, counted from its first.

    What names no line is of all of them, and left out.
    """
    firsts = {
        f"{table}.csv": list(accumulate((_lines(small.text(table)) for small in smalls), initial=2))
        for table in COLUMNS
    }
    for each in problems:
        lines = firsts.get(each.file, [])
        if lines and 2 <= each.line < lines[-1]:
            place = bisect_right(lines, each.line) - 1
            first = lines[place]
            yield (
                smalls[place],
                Problem(each.file, each.line - first, each.column, each.value, each.rule, ""),
            )
