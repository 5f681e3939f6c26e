"""Likely duplicates: what a curator should look at before a record is there twice."""

import re
from collections.abc import Iterator
from datetime import timedelta

from etl.curating.revision import Revision
from register import addresses, edtf
from register.declaration import Table
from register.edtf import EdtfDate
from register.problems import Problem
from register.records import Row
from register.schema import AGREEMENTS, SOURCES
from register.text import fold

CLOSE = timedelta(days=7)
"""Two signings of one partner within so many days are looked at."""

_VARIANT = re.compile(r"^(m|mobile|amp|www\d?)\.|/(amp|print|index\.\w+)/?(?=\?|$)", re.IGNORECASE)
_TRACK = re.compile(
    r"(?<=[?&])(amp|print|from|ref|share|source|fbclid|gclid|yclid)(=[^&]*)?(&|$)", re.IGNORECASE
)


def twins(revision: Revision) -> Iterator[Problem]:
    """What of the new rows is like one that is there: no error, and worth a look."""
    for row in _new(revision, AGREEMENTS):
        for other in revision.find(AGREEMENTS, "partner_id", [row["partner_id"]]):
            if other is not row and (rule := _likeness(row, other)):
                mend = (
                    f"look at it (`etl show {other['agreement_id']}`): one document is one record"
                )
                yield _told(revision, AGREEMENTS, row, "title", rule, mend)
    new = _new(revision, SOURCES)
    there = [row for row in revision.rows(SOURCES) if "url" in row and row not in new]
    pages = {_variant(row["url"]): row for row in there}
    for row in new:
        if like := pages.get(_variant(row.get("url", ""))):
            rule = f"looks like the page of {like['source_id']} ({like['url']})"
            mend = f"give source: {like['source_id']} if it is that page"
            yield _told(revision, SOURCES, row, "url", rule, mend)


def repeated(revision: Revision) -> Iterator[Problem]:
    """New agreements that nothing tells from one that is there: partner and title, no date."""
    for row in _new(revision, AGREEMENTS):
        for other in revision.find(AGREEMENTS, "partner_id", [row["partner_id"]]):
            same = other is not row and fold(other["title"]) == fold(row["title"])
            if same and not (_date(row) and _date(other)):
                rule = f"is the title of {other['agreement_id']} too, and no date tells them apart"
                mend = f"write agreement: {other['agreement_id']} to change that, or another title"
                yield _told(revision, AGREEMENTS, row, "title", rule, mend)


def _new(revision: Revision, table: Table) -> list[Row]:
    return [
        change.after
        for change in revision.changes()
        if change.table is table and change.after and not change.before
    ]


def _likeness(row: Row, other: Row) -> str | None:
    """What the two have in common that two documents seldom have."""
    named = f"{other['agreement_id']} ({other['title']}; {other['instrument']})"
    signed = _signed(row), _signed(other)
    if signed[0] and signed[1] and _close(signed[0], signed[1]):
        return f"is signed on or near the day of {named}"
    period = [row.get(name) for name in ("valid_from", "valid_to")]
    if any(period) and period == [other.get(name) for name in ("valid_from", "valid_to")]:
        return f"is for the same years as {named}"
    return f"has the title of {named}" if fold(row["title"]) == fold(other["title"]) else None


def _signed(row: Row) -> EdtfDate | None:
    return edtf.read(row.get("signed_on") or row.get("reported_on"))


def _close(one: EdtfDate, other: EdtfDate) -> bool:
    """Whether the days that they mean lie near each other; a year alone says too little."""
    if "year" in (one.precision, other.precision):
        return False
    return max(one.first, other.first) - min(one.last, other.last) <= CLOSE


def _date(row: Row) -> str | None:
    return row.get("signed_on") or row.get("reported_on") or row.get("valid_from")


def _variant(url: str) -> str:
    """What the addresses of one page for phones, for printing and for all have in common."""
    if not addresses.is_public(url):
        return ""
    page = _TRACK.sub("", _VARIANT.sub("", addresses.page(url))).rstrip("?&/")
    return _VARIANT.sub("", page)


def _told(revision: Revision, table: Table, row: Row, column: str, rule: str, mend: str) -> Problem:
    problem = Problem(table.file, 0, column, row.get(column, ""), rule, mend)
    origin = revision.origin(table, row)
    return origin.problem(problem) if origin else problem
