"""Lengths of validity, as ISO 8601 writes them."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register import duration

COUNTS = st.one_of(st.none(), st.integers(0, 999))


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("P3Y", {"years": 3}),
        ("P18M", {"months": 18}),
        ("P2W", {"weeks": 2}),
        ("P90D", {"days": 90}),
        ("P1000D", {"days": 1000}),
        ("P36525D", {"days": 36525}),
        ("P1Y6M", {"years": 1, "months": 6}),
        ("P1Y2M3W4D", {"years": 1, "months": 2, "weeks": 3, "days": 4}),
        ("P10Y", {"years": 10}),
    ],
)
def test_units_are_counted(text: str, counts: dict[str, int]) -> None:
    assert duration.parse(text) == counts
    assert duration.is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "P0Y",
        "P0Y0M0D",
        "3Y",
        "P3",
        "PY",
        "3 years",
        "p3y",
        "P-3Y",
        "-P3Y",
        "P1.5Y",
        "P1,5Y",
        "P6M1Y",
        "P1Y1Y",
        "PT36H",
        "P1YT1H",
        "P3Y ",
        " P3Y",
        "P3Y\n",
        "P3Y?",
        "P1000Y",
        "P99999999999D",
        "P\u0663Y",  # an Arabic-Indic digit
    ],
)
def test_what_is_no_length_is_rejected(text: str) -> None:
    with pytest.raises(ValueError, match="is not an ISO 8601 duration"):
        duration.parse(text)
    assert not duration.is_valid(text)


@pytest.mark.parametrize(
    ("day", "text", "later"),
    [
        (date(2019, 9, 10), "P3Y", date(2022, 9, 10)),
        (date(2020, 2, 29), "P1Y", date(2021, 2, 28)),
        (date(2025, 8, 31), "P6M", date(2026, 2, 28)),
        (date(2025, 8, 31), "P1Y6M", date(2027, 2, 28)),
        (date(2025, 8, 31), "P6M1D", date(2026, 3, 1)),
        (date(2025, 1, 1), "P1W1D", date(2025, 1, 9)),
        (date(9999, 1, 1), "P5Y", date.max),
        (date(9999, 12, 31), "P1D", date.max),
    ],
)
def test_a_day_so_much_later_is_the_last_of_its_month_where_that_is_too_short(
    day: date, text: str, later: date
) -> None:
    assert duration.after(day, text) == later


@given(years=COUNTS, months=COUNTS, weeks=COUNTS, days=COUNTS)
def test_every_length_is_read_back(
    years: int | None, months: int | None, weeks: int | None, days: int | None
) -> None:
    given_counts = {"years": years, "months": months, "weeks": weeks, "days": days}
    counts = {unit: count for unit, count in given_counts.items() if count is not None}
    text = "P" + "".join(f"{count}{unit[0].upper()}" for unit, count in counts.items())
    if any(counts.values()):
        assert duration.parse(text) == counts
    else:
        with pytest.raises(ValueError, match="is not an ISO 8601 duration"):
            duration.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P1Y", "1 year"),
        ("P3Y", "3 years"),
        ("P1Y6M", "1 year 6 months"),
        ("P1M", "1 month"),
        ("P1W1D", "1 week 1 day"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert duration.in_words(text) == words


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("P3Y", "2023-01-31"),
        ("P18M", "2021-07-31"),
        ("P1M", "2020-02-29"),
        ("P2W", "2020-02-14"),
        ("P1Y1M1D", "2021-03-01"),
    ],
)
def test_duckdb_reads_the_words_as_the_same_length(
    database: duckdb.DuckDBPyConnection, text: str, end: str
) -> None:
    words = duration.in_words(text)
    query = "SELECT CAST(DATE '2020-01-31' + CAST(? AS INTERVAL) AS DATE)::VARCHAR"
    assert database.execute(query, [words]).fetchall() == [(end,)]
