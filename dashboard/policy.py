"""What Streamlit's page has to be allowed in a browser; docs/security.md has the reason of each."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from streamlit.file_util import get_static_dir

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_RULES = (
    "default-src 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)


def pages() -> str:
    """The content security policy of the pages and files that Streamlit serves."""
    page = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    scripts = "".join(f" '{_hash(script)}'" for script in _INLINE.findall(page))
    return "; ".join((*_RULES, f"script-src 'self'{scripts}"))


def _hash(script: str) -> str:
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
