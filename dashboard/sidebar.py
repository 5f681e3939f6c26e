"""The sidebar, the same on every page: a widget for each filter."""

from collections.abc import Mapping
from typing import Any

from dashboard import address, chosen, day, finder, routes, store
from dashboard import elements as st
from register import texts
from register.filters import DEFAULT_HORIZON, MAX_HORIZON, MAX_SEARCH, Filters, Options
from register.markup import Markdown
from register.queries import choices, register

LABELS = {
    "city": "City or region",
    "area": "Area of cooperation",
    "status": "Status",
    "country": "Country",
    "region": "Part of the world",
    "instrument": "Type of document",
    "party": "Signed for Moscow by",
}

HELP = {
    "city": "For names in other scripts use the search above.",
    "area": "Agreements that name any of these areas. The page Areas says who names all of them.",
}

FIRST, MORE = ("city", "area", "status"), ("country", "region", "instrument", "party")
"""The lists that most readers want, and those that are there for the asking."""

SPANS = {
    "years": (
        "In effect at some time in",
        "Agreements whose period touches these years. Without a stated end a period stays open.",
    ),
    "signed": (
        "Signed in",
        "The year from which an agreement counts as signed. What has no date is in none.",
    ),
}


def show() -> None:
    """Draw the filters; their values were set by ``chosen.follow``."""
    with st.sidebar:
        _filters(store.ask(register.options))
        st.page_link(
            routes.page(routes.FORM),
            label="Something missing? Propose it",
            query_params=address.link_to(routes.FORM),
        )


def notices() -> None:
    """Say what of the address was left out, and which other version of the register it means."""
    here = address.place()
    left_out = [*here.notices, *here.mistyped]
    if left_out:
        st.warning(Markdown("\n\n").join(left_out))
    linked, version = address.linked_version(), store.ask(register.version)
    if linked not in (None, version):
        st.info(texts.other_version(linked, version))


def _filters(options: Options) -> None:
    st.text_input(
        "Search",
        key="filter_q",
        max_chars=MAX_SEARCH,
        placeholder="Стамбул, tourism, Luzhkov …",
        on_change=chosen.changed,
        args=("q",),
        help="Partners and countries in any script, titles, areas, sources' labels and "
        "signatories. All words must fit.",
    )
    for name in FIRST:
        _list(name, options.of(name))
    day.choose()
    day.steps(address.current().as_of, "sidebar", width="stretch")
    in_use = _in_use(address.current())
    label = f"More filters ({in_use} in use)" if in_use else "More filters"
    # What nobody has opened is not drawn: its widgets would come before the first chart.
    more = st.expander(label, key="more_filters", on_change="rerun")
    if more.open:
        with more:
            _more(options)
    st.button(
        "Reset filters",
        on_click=chosen.reset,
        icon=":material/restart_alt:",
        width="stretch",
    )


def _more(options: Options) -> None:
    for name in MORE:
        _list(name, options.of(name))
    for name, (label, about) in SPANS.items():
        st.slider(
            label,
            options.first_year,
            options.last_year,
            key=f"filter_{name}",
            on_change=chosen.changed,
            args=(name,),
            help=about,
        )
    st.number_input(
        "Ending within, in days",
        0,
        MAX_HORIZON,
        key="filter_horizon",
        on_change=chosen.changed,
        args=("horizon",),
        help="How many days ahead an end counts as expiring.",
    )


def _in_use(filters: Filters) -> int:
    """How many of the filters that are not seen at once restrict what is shown."""
    spans = ((filters.from_year, filters.to_year), (filters.signed_from, filters.signed_to))
    return (
        sum(bool(getattr(filters, name)) for name in MORE)
        + sum(span != (None, None) for span in spans)
        + (filters.horizon != DEFAULT_HORIZON)
    )


def _list(name: str, names: Mapping[str, str]) -> None:
    if len(names) > choices.MOST:
        st.fragment(_searched)(name, names)
        return
    labels = store.ask(choices.labels, name)
    _choose(name, labels, help=HELP.get(name))


def _searched(name: str, names: Mapping[str, str]) -> None:
    """The same for more cities than can be sent: it runs by itself while a reader types."""
    chosen_here = tuple(value for value in st.session_state[f"filter_{name}"] if value in names)
    offer = finder.offer(
        "Find a city or region",
        f"find_{name}",
        lambda q: store.ask(choices.partners, q, chosen_here),
    )
    _choose(name, offer.labels, filter_mode=None)
    if chosen_here != getattr(address.current(), name):
        # The page is to follow, which does not run with this field.
        st.rerun()


def _choose(name: str, labels: Mapping[str, str], **look: Any) -> None:
    st.multiselect(
        LABELS[name],
        tuple(labels),
        format_func=lambda value: labels.get(value, value),
        key=f"filter_{name}",
        placeholder="All",
        # Else Enter would choose all that fit what is typed so far.
        select_all=False,
        on_change=chosen.changed,
        args=(name,),
        **look,
    )
