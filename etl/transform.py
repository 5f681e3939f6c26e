"""Turn the validated tables into those of the database: bounds of dates, names of codes."""

import gettext
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pycountry

from etl.extract import Frames
from register import duration, edtf
from register.codes import STATUS_ROWS
from register.declaration import Kind, Table
from register.derived import CODES, COUNTRIES, LANGUAGES, REGIONS, REGISTER, STATUSES
from register.schema import DATED, TABLES

M49 = Path(__file__).parent / "regions.csv"
"""The region, sub-region and intermediate region of each country, as the UN Statistics Division has
them: https://unstats.un.org/unsd/methodology/m49/overview/."""


def transform(frames: Frames, version: str) -> Frames:
    """The frames to load: the valid ones of ``extract`` with bounds of dates, and derived ones."""
    loaded = {table.name: frames[table.name].copy() for table in TABLES}
    for table in TABLES:
        for field in table:
            if field.kind is Kind.EDTF:
                _add_bounds(loaded[table.name], field.name, loaded[table.name][field.name])
    agreements = loaded["agreements"]
    agreements["term_length"] = agreements["term"].map(duration.in_words, na_action="ignore")
    statements = loaded["statements"]
    _add_bounds(statements, "value", statements["value"].where(statements["field"].isin(DATED)))
    languages = pd.concat(
        [frames[name]["language"] for name in ("sources", "agreement_areas", "partner_names")]
    )
    loaded[CODES.name] = _codes()
    loaded[STATUSES.name] = pd.DataFrame(STATUS_ROWS, columns=list(STATUSES.columns))
    of_partners = frames["partners"]["country_code"]
    countries = pd.concat([of_partners, frames["list_mentions"]["country_code"]])
    loaded[COUNTRIES.name] = _named(COUNTRIES, countries, country_name)
    loaded[COUNTRIES.name]["translations"] = _translated(
        loaded[COUNTRIES.name]["name"], sorted(frames["sources"]["language"].unique())
    )
    loaded[REGIONS.name] = _regions(sorted(of_partners.unique()))
    loaded[LANGUAGES.name] = _named(LANGUAGES, languages, language_name)
    loaded[REGISTER.name] = pd.DataFrame([(version,)], columns=list(REGISTER.columns))
    return loaded


def country_name(code: str) -> str:
    """The English name that ISO 3166-1 gives the alpha-2 code, the common one if there is one."""
    # Not lookup(), which also looks through the names.
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        raise ValueError(f"{code!r} is no code of a country")
    return str(getattr(country, "common_name", country.name))


def language_name(code: str) -> str:
    """The English name that ISO 639 gives the two- or three-letter code."""
    # Not lookup(), which also looks through the names: there are languages called En, Hu and Ko.
    language = pycountry.languages.get(**{f"alpha_{len(code)}": code})
    if language is None:
        raise ValueError(f"{code!r} is no code of a language")
    return re.sub(r" \(.*\)$", "", str(language.name))


def _add_bounds(frame: pd.DataFrame, name: str, dates: pd.Series) -> None:
    """Add ``<name>_first`` and ``<name>_last``: the column's dates lie between them."""
    parsed = {text: edtf.parse(text) for text in dates.dropna().unique()}
    for bound in ("first", "last"):
        days = {text: getattr(value, bound).isoformat() for text, value in parsed.items()}
        frame[f"{name}_{bound}"] = dates.map(days)


def _codes() -> pd.DataFrame:
    rows = [
        (table.name, field.name, code, position, meaning.name, meaning.definition)
        for table in TABLES
        for field in table
        for position, (code, meaning) in enumerate((field.codes or {}).items(), start=1)
    ]
    return pd.DataFrame(rows, columns=list(CODES.columns))


def _named(table: Table, codes: pd.Series, name: Callable[[str], str]) -> pd.DataFrame:
    rows = [(code, name(code)) for code in sorted(codes.dropna().unique())]
    return pd.DataFrame(rows, columns=list(table.columns)[:2])


def _regions(countries: list[str]) -> pd.DataFrame:
    """The row of each country in ``M49``, empty but for its code where it has none."""
    # NA is Namibia.
    listed = pd.read_csv(M49, dtype=str, keep_default_na=False).replace("", pd.NA)
    return listed.set_index("country_code").reindex(countries).reset_index()


def _translated(names: pd.Series, languages: list[str]) -> list[str]:
    """The English names of countries in other languages, joined by semicolons."""
    translations = [
        gettext.translation(
            "iso3166-1",
            pycountry.LOCALES_DIR,
            languages=["zh_CN" if language == "zh" else language],
            fallback=True,
        )
        for language in languages
    ]
    return [
        "; ".join(dict.fromkeys(translation.gettext(name) for translation in translations))
        for name in names
    ]
