"""Streamlit for the pages: everything it has, and its elements draw text as text.

Every element here that would read its text as Markdown takes it as it stands, unless it is of the
type ``Markdown``. So nobody has to think of it, and a test sees to it that no other module imports
Streamlit's own elements. (What selectboxes, data frames and code blocks show is text by itself;
icons, and the headings and notes on columns of data frames, are literals.)
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit
from streamlit import *  # noqa: F403  # the pages need no other name for the rest

from dashboard.markup import Markdown

Element = TypeVar("Element", bound=Callable[..., Any])


def _text(drawn: Any) -> Any:
    """What is drawn, with text in place of a string, or in the cells and headings of a frame."""
    if not isinstance(drawn, pd.DataFrame):
        return Markdown.escape(drawn)
    cells = drawn.map(lambda cell: Markdown.escape(cell) if isinstance(cell, str) else cell)
    return cells.rename(columns=Markdown.escape)


def _with_text(element: Element, *names: str) -> Element:
    """The element, which takes its arguments of these names as text."""
    signature = inspect.signature(element)

    @wraps(element)
    def draw(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs)
        for name in names:
            if given.arguments.get(name) is not None:
                given.arguments[name] = _text(given.arguments[name])
        return element(*given.args, **given.kwargs)

    return cast(Element, draw)


title = _with_text(streamlit.title, "body", "help")
header = _with_text(streamlit.header, "body", "help")
subheader = _with_text(streamlit.subheader, "body", "help")
markdown = _with_text(streamlit.markdown, "body", "help")
caption = _with_text(streamlit.caption, "body", "help")
metric = _with_text(streamlit.metric, "label", "value", "help")

info = _with_text(streamlit.info, "body", "title")
warning = _with_text(streamlit.warning, "body", "title")
error = _with_text(streamlit.error, "body", "title")

dialog = _with_text(streamlit.dialog, "title")
expander = _with_text(streamlit.expander, "label")
popover = _with_text(streamlit.popover, "label", "help")

button = _with_text(streamlit.button, "label", "help")
download_button = _with_text(streamlit.download_button, "label", "help")
page_link = _with_text(streamlit.page_link, "label", "help")

date_input = _with_text(streamlit.date_input, "label", "help")
multiselect = _with_text(streamlit.multiselect, "label", "help")
number_input = _with_text(streamlit.number_input, "label", "help")
segmented_control = _with_text(streamlit.segmented_control, "label", "help")
selectbox = _with_text(streamlit.selectbox, "label", "help")
slider = _with_text(streamlit.slider, "label", "help")
text_input = _with_text(streamlit.text_input, "label", "help")

table = _with_text(streamlit.table, "data")


def table_of_numbers(frame: pd.DataFrame, number: Callable[[object], str], **look: Any) -> None:
    """A table in which ``number`` writes the numbers; they stay such, and stand on the right."""
    cells = _text(frame)
    streamlit.table(cells.style.format(number, list(cells.select_dtypes("number"))), **look)
