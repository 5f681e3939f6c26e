"""Lists to choose from that are too long to be sent: a field that searches them on the server."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from dashboard import elements as st
from register.filters import MAX_SEARCH, search_in
from register.queries.choices import OFFERED


class Fitting(Protocol):
    """What is offered of a long list: up to OFFERED of it."""

    @property
    def fitting(self) -> int:
        """How many fit what was searched for, whether or not they are offered."""


Offer = TypeVar("Offer", bound=Fitting)


def offer(label: str, key: str, find: Callable[[str], Offer]) -> Offer:
    """Draw the field, and say how many fit; what is offered belongs into a list below it.

    Args:
        find: what fits a text, which is empty where nothing was typed.
    """
    asked = st.text_input(
        label,
        key=key,
        max_chars=MAX_SEARCH,
        live=True,
        placeholder="A part of a name, in any script",
    )
    q = search_in(asked)
    found = find(q)
    st.caption(said(found.fitting, q))
    return found


def typed(key: str) -> str:
    """What stands in a field of ``offer`` that this run draws only later."""
    return search_in(st.session_state.get(key) or "")


def said(fitting: int, q: str) -> str:
    """How many fit, and that not all of them are offered where it is so."""
    if not fitting:
        return "None fits."
    number = f"{fitting:,} fit" if q else f"{fitting:,} in all"
    if fitting <= OFFERED:
        return f"{number}."
    more = "more " if q else ""
    return f"{number}; the first {OFFERED} are offered below. Type {more}to find others."
