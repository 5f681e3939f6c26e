"""The menu: a link to each page as it was left, which takes the filters along."""

from dashboard import address, routes
from dashboard import elements as st


def show() -> None:
    """Draw the menu above the page."""
    with st.container(horizontal=True, key="menu", gap="xxsmall"):
        for name in routes.NAMES:
            st.page_link(routes.page(name), query_params=address.link_to(name))
