"""Active infection before an infusion (recommendation 5)."""

import pytest
from building import Case, clean, treated

HOLD = "infection.active.hold"
REMINDER = "infection.pre-infusion-check.reminder"


def infected(case: Case | None = None, **more: str) -> Case:
    return (case or clean()).condition("pneumonia", **more)


def test_an_active_infection_holds_the_infusion() -> None:
    case = infected()
    assert case.severity(HOLD) == "warning"
    assert ("hold", "draft") in case.proposals(HOLD)


@pytest.mark.parametrize("later", ["order-select", "order-sign"])
def test_an_infection_holds_every_later_infusion_too(later: str) -> None:
    assert infected(treated(later)).fires(HOLD)


@pytest.mark.parametrize(
    ("dates", "severity"),
    [
        ({"recorded": "2026-02-02"}, "critical"),  # 28 days ago
        ({"recorded": "2026-02-01"}, "warning"),
        ({"onset": "2026-02-02", "recorded": "2026-02-01"}, "critical"),
        ({"onset": "2026-02-01"}, "warning"),
        ({"onset": "2026-03-01"}, "critical"),
        ({}, "warning"),
    ],
)
def test_correction_38_only_a_recent_infection_is_critical(dates: dict[str, str], severity: str) -> None:
    assert infected(**dates).severity(HOLD) == severity


@pytest.mark.parametrize(
    ("drug", "dosage", "severity"),
    [
        ("amoxicillin", {"mg": 500, "per_day": 3}, "critical"),
        ("tmp-smx", {"mg": 960, "per_day": 1}, "warning"),  # decision 14: prophylaxis does not count
        ("isoniazid", {"mg": 300, "per_day": 1}, "warning"),
        ("rifapentine", {"mg": 600}, "warning"),
        ("entecavir", {"mg": 0.5, "per_day": 1}, "warning"),
        ("tenofovir-alafenamide", {"mg": 25, "per_day": 1}, "warning"),
    ],
)
def test_a_therapeutic_anti_infective_makes_it_critical(drug: str, dosage: dict[str, int], severity: str) -> None:
    active = infected(onset="2025-12-01").medication(drug, route="oral", start="2026-02-25", **dosage)
    drafted = infected(onset="2025-12-01").co_order(drug, route="oral", start="2026-03-02", **dosage)
    assert active.severity(HOLD) == severity
    assert drafted.severity(HOLD) == severity


def test_tmp_smx_counts_as_treatment_where_its_order_names_the_infection() -> None:
    because = {"reasonCode": [{"text": "Pneumonia"}]}
    case = infected(onset="2025-12-01").medication("tmp-smx", mg=960, per_day=3, start="2026-02-25", **because)
    assert case.severity(HOLD) == "critical"
    because = {"reasonCode": [{"text": "PCP prophylaxis"}]}
    case = infected(onset="2025-12-01").medication("tmp-smx", mg=960, per_day=1, start="2026-02-25", **because)
    assert case.severity(HOLD) == "warning"


@pytest.mark.parametrize("more", [{"clinical": "resolved"}, {"clinical": "inactive"}, {"verification": "refuted"}])
def test_an_infection_that_is_over_or_refuted_is_silent(more: dict[str, str]) -> None:
    assert not infected(**more).fires(HOLD)
    assert infected(**more).fires(REMINDER)


@pytest.mark.parametrize("own_entry", ["chronic-hepatitis-b", "active-tuberculosis", "latent-tuberculosis", "hiv-aids"])
def test_hepatitis_tuberculosis_and_hiv_have_their_own_statements(own_entry: str) -> None:
    assert not clean().condition(own_entry).fires(HOLD)


def test_no_infection_leaves_only_the_reminder() -> None:
    assert not clean().fires(HOLD)
    assert clean().finding(REMINDER).statement.presentation == "detail"


def test_the_reminder_gives_way_to_the_hold() -> None:
    assert not infected().fires(REMINDER)


def test_unfetched_conditions_are_noted_and_the_reminder_stays() -> None:
    case = clean().without("Condition")
    assert not case.fires(HOLD)
    assert HOLD in case.not_assessed()
    assert case.fires(REMINDER)


@pytest.mark.parametrize("statement", [HOLD, REMINDER])
def test_infection_is_checked_on_order_hooks_only(statement: str) -> None:
    assert infected(treated("patient-view")).verdict(statement) is None
