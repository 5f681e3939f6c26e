"""A small register of the tests' own, and texts of their own, of which drafts are made."""

from etl.draft import Draft, Known, Page, draft

NAMES = {
    "ankara": ("city", "", ["Ankara", "Анкара", "آنکارا"]),
    "antalya": ("city", "", ["Antalya"]),
    "antalya-province": ("region", "", ["Antalya"]),
    "berlin": ("city", "", ["Berlin", "Берлин"]),
    "berlin-mitte": ("district", "berlin", ["Mitte"]),
    "ljubljana": ("city", "", ["Ljubljana", "Любляна", "Lubiana"]),
    "minsk": ("city", "", ["Minsk", "Минск"]),
    "nice": ("city", "", ["Nice", "Ницца"]),
    "riga": ("city", "", ["Riga", "Rīga", "Рига"]),
    "tehran": ("city", "", ["Tehran", "تهران", "Тегеран"]),
}

WORDINGS = [
    ("turizem", "tourism", "sl"),
    ("varstvo okolja", "environment", "sl"),
    ("общественный транспорт", "transport", "ru"),
    ("историческая память и архивы", "culture", "ru"),
    ("toplu taşıma", "transport", "tr"),
    ("IT", "digital", "en"),
]

KNOWN = Known.of(
    {
        "partners": [
            {"partner_id": partner, "name": names[0], "kind": kind, "within": within}
            for partner, (kind, within, names) in NAMES.items()
        ],
        "partner_names": [
            {"partner_id": partner, "name": name}
            for partner, (_, _, names) in NAMES.items()
            for name in names[1:]
        ],
        "agreements": [{"agreement_id": "riga-2020-programme", "partner_id": "riga"}],
        "agreement_areas": [
            {"label": label, "area_id": area, "language": language, "source_id": "old-news"}
            for label, area, language in WORDINGS
        ],
        "statements": [
            {
                "record_id": "riga-2020-programme",
                "field": "partner_signatory",
                "value": "Anna Bērziņa (Mayor of Riga)",
                "source_id": "old-news",
            }
        ],
        "sources": [{"source_id": "old-news", "url": "https://www.example.org/old/"}],
    }
)


def read(text: str, published_on: str = "", language: str = "", known: Known = KNOWN) -> Draft:
    """The draft of a text."""
    return draft(text, Page(published_on=published_on, language=language), known)


def said(made: Draft) -> dict[str, str]:
    """Each field with its value; areas are left to ``areas``."""
    return {value.field: value.value for value in made.values if value.field != "areas"}


def areas(made: Draft) -> dict[str, str]:
    """Each area with the words that it was read from."""
    return {value.value: value.span.words for value in made.of("areas") if value.span}
