"""The words by which a text is read: data, in the CSV files beside this module.

A row has a code, a language and phrases of that language parted by ``|``. A word ending in ``*``
stands for all that begin so; ``{n}`` is a number, and ``..`` some words between. Case, accents and
forms of a letter do not count.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from etl.draft.text import Phrases, Text

FOLDER = Path(__file__).resolve().parent / "words"

NEAR = {"bs": "sr", "hr": "sr", "be": "ru", "ky": "kk", "tg": "fa"}
"""Languages that are read by the words of another."""


class Row(NamedTuple):
    """A row of a lexicon."""

    code: str
    language: str
    phrases: list[str]


@cache
def rows(name: str) -> list[Row]:
    """The rows of a lexicon."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(row["code"], row["language"], [one.strip() for one in row["phrases"].split("|")])
            for row in csv.DictReader(file)
        ]


def languages() -> list[str]:
    """The languages that have a word for a type of document."""
    return sorted({row.language for row in rows("instruments")} | NEAR.keys())


def of(name: str, language: str) -> Iterator[Row]:
    """The rows of a lexicon for a language, by the words of a near one if need be."""
    wanted = NEAR.get(language, language)
    return (row for row in rows(name) if row.language in (wanted, ""))


@cache
def phrases(name: str, language: str) -> Phrases:
    """The phrases of a lexicon for a language."""
    found = Phrases(numbers(language))
    for row in of(name, language):
        for phrase in filter(None, row.phrases):
            found.add(phrase, row.code)
    return found


@cache
def numbers(language: str) -> dict[str, int]:
    """Numbers in words."""
    return {
        Text(word).tokens[0].folded: int(row.code)
        for row in of("numbers", language)
        for word in row.phrases
    }
