"""The addresses of the files in dashboard/static: each names the content, so that browsers keep it.

What else has to know an address, as Plotly does of its map, gets it without the name, and asks anew
after a while.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "static"
ROOT = "/app/static/"

_IN_CSS = re.compile(r'url\("app/static/([^"]+)"\)')


@cache
def address(file: str) -> str:
    """The address of a file; with another content it is another one."""
    return f"{ROOT}{file}?v={sha256((FOLDER / file).read_bytes()).hexdigest()[:12]}"


@cache
def stylesheet(path: Path) -> str:
    """A file of CSS with the addresses of its fonts, as HTML."""
    css = _IN_CSS.sub(lambda font: f'url("{address(font[1])[1:]}")', path.read_text("utf-8"))
    return f"<style>{css}</style>"


def named(given: str) -> bool:
    """Whether an address, with its query, is one of ``address``."""
    return given in _addresses()


@cache
def _addresses() -> frozenset[str]:
    files = (path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file())
    return frozenset(address(file.as_posix()) for file in files)
