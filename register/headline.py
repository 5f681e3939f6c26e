"""The Overview in a sentence, and what its first chart shows, by rules that hold for any filter."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from register import edtf, words
from register.codes import STATUSES_IN_FORCE
from register.filters import Address, Filters
from register.frames import Row

SINCE = "2022-02"
"""From when the sentence counts what was ended or put on hold; a link leads to the same events."""

ENDED = ("terminated", "suspended")
"""The events by which a tie is ended or put on hold."""

FEWEST = 3
"""A year that has fewer of something than this is no finding."""


class Piece(NamedTuple):
    """A part of the sentence; ``counts`` names what a figure in it counts, for a link to it.

    One of ``in_force``, ``ended``, ``no_end_stated``; ``""`` for what is no figure.
    """

    text: str
    counts: str = ""


def sentence(statuses: Mapping[str, int], ended: int, filters: Filters, today: date) -> list[Piece]:
    """What is in force, what was ended or put on hold, and what no source states an end of.

    Args:
        statuses: how many agreements have which status, of ``queries.selected.status_counts``.
        ended: how many ties were ended or put on hold, of ``queries.overview.ended`` for ENDED and
            ``counted_since``.
    """
    number = sum(statuses.values())
    when = "today" if filters.as_of == today else f"on {words.day_in_words(filters.as_of)}"
    if not number:
        return [Piece(f"No agreement known {when} fits.")]
    past = filters.as_of < today
    over = _ended(ended, filters)
    without_end = _without_end(statuses.get("no_end_stated", 0), number)
    if over and without_end:
        over.append(Piece("; "))
    elif without_end:
        without_end[0] = without_end[0]._replace(text=_begun(without_end[0].text))
    rest = [*over, *without_end]
    in_force = sum(statuses.get(status, 0) for status in STATUSES_IN_FORCE)
    return [
        *_in_force(in_force, number, past=past),
        Piece(f" {when}."),
        *([Piece(" "), *rest, Piece(".")] if rest else []),
    ]


def text(pieces: list[Piece]) -> str:
    """The sentence as plain text."""
    return "".join(piece.text for piece in pieces)


def ended_by(filters: Filters) -> Address:
    """The parameters that select what ``sentence`` counts as ended or put on hold."""
    kinds = [kind for kind in ENDED if not filters.event or kind in filters.event]
    since = _since(filters)
    return {"event": kinds} | ({"happened_from": [since]} if since else {})


def finding(years: pd.DataFrame, filters: Filters) -> str:
    """The title of the rise and fall: a finding where one is true, else what it shows.

    Args:
        years: rows of ``queries.years.by_year``.
    """
    known = years[~years["projected"]].set_index("year")
    ended = known["terminated"] + known["suspended"]
    if len(known) and ended.max() >= FEWEST and ended.max() > ended.sum() - ended.max():
        return f"More was ended or put on hold in {ended.idxmax()} than in all other years together"
    in_force = known["in_force"]
    if len(known) and in_force.max() >= FEWEST and in_force.max() > in_force.iloc[-1]:
        day = words.day_in_words(filters.as_of)
        return (
            f"Most were known to be in force in {in_force.idxmax()}: {in_force.max():,}, "
            f"against {in_force.iloc[-1]:,} on {day}"
        )
    return "Signed, run out, ended and put on hold, year by year"


def year(row: Row) -> str:
    """What a row of ``queries.years.by_year`` says: ``9 signed, 2 ran out; 6 in force``."""
    parts = [
        f"{row[name]:,} {said}"
        for name, said in (
            ("signed", "signed"),
            ("ran_out", "run out" if row["projected"] else "ran out"),
            ("terminated", "ended"),
            ("suspended", "put on hold"),
        )
        if row[name]
    ]
    return "; ".join([*([words.listed(*parts)] if parts else []), f"{row['in_force']:,} in force"])


def _in_force(number: int, of: int, *, past: bool) -> Iterator[Piece]:
    be = _be(number, past=past)
    if not number:
        one = _be(1, past=past)
        which = f"The one agreement {one} not" if of == 1 else f"None of {of:,} agreements {one}"
        yield Piece(f"{which} known to be in force")
    elif number == of:
        yield Piece("The one agreement " if of == 1 else f"All {of:,} agreements ")
        yield Piece(f"{be} known to be in force", "in_force")
    else:
        yield Piece(f"Of {of:,} agreements, ")
        yield Piece(f"{number:,} {be} known to be in force", "in_force")


def _ended(ties: int, filters: Filters) -> list[Piece]:
    """Nothing where no source tells of any: that says nothing of what did not happen."""
    if not ties:
        return []
    since, were = _since(filters), "was" if ties == 1 else "were"
    return [
        Piece(f"Since {words.date_in_words(since)}, " if since else "By then, "),
        Piece(f"{words.counted(ties, 'tie')} {were} ended or put on hold", "ended"),
    ]


def counted_since(filters: Filters) -> date | None:
    """The first day of what ``sentence`` counts as ended or put on hold, None for all days."""
    since = _since(filters)
    return edtf.parse(since).first if since else None


def _since(filters: Filters) -> str | None:
    """From when to count; None on a day before it, when all by the day counts."""
    if edtf.parse(SINCE).first > filters.as_of:
        return filters.happened_from
    asked = filters.happened_from
    later = asked and edtf.parse(asked).first > edtf.parse(SINCE).first
    return asked if later else SINCE


def _without_end(number: int, of: int) -> list[Piece]:
    if not number:
        return []
    if of == 1:
        return [Piece("no source states an end", "no_end_stated")]
    if number == of:
        return [Piece("for none of them does a source state an end", "no_end_stated")]
    return [Piece("for "), Piece(f"{number:,} no source states an end", "no_end_stated")]


def _be(number: int, *, past: bool) -> str:
    if number == 1:
        return "was" if past else "is"
    return "were" if past else "are"


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
