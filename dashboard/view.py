"""Pieces that several pages show."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from dashboard import beside, chosen, embed, figures, picture, store
from dashboard import elements as st
from dashboard.charts.faults import Draw, drawn
from dashboard.charts.style import DARK, LIGHT, Ink
from register import export, summaries, texts, words
from register.filters import Filters
from register.markup import Markdown
from register.queries import register
from register.queries.figures import Figures
from register.reach import beyond
from register.reach import reach as sources_reach

# No menus and buttons of Plotly's own: the page has its own downloads.
CHART_CONFIG = {"displayModeBar": False, "displaylogo": False}
# The wheel scrolls the page; the map's coastlines come from dashboard/static, not Plotly's host.
MAP_CONFIG = CHART_CONFIG | {"scrollZoom": False, "topojsonURL": "/app/static/topojson/"}


def ink() -> Ink:
    """The colours of marks in the visitor's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def heading(title: str, figures: Figures, filters: Filters) -> None:
    """The page's title and what is shown."""
    st.title(title)
    shown(figures, filters)


def shown(figures: Figures, filters: Filters) -> None:
    """The line that says what is shown, and by which filters: on a phone the sidebar is closed."""
    with st.container(key="shown"):
        st.markdown(Markdown("**{}**").format(summaries.shown(figures, filters)))
    reach(filters)
    chosen_filters(filters)


def chosen_filters(filters: Filters) -> None:
    """By which filters it is shown, with the way to take them back; nothing without filters."""
    if filters.restricting:
        said = summaries.chosen(filters, store.ask(register.options))
        with st.container(horizontal=True, vertical_alignment="center", key="chosen_filters"):
            only = Markdown(":material/filter_alt: Only {}").format(said)
            st.markdown(only, width="content")
            st.button("Reset", key="reset_here", on_click=chosen.reset, type="tertiary")


def reach(filters: Filters, record_ids: tuple[str, ...] = ()) -> None:
    """How far the sources reach, beside the day: beyond them all is projected.

    Args:
        record_ids: the records that are shown, if not all that the filters select.
    """
    newest = store.ask(register.newest_source)
    if record_ids:
        of_shown = store.ask(register.newest_source_among, record_ids)
    else:
        of_shown = store.ask(register.newest_source_of, filters)
    text = sources_reach(newest, of_shown)
    projected = beyond(filters.as_of, newest)
    with st.container(key="projected" if projected else "reach"):
        st.caption(f"{text}: later days are projected" if projected else f"{text}.")


def nothing_found(filters: Filters) -> None:
    """What to do when the filters select nothing."""
    st.info(
        f"On {words.day_in_words(filters.as_of)} the register knows of nothing that fits all "
        "filters. Remove a filter in the sidebar, choose a later as-of day, or reset the filters.",
        title="No agreement fits",
        icon=":material/filter_alt_off:",
    )
    meant = store.ask(register.alike, filters.q) if filters.q else []
    if meant:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("Did you mean", width="content")
            for name in meant:
                st.button(name, key=f"meant_{name}", on_click=chosen.search, args=(name,))


def download(frame: pd.DataFrame, filters: Filters, subject: str) -> None:
    """A button for the frame as a CSV snapshot, named by as-of day and register version."""
    download_later(lambda: export.csv_bytes(frame), len(frame), filters, subject)


def download_later(
    content: Callable[[], bytes], number: int, filters: Filters, subject: str
) -> None:
    """The same for a file of so many rows that is made when it is asked for (``store.later``)."""
    version = store.ask(register.version)
    st.download_button(
        "Download as CSV",
        data=content,
        file_name=export.file_name(subject, filters.as_of, version),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{subject}",
        help=f"These {words.counted(number, 'row')}, as of "
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
    # Setting it to what it is would undo what a reader does to it meanwhile.
    if state.get(key) is not None and state[key] not in names:
        state[key] = None
    return st.selectbox(
        label,
        list(names),
        format_func=lambda value: shown.get(value, value),
        key=key,
        index=None,
        placeholder="Choose",
    )


def chart(
    draw: Draw,
    records: pd.DataFrame,
    alt: str,
    key: str | None = None,
    config: Mapping[str, object] = CHART_CONFIG,
    title: str | None = None,
) -> Sequence[str]:
    """Draw a chart, as wide as it asks or else as the page; with a ``key`` its marks are clickable.

    Args:
        draw: makes the figure of the records: a function of a module, or ``partial`` of one with
            all else that the figure depends on.
        records: what is drawn; what cannot be is left out and named.
        title: what a picture of it says above it, instead of ``alt``.

    Returns:
        The custom data of the mark that was clicked, () for none.
    """
    around = picture.around(title or alt, key or "chart")
    figure, left_out = drawn(figures.kept(draw, ink(), around, key is not None), records)
    if not left_out.empty or figure is None:
        st.warning(texts.undrawn(left_out, all_of_it=figure is None))
    if figure is None:
        return ()
    if key is None:
        st.plotly_chart(figure, theme=None, config=dict(config), alt=alt)
        _beneath(figure)
        return ()
    width = figure.layout.width
    if width:
        # Where there is less room it scrolls sideways.
        place = f".st-key-{key}"
        st.html(
            f"<style>{place} {{ overflow-x: auto; }}{place} > * {{ min-width: {width}px; }}</style>"
        )
    with st.container(key=key):
        event = st.plotly_chart(
            figure,
            theme=None,
            key=f"{key}_{st.session_state.get(beside.times_closed(key), 0)}",
            on_select="rerun",
            selection_mode="points",
            config=dict(config),
            alt=alt,
            width=width or "stretch",
        )
    _beneath(figure)
    points = event.selection.points
    return points[0]["customdata"] if points else ()


def _beneath(figure: figures.Made) -> None:
    """What the marks mean, and the chart as a picture."""
    if figure.legend:
        st.html(figure.legend)
    embed.end()
    picture.offer()
