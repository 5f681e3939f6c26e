"""What the browser asks for: which page, with which parameters, and from where.

All that is taken from Streamlit's inside for the address stands here.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import elements as st
from register.filters import Address


@dataclass(frozen=True)
class Request:
    """One run of a page.

    Attributes:
        page: what Streamlit knows the page by; "" in the first run of a session.
        address: the parameters.
        from_history: the browser went back or forward to it.
        in_place: the browser's own address is already that page's: nobody moves to it.
    """

    page: str
    address: Address
    from_history: bool
    in_place: bool


def asked() -> Request:
    """The request of this run; before ``st.navigation`` it has the page that the browser names."""
    context = get_script_run_ctx()
    assert context is not None, "only in a run of a page"
    page = context.page_script_hash
    return Request(
        page=page,
        address={name: st.query_params.get_all(name) for name in st.query_params},
        from_history=context.is_history_navigation,
        in_place=context.context_info is not None and _is_at(context.context_info.url, page),
    )


def page() -> str:
    """What Streamlit knows the page by that this run draws; after ``st.navigation``."""
    context = get_script_run_ctx()
    assert context is not None, "only in a run of a page"
    return str(context.page_script_hash)


def root() -> str:
    """The address below which everything is served, with a slash at its end."""
    return (st.context.url or "").removesuffix("/").removesuffix(path_of(page())).rstrip("/") + "/"


def path_of(page: str) -> str:
    """The path of the page that Streamlit knows by that name, "" for the first page."""
    return _paths().get(page, "")


def _is_at(url: str, page: str) -> bool:
    """Whether a browser at that address is on the page."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    paths = _paths()
    # The first page has no name; what stands there may be the folder under which all is served.
    return page in paths and (last if last in paths.values() else "") == paths[page]


def _paths() -> dict[str, str]:
    context = get_script_run_ctx()
    assert context is not None, "only in a run of a page"
    pages = context.pages_manager.get_pages()
    return {name: str(page.get("url_pathname", "")) for name, page in pages.items()}
