"""The sidebar, the same on every page: a widget for each filter, and the link to what is shown."""

from collections.abc import Mapping
from urllib.parse import urlencode

from dashboard import address, chosen, day, store
from dashboard import elements as st
from register import texts
from register.filters import LISTS, MAX_HORIZON, MAX_SEARCH, Options
from register.markup import Markdown
from register.queries import register

LABELS = {
    "city": "City or region",
    "country": "Country",
    "region": "Region",
    "area": "Area of cooperation",
    "instrument": "Instrument",
    "party": "Moscow party",
    "status": "Status on the as-of day",
    "event": "What happened",
    "actor": "Which side acted",
}

HELP = {
    "city": "For names in other scripts use the search above.",
    "area": "Agreements that name any of these areas. The page Areas says who names all of them.",
}


def show() -> None:
    """Draw the filters; their values were set by ``chosen.follow``."""
    with st.sidebar:
        _filters(store.ask(register.options))
        _copy_link()


def notices() -> None:
    """Say what of the address was left out, and which other version of the register it means."""
    if address.place().notices:
        st.warning(Markdown("\n\n").join(address.place().notices))
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
    for name in LISTS:
        _list(name, options.of(name))
    day.choose()
    day.steps(address.current().as_of, "sidebar", width="stretch")
    st.number_input(
        "Horizon in days",
        0,
        MAX_HORIZON,
        key="filter_horizon",
        on_change=chosen.changed,
        args=("horizon",),
        help="How many days ahead an end counts as expiring.",
    )
    st.slider(
        "Years",
        options.first_year,
        options.last_year,
        key="filter_years",
        on_change=chosen.changed,
        args=("years",),
        help="Agreements whose window touches these years. "
        "Without a stated end a window stays open.",
    )
    st.button(
        "Reset filters",
        on_click=chosen.reset,
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
        on_change=chosen.changed,
        args=(name,),
        help=HELP.get(name),
    )


def _copy_link() -> None:
    """An address that shows the same tomorrow: it names the as-of day and register version."""
    parameters = address.permanent(store.ask(register.version))
    with st.popover("Copy link", icon=":material/link:", width="stretch"):
        st.markdown("This link keeps the as-of day and names the register's version.")
        url = f"{st.context.url or ''}?{urlencode(parameters, doseq=True)}"
        st.code(url, language=None, wrap_lines=True)
