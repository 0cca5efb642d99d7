"""Dose, interval and route of tocilizumab in systemic sclerosis with interstitial lung disease."""

from typing import Any

import pytest
from lupus_cases import Case, adult, ra_ild, ssc_ild

WEEKLY = "tocilizumab.ssc-ild.sc-162mg-weekly"
TWO_WEEKLY = "tocilizumab.ssc-ild.sc-162mg-every-2-weeks"
IV_DOSE = "tocilizumab.ssc-ild.iv-8mgkg-every-4-weeks"
IV_ROUTE = "tocilizumab.ssc-ild.iv-route-evidence"
WEIGHT = "tocilizumab.ssc-ild.iv-weight-missing"


def infusion(
    mg: float | None = 480, *, of: str = "mg", period: int = 4, unit: str = "wk", weight: float | None = 60
) -> Case:
    case = ssc_ild().forget("body-weight")
    if weight is not None:
        case.lab("body-weight", weight, unit="kg")
    return case.every(period, unit, mg, route="intravenous", of=of)


# Subcutaneous


def test_162_mg_once_weekly_is_the_studied_dose() -> None:
    case = ssc_ild().weekly()
    assert not case.fires(WEEKLY)
    assert not case.fires(TWO_WEEKLY)


@pytest.mark.parametrize(
    "dosage",
    [
        {"mg": 324},
        {"mg": 161},
        {"weeks": 3},
        {"weeks": 4},
        {"mg": 8, "of": "mg/kg"},
    ],
)
def test_another_subcutaneous_dose_or_interval_is_remarked_on(dosage: dict[str, Any]) -> None:
    weeks = dosage.pop("weeks", 1)
    case = ssc_ild().weekly(weeks, dosage.pop("mg", 162), **dosage)
    assert case.severity(WEEKLY) == "warning"
    offered = {(p.action, p.dose_mg, p.days) for p in case.finding(WEEKLY).proposals}
    assert offered == {("set_dose", 162, None), ("set_interval", None, 7)}


def test_an_order_that_names_its_days_is_read_by_the_days_between() -> None:
    week = ssc_ild().order("tocilizumab", 162, route="subcutaneous", dates=("2026-03-09", "2026-03-16", "2026-03-23"))
    assert week.verdict(WEEKLY) == "silent"
    sparse = ssc_ild().order("tocilizumab", 162, route="subcutaneous", dates=("2026-03-09", "2026-03-19"))
    assert sparse.fires(WEEKLY)


@pytest.mark.parametrize("text", ["162 mg once weekly", "162 mg 每周1次"])
def test_an_order_in_words_is_read(text: str) -> None:
    assert ssc_ild().order("tocilizumab", route="subcutaneous", text=text).verdict(WEEKLY) == "silent"


def test_a_dose_or_interval_that_cannot_be_read_is_reported_and_not_called_right() -> None:
    case = ssc_ild().order("tocilizumab", 162, route="subcutaneous")
    assert not case.fires(WEEKLY)
    assert f"{WEEKLY}.dose-check" in case.not_assessed()


def test_the_subcutaneous_check_is_not_for_other_diseases_or_routes() -> None:
    assert not ra_ild().weekly(mg=324).fires(WEEKLY)
    assert not ssc_ild().every(4, "wk", 480, route="intravenous").fires(WEEKLY)


def test_correction_18_two_weekly_dosing_is_information_without_an_offer_to_change_it_back() -> None:
    case = ssc_ild().weekly(2)
    assert case.severity(TWO_WEEKLY) == "info"
    assert not case.finding(TWO_WEEKLY).proposals
    assert not case.fires(WEEKLY)
    say = case.finding(TWO_WEEKLY).statement.say
    assert "若因中性粒细胞减少或肝酶升高而延长间隔，勿改回" in say.zh
    assert "do not change it back" in say.en


def test_two_weekly_information_is_for_162_mg_only() -> None:
    assert not ssc_ild().weekly(2, mg=324).fires(TWO_WEEKLY)
    assert not ssc_ild().weekly(1).fires(TWO_WEEKLY)
    assert not ra_ild().weekly(2).fires(TWO_WEEKLY)


# Intravenous


def test_8_mg_per_kg_every_4_weeks_fits() -> None:
    assert not infusion(480).fires(IV_DOSE)
    assert not infusion(8, of="mg/kg").fires(IV_DOSE)


@pytest.mark.parametrize("mg", [431, 529])
def test_correction_17_a_dose_beyond_ten_per_cent_is_remarked_on(mg: float) -> None:
    assert infusion(mg).severity(IV_DOSE) == "warning"


@pytest.mark.parametrize("mg", [432, 528])
def test_correction_17_ten_per_cent_either_side_pass(mg: float) -> None:
    assert not infusion(mg).fires(IV_DOSE)


def test_correction_17_the_expected_dose_is_capped_at_800_mg() -> None:
    assert not infusion(800, weight=120).fires(IV_DOSE)
    assert infusion(960, weight=120).fires(IV_DOSE)
    assert infusion(8, of="mg/kg", weight=120).fires(IV_DOSE)
    assert infusion(700, weight=120).fires(IV_DOSE)


def test_correction_17_more_than_800_mg_fires_at_any_weight_and_without_one() -> None:
    assert infusion(801, weight=100).fires(IV_DOSE)
    assert not infusion(800, weight=100).fires(IV_DOSE)
    assert infusion(801, weight=None).fires(IV_DOSE)


@pytest.mark.parametrize(
    ("period", "unit", "fires"),
    [
        (27, "d", True),
        (28, "d", False),
        (4, "wk", False),
        (1, "mo", False),
        (31, "d", False),
        (32, "d", True),
        (8, "wk", True),
    ],
)
def test_correction_17_the_interval_is_28_to_31_days(period: int, unit: str, fires: bool) -> None:
    assert infusion(period=period, unit=unit).fires(IV_DOSE) is fires


def test_correction_17_no_change_of_the_infusion_is_offered() -> None:
    assert not infusion(600).finding(IV_DOSE).proposals


@pytest.mark.parametrize("mg", [9, 4])
def test_another_dose_per_kg_is_remarked_on(mg: float) -> None:
    assert infusion(mg, of="mg/kg").fires(IV_DOSE)


def test_too_much_per_kg_needs_no_weight() -> None:
    assert infusion(9, of="mg/kg", weight=None).fires(IV_DOSE)
    assert not infusion(8.8, of="mg/kg").fires(IV_DOSE)


def test_without_a_weight_the_weight_is_asked_for_and_the_dose_is_not_judged() -> None:
    case = infusion(480, weight=None)
    assert not case.fires(IV_DOSE)
    assert case.severity(WEIGHT) == "warning"
    assert case.proposals(WEIGHT) == {("order", "body-weight")}
    assert f"{IV_DOSE}.dose-check" not in case.not_assessed()


def test_a_weight_on_record_is_not_asked_for() -> None:
    assert not infusion().fires(WEIGHT)
    assert infusion(weight=None).lab("body-weight", 60, unit="stone").fires(WEIGHT)
    assert not ssc_ild().forget("body-weight").weekly().fires(WEIGHT)


def test_the_intravenous_route_rests_on_one_case() -> None:
    case = infusion()
    assert case.severity(IV_ROUTE) == "warning"
    offered = {(p.action, p.concept, p.dose_mg, p.days) for p in case.finding(IV_ROUTE).proposals}
    assert offered == {
        ("set_dose", "", 162, None),
        ("set_route", "subcutaneous", None, None),
        ("set_interval", "", None, 7),
    }


def test_the_route_is_not_remarked_on_elsewhere() -> None:
    assert not ssc_ild().weekly().fires(IV_ROUTE)
    assert not ra_ild().every(4, "wk", 480, route="intravenous").fires(IV_ROUTE)
    assert not adult().every(4, "wk", 480, route="intravenous").fires(IV_ROUTE)
    assert not ssc_ild().order("tocilizumab", 162).fires(IV_ROUTE)


# Two drafts


def test_of_two_drafts_each_is_judged_by_its_own_route() -> None:
    four_weekly = {"frequency": 1, "period": 4, "periodUnit": "wk"}
    case = ssc_ild().weekly().also("tocilizumab", 480, route="intravenous", repeat=four_weekly)
    assert not case.fires(WEEKLY)
    assert not case.fires(IV_DOSE)
    swapped = ssc_ild().weekly(4, 162).also("tocilizumab", 480, route="intravenous", repeat=four_weekly)
    assert swapped.fires(WEEKLY)
    assert not swapped.fires(IV_DOSE)
    two_weekly = {"frequency": 1, "period": 2, "periodUnit": "wk"}
    other = ssc_ild().weekly().also("tocilizumab", 162, route="intravenous", repeat=two_weekly)
    assert not other.fires(TWO_WEEKLY)


@pytest.mark.parametrize(("mg", "of"), [(480, "mg"), (8, "mg/kg")])
def test_an_infusion_that_fits_is_known_to_fit(mg: float, of: str) -> None:
    assert infusion(mg, of=of).verdict(IV_DOSE) == "silent"


def test_infusions_in_other_diseases_are_not_judged_here() -> None:
    case = ra_ild().lab("body-weight", 60, unit="kg").every(4, "wk", 900, route="intravenous")
    assert not case.fires(IV_DOSE)
    assert not ra_ild().every(4, "wk", 480, route="intravenous").fires(WEIGHT)
