"""Tables: columns as wide as what they hold, statuses as badges, names that open what they name."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

import pandas as pd

from dashboard import address, controls, doors, room, routes, store, view
from dashboard import elements as st
from dashboard.charts.letters import width
from dashboard.charts.style import badge
from register.codes import STATUS_ROWS
from register.filters import Filters
from register.markup import Markdown
from register.queries import listed, register

T = TypeVar("T")

OPENS = ":material/arrow_forward: "
"""Before a text in a table that opens something.

It stands before all of them: Streamlit would take an icon, or a list of several buttons, from the
begin of the text itself.
"""

SHORT = 25
"""Up to so many rows a table is shown whole: one that scrolls by itself holds the wheel up."""

WHOLE, A_PAGE = 400, 100
"""Up to how many rows all are in the table, which then sorts them by a click; of more a page."""

LARGEST = 50_000
"""Agreements up to which files are made that stand in memory as a whole.

A sheet has room for a million rows, and these agreements have half a million statements.
"""

LETTERS = 13.125
"""Pixels of a table's letters: 7/8 of the page's."""

_BESIDE, _BUTTON, _BADGE = 18, 34, 16
"""Pixels beside a cell's text, and those that a button with OPENS or a badge takes besides."""

_MOST = 937
"""Pixels that a column can have in Streamlit."""

_NONE = "–"

_EXACT = "How exact"


def show(
    table: pd.DataFrame,
    alt: str,
    columns: Mapping[str, Any] | None = None,
    **look: Any,
) -> None:
    """A table whose columns of text have room for all that they hold.

    By itself a browser gives them what the first rows need.

    Args:
        columns: what there is to say of a column (``column_config``); one with a width keeps it.
        look: what ``st.dataframe`` takes besides.
    """
    said = columns or {}
    st.dataframe(
        table,
        hide_index=True,
        column_config={name: _column(table[name], said.get(name, {})) for name in table.columns},
        placeholder=_NONE,
        alt=alt,
        **{"height": height(table)} | look,
    )


@contextmanager
def same(key: str) -> Iterator[bool]:
    """Where what a chart shows stands as a table too; whether a reader has opened it.

    What nobody has opened is not drawn: its code would come before the chart, and its cells with
    each change of the page.
    """
    place = st.expander("The same as a table", key=key, on_change="rerun")
    with place:
        yield bool(place.open)


def _column(cells: pd.Series, said: Any) -> Any:
    """A column's configuration: texts get the width that they need, numbers marks of thousands.

    What is said of a column goes before; years have no thousands.
    """
    column = {"label": said} if isinstance(said, str) else said
    config = getattr(column, "config", column)
    if _counts(cells):
        kind = config.setdefault("type_config", {"type": "number"})
        kind["format"] = kind.get("format") or "localized"
    elif not config.get("width") and not pd.api.types.is_numeric_dtype(cells):
        config["width"] = wide_enough(cells.dropna(), config.get("label") or str(cells.name))
    return column


def _counts(cells: pd.Series) -> bool:
    """Whether a column has numbers of something."""
    numbers = pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells)
    return numbers and cells.name != "year"


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
    filters: Filters,
    subject: str,
    number: int,
    *,
    order: str = "partner",
    in_force: bool = False,
    of_one_partner: bool = False,
) -> None:
    """The selected agreements as a table, each leading to its page, with the CSV snapshot of all.

    Up to WHOLE of them are in the table, of more a page. Before a title stands what is short, so
    that all of it is in sight; on a phone the title.

    Args:
        number: how many there are.
        order: one of ``listed.ORDERS``, unless another is chosen.
        in_force: only those in their period.
        of_one_partner: leave out who the partner is, and say which follows or implements which.
    """
    order, shown = _order(number, order), page(number)
    offset, limit = shown.start, shown.stop - shown.start
    agreements = store.ask(listed.page, filters, order, offset, limit, in_force=in_force)
    key = f"{subject}_open"
    show(
        _in_words(agreements, of_one_partner=of_one_partner),
        "The agreements shown, a row each",
        {
            "Agreement": agreement_column(key, agreements),
            "Status": status_column(),
            _EXACT: st.column_config.TextColumn(
                width=84, help="Whether the end is known to the day: it can be earlier else."
            ),
            "Days left": st.column_config.NumberColumn(format="localized"),
            "Areas": st.column_config.TextColumn(width="medium"),
        },
    )
    follow(key)
    if number > LARGEST and not in_force:
        doors.agreements_file("Download as CSV", "csv", filters, store.ask(register.version))
        return
    snapshot = store.later(listed.csv, filters, order, in_force=in_force)
    view.download_later(snapshot, number, filters, subject)


def _order(number: int, usual: str) -> str:
    """In which order so many rows are; nothing is drawn for a table that sorts all by itself."""
    if number <= WHOLE:
        return usual
    titles = {name: order.title for name, order in listed.ORDERS.items()}
    return controls.choice("Order rows by", "sort", {usual: titles[usual]} | titles)


def page(number: int, whole: int = WHOLE) -> slice:
    """Which of so many rows the table has; it says so where these are not all.

    Args:
        whole: up to so many are all in it.
    """
    if number <= whole:
        return slice(0, whole)
    rows = controls.page(number, A_PAGE, "rows")
    st.caption(
        f"Rows {rows.start + 1:,} to {min(rows.stop, number):,} of {number:,}. The name of a "
        "column sorts these alone; the download has all."
    )
    return rows


def _in_words(agreements: pd.DataFrame, *, of_one_partner: bool) -> pd.DataFrame:
    whose = "" if of_one_partner else agreements["partner"] + ": "
    beside = ("follows", "implements") if of_one_partner else ("country",)
    table = pd.DataFrame(
        {
            "Status": agreements["status_name"],
            "Ends": agreements["ends"],
            "Agreement": OPENS + whose + agreements["title"],
            _EXACT: agreements["how_exact"],
            "Days left": agreements["days_left"],
            "Period": agreements["period"],
            **{
                name.capitalize(): agreements[name]
                for name in beside
                if agreements[name].notna().any()
            },
            "Type of document": agreements["instrument_name"],
            "Areas": agreements["areas"].fillna(""),
            "Sources": agreements["sources"],
            "Disputed fields": agreements["disputed"],
        }
    )
    if room.narrow():
        table.insert(0, "Agreement", table.pop("Agreement"))
    return table


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
