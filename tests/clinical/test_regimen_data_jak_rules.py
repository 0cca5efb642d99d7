"""The rules of upadacitinib and abrocitinib: age, weight and the daily dose."""

import pytest
from skin_cases import SkinCase

AD = "atopic dermatitis"


def upadacitinib(
    amount: str | None = "15 mg",
    *,
    years: float | None = 40,
    kg: float | None = 70,
    reason: str | None = AD,
    new: bool = False,
) -> SkinCase:
    case = SkinCase().aged(years).weighing(kg)
    if not new:
        case.given("2026-01-05", "2026-02-02", drug="upadacitinib", mg=15)
    return case.order("upadacitinib", amount, "once a day", route="PO", reason=reason)


@pytest.mark.parametrize(
    ("years", "amount", "severity"),
    [
        (65, "15 mg", None),
        (65, "30 mg", "critical"),
        (65, "16 mg", "critical"),
        (64, "30 mg", None),
        (None, "30 mg", "warning"),
        (None, "15 mg", None),
        (65, None, None),
    ],
)
def test_from_65_years_upadacitinib_is_15_mg(years: float | None, amount: str | None, severity: str | None) -> None:
    assert upadacitinib(amount, years=years).severity("DERM-UPA-001") == severity


def test_the_dose_in_old_age_is_about_atopic_dermatitis_only() -> None:
    assert upadacitinib("30 mg", years=70, reason="crohn").severity("DERM-UPA-001") is None


@pytest.mark.parametrize(
    ("years", "kg", "severity"),
    [
        (12, 39.9, "critical"),
        (12, 40, None),
        (17, 39, "critical"),
        (18, 39, None),
        (15, None, "warning"),
        (18, None, None),
        (11, 39, None),
    ],
)
def test_from_12_to_17_years_upadacitinib_needs_40_kg(years: float, kg: float | None, severity: str | None) -> None:
    assert upadacitinib(years=years, kg=kg).severity("DERM-UPA-002") == severity


def test_a_critical_weight_offers_to_delete_the_draft_and_an_unknown_one_to_weigh() -> None:
    assert [p.action for p in upadacitinib(years=15, kg=35).findings()["DERM-UPA-002"].proposals] == ["delete"]
    assert [p.action for p in upadacitinib(years=15, kg=None).findings()["DERM-UPA-002"].proposals] == ["order"]


@pytest.mark.parametrize(("years", "severity"), [(11, "critical"), (12, None), (None, "warning")])
def test_below_12_years_upadacitinib_is_not_for_atopic_dermatitis(years: float | None, severity: str | None) -> None:
    assert upadacitinib(years=years, kg=45).severity("DERM-UPA-004") == severity


@pytest.mark.parametrize("identifier", ["DERM-UPA-002", "DERM-UPA-004"])
def test_correction_18_weight_and_age_of_upadacitinib_are_rules_of_atopic_dermatitis_alone(identifier: str) -> None:
    assert upadacitinib(years=11, kg=30, reason="crohn").severity(identifier) is None
    assert upadacitinib(years=15, kg=30, reason="crohn").severity(identifier) is None


@pytest.mark.parametrize(
    ("amount", "new", "severity"),
    [("30 mg", True, "info"), ("15 mg", True, None), ("30 mg", False, None), ("45 mg", True, None)],
)
def test_correction_18_that_upadacitinib_starts_with_15_mg_is_information(
    amount: str, new: bool, severity: str | None
) -> None:
    assert upadacitinib(amount, new=new).severity("DERM-UPA-003") == severity


def test_30_mg_with_an_unknown_history_asks_whether_15_mg_was_tried() -> None:
    case = upadacitinib("30 mg", new=True)
    case.without("MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense")
    found = case.findings()["DERM-UPA-003"]
    assert found.severity == "info"
    assert found.missing


@pytest.mark.parametrize(
    ("years", "kg", "severity"), [(18, 39, "info"), (18, 40, None), (17, 39, None), (65, 39, None), (40, None, None)]
)
def test_an_adult_below_40_kg_is_told_that_the_limit_may_be_meant_for_adults_too(
    years: float, kg: float | None, severity: str | None
) -> None:
    assert upadacitinib(years=years, kg=kg).severity("derm.upadacitinib.adult-under-40-kg.info") == severity


def abrocitinib(
    amount: str | None = "100 mg", rhythm: str | None = "once a day", *, years: float | None = 40
) -> SkinCase:
    case = SkinCase().aged(years).given("2026-02-02", drug="abrocitinib", mg=100)
    return case.order("abrocitinib", amount, rhythm, route="PO", reason=AD)


@pytest.mark.parametrize(
    ("years", "amount", "severity"),
    [
        (65, "100 mg", None),
        (65, "101 mg", "warning"),
        (65, "200 mg", "warning"),
        (64, "200 mg", None),
        (None, "200 mg", "warning"),
    ],
)
def test_from_65_years_abrocitinib_is_100_mg(years: float | None, amount: str, severity: str | None) -> None:
    assert abrocitinib(amount, years=years).severity("DERM-ABR-001") == severity


@pytest.mark.parametrize(
    ("amount", "rhythm", "severity"),
    [
        ("200 mg", "once a day", None),
        ("201 mg", "once a day", "critical"),
        ("200 mg", "twice a day", "critical"),
        ("100 mg", "twice a day", None),
        (None, "once a day", "info"),
    ],
)
def test_abrocitinib_is_at_most_200_mg_a_day(amount: str | None, rhythm: str, severity: str | None) -> None:
    assert abrocitinib(amount, rhythm).severity("DERM-ABR-002") == severity


@pytest.mark.parametrize(("years", "severity"), [(11, "warning"), (12, None), (None, "warning")])
def test_abrocitinib_is_for_patients_from_12_years(years: float | None, severity: str | None) -> None:
    found = abrocitinib(years=years).findings()
    assert (found["DERM-ABR-003"].severity if "DERM-ABR-003" in found else None) == severity
    if severity:
        assert "DERM-AGE-001" not in found


@pytest.mark.parametrize(("years", "severity"), [(4, None), (5, "info"), (17, "info"), (18, None), (None, None)])
def test_that_belimumab_is_for_children_from_5_years_is_read_from_a_damaged_line(
    years: float | None, severity: str | None
) -> None:
    case = SkinCase().aged(years).weighing(20).order("belimumab", "10 mg/kg", "every 4 weeks", route="IV", reason="SLE")
    assert case.severity("derm.belimumab.child-age-uncertain.info") == severity
