"""Every number of the statements on tocilizumab has a case that notices when it is changed by one step."""

from decimal import Decimal

import pytest
from lupus_cases import Case, knowledge, ssc_ild
from pinned_numbers import Pin, PinnedChapter

SC = "tocilizumab.ssc-ild.sc-162mg-weekly.dose-check"
IV = "tocilizumab.ssc-ild.iv-8mgkg-every-4-weeks.dose-check"
TCZ = PinnedChapter("drugs/tocilizumab", knowledge().terminology)


def born(birth: str) -> Case:
    return ssc_ild().patient(sex="female", birth=birth).weekly()


def since(onset: str) -> Case:
    return ssc_ild().forget("ssc").ill("diffuse ssc", onset=onset).lab("crp", 12, unit="mg/L", high=5).weekly()


def started(day: str) -> Case:
    return ssc_ild("patient-view").took("tocilizumab", day)


def infusion(mg: float, weight: float = 60, days: int = 28) -> Case:
    case = ssc_ild().forget("body-weight").lab("body-weight", weight, unit="kg")
    return case.every(days, "d", mg, route="intravenous")


PINS = [
    Pin(
        "adult_age",
        "tocilizumab.ssc-ild.age-under-18.indication-check",
        born,
        {"2008-03-02": None, "2008-03-03": "warning"},
    ),
    Pin(
        "trial_ssc_months",
        "tocilizumab.ssc-ild.evidence-population.info",
        since,
        {"2021-03-02": None, "2021-03-01": "info"},
    ),
    Pin(
        "studied_weeks",
        "tocilizumab.ssc-ild.duration-over-96-weeks.info",
        started,
        {"2024-04-29": None, "2024-04-28": "info"},
    ),
    Pin("sc_dose_mg", SC, lambda mg: ssc_ild().weekly(mg=mg), {161: "warning", 162: None, 163: "warning"}),
    Pin(
        "sc_interval_days",
        SC,
        lambda days: ssc_ild().every(days, "d", 162, route="subcutaneous"),
        {6: "warning", 7: None, 8: "warning"},
    ),
    Pin(
        "sc_long_interval_days",
        SC,
        lambda days: ssc_ild().every(days, "d", 162, route="subcutaneous"),
        {13: "warning", 14: None, 15: "warning"},
    ),
    Pin("iv_mg_per_kg", IV, infusion, {431: "warning", 432: None, 528: None, 529: "warning"}, step="0.1"),
    Pin("iv_max_mg", IV, lambda mg: infusion(mg, weight=120), {720: None, 719: "warning", 800: None, 801: "warning"}),
    Pin("iv_tolerance_percent", IV, infusion, {431: "warning", 432: None, 528: None, 529: "warning"}),
    Pin("iv_interval_min_days", IV, lambda days: infusion(480, days=days), {27: "warning", 28: None}),
    Pin("iv_interval_max_days", IV, lambda days: infusion(480, days=days), {31: None, 32: "warning"}),
]
ELSEWHERE = {
    "ild_excluded_days"
}  # moves no finding, only whether it is known that nothing applies: see test_tocilizumab_lung_disease_on_ct


def test_every_number_of_a_condition_is_pinned() -> None:
    assert {pin.parameter for pin in PINS} | ELSEWHERE == TCZ.used_parameters()
    assert len({pin.parameter for pin in PINS}) == len(PINS)


@pytest.mark.parametrize("pin", PINS, ids=str)
def test_the_boundary_lies_where_the_catalogue_puts_it(pin: Pin) -> None:
    assert TCZ.outcomes(pin, TCZ.chapter()) == dict(pin.outcomes)


@pytest.mark.parametrize("direction", [1, -1], ids=["more", "less"])
@pytest.mark.parametrize("pin", PINS, ids=str)
def test_a_changed_number_is_noticed(pin: Pin, direction: int) -> None:
    changed = TCZ.changed(pin.parameter, direction * Decimal(pin.step))
    assert TCZ.outcomes(pin, changed) != dict(pin.outcomes)
