"""Drafts of texts of the tests' own; what each says was written down before it was drafted."""

import pytest

from etl.draft import Known, Page, draft, marks
from register import forms
from register.document import Agreement, Event
from tests.etl.drafting import KNOWN, areas, read, said

ENGLISH = """Riga and Moscow agree on the next years

Mayor of Riga Anna Bērziņa and Mayor of Moscow Sergei Sobyanin signed a programme of cooperation for
2026 to 2028 in Moscow on 3 March 2026. The cities will cooperate in the fields of public transport,
tourism and sport. The previous programme of 2020-2022 has expired.
"""

RUSSIAN = """Москва и Минск подписали меморандум

Мэр Москвы Сергей Собянин и председатель минского горисполкома вчера подписали в Москве меморандум
о сотрудничестве сроком на три года. Минск и Москва будут сотрудничать по следующим направлениям:
общественный транспорт, здравоохранение, историческая память и архивы. Телефон: 8 (495) 123-45-67.
"""

TURKISH = """Ankara ile Moskova arasında protokol

Ankara'da dün düzenlenen törende iki kentin 2026-2028 yıllarını kapsayan iş birliği protokolü
imzalandı. Ankara ve Moskova turizm, spor ve toplu taşıma alanlarında birlikte çalışacak.
"""

SLOVENE = """Podpis programa z Moskvo

Župan Ljubljane je 10. septembra 2025 v Moskvi podpisal Program sodelovanja med Moskvo in Ljubljano
za obdobje 2025-2027. V Programu sodelovanja so naslednja področja sodelovanja:

• turizem
• varstvo okolja
• šport
"""

PERSIAN = """برنامه همکاری تهران و مسکو

شهرداران تهران و مسکو روز ۵ مهر ۱۴۰۳ در مسکو برنامه همکاری را امضا کردند.
این برنامه به مدت سه سال در زمینه های گردشگری، ورزش و محیط زیست است.
"""

GERMAN = """Berlin setzt Partnerschaft aus

Berlin hat die Städtepartnerschaft mit Moskau am 2. März 2026 ausgesetzt. Mitte der Woche tagt der
Senat wieder.
"""


def test_an_english_text() -> None:
    made = read(ENGLISH)

    assert made.page.language == "en"
    assert said(made) == {
        "partner": "riga",
        "instrument": "programme",
        "moscow_party": "moscow_government",
        "signed_on": "2026-03-03",
        "signed_in": "Moscow",
        "valid_from": "2026",
        "valid_to": "2028",
        "moscow_signatory": "Sergei Sobyanin (Mayor of Moscow)",
        "partner_signatory": "Anna Bērziņa (Mayor of Riga)",
    }
    assert areas(made) == {
        "transport": "public transport",
        "tourism": "tourism",
        "sport": "sport",
    }
    assert made.missing == ("term",)


def test_a_russian_text_with_a_day_relative_to_the_page() -> None:
    made = read(RUSSIAN, "2026-03-04")

    assert made.page.language == "ru"
    assert said(made) == {
        "partner": "minsk",
        "instrument": "memorandum",
        "moscow_party": "moscow_government",
        "signed_on": "2026-03-03",
        "signed_in": "Moscow",
        "term": "P3Y",
        "moscow_signatory": "Sergei Sobyanin (Mayor of Moscow)",
    }
    assert areas(made) == {
        "transport": "общественный транспорт",
        "health": "здравоохранение",
        "culture": "историческая память и архивы",
    }


def test_a_turkish_text_whose_list_stands_before_its_word() -> None:
    made = read(TURKISH, "2026-01-01")

    assert made.page.language == "tr"
    assert said(made) == {
        "partner": "ankara",
        "instrument": "protocol",
        "moscow_party": "moscow_government",
        "signed_on": "2025-12-31",
        "signed_in": "Ankara",
        "valid_from": "2026",
        "valid_to": "2028",
    }
    assert set(areas(made)) == {"tourism", "sport", "transport"}


def test_a_slovene_text_with_a_list_in_lines() -> None:
    made = read(SLOVENE)

    assert made.page.language == "sl"
    assert said(made) == {
        "partner": "ljubljana",
        "instrument": "programme",
        "moscow_party": "moscow_government",
        "signed_on": "2025-09-10",
        "signed_in": "Moscow",
        "valid_from": "2025",
        "valid_to": "2027",
    }
    assert areas(made) == {
        "tourism": "turizem",
        "environment": "varstvo okolja",
        "sport": "šport",
    }


def test_a_persian_text_with_a_day_of_the_solar_hijri_calendar() -> None:
    made = read(PERSIAN)

    assert made.page.language == "fa"
    assert said(made) == {
        "partner": "tehran",
        "instrument": "programme",
        "moscow_party": "moscow_government",
        "signed_on": "2024-09-26",
        "signed_in": "Moscow",
        "term": "P3Y",
    }
    assert set(areas(made)) == {"tourism", "sport", "environment"}


def test_a_german_text_of_what_happened_to_a_tie() -> None:
    made = read(GERMAN)

    assert made.page.language == "de"
    assert said(made) == {
        "partner": "berlin",
        "kind": "suspended",
        "date": "2026-03-02",
    }
    assert made.missing == ("actor",)


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, TURKISH, SLOVENE, PERSIAN, GERMAN])
def test_every_value_has_its_words_in_the_text_or_says_why_it_has_none(text: str) -> None:
    made = read(text, "2026-03-04")

    for value in made.values:
        if value.span:
            assert made.text[value.span.start : value.span.end] == value.span.words
        else:
            assert value.doubt
    assert "".join(piece.words for piece in marks.pieces(made)) == made.text


def test_a_wording_of_the_register_is_named_and_one_only_like_it_is_doubtful() -> None:
    made = read(SLOVENE.replace("varstvo okolja", "varstvu okolja"))
    value = next(value for value in made.of("areas") if value.value == "environment")

    assert value.resembles == "varstvo okolja"
    assert value.doubt == "only like the wording"
    assert not next(one for one in made.of("areas") if one.value == "tourism").doubt


def test_a_wording_of_a_source_that_is_left_out_is_not_known() -> None:
    text = (
        "Москва и Минск подписали меморандум по следующим направлениям: "
        "историческая память и архивы."
    )

    with_it = areas(read(text, language="ru"))
    without = areas(read(text, language="ru", known=KNOWN.without("old-news")))

    assert with_it["culture"] == "историческая память и архивы"
    assert without.get("culture") != "историческая память и архивы"


def test_what_is_planned_is_announced_and_nobody_has_signed() -> None:
    made = read(
        "The mayors of Moscow and Riga will sign a memorandum of cooperation in May 2026, "
        "said Anna Bērziņa.",
        "2026-01-05",
    )

    assert said(made) == {
        "partner": "riga",
        "instrument": "memorandum",
        "moscow_party": "moscow_government",
        "kind": "announced",
    }
    assert made.document["events"][0]["kind"] == "announced"


def test_two_partners_named_alike_often_are_none() -> None:
    made = read("Moscow signed a memorandum with Riga and a memorandum with Minsk.")

    assert "partner" not in said(made)
    assert any("riga" in note and "minsk" in note for note in made.notes)


def test_a_partner_named_beside_another_is_doubtful() -> None:
    made = read(
        "Riga and Moscow signed a memorandum, like that of Minsk and Moscow, in the town hall of "
        "Riga. Riga is on the Daugava, Minsk on the Svislach, and Minsk is no port."
    )

    assert said(made)["partner"] == "riga"
    assert "minsk" in made.of("partner")[0].doubt


def test_a_name_of_a_city_and_a_region_is_the_city_and_doubtful() -> None:
    made = read("Moskova ile Antalya arasında iş birliği protokolü imzalandı.", language="tr")

    assert said(made)["partner"] == "antalya"
    assert "antalya-province" in made.of("partner")[0].doubt


@pytest.mark.parametrize("name", ["Ljubljanna", "Љубљана"])
def test_a_name_that_is_written_otherwise_is_proposed_as_doubtful(name: str) -> None:
    made = read(f"Moscow and {name} signed a memorandum.", language="en")

    assert said(made)["partner"] == "ljubljana"
    assert made.of("partner")[0].doubt == "only like the name that the register has"


def test_a_pronoun_is_no_acronym() -> None:
    made = read("Riga and Moscow signed a memorandum in the fields of: It, IT.")

    assert areas(made) == {"digital": "IT"}


def test_a_year_of_another_calendar_makes_no_sentence_old() -> None:
    made = read("تهران و مسکو ۱۵ آبان ۱۴۰۲ تفاهم نامه همکاری سه ساله امضا کردند.")

    assert (said(made)["signed_on"], said(made)["term"]) == ("2023-11-06", "P3Y")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It is a nice memorandum that Moscow signed.", "en"),
        ("Mitte der Woche wurde mit Moskau ein Abkommen unterzeichnet.", "de"),
    ],
)
def test_a_word_that_is_also_a_name_is_no_partner(text: str, language: str) -> None:
    assert "partner" not in said(read(text, language=language))


@pytest.mark.parametrize("form", ["Риги", "Риге", "Ригу", "Ригой"])
def test_a_name_is_found_in_its_russian_cases(form: str) -> None:
    made = read(f"Представители Москвы и {form} подписали соглашение.", language="ru")

    assert said(made)["partner"] == "riga"


def test_an_agreement_of_years_ago_gives_no_day_to_the_news() -> None:
    made = read(
        "Riga and Moscow signed a programme that carries out the agreement of 20 June 2000.",
        "2026-03-04",
    )

    assert said(made).get("signed_on") is None
    assert said(made)["reported_on"] == "2026-03-04"


def test_who_only_attended_has_not_signed() -> None:
    made = read(
        "The programme of Riga and Moscow was signed yesterday; Sergei Sobyanin attended the "
        "ceremony.",
        "2026-03-04",
    )

    assert "moscow_signatory" not in said(made)


def test_a_body_of_moscow_is_named_and_to_be_checked() -> None:
    made = read("Минск и префектура Южного административного округа Москвы подписали договор.")

    assert said(made)["moscow_party"] == "administrative_okrug"
    assert made.of("moscow_party")[0].doubt


# --- the document -----------------------------------------------------------------------------


def test_a_completed_draft_is_a_record_document() -> None:
    page = Page("https://example.org/1", "Example", "2026-03-04")
    made = draft(ENGLISH, page, KNOWN)

    document = forms.read(forms.mapping_to_yaml(made.document), "draft")

    assert isinstance(document, Agreement)
    assert document.title == "Programme of cooperation 2026-2028"
    assert document.sources[0].states.signed_on == ["2026-03-03"]
    assert document.sources[0].areas["transport"][0].label == "public transport"


def test_a_completed_draft_of_an_event_is_a_record_document() -> None:
    made = draft(GERMAN, Page("https://example.org/1", "Example"), KNOWN)

    document = forms.read(forms.mapping_to_yaml(made.document), "draft")

    assert isinstance(document, Event)
    assert (document.partner, document.kind) == ("berlin", "suspended")


def test_a_source_of_the_register_is_named_by_its_id() -> None:
    made = draft(ENGLISH, Page("http://example.org/old#top"), KNOWN)

    assert made.document["sources"][0]["source"] == "old-news"
    assert "publisher" not in made.document["sources"][0]


def test_nothing_is_known_of_an_empty_register() -> None:
    made = read(ENGLISH, known=Known())

    assert "partner" not in said(made)
    assert said(made)["signed_on"] == "2026-03-03"
