"""What long-term glucocorticoids ask for (MYO-GC-004, 009 to 012A, 014, 015)."""

import pytest
from myositis_cases import on_steroid, ordering
from myositis_people import Person, man, woman
from test_myositis_facts_of_disease import fact


def long_term(mg: float = 20, hook: str = "patient-view") -> Person:
    """On prednisone since October 2025, an order without an end."""
    return on_steroid(man(hook), mg)


def looked_after(case: Person) -> Person:
    return case.lab("glucose", 95, "2026-02-01").lab("ldl", 100, "2026-02-01").lab("t-score", -0.5, "2026-02-01")


# Long-term


def test_long_term_is_90_days_on_record_or_an_order_for_as_long() -> None:
    assert fact(long_term(), "long_term_gc") is True
    assert fact(long_term(4.9), "long_term_gc") is False
    assert fact(long_term(5), "long_term_gc") is True
    assert fact(man(), "long_term_gc") is False
    short = on_steroid(man(), 20, start="2026-02-20", end="2026-03-20")
    assert fact(short, "long_term_gc") is False
    ordered = on_steroid(man(), 20, start="2026-02-20", end="2026-05-21")
    assert fact(ordered, "long_term_gc") is True
    assert fact(on_steroid(man(), 20, start="2026-02-20", end="2026-05-20"), "long_term_gc") is False
    months = on_steroid(man(), 20, start="2025-11-01", end="2026-01-10", status="completed")
    assert fact(on_steroid(months, 20, start="2026-02-20", end="2026-03-20"), "long_term_gc") is False
    months = on_steroid(man(), 20, start="2025-11-01", end="2026-01-25", status="completed")
    assert fact(on_steroid(months, 20, start="2026-02-20", end="2026-03-20"), "long_term_gc") is True


def test_without_prescriptions_it_is_unknown() -> None:
    assert fact(long_term().without("MedicationRequest"), "long_term_gc") is None


# GC-004


@pytest.mark.parametrize(("mg", "severity"), [(15, "info"), (16, None)])
def test_a_low_daily_dose_may_go_to_every_other_day(mg: float, severity: str | None) -> None:
    assert long_term(mg).severity("MYO-GC-004") == severity


def test_not_after_a_flare_and_not_where_it_is_done() -> None:
    assert long_term(15).ill("flare", onset="2025-12-02").severity("MYO-GC-004") is None
    assert long_term(15).ill("flare", onset="2025-12-01").severity("MYO-GC-004") == "info"
    qod = {"frequency": 1, "period": 2, "periodUnit": "d"}
    assert on_steroid(man(), 20, repeat=qod).severity("MYO-GC-004") is None
    assert man().severity("MYO-GC-004") is None


# GC-009


def test_one_overdue_item_is_information_and_several_are_a_warning() -> None:
    assert looked_after(long_term()).severity("MYO-GC-009") is None
    assert looked_after(long_term()).forget("ldl").severity("MYO-GC-009") == "info"
    assert looked_after(long_term()).forget("ldl", "glucose").severity("MYO-GC-009") == "warning"
    assert long_term().severity("MYO-GC-009") == "warning"
    assert man().severity("MYO-GC-009") is None


@pytest.mark.parametrize(
    ("name", "value", "day", "overdue"),
    [
        ("glucose", 95, "2025-12-02", False),
        ("glucose", 95, "2025-12-01", True),
        ("hba1c", 6, "2025-12-02", False),
        ("ldl", 100, "2025-09-03", False),
        ("ldl", 100, "2025-09-02", True),
        ("t-score", -1.5, "2025-03-02", False),
        ("t-score", -1.5, "2025-03-01", True),
        ("t-score", -1.0, "2025-03-01", True),
        ("t-score", -0.9, "2024-03-02", False),
        ("t-score", -0.9, "2024-03-01", True),
    ],
)
def test_how_long_each_counts(name: str, value: float, day: str, overdue: bool) -> None:
    case = looked_after(long_term()).forget("glucose" if name == "hba1c" else name).lab(name, value, day)
    assert (case.severity("MYO-GC-009") == "info") is overdue


def test_panels_count_too_and_only_what_is_overdue_is_ordered() -> None:
    case = looked_after(long_term()).forget("ldl", "t-score").had("lipid panel", "2026-01-10").had("dxa", "2026-01-10")
    assert case.severity("MYO-GC-009") is None
    assert looked_after(long_term()).forget("ldl").proposals("MYO-GC-009") == {("order", "lipid-panel")}
    assert ("order", "fracture-risk-assessment") in long_term().proposals("MYO-GC-009")


def test_results_that_were_not_fetched_are_said_to_be_missing() -> None:
    assert long_term().without("Observation").severity("MYO-GC-009") is not None


# GC-010 (correction 29)


def supplied(calcium: float | None, units: float | None, hook: str = "patient-view") -> Person:
    case = long_term(hook=hook)
    if calcium:
        case.takes("calcium", calcium)
    if units:
        case.takes("vitamin d", units, unit="IU")
    return case


@pytest.mark.parametrize(
    ("calcium", "units", "severity"),
    [
        (None, None, "warning"),
        (1000, 800, None),
        (999, 800, "info"),
        (None, 800, "info"),
        (1000, 799, "warning"),
        (1000, None, "warning"),
    ],
)
def test_calcium_and_vitamin_d_in_full(calcium: float | None, units: float | None, severity: str | None) -> None:
    assert supplied(calcium, units).severity("MYO-GC-010") == severity


def test_doses_in_tablets_of_known_strength_are_read() -> None:
    case = long_term().takes("calcium", 1200).takes("vitamin d", 2, unit="粒")
    assert case.severity("MYO-GC-010") is None


def test_an_unreadable_dose_is_not_too_little() -> None:
    case = long_term().takes("calcium", None).takes("vitamin d", 800, unit="IU")
    assert case.severity("MYO-GC-010") is None
    assert case.verdict("MYO-GC-010") == "unknown"
    assert long_term().takes("calcium", 1000).takes("calcitriol", None).severity("MYO-GC-010") is None


def test_not_with_high_calcium_kidney_stones_or_in_children() -> None:
    assert long_term().lab("calcium level", 2.9, unit="mmol/L", high=2.6).severity("MYO-GC-010") is None
    assert long_term().lab("calcium level", 2.3, unit="mmol/L", high=2.6).severity("MYO-GC-010") == "warning"
    assert long_term().ill("kidney stones").severity("MYO-GC-010") is None
    assert on_steroid(man(birth="2010-06-15"), 20).severity("MYO-GC-010") is None
    assert man().severity("MYO-GC-010") is None


def test_only_what_is_missing_is_prescribed() -> None:
    assert long_term().proposals("MYO-GC-010") == {("prescribe", "calcium-carbonate"), ("prescribe", "vitamin-d")}
    assert supplied(None, 800).proposals("MYO-GC-010") == {("prescribe", "calcium-carbonate")}


# GC-011


@pytest.mark.parametrize(
    ("value", "on", "severity"),
    [
        (30, "2026-02-01", "warning"),
        (30.1, "2026-02-01", None),
        (31, "2025-03-02", None),
        (31, "2025-03-01", "info"),
        (None, None, "info"),
    ],
)
def test_vitamin_d_is_kept_above_30(value: float | None, on: str | None, severity: str | None) -> None:
    case = long_term()
    if value and on:
        case.lab("vitamin d level", value, on)
    assert case.severity("MYO-GC-011") == severity
    assert man().severity("MYO-GC-011") is None


def test_vitamin_d_in_the_other_unit() -> None:
    assert long_term().lab("vitamin d level", 70, unit="nmol/L").severity("MYO-GC-011") == "warning"
    assert long_term().lab("vitamin d level", 80, unit="nmol/L").severity("MYO-GC-011") is None


# GC-012 (correction 38)


@pytest.mark.parametrize(
    ("score", "on", "severity"),
    [
        (-2.5, "2020-01-01", "warning"),
        (-2.4, "2026-01-01", None),
        (-2.4, "2024-03-02", None),
        (-2.4, "2024-03-01", "info"),
        (None, None, "info"),
    ],
)
def test_weak_bone_on_steroids(score: float | None, on: str | None, severity: str | None) -> None:
    case = long_term()
    if score is not None and on:
        case.lab("t-score", score, on)
    assert case.severity("MYO-GC-012") == severity


def test_a_fragility_fracture_from_age_40_counts() -> None:
    assert long_term().ill("Fragility fracture", onset="2020-06-15").severity("MYO-GC-012") == "warning"
    assert long_term().ill("Fragility fracture", onset="2020-06-14").severity("MYO-GC-012") == "info"


def test_treated_or_pregnant_patients_are_not_asked() -> None:
    assert long_term().lab("t-score", -3, "2026-01-01").takes("alendronate", 70).severity("MYO-GC-012") is None
    denosumab = long_term().lab("t-score", -3, "2026-01-01").was_given("denosumab", "2025-12-01", route="subcutaneous")
    assert denosumab.severity("MYO-GC-012") is None
    pregnant = on_steroid(woman().lab("pregnancy-status", "pregnant", "2026-02-20"), 20).lab(
        "t-score", -3, "2026-01-01"
    )
    assert pregnant.severity("MYO-GC-012") is None
    assert man().lab("t-score", -3, "2026-01-01").severity("MYO-GC-012") is None


def test_a_bisphosphonate_is_offered_unless_the_kidneys_fail() -> None:
    weak = long_term().lab("t-score", -3, "2026-01-01")
    assert ("prescribe", "alendronate") in weak.proposals("MYO-GC-012")
    assert ("prescribe", "alendronate") not in weak.lab("egfr", 29).proposals("MYO-GC-012")
    assert ("order", "dxa") in long_term().proposals("MYO-GC-012")


def test_a_dose_of_a_yearly_drug_counts_for_a_year() -> None:
    given = long_term().lab("t-score", -3, "2026-01-01").was_given("denosumab", "2025-03-02", route="subcutaneous")
    assert given.severity("MYO-GC-012") is None
    given = long_term().lab("t-score", -3, "2026-01-01").was_given("denosumab", "2025-03-01", route="subcutaneous")
    assert given.severity("MYO-GC-012") == "warning"


def test_second_line_before_first_line() -> None:
    assert man().takes("denosumab", 60, route="subcutaneous").severity("MYO-GC-012A") == "info"
    assert man().takes("denosumab", 60).takes("alendronate", 70, status="stopped").severity("MYO-GC-012A") is None
    assert man().takes("denosumab", 60).lab("egfr", 29).severity("MYO-GC-012A") is None
    assert man().takes("denosumab", 60).lab("egfr", 30).severity("MYO-GC-012A") == "info"
    assert man().severity("MYO-GC-012A") is None


# GC-014


@pytest.mark.parametrize(
    ("value", "on", "severity"),
    [
        (3.4, "2026-02-16", "info"),
        (3.5, "2026-02-16", None),
        (2.9, "2026-02-16", "warning"),
        (3.0, "2026-02-16", "info"),
        (2.9, "2026-02-15", None),
    ],
)
def test_low_potassium_on_steroids(value: float, on: str, severity: str | None) -> None:
    assert long_term().lab("potassium", value, on).severity("MYO-GC-014") == severity


def test_the_stomach_is_protected_with_a_risk() -> None:
    assert long_term().takes("celecoxib", 200).severity("MYO-GC-014") == "info"
    assert long_term().takes("warfarin", 3).severity("MYO-GC-014") == "info"
    assert long_term().ill("Peptic ulcer", clinical="resolved").severity("MYO-GC-014") == "info"
    assert long_term().takes("celecoxib", 200).takes("omeprazole", 20).severity("MYO-GC-014") is None
    assert long_term().severity("MYO-GC-014") is None
    assert man().takes("celecoxib", 200).severity("MYO-GC-014") is None


# GC-015


def seen(case: Person, pressure: str = "2026-02-01", weight: str = "2026-02-01", eye: str = "2026-02-01") -> Person:
    return case.lab("blood pressure", "120/80", pressure).lab("body-weight", 70, weight).had("eye examination", eye)


def test_pressure_weight_and_eyes() -> None:
    assert seen(long_term()).severity("MYO-GC-015") is None
    assert seen(long_term(), pressure="2025-12-02").severity("MYO-GC-015") is None
    assert seen(long_term(), pressure="2025-12-01").severity("MYO-GC-015") == "info"
    assert seen(long_term(), weight="2025-12-02").severity("MYO-GC-015") is None
    assert seen(long_term(), weight="2025-12-01").severity("MYO-GC-015") == "info"
    assert seen(long_term(), eye="2025-03-02").severity("MYO-GC-015") is None
    assert seen(long_term(), eye="2025-03-01").severity("MYO-GC-015") == "info"
    assert long_term().severity("MYO-GC-015") == "info"
    assert man().severity("MYO-GC-015") is None
    assert ordering().severity("MYO-GC-015") is None
