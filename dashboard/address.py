"""The address is the view's name: it is read, written and followed here.

It is read when a session begins and when it changes under us (a link, back, forward), and written
when what is chosen changes. In between the widgets hold what is chosen. Beside the filters, which
every page has, a page has parameters of its own (``routes.own_parameters``): whatever changes what
a reader sees.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from dashboard import elements as st
from dashboard import request, routes
from dashboard.place import Place
from register.filters import Address, Filters, in_order, to_address

MAX_VERSION, MAX_OWN = 40, 200
"""As much of an address's version, and of a page's own parameter, as is kept, in signs."""


def place() -> Place:
    """Where the session is."""
    here: Place = st.session_state.place
    return here


def arrive() -> None:
    """Take the request of this run; to be called before anything else."""
    asked = request.asked()
    if "place" not in st.session_state:
        st.session_state.place = Place(asked.page, asked.address, routes.FIRST)
    elif not place().take(asked):
        path = request.path_of(place().page) or routes.FIRST
        st.switch_page(routes.page(path), query_params=place().address)


def touch(name: str, value: object) -> None:
    """Remember what a reader has just changed; only in a callback."""
    place().change(name, value)


def current() -> Filters:
    """The filters of this run."""
    return place().chosen


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
    here = place()
    address = _parameters(here, changes)
    here.offer(address)
    return address


def link_to(page: str) -> Address:
    """The parameters for a link to a page as it was left, with the filters of this run."""
    return link(**place().owns.get(page, {}))


def view() -> Address:
    """The parameters of what is shown: the filters and the page's own."""
    here = place()
    return _parameters(here, here.own)


def _parameters(here: Place, changes: Mapping[str, str | Sequence[str] | None]) -> Address:
    address = to_address(here.chosen, pin_day=here.pinned)
    for name, value in changes.items():
        address.pop(name, None)
        if value:
            address[name] = [value] if isinstance(value, str) else list(value)
    return in_order(address)


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
        if name in here.holds and not here.moved:
            _set_own(name, cast(str | None, here.holds[name]))
    version = here.address.get("version", [])[-1:]
    here.linked = (version[0][:MAX_VERSION], view()) if version else None
    here.unread = False


def write() -> None:
    """Give the browser the view's address, as a step of its history, unless it has it."""
    here, version = place(), linked_version()
    address = view() | ({"version": [version]} if version else {})
    # A link to another page sets the browser's address; one to the page on which it stands does
    # not. What the browser has is not given to it again: it may have it in another spelling, or
    # not have come to the page yet, and that would be a step of its own.
    if address != here.address or (address != (here.sent or [address])[-1] and not here.moved):
        st.query_params.from_dict(address)
    # What it had from us since it last asked may have come after the link was clicked.
    here.unsure = here.moved and len(here.sent) > 1
    here.address, here.moved = address, False
    here.sent.append(address)


def confirm() -> None:
    """Give it the address once more where another one was on the way; to be called at the end."""
    here = place()
    if here.unsure:
        st.query_params.from_dict(here.address)
        here.unsure = False
