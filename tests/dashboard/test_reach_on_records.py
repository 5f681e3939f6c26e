"""How far the sources reach stands beside the day of one record too."""

from pathlib import Path

import pytest

from tests.dashboard.conftest import OpenPage, words_of


@pytest.mark.parametrize(
    ("page", "address", "of_shown"),
    [
        (
            "agreement",
            {"id": "istanbul-2024-protocol"},
            "those of what is shown to 28 September 2024",
        ),
        ("partner", {"city": "istanbul"}, "those of what is shown to 28 September 2024"),
        ("partner", {"city": ["istanbul", "krakow"]}, "those of what is shown to "),
        ("partner", {}, "Sources reach to 25 May 2026: later days are projected"),
    ],
)
def test_a_record_says_how_far_sources_reach(
    published: Path, open_page: OpenPage, page: str, address: dict[str, str], of_shown: str
) -> None:
    said = words_of(open_page(page, published, as_of="2026-11-21", **address))

    assert "Sources reach to 25 May 2026" in said
    assert of_shown in said
