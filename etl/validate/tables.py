"""One table: its rows in order, and each thing only once."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from etl.columns import EMPTY, Codes, Column, Rows, combined, joined, shared
from etl.validate.equal import folded, pages, uncased
from register.declaration import Table
from register.problems import Problem
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    AREAS,
    EVENTS_TABLE,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
)

SHOWN = 10
"""So many rows out of place are named one by one; beyond, the table is to be sorted."""

DATE = ("signed_on", "reported_on", "valid_from")
"""The columns of agreements of which the first that is filled dates the document."""

Key = TypeVar("Key", int, tuple[str, ...])


@dataclass(frozen=True)
class Once:
    """What no two rows of a table share: the text of a column, by ``numbers``, and ``others``.

    A row is free where its number or all columns of ``dated`` are empty; else the first of these
    that is filled is shared too.
    """

    table: Table
    column: str
    others: tuple[str, ...]
    rule: str
    mend: str
    numbers: Callable[[Column], Codes] = folded
    dated: tuple[str, ...] = ()


ONCE = (
    Once(
        PARTNERS,
        "geonames_id",
        (),
        "is the GeoNames id of {row} too",
        "one place is one partner: use that one, or correct the id",
    ),
    Once(
        PARTNERS,
        "name",
        ("kind", "country_code", "within"),
        "is the name of {row} too, of the same kind and place",
        "one place is one partner: use that one, or tell the two apart by their names",
    ),
    Once(
        PARTNER_NAMES,
        "name",
        ("partner_id", "language"),
        "is the same name as in {row}, but for case, accents or signs",
        "keep one",
    ),
    Once(
        AREAS,
        "name",
        (),
        "is the name of {row} too",
        "give each area a name of its own",
    ),
    Once(
        SOURCES,
        "url",
        (),
        "leads to the page of {row} too",
        "one page is one source: use that one, and remove this row",
        pages,
    ),
    Once(
        AGREEMENTS,
        "multilateral_id",
        ("partner_id",),
        "is there for the same partner in {row}",
        "a multilateral text has one record for each partner",
    ),
    Once(
        AGREEMENTS,
        "title",
        ("partner_id",),
        "has the partner, title and date of {row}",
        "one document is one record: add what its source states to the first, or tell the two "
        "apart by their titles",
        dated=DATE,
    ),
    Once(
        AGREEMENT_AREAS,
        "label",
        ("agreement_id", "area_id", "source_id"),
        "is mapped to the same area in {row}",
        "keep one",
    ),
    Once(
        EVENTS_TABLE,
        "event",
        ("partner_id", "agreement_id", "date"),
        "is the event of {row} too, on the same date",
        "one event is one record: add what its source states to the first",
    ),
    Once(
        STATEMENTS,
        "value",
        ("record_id", "field", "source_id"),
        "is stated by the same source in {row}",
        "keep one",
        uncased,  # Not folded: 2019 and 2019? differ.
    ),
)


def table_problems(table: Table, rows: Rows) -> Iterator[Problem]:
    """Rows out of order, and rows that are there twice."""
    columns = [rows[name] for name in table.key]
    keyed = np.flatnonzero(np.all([column.filled for column in columns], axis=0))
    ranks = [column.ranks()[keyed] for column in columns]
    if not _ascend(ranks):
        order = _places_in_order(ranks)
        yield from _key_problems(table, rows, keyed, order)
        yield from _order_problems(table, rows, keyed, order)
    for once in ONCE:
        if once.table is table:
            yield from _once_problems(once, rows)


def _ascend(ranks: Sequence[Codes]) -> bool:
    """Whether each row comes after the one before it, by the first rank that differs."""
    sign = np.zeros(max(len(ranks[0]) - 1, 0), np.int8)
    for each in ranks:
        sign = np.where(sign == 0, np.sign(np.diff(each)), sign)
    return bool((sign > 0).all())


def _places_in_order(ranks: Sequence[Codes]) -> list[int]:
    """Of each row the place of its key among the different keys."""
    order = np.lexsort(ranks[::-1])
    steps = [np.diff(each[order], prepend=-1) != 0 for each in ranks]
    places = np.empty(len(order), np.int64)
    places[order] = np.cumsum(np.any(steps, axis=0))
    found: list[int] = places.tolist()
    return found


def _key(table: Table, rows: Rows, place: int) -> str | None:
    """The cells of the key; None where one is empty."""
    cells = [cell for name in table.key if (cell := rows[name][place]) is not None]
    return ", ".join(cells) if len(cells) == len(table.key) else None


def _key_problems(
    table: Table, rows: Rows, keyed: Codes, order: Sequence[int]
) -> Iterator[Problem]:
    first: dict[int, int] = {}
    for place, key in zip(keyed.tolist(), order, strict=True):
        if first.setdefault(key, place) != place:
            yield Problem(
                table.file,
                int(rows.lines[place]),
                ", ".join(table.key),
                _key(table, rows, place) or "",
                f"is already in line {rows.lines[first[key]]}",
                "remove one of the rows, or give it an id of its own",
            )


# --- each thing once --------------------------------------------------------------------------


def _once_problems(once: Once, rows: Rows) -> Iterator[Problem]:
    table = once.table
    first: dict[int, int] = {}
    for place, thing in _things(once, rows):
        there = first.setdefault(thing, place)
        # The same key twice is told as such.
        if there != place and _key(table, rows, place) != _key(table, rows, there):
            row = f"line {rows.lines[there]} ({rows[table.key[0]][there]})"
            value = rows[once.column][place] or ""
            rule = once.rule.format(row=row)
            yield Problem(table.file, int(rows.lines[place]), once.column, value, rule, once.mend)


def _things(once: Once, rows: Rows) -> Iterator[tuple[int, int]]:
    """The rows of which another has the same, each with a number for what it has."""
    others = [rows[name] for name in once.others]
    here = rows[once.column].filled
    if once.dated:
        others.append(joined([rows[name] for name in once.dated]))
        here &= others[-1].filled
    places = np.flatnonzero(here)
    # Texts are compared where all else is the same.
    places = (
        places[shared(combined(*(other.codes[places] for other in others)))] if others else places
    )
    column = rows[once.column].only(places)
    texts = once.numbers(column)
    places, texts = places[texts != EMPTY], texts[texts != EMPTY]
    things = combined(texts, *(other.codes[places] for other in others))
    twice = shared(things)
    yield from zip(places[twice].tolist(), things[twice].tolist(), strict=True)


# --- the order of rows ------------------------------------------------------------------------


def _order_problems(
    table: Table, rows: Rows, keyed: Codes, order: Sequence[int]
) -> Iterator[Problem]:
    """Rows that are not in the order of their keys, by code point, cell by cell."""
    kept = in_order(order)
    at = [place for place in range(len(order)) if place not in kept]
    column = ", ".join(table.key)

    def problem(place: int, rule: str, mend: str) -> Problem:
        key, line = _key(table, rows, int(keyed[place])) or "", int(rows.lines[keyed[place]])
        return Problem(table.file, line, column, key, rule, mend)

    if len(at) > SHOWN:
        rule = f"is the first of {len(at)} rows that are not in the order of their keys"
        yield problem(at[0], rule, f"sort the rows by {column}, by code point")
        return
    stays = sorted(kept)
    keys = [order[place] for place in stays]
    for place in at:
        before = bisect_right(keys, order[place])
        other = int(keyed[stays[max(before - 1, 0)]])
        there = f"line {rows.lines[other]} ({_key(table, rows, other)})"
        mend = f"move it {'after' if before else 'before'} {there}"
        rule = "is out of order"
        yield problem(place, rule, f"{mend}; rows stand in the order of their keys")


def in_order(keys: Sequence[Key]) -> set[int]:
    """The places of as many keys as can stay where they are, the fewest being moved.

    A longest sequence that never falls, by patience sorting: n log n steps for n keys.
    """
    tops: list[Key] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, key in enumerate(keys):
        pile = bisect_right(tops, key)
        before.append(places[pile - 1] if pile else None)
        tops[pile : pile + 1] = [key]
        places[pile : pile + 1] = [place]
    kept = set()
    at = places[-1] if places else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return kept
