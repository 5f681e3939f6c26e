"""What a draft is made of: values, each with the words that it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from etl.draft.text import Span


class Value(NamedTuple):
    """What a text seems to say of a field.

    Attributes:
        field: as the record document names it; ``areas`` for an area.
        value: in the field's own form; of an area its id.
        span: the words that it was read from; None where it comes from the page's own data.
        doubt: why a person should look twice; empty where nothing speaks against it.
        resembles: of an area, the register's wording that the span is like.
    """

    field: str
    value: str
    span: Span | None
    doubt: str = ""
    resembles: str = ""


@dataclass(frozen=True)
class Page:
    """What is known of the page that a text stands on; empty: not known."""

    url: str = ""
    publisher: str = ""
    published_on: str = ""
    language: str = ""


@dataclass(frozen=True)
class Draft:
    """A proposal, which no one has looked at yet.

    Attributes:
        text: what the spans count in.
        page: the page, with the language that was found.
        values: what was read, in the order of the record document.
        missing: the fields of which the text was not found to speak.
        notes: what else a person should know of it.
        document: the record document, as ``register.forms.read`` takes it once it is completed.
    """

    text: str
    page: Page
    values: tuple[Value, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)

    def of(self, name: str) -> list[Value]:
        """The values of a field."""
        return [value for value in self.values if value.field == name]
