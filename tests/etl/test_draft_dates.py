"""Dates, periods and lengths in texts, each worked out by hand; and what only looks like one."""

import pytest

from etl.draft import dates, periods
from etl.draft.text import Text


def found(text: str, language: str, published: str = "") -> list[str]:
    return [one.value for one in dates.find(Text(text), language, published)]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("signed on 3 March 2026", "en", "2026-03-03"),
        ("signed on March 3, 2026", "en", "2026-03-03"),
        ("signed on the 3rd of March 2026", "en", "2026-03-03"),
        ("in September 2024", "en", "2024-09"),
        ("27 Eylül 2024'te", "tr", "2024-09-27"),
        ("10. septembra 2019", "sl", "2019-09-10"),
        ("18 сентября 2025 года", "ru", "2025-09-18"),
        ("в сентябре 2024 года", "ru", "2024-09"),
        ("am 25. Mai 2017", "de", "2017-05-25"),
        ("il 5 agosto 2016", "it", "2016-08-05"),
        ("le 14 mars 2019", "fr", "2019-03-14"),
        ("2018. szeptember 20.", "hu", "2018-09-20"),
        ("11. detsembril 2014", "et", "2014-12-11"),
        ("2014. gada 11. decembrī", "lv", "2014-12-11"),
        ("2 marca 2022 roku", "pl", "2022-03-02"),
        ("25. maja 2017. godine", "sr", "2017-05-25"),
        ("2006年6月13日", "zh", "2006-06-13"),
        ("2004년 4월 23일", "ko", "2004-04-23"),
        ("ngày 29 tháng 11 năm 2019", "vi", "2019-11-29"),
        ("۵ مهر ۱۴۰۳", "fa", "2024-09-26"),
        ("1403/07/05", "fa", "2024-09-26"),
        ("30 اسفند 1403", "fa", "2025-03-20"),
        ("27.09.2024", "tr", "2024-09-27"),
        ("2024-09-27", "en", "2024-09-27"),
        ("24/10/2015", "en", "2015-10-24"),
    ],
)
def test_a_date_is_read_at_its_own_precision(text: str, language: str, value: str) -> None:
    assert found(text, language) == [value]


@pytest.mark.parametrize(
    ("text", "language", "published", "value"),
    [
        ("yesterday", "en", "2026-01-01", "2025-12-31"),
        ("вчера", "ru", "2024-03-01", "2024-02-29"),
        ("dün", "tr", "2024-08-23", "2024-08-22"),
        ("danas", "sr", "2017-05-25", "2017-05-25"),
        ("on Thursday", "en", "2014-12-12", "2014-12-11"),
        ("в среду", "ru", "2013-10-02", "2013-10-02"),
        ("24 октября", "ru", "2015-10-24", "2015-10-24"),
        ("28 December", "en", "2026-01-03", "2025-12-28"),
        ("13일 체결했다", "ko", "1991-07-13", "1991-07-13"),
        ("30일 체결했다", "ko", "1991-07-02", "1991-06-30"),
        ("۵ مهر", "fa", "2024-09-27", "2024-09-26"),
    ],
)
def test_the_date_of_the_page_completes_a_date(
    text: str, language: str, published: str, value: str
) -> None:
    assert found(text, language, published) == [value]
    assert found(text, language) == []
    assert found(text, language, published[:7]) == []  # A month tells no day.


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayors may sign it.", "en"),
        ("They may 2 times a day march 5 miles.", "en"),
        ("Call 24/7 or 8 (495) 123-45-67.", "en"),
        ("from 25 to 27 May 2017", "en"),
        ("с 18 по 21 сентября 2025", "ru"),
        ("18–21 сентября 2025", "ru"),
        ("vom 20. bis 23. April 2015", "de"),
        ("۶ و ۷ شهریور", "fa"),
        ("3/4/2024", "en"),
        ("31.02.2024", "de"),
        ("30 اسفند 1402", "fa"),
        ("охрана окружающей среды", "ru"),
        ("version 1.2.2024.5", "en"),
        ("5 марта 1712 года", "ru"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str, language: str) -> None:
    assert found(text, language, "2026-01-03") == []


@pytest.mark.parametrize(
    ("text", "language", "years"),
    [
        ("for 2019 to 2021", "en", ("2019", "2021")),
        ("for 2024-2027", "en", ("2024", "2027")),
        ("на 2003-04 гг.", "ru", ("2003", "2004")),
        ("na obdobje 2019 – 2021", "sl", ("2019", "2021")),
        ("2024 ila 2027 yılları", "tr", ("2024", "2027")),
        ("od 2018. do 2020. godine", "sr", ("2018", "2020")),
        ("dal 2014 al 2017", "it", ("2014", "2017")),
        ("von 2018 bis Ende 2020", "de", ("2018", "2020")),
        ("Tahun 2017 - 2019", "id", ("2017", "2019")),
        ("valid until 2027", "en", ("", "2027")),
        ("действует до 2027 года", "ru", ("", "2027")),
        ("2027 yılına kadar", "tr", ("", "2027")),
        ("fino al 2017", "it", ("", "2017")),
    ],
)
def test_a_period_has_its_years(text: str, language: str, years: tuple[str, str]) -> None:
    whole = Text(text)
    found = periods.find(whole, language, whole.sentences)

    assert [(one.begin, one.end) for one in found] == [years]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("from 1147 to 2027", "en"),
        ("room 2019-3", "en"),
        ("2021-2019", "en"),
        ("from 1957 to 2017 they were friends", "en"),
        ("tel. 2019-2021-44", "en"),
    ],
)
def test_what_only_looks_like_a_period_is_none(text: str, language: str) -> None:
    whole = Text(text)

    assert periods.find(whole, language, whole.sentences) == []


@pytest.mark.parametrize(
    ("text", "language", "length"),
    [
        ("for three years", "en", "P3Y"),
        ("for the next 5 years", "en", "P5Y"),
        ("на три года", "ru", "P3Y"),
        ("üç yıllık", "tr", "P3Y"),
        ("به مدت سه سال", "fa", "P3Y"),
        ("za tri leta", "sl", "P3Y"),
        ("trogodišnji sporazum", "sr", "P3Y"),
        ("auf drei Jahre", "de", "P3Y"),
        ("accordo triennale", "it", "P3Y"),
        ("pour trois ans", "fr", "P3Y"),
        ("selama tiga tahun", "id", "P3Y"),
    ],
)
def test_a_length_is_read(text: str, language: str, length: str) -> None:
    whole = Text(text)

    assert [one.value for one in periods.lengths(whole, language, whole.sentences)] == [length]


def test_years_that_have_passed_are_no_length() -> None:
    whole = Text("They have been twinned for 60 years.")

    assert periods.lengths(whole, "en", whole.sentences) == []
