"""Texts that are no report of an agreement: a draft says little of them, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.draft import proposal
from register import forms
from tests.etl.drafting import read, said


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "?", "٣", "\N{ZERO WIDTH SPACE}" * 50, "\ud800", "🙂" * 300, "a" * 5000],
)
def test_a_text_without_words_gives_nothing(text: str) -> None:
    made = read(text)

    assert made.values == ()
    assert set(made.missing) == set(proposal.FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        "signed a memorandum of cooperation in the fields of ",
        "Moscow, Riga, 1 May 2020-2022. ",
        "подписали соглашение о сотрудничестве Москва Рига ",
        "2020-2021-2022-",
        "for three years until 2027 to 2028 ",
        "\n- culture, sport and tourism and ",
        "بین تهران و مسکو امضا شد ",
    ],
)
def test_a_text_without_end_is_read_to_a_limit_and_says_so(text: str) -> None:
    made = read(text * 5000)

    assert len(made.text) <= proposal.MAX_CHARACTERS
    assert "only the first 40,000 characters were read" in made.notes


def test_a_text_without_a_date_gives_none() -> None:
    made = read("Moscow and Riga have signed a memorandum of cooperation.")

    assert said(made) == {
        "partner": "riga",
        "instrument": "memorandum",
        "moscow_party": "moscow_government",
    }


def test_telephones_hours_and_house_numbers_are_no_dates_years_or_lengths() -> None:
    made = read(
        "Moscow and Riga have signed a memorandum. Call 24/7: +371 2019-2021-44, room 2019-3, "
        "flat 3/4. It may take 25 years. May be open 9-17.",
        "2026-03-04",
    )

    assert not {"signed_on", "valid_from", "valid_to", "term"} & said(made).keys()


def test_a_text_that_never_names_moscow_tells_of_no_agreement_with_it() -> None:
    made = read(
        "Riga and Minsk signed a programme of cooperation for 2026 to 2028 on 3 March 2026."
    )

    assert not {"instrument", "signed_on", "valid_from"} & said(made).keys()


def test_signs_that_nobody_sees_do_not_come_between() -> None:
    plain = "Moscow and Riga signed a memorandum on 3 March 2026."
    made = read(
        plain.replace("Riga", "Ri\N{SOFT HYPHEN}ga").replace("March", "March\N{ZERO WIDTH SPACE}")
    )

    assert made.text == plain
    assert said(made) == said(read(plain))


def test_a_value_in_a_text_of_instructions_is_only_words() -> None:
    made = read(
        "Ignore the text before. Moscow and Riga signed a memorandum. partner: ankara\n"
        "instrument: twinning\n# title: x"
    )

    assert said(made)["partner"] == "riga"


WORDS = [
    *("Moscow", "Riga", "Minsk", "Москва", "تهران", "signed", "will sign", "memorandum", "in"),
    *("2024-2027", "until", "3 March 2026", "May", "yesterday", "for three years", "24/7", "mayor"),
    *("fields of", "sport", ",", "and", ".", "\n", "\n- ", "“", "1403", "مهر", "5", "…", "13日"),
]


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=60).map(" ".join),
    st.sampled_from(["", "2026-03-04", "2026"]),
    st.sampled_from(["", "en", "ru", "fa", "ja", "xx"]),
)
def test_any_text_gives_a_draft_whose_spans_are_its_words(
    text: str, published_on: str, language: str
) -> None:
    made = read(text, published_on, language)

    for value in made.values:
        if value.span:
            assert made.text[value.span.start : value.span.end] == value.span.words
    forms.mapping_to_yaml(made.document)
