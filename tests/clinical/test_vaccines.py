"""Vaccination before the first infusion (recommendations 5, 9 and 10)."""

import pytest
from building import Case, clean, planned, treated

HISTORY = "vaccine.history-missing.screening-missing"
PROGRAMME = "vaccine.nip-incomplete.vaccination"
LIVE_BEFORE = "vaccine.live-within-4-weeks-before-start.interval-check"
INACTIVATED_BEFORE = "vaccine.inactivated-within-4-weeks-before-start.info"
RECOMMENDED = "vaccine.high-risk-recommended-missing.vaccination"
NO_DELAY = "vaccine.urgent-treatment-no-delay.info"
FOUR = ("influenza", "pneumococcal", "zoster-recombinant", "covid-19")


def test_no_record_at_all_asks_for_the_history() -> None:
    case = clean().forget("immunizations")
    assert case.severity(HISTORY) == "info"
    assert ("order", "vaccination-history-review") in case.proposals(HISTORY)
    assert planned().forget("immunizations").fires(HISTORY)


def test_one_immunization_or_one_forecast_is_a_record() -> None:
    assert not clean().fires(HISTORY)
    assert not clean().forget("immunizations").vaccinated("hepatitis-b", "1999-01-01").fires(HISTORY)
    assert not clean().forget("immunizations").forecast("hepatitis-b", "complete").fires(HISTORY)


@pytest.mark.parametrize("status", ["not-done", "entered-in-error"])
def test_a_vaccine_that_was_not_given_is_no_record(status: str) -> None:
    assert clean().forget("immunizations").vaccinated("influenza", "2025-10-01", status).fires(HISTORY)


def test_unfetched_immunizations_count_as_no_history() -> None:
    assert clean().without("Immunization").fires(HISTORY)
    assert clean().forget("immunizations").without("ImmunizationRecommendation").fires(HISTORY)


def test_the_history_is_asked_for_before_the_first_dose_only() -> None:
    assert not treated("order-select").forget("immunizations").fires(HISTORY)
    assert not clean("patient-view").forget("immunizations").fires(HISTORY)


@pytest.mark.parametrize(
    ("status", "fires"), [("due", True), ("overdue", True), ("complete", False), ("contraindicated", False)]
)
def test_a_due_programme_vaccine_should_come_first(status: str, fires: bool) -> None:
    assert clean().forecast("hepatitis-b", status).severity(PROGRAMME) == ("warning" if fires else None)


@pytest.mark.parametrize("vaccine", FOUR)
def test_the_four_recommended_vaccines_are_another_statement(vaccine: str) -> None:
    assert not clean().forecast(vaccine).fires(PROGRAMME)


def test_programme_vaccines_do_not_hold_up_urgent_or_later_treatment() -> None:
    assert not clean().forecast("hepatitis-b").condition("nmosd-relapse", onset="2026-02-25").fires(PROGRAMME)
    assert not treated("order-select").forecast("hepatitis-b").fires(PROGRAMME)
    assert clean().without("ImmunizationRecommendation").fires(PROGRAMME) is False


@pytest.mark.parametrize("live", ["mmr", "varicella", "zoster-live", "yellow-fever"])
@pytest.mark.parametrize(("date", "fires"), [("2026-02-09", False), ("2026-02-10", True), ("2026-03-02", True)])
def test_a_live_vaccine_less_than_28_days_before_the_first_infusion(live: str, date: str, fires: bool) -> None:
    case = clean().vaccinated(live, date)
    assert case.severity(LIVE_BEFORE) == ("warning" if fires else None)
    if fires and date == "2026-02-10":
        assert case.proposed_day(LIVE_BEFORE, "move_draft") == "2026-03-10"


def test_a_live_vaccine_on_the_infusion_day_counts() -> None:
    assert clean().vaccinated("mmr", "2026-03-02").draft(dates=("2026-03-02", "2026-03-16")).fires(LIVE_BEFORE)


@pytest.mark.parametrize(("date", "fires"), [("2026-02-08", False), ("2026-02-09", True)])
def test_correction_25_a_live_vaccine_is_checked_before_every_infusion(date: str, fires: bool) -> None:
    assert treated("order-select").vaccinated("mmr", date).fires(LIVE_BEFORE) is fires
    second = clean(today="2026-03-02").given("2026-02-22").draft(dates=("2026-03-08",))
    assert second.vaccinated("mmr", date).fires(LIVE_BEFORE) is fires


def test_an_unknown_or_unfetched_vaccine_is_not_called_live() -> None:
    assert clean().vaccinated("unmapped", "2026-02-20").verdict(LIVE_BEFORE) == "unknown"
    assert clean().without("Immunization").verdict(LIVE_BEFORE) == "unknown"
    assert not clean().vaccinated("influenza", "2026-02-20").fires(LIVE_BEFORE)


@pytest.mark.parametrize(("date", "fires"), [("2026-02-09", False), ("2026-02-10", True)])
def test_an_inactivated_vaccine_less_than_28_days_before_the_first_infusion(date: str, fires: bool) -> None:
    case = clean().vaccinated("influenza", date)
    assert case.severity(INACTIVATED_BEFORE) == ("info" if fires else None)
    if fires:
        assert case.proposed_day(INACTIVATED_BEFORE, "move_draft") == "2026-03-10"


@pytest.mark.parametrize(("date", "fires"), [("2026-03-05", True), ("2026-03-09", True), ("2026-03-10", False)])
def test_a_drafted_inactivated_vaccine_counts_as_well(date: str, fires: bool) -> None:
    assert clean().vaccine_draft("influenza", date).fires(INACTIVATED_BEFORE) is fires


def test_the_inactivated_interval_is_silent_for_live_unknown_or_later() -> None:
    assert not clean().vaccinated("mmr", "2026-02-20").fires(INACTIVATED_BEFORE)
    assert clean().vaccinated("unmapped", "2026-02-20").verdict(INACTIVATED_BEFORE) == "unknown"
    assert not treated("order-select").vaccinated("influenza", "2026-02-20").fires(INACTIVATED_BEFORE)


# High infection risk


@pytest.mark.parametrize(
    ("make", "high"),
    [
        (lambda c: c, False),
        (lambda c: c.condition("diabetes-mellitus"), True),
        (lambda c: c.condition("hiv-aids"), True),
        (lambda c: c.only("serum-igg", 499, "2026-02-10", "mg/dL"), True),
        (lambda c: c.only("serum-igg", 500, "2026-02-10", "mg/dL"), False),
        (lambda c: c.result("edss", 6.0, "2026-02-10"), True),
        (lambda c: c.result("edss", 5.9, "2026-02-10"), False),
        (lambda c: c.patient(sex="male", birth="1956-03-09"), True),  # 70 at the planned date
        (lambda c: c.patient(sex="male", birth="1956-03-10"), False),
        (lambda c: c.patient(sex="male", birth="2008-03-10"), True),  # 17
        (lambda c: c.patient(sex="male", birth="2008-03-09"), False),
        (lambda c: c.result("cd4-count", 199, "2026-02-10", "/uL"), True),
        (lambda c: c.result("cd4-count", 200, "2026-02-10", "/uL"), False),
        (lambda c: c.medication("azathioprine", mg=100, per_day=1, start="2025-12-01"), True),  # with prednisone two
        (lambda c: c.forget("prednisone").medication("azathioprine", mg=100, per_day=1), False),
        (lambda c: steroid(c, "prednisone", 20), True),
        (lambda c: steroid(c, "prednisone", 19.9), False),
    ],
)
def test_who_is_at_high_risk_and_lacks_a_recommended_vaccine(make: object, high: bool) -> None:
    case = make(without("zoster-recombinant"))  # type: ignore[operator]
    assert case.fires(RECOMMENDED) is high
    if high:
        assert set(case.finding(RECOMMENDED).components) == {"zoster"}


def steroid(case: Case, drug: str, mg: float) -> Case:
    return case.forget("prednisone").medication(drug, mg=mg, per_day=1, route="oral", start="2025-11-10")


def without(*missing: str) -> Case:
    case = clean().forget("immunizations")
    for vaccine in set(FOUR) - set(missing):
        case.vaccinated(vaccine, "2025-10-01")
    return case


def test_pregnancy_is_a_high_risk() -> None:
    case = without("zoster-recombinant").patient(sex="female", birth="1985-06-15")
    assert not case.fires(RECOMMENDED)
    assert case.result("pregnancy-status", "pregnant", "2026-02-20").fires(RECOMMENDED)


@pytest.mark.parametrize(
    ("missing", "component"),
    [
        ("influenza", "influenza"),
        ("pneumococcal", "pneumococcal"),
        ("zoster-recombinant", "zoster"),
        ("covid-19", "covid-19"),
    ],
)
def test_each_missing_recommended_vaccine_is_named(missing: str, component: str) -> None:
    case = without(missing).condition("diabetes-mellitus")
    assert case.severity(RECOMMENDED) == "info"
    assert set(case.finding(RECOMMENDED).components) == {component}
    assert ("vaccinate", component) in case.proposals(RECOMMENDED)


def test_the_recommended_vaccines_are_complete_unknown_urgent_or_too_late() -> None:
    assert not clean().condition("diabetes-mellitus").fires(RECOMMENDED)
    no_record = clean().forget("immunizations").condition("diabetes-mellitus")
    assert not no_record.fires(RECOMMENDED)  # no record is not "unvaccinated"
    assert not no_record.without("Immunization").fires(RECOMMENDED)
    urgent = without("influenza").condition("diabetes-mellitus").condition("nmosd-relapse", onset="2026-02-25")
    assert not urgent.fires(RECOMMENDED)
    later = treated("order-select").forget("immunizations").vaccinated("influenza", "2025-10-01")
    assert not later.condition("diabetes-mellitus").fires(RECOMMENDED)


# Urgent treatment


def relapsing(case: Case, **more: str) -> Case:
    return case.condition("nmosd-relapse", **({"onset": "2026-02-25"} | more))


@pytest.mark.parametrize(
    "vaccine_issue",
    [
        lambda c: c.forecast("hepatitis-b"),
        lambda c: c.forecast("influenza", "overdue"),
        lambda c: c.vaccinated("mmr", "2026-02-20"),
        lambda c: c.vaccinated("influenza", "2026-02-20"),
        lambda c: c.condition("diabetes-mellitus").forget("immunizations").vaccinated("influenza", "2025-10-01"),
    ],
)
def test_urgent_treatment_does_not_wait_for_a_vaccine(vaccine_issue: object) -> None:
    assert vaccine_issue(relapsing(clean())).severity(NO_DELAY) == "info"  # type: ignore[operator]
    assert not vaccine_issue(clean()).fires(NO_DELAY)  # type: ignore[operator]


def test_without_an_open_vaccine_matter_nothing_is_said() -> None:
    assert not relapsing(clean()).fires(NO_DELAY)
    assert not relapsing(treated("order-select")).forecast("hepatitis-b").fires(NO_DELAY)


def test_urgency_silences_the_inactivated_interval_but_not_the_live_one() -> None:
    case = relapsing(clean()).vaccinated("influenza", "2026-02-20").vaccinated("mmr", "2026-02-20")
    assert case.verdict(INACTIVATED_BEFORE) == "superseded"
    assert case.fires(LIVE_BEFORE)


def acute(drug: str, mg: float = 1000, per_day: int = 1) -> object:
    return lambda c: c.medication(
        drug, mg=mg, per_day=per_day, route="intravenous", start="2026-03-01", end="2026-03-05"
    )


@pytest.mark.parametrize(
    ("therapy", "urgent"),
    [
        (acute("methylprednisolone"), True),
        (acute("methylprednisolone", 126), True),
        (acute("methylprednisolone", 125), False),
        (acute("methylprednisolone", 63, 2), True),
        (lambda c: c.premedication(methylprednisolone=(150, "intravenous")), False),
        (lambda c: c.co_order("methylprednisolone", mg=500, route="intravenous", dates=("2026-03-04",)), True),
        (
            lambda c: c.co_order("methylprednisolone", mg=500, route="intravenous", dates=("2026-03-09", "2026-03-10")),
            True,
        ),
        (
            lambda c: c.co_order("methylprednisolone", mg=500, route="intravenous", dates=("2026-03-08", "2026-03-09")),
            True,
        ),
        (lambda c: c.procedure("plasma-exchange", status="in-progress", start="2026-03-01"), True),
        (lambda c: c.test_order("plasma-exchange"), True),
        (lambda c: c.service_draft("plasma-exchange", "2026-03-04"), True),
        (acute("ivig"), False),  # correction 24: it may be IgG replacement
    ],
)
def test_running_acute_therapy_is_urgent(therapy: object, urgent: bool) -> None:
    assert therapy(clean().forecast("hepatitis-b")).fires(NO_DELAY) is urgent  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "onset", "urgent"),
    [
        ("NMOSD relapse", "2026-02-25", True),
        ("视神经脊髓炎谱系疾病 复发", "2026-02-25", True),
        ("NMOSD relapse", None, False),  # it needs an onset date
        ("复发型视神经脊髓炎谱系疾病", "2026-02-25", False),
        ("NMOSD, relapsing course", "2026-02-25", False),
        ("NMOSD 复发缓解型", "2026-02-25", False),
        ("NMOSD 未复发", "2026-02-25", False),
        ("NMOSD 近两年无复发", "2026-02-25", False),
        ("NMOSD, no relapse", "2026-02-25", False),
        ("NMOSD 预防复发", "2026-02-25", False),
        ("NMOSD relapse prevention", "2026-02-25", False),
    ],
)
def test_correction_24_what_the_words_call_a_relapse(text: str, onset: str | None, urgent: bool) -> None:
    case = clean().forecast("hepatitis-b").condition("nmosd", text=text, onset=onset)
    assert case.fires(NO_DELAY) is urgent


def test_a_clinical_status_of_relapse_with_onset_is_a_relapse() -> None:
    case = clean().forecast("hepatitis-b").condition("nmosd", clinical="relapse", onset="2026-02-25")
    assert case.fires(NO_DELAY)
    resolved = clean().forecast("hepatitis-b").condition("nmosd-relapse", clinical="resolved", onset="2026-02-25")
    assert not resolved.fires(NO_DELAY)
