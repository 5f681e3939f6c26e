"""What a page is about, as linked data in the words of https://schema.org.

No date is more exact than its source: one that is doubtful is left out, and so is a period without
a stated end, for which schema.org has no word.
"""

from collections.abc import Callable
from typing import Any

from api.plain.pages import Page
from api.settings import LICENCE
from register import citations, edtf
from register.footnotes import Footnotes
from register.frames import Row
from register.markup import address

Node = dict[str, Any]
Permanent = Callable[[str], str]
"""The address of a record, from its id."""


def linked(page: Page, permanent: Permanent, canonical: str, version: str) -> Node:
    """The page, of which register it is a part, whom it cites, and what it is about."""
    register: Node = {
        "@type": "Dataset",
        "@id": permanent("#register"),
        "name": citations.REGISTER,
        "description": "Agreements between the city of Moscow and cities and regions abroad, each "
        "fact with its sources",
        "url": permanent(""),
        "license": LICENCE,
        "version": version,
        "creator": {"@type": "Organization", "name": citations.CONTRIBUTORS},
    }
    node: Node = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": canonical,
        "url": canonical,
        "name": page.title,
        "description": page.about,
        "inLanguage": "en",
        "isPartOf": register,
        "mainEntity": _ABOUT[page.template](page.values, permanent, canonical),
        "citation": [
            _publication(row) for row in page.values.get("footnotes", Footnotes([])).sources
        ],
    }
    kept: Node = _without_empty(node)
    return kept


def geonames(profile: Row) -> str:
    """The address of a partner at GeoNames."""
    return f"https://www.geonames.org/{int(profile['geonames_id'])}"


def _agreement(values: Node, permanent: Permanent, canonical: str) -> Node:
    agreement = values["agreement"]
    return {
        "@type": "CreativeWork",
        "@id": f"{canonical}#agreement",
        "name": agreement["title"],
        "identifier": agreement["agreement_id"],
        "genre": agreement["instrument_name"],
        "dateCreated": _date(agreement["signed_on"]),
        "locationCreated": _place(agreement["signed_in"]),
        "temporalCoverage": _period(agreement["valid_from"], agreement["valid_to"]),
        "spatialCoverage": _partner(values["partner"], permanent),
        "keywords": [area[0]["area"] for area in values["areas"]],
    }


def _partner(profile: Row, permanent: Permanent) -> Node:
    placed = profile["latitude"] is not None
    return {
        "@type": "City" if profile["kind_code"] == "city" else "AdministrativeArea",
        "@id": f"{permanent(profile['partner_id'])}#place",
        "name": profile["name"],
        "identifier": profile["partner_id"],
        "address": {"@type": "PostalAddress", "addressCountry": profile["country_code"]},
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": profile["latitude"],
            "longitude": profile["longitude"],
        }
        if placed
        else None,
        "sameAs": geonames(profile) if profile["geonames_id"] is not None else None,
    }


def _of_partner(values: Node, permanent: Permanent, _: str) -> Node:
    profile = values["profile"]
    names = [{"@value": name["name"], "@language": name["code"]} for name in values["names"]]
    own = [profile["name_native"]] if profile["name_native"] else []
    return _partner(profile, permanent) | {"alternateName": [*own, *names]}


def _of_source(values: Node, _: Permanent, canonical: str) -> Node:
    source = values["source"]
    return _publication(source) | {
        "@id": f"{canonical}#publication",
        "identifier": source["source_id"],
        "inLanguage": source["language"],
    }


def _of_list(_: Node, permanent: Permanent, __: str) -> Node:
    return {"@id": permanent("#register")}


_ABOUT: dict[str, Callable[[Node, Permanent, str], Node]] = {
    "agreement": _agreement,
    "partner": _of_partner,
    "source": _of_source,
    "index": _of_list,
    "sources": _of_list,
}


def _publication(source: Row) -> Node:
    return {
        "@type": "CreativeWork",
        "publisher": {"@type": "Organization", "name": source["publisher"]},
        "datePublished": _date(source["published_on"]),
        "url": address(source["url"]),
    }


def _place(name: str | None) -> Node | None:
    return {"@type": "Place", "name": name} if name else None


def _date(text: str | None) -> str | None:
    """The date as ISO 8601 has it, as exact as it is; None where it is doubtful."""
    return text if text and not edtf.parse(text).qualifier else None


def _period(begin: str | None, end: str | None) -> str | None:
    first, last = _date(begin), _date(end)
    return f"{first}/{last}" if first and last else None


def _without_empty(value: Any) -> Any:
    """The node without the members that have no value."""
    if isinstance(value, dict):
        kept = {name: _without_empty(member) for name, member in value.items()}
        return {
            name: member for name, member in kept.items() if member is not None and member != []
        }
    return [_without_empty(member) for member in value] if isinstance(value, list) else value
