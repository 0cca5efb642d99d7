"""Coming from another biologic: when to start, and loading (recommendations 19 and 20)."""

import pytest
from building import Case, clean, treated

CD20_TIMING = "switch.anti-cd20.timing.interval-check"
CD20_LOADING = "switch.anti-cd20.loading-required.interval-check"
SATRALIZUMAB = "switch.satralizumab.interval-4-weeks.interval-check"
ECULIZUMAB = "switch.eculizumab.interval-2-weeks.interval-check"
DAY15_MISSING = "interval.day15-missing.interval-check"


def because(text: str) -> dict[str, object]:
    return {"dates": ("2026-03-09", "2026-03-23"), "reasonCode": [{"text": text}]}


# Anti-CD20 antibodies


def after_rituximab(next_dose: str | None = "2026-04-01", drug: str = "rituximab") -> Case:
    """Last anti-CD20 dose 2025-10-01."""
    case = clean().given("2025-09-17", "2025-10-01", drug=drug, mg=1000)
    return case.medication(drug, intent="plan", dates=(next_dose,)) if next_dose else case


@pytest.mark.parametrize("drug", ["rituximab", "ofatumumab", "ocrelizumab", "obinutuzumab"])
def test_inebilizumab_before_the_next_anti_cd20_dose_is_noted(drug: str) -> None:
    case = after_rituximab(drug=drug)
    assert case.severity(CD20_TIMING) == "info"
    assert case.proposed_day(CD20_TIMING, "move_draft") == "2026-04-01"


@pytest.mark.parametrize(("next_dose", "fires"), [("2026-03-08", False), ("2026-03-09", False), ("2026-03-10", True)])
def test_the_next_planned_dose_is_the_earliest_day(next_dose: str, fires: bool) -> None:
    assert after_rituximab(next_dose).fires(CD20_TIMING) is fires


@pytest.mark.parametrize(
    ("percent", "on", "fires"),
    [
        (1, "2026-02-20", False),
        (0.9, "2026-02-20", True),
        (2, "2025-10-01", True),  # not after the last dose
        (2, "2025-10-02", False),
    ],
)
def test_one_percent_cd19_after_the_last_dose_allows_the_switch(percent: float, on: str, fires: bool) -> None:
    case = after_rituximab().result("cd19-b-cell-percent", percent, on, "%")
    assert case.fires(CD20_TIMING) is fires


def test_any_one_percent_since_the_last_dose_is_enough() -> None:
    case = after_rituximab().result("cd19-b-cell-percent", 1.5, "2026-01-20", "%")
    assert not case.result("cd19-b-cell-percent", 0.5, "2026-02-20", "%").fires(CD20_TIMING)


def test_a_future_order_is_a_next_planned_dose_too() -> None:
    assert after_rituximab(None).medication("rituximab", dates=("2026-04-01",)).fires(CD20_TIMING)


def test_without_a_next_planned_dose_the_timing_is_noted_as_undecided() -> None:
    case = after_rituximab(None)
    assert not case.fires(CD20_TIMING)
    assert CD20_TIMING in case.not_assessed()
    assert CD20_TIMING not in case.result("cd19-b-cell-percent", 1, "2026-02-20", "%").not_assessed()


def test_anti_cd20_timing_is_silent_without_anti_cd20_and_at_maintenance() -> None:
    assert not clean().fires(CD20_TIMING)
    assert CD20_TIMING not in clean().not_assessed()
    assert not treated("order-select").given("2024-10-01", drug="rituximab", mg=1000).fires(CD20_TIMING)


def test_a_switch_from_anti_cd20_still_needs_the_loading_pair() -> None:
    case = after_rituximab().draft(dates=("2026-03-09",))
    assert case.severity(CD20_LOADING) == "warning"
    assert case.proposed_day(CD20_LOADING, "add_infusion") == "2026-03-23"
    assert case.verdict(DAY15_MISSING) == "superseded"
    assert case.at(hook="order-sign").fires(CD20_LOADING)


def test_a_planned_pair_or_no_anti_cd20_needs_no_reminder_of_loading() -> None:
    assert not after_rituximab().fires(CD20_LOADING)
    assert not after_rituximab().draft(dates=("2026-03-09",)).ordered("2026-03-23").fires(CD20_LOADING)
    case = clean().draft(dates=("2026-03-09",))
    assert not case.fires(CD20_LOADING)
    assert case.fires(DAY15_MISSING)


def test_loading_is_not_judged_when_orders_were_not_fetched() -> None:
    assert not after_rituximab().draft(dates=("2026-03-09",)).without("MedicationRequest").fires(CD20_LOADING)


# Satralizumab and eculizumab


def after(drug: str, last: str) -> Case:
    return clean().given("2025-06-01", last, drug=drug, mg=120)


@pytest.mark.parametrize(("last", "fires"), [("2026-02-09", False), ("2026-02-10", True)])
def test_four_weeks_after_satralizumab(last: str, fires: bool) -> None:
    case = after("satralizumab", last)
    assert case.severity(SATRALIZUMAB) == ("info" if fires else None)
    if fires:
        assert case.proposed_day(SATRALIZUMAB, "move_draft") == "2026-03-10"


@pytest.mark.parametrize(("last", "fires"), [("2026-02-23", False), ("2026-02-24", True)])
def test_two_weeks_after_eculizumab(last: str, fires: bool) -> None:
    case = after("eculizumab", last)
    assert case.severity(ECULIZUMAB) == ("info" if fires else None)
    if fires:
        assert case.proposed_day(ECULIZUMAB, "move_draft") == "2026-03-10"


BOTH = pytest.mark.parametrize(("drug", "statement"), [("satralizumab", SATRALIZUMAB), ("eculizumab", ECULIZUMAB)])


@BOTH
def test_after_a_relapse_on_the_earlier_drug_the_switch_is_at_once(drug: str, statement: str) -> None:
    assert not after(drug, "2026-03-01").condition("nmosd-relapse", onset="2025-06-01").fires(statement)
    assert after(drug, "2026-03-01").condition("nmosd-relapse", onset="2025-05-31").fires(statement)


@BOTH
def test_an_order_for_relapse_or_treatment_failure_is_at_once(drug: str, statement: str) -> None:
    for text in ("NMOSD relapse", "复发", "treatment failure"):
        assert not after(drug, "2026-03-01").draft(**because(text)).fires(statement), text
    for text in ("relapse prevention", "预防复发", "复发型NMOSD", "patient preference"):
        assert after(drug, "2026-03-01").draft(**because(text)).fires(statement), text


@BOTH
def test_no_interval_is_wanted_without_a_dated_dose_or_at_maintenance(drug: str, statement: str) -> None:
    assert not clean().fires(statement)
    assert not clean().statement(drug).fires(statement)
    assert not treated("order-select").given("2026-03-01", drug=drug, mg=120).fires(statement)


@BOTH
def test_the_interval_is_undecided_when_doses_were_not_fetched(drug: str, statement: str) -> None:
    case = after(drug, "2026-03-01").without("MedicationAdministration")
    assert not case.fires(statement)
    assert statement in case.not_assessed()


def test_other_biologics_have_no_interval_in_the_source() -> None:
    case = clean().given("2026-03-01", drug="tocilizumab", mg=480)
    assert not {SATRALIZUMAB, ECULIZUMAB, CD20_TIMING} & case.ids()


def test_the_text_does_not_say_that_b_cells_were_low() -> None:
    say = after_rituximab().finding(CD20_TIMING).statement.say
    assert "no CD19+ result of 1 % or more is on record" in say.en
    assert "未见CD19+B细胞≥1%的结果" in say.zh
    assert "均未满足" not in say.zh


@BOTH
def test_a_reason_that_refers_to_a_relapse_of_the_record_is_read(drug: str, statement: str) -> None:
    case = after(drug, "2026-03-01").condition("nmosd-relapse", onset="2025-05-31", id="relapse")
    assert case.fires(statement)
    referring = {"reasonReference": [{"reference": "Condition/relapse"}]}
    assert not case.draft(dates=("2026-03-09", "2026-03-23"), **referring).fires(statement)
