"""Mistakes in the files of a register: what a slip, a program or a disk makes of them."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from hypothesis import strategies as st

Files = dict[str, bytes]
"""The files of a register by their names."""

Rows = list[list[str]]

DATES = [
    *("2019", "2019-02", "2019-02-28", "2020-02-29", "2019?", "2019-05~", "1900", "2030-12-31"),
    *("2019-02-30", "2019-13", "19-02-2019", "0001", "9999-12-31", "2019/2020", "1899", "20\u0662"),
]
TERMS = ["P1D", "P6M", "P3Y", "P1Y6M", "P100Y", "P9999Y", "P0D", "P999999999D", "PT1H", "P-1Y"]
CODES = ["terminated", "suspended", "resumed", "announced", "signed", "renewed", "extended"]
CODES += ["moscow", "partner", "both", "programme", "city", "district", "TR", "XX", "tr", "05.9"]
TEXTS = ["", " ", "\u200b", "\ufeff", "=1+1", "'", '"', "a,b", "a\nb", "\0", "\u202etext", "NULL"]
TEXTS += ["-90", "91.5", "1e400", "nan", "ljubljana", "istanbul-2020", "\U0001f600", "a;b"]
FOREIGN = ["notes.csv", "agreements.csv.orig", "expectations.toml", "Agreements.csv"]


class Mistake(NamedTuple):
    """A mistake in one place; numbers are counted round, so that each fits any register."""

    what: str
    file: int
    line: int
    column: int
    text: str
    other: int

    def made(self, files: Mapping[str, bytes]) -> Files:
        """The files with the mistake."""
        names = sorted(files)
        name = names[self.file % len(names)]
        if self.what in WHOLE:
            return WHOLE[self.what](self, dict(files), name)
        rows = _rows(files[name])
        CELLS[self.what](self, rows, self.line % len(rows))
        return dict(files) | {name: _written(rows)}


def all_made(mistakes: Sequence[Mistake], files: Files) -> Files:
    """The files with all of the mistakes."""
    for mistake in mistakes:
        files = mistake.made(files)
    return files


def _cell(mistake: Mistake, rows: Rows, line: int) -> None:
    if rows[line]:
        rows[line][mistake.column % len(rows[line])] = mistake.text


def _copied(mistake: Mistake, rows: Rows, line: int) -> None:
    """A cell holds what another of its column does."""
    other = rows[mistake.other % len(rows)]
    column = mistake.column % max(1, len(rows[line]))
    rows[line][column : column + 1] = other[column : column + 1]


def _gone(mistake: Mistake, rows: Rows, line: int) -> None:
    del rows[line]


def _twice(mistake: Mistake, rows: Rows, line: int) -> None:
    rows.insert(mistake.other % len(rows), list(rows[line]))


def _longer(mistake: Mistake, rows: Rows, line: int) -> None:
    rows[line].append(mistake.text)


def _column_gone(mistake: Mistake, rows: Rows, line: int) -> None:
    column = mistake.column % max(1, len(rows[0]))
    for row in rows:
        del row[column : column + 1]


def _column_moved(mistake: Mistake, rows: Rows, line: int) -> None:
    column = mistake.column % max(1, len(rows[0]))
    for row in rows:
        cells = row[column : column + 1]
        del row[column : column + 1]
        row[mistake.other % 8 : mistake.other % 8] = cells


def _named(mistake: Mistake, rows: Rows, line: int) -> None:
    _cell(mistake, rows, 0)


def _bytes(mistake: Mistake, files: Files, name: str) -> Files:
    """Some bytes are others, as after a crash or in a wrong encoding."""
    content = files[name]
    start = mistake.line % (len(content) + 1)
    changed = mistake.text.encode("utf-16", errors="replace")
    return files | {name: content[:start] + changed + content[start + mistake.column % 40 :]}


def _cut(mistake: Mistake, files: Files, name: str) -> Files:
    return files | {name: files[name][: mistake.line % (len(files[name]) + 1)]}


def _no_file(mistake: Mistake, files: Files, name: str) -> Files:
    return {other: content for other, content in files.items() if other != name or len(files) == 1}


def _more(mistake: Mistake, files: Files, name: str) -> Files:
    content = mistake.text.encode("utf-8", errors="replace")
    return files | {FOREIGN[mistake.other % len(FOREIGN)]: content}


CELLS: dict[str, Callable[[Mistake, Rows, int], None]] = {
    "cell": _cell,
    "cell of another row": _copied,
    "row gone": _gone,
    "row twice": _twice,
    "row too long": _longer,
    "column gone": _column_gone,
    "column moved": _column_moved,
    "column named": _named,
}
WHOLE: dict[str, Callable[[Mistake, Files, str], Files]] = {
    "bytes": _bytes,
    "cut": _cut,
    "file gone": _no_file,
    "file more": _more,
}

NUMBERS = st.integers(0, 2000)
MISTAKES = st.builds(
    Mistake,
    st.sampled_from([*CELLS, *WHOLE]),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.sampled_from(DATES + TERMS + CODES + TEXTS) | st.text(max_size=12),
    NUMBERS,
)


def _rows(content: bytes) -> Rows:
    text = io.StringIO(content.decode("utf-8", errors="replace").replace("\0", ""), newline="")
    return list(csv.reader(text)) or [[""]]


def _written(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", errors="replace")
