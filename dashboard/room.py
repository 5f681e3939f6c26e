"""How wide the visitor's charts are: who gives each text its room has to know it.

A browser does not say it. The first guess is by its kind, a phone or not. A script of ours
(static/room.js) then measures, and where the guess was wrong it presses a button that nobody sees:
one run more in a visit, in windows that are narrower than most.
"""

from dashboard import elements as st

STEPS = (264, 324, 640, 820)
"""Widths that charts are laid out for, in pixels: what is right for one is for all wider ones."""

PHONE, SCREEN = 324, 820

_HIDDEN = "<style>.st-key-room { display: none; }</style>"


def known() -> int:
    """The greatest of STEPS that is no wider than a chart as wide as the page."""
    return int(st.session_state.get("room", PHONE if _on_a_phone() else SCREEN))


def narrow() -> bool:
    """Whether there is no room for much beside a title."""
    return known() <= PHONE


def watch() -> None:
    """Draw anew where the page has other room than ``known``; it stands below what asked for it."""
    st.script("room.js", _HIDDEN)
    with st.container(key="room"):
        for step in STEPS:
            st.button(
                str(step),
                key=f"room_{step}",
                disabled=step == known(),
                on_click=_remember,
                args=(step,),
            )


def _remember(step: int) -> None:
    st.session_state.room = step


def _on_a_phone() -> bool:
    return "Mobi" in st.context.headers.get("User-Agent", "")
