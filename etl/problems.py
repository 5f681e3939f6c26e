"""What is wrong with the curated tables, said so that a curator can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


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
        place = self.file + (f":{self.line}" if self.line else "")
        cell = f" {self.column} = {self.value!r}" if self.column else ""
        return f"{place}:{cell} {self.rule}. Mend: {self.mend}."


class BadRegister(Exception):
    """The register breaks its rules; ``problems`` has every one that was found, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} problems in the register")
