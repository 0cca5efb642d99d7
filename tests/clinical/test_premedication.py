"""Premedication and the infusion itself (recommendation 12, table 1)."""

import pytest
from building import Case, clean, treated

STEROID = "premed.corticosteroid-missing.premedication"
ANTIHISTAMINE = "premed.antihistamine-missing.premedication"
ANTIPYRETIC = "premed.antipyretic-missing.premedication"
DOSE = "premed.dose-out-of-range.dose-check"
TIMING = "premed.timing.interval-check"
SETTING = "infusion.setting-and-observation.info"
MISSING = {"methylprednisolone": STEROID, "diphenhydramine": ANTIHISTAMINE, "paracetamol": ANTIPYRETIC}
ROUTE = {"methylprednisolone": "intravenous", "diphenhydramine": "oral", "paracetamol": "oral"}


def of_premedication(case: Case) -> set[str]:
    return {name for name in case.ids() if name.startswith("premed.")}


@pytest.mark.parametrize("drug", MISSING)
@pytest.mark.parametrize(("hook", "severity"), [("order-select", "info"), ("order-sign", "warning")])
def test_correction_37_missing_premedication_is_a_warning_at_signing(drug: str, hook: str, severity: str) -> None:
    for case in (clean(hook), treated(hook)):
        case.premedication(**{drug: None})
        assert of_premedication(case) == {MISSING[drug]}
        assert case.severity(MISSING[drug]) == severity
        assert ("prescribe", drug) in case.proposals(MISSING[drug])


def test_complete_premedication_is_silent() -> None:
    assert not of_premedication(clean("order-sign"))
    assert not of_premedication(treated("order-sign"))


@pytest.mark.parametrize("drug", MISSING)
def test_every_planned_day_must_be_covered(drug: str) -> None:
    case = clean("order-sign").premedication(**{drug: None})
    case.co_order(drug, mg=100, route=ROUTE[drug], dates=("2026-03-09",))
    assert case.fires(MISSING[drug])
    assert not case.co_order(drug, mg=100, route=ROUTE[drug], dates=("2026-03-23",)).fires(MISSING[drug])


@pytest.mark.parametrize("drug", MISSING)
@pytest.mark.parametrize(("day", "missing"), [(None, True), ("2026-03-02", False), ("2026-03-09", True)])
def test_an_infusion_without_a_date_is_for_today(drug: str, day: str | None, missing: bool) -> None:
    case = clean("order-sign").draft().premedication(**{drug: None})
    if day:
        case.co_order(drug, mg=100, route=ROUTE[drug], dates=(day,))
    assert case.fires(MISSING[drug]) is missing


def test_an_oral_steroid_is_no_premedication_of_an_infusion_without_a_date_either() -> None:
    case = clean("order-sign").draft().premedication(methylprednisolone=None)
    assert case.co_order("methylprednisolone", mg=100, route="oral", dates=("2026-03-02",)).fires(STEROID)


@pytest.mark.parametrize("drug", MISSING)
def test_an_undated_standing_order_covers_every_day(drug: str) -> None:
    case = clean("order-sign").premedication(**{drug: None}).medication(drug, mg=100, route=ROUTE[drug])
    assert not case.fires(MISSING[drug])


@pytest.mark.parametrize("drug", MISSING)
def test_correction_40_the_order_of_the_last_cycle_does_not_count(drug: str) -> None:
    case = treated("order-sign").premedication(**{drug: None})
    assert case.medication(drug, mg=100, route=ROUTE[drug], dates=("2025-09-08",)).fires(MISSING[drug])


@pytest.mark.parametrize(
    ("drug", "statement", "route", "enough"),
    [
        ("dexamethasone", STEROID, "intravenous", True),
        ("hydrocortisone", STEROID, "intravenous", True),
        ("methylprednisolone", STEROID, "oral", False),
        ("prednisone", STEROID, "oral", False),
        ("cetirizine", ANTIHISTAMINE, "oral", True),
        ("diphenhydramine", ANTIHISTAMINE, "intravenous", True),
        ("ibuprofen", ANTIPYRETIC, "oral", True),
    ],
)
def test_equivalent_drugs_count_by_the_right_route(drug: str, statement: str, route: str, enough: bool) -> None:
    case = clean("order-sign").premedication(methylprednisolone=None, diphenhydramine=None, paracetamol=None)
    case.co_order(drug, mg=10, route=route, dates=("2026-03-09", "2026-03-23"))
    assert case.fires(statement) is not enough


@pytest.mark.parametrize("status", ["stopped", "cancelled", "entered-in-error", "completed"])
def test_a_premedication_order_that_is_void_does_not_count(status: str) -> None:
    case = clean("order-sign").premedication(paracetamol=None).medication("paracetamol", mg=500, status=status)
    assert case.fires(ANTIPYRETIC)


@pytest.mark.parametrize("drug", MISSING)
def test_missing_premedication_fires_when_medications_were_not_fetched(drug: str) -> None:
    """What is drafted is known, whatever else there is."""
    case = clean("order-sign").premedication(**{drug: None}).without("MedicationRequest")
    assert of_premedication(case) == {MISSING[drug]}


@pytest.mark.parametrize("statement", [*MISSING.values(), DOSE, TIMING, SETTING])
def test_premedication_is_no_matter_of_patient_view(statement: str) -> None:
    assert treated("patient-view").verdict(statement) is None


@pytest.mark.parametrize(
    ("drug", "mg", "fires"),
    [
        ("methylprednisolone", 79, True),
        ("methylprednisolone", 80, False),
        ("methylprednisolone", 125, False),
        ("methylprednisolone", 126, True),
        ("diphenhydramine", 24, True),
        ("diphenhydramine", 25, False),
        ("diphenhydramine", 50, False),
        ("diphenhydramine", 51, True),
        ("paracetamol", 499, True),
        ("paracetamol", 500, False),
        ("paracetamol", 650, False),
        ("paracetamol", 651, True),
        ("paracetamol", None, False),  # a dose that cannot be read
    ],
)
def test_the_dose_ranges_of_table_1_include_both_ends(drug: str, mg: float | None, fires: bool) -> None:
    for case in (clean(), treated("order-sign")):
        case.premedication(**{drug: (mg, ROUTE[drug])})
        assert case.severity(DOSE) == ("warning" if fires else None)
        if fires:
            assert {name.split(" ")[0] for name in case.finding(DOSE).components} == {drug}


@pytest.mark.parametrize(("drug", "route"), [("methylprednisolone", "oral"), ("diphenhydramine", "intravenous")])
def test_other_routes_have_no_range_in_the_table(drug: str, route: str) -> None:
    assert not clean().premedication(**{drug: (5, route)}).fires(DOSE)


@pytest.mark.parametrize("drug", MISSING)
@pytest.mark.parametrize(("day", "fires"), [("2026-03-09", True), ("2026-03-23", True), ("2026-04-15", False)])
def test_a_dose_is_judged_alone_and_only_on_infusion_days(drug: str, day: str, fires: bool) -> None:
    case = clean().premedication(methylprednisolone=None, diphenhydramine=None, paracetamol=None)
    case.co_order(drug, mg=5, route=ROUTE[drug], dates=(day,))
    assert case.fires(DOSE) is fires


def test_equivalent_drugs_have_no_range_in_the_table() -> None:
    case = clean().premedication(methylprednisolone=None).co_order("dexamethasone", mg=5, route="intravenous")
    assert not case.fires(DOSE)


def timed(case: Case, drug: str, clock: str, infusion: str = "2026-03-09T10:00:00+08:00") -> Case:
    case.draft(dates=(infusion,)).premedication(**{drug: None})
    return case.co_order(drug, mg=100, route=ROUTE[drug], dates=(f"2026-03-09T{clock}:00+08:00",))


@pytest.mark.parametrize(
    ("drug", "clock", "off"),
    [
        ("methylprednisolone", "09:14", True),
        ("methylprednisolone", "09:15", False),
        ("methylprednisolone", "09:30", False),
        ("methylprednisolone", "09:45", False),
        ("methylprednisolone", "09:46", True),
        ("methylprednisolone", "10:30", True),
        ("diphenhydramine", "08:59", True),
        ("diphenhydramine", "09:00", False),
        ("diphenhydramine", "09:30", False),
        ("diphenhydramine", "09:31", True),
        ("paracetamol", "08:59", True),
        ("paracetamol", "09:00", False),
        ("paracetamol", "09:30", False),
        ("paracetamol", "09:31", True),
    ],
)
def test_the_minutes_before_the_infusion(drug: str, clock: str, off: bool) -> None:
    assert timed(clean(), drug, clock).severity(TIMING) == ("info" if off else None)


def test_without_clock_times_or_on_another_day_the_minutes_are_not_judged() -> None:
    assert not clean().fires(TIMING)
    assert not timed(clean(), "paracetamol", "09:59", infusion="2026-03-09").fires(TIMING)
    assert not timed(clean(), "paracetamol", "09:59", infusion="2026-03-10T10:00:00+08:00").fires(TIMING)


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_the_setting_of_every_infusion_is_in_the_details(hook: str) -> None:
    for case in (clean(hook), treated(hook), clean(hook).without("Observation", "Condition", "MedicationRequest")):
        finding = case.finding(SETTING)
        assert (finding.severity, finding.statement.presentation) == ("info", "detail")
