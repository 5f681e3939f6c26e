"""Which signs a cell may hold, and what search takes for the same."""
# ruff: noqa: RUF001 - signs that look alike are what this is about.

import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.__main__ import main
from register.text import flaws, fold, fold_words, is_visible
from tests.conftest import Register

# --- what a cell may hold -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule", "mend"),
    [
        (" Ankara", "has spaces around it", "remove outer spaces"),
        ("  Ankara  (city)", "has two spaces in place 9", "write one"),
        ("Ankara\tcity", "has a control sign: U+0009 in place 7", "tabs"),
        ("Ankara\ncity", "has a control sign: U+000A in place 7", "line breaks"),
        ("Ankara\x85city", "has a control sign: U+0085 in place 7", "line breaks"),
        ("Ankara\u2028city", "has a control sign: LINE SEPARATOR (U+2028) in place 7", "line"),
        ("New\u00a0Delhi", "has a special space: NO-BREAK SPACE (U+00A0) in place 4", "ordinary"),
        ("北京\u3000市", "has a special space: IDEOGRAPHIC SPACE (U+3000) in place 3", "ordinary"),
        (
            "Pro\u200bgramme",
            "has an invisible sign: ZERO WIDTH SPACE (U+200B) in place 4",
            "remove",
        ),
        ("Pro\u00adgramme", "has an invisible sign: SOFT HYPHEN (U+00AD) in place 4", "remove"),
        ("\u200fAnkara", "has an invisible sign: RIGHT-TO-LEFT MARK (U+200F) in place 1", "remove"),
        ("\u202eAnkara", "has an invisible sign: RIGHT-TO-LEFT OVERRIDE (U+202E)", "remove"),
        ("\u2067Ankara", "has an invisible sign: RIGHT-TO-LEFT ISOLATE (U+2067)", "remove"),
        ("\ufeffAnkara", "has an invisible sign: ZERO WIDTH NO-BREAK SPACE (U+FEFF)", "remove"),
        ("An\u2060kara", "has an invisible sign: WORD JOINER (U+2060) in place 3", "remove"),
        ("A\u034fnkara", "has an invisible sign: COMBINING GRAPHEME JOINER (U+034F)", "remove"),
        ("A\ufe0fnkara", "has an invisible sign: VARIATION SELECTOR-16 (U+FE0F)", "remove"),
        ("A\U000e0041", "has an invisible sign: TAG LATIN CAPITAL LETTER A (U+E0041)", "remove"),
        ("A\u3164", "has an invisible sign: HANGUL FILLER (U+3164) in place 2", "remove"),
        ("A\u2800", "has an invisible sign: BRAILLE PATTERN BLANK (U+2800)", "remove"),
        # Joiners where nothing is joined or parted.
        ("An\u200ckara", "has an invisible sign: ZERO WIDTH NON-JOINER (U+200C)", "remove"),
        ("ته\u200dران", "has an invisible sign: ZERO WIDTH JOINER (U+200D) in place 3", "remove"),
        ("دار\u200cالسلام", "has an invisible sign: ZERO WIDTH NON-JOINER (U+200C)", "remove"),
        ("co\ufffdp", "has the trace of a lost sign: REPLACEMENT CHARACTER (U+FFFD)", "was lost"),
        ("A\ue000", "has a sign without a meaning: U+E000 in place 2", "that is meant"),
        ("A\u0378", "has a sign without a meaning: U+0378 in place 2", "that is meant"),
        ("A\uffff", "has a sign without a meaning: U+FFFF in place 2", "that is meant"),
        ("A\ud800", "has a sign without a meaning: U+D800 in place 2", "that is meant"),
        ("S\u0327is\u0327li", "is not in Unicode form NFC", "normalise"),
        ("Ａnkara", "has another form of 'A': FULLWIDTH LATIN CAPITAL LETTER A (U+FF21)", "'A'"),
        ("\U0001d400nkara", "has another form of 'A': MATHEMATICAL BOLD CAPITAL A", "'A'"),
        ("Ⓐnkara", "has another form of 'A': CIRCLED LATIN CAPITAL LETTER A (U+24B6)", "'A'"),
        (
            "Oﬃce",
            "has another form of 'ffi': LATIN SMALL LIGATURE FFI (U+FB03) in place 2",
            "'ffi'",
        ),
        ("１0", "has another form of '1': FULLWIDTH DIGIT ONE (U+FF11) in place 1", "'1'"),
        ("Part Ⅷ", "has another form of 'VIII': ROMAN NUMERAL EIGHT (U+2167) in place 6", "'VIII'"),
        ("\u2f08民", "has another form of '人': KANGXI RADICAL MAN (U+2F08) in place 1", "'人'"),
        (
            "in Ank\u0430ra",
            "has letters of several scripts in the word 'Ank\u0430ra': "
            "CYRILLIC SMALL LETTER A (U+0430) in place 7",
            "one script",
        ),
        (
            "\u0430 Москв\u0061",
            "has letters of several scripts in the word 'Москв\u0061': "
            "LATIN SMALL LETTER A (U+0061) in place 8",
            "one script",
        ),
        ("\u039doscow", "'\u039doscow': GREEK CAPITAL LETTER NU (U+039D) in place 1", "one script"),
        ("Ꭺnkara", "CHEROKEE LETTER GO (U+13AA) in place 1", "one script"),
        ("東\u0430京", "CYRILLIC SMALL LETTER A (U+0430) in place 2", "one script"),
    ],
)
def test_a_sign_that_misleads_is_named_with_its_place(text: str, rule: str, mend: str) -> None:
    assert [flaw for flaw in flaws(text) if rule in flaw.rule and mend in flaw.mend]


@pytest.mark.parametrize(
    "text",
    [
        "Programme of cooperation, 2019-2021",
        "МИД-Press and COVID-19",
        "Wi\u2011Fi, 2019–2021 — “Дом Москвы” «x» ’ʼ",
        "İstanbul, Kraków, Đà Nẵng, Łódź",
        "5 km², № 7, ½, 10 µm, 20 °C, ℡",
        "می\u200cشود",
        "क्\u200dष",
        "東京への大学院生派遣 スポーツ",
        "東京Tower, K팝（韓國）",
        "Երևան",
        "กรุงเทพมหานคร ตำบล",
        "п’ять, пʼять, Москва\u0301",
        "ᏣᎳᎩ",
    ],
)
def test_what_languages_need_is_let_in(text: str) -> None:
    assert list(flaws(text)) == []


def test_each_sign_is_told_once() -> None:
    assert [flaw.rule for flaw in flaws("a\u200bb\u200bc\u00adc")] == [
        "has an invisible sign: ZERO WIDTH SPACE (U+200B) in place 2",
        "has an invisible sign: SOFT HYPHEN (U+00AD) in place 6",
    ]
    # The first non-joiner parts a Persian word.
    assert [flaw.rule for flaw in flaws("می\u200cشود An\u200ckara")] == [
        "has an invisible sign: ZERO WIDTH NON-JOINER (U+200C) in place 10"
    ]


@pytest.mark.parametrize(
    "title",
    [
        "\u200b",
        "\u200d",
        "\u3164",
        "\u2800",
        "\ue000",
        "\u0378",
        "\uffff",
        "\u202e",
        "—",
        "…!",
        "ʼ",
    ],
)
def test_a_required_cell_without_a_letter_or_digit_is_empty(
    register: Register, tmp_path: Path, title: str
) -> None:
    register.agreement(title=title, signed_on="2019-09-10")
    result = CliRunner().invoke(main, ["check", "--register", str(register.write(tmp_path / "r"))])
    assert result.exit_code == 1
    assert (
        f"agreements.csv:2: title = {title!r} is required, but has no letter or digit. "
        "Mend: give it: English title"
    ) in result.stderr


def test_a_statement_and_an_optional_cell_are_checked_too(
    register: Register, tmp_path: Path
) -> None:
    register.agreement(moscow_signatory="Yuri Luzhko\u200bv", signed_on="2019-09-10")
    result = CliRunner().invoke(main, ["check", "--register", str(register.write(tmp_path / "r"))])
    places = [line.partition(" has ")[0] for line in result.stderr.splitlines()[:-1]]
    assert places == [
        r"agreements.csv:2: moscow_signatory = 'Yuri Luzhko\u200bv'",
        r"statements.csv:3: value = 'Yuri Luzhko\u200bv'",
    ]


# --- what search takes for the same ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße STRASSE", "strasse strasse"),
        ("ΦΙΛΙΠΠΙΝΕΣ Φιλιππίνες", "φιλιππινεσ φιλιππινεσ"),
        ("İSTANBUL Istanbul ıstanbul", "istanbul istanbul istanbul"),
        ("ﬁne ﬀ Ⅷ ² Ａ１", "fine ff viii 2 a1"),
        ("Йошкар-Ола Ёлка", "иошкар ола елка"),
        ("Қазақстан Ґ", "казакстан г"),
        ("Łódź Ærø Đà Nẵng Þórður ŒUVRE", "lodz aero da nang thordur oeuvre"),
        ("ეროვნული ᲔᲠᲝᲕᲜᲣᲚᲘ", "ეროვნული ეროვნული"),
        ("დ Երևան ԵՐԵՒԱՆ", "დ երեւան երեւան"),
        # Arabic and Persian letters, vowel signs, the stretching of a word, hamza.
        ("دوستی دوستي", "دوستي دوستي"),
        ("كتاب کتاب", "كتاب كتاب"),
        ("مُحَمَّد محـــمد", "محمد محمد"),
        ("أحمد إسلام آزادی مدرسة", "احمد اسلام ازادي مدرسه"),
        ("می\u200cشود", "ميشود"),
        ("۲۰۱۹ २०१९ ٢٠١٩", "2019 2019 2019"),
        ("서울", "서울"),
        ("ﾄｳｷｮｳ", "トウキョウ"),
        ("2019–2021 2019—2021 2019−2021 2019‑2021 2019-2021", " ".join(["2019-2021"] * 5)),
        ("2019 – 2021", "2019 2021"),
        ("Île‐de‑France", "ile de france"),
        ("Xi'an Xi’an Xiʼan Xi`an Xi´an Xi‘an", " ".join(["xian"] * 6)),
        ("«Дом», “Moscow”: (city/town); „Haus“", "дом moscow city town haus"),
        ("北京、上海。", "北京 上海"),
        ("Bei\u200bjing\ufeff \u00adChina\u2060", "beijing china"),
        ("a\tb\u00a0c\u3000d", "a b c d"),
        ("% _ — !", ""),
    ],
)
def test_what_is_the_same_for_search(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_of_a_search() -> None:
    assert fold_words("Beijing, China: 2019–2021") == ["beijing", "china", "2019-2021"]
    assert fold_words(" – ") == []


def test_only_what_is_seen_is_a_search() -> None:
    assert is_visible("%")
    assert not is_visible("\u200b \ufeff\u00a0")


def assigned() -> list[str]:
    """All signs of this Unicode but those that no rule of writing concerns: the many of Han."""
    signs = map(chr, range(sys.maxunicode + 1))
    return [
        sign
        for sign in signs
        if unicodedata.category(sign) not in {"Cn", "Co", "Cs"}
        and not unicodedata.name(sign, "").startswith(("CJK UNIFIED", "HANGUL SYLLABLE"))
    ]


def test_case_accents_and_form_of_no_sign_count() -> None:
    for sign in assigned():
        folded = fold(sign)
        assert fold(folded) == folded, sign
        assert {fold(unicodedata.normalize("NFD", sign)), fold(sign.casefold())} == {folded}, sign
        if sign.upper() != sign:
            assert fold(sign.upper()) == folded, sign
        if sign.lower() != sign:
            assert fold(sign.lower()) == folded, sign


UNSEEN = st.sampled_from("\u200b\u200c\u200d\u00ad\ufeff\u2060\u202e\u2066\ufe0f\u3164\u0001")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=200)
@given(TEXTS, TEXTS, UNSEEN)
@example("\u1100", "\u1161", "\u200b")  # Letters that make a syllable.
@example("2019", "–2021", "\u200b")
@example("2019-", "-2021", "\u200b")
@example("α\u0345", "\u0301", "\u200b")
def test_texts_that_differ_only_in_writing_are_one(start: str, end: str, unseen: str) -> None:
    text = start + end
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(text.upper()) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(unicodedata.normalize("NFC", text)) == folded
    assert fold(start + unseen + end) == folded


@settings(max_examples=200)
@given(TEXTS)
def test_no_folded_text_has_a_flaw_of_space_or_sight(text: str) -> None:
    folded = fold(text)
    kinds = ("spaces", "a control", "a special", "an invisible", "a sign without")
    assert [
        flaw for flaw in flaws(folded) if flaw.rule.removeprefix("has ").startswith(kinds)
    ] == []
