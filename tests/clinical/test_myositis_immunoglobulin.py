"""Intravenous immunoglobulin in myositis (MYO-IVIG-001 and 002)."""

import pytest
from myositis_cases import infusions, ordering
from myositis_people import Person, man, without_disease, woman

DOSE = "MYO-IVIG-001"
FIVE = tuple(f"2026-03-{day:02d}" for day in range(9, 14))


def ivig(grams: float | None, *days: str, kg: float | None = 50, unit: str = "g", **more: object) -> Person:
    """So much on each of the days."""
    case = man("order-select")
    if kg:
        case.lab("body-weight", kg)
    return infusions(case, "ivig", grams, *(days or FIVE), unit=unit, **more)


@pytest.mark.parametrize(
    ("grams", "severity"),
    [(20, None), (22, None), (22.1, "warning"), (25, "warning"), (25.1, "critical"), (18, None), (17.9, "info")],
)
def test_two_grams_per_kg_over_five_days(grams: float, severity: str | None) -> None:
    assert ivig(grams).severity(DOSE) == severity


@pytest.mark.parametrize(
    ("each", "severity"), [(0.4, None), (0.44, None), (0.45, "warning"), (0.51, "critical"), (0.35, "info")]
)
def test_doses_per_kg_need_no_weight(each: float, severity: str | None) -> None:
    assert ivig(each, unit="g/kg", kg=None).severity(DOSE) == severity


def test_a_daily_course_without_named_days_is_written_out() -> None:
    repeat = {"boundsPeriod": {"start": "2026-03-09", "end": "2026-03-13"}}
    case = (
        man("order-select")
        .lab("body-weight", 50)
        .order("ivig", 20, route="intravenous", unit="g", per_day=1, repeat=repeat)
    )
    assert case.severity(DOSE) is None
    case = (
        man("order-select")
        .lab("body-weight", 50)
        .order("ivig", 30, route="intravenous", unit="g", per_day=1, repeat=repeat)
    )
    assert case.severity(DOSE) == "critical"


def test_without_a_weight_or_a_dose_it_cannot_be_checked() -> None:
    assert ivig(20, kg=None).severity(DOSE) == "info"
    assert "无法核对" in ivig(20, kg=None).findings()[DOSE].statement.say.zh
    assert ("order", "body-weight") in ivig(20, kg=None).proposals(DOSE)
    assert ivig(None).severity(DOSE) == "info"


@pytest.mark.parametrize(
    ("given", "severity"), [("2026-02-21", "critical"), ("2026-02-20", "warning"), ("2026-02-12", None)]
)
def test_what_was_given_within_21_days_counts_too(given: str, severity: str | None) -> None:
    """Correction 13. Drafted on 2026-03-09 to 13: from 2026-02-21 all of it lies in 21 days."""
    case = man("order-select").lab("body-weight", 50).was_given("ivig", given, mg=30_000)
    assert infusions(case, "ivig", 20, *FIVE, unit="g").severity(DOSE) == severity


@pytest.mark.parametrize(("first", "severity"), [("2026-02-13", "warning"), ("2026-02-12", None)])
def test_courses_begin_25_days_apart(first: str, severity: str | None) -> None:
    case = man("order-select").lab("body-weight", 50).was_given("ivig", first, mg=100_000)
    assert infusions(case, "ivig", 100, "2026-03-09", unit="g").severity(DOSE) == severity


def test_infusions_of_one_course_are_no_courses_of_their_own() -> None:
    assert ivig(20, "2026-03-09", "2026-03-13", "2026-03-17", "2026-03-20", "2026-03-23").severity(DOSE) is None
    assert ivig(50, "2026-03-09", "2026-03-14").severity(DOSE) == "warning"
    assert ivig(50, "2026-03-09", "2026-03-13").severity(DOSE) is None


def test_an_order_and_its_own_administrations_count_once() -> None:
    case = man("order-select").lab("body-weight", 50)
    case.takes("ivig", 20_000, route="intravenous", dates=FIVE[:2], start=None).was_given("ivig", *FIVE[:2], mg=20_000)
    later = tuple(day.replace("-03-", "-03-") for day in FIVE[2:])
    case.at(today="2026-03-11")
    assert infusions(case, "ivig", 20, *later, unit="g").severity(DOSE) is None


@pytest.mark.parametrize(("first", "severity"), [("2025-09-06", "info"), ("2025-09-07", None)])
def test_longer_than_six_months_is_reassessed(first: str, severity: str | None) -> None:
    case = man("order-select").lab("body-weight", 50).was_given("ivig", first, "2026-02-09", mg=100_000)
    assert infusions(case, "ivig", 100, "2026-03-09", unit="g").severity(DOSE) == severity


@pytest.mark.parametrize(("last", "severity"), [("2026-01-06", "info"), ("2026-01-05", None)])
def test_only_a_treatment_that_went_on(last: str, severity: str | None) -> None:
    case = man("order-select").lab("body-weight", 50).was_given("ivig", "2025-08-01", last, mg=100_000)
    assert infusions(case, "ivig", 100, "2026-03-09", unit="g").severity(DOSE) == severity


@pytest.mark.parametrize(
    ("second", "third", "severity"),
    [("2026-04-06", None, "info"), ("2026-04-06", "2026-04-28", None), ("2026-04-06", "2026-04-27", "warning")],
)
def test_a_plan_of_less_than_three_months(second: str, third: str | None, severity: str | None) -> None:
    days = ("2026-03-09", second, *([third] if third else []))
    if third == "2026-04-28":
        days = ("2026-03-09", "2026-04-03", third)
    assert ivig(100, *days).severity(DOSE) == severity


def test_replacement_is_another_use() -> None:
    assert ivig(5, "2026-03-09", reason="hypogammaglobulinaemia").severity(DOSE) is None
    assert ivig(5, "2026-03-09").severity(DOSE) == "info"
    assert without_disease(ivig(40)).severity(DOSE) is None


# IVIG-002


@pytest.mark.parametrize(
    "name",
    [
        "deep vein thrombosis",
        "myocardial infarction",
        "Ischaemic stroke",
        "Antiphospholipid syndrome",
        "Immobility, bedridden",
    ],
)
def test_risks_of_thrombosis(name: str) -> None:
    assert infusions(man("order-select").ill(name), "ivig", 20, *FIVE, unit="g").severity("MYO-IVIG-002") == "warning"


def test_age_pregnancy_and_everyone() -> None:
    assert infusions(ordering(birth="1961-03-02"), "ivig", 20, *FIVE, unit="g").severity("MYO-IVIG-002") == "warning"
    assert infusions(ordering(birth="1961-03-03"), "ivig", 20, *FIVE, unit="g").severity("MYO-IVIG-002") is None
    pregnant = woman("order-select").lab("pregnancy-status", "pregnant", "2026-02-20")
    assert infusions(pregnant, "ivig", 20, *FIVE, unit="g").severity("MYO-IVIG-002") == "warning"
    assert (
        infusions(without_disease(ordering(birth="1950-01-01")), "ivig", 20, *FIVE, unit="g").severity("MYO-IVIG-002")
        == "warning"
    )


def test_without_diagnoses_it_is_not_said() -> None:
    assert ivig(20).without("Condition").severity("MYO-IVIG-002") is None
    assert ivig(20).without("Condition").verdict("MYO-IVIG-002") == "unknown"
