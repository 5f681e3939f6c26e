"""Where the timeline's bars and their titles stand, so that every bar has its title.

Plotly scales days with the chart and leaves letters as large as they are. What is placed here for a
chart of some width is therefore right for every wider one: what lies apart moves further apart.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from dashboard.charts import letters
from dashboard.charts.lanes import Bar, later, signing
from dashboard.charts.style import SMALL, STATUS

# Heights in pixels. Bars stand as far apart as a finger needs (WCAG 2.2, 2.5.8).
NAME, LANE, GAP = 22, 24, 8
TITLE, BELOW_TITLE = 14, 22
"""A line of a title over its bar, and the lane of such a bar."""

PADDING = 3
"""What Plotly leaves free at both ends of a text in a bar."""

MARK, SIGN = 7, 10
"""Half a mark, and the sign of an approximate end."""

APART = 14
"""From a bar with its title to the next one: more than from a title to its own bar."""

NARROW = 600
"""Where the bars have less room than this each title has a line of its own."""


@dataclass(frozen=True)
class Scale:
    """The days of a chart of which the bars have ``width`` pixels."""

    first: date
    last: date
    width: int

    def x(self, day: date) -> float:
        """How many pixels from the left the day is."""
        return (day - self.first) / (self.last - self.first) * self.width

    def day(self, x: float) -> float:
        """How many days after the first one it is so many pixels from the left."""
        return x / self.width * (self.last - self.first).days


@dataclass(frozen=True)
class Title:
    """A title of a bar, and the pixels from the left between which it has its room.

    Its lines begin at ``left`` if ``from_left``, else they end at ``right``; ``above`` says whether
    they stand over the bar or in its line.
    """

    lines: tuple[str, ...]
    left: float
    right: float
    from_left: bool
    above: bool = False

    @property
    def height(self) -> int:
        """The pixels that it takes over its bar."""
        return TITLE * len(self.lines) if self.above else 0


@dataclass(frozen=True)
class Placed:
    """A bar at its height in the chart, with its title."""

    bar: Bar
    title: Title
    y: float

    @property
    def lines(self) -> Iterator[tuple[str, float]]:
        """The lines of the title, each with its height in the chart."""
        top = self.y - BELOW_TITLE / 2 - self.title.height + TITLE / 2
        for at, line in enumerate(self.title.lines):
            yield line, top + at * TITLE if self.title.above else self.y


@dataclass
class _Lane:
    """What stands in one line, and the pixels from the left that it takes."""

    bars: list[tuple[Bar, Title]] = field(default_factory=list)
    taken: list[tuple[float, float]] = field(default_factory=list)

    @property
    def above(self) -> bool:
        return self.bars[0][1].above

    def has_room(self, left: float, right: float) -> bool:
        return not self.above and all(
            right + APART <= begin or end + APART <= left for begin, end in self.taken
        )

    def add(self, bar: Bar, title: Title, scale: Scale) -> None:
        self.bars.append((bar, title))
        self.taken.append(_extent(bar, title, scale))


def place(bars: list[Bar], scale: Scale, as_of: date) -> tuple[dict[str, float], list[Placed], int]:
    """Put each bar with its title into the first lane of its partner's row that has room for both.

    Returns:
        The height of each partner's name, by partner_id, the bars, and the height of the whole, in
        pixels.
    """
    of_partner: dict[str, list[Bar]] = {}
    for bar in bars:
        of_partner.setdefault(bar.agreement["partner_id"], []).append(bar)
    names: dict[str, float] = {}
    placed: list[Placed] = []
    top = 0
    for partner_id, row in of_partner.items():
        names[partner_id] = top + NAME / 2
        top += NAME
        for lane in _lanes(row, scale, as_of):
            top += lane.bars[0][1].height
            height = BELOW_TITLE if lane.above else LANE
            placed += [Placed(bar, title, top + height / 2) for bar, title in lane.bars]
            top += height
        top += GAP
    return names, placed, top


def _lanes(row: list[Bar], scale: Scale, as_of: date) -> list[_Lane]:
    lanes: list[_Lane] = []
    for bar in sorted(row, key=lambda bar: bar.left):
        possible = [] if scale.width < NARROW else list(_beside(bar, scale, as_of))
        free = (
            (lane, title)
            for lane in lanes
            for title in possible
            if lane.has_room(*_extent(bar, title, scale))
        )
        lane, title = next(free, (None, None))
        if lane is None or title is None:
            title = possible[0] if possible else _above(bar, scale)
            lanes.append(lane := _Lane())
        lane.add(bar, title, scale)
    return lanes


def _beside(bar: Bar, scale: Scale, as_of: date) -> Iterator[Title]:
    """Where a whole title has room in the line of its bar: right of it, left of it, in it.

    None reaches over the line of the as-of day, and in it stands only what can be read there: where
    the bar is hollow and has no marks.
    """
    text = bar.agreement["title"]
    room = _room((text,))
    left, right = _ends(bar, scale)
    rooms = [(right, right + room, True), (left - room, left, False)]
    if STATUS[bar.agreement["status"]].fill and not bar.marked:
        begin = scale.x(max(bar.start, signing(bar) if bar.agreement["signed_on"] else bar.start))
        if begin + MARK + room <= scale.x(bar.certain):
            rooms.append((begin + MARK, begin + MARK + room, True))
    for begin, end, from_left in rooms:
        if begin >= 0 and end <= scale.width and not begin < scale.x(as_of) < end:
            yield Title((text,), begin, end, from_left)


def _above(bar: Bar, scale: Scale) -> Title:
    """Lines over the bar: from where it begins or to where it ends, shortened if they must be."""
    lines = letters.lines(bar.agreement["title"], SMALL, scale.width - 2 * PADDING - 1)
    room = _room(lines)
    left, right = max(0, scale.x(bar.left) - PADDING), scale.x(bar.right)
    if left + room <= scale.width:
        return Title(lines, left, left + room, True, above=True)
    if room <= right <= scale.width:
        return Title(lines, right - room, right, False, above=True)
    return Title(lines, scale.width - room, scale.width, False, above=True)


def _room(lines: tuple[str, ...]) -> float:
    return math.ceil(max(letters.width(line, SMALL) for line in lines)) + 2 * PADDING


def _ends(bar: Bar, scale: Scale) -> tuple[float, float]:
    """From where to where a bar reaches with all its marks and signs."""
    sign = SIGN if bar.agreement["end_approximate"] else 0
    return scale.x(bar.left) - MARK, scale.x(bar.right) + MARK + sign


def _extent(bar: Bar, title: Title, scale: Scale) -> tuple[float, float]:
    left, right = _ends(bar, scale)
    return (left, right) if title.above else (min(left, title.left), max(right, title.right))


def days_of(title: Title, scale: Scale) -> tuple[date, date]:
    """The days between which a title has its room."""
    begin, end = math.floor(scale.day(title.left)), math.ceil(scale.day(title.right))
    return later(scale.first, timedelta(days=begin)), later(scale.first, timedelta(days=end))
