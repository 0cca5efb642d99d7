"""Belimumab together with or after rituximab, and the biomarker of its response."""

from typing import Any

import pytest
from lupus_cases import Case, adult, sle

OFF_LABEL = "belimumab-rituximab.sle.combination-off-label"
MISSING = "belimumab-rituximab.sle.iga2-missing"
HIGH = "belimumab-rituximab.sle.iga2-12-5-or-more"
LOW = "belimumab-rituximab.sle.iga2-under-12-5"
RITUXIMAB = "rituximab.sle.missed-primary-endpoint"
AU = "[arb'U]"


def after_rituximab(on: str = "2025-12-10") -> Case:
    return sle().took("rituximab", on).order("belimumab", 600)


def statements(case: Case) -> list[str]:
    return sorted(
        finding.statement.id for finding in case.assessment().findings if "belimumab-rituximab" in finding.statement.id
    )


# What is a combination


@pytest.mark.parametrize(
    "case",
    [
        after_rituximab(),
        sle().order("belimumab").order("rituximab", selected=False),
        sle().order("rituximab").order("belimumab", selected=False),
        sle().order("rituximab").order("belimumab"),
        sle().order("rituximab").order("belimumab").at_hook("order-sign"),
        sle().prescribed("belimumab").order("rituximab"),
        sle().prescribed("rituximab", start="2026-01-10").order("belimumab"),
        sle().stated("rituximab", status="completed", start="2025-12-10").order("belimumab"),
        sle().stated("rituximab", status="stopped", start="2025-12-10").order("belimumab"),
        sle().prescribed("rituximab", status="completed", start="2025-12-10").order("belimumab"),
    ],
)
def test_the_combination_is_said_once(case: Case) -> None:
    assert case.severity(OFF_LABEL) == "warning"
    assert statements(case) == [f"{OFF_LABEL}.indication-check", f"{MISSING}.screening-missing"]


def test_rituximab_for_lupus_is_said_by_the_combination_alone() -> None:
    case = sle().prescribed("belimumab").order("rituximab")
    assert case.verdict(RITUXIMAB) == "superseded"


@pytest.mark.parametrize(
    "case",
    [
        sle().order("belimumab"),
        sle().order("rituximab"),
        after_rituximab("2025-03-01"),
        sle().prescribed("belimumab", status="stopped").order("rituximab"),
        sle().prescribed("rituximab", status="cancelled", start="2026-01-10").order("belimumab"),
        sle().prescribed("rituximab", status="stopped", start="2026-01-10").order("belimumab"),
        sle().stated("rituximab", status="intended", start="2026-05-10").order("belimumab"),
        adult().took("rituximab", "2025-12-10").order("belimumab"),
    ],
)
def test_what_is_no_combination_for_lupus(case: Case) -> None:
    assert statements(case) == []


def test_a_rituximab_dose_of_twelve_months_ago_still_counts() -> None:
    assert after_rituximab("2025-03-02").fires(OFF_LABEL)


def test_a_history_that_could_not_be_looked_for_is_no_combination_on_record() -> None:
    case = sle().without("MedicationAdministration").order("belimumab")
    assert statements(case) == []
    assert f"{OFF_LABEL}.indication-check" in case.not_assessed()


# The biomarker


def test_without_a_baseline_it_is_asked_for() -> None:
    case = after_rituximab()
    assert case.severity(MISSING) == "info"
    assert case.proposals(MISSING) == {("order", "iga2-anti-dsdna")}
    assert not case.fires(HIGH)
    assert not case.fires(LOW)


@pytest.mark.parametrize(("value", "statement"), [(12.5, HIGH), (40, HIGH), (12.4, LOW), (0, LOW)])
@pytest.mark.parametrize("unit", [AU, "AU"])
def test_the_baseline_is_judged_at_12_5_inclusive(value: float, statement: str, unit: str) -> None:
    case = after_rituximab().lab("iga2", value, unit=unit)
    assert case.severity(statement) == "info"
    assert not case.fires(MISSING)
    assert case.fires(HIGH) is not case.fires(LOW)


def test_correction_35_a_low_value_is_no_reason_to_stop_or_exclude() -> None:
    say = after_rituximab().lab("iga2", 5, unit=AU).finding(LOW).statement.say
    assert (
        say.zh
        == "基线IgA2抗dsDNA<12.5 AU：来源仅报道≥12.5 AU者应答率更高，未给出低值者数据；不得据此停用或排除联合治疗。"
    )
    assert "the source reports only a higher response at 12.5 AU or more; do not use this to stop or exclude." in say.en


@pytest.mark.parametrize("unit", ["[IU]/mL", "IU/mL", ""])
def test_a_result_in_other_units_is_no_baseline(unit: str) -> None:
    case = after_rituximab().lab("iga2", 40, unit=unit)
    assert case.fires(MISSING)
    assert not case.fires(HIGH)
    assert not case.fires(LOW)


def test_an_unreadable_newest_baseline_is_unknown_and_no_older_one_takes_its_place() -> None:
    case = after_rituximab().lab("iga2", 40, on="2025-12-20", unit=AU).lab("iga2", 40, on="2026-02-10", unit="IU/mL")
    assert not case.fires(HIGH)
    assert f"{HIGH}.info" in case.not_assessed()


@pytest.mark.parametrize("value", [40, 5])
def test_the_biomarker_says_nothing_without_the_combination_or_without_lupus(value: float) -> None:
    for case in (sle().order("belimumab"), adult().took("rituximab", "2025-12-10").order("belimumab")):
        case.lab("iga2", value, unit=AU)
        assert not case.fires(HIGH)
        assert not case.fires(LOW)


def test_the_usual_anti_dsdna_is_another_test() -> None:
    assert after_rituximab().lab("anti-dsdna", 40, unit="[IU]/mL").fires(MISSING)


def test_the_baseline_is_before_belimumab_of_the_combination() -> None:
    running = after_rituximab("2025-11-10").took("belimumab", "2025-12-20", "2026-01-20")
    assert not running.lab("iga2", 40, on="2025-12-01", unit=AU).fires(MISSING)
    late = after_rituximab("2025-11-10").took("belimumab", "2025-12-20").lab("iga2", 40, on="2026-01-10", unit=AU)
    assert late.fires(MISSING)
    assert not late.fires(HIGH)


def test_belimumab_that_ran_before_rituximab_dates_the_baseline_by_its_own_start() -> None:
    running = sle().prescribed("belimumab", start="2025-06-01").order("rituximab")
    assert running.lab("iga2", 40, on="2025-05-20", unit=AU).fires(HIGH)
    late = (
        sle().prescribed("belimumab", start="2025-06-01").order("rituximab").lab("iga2", 40, on="2025-07-20", unit=AU)
    )
    assert late.fires(MISSING)


def test_belimumab_of_years_ago_is_not_of_this_combination() -> None:
    case = after_rituximab("2025-11-10").took("belimumab", "2019-12-20", "2025-12-20")
    assert case.lab("iga2", 40, on="2025-12-01", unit=AU).fires(HIGH)


def test_a_rituximab_course_that_is_only_stated_dates_the_combination_too() -> None:
    case = (
        sle().stated("rituximab", start="2025-11-10").took("belimumab", "2025-06-20", "2025-12-20").order("belimumab")
    )
    assert case.lab("iga2", 40, on="2026-01-10", unit=AU).fires(MISSING)
    assert case.lab("iga2", 40, on="2025-12-01", unit=AU).fires(HIGH)


@pytest.mark.parametrize("recorded", [Case.took, lambda case, drug, day: case.stated(drug, start=day)])
def test_rituximab_that_is_ordered_ahead_does_not_date_the_combination(recorded: Any) -> None:
    case = recorded(sle(), "rituximab", "2025-11-10").took("belimumab", "2025-12-20").order("belimumab")
    case.prescribed("rituximab", start="2026-06-01", dates=("2026-06-01",))
    assert case.lab("iga2", 40, on="2026-01-10", unit=AU).fires(MISSING)


def test_belimumab_that_was_only_planned_does_not_date_it() -> None:
    case = after_rituximab("2025-11-10").stated("belimumab", status="intended", start="2025-12-20")
    assert case.lab("iga2", 40, on="2026-01-10", unit=AU).fires(HIGH)
    before = sle().prescribed("belimumab", start="2025-09-01").order("rituximab")
    before.stated("belimumab", status="intended", start="2024-01-10")
    assert before.lab("iga2", 40, on="2025-08-10", unit=AU).fires(HIGH)


def test_of_several_baselines_the_newest_counts() -> None:
    case = after_rituximab().lab("iga2", 5, on="2026-01-10", unit=AU).lab("iga2", 40, on="2026-02-10", unit=AU)
    assert case.fires(HIGH)


def test_results_that_could_not_be_looked_for_are_asked_for() -> None:
    case = after_rituximab().without("Observation")
    assert case.fires(MISSING)
    assert {item.why.value for item in case.finding(MISSING).missing} >= {"not fetched"}
