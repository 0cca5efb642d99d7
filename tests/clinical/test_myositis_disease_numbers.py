"""Every number on lung, skin, muscle, refractory disease and pregnancy has a case that notices when it is changed."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest
from myositis_people import CHAPTER, knowledge
from myositis_pins_disease import PINS
from pinned_numbers import Pin, PinnedChapter

from cards.knowledge import chapter
from cards.knowledge.loader import FOLDER

PINNED = PinnedChapter(CHAPTER, knowledge().terminology)
SECTION = "# ---- lung, skin, muscle"


@pytest.fixture(scope="module", autouse=True)
def _files_read_once() -> Iterator[None]:
    """Compiling is quick, reading YAML is not, and the files do not change in between."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chapter, "entries", cache(chapter.entries))
        yield


def section() -> set[str]:
    """The parameters of this half of the chapter."""
    text = (FOLDER / CHAPTER / "parameters.yaml").read_text(encoding="utf-8")
    following = text[text.index(SECTION) + len(SECTION) :].split("# ----")
    return {name for part in following[:1] for name in re.findall(r"^- \{id: (\w+)", part, re.MULTILINE)}


def test_every_number_of_this_half_is_pinned_and_used() -> None:
    assert {pin.parameter for pin in PINS} == section()
    assert section() <= PINNED.used_parameters()


@pytest.mark.parametrize("pin", PINS, ids=str)
def test_the_boundary_lies_where_the_catalogue_puts_it(pin: Pin) -> None:
    assert PINNED.outcomes(pin, knowledge().chapters["myositis"]) == dict(pin.outcomes)


@pytest.mark.parametrize("direction", [1, -1], ids=["more", "less"])
@pytest.mark.parametrize("pin", PINS, ids=str)
def test_a_changed_number_is_noticed(pin: Pin, direction: int) -> None:
    changed = PINNED.changed(pin.parameter, direction * Decimal(pin.step))
    assert PINNED.outcomes(pin, changed) != dict(pin.outcomes)
