"""The rules of omalizumab: its maximum, the doses in dermatitis and urticaria, and IgE before the first dose."""

import fhir_records as fhir
import pytest
from codings import LOINC
from skin_cases import SkinCase

AD, CSU, BP = "atopic dermatitis", "chronic urticaria", "bullous pemphigoid"
IGE = (LOINC, "19113-0", "IgE")


def omalizumab(
    amount: str | None, rhythm: str | None, reason: str | None = AD, hook: str = "order-sign", **more: object
) -> SkinCase:
    case = SkinCase(hook).weighing(70).given("2026-01-05", "2026-02-02", drug="omalizumab", mg=300)
    return case.order("omalizumab", amount, rhythm, route="SC", reason=reason, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
@pytest.mark.parametrize(
    ("amount", "rhythm", "reason", "severity"),
    [
        ("600 mg", "every 2 weeks", AD, None),
        ("601 mg", "every 2 weeks", AD, "critical"),
        ("600 mg", "every 13 days", AD, "critical"),
        ("600 mg", "every week", AD, "critical"),
        ("300 mg", "every week", AD, None),
        ("301 mg", "every week", AD, "critical"),
        ("300 mg", "every 4 weeks", CSU, None),
        ("300 mg", "every 2 weeks", CSU, None),
        ("301 mg", "every 2 weeks", CSU, "critical"),
        ("600 mg", "every 4 weeks", CSU, None),
        ("600 mg", "every 27 days", CSU, "critical"),
        ("450 mg", "every 2 weeks", AD, None),
        ("450 mg", "every 2 weeks", CSU, "critical"),
        ("750 mg", "every 4 weeks", BP, "critical"),
    ],
)
def test_correction_5_more_than_600_mg_at_once_in_14_days_or_in_urticaria_in_28_days_is_critical(
    hook: str, amount: str, rhythm: str, reason: str, severity: str | None
) -> None:
    assert omalizumab(amount, rhythm, reason, hook).severity("DERM-OMZ-001") == severity


def test_two_orders_of_one_day_are_one_dose() -> None:
    case = SkinCase().order("omalizumab", "450 mg", days=("2026-03-09",), reason=AD)
    assert case.severity("DERM-OMZ-001") is None
    assert case.order("omalizumab", "300 mg", days=("2026-03-09",), reason=AD).severity("DERM-OMZ-001") == "critical"


@pytest.mark.parametrize(("amount", "rhythm"), [(None, "every 4 weeks"), ("300 mL", "every 4 weeks")])
def test_a_dose_that_cannot_be_read_is_information(amount: str | None, rhythm: str | None) -> None:
    found = omalizumab(amount, rhythm).findings()["DERM-OMZ-001"]
    assert found.severity == "info"
    assert found.missing


@pytest.mark.parametrize(
    ("amount", "rhythm", "severity"),
    [
        ("150 mg", "every 2 weeks", None),
        ("149 mg", "every 2 weeks", "warning"),
        ("75 mg", "every 4 weeks", "warning"),
        ("450 mg", "every 4 weeks", None),
        ("451 mg", "every 4 weeks", "warning"),
        ("599 mg", "every 4 weeks", "warning"),
        ("600 mg", "every 2 weeks", None),
        ("300 mg", "every 3 weeks", None),
        ("300 mg", "every 13 days", "warning"),
        ("300 mg", "every 29 days", "warning"),
        ("300 mg", "every 5 weeks", "warning"),
    ],
)
def test_in_atopic_dermatitis_150_to_450_mg_every_2_to_4_weeks(amount: str, rhythm: str, severity: str | None) -> None:
    assert omalizumab(amount, rhythm).severity("DERM-OMZ-002") == severity
    assert omalizumab(amount, rhythm, BP).severity("DERM-OMZ-002") is None


@pytest.mark.parametrize(("amount", "rhythm"), [("900 mg", "every 2 weeks"), ("500 mg", "every week"), (None, None)])
def test_decision_26_the_range_is_silent_where_the_maximum_speaks(amount: str | None, rhythm: str | None) -> None:
    found = omalizumab(amount, rhythm).findings()
    assert "DERM-OMZ-001" in found
    assert "DERM-OMZ-002" not in found
    assert "DERM-OMZ-005" not in omalizumab(amount, rhythm, CSU).findings()


def test_one_dose_has_no_interval_to_be_wrong() -> None:
    case = omalizumab("300 mg", None, days=("2026-03-09",))
    assert case.severity("DERM-OMZ-002") is None
    assert omalizumab("300 mg", None, CSU, days=("2026-03-09",)).severity("DERM-OMZ-005") is None
    assert omalizumab("100 mg", None, days=("2026-03-09",)).severity("DERM-OMZ-002") == "warning"


@pytest.mark.parametrize(
    ("amount", "rhythm", "severity"),
    [
        ("150 mg", "every 4 weeks", None),
        ("300 mg", "every 4 weeks", None),
        ("300 mg", "every 26 days", None),
        ("300 mg", "every 25 days", "warning"),
        ("300 mg", "every 2 weeks", "warning"),
        ("300 mg", "every 8 weeks", None),
        ("225 mg", "every 4 weeks", "warning"),
        ("375 mg", "every 4 weeks", "warning"),
        ("600 mg", "every 4 weeks", "warning"),
    ],
)
def test_in_chronic_spontaneous_urticaria_150_or_300_mg_every_4_weeks(
    amount: str, rhythm: str, severity: str | None
) -> None:
    assert omalizumab(amount, rhythm, CSU).severity("DERM-OMZ-005") == severity
    assert omalizumab(amount, rhythm, AD).severity("DERM-OMZ-005") is None


def test_correction_5_a_rule_of_the_drug_replaces_the_general_one_only_where_it_is_not_less_severe() -> None:
    found = omalizumab("900 mg", "every 4 weeks").findings()
    assert found["DERM-OMZ-001"].severity == "critical"
    assert "DERM-DOSE-001" not in found
    # 1200 mg is four times the dose of urticaria: the general rule is critical and stays beside a warning.
    found = omalizumab("75 mg", "every 4 weeks", CSU).findings()
    assert "DERM-OMZ-005" in found
    assert "DERM-DOSE-001" not in found


def first(reason: str | None = AD) -> SkinCase:
    return SkinCase().weighing(70).order("omalizumab", "300 mg", "every 4 weeks", route="SC", reason=reason)


@pytest.mark.parametrize(("reason", "severity"), [(AD, "warning"), ("asthma", "warning"), (CSU, None), (BP, None)])
def test_total_ige_is_wanted_before_the_first_dose_in_atopic_dermatitis_and_asthma(
    reason: str, severity: str | None
) -> None:
    assert first(reason).severity("DERM-OMZ-003") == severity


def test_ige_on_record_or_a_dose_already_given_ends_the_wish_for_it() -> None:
    measured = fhir.observation(IGE, 350, "2026-02-10", "[IU]/mL")
    assert first().resource(measured).severity("DERM-OMZ-003") is None
    assert first().given("2026-02-02", drug="omalizumab").severity("DERM-OMZ-003") is None
    assert first().without("Observation").verdict("DERM-OMZ-003") == "unknown"
    proposals = {(item.action, item.concept) for item in first().findings()["DERM-OMZ-003"].proposals}
    assert proposals == {("order", "ige-total")}


def test_asthma_on_the_problem_list_is_the_reason_only_where_no_other_indication_is() -> None:
    assert first(None).with_disease("asthma").severity("DERM-OMZ-003") == "warning"
    assert first(None).with_disease("asthma", CSU).severity("DERM-OMZ-003") is None


@pytest.mark.parametrize(
    ("reason", "severity"),
    [
        ("慢性自发性荨麻疹，IgE 350 IU/mL", "info"),
        ("慢性自发性荨麻疹，按体重给药", "info"),
        ("慢性自发性荨麻疹", None),
        ("特应性皮炎，IgE 350 IU/mL", None),
    ],
)
def test_that_the_dose_in_urticaria_rests_on_neither_ige_nor_weight_is_said_only_where_the_order_rests_on_them(
    reason: str, severity: str | None
) -> None:
    case = omalizumab("300 mg", "every 4 weeks", reason)
    assert case.severity("DERM-OMZ-004") == severity
    if severity:
        assert case.findings()["DERM-OMZ-004"].statement.presentation == "detail"
