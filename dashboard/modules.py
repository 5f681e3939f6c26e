"""Which of Streamlit's modules a page will need, so that a browser need not wait to be told.

Streamlit's page asks for the module of a kind of element when the first such element arrives: after
the page has started, connected and been answered. That of the charts is half of all that it loads.
Here it is fetched with the page, and ``static/ahead.js`` has it run while the server answers.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from streamlit.file_util import get_static_dir

from dashboard import files

KINDS = (
    *("PlotlyChart", "Html", "PageLink", "TextInput", "Multiselect", "DateInput", "Button"),
    *("ButtonGroup", "Pagination"),
)
"""What comes before the first chart of a page, the longest first: the others come beside it."""

_PLOTLY = re.compile(
    rb"(\(typeof self<`u`\?self:\w+,)(\(\)=>\{.*?return window\.Plotly=(\w+),\3\})(?=\))", re.DOTALL
)
_IMPORTED = re.compile(r'(?:from|import)"\./([^"]+\.js)"')


def first() -> str:
    """HTML with the script that stands before all others in the head of a page."""
    return f'<script defer src="{files.address("ahead.js")}"></script>'


def last() -> str:
    """HTML with the modules to fetch, which stands behind what the page itself begins with."""
    return "".join(f'<link rel="modulepreload" crossorigin href="{each}">' for each in needed())


def needed() -> list[str]:
    """The addresses of the modules, seen from a page, that Streamlit's page does not name itself.

    A kind for which this Streamlit has no module of that name is left to the page, as all were.
    """
    static = Path(get_static_dir())
    known = set(re.findall(r"static/js/([^\"]+)", (static / "index.html").read_text("utf-8")))
    found: list[str] = []
    for kind in KINDS:
        for module in (static / "static" / "js").glob(f"{kind}.*.js"):
            found += _with_imports(module, known)
    return [f"./static/js/{name}" for name in found]


def written(path: str, script: bytes) -> bytes:
    """A module as a browser is sent it: with all of Plotly in parentheses.

    V8 passes over a function until it is called, and then reads it from its beginning while the
    page waits: all of Plotly is one function. One in parentheses is taken for called: it is
    compiled beside the page, as it comes. A module that looks otherwise stays as it is.
    """
    return _PLOTLY.sub(rb"\1(\2)", script) if f"/{KINDS[0]}." in path else script


def _with_imports(module: Path, known: set[str]) -> Iterator[str]:
    """The module and what it imports in turn, each once."""
    if module.name in known:
        return
    known.add(module.name)
    yield module.name
    for imported in _IMPORTED.findall(module.read_text("utf-8")):
        yield from _with_imports(module.parent / imported, known)
