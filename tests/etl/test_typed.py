"""Dates as people type them: what they are taken for, and what is refused."""

import pytest

from etl.curating.typed import NotADate, understood


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2024-09-27", "2024-09-27"),
        ("2019?", "2019?"),
        ("27.09.2024", "2024-09-27"),
        ("3.4.2024", "2024-04-03"),
        ("27. 9. 2024", "2024-09-27"),
        ("2024/9/27", "2024-09-27"),
        ("13/04/2024", "2024-04-13"),
        ("04/13/2024", "2024-04-13"),
        ("04/04/2024", "2024-04-04"),
        ("09/2024", "2024-09"),
        ("Sept 2024", "2024-09"),
        ("Sept 2024~", "2024-09~"),
        ("27 September 2024", "2024-09-27"),
        ("September 27th, 2024", "2024-09-27"),
        ("сентябрь 2024", "2024-09"),
        ("27 сентября 2024 года", "2024-09-27"),
        ("10. septembra 2019", "2019-09-10"),
        ("27 Eylül 2024", "2024-09-27"),
        ("2024. szeptember 27.", "2024-09-27"),
        ("2024年9月27日", "2024-09-27"),
        # Nowruz of 1403 was 20 March 2024, and the first six months of the year have 31 days.
        ("1 Farvardin 1403", "2024-03-20"),
        ("5 Mehr 1403", "2024-09-26"),
        ("۵ مهر ۱۴۰۳", "2024-09-26"),  # noqa: RUF001
        ("1403/07/05", "2024-09-26"),
    ],
)
def test_a_date_is_understood_and_no_more_exact_than_it_was_typed(typed: str, date: str) -> None:
    assert understood(typed) == date


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("03/04/2024", "2024-03-04 (4 March 2024) or 2024-04-03 (3 April 2024)"),
        ("30.02.2024", "no day of the calendar"),
        ("27.09.24", "no year of four figures"),
        ("1403", "lies in 2024 and 2025"),
        ("Mehr 1403", "lies in two months of ours"),
        ("31 Mehr 1403", "no day of the Solar Hijri calendar"),
        ("Ju 2024", "no date"),
        ("5 Mehr 2024", "no date"),
        ("27 29 September 2024", "no date"),
        ("last week", "no date"),
        ("", "no date"),
    ],
)
def test_what_is_no_date_or_may_be_two_is_refused(typed: str, said: str) -> None:
    with pytest.raises(NotADate) as caught:
        understood(typed)
    assert said in str(caught.value)
