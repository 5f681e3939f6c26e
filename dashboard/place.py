"""Where a session is, and what each request of the browser means there.

Who changes something and then follows a link makes Streamlit ask more than once, and answer the
last request alone, while the browser still shows what was drawn before. So a request is understood
by what the browser can have known:

- Its own address tells whether it moves to the page that it asks for, or stays there. Who stays on
  a page that was left meanwhile was asked to, by a field that lost the focus: the link holds.
- A link is known by the drawing that offered it. What was changed since that drawing holds: the
  link does not know of it.
- An address that no drawing offered comes from no link; nor does one that the browser had from us
  and that is no longer the newest: the line is slower than the reader.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.request import Request
from register.filters import Address, Filters

DRAWINGS = 8
"""So many drawings can be on the way between a reader's eyes and us."""

_Link = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass
class Drawing:
    """What one run of a page drew, whole or in part.

    Attributes:
        links: the addresses that it offered.
        changed: what a reader changed since, with its values.
    """

    links: set[_Link] = field(default_factory=set)
    changed: dict[str, object] = field(default_factory=dict)

    def offers(self, address: Address) -> bool:
        """Whether one of its links has these parameters."""
        return _link(address) in self.links


@dataclass
class Place:
    """Where a session is, and what it is to show there.

    Attributes:
        page: what Streamlit knows the page by.
        address: the parameters that the browser has: those it asked for, or had from us since.
        sent: those that it had from us since it last showed that it has the newest.
        drawings: the last runs, the newest last.
        unread: ``address`` is not followed yet.
        moved: the browser comes to the page from another one.
        unsure: another address was on the way to it when it did.
        holds: what was changed that the address does not know of, with its values.
        put_back: the widgets are all to be set from ``filters``, since the browser's are older.
        path: the page's name.
        owns: of each page that was shown its own parameters, as they were last.
        filters: what is shown, once an address was followed.
        pinned: the day was chosen, and does not move on with the calendar.
        notices: what of the address was left out, in sentences.
        mistyped: what of the widgets was.
        linked: the register's version that the link in use names, and the view that it leads to.
    """

    page: str
    address: Address
    path: str
    sent: list[Address] = field(default_factory=list)
    drawings: deque[Drawing] = field(default_factory=lambda: deque([Drawing()], DRAWINGS))
    unread: bool = True
    moved: bool = False
    unsure: bool = False
    holds: Mapping[str, object] = field(default_factory=dict)
    put_back: bool = False
    owns: dict[str, Address] = field(default_factory=dict)
    filters: Filters | None = None
    pinned: bool = False
    notices: list[str] = field(default_factory=list)
    mistyped: Sequence[str] = ()
    linked: tuple[str, Address] | None = None

    @property
    def own(self) -> Address:
        """The parameters of the page's own."""
        return self.owns.setdefault(self.path, {})

    @property
    def newest(self) -> Drawing:
        """What is being drawn."""
        return self.drawings[-1]

    def change(self, name: str, value: object) -> None:
        """Remember what a reader has just changed: what is drawn so far does not know of it."""
        for drawing in self.drawings:
            drawing.changed[name] = value

    @property
    def chosen(self) -> Filters:
        """The filters of the run."""
        assert self.filters is not None, "only after the address was followed"
        return self.filters

    def offer(self, address: Address) -> None:
        """Remember a link that is drawn."""
        self.newest.links.add(_link(address))

    def take(self, asked: Request) -> bool:
        """Understand a request, at one stroke, since a run can be stopped anywhere.

        Returns:
            Whether it is for the page where the session is; else the browser is to be sent there.
        """
        stays = asked.in_place and not asked.from_history
        if stays and asked.page != self.page:
            self._stay_moved()
            return False
        if asked.address == self.address:
            self.sent = [self.address]
        if not (stays and self._is_late(asked.address)):
            self._move(asked)
        self.drawings.append(Drawing())
        return True

    def _stay_moved(self) -> None:
        if not self.unread:
            # What the browser has in its widgets is older than the link that was followed.
            self.put_back = True
            for drawing in self.drawings:
                drawing.changed.clear()

    def _is_late(self, address: Address) -> bool:
        """Whether it is the address of a page on which something else than a link was chosen."""
        offering = next(self._offering(address), None)
        return offering is None or (address in self.sent and offering is not self.newest)

    def _move(self, asked: Request) -> None:
        if asked.page == self.page and asked.address == self.address:
            return
        offering = None if asked.from_history else next(self._offering(asked.address), None)
        self.holds = dict(offering.changed) if offering else {}
        self.moved = asked.page != self.page
        self.page, self.address, self.unread = asked.page, asked.address, True

    def _offering(self, address: Address) -> Iterator[Drawing]:
        return (drawing for drawing in reversed(self.drawings) if drawing.offers(address))


def _link(address: Address) -> _Link:
    return tuple(sorted((name, tuple(values)) for name, values in address.items()))
