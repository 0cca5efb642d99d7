"""Every number about drugs, people and infections in myositis has a case that notices when it is changed."""

import re
from decimal import Decimal

import pytest
from myositis_people import CHAPTER, knowledge
from myositis_pins_drugs import PINS
from pinned_facts import PinnedFacts
from pinned_numbers import Pin

from cards.knowledge.loader import FOLDER

PINNED = PinnedFacts(CHAPTER, knowledge().terminology)
OTHER_HALF = "# ---- lung, skin, muscle"


def numbers() -> set[str]:
    """The parameters of this half of the chapter."""
    text = (FOLDER / CHAPTER / "parameters.yaml").read_text(encoding="utf-8")
    return set(re.findall(r"^- \{id: (\w+)", text[: text.index(OTHER_HALF)], re.MULTILINE))


def test_every_number_of_this_half_is_pinned_once_and_used() -> None:
    used = {
        name
        for path in (FOLDER / CHAPTER).glob("*.yaml")
        if path.name != "parameters.yaml"
        for name in re.findall(r"\bP\.([a-z0-9_]+)", path.read_text(encoding="utf-8"))
    }
    assert {pin.parameter for pin in PINS} == numbers()
    assert len({pin.parameter for pin in PINS}) == len(PINS)
    assert numbers() <= used


@pytest.mark.parametrize("pin", PINS, ids=str)
def test_the_boundary_lies_where_the_catalogue_puts_it(pin: Pin) -> None:
    assert PINNED.outcomes(pin) == dict(pin.outcomes)


@pytest.mark.parametrize("direction", [1, -1], ids=["more", "less"])
@pytest.mark.parametrize("pin", PINS, ids=str)
def test_a_changed_number_is_noticed(pin: Pin, direction: int) -> None:
    assert PINNED.outcomes(pin, direction * Decimal(pin.step)) != dict(pin.outcomes)
