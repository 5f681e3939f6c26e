"""One table: its rows in order, and each thing only once."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

import pandas as pd

from etl.frames import Cells, rows
from register import addresses
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
from register.text import fold

SHOWN = 10
"""So many rows out of place are named one by one; beyond, the table is to be sorted."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Once:
    """What no two rows of a table share: ``of`` gives it, None for a row that is free."""

    table: Table
    column: str
    of: Callable[[Cells], Hashable | None]
    rule: str
    mend: str


def _same(
    column: str, *others: str, text: Callable[[str], str] = fold
) -> Callable[[Cells], Hashable | None]:
    """What is the same in the column, as text, and in the others; None where it is empty."""

    def of(row: Cells) -> Hashable | None:
        cell = row[column]
        return None if cell is None else (text(cell), *(row[name] for name in others))

    return of


def _document(row: Cells) -> Hashable | None:
    date = row["signed_on"] or row["reported_on"] or row["valid_from"]
    return (date, _same("title", "partner_id")(row)) if date else None


def _page(row: Cells) -> str | None:
    url = row["url"]
    return addresses.page(url) if url and addresses.is_public(url) else None


ONCE = (
    Once(
        PARTNERS,
        "geonames_id",
        _same("geonames_id"),
        "is the GeoNames id of {row} too",
        "one place is one partner: use that one, or correct the id",
    ),
    Once(
        PARTNERS,
        "name",
        _same("name", "kind", "country_code", "within"),
        "is the name of {row} too, of the same kind and place",
        "one place is one partner: use that one, or tell the two apart by their names",
    ),
    Once(
        PARTNER_NAMES,
        "name",
        _same("name", "partner_id", "language"),
        "is the same name as in {row}, but for case, accents or signs",
        "keep one",
    ),
    Once(
        AREAS,
        "name",
        _same("name"),
        "is the name of {row} too",
        "give each area a name of its own",
    ),
    Once(
        SOURCES,
        "url",
        _page,
        "leads to the page of {row} too",
        "one page is one source: use that one, and remove this row",
    ),
    Once(
        AGREEMENTS,
        "multilateral_id",
        _same("multilateral_id", "partner_id"),
        "is there for the same partner in {row}",
        "a multilateral text has one record for each partner",
    ),
    Once(
        AGREEMENTS,
        "title",
        _document,
        "has the partner, title and date of {row}",
        "one document is one record: add what its source states to the first, or tell the two "
        "apart by their titles",
    ),
    Once(
        AGREEMENT_AREAS,
        "label",
        _same("label", "agreement_id", "area_id", "source_id"),
        "is mapped to the same area in {row}",
        "keep one",
    ),
    Once(
        EVENTS_TABLE,
        "event",
        _same("event", "partner_id", "agreement_id", "date"),
        "is the event of {row} too, on the same date",
        "one event is one record: add what its source states to the first",
    ),
    Once(
        STATEMENTS,
        "value",
        # Not folded: 2019 and 2019? differ.
        _same("value", "record_id", "field", "source_id", text=str.casefold),
        "is stated by the same source in {row}",
        "keep one",
    ),
)


def table_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Rows out of order, and rows that are there twice."""
    keyed = [(line, key) for line, row in rows(frame) if (key := _key(table, row))]
    yield from _key_problems(table, keyed)
    yield from _order_problems(table, keyed)
    for once in ONCE:
        if once.table is table:
            yield from _once_problems(once, frame)


def _key(table: Table, row: Cells) -> Key | None:
    """The cells of the key; None where one is empty."""
    cells = tuple(cell for name in table.key if (cell := row[name]) is not None)
    return cells if len(cells) == len(table.key) else None


def _key_problems(table: Table, keyed: list[tuple[int, Key]]) -> Iterator[Problem]:
    first: dict[Key, int] = {}
    for line, key in keyed:
        if first.setdefault(key, line) != line:
            yield Problem(
                table.file,
                line,
                ", ".join(table.key),
                ", ".join(key),
                f"is already in line {first[key]}",
                "remove one of the rows, or give it an id of its own",
            )


def _once_problems(once: Once, frame: pd.DataFrame) -> Iterator[Problem]:
    table = once.table
    first: dict[Hashable, tuple[int, Cells]] = {}
    for line, row in rows(frame):
        shared = once.of(row)
        if shared is None:
            continue
        first_line, first_row = first.setdefault(shared, (line, row))
        # The same key twice is told as such.
        if first_line != line and _key(table, row) != _key(table, first_row):
            there = f"line {first_line} ({first_row[table.key[0]]})"
            rule = once.rule.format(row=there)
            yield Problem(table.file, line, once.column, row[once.column] or "", rule, once.mend)


# --- the order of rows ------------------------------------------------------------------------


def _order_problems(table: Table, keyed: list[tuple[int, Key]]) -> Iterator[Problem]:
    """Rows that are not in the order of their keys, by code point, cell by cell."""
    kept = in_order([key for _, key in keyed])
    at = [place for place in range(len(keyed)) if place not in kept]
    column = ", ".join(table.key)
    if len(at) > SHOWN:
        line, key = keyed[at[0]]
        rule = f"is the first of {len(at)} rows that are not in the order of their keys"
        mend = f"sort the rows by {column}, by code point"
        yield Problem(table.file, line, column, ", ".join(key), rule, mend)
        return
    stays = [keyed[place] for place in sorted(kept)]
    for line, key in (keyed[place] for place in at):
        mend = f"move it {_place(stays, key)}; rows stand in the order of their keys"
        yield Problem(table.file, line, column, ", ".join(key), "is out of order", mend)


def _place(stays: list[tuple[int, Key]], key: Key) -> str:
    """Where a row of that key belongs among those that stay."""
    after = bisect_right([other for _, other in stays], key)
    if after == 0:
        return f"before line {stays[0][0]} ({', '.join(stays[0][1])})"
    line, other = stays[after - 1]
    return f"after line {line} ({', '.join(other)})"


def in_order(keys: list[Key]) -> set[int]:
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
