"""The head of every page: the name of the site, a link to each page as it was left, "Copy link".

Where the links have no room in a line they stand behind the word "Menu", on which
``assets/style.css`` decides. What the keyboard comes to first is this head, then the page, then the
filters: to these leads a link that is seen only while it has the focus.
"""

from urllib.parse import urlencode

from dashboard import address, routes, store
from dashboard import elements as st
from register.queries import register

SITE = "Moscow's city partnerships"

_FOLDED = """
<button type="button" class="to_filters">Skip to filters</button>
<details><summary>Menu</summary></details>
"""


def show() -> None:
    """Draw it above the page."""
    with st.container(horizontal=True, vertical_alignment="center", key="menu", gap="xsmall"):
        with st.container(key="folded", width="content"):
            st.script("head.js", _FOLDED)
        with st.container(key="site", width="content"):
            to_first = address.link_to(routes.FIRST)
            st.page_link(routes.page(routes.FIRST), label=SITE, icon="", query_params=to_first)
        with st.container(horizontal=True, key="pages", gap="xxsmall", width="stretch"):
            for name in routes.MENU:
                st.page_link(routes.page(name), icon="", query_params=address.link_to(name))
        _copy_link()


def _copy_link() -> None:
    """An address that shows the same tomorrow: it names the as-of day and register version."""
    parameters = address.permanent(store.ask(register.version))
    with st.popover("Copy link", icon=":material/link:", type="tertiary"):
        st.markdown(
            "Exactly this view, tomorrow too: with the as-of day and the register's version."
        )
        url = f"{st.context.url or ''}?{urlencode(parameters, doseq=True)}"
        st.code(url, language=None, wrap_lines=True)
