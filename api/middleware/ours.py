"""Which addresses are ours, and not pages and files of Streamlit's."""

from collections.abc import Callable, Iterable

from starlette.routing import BaseRoute

Ours = Callable[[str], bool]
"""Tells it of a path."""


def ours(routes: Iterable[BaseRoute]) -> Ours:
    """All paths that the routes can lead to, and those below."""
    roots = {str(getattr(route, "path", "")).partition("{")[0].rstrip("/") for route in routes}

    def is_ours(path: str) -> bool:
        return path in roots or any(path.startswith(f"{root}/") for root in roots)

    return is_ours
