"""In which language a text is."""

from functools import cache
from typing import Any

from etl.draft import lexicon

ENOUGH = 2_000
"""So many characters tell the language."""

SHORT = 20
"""Fewer letters than this tell nothing."""


def language_of(text: str) -> str:
    """The ISO 639-1 code of the most likely of the lexicons' languages; empty for hardly a word."""
    letters = sum(sign.isalpha() for sign in text[:ENOUGH])
    return str(_identifier().classify(text[:ENOUGH])[0]) if letters >= SHORT else ""


@cache
def _identifier() -> Any:
    """Made when first asked for: the model takes a second and a hundred megabytes."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = {*map(str, identifier.labels)}
    identifier.set_languages([one for one in lexicon.languages() if one in known])
    return identifier
