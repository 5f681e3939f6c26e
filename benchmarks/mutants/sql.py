"""Small mistakes in SQL: the status rules, and the queries that stand in Python as texts.

sqlglot cuts the text into tokens; each mistake replaces some of them. Comments and texts that
describe (``COMMENT ON``) are left alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlglot import Token, TokenType
from sqlglot.dialects.duckdb import DuckDB

SWAPPED = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "=": "<>",
    "<>": "=",
    "+": "-",
    "and": "OR",
    "or": "AND",
    "min": "max",
    "max": "min",
    "arg_min": "arg_max",
    "arg_max": "arg_min",
    "least": "greatest",
    "greatest": "least",
    "bool_or": "bool_and",
    "list_bool_and": "list_bool_or",
    "first": "last",
    "last": "first",
    "true": "false",
    "false": "true",
}
"""What a word or sign is mistaken for."""

DROPPED = {"desc", "distinct", "not", "left"}
"""Words without which a query still runs."""

ENDS_A_CONDITION = {
    *("and", "or", "then", "as", ",", "group by", "order by", "having", "qualify", "union"),
    *("where", "join", "left", "full", "cross"),
}
ENDS_AN_ORDER = {"limit", "union", ")"}

SQL_WORDS = ("SELECT ", "SELECT\n", "FROM ", "ORDER BY ")


@dataclass(frozen=True)
class Change:
    """A mistake: what stands from ``start`` up to ``end`` of a text becomes ``new``."""

    start: int
    end: int
    new: str

    def applied(self, text: str) -> str:
        """The text with the mistake."""
        return text[: self.start] + self.new + text[self.end :]


def of_script(script: str) -> Iterator[Change]:
    """The mistakes that can be made in a file of SQL."""
    tokens: list[Token] = []
    for token in [*DuckDB().tokenize(script), None]:
        if token is not None and token.token_type is not TokenType.SEMICOLON:
            tokens.append(token)
            continue
        if tokens and tokens[0].text.upper() != "COMMENT":
            yield from _of_statement(tokens)
        tokens = []


def of_module(source: str) -> Iterator[Change]:
    """The mistakes that can be made in the SQL of a Python module's texts in triple quotes."""
    for text in re.finditer(r'"""(.*?)"""', source, re.DOTALL):
        if any(word in text[1] for word in SQL_WORDS):
            for change in of_script(text[1]):
                yield Change(text.start(1) + change.start, text.start(1) + change.end, change.new)


def _of_statement(tokens: Sequence[Token]) -> Iterator[Change]:
    words = [token.text.lower() for token in tokens]
    depths = _depths(tokens)
    for place, (token, word) in enumerate(zip(tokens, words, strict=True)):
        if token.token_type is TokenType.STRING:
            yield Change(token.start, token.end + 1, "'?'")
        elif token.token_type is TokenType.NUMBER and word.isdigit():
            yield _replaced(token, str(int(word) + 1))
        elif word in DROPPED:
            yield _replaced(token, "")
        elif word == "nulls":
            after = tokens[place + 1]
            yield _replaced(after, "FIRST" if words[place + 1] == "last" else "LAST")
        elif word in SWAPPED and words[place - 1] != "nulls":
            yield _replaced(token, SWAPPED[word])
        if word in ("where", "and", "on", "when", "having"):
            yield from _condition(tokens, words, depths, place)
        if word == "order by":
            yield from _keys(tokens, words, depths, place)
        if word == "coalesce":
            yield from _fallback(tokens, depths, place + 1)


def _replaced(token: Token, new: str) -> Change:
    return Change(token.start, token.end + 1, new)


def _depths(tokens: Sequence[Token]) -> list[int]:
    """In how many parentheses each token stands; they themselves stand inside."""
    depths, depth = [], 0
    for token in tokens:
        depth += token.text in ("(", "[")
        depths.append(depth)
        depth -= token.text in (")", "]")
    return depths


def _until(depths: Sequence[int], place: int, ends: Callable[[int], bool]) -> int:
    """The place after ``place`` where its parenthesis or what ``ends`` says is over."""
    depth = depths[place]
    return next(
        (
            other
            for other in range(place + 1, len(depths))
            if depths[other] < depth or (depths[other] == depth and ends(other))
        ),
        len(depths),
    )


def _condition(
    tokens: Sequence[Token], words: Sequence[str], depths: Sequence[int], place: int
) -> Iterator[Change]:
    """A condition that always holds; in a CASE one that never does."""
    end = _until(
        depths,
        place,
        lambda other: (
            words[other] in ENDS_A_CONDITION or words[other] in ("when", "else", "end", ")")
        ),
    )
    never = words[place] == "when"
    yield Change(tokens[place + 1].start, tokens[end - 1].end + 1, "false" if never else "true")


def _keys(
    tokens: Sequence[Token], words: Sequence[str], depths: Sequence[int], place: int
) -> Iterator[Change]:
    """An order without one of its keys, or turned round."""
    end = _until(depths, place, lambda other: words[other] in ENDS_AN_ORDER)
    commas = [
        other
        for other in range(place + 1, end)
        if words[other] == "," and depths[other] == depths[place]
    ]
    for before, after in pairwise([place, *commas, end]):
        key = (tokens[before + 1].start, tokens[after - 1].end + 1)
        if commas:
            yield Change(*key, "NULL")
        if "desc" not in words[before:after]:
            nulls = next((at for at in range(before, after) if words[at] == "nulls"), after)
            turned = tokens[nulls - 1].end + 1
            yield Change(turned, turned, " DESC")


def _fallback(tokens: Sequence[Token], depths: Sequence[int], opening: int) -> Iterator[Change]:
    """A coalesce() without its last value."""
    end = _until(depths, opening, lambda other: tokens[other].text == ")")
    commas = [
        other
        for other in range(opening + 1, end)
        if tokens[other].text == "," and depths[other] == depths[opening]
    ]
    if commas:
        yield Change(tokens[commas[-1]].start, tokens[end].start, "")
