"""Codes get the names that a reader knows."""

import pytest

from etl.transform import country_name, language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),  # There is a language called En.
        ("el", "Modern Greek"),
        ("zh", "Chinese"),
        ("crh", "Crimean Tatar"),
    ],
)
def test_language(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize(
    ("code", "name"), [("IR", "Iran"), ("TR", "Türkiye"), ("KR", "South Korea"), ("DE", "Germany")]
)
def test_country(code: str, name: str) -> None:
    assert country_name(code) == name
