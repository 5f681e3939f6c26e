"""The filters in the sidebar, the same on every page, and their place in the address.

The address is the view's name: it is read when a session begins and when it changes under us
(back, forward, a link), and written when a filter changes. In between the widgets' state holds,
also when the page changes. A page can have parameters of its own beside the filters
(``routes.own_parameters``), which go the same way.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import day, routes, store
from dashboard import elements as st
from register import clock, texts
from register.filters import (
    DEFAULT_HORIZON,
    LISTS,
    MAX_HORIZON,
    MAX_SEARCH,
    Address,
    Filters,
    Options,
    from_address,
    in_order,
    search_in,
    to_address,
)
from register.markup import Markdown
from register.queries import register

MAX_VERSION, MAX_OWN = 40, 200
"""As much of an address's version, and of a page's own parameters, as is kept, in signs."""

LABELS = {
    "city": "City or region",
    "country": "Country",
    "area": "Area of cooperation",
    "instrument": "Instrument",
    "party": "Moscow party",
    "status": "Status on the as-of day",
}

HELP = {
    "city": "For names in other scripts use the search above.",
    "area": "Agreements that name any of these areas. The page Areas says who names all of them.",
}


AT_ONCE = 0.6
"""Seconds within which nobody follows a second link: what comes then comes from the first click."""


def show(page: str) -> None:
    """Draw the filters and bring them and the address in line; ``current`` and ``own`` give them.

    Args:
        page: the page's address.
    """
    options = store.ask(register.options)
    today = clock.today()
    page_changed = page != st.session_state.get("page", page)
    if st.session_state.late:
        page = _moved_to()
        page_changed = page != st.session_state.page
    else:
        st.session_state.page_id = _requested_page()
    own_parameters = routes.own_parameters(page)
    st.session_state.page = page
    version = store.ask(register.version)
    _follow_register(version, options, today)
    _follow_address(page_changed, own_parameters, options, today)
    if not st.session_state.day_pinned:
        st.session_state.filter_as_of = today
    st.session_state.filters = _chosen(today)
    st.session_state.pinned = st.session_state.day_pinned
    address = link(**{name: own(name) for name in own_parameters})
    linked_version = _linked_version(address)
    # Each step of the play would be an entry in the browser's history; the day it ends on is one.
    if not day.playing():
        _write_address(
            address | ({"version": [linked_version]} if linked_version else {}),
            _address(own_parameters),
            page_changed,
        )
    with st.sidebar:
        _widgets(options)
        _copy_link(address, version)
    if st.session_state.late:
        st.switch_page(routes.page(page or "overview"), query_params=st.session_state.in_browser)
    if st.session_state.notices:
        st.warning(Markdown("\n\n").join(st.session_state.notices))
    if linked_version not in (None, version):
        st.info(texts.other_version(linked_version, version))


def carry_over() -> None:
    """Put the address right that a run begins with; to be called before ``st.navigation``.

    The menu drops the address's parameters. They are put back, so that the chosen filters go
    along; what only another page knows does no harm. Streamlit's page in the browser then writes
    the new path and the parameters at once: in the other order they could become two entries in
    its history, the first of them without the filters.

    Who types into a filter and then clicks a link makes Streamlit ask twice: for the link, and
    then, because the field was left, for the page where one was (``late``), with either address.
    It is told by the filter that changes with it, or by coming at once.
    """
    state, page_id = st.session_state, _requested_page()
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    state.late = (
        not _in_history()
        and page_id == state.get("left")
        # A click in the menu asks for no parameters, which is no sign by itself.
        and asked in [state.moved[0], state.moved[1] or state.moved[0]]
        and (bool(state.get("touched")) or time.monotonic() - state.moved_at < AT_ONCE)
    )
    if "page_id" in state and page_id != state.page_id and not state.late:
        state.left, state.moved = state.page_id, (state.in_browser, asked)
        state.page_id, state.moved_at, state.arrived = page_id, time.monotonic(), False
    if state.late and not state.arrived:
        # The run for the link was stopped before it came to its address.
        asked = state.moved[1]
        st.query_params.from_dict(asked)
    if (
        "in_browser" in state
        and not _in_history()
        and (not asked or (state.late and state.arrived))
    ):
        st.query_params.from_dict(state.in_browser)


def current() -> Filters:
    """The filters of this run."""
    filters: Filters = st.session_state.filters
    return filters


def own(name: str) -> str | None:
    """The page's own parameter of that name, None if it is not given; kept while others show."""
    value: str | None = st.session_state.own.get(name)
    return value


def link(**changes: str | Sequence[str] | None) -> Address:
    """The parameters for a link within the app: the filters of this run, with some changed.

    Args:
        changes: new values of filters, or of the linked page's own parameters; None leaves one out.
    """
    address = to_address(current(), pin_day=st.session_state.day_pinned)
    for name, value in changes.items():
        address.pop(name, None)
        if value:
            address[name] = [value] if isinstance(value, str) else list(value)
    return in_order(address)


def choose_cities(cities: Sequence[str]) -> None:
    """Set the filter of that name; only in a callback, before the filters are drawn."""
    st.session_state.filter_city = list(cities)


def set_widget(key: str, value: object) -> None:
    """Bring a page's own widget in line with the address, before it is drawn.

    Setting it to what it is would undo what a reader does to it meanwhile.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def reset() -> None:
    """Take all filters back; only in a callback."""
    state = st.session_state
    day.stop()
    for name in LISTS:
        state[f"filter_{name}"] = []
    state.filter_q = ""
    state.filter_years = state.register_years
    state.filter_horizon = DEFAULT_HORIZON
    state.day_pinned = False
    state.notices = []


def search(text: str) -> None:
    """Search for the text instead; only in a callback."""
    st.session_state.filter_q = text


def choose_own(name: str, value: str | None) -> None:
    """Set the page's own parameter; only in a callback."""
    st.session_state.own[name] = value


def _touch(name: str) -> None:
    """Remember that a reader has just changed the filter of that name."""
    st.session_state.setdefault("touched", set()).add(name)


def _follow_register(version: str, options: Options, today: date) -> None:
    """Take what is chosen over to the version of the register that this run shows.

    What was chosen among the lists and years of another version is read anew, as an address is: a
    value that is gone is left out and said, and an end of the years that was not chosen stays open.
    """
    state = st.session_state
    years = (options.first_year, options.last_year)
    if state.get("register_version", version) != version:
        chosen = _chosen(today) if _known() >= {*LISTS, "q", "years"} else state.filters
        state.filters, notices = from_address(to_address(chosen, pin_day=True), options, today)
        _set_widgets(state.filters, options)
        if notices:
            state.notices = [texts.register_changed(version), *notices]
    state.register_version, state.register_years = version, years


def _follow_address(
    page_changed: bool, own_parameters: Sequence[str], options: Options, today: date
) -> None:
    """Set the widgets from the address, unless it is the one that we wrote.

    What a reader changed in the same moment holds: a link does not know of it yet.
    """
    state = st.session_state
    address = _address(own_parameters)
    touched = state.pop("touched", set())
    state.setdefault("own", {})
    if page_changed:
        day.stop()
    if "address" in state and address == state.address:
        # What comes late does not know yet what the link set; and Streamlit forgets widgets when
        # it is sent to another page, some of them when a run is stopped while it draws them.
        kept = frozenset() if state.late and state.arrived else _known()
        _set_widgets(state.filters, options, kept)
        if "as_of" not in kept:
            state.day_pinned = state.pinned
        return
    day.stop()
    state.own |= {
        name: address[name][-1][:MAX_OWN] if name in address else None for name in own_parameters
    }
    filters, state.notices = from_address(address, options, today)
    _set_widgets(filters, options, touched)
    if "as_of" not in touched:
        state.day_pinned = address.get("as_of", [])[-1:] == [filters.as_of.isoformat()]
    state.linked_version = address["version"][-1][:MAX_VERSION] if "version" in address else None
    state.linked_address = None


def _known() -> frozenset[str]:
    """The filters whose values are in the session."""
    names = (*LISTS, "q", "years", "horizon", "as_of")
    return frozenset(name for name in names if f"filter_{name}" in st.session_state)


def _set_widgets(
    filters: Filters, options: Options, but_not: Collection[str] = frozenset()
) -> None:
    values = {
        **{name: list(getattr(filters, name)) for name in LISTS},
        "q": filters.q,
        "years": (
            max(filters.from_year or options.first_year, options.first_year),
            min(filters.to_year or options.last_year, options.last_year),
        ),
        "horizon": filters.horizon,
        "as_of": filters.as_of,
    }
    for name, value in values.items():
        if name not in but_not:
            st.session_state[f"filter_{name}"] = value


def _chosen(today: date) -> Filters:
    """The filters from the widgets' state, before the widgets are drawn."""
    state = st.session_state
    (first, last), (first_year, last_year) = state.filter_years, state.register_years
    return Filters(
        as_of=day.chosen(today),
        horizon=state.filter_horizon,
        from_year=first if first > first_year else None,
        to_year=last if last < last_year else None,
        q=search_in(state.filter_q),
        **{name: tuple(state[f"filter_{name}"]) for name in LISTS},
    )


def _widgets(options: Options) -> None:
    st.text_input(
        "Search",
        key="filter_q",
        max_chars=MAX_SEARCH,
        placeholder="Стамбул, tourism, Luzhkov …",
        on_change=_touch,
        args=("q",),
        help="Partners and countries in any script, titles, areas, sources' labels and "
        "signatories. All words must fit.",
    )
    for name in LISTS:
        _list(name, options.of(name))
    day.choose(_touch)
    day.steps(current().as_of, "sidebar", width="stretch")
    st.number_input(
        "Horizon in days",
        0,
        MAX_HORIZON,
        key="filter_horizon",
        on_change=_touch,
        args=("horizon",),
        help="How many days ahead an end counts as expiring.",
    )
    st.slider(
        "Years",
        options.first_year,
        options.last_year,
        key="filter_years",
        on_change=_touch,
        args=("years",),
        help="Agreements whose window touches these years. "
        "Without a stated end a window stays open.",
    )
    st.button(
        "Reset filters",
        on_click=reset,
        icon=":material/restart_alt:",
        width="stretch",
    )


def _list(name: str, names: Mapping[str, str]) -> None:
    st.multiselect(
        LABELS[name],
        list(names),
        format_func=lambda value: names.get(value, value),
        key=f"filter_{name}",
        placeholder="All",
        # Else Enter would choose all that fit what is typed so far.
        select_all=False,
        on_change=_touch,
        args=(name,),
        help=HELP.get(name),
    )


def _copy_link(address: Address, version: str) -> None:
    """An address that shows the same tomorrow: it names the as-of day and register version."""
    pinned = in_order(address | {"as_of": [current().as_of.isoformat()], "version": [version]})
    with st.popover("Copy link", icon=":material/link:", width="stretch"):
        st.markdown("This link keeps the as-of day and names the register's version.")
        url = f"{st.context.url or ''}?{urlencode(pinned, doseq=True)}"
        st.code(url, language=None, wrap_lines=True)


def _linked_version(address: Address) -> str | None:
    """The version that the link in use names; None without one, or once the view is another."""
    state = st.session_state
    if state.linked_address is None:
        state.linked_address = address
    elif state.linked_address != address:
        state.linked_version = None
    version: str | None = state.linked_version
    return version


def _requested_page() -> str:
    """What Streamlit knows the page by that the browser asks for."""
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def _moved_to() -> str:
    """The address of the page that a reader has just moved to."""
    context = get_script_run_ctx()
    assert context is not None, "only in a run of a page"
    return str(context.pages_manager.get_pages()[st.session_state.page_id]["url_pathname"])


def _in_history() -> bool:
    """Whether the browser went back or forward to this page."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _address(own_parameters: Sequence[str]) -> Address:
    """The address's parameters, without those that the menu brought from another page."""
    foreign = routes.all_own_parameters() - set(own_parameters)
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in foreign}


def _write_address(address: Address, present: Address, page_changed: bool) -> None:
    # A link to another page sets the browser's address, and writing it again would be an entry of
    # its own in the history. A link to the page on which it stands does not set it.
    written = st.session_state.get("address", address)
    if address != present or (address != written and not page_changed):
        st.query_params.from_dict(address)
    st.session_state.address = address
    st.session_state.arrived = True
    st.session_state.in_browser = {name: st.query_params.get_all(name) for name in st.query_params}
