"""How wide a text is in the charts' font, so that it can be given room before a browser draws it.

The server has neither the browser nor its fonts. Letters of the Latin script have the advance
widths of Source Sans, which Streamlit brings along (a test compares them with its file); the rest
comes from other fonts, and gets what the widest of its kind take.
"""

import unicodedata
from functools import cache

ELLIPSIS = "…"

_KERNING = 1.02
"""Letters side by side and the browser's rounding take a little more than their widths."""

_WIDTHS = {
    200: " \u00a0",
    255: "il'j|",
    265: ",.:;I",
    305: "f()[]{}!",
    350: "-/\\rt",
    430: '"*?sz',
    470: "cvxy",
    505: "0123456789#$<>=+^~≈_aegkLJ–Y",
    560: "bdhnopqu`EFS",
    590: "ABCPRKTVXZ",
    665: "DGHNOQU&",
    735: "wM",
    850: "mW%@",
    950: ELLIPSIS,
}
"""Thousandths of the letters' size, and the characters that take at most so much."""

_LATIN = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_OTHER, _CAPITAL, _WIDE = 700, 850, 1000


@cache
def _width_of(sign: str) -> int:
    """Thousandths of the letters' size."""
    kind = unicodedata.category(sign)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    base = unicodedata.normalize("NFD", sign)[0]
    if base in _LATIN:
        return _LATIN[base]
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE
    return _CAPITAL if kind == "Lu" else _OTHER


def width(text: str, size: float) -> float:
    """The pixels that a line of text takes at most, in letters of so many pixels."""
    return _KERNING * size * sum(map(_width_of, text)) / 1000


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of its begin as has room, with an ellipsis for the rest."""
    if width(text, size) <= room:
        return text
    left = room - width(ELLIPSIS, size)
    end = 0
    while end < len(text) and (left := left - width(text[end], size)) >= 0:
        end += 1
    return text[:end].rstrip() + ELLIPSIS


def lines(text: str, size: float, room: float, most: int = 2) -> tuple[str, ...]:
    """The text in at most so many lines that have room; what they cannot hold is cut from its end.

    A word that is wider than a line is cut in it.
    """
    written: list[str] = []
    words = text.split()
    while words and len(written) < most - 1:
        fitting = len(words)
        while fitting > 1 and width(" ".join(words[:fitting]), size) > room:
            fitting -= 1
        if width(words[0], size) > room:
            break
        written.append(" ".join(words[:fitting]))
        words = words[fitting:]
    if words:
        written.append(shortened(" ".join(words), size, room))
    return tuple(written) or ("",)
