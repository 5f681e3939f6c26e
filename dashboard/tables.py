"""Tables: columns as wide as what they hold, statuses as badges, names that open what they name."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar

import pandas as pd
from pandas.io.formats.style import Styler

from dashboard import address, room, routes, view
from dashboard import elements as st
from dashboard.charts.letters import width
from dashboard.charts.style import badge
from register import export, words
from register.codes import STATUS_ROWS
from register.filters import Filters
from register.frames import Row, rows
from register.markup import Markdown

T = TypeVar("T")

OPENS = ":material/arrow_forward: "
"""Before a text in a table that opens something.

It stands before all of them: Streamlit would take an icon, or a list of several buttons, from the
begin of the text itself.
"""

SHORT = 25
"""Up to so many rows a table is shown whole: one that scrolls by itself holds the wheel up."""

LETTERS = 13.125
"""Pixels of a table's letters: 7/8 of the page's."""

_BESIDE, _BUTTON, _BADGE = 18, 34, 16
"""Pixels beside a cell's text, and those that a button with OPENS or a badge takes besides."""

_MOST = 937
"""Pixels that a column can have in Streamlit."""

_NONE = "–"


def show(
    table: pd.DataFrame,
    alt: str,
    columns: Mapping[str, Any] | None = None,
    styled: Styler | None = None,
    **look: Any,
) -> None:
    """A table whose columns of text have room for all that they hold.

    By itself a browser gives them what the first rows need.

    Args:
        columns: what there is to say of a column (``column_config``); one with a width keeps it.
        styled: the same table with words for some numbers.
        look: what ``st.dataframe`` takes besides.
    """
    said = columns or {}
    st.dataframe(
        table if styled is None else styled,
        hide_index=True,
        column_config={name: _column(table[name], said.get(name, {})) for name in table.columns},
        placeholder=_NONE,
        alt=alt,
        **{"height": height(table)} | look,
    )


def _column(cells: pd.Series, said: Any) -> Any:
    """A column's configuration, with the width that its texts need unless it has one."""
    column = {"label": said} if isinstance(said, str) else said
    config = getattr(column, "config", column)
    if not config.get("width") and not pd.api.types.is_numeric_dtype(cells):
        config["width"] = wide_enough(cells.dropna(), config.get("label") or str(cells.name))
    return column


def wide_enough(texts: Iterable[object], heading: str) -> int:
    """The pixels of a column that cuts none of the texts, whether or not they are to be opened."""
    needed = max(
        width(text.removeprefix(OPENS), LETTERS) + (_BUTTON if text.startswith(OPENS) else 0)
        for text in {heading, *map(str, texts)}
    )
    return min(round(needed) + _BESIDE, _MOST)


def height(table: pd.DataFrame) -> Literal["content", "auto"]:
    """How high a table is: as its rows, or as Streamlit has it."""
    return "content" if len(table) <= SHORT else "auto"


def agreements_table(
    agreements: pd.DataFrame, filters: Filters, subject: str, *, of_one_partner: bool = False
) -> None:
    """The agreements as a table, each leading to its page, with the CSV snapshot of the same rows.

    Before a title stands what is short, so that all of it is in sight; on a phone the title.

    Args:
        of_one_partner: leave out who the partner is, and say which follows or implements which.
    """
    key, listed = f"{subject}_open", rows(agreements)
    whose = "" if of_one_partner else agreements["partner"] + ": "
    cells = {
        "Status": agreements["status_name"],
        "Ends": agreements["window_end"].map(words.date_in_words, na_action="ignore"),
        "Agreement": OPENS + whose + agreements["title"],
        "Days left": agreements["days_left"],
        "Period": [words.window(row) for row in listed],
        **(_ties(agreements) if of_one_partner else {"Country": agreements["country"]}),
        "Type of document": agreements["instrument_name"],
        "Areas": agreements["areas"].fillna(""),
        "Sources": agreements["sources"],
        "Disputed fields": agreements["disputed"],
    }
    table = pd.DataFrame(cells).reset_index(drop=True)
    if room.narrow():
        table.insert(0, "Agreement", table.pop("Agreement"))
    show(
        table,
        "The agreements shown, a row each",
        {
            "Agreement": agreement_column(key, agreements),
            "Status": status_column(),
            "Days left": st.column_config.NumberColumn(
                width=104, help="At most so many where the end is known to the month or year alone."
            ),
            "Areas": st.column_config.TextColumn(width="medium"),
        },
        styled=_days_in_words(table, listed),
    )
    follow(key)
    view.download(agreements[export.AGREEMENT_COLUMNS], filters, subject)


def _ties(agreements: pd.DataFrame) -> dict[str, pd.Series]:
    """What the agreements follow and implement, by title, if any does."""
    titles = dict(zip(agreements["agreement_id"], agreements["title"], strict=True))
    return {
        name.capitalize(): agreements[name].map(titles)
        for name in ("follows", "implements")
        if agreements[name].notna().any()
    }


def _days_in_words(table: pd.DataFrame, listed: list[Row]) -> Styler:
    """The days left as exact as the end is known; they stay numbers, by which the table sorts."""
    styled = table.style.format(na_rep=_NONE)
    how_exact = pd.Series(map(words.how_exact, listed), dtype=object)
    for said, there in how_exact.groupby(how_exact).groups.items():
        styled.format(f"{said} {{:,.0f}}".strip(), subset=(there, ["Days left"]), na_rep=_NONE)
    return styled


def status_column() -> Any:
    """A column of statuses by name, each a badge of its colour."""
    names = [name for _, _, name, *_ in STATUS_ROWS]
    return st.column_config.MultiselectColumn(
        width=wide_enough(names, "Status") + _BADGE,
        options=names,
        color=[badge(status) for status, *_ in STATUS_ROWS],
    )


def agreement_column(key: str, agreements: pd.DataFrame) -> Any:
    """A column of titles of agreements, each with OPENS before it, for ``follow`` to open."""
    return button_column(
        key,
        agreements["agreement_id"],
        "Choose a title to open the agreement with all its sources.",
    )


def follow(key: str) -> None:
    """Go to the agreement whose title was chosen in a table with ``agreement_column(key)``."""
    agreement_id = opened(key)
    if agreement_id is not None:
        st.switch_page(routes.page("agreement"), query_params=address.link(id=agreement_id))


def button_column(key: str, leads_to: Iterable[T], help: str) -> Any:
    """A column of names to click, for ``opened`` to tell which.

    Args:
        leads_to: what each row stands for. A click knows the row alone, and when it comes the
            table can have other rows, of another version of the register.
    """

    def remember(leads_to: tuple[T, ...]) -> None:
        st.session_state[f"{key}_opened"] = leads_to[st.session_state[key]["row"]]

    return st.column_config.ButtonColumn(
        alignment="left",
        type="tertiary",
        key=key,
        on_click=remember,
        args=(tuple(leads_to),),
        help=Markdown.escape(help),
    )


def opened(key: str) -> Any:
    """What was just clicked in the ``button_column(key)``, None for nothing."""
    return st.session_state.pop(f"{key}_opened", None)
