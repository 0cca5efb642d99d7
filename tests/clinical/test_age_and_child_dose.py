"""Old age, youth and the dose of a child (recommendations 29 and 30)."""

import pytest
from building import Case, clean, treated

SEVENTY = "age.70-or-over.caution"
BEYOND_TRIAL = "age.over-74-beyond-trial.info"
UNDER_18 = "age.under-18.not-approved"
AFTER_SATRALIZUMAB = "age.under-18-after-satralizumab.off-label"
CHILD_DOSE = "dose.child.dose-check"
NO_WEIGHT = "dose.child-weight-missing.screening-missing"
PAIR = ("2026-03-09", "2026-03-23")


def born(birth: str | None, case: Case | None = None) -> Case:
    return (case or clean()).patient(sex="male", birth=birth)


def child(weight: float | None = 30, mg: float | None = 240, birth: str = "2014-06-15", **dose: object) -> Case:
    """A child of 11; 8 mg/kg at 30 kg is 240 mg."""
    case = born(birth).draft(mg, PAIR, **dose)
    return case if weight is None else case.result("body-weight", weight, "2026-02-20", "kg")


# Old age: completed years on the planned day, 2026-03-09


@pytest.mark.parametrize(
    ("birth", "seventy", "beyond"),
    [
        ("1956-03-10", False, False),
        ("1956-03-09", True, False),
        ("1951-03-10", True, False),  # 74
        ("1951-03-09", True, True),
    ],
)
def test_70_is_old_and_over_74_is_beyond_the_trial(birth: str, seventy: bool, beyond: bool) -> None:
    assert born(birth).severity(SEVENTY) == ("warning" if seventy else None)
    assert born(birth).severity(BEYOND_TRIAL) == ("info" if beyond else None)


def test_age_is_taken_on_the_planned_day_not_today() -> None:
    assert born("1956-03-05").fires(SEVENTY)
    assert not born("1956-03-10").fires(SEVENTY)


def test_at_later_infusions_old_age_is_only_information() -> None:
    assert born("1950-01-01", treated("order-select")).severity(SEVENTY) == "info"
    second = clean(today="2026-03-20").given("2026-03-09").draft(dates=("2026-03-23",))
    assert born("1950-01-01", second).severity(SEVENTY) == "info"


def test_the_trial_age_is_a_detail() -> None:
    assert born("1945-01-01").finding(BEYOND_TRIAL).statement.presentation == "detail"


@pytest.mark.parametrize("unknown", ["no birth date", "no patient"])
def test_an_unknown_age_is_noted_once_for_every_age_statement(unknown: str) -> None:
    case = born(None) if unknown == "no birth date" else clean().without("Patient")
    assert not {SEVENTY, BEYOND_TRIAL, UNDER_18, AFTER_SATRALIZUMAB, CHILD_DOSE} & case.ids()
    assert {SEVENTY, UNDER_18} <= set(case.not_assessed())


# Under 18


@pytest.mark.parametrize(("birth", "fires"), [("2008-03-10", True), ("2008-03-09", False)])
def test_under_18_is_not_approved(birth: str, fires: bool) -> None:
    assert born(birth).severity(UNDER_18) == ("warning" if fires else None)


def test_under_18_never_deletes_the_order_and_is_information_later_on() -> None:
    assert "delete" not in {proposal.action for proposal in child().finding(UNDER_18).proposals}
    assert born("2010-01-01", treated("order-select")).severity(UNDER_18) == "info"


def failed_satralizumab(case: Case) -> Case:
    return case.given("2025-06-01", "2025-09-01", drug="satralizumab", mg=120)


def test_satralizumab_failure_makes_it_off_label_use() -> None:
    case = failed_satralizumab(child(weight=50, mg=300)).condition("nmosd-relapse", onset="2025-10-01")
    assert case.severity(AFTER_SATRALIZUMAB) == "warning"
    assert not case.fires(UNDER_18)


def test_a_stop_for_lack_of_effect_is_failure() -> None:
    stopped = child().medication("satralizumab", status="stopped", statusReason={"text": "lack of efficacy"})
    assert stopped.fires(AFTER_SATRALIZUMAB)
    other = child().medication("satralizumab", status="stopped", statusReason={"text": "patient preference"})
    assert other.fires(UNDER_18)


def test_satralizumab_without_relapse_or_relapse_without_it_is_no_failure() -> None:
    assert failed_satralizumab(child()).fires(UNDER_18)
    before = failed_satralizumab(child()).condition("nmosd-relapse", onset="2025-05-31")
    assert before.fires(UNDER_18)
    assert child().condition("nmosd-relapse", onset="2025-10-01").fires(UNDER_18)
    assert not failed_satralizumab(child()).fires(AFTER_SATRALIZUMAB)


def test_satralizumab_failure_is_information_at_later_infusions() -> None:
    case = failed_satralizumab(born("2010-01-01", treated("order-select"))).condition(
        "nmosd-relapse", onset="2025-10-01"
    )
    assert case.severity(AFTER_SATRALIZUMAB) == "info"


def test_satralizumab_that_was_not_fetched_does_not_count_as_failure() -> None:
    case = child().without("MedicationRequest", "MedicationStatement", "MedicationAdministration")
    assert not case.fires(AFTER_SATRALIZUMAB)


# The dose of a child


@pytest.mark.parametrize(
    ("weight", "mg", "severity"),
    [
        (30, 240, None),
        (30, 216, None),  # 10 % below
        (30, 215, "warning"),
        (30, 264, None),
        (30, 265, "critical"),  # more than 10 % above
        (30, 300, "critical"),
        (30, 301, "critical"),
        (37.5, 300, None),
        (37.5, 270, None),
        (37.5, 269, "warning"),
        (37.5, 301, "critical"),  # above the flat dose, whatever the weight
        (37.6, 300, None),
        (37.6, 299, "warning"),
        (37.6, 301, "critical"),
        (60, 240, "warning"),
        (60, 600, "critical"),
    ],
)
def test_8_mg_per_kg_up_to_37_5_kg_and_300_mg_above(weight: float, mg: float, severity: str | None) -> None:
    assert child(weight, mg).severity(CHILD_DOSE) == severity


@pytest.mark.parametrize(("mg", "severity"), [(300, None), (301, "critical"), (600, "critical")])
def test_more_than_300_mg_is_seen_without_a_weight(mg: float, severity: str | None) -> None:
    case = child(None, mg)
    assert case.severity(CHILD_DOSE) == severity
    assert case.fires(NO_WEIGHT)


@pytest.mark.parametrize(("per_kg", "fires"), [(8, False), (7, True), (9, True), (8.1, True)])
def test_a_dose_per_kg_must_be_8(per_kg: float, fires: bool) -> None:
    assert child(30, per_kg, unit="mg/kg").fires(CHILD_DOSE) is fires


def test_a_heavier_child_is_not_dosed_per_kg() -> None:
    assert child(60, 8, unit="mg/kg").fires(CHILD_DOSE)


def test_the_dose_proposed_is_the_one_for_the_weight() -> None:
    def proposed(case: Case) -> list[int]:
        return [int(p.dose_mg) for p in case.finding(CHILD_DOSE).proposals if p.action == "set_dose" and p.dose_mg]

    assert proposed(child(30, 300)) == [240]
    assert proposed(child(60, 240)) == [300]


@pytest.mark.parametrize(
    ("weight", "unit", "fires"), [(30, "kg", False), (30000, "g", False), (66.14, "[lb_av]", False)]
)
def test_weight_units_are_converted(weight: float, unit: str, fires: bool) -> None:
    case = child(None, 240).result("body-weight", weight, "2026-02-20", unit)
    assert case.fires(CHILD_DOSE) is fires
    assert not case.fires(NO_WEIGHT)


def test_an_adult_is_never_dosed_as_a_child() -> None:
    assert not {CHILD_DOSE, NO_WEIGHT} & clean().draft(240, PAIR).ids()
    assert not {CHILD_DOSE, NO_WEIGHT} & born("2008-03-09").draft(240, PAIR).ids()


def test_an_unreadable_child_dose_is_not_judged() -> None:
    assert not child(30, None).fires(CHILD_DOSE)
    assert not child(30, 3, unit="mL").fires(CHILD_DOSE)


# Weight


def test_a_child_without_a_weight_is_weighed() -> None:
    assert child(None).severity(NO_WEIGHT) == "warning"
    assert child(None).result("body-weight", 30, "2026-02-20", "stone-ish").fires(NO_WEIGHT)
    assert not child().fires(NO_WEIGHT)


def test_a_weight_that_was_not_fetched_is_asked_for() -> None:
    assert child().without("Observation").fires(NO_WEIGHT)


def test_any_earlier_weight_counts() -> None:
    assert not child(None).result("body-weight", 30, "2020-02-20", "kg").fires(NO_WEIGHT)


def test_age_and_child_dose_count_whatever_the_indication() -> None:
    case = child(30, 300).forget("nmosd").condition("myasthenia-gravis")
    assert {UNDER_18, CHILD_DOSE} <= case.ids()


def test_an_adult_without_a_birth_date_gets_no_child_dose_but_600_mg_is_seen() -> None:
    case = born(None).draft(600, PAIR)
    assert not {CHILD_DOSE, NO_WEIGHT} & case.ids()
    assert case.severity("dose.adult-300mg.dose-check") == "critical"
