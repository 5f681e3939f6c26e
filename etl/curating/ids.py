"""Ids of new records: slugs that say what the record is, and that no other has or had."""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable
from itertools import chain, count
from urllib.parse import urlsplit


def slug(text: str) -> str:
    """A lower-case ASCII slug: ``São Paulo`` becomes ``sao-paulo``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def source_slug(url: str) -> str:
    """A source's id: its host and six digits of a hash of its address."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""  # The checks say what is wrong with the address.
    return f"{slug(host)}-{hashlib.sha256(url.encode()).hexdigest()[:6]}".lstrip("-")


def record_slug(of: str, year: str, what: str, taken: Container[str]) -> str:
    """``istanbul-2024-protocol``, or ``istanbul-2024-protocol-2`` where that is taken."""
    return free("-".join(part for part in (of, year, slug(what)) if part), taken)


def free(name: str, taken: Container[str]) -> str:
    """The name, or the first of ``name-2``, ``name-3`` and so on that is not taken."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(each for each in names if each not in taken)


def year(dates: Iterable[str]) -> str:
    """The year of the first date that is there."""
    return next((date[:4] for date in dates if date), "")
