"""Streamlit for the pages: its elements, which here draw text as text.

Every element that would read its text as Markdown takes it as it stands, unless it is of the type
``Markdown``: so nobody has to think of it. Pages take Streamlit from here alone; what they need
anew gets its line below, among those that draw text or among the rest.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit
from markupsafe import Markup

from dashboard import files
from register.markup import Markdown

Element = TypeVar("Element", bound=Callable[..., Any])


def _with_text(element: Element, *names: str) -> Element:
    """The element, which takes its arguments of these names as text."""
    parameters = inspect.signature(element).parameters
    places = {place for place, name in enumerate(parameters) if name in names}

    @wraps(element)
    def draw(*args: Any, **kwargs: Any) -> Any:
        given = [_text(each) if place in places else each for place, each in enumerate(args)]
        named = {name: _text(each) if name in names else each for name, each in kwargs.items()}
        return element(*given, **named)

    return cast(Element, draw)


def _text(drawn: Any) -> Any:
    """What is drawn, with text in place of a string, or in the cells and headings of a frame."""
    if drawn is None:
        return None
    if not isinstance(drawn, pd.DataFrame):
        return Markdown.escape(drawn)
    cells = drawn.map(lambda cell: Markdown.escape(cell) if isinstance(cell, str) else cell)
    return cells.rename(columns=Markdown.escape)


title = _with_text(streamlit.title, "body", "help")
header = _with_text(streamlit.header, "body", "help")
subheader = _with_text(streamlit.subheader, "body", "help")
markdown = _with_text(streamlit.markdown, "body", "help")
caption = _with_text(streamlit.caption, "body", "help")
metric = _with_text(streamlit.metric, "label", "value", "help")
table = _with_text(streamlit.table, "data")

info = _with_text(streamlit.info, "body", "title")
warning = _with_text(streamlit.warning, "body", "title")
error = _with_text(streamlit.error, "body", "title")
success = _with_text(streamlit.success, "body", "title")

dialog = _with_text(streamlit.dialog, "title")
expander = _with_text(streamlit.expander, "label")
popover = _with_text(streamlit.popover, "label", "help")

button = _with_text(streamlit.button, "label", "help")
download_button = _with_text(streamlit.download_button, "label", "help")
link_button = _with_text(streamlit.link_button, "label", "help")
page_link = _with_text(streamlit.page_link, "label", "help")

checkbox = _with_text(streamlit.checkbox, "label", "help")
date_input = _with_text(streamlit.date_input, "label", "help")
multiselect = _with_text(streamlit.multiselect, "label", "help")
number_input = _with_text(streamlit.number_input, "label", "help")
segmented_control = _with_text(streamlit.segmented_control, "label", "help")
selectbox = _with_text(streamlit.selectbox, "label", "help")
slider = _with_text(streamlit.slider, "label", "help")
text_area = _with_text(streamlit.text_area, "label", "help")
text_input = _with_text(streamlit.text_input, "label", "help")


def table_of_numbers(frame: pd.DataFrame, number: Callable[[object], str], **look: Any) -> None:
    """A table in which ``number`` writes the numbers; they stay such, and stand on the right."""
    cells = _text(frame)
    streamlit.table(cells.style.format(number, list(cells.select_dtypes("number"))), **look)


_LIST, _ITEM = Markup("<ol>{}</ol>"), Markup('<li id="{}{}">{}</li>')


def numbered_list(items: Iterable[str], place: str) -> None:
    """A list of text, numbered from 1; ``#<place>1`` leads to the first item.

    What is of the type ``Markup`` in it is drawn as HTML.
    """
    drawn = (_ITEM.format(place, number, item) for number, item in enumerate(items, 1))
    streamlit.html(_LIST.format(Markup("").join(drawn)))


def script(file: str, body: str = "") -> None:
    """HTML with a script of ours, one of ``dashboard/static``, that runs when it is drawn.

    It is fetched like any file and no module, so that a strict Content-Security-Policy lets it run,
    and so that it runs each time and finds what it belongs to as ``document.currentScript``.
    """
    streamlit.html(
        f'{body}<script src="{files.address(file)}"></script>', unsafe_allow_javascript=True
    )


# Their text is drawn as it is.
code = streamlit.code
dataframe = streamlit.dataframe
plotly_chart = streamlit.plotly_chart

# What they take is literal: a test looks.
column_config = streamlit.column_config
html = streamlit.html
tabs = streamlit.tabs

# They draw no text.
Page = streamlit.Page
columns = streamlit.columns
container = streamlit.container
context = streamlit.context
fragment = streamlit.fragment
grid = streamlit.grid
navigation = streamlit.navigation
pagination = streamlit.pagination
query_params = streamlit.query_params
rerun = streamlit.rerun
session_state = streamlit.session_state
set_page_config = streamlit.set_page_config
sidebar = streamlit.sidebar
stop = streamlit.stop
switch_page = streamlit.switch_page
