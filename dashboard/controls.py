"""A page's own controls: what they choose stands in the address, beside the filters.

What a control has when it is not asked for is the default, and is left out of the address.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from dashboard import address
from dashboard import elements as st

T = TypeVar("T")

PARTNERS_A_PAGE = 25
"""More rows than these are slow to draw and far from the names of the columns."""

_BUTTON, _BUTTONS = 42, 7
"""Pixels of the number of a page, and how many numbers a pager has at most."""

_YEARS = re.compile(r"(\d{4})-(\d{4})")


class Section(NamedTuple):
    """A part of a page that is shown, and computed, by itself."""

    title: str
    show: Callable[..., None]


def kept(
    name: str, value: T, default: object = None, text: Callable[[Any], str] = str
) -> dict[str, Any]:
    """What ties a widget to the page's own parameter of that name, to be given to the widget.

    Args:
        name: one of ``routes.own_parameters``.
        value: what the widget has, read from the address.
        default: the value that is left out of the address; so is None.
        text: a value as the address has it.
    """
    state, key = st.session_state, f"own_{name}"

    def choose() -> None:
        chosen = state[key]
        address.choose_own(name, None if chosen in (None, default) else text(chosen))

    # Setting it to what it is would undo what a reader does to it meanwhile.
    if key not in state or state[key] != value:
        state[key] = value
    return {"key": key, "on_change": choose}


def choice(label: str, name: str, titles: Mapping[str, str], **look: Any) -> str:
    """One of several values side by side, the first one unless chosen.

    Args:
        titles: what a reader sees of each value.
    """
    default = next(iter(titles))
    asked = address.own(name)
    chosen = st.segmented_control(
        label,
        list(titles),
        format_func=lambda value: titles.get(value, value),
        required=True,
        **kept(name, asked if asked in titles else default, default),
        **look,
    )
    return str(chosen)


def section(sections: Mapping[str, Section]) -> Section:
    """The section of the page to show, the first one unless chosen."""
    titles = {name: section.title for name, section in sections.items()}
    return sections[choice("Section", "section", titles, label_visibility="collapsed")]


def years(
    label: str, name: str, low: int, high: int, default: tuple[int, int] | None = None
) -> tuple[int, int]:
    """A span of years from ``low`` to ``high``, ``default`` (or all of them) unless chosen.

    Nothing is drawn for a single year.
    """
    default = default or (low, high)
    if low == high:
        return default
    asked = _YEARS.fullmatch(address.own(name) or "")
    first, last = sorted(map(int, asked.groups())) if asked else default
    kept_years = (min(max(first, low), high), max(min(last, high), low))
    span: tuple[int, int] = st.slider(
        label, low, high, **kept(name, kept_years, default, "{0[0]}-{0[1]}".format)
    )
    return span


def page_of(pages: int, name: str = "page") -> int:
    """Which of so many pages of a list to show, from 1; nothing is drawn for a single one.

    Args:
        name: one of ``routes.own_parameters``.
    """
    if pages <= 1:
        return 1
    width = _BUTTON * (min(max(pages, 4), _BUTTONS) + 2)
    return int(st.pagination(pages, width=width, **kept(name, page_asked(pages, name), 1)))


def page_asked(pages: int, name: str = "page") -> int:
    """The same from the address, for what stands above the list; nothing is drawn."""
    asked = address.own(name) or ""
    return min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() else 1


def page(number: int, a_page: int, name: str = "page") -> slice:
    """Which of so many rows the page of the list holds that is chosen; the last ends behind them.

    So a page asks the same whatever the number is.
    """
    first = (page_of(-(-number // a_page), name) - 1) * a_page
    return slice(first, first + a_page)


def partners(number: int, found: Callable[[slice], pd.DataFrame]) -> pd.DataFrame:
    """The partners of the page of the list that is chosen; it says which they are.

    Args:
        number: how many there are.
        found: gives those of a slice, with the column ``partner``.
    """
    if number <= PARTNERS_A_PAGE:
        return found(slice(0, PARTNERS_A_PAGE))
    with st.container(horizontal=True, vertical_alignment="center"):
        which = page(number, PARTNERS_A_PAGE)
        on_page = found(which)
        names = on_page["partner"]
        st.caption(
            f"{names.iloc[0]} to {names.iloc[-1]}, {which.start + 1:,}–{min(which.stop, number):,} "
            f"of {number:,}",
            width="content",
        )
    return on_page
