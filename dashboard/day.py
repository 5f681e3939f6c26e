"""The as-of day as a control: the day itself, a year back or on, today, play through the years."""

from dataclasses import replace
from datetime import date
from typing import Literal

import pandas as pd

from dashboard import address, store
from dashboard import elements as st
from register import clock
from register.filters import FIRST_DAY, LAST_DAY, Filters
from register.queries import overview

LABEL, FORMAT = "Show the state on", "YYYY-MM-DD"

Width = Literal["content", "stretch"]

SECONDS_A_YEAR = 0.5
"""How long each year stays while the years play."""


def chosen(today: date) -> date:
    """The day that the years play on, or the one that is chosen: emptied, it is today."""
    state = st.session_state
    day: date = (state.play_day if playing() else state.filter_as_of) or today
    return day


def choose() -> None:
    """The input of the day: ``filter_as_of``; ``day_pinned`` says whether it was chosen."""
    about = (
        "The day for which every status is computed. Today in Moscow unless chosen. "
        "A typed day counts on Enter, or as soon as you leave the field."
    )
    if playing():
        # A widget of its own: else what the browser last knew of the input could come back late
        # and count as a reader's choice.
        day: date = st.session_state.play_day
        st.date_input(LABEL, day, key=f"play_{day}", format=FORMAT, help=about, disabled=True)
        return
    with st.container(key="day", gap=None):
        st.date_input(
            LABEL,
            key="filter_as_of",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format=FORMAT,
            on_change=_pin,
            help=about,
        )
        st.script("day.js")


def steps(day: date, key: str, width: Width = "content") -> None:
    """Buttons for a year back, today and a year on; ``key`` tells this row of them from others."""
    with st.container(horizontal=True, gap="xsmall", width=width):
        for label, years in (("Year back", -1), ("Today", 0), ("Year on", 1)):
            st.button(
                label,
                key=f"{key}_{label}",
                on_click=_step,
                args=(years,),
                disabled=bool(years) and _years_on(day, years) == day,
                width=width,
            )


def player(filters: Filters) -> None:
    """The button that plays through the years until today, and what moves them on."""
    if not playing():
        st.button(
            "Play the years",
            icon=":material/play_arrow:",
            on_click=_play,
            args=(filters,),
            help="From the chosen day, or from the first agreement, until today: "
            "the figures, the map and the lists follow.",
        )
        return
    st.button("Pause", icon=":material/pause:", on_click=stop)
    st.session_state.year_drawn = True
    st.fragment(_next_year, run_every=SECONDS_A_YEAR)()


def playing() -> bool:
    """Whether the years play."""
    return bool(st.session_state.get("play_day"))


def stop() -> None:
    """End the play, on the day that it has reached."""
    state = st.session_state
    if playing():
        state.filter_as_of, state.play_day = state.play_day, None


def settle() -> None:
    """Forget the days that steps have left behind, unless this run comes of a step."""
    if not st.session_state.pop("stepped", False):
        st.session_state.pop("days_passed", None)


def ahead(filters: Filters) -> Filters | None:
    """The filters with the day of the next step, while a reader goes from year to year."""
    *before, last = st.session_state.get("days_passed") or [filters.as_of]
    if playing():
        following = _played_next(filters.as_of)
    elif before:
        following = _years_on(last, last.year - before[-1].year)
    else:
        return None
    return replace(filters, as_of=following)


def _pin() -> None:
    state = st.session_state
    address.touch("as_of", state.filter_as_of)
    state.day_pinned = state.filter_as_of is not None


def _step(years: int) -> None:
    # From the day that holds now, not the one that was drawn: clicks can be faster than pages, and
    # the browser then tells a day that was left behind.
    state, today = st.session_state, clock.today()
    told = chosen(today)
    passed = state.get("days_passed", [])
    passed = passed if told in passed else [told]
    stop()
    state.filter_as_of = _years_on(passed[-1], years) if years else today
    state.days_passed, state.stepped = [*passed, state.filter_as_of], True
    address.touch("as_of", state.filter_as_of if years else None)
    state.day_pinned = bool(years)


def _play(filters: Filters) -> None:
    """Begin on the chosen day if it lies in the past, else in the year of the first thing known."""
    state, today = st.session_state, clock.today()
    state.day_pinned = True
    state.play_day = filters.as_of
    if filters.as_of >= today:
        first = store.ask(overview.first_day, filters) or today
        begin = _years_on(today, first.year - today.year)
        state.play_day = min(begin if begin >= first else _years_on(begin, 1), today)


def _next_year() -> None:
    """Runs with the page, which shows the year, and then by the clock, which moves to the next."""
    state, today = st.session_state, clock.today()
    if state.pop("year_drawn", False) or not playing():
        return
    state.play_day = _played_next(state.play_day)
    if state.play_day == today:
        stop()
        state.day_pinned = False
    st.rerun()


def _played_next(day: date) -> date:
    """The day that follows while the years play: the same of the next year, none after today."""
    return min(_years_on(day, 1), clock.today())


def _years_on(day: date, years: int) -> date:
    """The same day so many years later, the day itself where that cannot be chosen."""
    other = (pd.Timestamp(day) + pd.DateOffset(years=years)).date()
    return other if FIRST_DAY <= other <= LAST_DAY else day
