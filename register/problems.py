"""What is wrong with the curated tables, said so that a curator can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 500
"""So many signs of each part are shown."""


@dataclass(frozen=True, order=True)
class Problem:
    """One error in one place. ``line`` counts from 1, the header; 0 means the whole file."""

    file: str
    line: int
    column: str
    value: str
    rule: str
    mend: str

    def __str__(self) -> str:
        """One line, whatever the register's texts hold."""
        place = self.file + (f":{self.line}" if self.line else "")
        cell = f" {_cut(self.column)} = {_cut(self.value)!r}" if self.column else ""
        line = f"{place}:{cell} {_cut(self.rule)}. Mend: {_cut(self.mend)}."
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in line)


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}…"


class BadRegister(Exception):
    """The register breaks its rules; ``problems`` has every one that was found, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} problems in the register")
