"""What a search finds, however it is typed."""
# ruff: noqa: RUF001 - signs that look alike are what this is about.

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import duckdb
import pytest

from etl.publish import build
from register.filters import MAX_SEARCH, Filters, search_in
from register.queries import register as queries
from register.queries import selected
from register.queries.fitting import searched
from register.text import fold_words
from tests.conftest import Connect, Register

Cursor = duckdb.DuckDBPyConnection
DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    """One agreement with a word of its own in every kind of text, one without."""
    register = Register()
    register.source("moscow", publisher="Moscow", language="ru")
    register.area("roads", name="Straße & Weg")
    register.partner("xian", name="Xi’an", name_native="西安市", country_code="CN")
    register.partner_name("Сиань-Чанъань", partner_id="xian")
    register.agreement("other", title="Plan of work", signed_on="2019")
    register.agreement(
        "tea-2019-plan",
        partner_id="xian",
        title="Programme, 2019-2021: «Çay»",
        signed_on="2019-09-10",
        signed_in="Île-de-France",
        moscow_signatory="Yuri Luzhkov (Mayor of Moscow)",
        partner_signatory="Seán O'Brien (Lord Mayor)",
    )
    register.label("Φιλιππίνες, δρόμος", agreement_id="tea-2019-plan", area_id="roads")
    folder = tmp_path_factory.mktemp("search")
    database = build(register.write(folder / "register"), folder / "build")
    with duckdb.connect(database, read_only=True) as connection:
        yield connection


def found(cursor: Cursor, q: str) -> list[str]:
    return sorted(selected.agreements(cursor, Filters(as_of=DAY, q=search_in(q)))["agreement_id"])


@pytest.mark.parametrize(
    "q",
    [
        # The partner's names, in which an apostrophe is none of the letters.
        *("Xi'an", "Xi’an", "Xiʼan", "XI`AN", "xi´an", "Xian", "西安", "сиань", "Сиань–Чанъань"),
        *("China", "Китаи", "Китай", "КИТАЙ"),
        # The title, its years with any dash.
        *("Programme 2019–2021", "2019-2021", "2019—2021", "2019−2021", "2019\u20112021"),
        *("çay", "CAY", "Programme, 2019-2021: «Çay»", "Programme:Çay"),
        # The area and the source's words for it.
        *("Straße", "STRASSE", "strasse & weg", "ΦΙΛΙΠΠΙΝΕΣ", "φιλιππινες", "ΔΡΌΜΟΣ", "Δρομοσ"),
        # Who signed, and where.
        *("Yuri Luzhkov, Mayor of Moscow", "luzhkov", "O’Brien", "OBRIEN", "o'brien", "Sean"),
        *("Lord Mayor Seán O‘Brien", "Ile de France", "ÎLE–DE–FRANCE", "Île\u2011de\u2011France"),
        # The ids.
        *("tea-2019-plan", "tea 2019 plan"),
        # Invisible signs.
        *("Xi’an\u200b", "\ufeffXi\u00adan", "cay\u2060", "西\u200d安"),
        # Other forms of letters and digits.
        *("Ｘｉａｎ", "２０１９－２０２１", "۲۰۱۹-۲۰۲۱", "𝐗𝐢𝐚𝐧"),
    ],
)
def test_the_agreement_is_found_by_each_of_its_texts(cursor: Cursor, q: str) -> None:
    assert found(cursor, q) == ["tea-2019-plan"]


@pytest.mark.parametrize("q", ["", "\u200b", " \u00ad "])
def test_a_search_of_which_nothing_is_seen_is_none(cursor: Cursor, q: str) -> None:
    assert found(cursor, q) == ["other", "tea-2019-plan"]


@pytest.mark.parametrize("q", ["—", "%", "_", "'", "2019-2022", "2021-2019", "20192021", "Xi’anx"])
def test_what_no_text_holds_is_not_found(cursor: Cursor, q: str) -> None:
    assert found(cursor, q) == []


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("Xiann", ["Xi’an"]),
        ("LJUBLJANNA", ["Ljubljana"]),
        ("Сиань-Чанъан’я", ["Xi’an"]),
        # Both are spelt nearly so: the likelier one first.
        ("Slovena", ["Slovenia"]),
        # The search fits; other filters leave nothing.
        ("Ljubljana, Slovenia", []),
        ("Xi an", []),
        # Nothing to go by.
        ("—", []),
        ("\u200b", []),
        ("x" * MAX_SEARCH, []),
        ("\u0301" * MAX_SEARCH, []),
        ("\ufdfa" * MAX_SEARCH, []),
        ("\ud800", []),
        ("'; DROP TABLE search_names; --", []),
    ],
)
def test_what_may_have_been_meant(cursor: Cursor, q: str, meant: list[str]) -> None:
    assert queries.alike(cursor, q) == meant


def test_the_likeliest_three_are_offered(connect: Connect) -> None:
    register = Register()
    for name in ("Marina", "Marino", "Mariana", "Madrid", "Marin", "Marine"):
        register.partner(name.lower(), name=name)
    # Jaro's similarity is the mean of 1 and the shares of both words that agree; Winkler adds four
    # tenths of what is missing where four letters agree at the start. Marin: 1, 5/6: 0.97; Marina,
    # Marine, Marino: 5/6, 5/6: 0.93; Mariana: 5/7, 5/6: 0.91.
    assert queries.alike(connect(register), "Marinn") == ["Marin", "Marina", "Marine"]


@pytest.mark.parametrize(
    ("q", "count"),
    [
        ("2019–2021", 5),
        ("ΦΙΛΙΠΠΙΝΕΣ", 5),
        ("STRASSE", 1),
        ("Yuri Luzhkov, Mayor of Moscow", 22),
        ("Beijing, China", 16),
        ("Ankara\u200b", 3),
    ],
)
def test_in_the_real_register(real: Cursor, q: str, count: int) -> None:
    assert len(found(real, q)) == count


TEXTS = """
SELECT DISTINCT agreement_id, unnest([p.name, p.name_native, n.name, c.name, a.title, a.signed_in,
    a.moscow_signatory, a.partner_signatory, l.label, areas.name]) AS text
FROM agreements AS a
JOIN partners AS p USING (partner_id)
JOIN countries AS c USING (country_code)
LEFT JOIN partner_names AS n USING (partner_id)
LEFT JOIN agreement_areas AS l USING (agreement_id)
LEFT JOIN areas USING (area_id)
"""


def without_accents(text: str) -> str:
    """The text without the accents of Latin, Greek and Cyrillic letters."""
    return "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not "\u0300" <= sign <= "\u036f"
    )


WAYS_OF_TYPING: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "in upper case": str.upper,
    "in lower case": str.lower,
    "without accents": without_accents,
    "in parts": lambda text: unicodedata.normalize("NFD", text),
    "with dashes": lambda text: text.replace("-", "–"),
    "with another apostrophe": lambda text: text.replace("'", "’"),
    "without commas": lambda text: text.replace(",", ""),
    "with invisible signs": "\u200b".join,
}


@pytest.fixture(scope="module")
def fitting(real: Cursor) -> Callable[[str], set[str]]:
    """The agreements of the real register that a search fits, asked for once."""

    @cache
    def ask(words: tuple[str, ...]) -> set[str]:
        holds, values = searched(" ".join(words))
        rows = real.execute(
            f"SELECT agreement_id FROM agreement_windows WHERE {holds}", values
        ).fetchall()
        return {agreement_id for (agreement_id,) in rows}

    return lambda q: ask(tuple(fold_words(q)))


@pytest.mark.parametrize("typed", WAYS_OF_TYPING.values(), ids=WAYS_OF_TYPING)
def test_every_text_of_the_register_finds_its_agreement(
    real: Cursor, fitting: Callable[[str], set[str]], typed: Callable[[str], str]
) -> None:
    texts = [(id_, text) for id_, text in real.execute(TEXTS).fetchall() if text is not None]
    assert len(texts) > 3000
    assert [text for id_, text in texts if id_ not in fitting(typed(text))] == []


def test_a_search_of_very_many_words_is_answered(real: Cursor) -> None:
    holds, words = searched(" ".join(map(str, range(1000))))
    found = real.execute(f"SELECT count(*) FROM agreement_windows WHERE {holds}", words).fetchall()
    assert found == [(0,)]
