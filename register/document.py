"""The record document: an agreement, a partner or an event as one document.

The models are the one declaration of its form: they check what comes in, and make the JSON Schema
(``docs/record.schema.json``). Every value is a text, as in the register's tables. What all sources
that speak of a field agree on is the record's value; ``choose`` has it where they do not.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    model_validator,
)

from register.declaration import Table
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, SOURCES
from register.values import (
    Actor,
    Country,
    Degrees,
    Digits,
    Edtf,
    Happening,
    Instrument,
    Language,
    Length,
    MoscowParty,
    PartnerKind,
    Said,
    Slug,
    SourceKind,
    Text,
    Url,
    error,
)

OfAgreement = Literal[
    "signed_on",
    "signed_in",
    "reported_on",
    "valid_from",
    "valid_to",
    "term",
    "moscow_signatory",
    "partner_signatory",
]
OfEvent = Literal["date", "valid_to", "actor"]
"""The fields whose values are what sources agree on; the others stand in the document itself."""


def _about(table: Table, column: str, default: Any = None) -> Any:
    """The field of a document that holds a column of the tables, with the column's comment."""
    return Field(default, description=table.field(column).comment)


class _Part(BaseModel):
    """An empty text is as good as none; a field that is not declared is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:
        if isinstance(given, Mapping):
            return {name: value for name, value in given.items() if value not in ("", None)}
        return given


class Label(_Part):
    """What a source calls an area, in another language than its own."""

    label: Text
    language: Language | None = None


def _as_label(value: object) -> object:
    return {"label": value} if isinstance(value, str) else value


def _as_text(label: Label) -> object:
    return label.model_dump() if label.language else label.label


def _text_or_label(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [{"type": "string"}, {"$ref": schema.pop("$ref")}]


Wording = Annotated[
    Label,
    BeforeValidator(_as_label),
    PlainSerializer(_as_text),
    Field(json_schema_extra=_text_or_label),
]


class AgreementStates(_Part):
    """What a source says of an agreement, in each field's own form."""

    partner: Said[Slug] = _about(AGREEMENTS, "partner_id", [])
    instrument: Said[Instrument] = _about(AGREEMENTS, "instrument", [])
    moscow_party: Said[MoscowParty] = _about(AGREEMENTS, "moscow_party", [])
    signed_on: Said[Edtf] = _about(AGREEMENTS, "signed_on", [])
    signed_in: Said[Text] = _about(AGREEMENTS, "signed_in", [])
    reported_on: Said[Edtf] = _about(AGREEMENTS, "reported_on", [])
    valid_from: Said[Edtf] = _about(AGREEMENTS, "valid_from", [])
    valid_to: Said[Edtf] = _about(AGREEMENTS, "valid_to", [])
    term: Said[Length] = _about(AGREEMENTS, "term", [])
    implements: Said[Slug] = _about(AGREEMENTS, "implements", [])
    follows: Said[Slug] = _about(AGREEMENTS, "follows", [])
    moscow_signatory: Said[Text] = _about(AGREEMENTS, "moscow_signatory", [])
    partner_signatory: Said[Text] = _about(AGREEMENTS, "partner_signatory", [])


class EventStates(_Part):
    """What a source says of an event, in each field's own form."""

    partner: Said[Slug] = _about(EVENTS_TABLE, "partner_id", [])
    kind: Said[Happening] = _about(EVENTS_TABLE, "event", [])
    date: Said[Edtf] = _about(EVENTS_TABLE, "date", [])
    valid_to: Said[Edtf] = _about(EVENTS_TABLE, "valid_to", [])
    actor: Said[Actor] = _about(EVENTS_TABLE, "actor", [])


class _Source(_Part):
    """A publication: described, or one that the register has, named by its id or address."""

    source: Slug | None = _about(SOURCES, "source_id")
    url: Url | None = _about(SOURCES, "url")
    publisher: Text | None = _about(SOURCES, "publisher")
    origin: Text | None = _about(SOURCES, "origin")
    published_on: Edtf | None = _about(SOURCES, "published_on")
    language: Language | None = _about(SOURCES, "language")
    kind: SourceKind | None = _about(SOURCES, "kind")
    accessed_on: Edtf | None = _about(SOURCES, "accessed_on")

    @property
    def described(self) -> bool:
        """Whether it says more of the source than which one it is."""
        named = {"source", "url", "states", "areas"}
        return any(getattr(self, name) for name in type(self).model_fields if name not in named)

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        needed = ("publisher", "language", "kind")
        missing = [name for name in needed if not getattr(self, name)]
        if self.described and missing:
            raise error(f"lacks {', '.join(missing)}", "give them, or only the source's id")
        if not self.described and not (self.source or self.url):
            raise error("names no source", "give its url, publisher, language and kind")
        return self


class AgreementSource(_Source):
    """A source with what it states of an agreement."""

    states: AgreementStates = Field(AgreementStates(), description="What it says, field by field")
    areas: dict[Slug, Said[Wording]] = Field({}, description="Areas with the source's own words")


class EventSource(_Source):
    """A source with what it states of an event."""

    states: EventStates = Field(EventStates(), description="What it says, field by field")


_CHOOSE: Any = Field(
    {}, description="The value where sources disagree; an empty one: none of them. Say why in note"
)
_SOURCES: Any = Field(min_length=1, description="Who says what")
_EVENTS: Any = Field([], description="What happened")


class Event(_Part):
    """What happened to an agreement or to a whole partnership."""

    event: Slug | None = Field(None, description="Its id; left out of a new one")
    partner: Slug | None = Field(None, description="The partner; left out inside of a document")
    agreement: Slug | None = Field(
        None, description="The agreement, if one; left out inside of a document"
    )
    kind: Happening = _about(EVENTS_TABLE, "event", ...)
    choose: dict[OfEvent, str] = _CHOOSE
    note: Text | None = _about(EVENTS_TABLE, "note")
    sources: list[EventSource] = _SOURCES


class Agreement(_Part):
    """A document, signed or announced, with its sources and what happened to it."""

    agreement: Slug | None = Field(None, description="Its id; left out of a new one")
    partner: Slug = _about(AGREEMENTS, "partner_id", ...)
    title: Text = _about(AGREEMENTS, "title", ...)
    instrument: Instrument = _about(AGREEMENTS, "instrument", ...)
    moscow_party: MoscowParty = _about(AGREEMENTS, "moscow_party", ...)
    multilateral: Slug | None = _about(AGREEMENTS, "multilateral_id")
    implements: Slug | None = _about(AGREEMENTS, "implements")
    follows: Slug | None = _about(AGREEMENTS, "follows")
    choose: dict[OfAgreement, str] = _CHOOSE
    note: Text | None = _about(AGREEMENTS, "note")
    sources: list[AgreementSource] = _SOURCES
    events: list[Event] = _EVENTS


class Partner(_Part):
    """A partner with its names, and what happened to the whole partnership."""

    partner: Slug | None = Field(None, description="Its id; left out of a new one")
    name: Text = _about(PARTNERS, "name", ...)
    name_native: Text | None = _about(PARTNERS, "name_native")
    kind: PartnerKind = _about(PARTNERS, "kind", ...)
    country: Country = _about(PARTNERS, "country_code", ...)
    within: Slug | None = _about(PARTNERS, "within")
    latitude: Degrees | None = _about(PARTNERS, "latitude")
    longitude: Degrees | None = _about(PARTNERS, "longitude")
    geonames_id: Digits | None = _about(PARTNERS, "geonames_id")
    names: dict[Language, Said[Text]] = Field({}, description="Other and former names, by language")
    events: list[Event] = _EVENTS


Document = Agreement | Partner | Event
Stated = Agreement | Event


def plain(document: BaseModel) -> dict[str, Any]:
    """The document as dictionaries, lists and texts, in the order of its declaration."""
    return document.model_dump(exclude_defaults=True)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Record of the Moscow Partnerships Register",
        **TypeAdapter(Document).json_schema(),
    }
