"""The pages and their addresses."""

from pathlib import Path

from dashboard import elements as st

PAGES = Path(__file__).resolve().parent.parent / "pages"

# name (also the address): title, icon, what it shows
_PAGES = {
    "overview": ("Overview", ":material/home:", "What the register holds on the as-of day"),
    "timeline": (
        "Timeline",
        ":material/view_timeline:",
        "Every period and event, partner by partner",
    ),
    "areas": ("Areas", ":material/grid_on:", "What Moscow and its partners cooperate in"),
    "validity": ("Validity", ":material/event_upcoming:", "What runs out next, what has lapsed"),
    "events": ("Events", ":material/event_note:", "What happened, by which side, who says so"),
    "partner": (
        "Partner",
        ":material/location_city:",
        "Everything on one partner, or up to four side by side",
    ),
    "agreement": (
        "Agreement",
        ":material/description:",
        "One agreement, each field with its sources",
    ),
    "sources": (
        "Sources",
        ":material/newspaper:",
        "Who says what, where they disagree, what rests on one",
    ),
    "data": ("Data", ":material/download:", "Downloads, the dictionary, what changed, how to cite"),
    "propose": (
        "Propose",
        ":material/edit_note:",
        "A form for what is missing or wrong, checked as you type",
    ),
}

NAMES = tuple(_PAGES)
"""The pages, in order."""

FORM = "propose"
"""The page to which sidebar and records lead, and not the menu: it is no view of the register."""

MENU = tuple(name for name in NAMES if name != FORM)
"""The pages to which the menu leads."""

FIRST = "overview"
"""The page at the root."""

_OWN_PARAMETERS = {
    "overview": ("rows",),
    "timeline": ("order", "page", "sort", "rows"),
    "areas": ("section", "scope", "measure", "order", "page", "years"),
    "validity": ("section", "ended", "sort", "rows"),
    "events": ("page",),
    "agreement": ("id", "sort", "rows"),
    "partner": ("sort", "rows", "page"),
    "sources": ("section", "source", "field", "page", "outcome", "rows"),
    "data": ("table", "rows"),
    "propose": ("id",),
}
"""What stands in a page's address beside the filters."""

PAGED = ("page", "rows")
"""Those of them that say which page of a list it is."""


def page(name: str) -> st.Page:
    """The page of that name, for navigation and links; a session makes it once."""
    pages: dict[str, st.Page] = st.session_state.setdefault("pages", {})
    # Each looks where its file lies, and a run asks for thirty.
    if name not in pages:
        pages[name] = _made(name)
    return pages[name]


def _made(name: str) -> st.Page:
    title, icon, about = _PAGES[name]
    return st.Page(
        PAGES / f"{name}.py",
        title=title,
        icon=icon,
        help=about,
        url_path=name,
        default=name == FIRST,
    )


def all_pages() -> list[st.Page]:
    """Every page, in the order of the menu."""
    return [page(name) for name in NAMES]


def about(name: str) -> str:
    """What the page of that name shows."""
    title, _, text = _PAGES[name]
    return f"{title}: {text[0].lower()}{text[1:]}"


def own_parameters(name: str) -> tuple[str, ...]:
    """The parameters that only that page's address has."""
    return _OWN_PARAMETERS.get(name, ())
