"""What is right of a record document with errors, so that all that is wrong is told at once.

What comes of it is looked at and never written.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from pydantic_core import ErrorDetails

_STAND_INS = {
    "title": "x",
    "partner": "unknown",
    "country": "ZZ",  # A code that ISO 3166-1 leaves to users.
    "name": "x",
    "publisher": "x",
    "language": "en",
    "instrument": "other",
    "moscow_party": "other",
}
"""What stands for a field that is needed."""


def repaired(value: Any, errors: Iterable[ErrorDetails]) -> Any:
    """The value of a document without what the errors are about; None where nothing helps."""
    kept = deepcopy(value)
    for error in errors:
        if not _repair(kept, error):
            return None
    return kept


def _repair(value: Any, error: ErrorDetails) -> bool:
    """Take out what the error is about, or give what it misses."""
    way = [part for part in error["loc"] if part != "[key]"]
    if error["type"] == "rule" and isinstance(error["input"], Mapping):
        return _give(_at(value, way), ("publisher", "language", "kind"), {"kind": "news"})
    while way and isinstance(way[-1], int):
        way.pop()
    around = _at(value, way[:-1])
    if not way or not isinstance(around, dict):
        return False
    stood_in = around.pop(way[-1], None) if error["type"] != "missing" else None
    if way[-1] == "kind":
        return _give(around, ("kind",), {"kind": _kind(way, around)})
    if stood_in is None or way[-1] in _STAND_INS:
        return _give(around, (str(way[-1]),), {})
    return True


def _kind(way: list[Any], around: Mapping[str, Any]) -> str:
    if "sources" in way:
        return "news"
    return "city" if "name" in around else "announced"


def _give(part: Any, names: Iterable[str], others: Mapping[str, str]) -> bool:
    if not isinstance(part, dict):
        return False
    for name in names:
        if not part.get(name):
            stand_in = others.get(name) or _STAND_INS.get(name)
            if stand_in is None:
                return False
            part[name] = stand_in
    return True


def _at(value: Any, way: Iterable[Any]) -> Any:
    for part in way:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value
