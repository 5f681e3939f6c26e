"""The Overview's sentence and the title of its first chart, over all kinds of selections."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from register import headline
from register.filters import Filters, from_address
from register.frames import rows
from register.queries import events, overview, selected, years
from register.queries.register import options
from tests.conftest import Register
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
Publish = Callable[[Register], Path]
TODAY = date(2026, 11, 26)


def of(
    as_of: date = TODAY,
    *,
    in_force: int = 0,
    open_ended: int = 0,
    others: int = 0,
    ended: int = 0,
    **chosen: object,
) -> str:
    """The sentence for so many agreements, and ties that were ended or put on hold."""
    counts = {"active": in_force, "no_end_stated": open_ended, "expired": others}
    filters = Filters(as_of=as_of, **chosen)  # type: ignore[arg-type]
    return headline.text(headline.sentence(counts, ended, filters, TODAY))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"in_force": 7, "open_ended": 139, "others": 148, "ended": 2},
            "Of 294 agreements, 7 are known to be in force today. Since February 2022, 2 ties "
            "were ended or put on hold; for 139 no source states an end.",
        ),
        (
            {"in_force": 1, "open_ended": 1, "others": 1, "ended": 1},
            "Of 3 agreements, 1 is known to be in force today. Since February 2022, 1 tie was "
            "ended or put on hold; for 1 no source states an end.",
        ),
        (
            {"in_force": 2, "others": 1, "ended": 1},
            "Of 3 agreements, 2 are known to be in force today. Since February 2022, 1 tie was "
            "ended or put on hold.",
        ),
        (
            {"in_force": 2, "open_ended": 3},
            "Of 5 agreements, 2 are known to be in force today. For 3 no source states an end.",
        ),
        ({"others": 1234}, "None of 1,234 agreements is known to be in force today."),
        ({"in_force": 3}, "All 3 agreements are known to be in force today."),
        ({"in_force": 1}, "The one agreement is known to be in force today."),
        ({"others": 1}, "The one agreement is not known to be in force today."),
        (
            {"open_ended": 1},
            "The one agreement is not known to be in force today. No source states an end.",
        ),
        (
            {"open_ended": 2},
            "None of 2 agreements is known to be in force today. "
            "For none of them does a source state an end.",
        ),
        ({}, "No agreement known today fits."),
    ],
)
def test_the_sentence_today(said: dict[str, object], sentence: str) -> None:
    assert of(**said) == sentence  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("as_of", "said", "sentence"),
    [
        (
            date(1995, 6, 1),
            {"in_force": 1, "others": 4},
            "Of 5 agreements, 1 was known to be in force on 1 June 1995.",
        ),
        (date(1995, 6, 1), {}, "No agreement known on 1 June 1995 fits."),
        (
            date(1995, 6, 1),
            {"others": 1},
            "The one agreement was not known to be in force on 1 June 1995.",
        ),
        (
            date(1995, 6, 1),
            {"others": 2},
            "None of 2 agreements was known to be in force on 1 June 1995.",
        ),
        # Before the month from which it counts, all that is known by the day.
        (
            date(2017, 1, 1),
            {"in_force": 2, "others": 2, "ended": 1},
            "Of 4 agreements, 2 were known to be in force on 1 January 2017. "
            "By then, 1 tie was ended or put on hold.",
        ),
        (
            date(2030, 1, 1),
            {"in_force": 2, "others": 2},
            "Of 4 agreements, 2 are known to be in force on 1 January 2030.",
        ),
    ],
)
def test_the_sentence_on_another_day(as_of: date, said: dict[str, object], sentence: str) -> None:
    assert of(as_of, **said) == sentence  # type: ignore[arg-type]


def test_what_was_ended_before_the_month_or_is_no_end_does_not_count(
    register: Register, publish: Publish
) -> None:
    register.agreement("pact", signed_on="2000")
    for event, day in (
        ("terminated", "2022-01-31"),
        ("announced", "2024-01-01"),
        ("suspended", "2022-02-01"),
    ):
        partner = register.partner(f"of-{event}")
        register.agreement(f"with-{event}", partner_id=partner, signed_on="2000")
        register.event(event, day, partner_id=partner)

    assert ended_of(publish(register), Filters(as_of=TODAY)) == 1
    # Before the month from which it counts, all that is known by the day.
    assert ended_of(publish(register), Filters(as_of=date(2022, 1, 31))) == 1
    assert ended_of(publish(register), Filters(as_of=date(2022, 1, 30))) == 0


def test_one_tie_that_was_put_on_hold_and_then_ended_is_one(
    register: Register, publish: Publish
) -> None:
    register.agreement("pact", signed_on="2000")
    register.event("suspended", "2022-03-01", agreement_id="pact")
    register.event("terminated", "2023-03-01", agreement_id="pact")
    # A whole partnership is a tie too.
    register.agreement("other", partner_id=register.partner("berlin"), signed_on="2000")
    register.event("suspended", "2023-04-01", partner_id="berlin")
    register.event("terminated", "2023-05-01", partner_id="berlin")

    assert ended_of(publish(register), Filters(as_of=TODAY)) == 2


def pieces_of(cursor: Cursor, filters: Filters) -> list[headline.Piece]:
    """The sentence on a register."""
    statuses = rows(selected.status_counts(cursor, filters))
    counts = {row["status"]: row["agreements"] for row in statuses}
    since = headline.counted_since(filters)
    ended = overview.ended(cursor, filters, headline.ENDED, since)
    return headline.sentence(counts, ended, filters, TODAY)


def ended_of(database: Path, filters: Filters) -> int:
    """What the sentence counts as ended or put on hold."""
    with duckdb.connect(database, read_only=True) as cursor:
        return overview.ended(cursor, filters, headline.ENDED, headline.counted_since(filters))


@pytest.mark.parametrize(
    ("chosen", "parameters"),
    [
        ({}, {"event": ["terminated", "suspended"], "happened_from": ["2022-02"]}),
        ({"event": ("suspended",)}, {"event": ["suspended"], "happened_from": ["2022-02"]}),
        (
            {"happened_from": "2022-03-01"},
            {"event": ["terminated", "suspended"], "happened_from": ["2022-03-01"]},
        ),
        (
            {"happened_from": "2014"},
            {"event": ["terminated", "suspended"], "happened_from": ["2022-02"]},
        ),
        ({"as_of": date(2016, 1, 1)}, {"event": ["terminated", "suspended"]}),
    ],
)
def test_the_link_asks_for_what_the_sentence_counts(
    chosen: dict[str, object], parameters: dict[str, list[str]]
) -> None:
    assert headline.ended_by(Filters(**({"as_of": TODAY} | chosen))) == parameters  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(as_of=TODAY),
        Filters(as_of=date(1995, 6, 1)),
        Filters(as_of=TODAY, city=("istanbul",)),
        Filters(as_of=TODAY, region=("europe",)),
        Filters(as_of=TODAY, status=("terminated",)),
        Filters(as_of=TODAY, event=("suspended",), happened_from="2023"),
        Filters(as_of=TODAY, q="nothing has this name"),
        Filters(as_of=date(2019, 1, 1), status=("future",)),
    ],
)
def test_the_sentence_is_true_of_the_real_register(filters: Filters, real: Cursor) -> None:
    agreements = selected.agreements(real, filters)
    said = headline.text(pieces_of(real, filters))
    values = [filters.as_of, list(agreements["agreement_id"])]
    counted = real.execute(
        """
        SELECT count(*), count(*) FILTER (status IN ('active', 'expiring')),
            count(*) FILTER (status = 'no_end_stated')
        FROM agreement_status(CAST(? AS DATE)) WHERE list_contains(?, agreement_id)
        """,
        values,
    ).fetchall()
    ((number, in_force, open_ended),) = counted

    assert number == len(agreements)
    if not number:
        assert said.startswith("No agreement known")
        return
    if number > 1:
        assert f"f {number:,} agreements" in said
        assert (f", {in_force} " in said) if in_force else said.startswith("None of")
    assert (f"or {open_ended} no source states an end." in said) == (0 < open_ended < number)


def test_the_fifteen_ties_of_the_real_register(real: Cursor) -> None:
    filters = Filters(as_of=TODAY)
    pieces = pieces_of(real, filters)
    ((told,),) = real.execute(
        "SELECT count(*) FROM events WHERE event IN ('terminated', 'suspended') "
        "AND date_last BETWEEN '2022-02-01' AND '2026-11-26'"
    ).fetchall()

    assert f"{told} ties were ended or put on hold" in {piece.text for piece in pieces}
    # Its link leads to as many events.
    asked, _ = from_address(headline.ended_by(filters), options(real), TODAY)
    assert len(events.events(real, asked)) == told


# The title of the rise and fall


def counts(*numbers: tuple[int, int, int, int]) -> pd.DataFrame:
    """Years from 2010: terminated, suspended, in force, projected."""
    rows = [
        {"year": 2010 + at, "terminated": t, "suspended": s, "in_force": f, "projected": bool(p)}
        for at, (t, s, f, p) in enumerate(numbers)
    ]
    columns = ["year", "terminated", "suspended", "in_force", "projected"]
    return pd.DataFrame(rows, columns=columns).astype({"projected": bool})


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        (
            [(1, 0, 5, 0), (2, 1, 3, 0), (0, 1, 2, 0)],
            "More was ended or put on hold in 2011 than in all other years together",
        ),
        # As many as in the others together is not more.
        (
            [(1, 0, 5, 0), (2, 1, 3, 0), (1, 1, 2, 0)],
            "Most were known to be in force in 2010: 5, against 2 on 26 November 2026",
        ),
        # Two are no finding, nor is what is projected.
        ([(0, 0, 2, 0), (2, 0, 1, 0)], "Signed, run out, ended and put on hold, year by year"),
        (
            [(0, 0, 3, 0), (0, 0, 9, 1), (5, 0, 1, 1)],
            "Signed, run out, ended and put on hold, year by year",
        ),
        ([], "Signed, run out, ended and put on hold, year by year"),
    ],
)
def test_the_title_is_a_finding_only_where_it_is_true(
    numbers: list[tuple[int, int, int, int]], title: str
) -> None:
    assert headline.finding(counts(*numbers), Filters(as_of=TODAY)) == title


def test_the_title_of_the_known_register(cursor: Cursor) -> None:
    filters = Filters(as_of=DAY)

    # ljubljana-2019, istanbul-2020 and anhui-2018 at the end of 2020; two on the day.
    assert headline.finding(years.by_year(cursor, filters), filters) == (
        "Most were known to be in force in 2020: 3, against 2 on 1 March 2022"
    )


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((9, 2, 12, 9, 6, False), "9 signed, 2 ran out, 12 ended, 9 put on hold; 6 in force"),
        ((0, 3, 0, 0, 7, True), "3 run out; 7 in force"),
        ((0, 0, 0, 0, 0, False), "0 in force"),
    ],
)
def test_a_year_in_words(numbers: tuple[int, ...], said: str) -> None:
    names = ("signed", "ran_out", "terminated", "suspended", "in_force", "projected")

    assert headline.year(dict(zip(names, numbers, strict=True))) == said
