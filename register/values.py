"""The kinds of values in a record document: what a text must be like, and what a mend is."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SerializerFunctionWrapHandler,
    WrapSerializer,
)
from pydantic_core import PydanticCustomError

from register import duration, edtf
from register.codes import ACTORS, EVENTS, INSTRUMENTS, MOSCOW_PARTIES, PARTNER_KINDS, SOURCE_KINDS
from register.declaration import Code

T = TypeVar("T")


def error(rule: str, mend: str) -> PydanticCustomError:
    """An error of a value as ``forms`` reports it: the rule that it breaks, and the mend."""
    return PydanticCustomError("rule", "{rule}", {"rule": rule, "mend": mend})


def _read_by(parse: Callable[[str], object], rule: str, mend: str) -> AfterValidator:
    """A text that ``parse`` takes."""

    def check(text: str) -> str:
        try:
            parse(text)
        except ValueError:
            raise error(rule, mend) from None
        return text

    return AfterValidator(check)


def _one_of(codes: Mapping[str, Code]) -> AfterValidator:
    """A text that is one of the codes."""

    def check(text: str) -> str:
        if text not in codes:
            raise error("is not in the list", f"use one of {', '.join(codes)}")
        return text

    return AfterValidator(check)


def _listed(codes: Mapping[str, Code]) -> Any:
    """What the JSON Schema says of a code."""
    return Field(json_schema_extra={"enum": list(codes)})


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str | Mapping) else value


def _as_one(values: list[Any], serialize: SerializerFunctionWrapHandler) -> object:
    written = serialize(values)
    return written[0] if len(values) == 1 else written


def _one_or_list(schema: dict[str, Any]) -> None:
    several = {"type": schema.pop("type"), "items": schema["items"]}
    schema["anyOf"] = [schema.pop("items"), several]


Said = Annotated[
    list[T],
    BeforeValidator(_as_list),
    WrapSerializer(_as_one),
    Field(json_schema_extra=_one_or_list),
]
"""One value, or a list of several."""

Text = Annotated[str, Field(min_length=1, max_length=5000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
Edtf = Annotated[
    str,
    _read_by(edtf.parse, "is no date, or no day of the calendar", f"write {edtf.GRAMMAR}"),
    Field(json_schema_extra={"pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~]?$"}),
]
Length = Annotated[
    str,
    _read_by(duration.parse, "is not an ISO 8601 duration", "write for example P3Y or P18M"),
    Field(json_schema_extra={"pattern": r"^P[0-9YMWD]+$"}),
]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Url = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=5000)]
Degrees = Annotated[str, Field(pattern=r"^-?[0-9]{1,3}(\.[0-9]+)?$", max_length=30)]
Digits = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,17}$")]
Instrument = Annotated[str, _one_of(INSTRUMENTS), _listed(INSTRUMENTS)]
MoscowParty = Annotated[str, _one_of(MOSCOW_PARTIES), _listed(MOSCOW_PARTIES)]
PartnerKind = Annotated[str, _one_of(PARTNER_KINDS), _listed(PARTNER_KINDS)]
SourceKind = Annotated[str, _one_of(SOURCE_KINDS), _listed(SOURCE_KINDS)]
Happening = Annotated[str, _one_of(EVENTS), _listed(EVENTS)]
Actor = Annotated[str, _one_of(ACTORS), _listed(ACTORS)]
