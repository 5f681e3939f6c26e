"""The form of a cell's text: what a field of each kind allows, and what was probably meant."""

import re
from collections.abc import Callable

import pycountry

from etl import hints, languages
from register import addresses, duration, edtf
from register.declaration import Field, Kind
from register.text import PLAIN as PLAIN_TEXT

Rule = tuple[Callable[[str], bool], str, str]
"""A test of one cell's text, the rule it stands for, and the mend."""

NO_LANGUAGE = {"mis", "mul", "und", "zxx"}
"""Codes of ISO 639 that name none: uncoded, several, undetermined, not linguistic."""


def _country(text: str) -> str | None:
    """The country's code by its code, short or long, in any case, or by its name."""
    countries = pycountry.countries
    found = countries.get(alpha_2=text) or countries.get(alpha_3=text) or countries.get(name=text)
    found = found or countries.get(common_name=text)
    return str(found.alpha_2) if found else None


def _language(text: str) -> str | None:
    """The language's shortest code by its code, short or long, in any case, or by its name."""
    found = languages.find(text)
    code = found.get("alpha_2", found["alpha_3"]) if found else None
    return None if code in NO_LANGUAGE else code


def _is_number_within(limit: float) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        return (
            re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]+)?", text) is not None and abs(float(text)) <= limit
        )

    return test


KIND_RULES: dict[Kind, Rule] = {
    Kind.SLUG: (
        lambda text: re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None,
        "is not a slug",
        "use a-z, 0-9 and single hyphens between them",
    ),
    Kind.EDTF: (
        lambda text: edtf.read(text) is not None,
        "is no date, or no day of the calendar",
        f"write {edtf.GRAMMAR}",
    ),
    Kind.DAY: (
        lambda text: (day := edtf.read(text)) is not None and day.exact,
        "is no day of the calendar",
        "write YYYY-MM-DD",
    ),
    Kind.DURATION: (
        duration.is_valid,
        "is not an ISO 8601 duration",
        "write for example P3Y or P18M",
    ),
    Kind.URL: (
        addresses.is_public,
        "is not an address that every reader can open",
        "write the full http:// or https:// address, without a name or password; "
        "other signs than RFC 3986 has are percent-encoded (a space is %20)",
    ),
    Kind.COUNTRY: (
        lambda text: text == _country(text),
        "is not an ISO 3166-1 alpha-2 code",
        "write two capital letters from ISO 3166-1",
    ),
    Kind.LANGUAGE: (
        lambda text: text == _language(text),
        "is not the ISO 639 code of a language",
        "write for example ru, zh or crh, of two letters where there are two",
    ),
    Kind.LATITUDE: (_is_number_within(90), "is no latitude", "write degrees from -90 to 90"),
    Kind.LONGITUDE: (_is_number_within(180), "is no longitude", "write degrees from -180 to 180"),
    Kind.INTEGER: (
        lambda text: re.fullmatch(r"[1-9][0-9]{0,17}", text) is not None,
        "is not a whole number",
        "write digits only, at most 18",
    ),
    Kind.COFOG: (
        lambda text: re.fullmatch(r"(0[1-9]|10)(\.[1-9])?", text) is not None,
        "is no division or group of COFOG",
        "write two digits, or two digits, a dot and a digit: 06 or 06.1",
    ),
}


_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|1[0-9]|2[0-8])"

PLAIN = {
    Kind.TEXT: PLAIN_TEXT,
    Kind.SLUG: "[a-z0-9]+(-[a-z0-9]+)*",
    Kind.URL: addresses.PLAIN,
    Kind.EDTF: f"[1-9][0-9]{{3}}(-{_MONTH}(-{_DAY})?)?[?~]?",
    Kind.DAY: f"[1-9][0-9]{{3}}-{_MONTH}-{_DAY}",
}
"""By kind a pattern of RE2 for most of its texts: what fits it as a whole breaks no rule.

All at once they are looked at many times as fast as one by one.
"""


def rule_of(field: Field) -> Rule | None:
    """What a cell of the field must be beside clean text, None for any text."""
    if field.codes is not None:
        codes = field.codes
        return lambda text: text in codes, "is not in the list", f"use one of {', '.join(codes)}"
    return KIND_RULES.get(field.kind)


def meant(field: Field, value: str) -> str | None:
    """The value that was probably meant by one that the field does not allow."""
    text = value.strip()
    if field.codes is not None:
        code_of = {code: code for code in field.codes}
        code_of |= {shown.name: code for code, shown in field.codes.items()}
        name = hints.meant(text, code_of)
        return code_of[name] if name else None
    of_kind = {Kind.COUNTRY: _country, Kind.LANGUAGE: _language}.get(field.kind)
    return of_kind(text) if of_kind else None


def broken(field: Field, value: str) -> tuple[str, str] | None:
    """Rule and mend if the value is not of the field's form."""
    found = rule_of(field)
    if found is None or found[0](value):
        return None
    return found[1], mend_of(field, value, found[2])


def mend_of(field: Field, value: str, otherwise: str) -> str:
    """The mend, with the value that was probably meant if there is one."""
    return hints.mend(meant(field, value), otherwise)
