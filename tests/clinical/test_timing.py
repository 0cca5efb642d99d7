"""When to start: maintenance, methylprednisolone pulse, rescue and oral steroid (recommendation 4)."""

import pytest
from building import Case, clean, treated

START_EARLY = "timing.start-maintenance-early.info"
DEFER = "timing.ivmp-ongoing.defer"
RESCUE = "timing.acute-rescue.conditional"
TAPER = "steroid.taper-not-accelerated.info"
ORAL_STEROID = "steroid.oral-gc-at-start.info"


def pulse(
    case: Case, mg: float | None = 1000, start: str | None = "2026-03-05", end: str | None = "2026-03-09"
) -> Case:
    """An intravenous methylprednisolone course; the infusion is planned for 2026-03-09."""
    return case.medication("methylprednisolone", mg=mg, per_day=1, route="intravenous", start=start, end=end)


def test_untreated_nmosd_should_start_maintenance_early() -> None:
    case = clean("patient-view")
    assert case.severity(START_EARLY) == "info"  # prednisone alone is no maintenance


@pytest.mark.parametrize(
    "drug",
    ["azathioprine", "mycophenolate-mofetil", "methotrexate", "rituximab", "satralizumab", "eculizumab", "tocilizumab"],
)
def test_a_maintenance_drug_silences_the_start_early_advice(drug: str) -> None:
    assert not clean("patient-view").medication(drug, start="2025-06-01").fires(START_EARLY)
    assert clean("patient-view").medication(drug, start="2025-06-01", status="stopped").fires(START_EARLY)


def test_start_early_is_not_said_to_aqp4_negative_planned_or_treated_patients() -> None:
    assert not clean("patient-view").only("aqp4-igg", "negative", "2025-11-05").fires(START_EARLY)
    assert not clean("patient-view").forget("nmosd").fires(START_EARLY)
    assert not clean("patient-view").ordered("2026-03-09").fires(START_EARLY)
    assert not clean("patient-view").given("2026-02-20").fires(START_EARLY)


@pytest.mark.parametrize("failed", ["MedicationRequest", "MedicationStatement"])
def test_start_early_is_not_concluded_from_medications_that_were_not_fetched(failed: str) -> None:
    case = clean("patient-view").without(failed)
    assert not case.fires(START_EARLY)
    assert START_EARLY in case.not_assessed()


@pytest.mark.parametrize(
    ("start", "end", "fires"),
    [
        ("2026-03-05", "2026-03-09", True),  # still running on the planned date
        ("2026-03-05", "2026-03-08", False),
        ("2026-03-09", "2026-03-12", True),
        ("2026-03-10", "2026-03-12", False),
    ],
)
def test_a_pulse_on_the_planned_date_defers_the_first_infusion(start: str, end: str, fires: bool) -> None:
    assert pulse(clean(), start=start, end=end).fires(DEFER) is fires


@pytest.mark.parametrize(("mg", "fires"), [(125, False), (125.5, True), (126, True), (500, True)])
def test_more_than_125_mg_a_day_is_a_pulse(mg: float, fires: bool) -> None:
    assert pulse(clean(), mg).fires(DEFER) is fires


@pytest.mark.parametrize(
    ("mg", "per_day", "fires"), [(62.5, 2, False), (63, 2, True), (125, None, False), (125.5, None, True)]
)
def test_a_pulse_is_known_by_its_single_or_its_daily_dose(mg: float, per_day: int | None, fires: bool) -> None:
    case = clean().medication(
        "methylprednisolone", mg=mg, per_day=per_day, route="intravenous", start="2026-03-05", end="2026-03-12"
    )
    assert case.fires(DEFER) is fires


def test_a_drafted_pulse_defers_until_the_first_day_of_oral_steroid() -> None:
    case = clean().co_order(
        "methylprednisolone", mg=1000, per_day=1, route="intravenous", start="2026-03-08", end="2026-03-12"
    )
    assert case.severity(DEFER) == "warning"
    case.co_order("prednisone", mg=60, per_day=1, route="oral", start="2026-03-13")
    assert case.proposed_day(DEFER, "move_draft") == "2026-03-13"


@pytest.mark.parametrize(
    ("starts", "moved"),
    [(("2026-03-20", "2026-03-13"), "2026-03-13"), (("2026-03-09",), None), (("2026-03-10",), "2026-03-10")],
)
def test_the_first_oral_steroid_after_the_planned_date_decides(starts: tuple[str, ...], moved: str | None) -> None:
    case = pulse(clean(), end="2026-03-12")
    for start in starts:
        case.co_order("prednisone", mg=60, per_day=1, route="oral", start=start)
    assert case.proposed_day(DEFER, "move_draft") == moved


@pytest.mark.parametrize(
    ("days", "fires"),
    [
        (("2026-03-09", "2026-03-10", "2026-03-11"), True),
        (("2026-03-07", "2026-03-08", "2026-03-09"), True),
        (("2026-03-09", "2026-03-23"), False),  # the infusion days themselves: premedication
        (("2026-03-06", "2026-03-07", "2026-03-08"), False),
    ],
)
def test_a_pulse_ordered_day_by_day(days: tuple[str, ...], fires: bool) -> None:
    case = clean().co_order("methylprednisolone", mg=1000, route="intravenous", dates=days)
    assert case.fires(DEFER) is fires


def test_an_oral_steroid_or_the_premedication_is_no_pulse() -> None:
    assert not clean().fires(DEFER)
    assert (
        not clean().medication("methylprednisolone", mg=200, per_day=1, route="oral", start="2026-03-01").fires(DEFER)
    )
    assert not clean().premedication(methylprednisolone=(150, "intravenous")).fires(DEFER)


@pytest.mark.parametrize(("mg", "end"), [(None, "2026-03-12"), (1000, None)])
def test_a_pulse_with_unreadable_dose_or_end_is_noted(mg: float | None, end: str | None) -> None:
    case = pulse(clean(), mg, end=end)
    assert not case.fires(DEFER)
    assert DEFER in case.not_assessed()


def test_a_pulse_later_in_the_course_does_not_defer_maintenance() -> None:
    assert not pulse(treated("order-select"), end="2026-03-08").fires(DEFER)


def attack(case: Case, onset: str = "2026-02-20") -> Case:
    return case.condition("nmosd-relapse", onset=onset)


def rescued(case: Case, since: str = "2026-02-20") -> Case:
    """Methylprednisolone pulse, plasma exchange and immunoglobulin, all begun on one day."""
    pulse(case, start=since, end="2026-03-12")
    case.procedure("plasma-exchange", status="completed", start=since, end=since)
    return case.medication("ivig", start=since, end=since, status="completed", mg=20000, route="intravenous")


def test_rescue_after_all_three_acute_therapies_replaces_the_deferral() -> None:
    case = rescued(attack(clean()))
    assert case.severity(RESCUE) == "warning"
    assert case.verdict(DEFER) == "superseded"


def test_rescue_counts_only_therapies_since_the_onset() -> None:
    assert rescued(attack(clean(), "2026-02-20"), "2026-02-20").fires(RESCUE)
    assert not rescued(attack(clean(), "2026-02-21"), "2026-02-20").fires(RESCUE)


def test_rescue_counts_from_the_newest_attack() -> None:
    assert not attack(rescued(attack(clean(), "2026-01-10"), "2026-01-12"), "2026-02-20").fires(RESCUE)
    assert attack(rescued(attack(clean(), "2026-01-10"), "2026-02-20"), "2026-02-20").fires(RESCUE)
    suspected = rescued(attack(clean(), "2026-01-10"), "2026-01-12")
    assert suspected.condition("nmosd-relapse", onset="2026-02-20", verification="provisional").fires(RESCUE)


def test_rescue_may_begin_with_an_attack_of_today() -> None:
    assert rescued(attack(clean(), "2026-03-02"), "2026-03-02").fires(RESCUE)


@pytest.mark.parametrize("missing", ["methylprednisolone", "plasma-exchange", "ivig"])
def test_rescue_needs_all_three_therapies(missing: str) -> None:
    assert not rescued(attack(clean())).forget(missing).fires(RESCUE)


def test_rescue_counts_what_was_given_not_what_is_only_ordered() -> None:
    daily = {"mg": 1000, "per_day": 1, "route": "intravenous", "start": "2026-02-20", "end": "2026-03-12"}
    no_pulse = rescued(attack(clean())).forget("methylprednisolone")
    assert not no_pulse.co_order("methylprednisolone", **daily).fires(RESCUE)
    assert not no_pulse.medication("methylprednisolone", intent="plan", **daily).fires(RESCUE)
    assert not rescued(attack(clean())).forget("ivig").co_order("ivig", **daily).fires(RESCUE)
    assert not rescued(attack(clean())).forget("plasma-exchange").test_order("plasma-exchange").fires(RESCUE)


@pytest.mark.parametrize(("mg", "per_day", "fires"), [(125, 1, False), (126, 1, True), (63, 2, True)])
def test_rescue_needs_a_pulse_before(mg: float, per_day: int, fires: bool) -> None:
    case = (
        rescued(attack(clean()))
        .forget("methylprednisolone")
        .medication(
            "methylprednisolone", mg=mg, per_day=per_day, route="intravenous", start="2026-02-20", end="2026-03-12"
        )
    )
    assert case.fires(RESCUE) is fires


def test_rescue_needs_an_active_attack_and_a_first_infusion() -> None:
    assert not rescued(clean()).fires(RESCUE)
    assert not rescued(clean().condition("nmosd-relapse", onset="2026-02-20", clinical="resolved")).fires(RESCUE)
    assert not rescued(attack(treated("order-select"))).fires(RESCUE)


def test_rescue_is_undecided_when_procedures_were_not_fetched() -> None:
    case = rescued(attack(clean())).without("Procedure")
    assert case.verdict(RESCUE) == "unknown"
    assert case.fires(DEFER)


def test_an_oral_steroid_at_the_start_should_not_be_tapered_faster() -> None:
    finding = clean().finding(TAPER)
    assert (finding.severity, finding.statement.presentation) == ("info", "detail")
    second = clean(today="2026-03-20").given("2026-03-09").draft(dates=("2026-03-23",))
    assert second.fires(TAPER)


def test_the_taper_advice_is_silent_without_oral_steroid_and_at_maintenance() -> None:
    assert not clean().forget("prednisone").fires(TAPER)
    maintenance = treated("order-select").medication("prednisone", mg=5, per_day=1, route="oral", start="2025-01-01")
    assert not maintenance.fires(TAPER)


@pytest.mark.parametrize(("planned", "fires"), [("2026-03-08", True), ("2026-03-09", False)])
def test_a_second_infusion_belongs_to_the_loading_pair_within_three_months(planned: str, fires: bool) -> None:
    assert clean().given("2025-12-09").draft(dates=(planned,)).fires(TAPER) is fires


def test_the_taper_advice_is_undecided_when_medications_were_not_fetched() -> None:
    assert clean().without("MedicationRequest").verdict(TAPER) == "unknown"


def test_a_first_infusion_without_oral_steroid_is_reported() -> None:
    case = clean().forget("prednisone")
    assert case.severity(ORAL_STEROID) == "info"


@pytest.mark.parametrize(
    "drug", ["prednisone", "prednisolone", "methylprednisolone", "dexamethasone", "hydrocortisone"]
)
def test_any_oral_glucocorticoid_active_or_co_ordered_is_enough(drug: str) -> None:
    case = clean().forget("prednisone")
    assert not case.medication(drug, mg=5, per_day=1, route="oral", start="2026-01-01").fires(ORAL_STEROID)
    co_ordered = clean().forget("prednisone").co_order(drug, mg=5, per_day=1, route="oral", start="2026-03-02")
    assert not co_ordered.fires(ORAL_STEROID)


def test_a_stopped_or_intravenous_steroid_is_not_an_oral_one() -> None:
    stopped = clean().forget("prednisone").medication("prednisone", status="stopped", mg=15, per_day=1, route="oral")
    assert stopped.fires(ORAL_STEROID)
    assert clean().forget("prednisone").premedication(methylprednisolone=(100, "intravenous")).fires(ORAL_STEROID)


def test_missing_oral_steroid_is_not_concluded_from_unfetched_medications() -> None:
    case = clean().without("MedicationRequest")
    assert not case.fires(ORAL_STEROID)
    assert ORAL_STEROID in case.not_assessed()


def test_oral_steroid_is_asked_for_at_the_first_infusion_only() -> None:
    assert not treated("order-select").fires(ORAL_STEROID)
