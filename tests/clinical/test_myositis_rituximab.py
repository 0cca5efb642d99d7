"""Rituximab in myositis (MYO-RTX-001 to 007, 009, 010)."""

from itertools import pairwise

import pytest
from myositis_cases import also_drafted, infusions, ordering
from myositis_people import Person, man, without_disease, woman

DOSE = "MYO-RTX-001"
WEEKLY_DAYS = ("2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30")
FORTNIGHT = ("2026-03-09", "2026-03-23")


def of_size(surface: float | None = 1.8, hook: str = "order-select") -> Person:
    case = ordering(hook)
    return case.lab("bsa", surface, "2026-02-01") if surface else case


def rtx(
    mg: float | None, *days: str, surface: float | None = 1.8, unit: str = "mg", before: tuple[str, ...] = ()
) -> Person:
    case = of_size(surface)
    if before:
        case.was_given("rituximab", *before, mg=1000)
    return infusions(case, "rituximab", mg, *(days or FORTNIGHT), unit=unit)


# RTX-001: the regimens


@pytest.mark.parametrize(
    ("mg", "days", "unit"),
    [
        (375, WEEKLY_DAYS, "mg/m2"),
        (675, WEEKLY_DAYS, "mg"),
        (750, FORTNIGHT, "mg/m2"),
        (1000, FORTNIGHT, "mg"),
        (500, FORTNIGHT, "mg"),
        (100, WEEKLY_DAYS, "mg"),
    ],
)
def test_the_listed_regimens_pass(mg: float, days: tuple[str, ...], unit: str) -> None:
    surface = 1.3 if unit == "mg/m2" else 1.8
    assert rtx(mg, *days, unit=unit, surface=surface).severity(DOSE) is None


@pytest.mark.parametrize(
    ("mg", "days", "unit", "severity"),
    [
        (412, WEEKLY_DAYS, "mg/m2", None),
        (413, WEEKLY_DAYS, "mg/m2", "warning"),
        (338, WEEKLY_DAYS, "mg/m2", None),
        (337, WEEKLY_DAYS, "mg/m2", "warning"),
        (825, FORTNIGHT, "mg/m2", None),
        (826, FORTNIGHT, "mg/m2", "warning"),
        (675, FORTNIGHT, "mg/m2", None),
        (674, FORTNIGHT, "mg/m2", "warning"),
    ],
)
def test_tolerance_of_doses_per_surface(mg: float, days: tuple[str, ...], unit: str, severity: str | None) -> None:
    assert rtx(mg, *days, unit=unit, surface=1.2).severity(DOSE) == severity


@pytest.mark.parametrize(
    ("mg", "severity"),
    [
        (550, None),
        (551, "warning"),
        (450, None),
        (449, "warning"),
        (900, None),
        (899, "warning"),
        (1000, None),
        (1001, "critical"),
    ],
)
def test_tolerance_of_fixed_doses_and_the_cap_of_one_gram(mg: float, severity: str | None) -> None:
    assert rtx(mg, *FORTNIGHT, surface=2.4).severity(DOSE) == severity


def test_a_dose_per_surface_is_held_against_one_gram_too() -> None:
    assert rtx(750, *FORTNIGHT, unit="mg/m2", surface=1.33).severity(DOSE) is None
    assert rtx(750, *FORTNIGHT, unit="mg/m2", surface=1.34).severity(DOSE) == "critical"
    assert rtx(750, *FORTNIGHT, unit="mg/m2", surface=None).severity(DOSE) is None


@pytest.mark.parametrize(("gap", "severity"), [(5, None), (9, None), (4, "warning"), (10, "warning")])
def test_a_week_may_be_two_days_off(gap: int, severity: str | None) -> None:
    days = tuple(f"2026-{3 + (8 + gap * n) // 31:02d}-{(8 + gap * n) % 31 + 1:02d}" for n in range(4))
    assert len(set(days)) == len(list(pairwise(days))) + 1
    assert rtx(100, *days).severity(DOSE) == severity


@pytest.mark.parametrize(
    ("second", "severity"),
    [("2026-03-21", None), ("2026-03-25", None), ("2026-03-20", "warning"), ("2026-03-26", "warning")],
)
def test_two_weeks_may_be_two_days_off(second: str, severity: str | None) -> None:
    assert rtx(500, "2026-03-09", second).severity(DOSE) == severity


def test_750_a_week_apart_is_information() -> None:
    """Correction 14."""
    assert rtx(750, "2026-03-09", "2026-03-16", unit="mg/m2", surface=1.3).severity(DOSE) == "info"
    assert rtx(1000, "2026-03-09", "2026-03-16").severity(DOSE) == "info"
    assert rtx(500, "2026-03-09", "2026-03-16").severity(DOSE) == "warning"


def test_the_number_of_doses_is_compared_with_what_was_given_already() -> None:
    assert rtx(100, *WEEKLY_DAYS[:3]).severity(DOSE) == "warning"
    case = of_size().was_given("rituximab", "2026-03-02", mg=100)
    assert infusions(case, "rituximab", 100, *WEEKLY_DAYS[:3]).severity(DOSE) is None
    assert rtx(500, "2026-03-09").severity(DOSE) is None


@pytest.mark.parametrize(("mg", "severity"), [(844, "critical"), (843, "warning")])
def test_half_as_much_again_counts_by_the_surface(mg: float, severity: str) -> None:
    """562.5 mg/m2 of 1.5 m2; at that surface 844 mg fits no regimen by its dose."""
    assert rtx(mg, *WEEKLY_DAYS[:2], surface=1.5).severity(DOSE) == severity


def test_without_a_surface_the_dose_cannot_be_checked() -> None:
    assert rtx(700, *WEEKLY_DAYS, surface=None).severity(DOSE) == "warning"
    said = rtx(700, *WEEKLY_DAYS, surface=None).findings()[DOSE].statement.say.zh
    assert "无法核对" in said
    assert ("order", "body-height") in rtx(700, *WEEKLY_DAYS, surface=None).proposals(DOSE)
    assert rtx(None).severity(DOSE) == "warning"


@pytest.mark.parametrize(("before", "severity"), [("2025-09-10", None), ("2025-09-11", "warning")])
def test_one_repeat_dose_after_half_a_year(before: str, severity: str | None) -> None:
    """Correction 14: 500 to 1000 mg, at least 180 days after the course before."""
    case = of_size(2.4).was_given("rituximab", before, mg=1000)
    assert infusions(case, "rituximab", 700, "2026-03-09").severity(DOSE) == severity


def test_a_repeat_dose_lies_between_500_and_1000() -> None:
    def repeated(mg: float) -> str | None:
        case = of_size(2.4).was_given("rituximab", "2025-06-01", mg=1000)
        return infusions(case, "rituximab", mg, "2026-03-09").severity(DOSE)

    assert repeated(700) is None
    assert repeated(440) == "warning"
    assert repeated(1001) == "critical"


# RTX-001: the course (correction 14, decision 25)


def course(given: float, surface: float | None, on: str = "2026-02-01") -> Person:
    """1000 mg twice drafted, and so much given before."""
    case = of_size(surface).was_given("rituximab", on, mg=given)
    return infusions(case, "rituximab", 1000, *FORTNIGHT)


@pytest.mark.parametrize(
    ("given", "surface", "severity"),
    [(1000, 1.8, None), (1001, 1.8, "critical"), (1400, 2.1, None), (1500, 2.1, "critical")],
)
def test_the_limit_of_a_course_follows_the_surface(given: float, surface: float, severity: str | None) -> None:
    """3000 mg, or 1.1 x 4 x 375 mg/m2: 3465 mg at 2.1 m2."""
    assert course(given, surface).severity(DOSE) == severity


def test_no_surface_allows_more_than_4400() -> None:
    assert course(2400, 2.9).severity(DOSE) is None
    assert course(2401, 2.9).severity(DOSE) == "critical"


@pytest.mark.parametrize(
    ("given", "severity"), [(1000, None), (1001, "warning"), (2000, "warning"), (2001, "critical")]
)
def test_without_a_surface_more_than_3_g_is_a_warning_and_more_than_4_g_critical(
    given: float, severity: str | None
) -> None:
    """Decision 25."""
    assert course(given, None).severity(DOSE) == severity


@pytest.mark.parametrize(("on", "severity"), [("2025-12-02", "critical"), ("2025-12-01", None)])
def test_a_course_is_16_weeks(on: str, severity: str | None) -> None:
    assert course(1500, 1.8, on).severity(DOSE) == severity


def test_an_order_and_its_own_infusions_count_once() -> None:
    case = of_size().takes("rituximab", 1000, route="intravenous", dates=("2026-02-01", "2026-02-15"), start=None)
    case.was_given("rituximab", "2026-02-01", "2026-02-15", mg=1000)
    assert infusions(case, "rituximab", 1000, "2026-03-09").severity(DOSE) is None
    case = of_size().takes("rituximab", 1000, route="intravenous", dates=("2026-02-01", "2026-02-15"), start=None)
    assert infusions(case, "rituximab", 1000, "2026-03-09", "2026-03-23").severity(DOSE) == "critical"


def test_it_is_about_myositis_only() -> None:
    assert without_disease(rtx(2000, *FORTNIGHT)).severity(DOSE) is None


# RTX-002


def risky(birth: str = "1950-06-15") -> Person:
    return man("order-select", birth=birth)


def test_full_dose_at_high_risk_and_low_dose_without() -> None:
    assert infusions(risky(), "rituximab", 1000, *FORTNIGHT).severity("MYO-RTX-002") == "info"
    assert infusions(risky(), "rituximab", 500, *FORTNIGHT).severity("MYO-RTX-002") is None
    assert infusions(safe(), "rituximab", 500, *FORTNIGHT).severity("MYO-RTX-002") == "info"
    assert infusions(safe(), "rituximab", 1000, *FORTNIGHT).severity("MYO-RTX-002") is None


def safe() -> Person:
    """Every risk known to be absent."""
    return ordering().lab("bsa", 1.8, "2026-02-01").lab("cd4-count", 600).lab("serum-igg", 10, low=7, high=16)


def test_an_unknown_risk_is_told() -> None:
    case = infusions(ordering().lab("bsa", 1.8, "2026-02-01"), "rituximab", 1000, *FORTNIGHT)
    assert case.severity("MYO-RTX-002") == "info"
    assert "无法判断" in case.findings()["MYO-RTX-002"].statement.say.zh


# RTX-003


def premedicated(
    case: Person, mp: float | None = 100, *, paracetamol: bool = True, antihistamine: bool = True
) -> Person:
    if mp:
        also_drafted(case, "methylprednisolone", mp, route="intravenous", per_day=None, dates=("2026-03-09",))
    if paracetamol:
        also_drafted(case, "paracetamol", 650, per_day=None, dates=("2026-03-09",))
    if antihistamine:
        also_drafted(case, "diphenhydramine", 50, per_day=None, dates=("2026-03-09",))
    return case


def infusion(earlier: bool = True) -> Person:
    case = of_size()
    if earlier:
        case.was_given("rituximab", "2025-08-01", mg=500)
    return infusions(case, "rituximab", 500, "2026-03-09")


@pytest.mark.parametrize(
    ("mp", "paracetamol", "antihistamine", "severity"),
    [
        (100, True, True, None),
        (99, True, True, "info"),
        (None, True, True, "info"),
        (100, False, True, "info"),
        (None, False, False, "warning"),
    ],
)
def test_what_is_missing_before_the_infusion(
    mp: float | None, paracetamol: bool, antihistamine: bool, severity: str | None
) -> None:
    case = premedicated(infusion(), mp, paracetamol=paracetamol, antihistamine=antihistamine)
    assert case.severity("MYO-RTX-003") == severity


def test_the_first_in_a_year_or_an_earlier_reaction_is_a_warning() -> None:
    assert premedicated(infusion(earlier=False), None).severity("MYO-RTX-003") == "warning"
    reacted = premedicated(infusion(), None).resource(reaction())
    assert reacted.severity("MYO-RTX-003") == "warning"
    long_ago = infusions(of_size().was_given("rituximab", "2025-03-01", mg=500), "rituximab", 500, "2026-03-09")
    assert premedicated(long_ago, None).severity("MYO-RTX-003") == "warning"
    within = infusions(of_size().was_given("rituximab", "2025-03-02", mg=500), "rituximab", 500, "2026-03-09")
    assert premedicated(within, None).severity("MYO-RTX-003") == "info"


@pytest.mark.parametrize(
    ("drug", "mg", "enough"),
    [
        ("dexamethasone", 20, True),
        ("dexamethasone", 19, False),
        ("hydrocortisone", 500, True),
        ("hydrocortisone", 499, False),
    ],
)
def test_other_steroids_in_equal_dose_are_accepted(drug: str, mg: float, enough: bool) -> None:
    case = also_drafted(
        premedicated(infusion(), None), drug, mg, route="intravenous", per_day=None, dates=("2026-03-09",)
    )
    assert (case.severity("MYO-RTX-003") is None) is enough


@pytest.mark.parametrize(("at", "enough"), [("07:00", True), ("06:59", False), ("08:30", True), ("08:31", False)])
def test_the_steroid_is_timed_half_an_hour_to_two_hours_before(at: str, enough: bool) -> None:
    case = infusions(
        of_size().was_given("rituximab", "2025-08-01", mg=500), "rituximab", 500, "2026-03-09T09:00:00+08:00"
    )
    case = premedicated(case, None)
    case = also_drafted(
        case, "methylprednisolone", 100, route="intravenous", per_day=None, dates=(f"2026-03-09T{at}:00+08:00",)
    )
    assert (case.severity("MYO-RTX-003") is None) is enough


def test_orders_that_were_not_fetched_are_information_when_nothing_else_is_known() -> None:
    assert premedicated(infusion(), None).without("MedicationRequest").severity("MYO-RTX-003") in {"info", "warning"}


def reaction() -> dict[str, object]:
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {"text": "rituximab"},
        "reaction": [{"manifestation": [{"text": "Infusion reaction"}]}],
    }


# RTX-004, 005


def screened(
    case: Person, cells: str | None = "2026-02-20", cd4: str | None = "2026-02-20", igg: str | None = "2026-02-20"
) -> Person:
    if cells:
        case.lab("cd19-b-cell-count", 200, cells)
    if cd4:
        case.lab("cd4-count", 600, cd4)
    if igg:
        case.lab("serum-igg", 10, igg).lab("serum-igm", 1, igg).lab("serum-iga", 2, igg)
    return infusions(case, "rituximab", 500, *FORTNIGHT)


@pytest.mark.parametrize(
    ("cells", "cd4", "severity"),
    [
        ("2025-12-09", "2025-12-09", None),
        ("2025-12-08", "2026-02-01", "warning"),
        ("2026-02-01", "2025-12-08", "warning"),
        (None, None, "warning"),
    ],
)
def test_lymphocyte_subsets_before_rituximab(cells: str | None, cd4: str | None, severity: str | None) -> None:
    """90 days before the first dose on 2026-03-09."""
    assert screened(of_size(), cells, cd4).severity("MYO-RTX-004") == severity


def test_old_subsets_are_stale_and_none_are_missing() -> None:
    assert screened(of_size(), "2025-01-01", "2025-01-01").findings()["MYO-RTX-004"].state.value == "stale"
    assert screened(of_size(), None, None).findings()["MYO-RTX-004"].state.value == "missing"


@pytest.mark.parametrize(("igg", "severity"), [("2025-12-09", None), ("2025-12-08", "warning"), (None, "warning")])
def test_immunoglobulins_before_rituximab(igg: str | None, severity: str | None) -> None:
    assert screened(of_size(), igg=igg).severity("MYO-RTX-005") == severity


def test_missing_igm_is_listed_with_a_missing_igg_but_does_not_ask_alone() -> None:
    case = infusions(of_size().lab("serum-igg", 10), "rituximab", 500, *FORTNIGHT)
    assert case.severity("MYO-RTX-005") is None
    assert set(screened(of_size(), igg=None).findings()["MYO-RTX-005"].components) == {
        "serum-igg",
        "serum-igm",
        "serum-iga",
    }


def test_a_low_igg_does_not_make_the_screening_critical() -> None:
    """Correction 15."""
    case = infusions(of_size().lab("serum-igg", 4, "2025-06-01"), "rituximab", 500, *FORTNIGHT)
    assert case.severity("MYO-RTX-005") == "warning"


# RTX-006


def after(last: str, cells: str | None = None, igg: str | None = None) -> Person:
    case = man().was_given("rituximab", last)
    if cells:
        case.lab("cd19-b-cell-count", 5, cells)
    return case.lab("serum-igg", 9, igg) if igg else case


@pytest.mark.parametrize(
    ("last", "severity"),
    [("2025-12-02", "warning"), ("2025-12-03", None), ("2025-03-02", "warning"), ("2025-03-01", None)],
)
def test_from_month_three_for_a_year(last: str, severity: str | None) -> None:
    assert after(last).severity("MYO-RTX-006") == severity


@pytest.mark.parametrize(
    ("cells", "igg", "severity"),
    [
        ("2026-01-24", "2026-01-24", None),
        ("2026-01-23", "2026-01-24", "warning"),
        ("2026-01-24", "2026-01-23", "warning"),
    ],
)
def test_every_month(cells: str, igg: str, severity: str | None) -> None:
    assert after("2025-11-01", cells, igg).severity("MYO-RTX-006") == severity


def test_without_rituximab_nothing_is_monitored() -> None:
    assert man().severity("MYO-RTX-006") is None


# RTX-007 (correction 15)


def infected(igg: float | None, *days: str, low: float | None = 7, last: str = "2025-11-01") -> Person:
    case = man().was_given("rituximab", last)
    for day in days:
        case.ill("pneumonia", onset=day, clinical="resolved")
    return case.lab("serum-igg", igg, low=low, high=16 if low else None) if igg else case


TWICE = ("2025-06-01", "2025-12-01")


@pytest.mark.parametrize(
    ("igg", "low", "days", "severity"),
    [
        (6.5, 7, TWICE, "warning"),
        (7.5, 7, TWICE, None),
        (5.9, None, TWICE, "warning"),
        (6.0, None, TWICE, None),
        (6.5, 7, ("2025-12-01",), None),
        (6.5, 7, ("2025-03-02", "2025-12-01"), "warning"),
        (6.5, 7, ("2025-03-01", "2025-12-01"), None),
        (None, None, TWICE, "info"),
        (None, None, (), None),
    ],
)
def test_low_igg_with_repeated_infections(
    igg: float | None, low: float | None, days: tuple[str, ...], severity: str | None
) -> None:
    assert infected(igg, *days, low=low).severity("MYO-RTX-007") == severity


def test_one_serious_infection_is_enough_and_immunoglobulin_answers_it() -> None:
    assert infected(6.5).ill("sepsis", onset="2025-12-01", clinical="resolved").severity("MYO-RTX-007") == "warning"
    assert infected(6.5, *TWICE).was_given("ivig", "2026-02-15").severity("MYO-RTX-007") is None
    assert infected(6.5, *TWICE, last="2025-02-28").severity("MYO-RTX-007") is None


@pytest.mark.parametrize(("igg", "severity"), [(4.9, "warning"), (5.0, None)])
def test_another_dose_with_an_igg_below_5(igg: float, severity: str | None) -> None:
    case = infusions(of_size().lab("serum-igg", igg), "rituximab", 500, *FORTNIGHT)
    assert case.severity("MYO-RTX-007") == severity


# RTX-009


def test_an_earlier_reaction_is_told() -> None:
    assert rtx(500).resource(reaction()).severity("MYO-RTX-009") == "warning"
    assert rtx(500).severity("MYO-RTX-009") is None
    assert rtx(500).without("AllergyIntolerance").verdict("MYO-RTX-009") == "unknown"


# RTX-010


def expecting_rtx(status: str | None) -> Person:
    case = woman("order-select")
    if status:
        case.lab("pregnancy-status", status, "2026-02-20")
    return infusions(case, "rituximab", 500, *FORTNIGHT)


def test_pregnancy_or_its_planning_and_rituximab() -> None:
    assert expecting_rtx("pregnant").severity("MYO-RTX-010") == "warning"
    assert expecting_rtx("not pregnant").severity("MYO-RTX-010") is None
    assert (
        expecting_rtx("not pregnant")
        .lab("pregnancy-intention", "wants to become pregnant", "2026-01-10")
        .severity("MYO-RTX-010")
        == "warning"
    )
    assert expecting_rtx(None).severity("MYO-RTX-010") == "warning"
    assert rtx(500).severity("MYO-RTX-010") is None


@pytest.mark.parametrize(("last", "severity"), [("2025-09-02", "warning"), ("2025-09-01", None)])
def test_six_months_before_conception(last: str, severity: str | None) -> None:
    case = woman().lab("pregnancy-intention", "wants to become pregnant", "2026-01-10").was_given("rituximab", last)
    assert case.severity("MYO-RTX-010") == severity


def test_it_is_about_everyone_on_rituximab() -> None:
    assert without_disease(expecting_rtx("pregnant")).severity("MYO-RTX-010") == "warning"
    assert ("refer", "obstetrics") in expecting_rtx("pregnant").proposals("MYO-RTX-010")
    assert ("order", "pregnancy-test") in expecting_rtx(None).proposals("MYO-RTX-010")
