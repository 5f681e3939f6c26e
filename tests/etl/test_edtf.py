"""The dates of the register: grammar, bounds and words."""

import re
from calendar import monthrange
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from register import edtf

REAL_DATES = st.dates(min_value=date(1, 1, 1))
QUALIFIERS = st.sampled_from(["", "?", "~"])


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2019-09-10", date(2019, 9, 10), date(2019, 9, 10), "day"),
        ("2019-09", date(2019, 9, 1), date(2019, 9, 30), "month"),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31), "month"),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "year"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "month"),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28), "month"),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29), "month"),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29), "day"),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), "year"),
    ],
)
def test_bounds_are_the_first_and_last_day_it_may_mean(
    text: str, first: date, last: date, precision: str
) -> None:
    parsed = edtf.parse(text)
    assert (parsed.first, parsed.last, parsed.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("2019-09-10", True),
        ("2019-09-10?", False),
        ("2019-09-10~", False),
        ("2019-09", False),
        ("2019", False),
    ],
)
def test_only_a_day_without_doubt_is_exact(text: str, exact: bool) -> None:
    assert edtf.parse(text).exact is exact


@pytest.mark.parametrize("qualifier", ["?", "~"])
def test_a_qualifier_is_kept_and_leaves_the_bounds(qualifier: str) -> None:
    parsed = edtf.parse(f"2019-09{qualifier}")
    assert parsed.qualifier == qualifier
    assert (parsed.first, parsed.last) == (date(2019, 9, 1), date(2019, 9, 30))


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-30",
        "2019-02-29",
        "1900-02-29",
        "2019-04-31",
        "2019-13",
        "2019-00",
        "2019-13-01",
        "2019-00-01",
        "2019-01-00",
        "2019-00-00",
        "0000",
        "0000-01-01",
    ],
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="no such day in the calendar"):
        edtf.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "19",
        "20190910",
        "2019-9-10",
        "2019-09-1",
        "2019/09/10",
        "10.09.2019",
        "10-09-2019",
        "-2019",
        "+2019",
        "12019",
        "2019-",
        "2019-09-",
        "2019-09-10T00:00",
        "2019-09-10Z",
        "2019/2021",
        "2019%",
        "2019??",
        "2019?~",
        "?2019",
        "2019?-09",
        "~2019",
        "201X",
        "2019-XX",
        "2019-21",
        "..",
        "unknown",
        " 2019",
        "2019 ",
        "2019\n",
        "2019-09-10\n",
        "\u0662\u0660\u0661\u0669",  # Arabic-Indic digits
        "\u06f2\u06f0\u06f1\u06f9",  # Persian digits
        "２０１９",  # noqa: RUF001
        "2019\u201109",  # a non-breaking hyphen
    ],
)
def test_other_notations_are_rejected(text: str) -> None:
    with pytest.raises(ValueError, match=r"date of the form|calendar"):
        edtf.parse(text)


@given(day=REAL_DATES, qualifier=QUALIFIERS)
@example(day=date(2020, 2, 29), qualifier="~")
@example(day=date(1, 1, 1), qualifier="")
def test_every_real_day_is_itself(day: date, qualifier: str) -> None:
    parsed = edtf.parse(f"{day.isoformat()}{qualifier}")
    assert (parsed.first, parsed.last, parsed.qualifier) == (day, day, qualifier)


@given(day=REAL_DATES, qualifier=QUALIFIERS)
def test_every_real_month_runs_over_all_its_days(day: date, qualifier: str) -> None:
    parsed = edtf.parse(f"{day.isoformat()[:7]}{qualifier}")
    length = monthrange(day.year, day.month)[1]
    assert parsed.first <= day <= parsed.last
    assert (parsed.last - parsed.first).days == length - 1


@given(day=REAL_DATES, qualifier=QUALIFIERS)
def test_every_real_year_runs_over_all_its_days(day: date, qualifier: str) -> None:
    parsed = edtf.parse(f"{day.isoformat()[:4]}{qualifier}")
    leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    assert parsed.first <= day <= parsed.last
    assert (parsed.last - parsed.first).days == (365 if leap else 364)


@given(
    st.one_of(
        st.text(max_size=12),
        st.text(alphabet="0123456789-?~", max_size=12),
        st.from_regex(r"\d{4}(-\d{2}(-\d{2})?)?[?~]?", fullmatch=True),
    )
)
def test_any_text_is_rejected_or_read_back_as_it_was(text: str) -> None:
    try:
        parsed = edtf.parse(text)
    except ValueError:
        return
    kept = {"day": 10, "month": 7, "year": 4}[parsed.precision]
    assert parsed.first.isoformat()[:kept] + parsed.qualifier == text


@given(
    year=st.integers(1, 9999),
    month=st.integers(0, 99),
    day=st.integers(0, 99),
)
def test_accepts_the_days_that_python_s_calendar_has(year: int, month: int, day: int) -> None:
    text = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        known: date | None = date.fromisoformat(text)
    except ValueError:
        known = None
    try:
        found: date | None = edtf.parse(text).first
    except ValueError:
        found = None
    assert found == known


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019-09-10", "10 September 2019"),
        ("2019-09-01", "1 September 2019"),
        ("2024-09", "September 2024"),
        ("2024", "2024"),
        ("0900", "0900"),
        ("2018-11~", "about November 2018"),
        ("2003?", "2003 (uncertain)"),
        ("2019-09-10~", "about 10 September 2019"),
    ],
)
def test_words_say_no_more_than_the_date(text: str, words: str) -> None:
    assert edtf.in_words(text) == words


@given(day=REAL_DATES, qualifier=QUALIFIERS)
def test_the_words_of_a_year_name_no_month_or_day(day: date, qualifier: str) -> None:
    words = edtf.in_words(f"{day.isoformat()[:4]}{qualifier}")
    assert re.findall(r"\d+", words) == [f"{day.year:04d}"]


def test_there_are_no_words_for_what_is_no_date() -> None:
    with pytest.raises(ValueError, match="calendar"):
        edtf.in_words("2019-02-30")
