"""The documents in files, whatever their form."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from etl.curating import sheet_rows, sheets
from etl.curating.show import finder
from etl.extract import Files
from etl.folders import content
from etl.frames import extract
from register.document import plain
from register.forms import Given, read_all
from register.problems import BadRegister, Problem
from register.records import find_document

STANDARD_INPUT = Path("-")

Documents = Callable[[Files], list[Given]]
"""The documents of a file, added to what the register has of them where it is a sheet."""


def read_files(files: Sequence[Path]) -> list[Documents]:
    """What each file holds.

    Raises:
        BadRegister: with every file that cannot be read, why, and what is wrong in the others.
    """
    found: list[Documents] = []
    problems: list[Problem] = []
    for file in files:
        try:
            found.append(_documents(file))
        except BadRegister as error:
            problems += error.problems
        except OSError as error:
            what = f"cannot be read ({(error.strerror or str(error)).lower()})"
            problems.append(Problem(str(file), 0, "", "", what, "check the path"))
    if problems:
        raise BadRegister(problems)
    return found


def _documents(file: Path) -> Documents:
    raw = sys.stdin.buffer.read() if file == STANDARD_INPUT else content(file)
    name = "standard input" if file == STANDARD_INPUT else str(file)
    if file.suffix in sheet_rows.SUFFIXES:
        return partial(_of_sheet, sheet_rows.read(name, raw))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        rule = f"is not UTF-8 (byte 0x{raw[error.start]:02x})"
        problem = Problem(name, line, "", "", rule, "save it as UTF-8")
        raise BadRegister([problem]) from None
    found = read_all(text, name)
    if not found:
        mend = "write a record into it, as docs/records.md has it"
        raise BadRegister([Problem(name, 0, "", "", "holds no document", mend)])
    return lambda _: found


def _of_sheet(rows: sheet_rows.Rows, files: Files) -> list[Given]:
    find = finder(extract(files)[0])

    def known(record_id: str) -> dict[str, object] | None:
        document = find_document(find, record_id) if record_id else None
        return plain(document) if document else None

    return sheets.documents(rows, known)
