"""The language of the cards."""

from typing import Literal

import pytest

from service.protocol.language import preferred_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9", "en"),
        ("en;q=0.2, zh-Hans;q=0.7", "zh"),
        ("fr, de;q=0.9", "en"),
        ("*", "en"),
        ("zh;q=0", "en"),
        ("zh;q=x", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_best_liked_of_the_two(header: str | None, language: str) -> None:
    assert preferred_language(header, "en") == language


def test_without_a_wish_the_setting_decides() -> None:
    site: Literal["zh"] = "zh"
    assert preferred_language("fr", site) == "zh"
