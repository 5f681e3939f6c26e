"""The Overview's sentence and the title of its first chart, over all kinds of selections."""

from datetime import date

import duckdb
import pandas as pd
import pytest

from register import headline
from register.filters import Filters, from_address
from register.queries import events, register, selected, years
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
TODAY = date(2026, 11, 26)


def of(
    as_of: date = TODAY,
    *,
    in_force: int = 0,
    open_ended: int = 0,
    others: int = 0,
    happened: tuple[tuple[str, str], ...] = (),
    **chosen: object,
) -> str:
    """The sentence for so many agreements, and events of (kind, last day) each of its own."""
    agreements = pd.DataFrame(
        {
            "status": ["active"] * in_force + ["no_end_stated"] * open_ended + ["expired"] * others,
            "in_force": [True] * in_force + [False] * (open_ended + others),
        }
    )
    told = pd.DataFrame(
        {
            "event": [event for event, _ in happened],
            "date_last": pd.to_datetime([day for _, day in happened]),
            "partner_id": [f"partner-{number}" for number in range(len(happened))],
            "agreement_id": [None] * len(happened),
        }
    )
    filters = Filters(as_of=as_of, **chosen)  # type: ignore[arg-type]
    return headline.text(headline.sentence(agreements, told, filters, TODAY))


ENDED = (("terminated", "2022-03-02"), ("suspended", "2023-02-24"))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"in_force": 7, "open_ended": 139, "others": 148, "happened": ENDED},
            "Of 294 agreements, 7 are known to be in force today. Since February 2022, 2 ties "
            "were ended or put on hold; for 139 no source states an end.",
        ),
        (
            {"in_force": 1, "open_ended": 1, "others": 1, "happened": ENDED[:1]},
            "Of 3 agreements, 1 is known to be in force today. Since February 2022, 1 tie was "
            "ended or put on hold; for 1 no source states an end.",
        ),
        (
            {"in_force": 2, "others": 1, "happened": ENDED[:1]},
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
            {"in_force": 2, "others": 2, "happened": (("terminated", "2016-02-11"),)},
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


def test_what_was_ended_before_the_month_or_is_no_end_does_not_count() -> None:
    told = (("terminated", "2022-01-31"), ("announced", "2024-01-01"), ("suspended", "2022-02-01"))

    assert "Since February 2022, 1 tie was ended" in of(others=3, happened=told)


def test_one_tie_that_was_put_on_hold_and_then_ended_is_one() -> None:
    agreements = pd.DataFrame({"status": ["terminated"], "in_force": [False]})
    told = pd.DataFrame(
        {
            "event": ["suspended", "terminated"],
            "date_last": pd.to_datetime(["2022-03-01", "2023-03-01"]),
            "partner_id": ["berlin", "berlin"],
            "agreement_id": ["pact", "pact"],
        }
    )
    said = headline.text(headline.sentence(agreements, told, Filters(as_of=TODAY), TODAY))

    assert "1 tie was ended or put on hold" in said


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
    said = headline.text(
        headline.sentence(agreements, selected.events(real, filters), filters, TODAY)
    )
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
    pieces = headline.sentence(
        selected.agreements(real, filters), selected.events(real, filters), filters, TODAY
    )
    ((told,),) = real.execute(
        "SELECT count(*) FROM events WHERE event IN ('terminated', 'suspended') "
        "AND date_last BETWEEN '2022-02-01' AND '2026-11-26'"
    ).fetchall()

    assert f"{told} ties were ended or put on hold" in {piece.text for piece in pieces}
    # Its link leads to as many events.
    asked, _ = from_address(headline.ended_by(filters), register.options(real), TODAY)
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
