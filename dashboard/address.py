"""The address is the view's name: it is read, written and followed here.

It is read when a session begins and when it changes under us (a link, back, forward), and written
when what is chosen changes. In between the widgets hold what is chosen. Beside the filters, which
every page has, a page has parameters of its own (``routes.own_parameters``): whatever changes what
a reader sees.

Who types into a field and then follows a link makes Streamlit ask twice: for the link, and for the
page where one was, because the field was left. Whichever comes last is drawn. The second is told
by the browser's own address: only who is still there asks for a page without moving to it. It is
answered with the page of the link, and what was typed holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from dashboard import elements as st
from dashboard import request, routes
from register.filters import Address, Filters, in_order, to_address

MAX_VERSION, MAX_OWN = 40, 200
"""As much of an address's version, and of a page's own parameter, as is kept, in signs."""


@dataclass
class Place:
    """Where a session is, and what it is to show there.

    Attributes:
        page: what Streamlit knows the page by.
        address: the parameters that the browser has: those it asked for, or had from us since.
        sent: those that it had since it last showed that it has the newest.
        unread: ``address`` is not followed yet.
        moved: the browser comes to the page from another one.
        from_history: it went back or forward.
        put_back: the widgets are all to be set from ``filters``, since the browser's are older.
        path: the page's name.
        owns: of each page that was shown its own parameters, as they were last.
        filters: what is shown, once an address was followed.
        pinned: the day was chosen, and does not move on with the calendar.
        notices: what of the address was left out, in sentences.
        linked: the register's version that the link in use names, and the view that it leads to.
        touched: what a reader changed since a page was last drawn to its end, with its values: a
            link that was drawn before does not know of them.
    """

    page: str
    address: Address
    sent: list[Address] = field(default_factory=list)
    unread: bool = True
    moved: bool = False
    from_history: bool = False
    put_back: bool = False
    path: str = routes.FIRST
    owns: dict[str, Address] = field(default_factory=dict)
    filters: Filters | None = None
    pinned: bool = False
    notices: list[str] = field(default_factory=list)
    linked: tuple[str, Address] | None = None
    touched: dict[str, object] = field(default_factory=dict)

    @property
    def own(self) -> Address:
        """The parameters of the page's own."""
        return self.owns.setdefault(self.path, {})


def place() -> Place:
    """Where the session is."""
    here: Place = st.session_state.place
    return here


def arrive() -> None:
    """Take the request of this run; to be called before anything else.

    Any use of Streamlit can be where a run is stopped by the next one, so that what the request
    means is settled here, at one stroke.
    """
    asked = request.asked()
    if "place" not in st.session_state:
        st.session_state.place = Place(asked.page, asked.address)
        return
    here = place()
    stays = asked.in_place and not asked.from_history
    if stays and asked.page != here.page:
        _go_on(here)
    if asked.address == here.address:
        here.sent = [here.address]
    elif stays and here.touched and asked.address in here.sent:
        # A reader is quicker than the line: the browser has not yet heard of the newest address.
        return
    if asked.page != here.page or asked.address != here.address:
        here.moved = asked.page != here.page
        here.page, here.address = asked.page, asked.address
        here.unread, here.from_history = True, asked.from_history


def _go_on(here: Place) -> None:
    """Send the browser, which asks for the page where it was, to the one that a link led to."""
    if not here.unread:
        # What the browser has in its widgets is older than the link that was followed.
        here.put_back, here.touched = True, {}
    page = routes.page(request.path_of(here.page) or routes.FIRST)
    st.switch_page(page, query_params=here.address)


def drawn() -> None:
    """Say that the page is drawn to its end: its links now know of all that was chosen."""
    place().touched.clear()


def touch(name: str, value: object) -> None:
    """Remember what a reader has just changed; only in a callback."""
    place().touched[name] = value


def current() -> Filters:
    """The filters of this run."""
    filters = place().filters
    assert filters is not None, "only after the address was followed"
    return filters


def own(name: str) -> str | None:
    """The page's own parameter of that name, None if it is not given."""
    return next(iter(place().own.get(name, ())), None)


def choose_own(name: str, value: str | None) -> None:
    """Set the page's own parameter; only in a callback."""
    touch(name, value)
    _set_own(name, value)


def _set_own(name: str, value: str | None) -> None:
    own = place().own
    own.pop(name, None)
    if value:
        own[name] = [value[:MAX_OWN]]


def link(**changes: str | Sequence[str] | None) -> Address:
    """The parameters for a link within the app: the filters of this run, with some changed.

    Args:
        changes: new values of filters, or of the linked page's own parameters; None leaves one out.
    """
    address = to_address(current(), pin_day=place().pinned)
    for name, value in changes.items():
        address.pop(name, None)
        if value:
            address[name] = [value] if isinstance(value, str) else list(value)
    return in_order(address)


def link_to(page: str) -> Address:
    """The parameters for a link to a page as it was left, with the filters of this run."""
    return link(**place().owns.get(page, {}))


def view() -> Address:
    """The parameters of what is shown: the filters and the page's own."""
    return link(**place().own)


def permanent(version: str) -> Address:
    """``view`` as it is tomorrow too: with the as-of day and the register's version."""
    day = current().as_of.isoformat()
    return in_order(view() | {"as_of": [day], "version": [version]})


def linked_version() -> str | None:
    """The version that the link in use names; None without one, or once the view is another."""
    version, led_to = place().linked or (None, None)
    return version if led_to == view() else None


def follow(path: str) -> None:
    """Take from the address what is not a filter: the page's own, and the version a link names.

    To be called once the filters are read from it. What was changed on this page holds.
    """
    here = place()
    here.page, here.path = request.page(), path
    here.own.clear()
    for name in routes.own_parameters(path):
        _set_own(name, here.address.get(name, [""])[-1])
        if name in here.touched and not here.moved:
            _set_own(name, cast(str | None, here.touched[name]))
    version = here.address.get("version", [])[-1:]
    here.linked = (version[0][:MAX_VERSION], view()) if version else None
    here.unread = False


def write() -> None:
    """Give the browser the view's address, as a step of its history, unless it has it."""
    here, version = place(), linked_version()
    address = view() | ({"version": [version]} if version else {})
    # A link to another page sets the browser's address; one to the page on which it stands does
    # not. What the browser has is not given to it again: it may have it in another spelling, and
    # that would be a step of its own.
    if address != here.address or (here.sent and address != here.sent[-1] and not here.moved):
        st.query_params.from_dict(address)
    here.address, here.moved = address, False
    here.sent.append(address)
