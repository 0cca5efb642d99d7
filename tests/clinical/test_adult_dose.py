"""300 mg flat by intravenous infusion in adults (recommendation 13)."""

from typing import Any

import pytest
from building import clean, treated

FLAT = "dose.adult-300mg.dose-check"
ROUTE = "dose.route-iv.dose-check"
WEIGHT_BASED = "dose.adult-weight-based.dose-check"
DAYS = ("2026-03-09", "2026-03-23")


@pytest.mark.parametrize(
    ("mg", "unit", "severity"),
    [
        (299, "mg", "warning"),
        (299.9, "mg", "warning"),
        (300, "mg", None),
        (300.1, "mg", "critical"),
        (301, "mg", "critical"),
        (600, "mg", "critical"),
        (100, "mg", "warning"),
        (0.3, "g", None),
        (0.301, "g", "critical"),
        (300000, "ug", None),
    ],
)
def test_an_adult_gets_300_mg_without_tolerance(mg: float, unit: str, severity: str | None) -> None:
    assert clean().draft(mg, DAYS, unit=unit).severity(FLAT) == severity
    assert treated("order-sign").draft(mg, ("2026-03-08",), unit=unit).severity(FLAT) == severity


def test_the_dose_can_be_corrected_in_one_step() -> None:
    proposal = next(p for p in clean().draft(600, DAYS).finding(FLAT).proposals if p.action == "set_dose")
    assert proposal.dose_mg == 300


@pytest.mark.parametrize(("mg", "unit"), [(None, "mg"), (30, "mL"), (3, "{vial}"), (300, "[iU]")])
def test_a_dose_that_is_missing_or_not_in_milligrams_is_noted(mg: float | None, unit: str) -> None:
    case = clean().draft(mg, DAYS, unit=unit)
    assert not case.fires(FLAT)
    assert FLAT in case.not_assessed()


@pytest.mark.parametrize("birth", ["2008-03-09", "2008-03-10", None])
def test_correction_12_more_than_300_mg_is_critical_at_any_known_adult_or_unknown_age(birth: str | None) -> None:
    case = clean().patient(sex="male", birth=birth).draft(600, DAYS)
    assert case.severity(FLAT) == (None if birth == "2008-03-10" else "critical")  # children: the child's statement


def test_correction_12_less_than_300_mg_at_unknown_age_is_noted() -> None:
    case = clean().patient(sex="male").draft(200, DAYS)
    assert not case.fires(FLAT)
    assert FLAT in case.not_assessed()


@pytest.mark.parametrize(("birth", "severity"), [("2008-03-09", "warning"), ("2008-03-10", None)])
def test_less_than_300_mg_is_a_deviation_from_18_years_on(birth: str, severity: str | None) -> None:
    assert clean().patient(sex="male", birth=birth).draft(200, DAYS).severity(FLAT) == severity


def test_a_second_draft_with_less_is_a_warning() -> None:
    assert clean().draft(300, DAYS[:1]).also_draft(200, DAYS[1:]).severity(FLAT) == "warning"


@pytest.mark.parametrize(("birth", "offered"), [("2008-03-09", True), (None, False)])
def test_300_mg_is_offered_to_known_adults_only(birth: str | None, offered: bool) -> None:
    finding = clean().patient(sex="male", birth=birth).draft(600, DAYS).finding(FLAT)
    assert any(proposal.action == "set_dose" for proposal in finding.proposals) is offered


def test_a_second_draft_with_a_wrong_dose_is_not_hidden_by_the_first() -> None:
    assert clean().draft(300, DAYS[:1]).also_draft(600, DAYS[1:]).severity(FLAT) == "critical"


@pytest.mark.parametrize(
    ("route", "fires"),
    [("intravenous", False), ("subcutaneous", True), ("intramuscular", True), ("oral", True), (None, False)],
)
def test_a_stated_route_other_than_intravenous_is_critical(route: str | None, fires: bool) -> None:
    for case in (clean(), treated("order-sign")):
        case.draft(300, DAYS, route=route)
        assert case.severity(ROUTE) == ("critical" if fires else None)
        if fires:
            assert any(action == "set_route" for action, _concept in case.proposals(ROUTE))


@pytest.mark.parametrize(("text", "fires"), [("静脉滴注", False), ("皮下注射", True), ("IV infusion", False)])
def test_a_route_in_words_is_read(text: str, fires: bool) -> None:
    case = clean().no_draft().draft_resource(worded_route(text), "inebilizumab")
    assert case.fires(ROUTE) is fires


def worded_route(text: str) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "status": "draft",
        "intent": "order",
        "medicationCodeableConcept": {"text": "伊奈利珠单抗"},
        "dosageInstruction": [{"route": {"text": text}, "timing": {"event": list(DAYS)}}],
    }


@pytest.mark.parametrize("unit", ["mg/kg", "mg/m2"])
def test_weight_based_dosing_in_an_adult_replaces_the_flat_dose_finding(unit: str) -> None:
    case = clean().draft(8, DAYS, unit=unit)
    assert case.severity(WEIGHT_BASED) == "warning"
    assert not case.fires(FLAT)
    assert any(p.action == "set_dose" and p.dose_mg == 300 for p in case.finding(WEIGHT_BASED).proposals)


def test_a_flat_or_unknown_dose_is_not_weight_based() -> None:
    assert not clean().fires(WEIGHT_BASED)
    assert not clean().draft(None, DAYS).fires(WEIGHT_BASED)


def test_weight_based_dosing_is_judged_from_18_years_on() -> None:
    assert clean().patient(sex="male", birth="2008-03-09").draft(8, DAYS, unit="mg/kg").fires(WEIGHT_BASED)


@pytest.mark.parametrize("birth", ["2008-03-10", None])
def test_weight_based_dosing_is_judged_in_known_adults_only(birth: str | None) -> None:
    assert not clean().patient(sex="male", birth=birth).draft(8, DAYS, unit="mg/kg").fires(WEIGHT_BASED)


def test_an_adult_needs_no_weight() -> None:
    assert "dose.child-weight-missing.screening-missing" not in clean().ids()


@pytest.mark.parametrize("statement", [FLAT, ROUTE, WEIGHT_BASED])
def test_the_dose_is_checked_on_order_hooks_only(statement: str) -> None:
    assert treated("patient-view").verdict(statement) is None
