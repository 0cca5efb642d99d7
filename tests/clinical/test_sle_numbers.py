"""Every number of the statements on lupus has a case that notices when it is changed by one step."""

from decimal import Decimal

import pytest
from lupus_cases import Case, knowledge, sle
from pinned_numbers import Pin, PinnedChapter

SLE = PinnedChapter("diseases/sle", knowledge().terminology)
AU = "[arb'U]"


def born(birth: str, drug: str) -> Case:
    return sle().patient(sex="female", birth=birth).order(drug, 300, route="intravenous")


def after_rituximab(on: str) -> Case:
    return sle().took("rituximab", on).order("belimumab")


PINS = [
    Pin(
        "adult_age",
        "anifrolumab.sle.under-18.special-population",
        lambda birth: born(birth, "anifrolumab"),
        {"2008-03-02": None, "2008-03-03": "warning"},
    ),
    Pin(
        "belimumab_min_age",
        "belimumab.sle.under-5.special-population",
        lambda birth: born(birth, "belimumab"),
        {"2021-03-02": None, "2021-03-03": "warning"},
    ),
    Pin(
        "rituximab_recent_months",
        "belimumab-rituximab.sle.combination-off-label.indication-check",
        after_rituximab,
        {"2025-03-02": "warning", "2025-03-01": None},
    ),
    Pin(
        "iga2_limit_au",
        "belimumab-rituximab.sle.iga2-12-5-or-more.info",
        lambda value: after_rituximab("2025-12-10").lab("iga2", value, unit=AU),
        {12.4: None, 12.5: "info"},
        step="0.1",
    ),
]


def test_every_number_of_a_condition_is_pinned() -> None:
    """The setting of the site is no number; test_sle_anifrolumab has it."""
    assert {pin.parameter for pin in PINS} | {"gba_designated"} == SLE.used_parameters()


@pytest.mark.parametrize("pin", PINS, ids=str)
def test_the_boundary_lies_where_the_catalogue_puts_it(pin: Pin) -> None:
    assert SLE.outcomes(pin, SLE.chapter()) == dict(pin.outcomes)


@pytest.mark.parametrize("direction", [1, -1], ids=["more", "less"])
@pytest.mark.parametrize("pin", PINS, ids=str)
def test_a_changed_number_is_noticed(pin: Pin, direction: int) -> None:
    changed = SLE.changed(pin.parameter, direction * Decimal(pin.step))
    assert SLE.outcomes(pin, changed) != dict(pin.outcomes)
