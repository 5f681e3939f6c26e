"""The documents in files, whatever their form."""

import sys
from collections.abc import Sequence
from pathlib import Path

from etl.folders import content
from register.forms import Given, read_all
from register.problems import BadRegister, Problem

STANDARD_INPUT = Path("-")


def read_files(files: Sequence[Path]) -> list[Given]:
    """The documents of all files, in their order.

    Raises:
        BadRegister: with every file that cannot be read, and why.
    """
    given: list[Given] = []
    problems: list[Problem] = []
    for file in files:
        try:
            given += _documents(file)
        except BadRegister as error:
            problems += error.problems
        except OSError as error:
            what = f"cannot be read ({(error.strerror or str(error)).lower()})"
            problems.append(Problem(str(file), 0, "", "", what, "check the path"))
    if problems:
        # What is wrong with the others is told with it.
        raise BadRegister([*problems, *(each for one in given for each in one.problems)])
    return given


def _documents(file: Path) -> list[Given]:
    raw = sys.stdin.buffer.read() if file == STANDARD_INPUT else content(file)
    name = "standard input" if file == STANDARD_INPUT else str(file)
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
    return found
