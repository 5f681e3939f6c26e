"""A text with the words marked from which a draft's values come."""

from itertools import pairwise
from typing import NamedTuple

from etl.draft.values import Draft, Value


class Piece(NamedTuple):
    """A part of the text, with the values that come from it; none for the text between."""

    words: str
    values: tuple[Value, ...]


def pieces(draft: Draft) -> list[Piece]:
    """The whole text in pieces, in order; joined they are the text."""
    spans = [value.span for value in draft.values if value.span]
    cuts = sorted({0, len(draft.text), *(at for span in spans for at in span[:2])})
    return [
        Piece(
            draft.text[start:end],
            tuple(
                value
                for value in draft.values
                if value.span and value.span.start <= start and end <= value.span.end
            ),
        )
        for start, end in pairwise(cuts)
    ]


def marked(draft: Draft) -> str:
    """The text with each such piece in brackets, and the fields that it gives behind it."""
    return "".join(
        f"⟦{words}⟧{{{', '.join(dict.fromkeys(map(_named, values)))}}}" if values else words
        for words, values in pieces(draft)
    )


def _named(value: Value) -> str:
    return f"areas.{value.value}" if value.field == "areas" else value.field
