"""The words that synthetic records are made of: names in several scripts, titles, notes."""

import csv
from collections import defaultdict
from pathlib import Path
from random import Random

from register.text import fold

CONSONANTS = "bdgklmnprstvz"
VOWELS = "aeiou"

ALPHABETS = {
    "ru": ("бдгклмнпрствз", "аеиоу"),
    "uk": ("бдгклмнпрствз", "аеіоу"),
    "sr": ("бдгклмнпрствз", "аеиоу"),
    "el": ("βδγκλμνπρστφζ", "αειου"),
    "ka": ("ბდგკლმნპრსტვზ", "აეიოუ"),
    "hy": ("բդգկլմնպրստվզ", "աեիոօ"),
    "he": ("בדגקלמנפרסטוז", "אעיוו"),
    "ar": ("بدغكلمنفرستوز", "اهيوؤ"),
    "fa": ("بدگکلمنپرستوز", "اهیوؤ"),
    "hi": ("बदगकलमनपरसतवज", "\u093e\u0947\u093f\u094b\u0941"),
}
"""How letters of the Latin names are written elsewhere; not as a linguist would."""

SYLLABLES = {
    "zh": "巴贝比博布达德迪多杜加格吉戈古卡克基科库拉莱利洛卢马梅米莫穆纳内尼诺努帕佩皮波普"
    "罗雷里龙鲁萨塞西索苏塔特蒂托图瓦韦维沃武扎泽齐佐祖",
    "ja": "バベビボブダデヂドヅガゲギゴグカケキコクラレリロルマメミモムナネニノヌパペピポプ"
    "ラレリロルサセシソスタテチトツワヱヰヲウザゼジゾズ",
}
INITIALS_OF_KOREAN = (7, 3, 0, 15, 5, 6, 2, 17, 5, 9, 16, 7, 12)
VOWELS_OF_KOREAN = (0, 5, 20, 8, 13)

LANGUAGES = {
    "AE": "ar", "AM": "hy", "AT": "de", "BG": "bg", "BR": "pt", "BY": "ru", "CH": "de", "CL": "es",
    "CN": "zh", "CO": "es", "CU": "es", "CY": "el", "DE": "de", "DZ": "ar", "EE": "et", "EG": "ar",
    "ES": "es", "FR": "fr", "GE": "ka", "GR": "el", "HU": "hu", "ID": "id", "IL": "he", "IN": "hi",
    "IQ": "ar", "IR": "fa", "IT": "it", "JP": "ja", "KG": "ru", "KR": "ko", "KZ": "ru", "LV": "lv",
    "MA": "ar", "MX": "es", "PT": "pt", "RO": "ro", "RS": "sr", "SA": "ar", "SI": "sl", "TN": "ar",
    "TR": "tr", "UA": "uk",
}  # fmt: skip
"""The language of the pages of a country where it is not English."""

PEOPLE = ("Alma", "Boris", "Carla", "Dario", "Elena", "Farid", "Greta", "Hamid", "Irina", "Jonas")
FAMILIES = ("Abel", "Berg", "Costa", "Dimitrov", "Eriksen", "Fontana", "Gomez", "Haddad", "Ivanova")
OFFICES = ("Mayor", "Deputy Mayor", "Head of the administration", "Chair of the city council")
MOSCOW_OFFICES = (
    "Mayor of Moscow",
    "Minister of the Moscow Government",
    "Chair of the Moscow City Duma",
    "Prefect of an administrative okrug",
    "Head of the Department of Foreign Relations",
)
MOSCOW_SIGNATORIES = tuple(
    f"{person} {family} ({office})"
    for person, family, office in zip(PEOPLE, FAMILIES, MOSCOW_OFFICES * 2, strict=False)
)

TITLES = {
    "twinning": "Agreement on twin-city relations",
    "agreement": "Agreement on cooperation in {field}",
    "programme": "Programme of cooperation",
    "protocol": "Protocol of cooperation in {field}",
    "memorandum": "Memorandum of understanding on {field}",
    "roadmap": "Roadmap for {field}",
    "joint_statement": "Joint statement on {field}",
    "declaration": "Declaration of intent on {field}",
    "letter_of_intent": "Letter of intent on {field}",
    "contract": "Contract on {field}",
    "other": "Minutes of the working group on {field}",
}
FIELDS = (
    "transport", "urban planning", "culture", "tourism", "trade and economy", "sport", "health",
    "education", "youth policy", "environment", "digital technology", "science", "energy",
    "social protection", "housing", "public space",
)  # fmt: skip
PUBLISHERS = ("Daily", "Courier", "Herald", "Gazette", "Today", "Observer", "City Hall", "Council")
AGENCIES = ("Northern Wire", "Meridian Agency", "Delta Press", "Interland", "Capital Newsline")

NOTES = (
    "The day of signing is that of the report, which says that it was signed today.",
    "The period is that of the programme's title; no source gives days.",
    "Sources differ about the place of signing; the city halls do not name one.",
    "The year is inferred from the order of publication.",
    "One source calls it an agreement, another a memorandum.",
    "It is counted here as one document with its annex of the same day.",
    "No page with the text was found; the facts are those of the reports.",
    "The link rests on title and period alone.",
    "Reports name the delegation, but not who signed.",
    "What is stated of its areas comes from an interview a week later.",
)
END_UNKNOWN = "No source states the new end."

Labels = dict[str, dict[str, list[str]]]
"""The words of sources by area and language."""


def area_id(number: int) -> str:
    """The id of an area that is made up."""
    return f"field-{number:04}"


def labels(more: int) -> Labels:
    """The real register's more common labels, as a pool; of those that fold to one, one.

    Args:
        more: so many areas are made up, each with a label of its own.
    """
    pool: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    with (Path(__file__).parent / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pool[row["area_id"]][row["language"]].setdefault(fold(row["label"]), row["label"])
    real = {
        area: {language: list(told.values()) for language, told in languages.items()}
        for area, languages in pool.items()
    }
    made = {area_id(number): {"en": [f"matters of field {number}"]} for number in range(more)}
    return real | made


def name(chance: Random) -> str:
    """A name in Latin letters of two to four syllables, in lower case."""
    return "".join(
        CONSONANTS[int(chance.random() * 13)] + VOWELS[int(chance.random() * 5)]
        for _ in range(2 + int(chance.random() * 2.4))
    )


def long_title(plain: str, letters: int, right_to_left: bool, chance: Random) -> str:
    """A title with words added until it has so many letters, in another script where it is asked.

    Made-up words have no meaning in any language.
    """
    title = written(name(chance), "fa") if right_to_left else plain
    while len(title) < letters or (right_to_left and len(title) < len(plain)):
        word = name(chance)
        title += f" {written(word, 'fa') if right_to_left else word}"
    return title


def written(latin: str, language: str) -> str:
    """The name as the language's script writes it."""
    places = [(CONSONANTS.index(latin[at]), VOWELS.index(latin[at + 1])) for at in _pairs(latin)]
    if language in SYLLABLES:
        return "".join(SYLLABLES[language][one * 5 + other] for one, other in places)
    if language == "ko":
        return "".join(
            chr(0xAC00 + (INITIALS_OF_KOREAN[one] * 21 + VOWELS_OF_KOREAN[other]) * 28)
            for one, other in places
        )
    if language in ALPHABETS:
        consonants, vowels = ALPHABETS[language]
        return "".join(consonants[one] + vowels[other] for one, other in places).capitalize()
    return latin.capitalize()


def _pairs(latin: str) -> range:
    return range(0, len(latin) - 1, 2)
