"""One chart of a page within another site's page: ``embed=true`` in its address.

Of the page stand its title, what is shown, and its first chart, with where it is from and the way
back to all of it. Who may show it is a setting (docs/operations.md).
"""

from html import escape
from urllib.parse import urlencode

from dashboard import address, request, room, store
from dashboard import elements as st
from dashboard.charts.frame import source_line
from register import markup
from register.queries import register


def wanted() -> bool:
    """Whether the page stands in another one."""
    return st.context.is_embedded is True


def end() -> None:
    """Where the page stands in another one, say where it is from, and draw nothing more of it."""
    if not wanted():
        return
    version = store.ask(register.version)
    newest = store.ask(register.newest_source)
    st.caption(source_line(version, address.current().as_of, newest))
    whole = f"{st.context.url}?{urlencode(address.permanent(version), doseq=True)}"
    st.markdown(markup.link("All of it, with every source", whole))
    # What would stand below the chart, and tells how wide the frame is.
    room.watch()
    st.stop()


def snippet(page: str, title: str) -> str:
    """HTML that shows a page's chart, as it is now, in another page."""
    parameters = address.permanent(store.ask(register.version)) | {"embed": ["true"]}
    url = f"{request.root()}{page}?{urlencode(parameters, doseq=True)}"
    return (
        f'<iframe src="{escape(url)}" title="{escape(title)}" width="100%" height="700" '
        'loading="lazy"></iframe>'
    )
