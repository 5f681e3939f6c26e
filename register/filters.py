"""The filters: what is chosen, and how an address says it, in ids and codes, never labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Self

from register import edtf
from register.edtf import Precision
from register.text import is_visible

DEFAULT_HORIZON = 180
MAX_HORIZON = 3660
MAX_SEARCH = 200
MAX_NAMED, MAX_REPEATED = 5, 60
"""So many values, and so many signs of each, does a notice repeat."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""The as-of days that can be chosen."""

IN_FORCE = "in_force"
"""Among the statuses of the filter: those that count as in force, whichever they are."""

Address = dict[str, list[str]]
"""The parameters of an address; a key is repeated for several values."""


@dataclass(frozen=True)
class Filters:
    """What a view shows. An empty tuple does not restrict; both ends of a span are included.

    Attributes:
        from_year, to_year: years that the window touches.
        signed_from, signed_to: years from which the agreement counts as signed.
        event, actor, happened_from, happened_to: what happened by the day, which side acted, and
            when, as a day, month or year. One event has to fit all that is chosen of these.
    """

    as_of: date
    horizon: int = DEFAULT_HORIZON
    city: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    signed_from: int | None = None
    signed_to: int | None = None
    happened_from: str | None = None
    happened_to: str | None = None
    q: str = ""

    @property
    def restricting(self) -> bool:
        """Whether anything but the day and the horizon is chosen."""
        return any(getattr(self, field.name) for field in fields(self)[2:])

    @property
    def among_agreements(self) -> bool:
        """Whether it is chosen which agreements, other than by what happened to them."""
        return replace(self, event=(), actor=(), happened_from=None, happened_to=None).restricting

    @property
    def among_events(self) -> bool:
        """Whether it is chosen what happened."""
        return bool(self.event or self.actor or self.happened_from or self.happened_to)

    @property
    def first_happened(self) -> date | None:
        """The first day of the span of events."""
        return edtf.parse(self.happened_from).first if self.happened_from else None

    @property
    def last_happened(self) -> date | None:
        """The last day of the span of events."""
        return edtf.parse(self.happened_to).last if self.happened_to else None


@dataclass(frozen=True)
class Options:
    """What can be chosen: ids or codes with the names that a reader sees, in their order."""

    city: Mapping[str, str]
    country: Mapping[str, str]
    region: Mapping[str, str]
    area: Mapping[str, str]
    instrument: Mapping[str, str]
    party: Mapping[str, str]
    status: Mapping[str, str]
    event: Mapping[str, str]
    actor: Mapping[str, str]
    first_year: int
    last_year: int

    def of(self, name: str) -> Mapping[str, str]:
        """The list of that name, one of LISTS."""
        choices: Mapping[str, str] = getattr(self, name)
        return choices


class Notice(str):
    """What was left out of an address, in a sentence.

    Attributes:
        parameter: in which parameter.
        values: the values that cannot be taken.
        reason: why, as the end of a sentence.
    """

    parameter: str
    values: tuple[str, ...]
    reason: str

    def __new__(cls, text: str, parameter: str, values: Sequence[str], reason: str) -> Self:
        """The sentence, with what it is about."""
        notice = super().__new__(cls, text)
        notice.parameter, notice.values, notice.reason = parameter, tuple(values), reason
        return notice


LISTS = (
    *("city", "country", "region", "area", "instrument", "party", "status"),
    *("event", "actor"),
)

SPANS = {
    "from": "from_year",
    "to": "to_year",
    "signed_from": "signed_from",
    "signed_to": "signed_to",
    "happened_from": "happened_from",
    "happened_to": "happened_to",
}
"""The parameters of an address that begin or end a span, with their fields."""

PARAMETERS = (*LISTS, *SPANS, "q", "as_of", "horizon")
"""The filters' parameters in an address, in their order."""

_PLACES = {name: place for place, name in enumerate(PARAMETERS)}


def from_address(
    address: Mapping[str, Sequence[str]], options: Options, today: date
) -> tuple[Filters, list[Notice]]:
    """The filters that an address asks for, and notices of what was left out, one a parameter."""
    read = _Reading(address)
    chosen = {name: read.chosen(name, options.of(name)) for name in LISTS}
    from_year, to_year = _years(read, options, "from", "to")
    signed_from, signed_to = _years(read, options, "signed_from", "signed_to")
    happened_from, happened_to = _dates(read, "happened_from", "happened_to")
    horizon = read.number("horizon", 0, MAX_HORIZON)
    filters = Filters(
        as_of=read.day("as_of") or today,
        horizon=DEFAULT_HORIZON if horizon is None else horizon,
        from_year=from_year,
        to_year=to_year,
        signed_from=signed_from,
        signed_to=signed_to,
        happened_from=happened_from,
        happened_to=happened_to,
        q=search_in(_last(address, "q") or ""),
        **chosen,
    )
    return filters, read.notices


class _Reading:
    """Reads the parameters of an address; ``notices`` has what was left out."""

    def __init__(self, address: Mapping[str, Sequence[str]]) -> None:
        self.address = address
        self.notices: list[Notice] = []

    def leave_out(self, name: str, value: str, reason: str) -> None:
        text = f"“{name}={shortened(value)}” is left out: {reason}."
        self.notices.append(Notice(text, name, [value], reason))

    def chosen(self, name: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """The values that are known, each once."""
        values = tuple(dict.fromkeys(self.address.get(name, ())))
        unknown = [value for value in values if value not in known]
        if unknown:
            missing = f"the register has no {name} {_listed(unknown)}"
            text = f"T{missing[1:]}, so the filter on it is left out."
            self.notices.append(Notice(text, name, unknown, missing))
        return tuple(value for value in values if value in known)

    def number(self, name: str, low: int, high: int) -> int | None:
        text = _last(self.address, name)
        if text is None:
            return None
        if text.isascii() and text.isdigit() and low <= int(text[:9]) <= high:
            return int(text[:9])
        self.leave_out(name, text, f"it takes a whole number from {low} to {high}")
        return None

    def day(self, name: str) -> date | None:
        text = self._dated(name, "a day such as 2026-11-21", ("day",))
        return None if text is None else date.fromisoformat(text)

    def period(self, name: str) -> str | None:
        forms = "a day, month or year such as 2022-02-24, 2022-02 or 2022"
        return self._dated(name, forms, ("day", "month", "year"))

    def swapped(self, names: str, first: object, to: tuple[str, object], since: str) -> None:
        """Say that the two ends of a span are not in their order."""
        text = f"The {names} {first} to {to[1]} are swapped."
        reason = f"it is before {since}={first}"
        self.notices.append(Notice(text, to[0], [str(to[1])], reason))

    def _dated(self, name: str, form: str, precisions: tuple[Precision, ...]) -> str | None:
        text = _last(self.address, name)
        read = edtf.read(text)
        if text is None or (
            read is not None
            and not read.qualifier
            and read.precision in precisions
            and read.first >= FIRST_DAY
            and read.last <= LAST_DAY
        ):
            return text
        self.leave_out(name, text, f"it takes {form}, from {FIRST_DAY} to {LAST_DAY}")
        return None


def _years(
    read: _Reading, options: Options, since: str, until: str
) -> tuple[int | None, int | None]:
    """The first and the last year, in their order, of which the register has some."""
    first, last = read.number(since, 1, 9999), read.number(until, 1, 9999)
    if first is not None and last is not None and last < first:
        read.swapped("years", first, (until, last), since)
        first, last = last, first
    span = f"the register's years are {options.first_year} to {options.last_year}"
    if first is not None and first > options.last_year:
        read.leave_out(since, str(first), span)
        first = None
    if last is not None and last < options.first_year:
        read.leave_out(until, str(last), span)
        last = None
    return first, last


def _dates(read: _Reading, since: str, until: str) -> tuple[str | None, str | None]:
    """The two ends of a span of days, in their order."""
    first, last = read.period(since), read.period(until)
    if first and last and edtf.parse(last).last < edtf.parse(first).first:
        read.swapped("days", first, (until, last), since)
        first, last = last, first
    return first, last


def search_in(text: str) -> str:
    """What is searched for by a text; nothing where there is no sign in it that can be seen."""
    return " ".join(text.split())[:MAX_SEARCH].rstrip() if is_visible(text) else ""


def to_address(filters: Filters, *, pin_day: bool) -> Address:
    """The address's parameters for the filters, without defaults; ``pin_day`` keeps the day."""
    address = {name: list(getattr(filters, name)) for name in LISTS if getattr(filters, name)}
    for name, field in SPANS.items():
        if (value := getattr(filters, field)) is not None:
            address[name] = [str(value)]
    if filters.q:
        address["q"] = [filters.q]
    if pin_day:
        address["as_of"] = [filters.as_of.isoformat()]
    if filters.horizon != DEFAULT_HORIZON:
        address["horizon"] = [str(filters.horizon)]
    return address


def in_order(address: Address) -> Address:
    """The address with its parameters in the order of ``to_address``, a page's own ones last.

    Two addresses of one view are then the same text, and the browser's history has it once.
    """
    return dict(sorted(address.items(), key=lambda item: _PLACES.get(item[0], len(_PLACES))))


def shortened(text: str) -> str:
    """As much of a text that anybody can have written as a notice repeats."""
    return text if len(text) <= MAX_REPEATED else f"{text[:MAX_REPEATED]}…"


def _listed(values: Sequence[str]) -> str:
    """The first values, and how many more there are."""
    named = ", ".join(f"“{shortened(value)}”" for value in values[:MAX_NAMED])
    more = len(values) - MAX_NAMED
    return f"{named} and {more:,} more" if more > 0 else named


def _last(address: Mapping[str, Sequence[str]], name: str) -> str | None:
    values = address.get(name)
    return values[-1] if values else None
