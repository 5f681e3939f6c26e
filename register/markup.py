"""Text is text: how what the register, an address or a reader says is drawn as it stands.

An element of Streamlit reads its text as Markdown with signs of its own, Plotly reads a kind of
HTML. What is of the type ``Markdown`` is drawn as such; all other text goes through it first
(``dashboard.elements``), and ``for_chart`` is the same for charts.
"""

import html
import re
from typing import Self
from urllib.parse import quote, urlsplit

from markupsafe import Markup

# What begins something within a line, or does so at the line's start alone.
_SIGN = r"[\\`*_{}\[\]<>&~$|#!]|^[-+=]"
# What Streamlit turns into a link, an icon, an emoji or an arrow only after Markdown has taken the
# backslashes away; an empty directive keeps the two sides apart and draws nothing.
_SEAM, _APART = r":(?=\S)|@(?=\S)|[-<>~](?=[-=>])|www(?=\.)", ":small[]"
_SPECIAL = re.compile(f"(?P<seam>{_SEAM})|{_SIGN}", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d+)(?=[.)])")
# Space at the ends would be dropped, or be an indent; a line's end would begin a new one.
_SPACE = re.compile(r"^\s|\s$|[\t\n\r]")


class Markdown(Markup):
    """Text in Streamlit's Markdown, ready to be drawn.

    Made from a literal: ``Markdown("**{}** in {}").format(name, country)``. Whatever is put into
    it, joined or added to it is text (see markupsafe), unless it is ``Markdown`` itself.
    """

    @classmethod
    def escape(cls, text: object) -> Self:
        """The text with all signs taken back that Markdown or Streamlit would read."""
        return cls(text) if hasattr(text, "__html__") else cls(_escaped(str(text)))


def link(label: str, url: str | None) -> Markdown:
    """A link in Markdown; the label alone where there is no address that a link may lead to."""
    safe = address(url)
    if safe is None:
        return Markdown.escape(label)
    written = re.sub(r"[&$]|:(?!//)", lambda sign: f"&#{ord(sign[0])};", safe)
    return Markdown("[{}](<{}>)").format(label, Markdown(written))


def code(name: str) -> Markdown:
    """A name of the database as code, in which Markdown reads no sign but the one around it."""
    return Markdown(f"`{name}`") if name.isidentifier() else Markdown.escape(name)


def address(url: str | None) -> str | None:
    """The address with what RFC 3986 does not allow in it percent-encoded, None if not of the web.

    It is then the same for every reader of addresses, and ends where it ends.
    """
    try:
        if url is None or urlsplit(url).scheme not in {"http", "https"}:
            return None
    except ValueError:
        return None
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def for_chart(text: str) -> str:
    """The text for a chart: Plotly reads tags and entities, and leaves quotes as they are."""
    return html.escape(text, quote=False)


def for_file(text: str) -> str:
    """The text for a file of Markdown, where Streamlit's own signs mean nothing."""
    return re.sub(_SIGN, r"\\\g<0>", " ".join(text.split()))


def _escaped(text: str) -> str:
    marked = _SPECIAL.sub(_taken_back, text)
    marked = _NUMBER.sub(r"\1\\", marked)
    return _SPACE.sub(lambda space: f"&#{ord(space[0])};", marked)


def _taken_back(special: re.Match[str]) -> str:
    sign = special[0] if special[0].isalpha() else f"\\{special[0]}"
    return sign + _APART if special["seam"] else sign
