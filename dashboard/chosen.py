"""What is chosen: the filters' values in the session, which the widgets of the sidebar hold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dashboard import address, day, routes, store
from dashboard import elements as st
from register import clock, texts
from register.filters import (
    DEFAULT_HORIZON,
    LISTS,
    SPANS,
    Filters,
    Notice,
    Options,
    from_address,
)
from register.queries import register

YEARS = {"years": ("from", "to"), "signed": ("signed_from", "signed_to")}
"""Each slider of years, and the ends of its span; at an end of the slider a span is open."""

DAYS = ("happened_from", "happened_to")
"""The ends of a span that are typed, as a day, month or year; empty for an open one."""

NAMES = (*LISTS, *DAYS, *YEARS, "q", "horizon", "as_of")
"""The filters that have a widget; its value is in the session under ``filter_`` and the name."""


def follow(path: str) -> None:
    """Bring what is chosen and the address of this run in line; ``address.current`` gives it.

    Args:
        path: the page's name.
    """
    state, here, today = st.session_state, address.place(), clock.today()
    options, version = store.ask(register.options), store.ask(register.version)
    day.settle()
    if here.unread or here.moved:
        day.stop()
    _follow_register(version, options, today)
    if here.unread:
        _read(options, today)
    else:
        _put_back(options)
    if not state.day_pinned:
        state.filter_as_of = today
    here.filters, here.mistyped = _chosen(options, today)
    here.pinned = state.day_pinned
    if here.unread:
        address.follow(path)


def choose(name: str, value: object) -> None:
    """Set a filter; only in a callback, before the filters are drawn."""
    st.session_state[f"filter_{name}"] = value
    address.touch(name, value)
    _first_page(name)


def changed(name: str) -> None:
    """Remember that a reader has just changed the filter of that name; a widget's callback."""
    address.touch(name, st.session_state[f"filter_{name}"])
    _first_page(name)


def _first_page(name: str) -> None:
    """Show the lists of the page from their begin, since a filter makes others of them.

    Another day leaves them much as they are.
    """
    if name not in ("as_of", "horizon"):
        for paged in filter(address.own, routes.PAGED):
            address.choose_own(paged, None)


def choose_cities(cities: Sequence[str]) -> None:
    """Set the filter of that name; only in a callback."""
    choose("city", list(cities))


def search(text: str) -> None:
    """Search for the text instead; only in a callback."""
    choose("q", text)


def reset() -> None:
    """Take all filters back; only in a callback."""
    state = st.session_state
    day.stop()
    for name in LISTS:
        choose(name, [])
    for name in ("q", *DAYS):
        choose(name, "")
    for name in YEARS:
        choose(name, state.register_years)
    choose("horizon", DEFAULT_HORIZON)
    choose("as_of", None)
    state.day_pinned = False
    address.place().notices = []


def _follow_register(version: str, options: Options, today: date) -> None:
    """Take what is chosen over to the version of the register that this run shows.

    What was chosen among the lists and years of another version is read anew, as an address is: a
    value that is gone is left out and said, and an end of the years that was not chosen stays open.
    """
    state, here = st.session_state, address.place()
    years = (options.first_year, options.last_year)
    if state.get("register_version", version) != version:
        _put(_values(address.current(), options), but_not=_known())
        filters, notices = _chosen(options, today)
        _put(_values(filters, options))
        here.filters = filters
        if notices:
            here.notices = [texts.register_changed(version), *notices]
    state.register_version, state.register_years = version, years


def _read(options: Options, today: date) -> None:
    """Set the widgets from the address, but for what a reader changed that it does not know of."""
    here = address.place()
    filters, notices = from_address(here.address, options, today)
    here.notices = [*notices]
    _put(_values(filters, options) | dict(here.holds))
    if "as_of" in here.holds:
        pinned = here.holds["as_of"] is not None
    else:
        pinned = here.address.get("as_of", [])[-1:] == [filters.as_of.isoformat()]
    st.session_state.day_pinned = pinned


def _put_back(options: Options) -> None:
    """Set the widgets of which Streamlit forgot the values, or all, if the browser's are older.

    It forgets them when it is sent to another page, and some of them when a run is stopped while
    it draws them.
    """
    here = address.place()
    known: Collection[str] = () if here.put_back else _known()
    _put(_values(address.current(), options), but_not=known)
    if "as_of" not in known:
        st.session_state.day_pinned = here.pinned
    here.put_back = False


def _known() -> frozenset[str]:
    """The filters whose values are in the session."""
    return frozenset(name for name in NAMES if f"filter_{name}" in st.session_state)


def _put(values: Mapping[str, object], but_not: Collection[str] = ()) -> None:
    for name in NAMES:
        if name in values and name not in but_not:
            st.session_state[f"filter_{name}"] = values[name]


def _values(filters: Filters, options: Options) -> dict[str, object]:
    """What the widgets hold for the filters."""
    return {
        **{name: list(getattr(filters, name)) for name in LISTS},
        **{name: getattr(filters, name) or "" for name in DAYS},
        **{name: _slider(filters, options, *ends) for name, ends in YEARS.items()},
        "q": filters.q,
        "horizon": filters.horizon,
        "as_of": filters.as_of,
    }


def _slider(filters: Filters, options: Options, since: str, until: str) -> tuple[int, int]:
    """Where the two ends of a span of years stand on a slider of the register's years."""
    first, last = getattr(filters, SPANS[since]), getattr(filters, SPANS[until])
    low, high = options.first_year, options.last_year
    return max(first or low, low), min(last or high, high)


def _chosen(options: Options, today: date) -> tuple[Filters, list[Notice]]:
    """The filters from the widgets' values, and what of these cannot be taken."""
    state = st.session_state
    asked: dict[str, list[str]] = {name: list(state[f"filter_{name}"]) for name in LISTS}
    for name in DAYS:
        asked[name] = [text] if (text := state[f"filter_{name}"].strip()) else []
    low, high = state.register_years
    for name, (since, until) in YEARS.items():
        first, last = state[f"filter_{name}"]
        asked[since] = [str(first)] if first > low else []
        asked[until] = [str(last)] if last < high else []
    asked["q"] = [state.filter_q]
    asked["horizon"] = [str(state.filter_horizon)]
    filters, notices = from_address(asked, options, today)
    return replace(filters, as_of=day.chosen(today)), notices
