"""Pieces that several pages show."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pandas as pd
import streamlit as st

from dashboard import export, routes, sidebar, store, summaries, words
from dashboard.charts.style import DARK, LIGHT, Ink
from dashboard.filters import Filters
from dashboard.frames import rows
from dashboard.queries import register

# No menus and buttons of Plotly's own: the page has its own downloads.
CHART_CONFIG = {"displayModeBar": False, "displaylogo": False}
# The wheel scrolls the page; the map's coastlines come from dashboard/static, not Plotly's host.
MAP_CONFIG = CHART_CONFIG | {"scrollZoom": False, "topojsonURL": "/app/static/topojson/"}


def ink() -> Ink:
    """The colours of marks in the visitor's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@contextmanager
def wide(key: str) -> Iterator[None]:
    """A place for a chart that needs room: on a narrow screen it scrolls sideways."""
    place = f".st-key-{key}"
    st.html(f"<style>{place} {{ overflow-x: auto; }} {place} > * {{ min-width: 860px; }}</style>")
    with st.container(key=key):
        yield


def heading(title: str, agreements: pd.DataFrame, filters: Filters) -> None:
    """The page's title and the line that says what is shown."""
    st.title(title)
    st.markdown(f"**{summaries.shown(agreements, filters)}**")


def nothing_found(filters: Filters) -> None:
    """What to do when the filters select nothing."""
    st.info(
        f"On {words.day_in_words(filters.as_of)} the register knows of nothing that fits all "
        "filters. Remove a filter in the sidebar, choose a later as-of day, or reset the filters.",
        title="No agreement fits",
        icon=":material/filter_alt_off:",
    )


def agreements_table(
    agreements: pd.DataFrame, filters: Filters, subject: str, *, of_one_partner: bool = False
) -> None:
    """The agreements as a table, each leading to its page, with the CSV snapshot of the same rows.

    Args:
        of_one_partner: leave out who the partner is, and say which follows or implements which.
    """
    key = f"{subject}_open"
    table = pd.DataFrame(
        {
            "Partner": agreements["partner"],
            "Agreement": ":material/arrow_forward: " + agreements["title"],
            "Window": [words.window(row) for row in rows(agreements)],
            "Status": agreements["status_name"],
            "Days left": agreements["days_left"],
            "Country": agreements["country"],
            "Instrument": agreements["instrument_name"],
            "Areas": agreements["areas"].fillna(""),
            "Sources": agreements["sources"],
            "Disputed fields": agreements["disputed"],
        }
    )
    if of_one_partner:
        titles = dict(zip(agreements["agreement_id"], agreements["title"], strict=True))
        table = table.drop(columns=["Partner", "Country"])
        for name in ("implements", "follows"):
            if agreements[name].notna().any():
                table.insert(4, name.capitalize(), agreements[name].map(titles))
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Partner": st.column_config.TextColumn(pinned=True),
            "Agreement": st.column_config.ButtonColumn(
                width=300,
                alignment="left",
                type="tertiary",
                key=key,
                help="Choose a title to open the agreement with all its sources.",
            ),
            "Window": st.column_config.TextColumn(width=230),
            "Follows": st.column_config.TextColumn(width=220),
            "Implements": st.column_config.TextColumn(width=220),
            "Areas": st.column_config.TextColumn(width="medium"),
        },
        placeholder="–",
        alt="The agreements shown, a row each",
    )
    opened = st.session_state.get(key)
    if opened is not None:
        agreement_id = str(agreements["agreement_id"].iloc[opened["row"]])
        st.switch_page(routes.page("agreement"), query_params=sidebar.link(id=agreement_id))
    download(agreements[export.AGREEMENT_COLUMNS], filters, subject)


def download(frame: pd.DataFrame, filters: Filters, subject: str) -> None:
    """A button for the frame as a CSV snapshot, named by as-of day and register version."""
    version = store.ask(register.version)
    st.download_button(
        "Download as CSV",
        data=lambda: export.csv_bytes(frame),
        file_name=export.file_name(subject, filters.as_of, version),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{subject}",
        help=f"These {words.counted(len(frame), 'row')}, as of "
        f"{words.day_in_words(filters.as_of)}, register version {version}.",
    )


def select(label: str, names: Mapping[str, str], clicked: str | None, key: str) -> str | None:
    """A list to choose an id from by its name: the keyboard's way to what a click does.

    A new click (``clicked``) sets it; the choice is dropped when it is no longer in the list.
    """
    state = st.session_state
    shown = words.told_apart(names)
    if clicked is not None and clicked != state.get(f"{key}_clicked") and clicked in names:
        state[key] = clicked
    state[f"{key}_clicked"] = clicked
    if state.get(key) not in names:
        state[key] = None
    return st.selectbox(
        label,
        list(names),
        format_func=lambda value: shown.get(value, value),
        key=key,
        index=None,
        placeholder="Choose in the chart or here",
    )


def chosen_datum(event: object, position: int = 0) -> Sequence[str]:
    """The custom data of the point that was clicked on a chart, () for none."""
    points = event.selection.points  # type: ignore[attr-defined]
    return points[position]["customdata"] if points else ()
