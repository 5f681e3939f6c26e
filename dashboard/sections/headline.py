"""The first things on the Overview: the sentence, how far sources reach, the bar of statuses."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from dashboard import address, routes, store, view
from dashboard import elements as st
from dashboard.charts import letters
from dashboard.charts.style import STATUS, letters_on
from register import clock, headline, summaries, words
from register.codes import STATUSES_IN_FORCE
from register.filters import IN_FORCE, Address, Filters
from register.frames import Row
from register.markup import Markdown
from register.queries import overview
from register.queries.places import Places

WORD, ROOM = 14, 16
"""Pixels of the letters in a part of the bar, and what a word needs beside them."""

_PART = Markup("""
.st-key-parts > :nth-child({place}) {{
    flex: {count} 1 0; background: {fill}; border-color: {colour}; color: {letters};
}}
@container (max-width: {room}px) {{ .st-key-parts > :nth-child({place}) a p {{ font-size: 0; }} }}
@container (max-width: {bare}px) {{
    .st-key-parts > :nth-child({place}) a strong {{ font-size: 0; }}
}}
""")
"""The word goes where it has no room, then the number; both stay for who listens, and on hover."""


def sentence(statuses: Sequence[Row], filters: Filters) -> None:
    """The page's title: the state of things in a sentence, its figures links to what they count.

    Args:
        statuses: rows of ``queries.selected.status_counts``.
    """
    since = headline.counted_since(filters)
    ended = store.ask(overview.ended, filters, headline.ENDED, since)
    counts = {row["status"]: row["agreements"] for row in statuses}
    pieces = headline.sentence(counts, ended, filters, clock.today())
    ways = {
        "in_force": ("validity", {"status": _in_force(counts, filters)}),
        "ended": ("events", headline.ended_by(filters)),
        "no_end_stated": ("validity", {"status": ["no_end_stated"]}),
    }
    linked = [(piece, *ways[piece.counts]) for piece in pieces if piece.counts]
    with st.container(key="sentence_links"):
        for piece, page, changes in linked:
            parameters = address.link(**changes)
            st.page_link(routes.page(page), label=piece.text, icon="", query_params=parameters)
    st.script("sentence.js", _title(pieces, ways))


def _in_force(counts: Mapping[str, int], filters: Filters) -> list[str]:
    """The statuses to ask for: within those that are chosen."""
    if not filters.status:
        return [IN_FORCE]
    return [status for status in STATUSES_IN_FORCE if status in counts]


def _title(pieces: list[headline.Piece], ways: dict[str, tuple[str, Address]]) -> Markup:
    parts = []
    for piece in pieces:
        if piece.counts:
            page, changes = ways[piece.counts]
            url = f"{page}?{urlencode(address.link(**changes), doseq=True)}"
            link = Markup('<a class="{}" href="{}" target="_self">{}</a>')
            parts.append(link.format(piece.counts, url, piece.text))
        else:
            parts.append(Markup.escape(piece.text))
    return Markup('<h1 class="sentence">{}</h1>').format(Markup("").join(parts))


def beneath(known: Places, filters: Filters) -> None:
    """Whose agreements these are, on which day, and whether it lies beyond what sources tell."""
    with st.container(horizontal=True, vertical_alignment="center", key="beneath"):
        day = words.day_in_words(filters.as_of)
        with st.container(key="shown", width="content"):
            st.markdown(f"{summaries.partners_in_countries(known)}, as of {day}.")
        view.reach(filters)
    view.chosen_filters(filters)


def parts(statuses: Sequence[Row]) -> None:
    """One bar of all agreements: each part is a status, as wide as its share, and leads to it.

    A part that is narrower than a finger is drawn as wide as one.
    """
    total = words.counted(sum(part["agreements"] for part in statuses), "agreement")
    style = Markup("").join(_part(place, part) for place, part in enumerate(statuses, 1))
    st.html(Markup("<style>{}</style>").format(style))
    with st.container(horizontal=True, wrap=False, gap=None, key="parts"):
        for part in statuses:
            number, name = f"{part['agreements']:,}", part["status_name"]
            st.page_link(
                routes.page("validity"),
                label=Markdown("**{}** {}").format(number, name),
                icon="",
                help=f"{name}: {number} of {total}",
                query_params=address.link(status=part["status"]),
            )


def _part(place: int, part: dict[str, object]) -> Markup:
    style, count = STATUS[str(part["status"])], part["agreements"]
    number = f"{count:,}"
    return _PART.format(
        place=place,
        count=count,
        fill=style.fill or style.colour,
        colour=style.colour,
        letters=letters_on(str(part["status"])) or "inherit",
        room=round(letters.width(f"{number} {part['status_name']}", WORD)) + ROOM,
        bare=round(letters.width(number, WORD)),
    )
