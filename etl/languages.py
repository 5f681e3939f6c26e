"""The languages of ISO 639, as pycountry has them in its file.

pycountry itself makes an object of each of eight thousand, which takes as long as to read a small
register.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pycountry

FILE = Path(pycountry.DATABASE_DIR) / "iso639-3.json"

Language = Mapping[str, str]
"""Its ``name``, its code of three letters, ``alpha_3``, and of two if it has one, ``alpha_2``."""


def find(text: str) -> Language | None:
    """The language of which this is a code or the name, in any case; a code goes before a name."""
    by_key = (_by(key).get(text.lower()) for key in ("alpha_2", "alpha_3", "name"))
    return next(filter(None, by_key), None)


def of_code(code: str) -> Language | None:
    """The language of the two- or three-letter code."""
    return _by(f"alpha_{len(code)}").get(code.lower())


@cache
def _by(key: str) -> Mapping[str, Language]:
    return {language[key].lower(): language for language in _all() if key in language}


@cache
def _all() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))["639-3"]
    return found
