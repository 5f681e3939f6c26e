"""A draft as a record document: what ``etl apply`` takes, once a person has completed it."""

from collections.abc import Mapping
from typing import Any

from etl.draft.known import Known
from etl.draft.values import Draft, Value
from register.addresses import page as page_of
from register.codes import INSTRUMENTS

STATED = (
    *("partner", "instrument", "signed_on", "signed_in", "reported_on", "valid_from", "valid_to"),
    *("term", "moscow_signatory", "partner_signatory"),
)
OF_EVENT = ("partner", "kind", "date", "actor")

KIND = "news"
"""The kind of a source, until a person says otherwise."""


def document_of(draft: Draft, known: Known) -> dict[str, Any]:
    """The document, as ``register.forms.read`` takes it; what must be added is empty."""
    said = {value.field: value.value for value in draft.values}
    if "instrument" not in said and "kind" in said:
        return {
            "partner": said.get("partner", ""),
            "kind": said["kind"],
            "sources": [_source(draft, known) | {"states": _states(said, OF_EVENT)}],
        }
    source = _source(draft, known) | {"states": _states(said, STATED), "areas": _areas(draft)}
    document = {
        "partner": said.get("partner", ""),
        "title": _title(said),
        "instrument": said.get("instrument", ""),
        "moscow_party": said.get("moscow_party", ""),
        "sources": [{name: value for name, value in source.items() if value != {}}],
    }
    if "kind" in said:
        states = {"kind": said["kind"]}
        announced = {"kind": said["kind"], "sources": [_source(draft, known) | {"states": states}]}
        document["events"] = [announced]
    return document


def _states(said: Mapping[str, str], fields: tuple[str, ...]) -> dict[str, str]:
    return {name: said[name] for name in fields if name in said}


def _title(said: Mapping[str, str]) -> str:
    """A title in the register's own plain words."""
    code = INSTRUMENTS.get(said.get("instrument", ""))
    if code is None:
        return ""
    years = "-".join(filter(None, [said.get("valid_from"), said.get("valid_to")]))
    kind = code.name if said["instrument"] == "twinning" else f"{code.name} of cooperation"
    return f"{kind} {years}".strip()


def _source(draft: Draft, known: Known) -> dict[str, Any]:
    """The source by its id where the register has it, else what is known of the page."""
    page = draft.page
    if page.url and (source_id := known.sources.get(page_of(page.url))):
        return {"source": source_id}
    described = {
        "url": page.url,
        "publisher": page.publisher,
        "published_on": page.published_on,
        "language": page.language,
        "kind": KIND,
    }
    return {
        name: value for name, value in described.items() if value or name in ("publisher", "url")
    }


def _areas(draft: Draft) -> dict[str, str]:
    return {one.value: _words(one) for one in draft.of("areas")}


def _words(value: Value) -> str:
    return " ".join(value.span.words.split()) if value.span else ""
