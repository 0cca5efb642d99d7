"""Coming from another therapy: its reason, and overlap with the earlier drug (recommendations 17 and 18)."""

import pytest
from building import Case, clean, treated

REASON = "switch.reason-not-documented.info"
NO_WASHOUT = "switch.aza-mmf.no-washout.info"
OVERLAP = "switch.aza-mmf.overlap-under-3-months.interval-check"
STEROID = "steroid.overlap-under-6-months.interval-check"
CONVENTIONAL = [
    "azathioprine",
    "mycophenolate-mofetil",
    "methotrexate",
    "tacrolimus",
    "ciclosporin",
    "cyclophosphamide",
    "leflunomide",
]


def because(text: str) -> dict[str, object]:
    return {"dates": ("2026-03-09", "2026-03-23"), "reasonCode": [{"text": text}]}


# The reason of the switch


def test_a_switch_without_a_documented_reason_is_noted() -> None:
    finding = clean().medication("azathioprine", start="2025-01-01").finding(REASON)
    assert (finding.severity, finding.statement.presentation) == ("info", "detail")
    assert clean().given("2025-12-01", drug="satralizumab", mg=120).fires(REASON)
    assert clean().medication("rituximab", status="stopped", start="2025-01-01").fires(REASON)


def test_a_relapse_under_the_earlier_drug_or_any_order_reason_documents_it() -> None:
    switched = clean().medication("azathioprine", start="2025-01-01")
    assert not switched.condition("nmosd-relapse", onset="2025-11-01").fires(REASON)
    before = clean().medication("azathioprine", start="2025-01-01").condition("nmosd-relapse", onset="2024-12-31")
    assert before.fires(REASON)
    for text in ("patient preference", "药物不良反应", "NMOSD relapse"):
        assert not clean().medication("azathioprine", start="2025-01-01").draft(**because(text)).fires(REASON), text


def test_an_adverse_event_of_the_earlier_drug_documents_it() -> None:
    event = {
        "resourceType": "AdverseEvent",
        "actuality": "actual",
        "event": {"text": "Neutropenia"},
        "date": "2025-11-01",
        "suspectEntity": [{"instance": {"display": "azathioprine"}}],
    }
    assert not clean().medication("azathioprine", start="2025-01-01").resource(event).fires(REASON)


def test_no_reason_is_wanted_without_a_switch() -> None:
    assert not clean().fires(REASON)  # prednisone is no maintenance drug
    assert not treated("order-select").medication("azathioprine", start="2025-01-01").fires(REASON)


def test_a_switch_that_could_not_be_looked_for_is_not_noted() -> None:
    assert not clean().without("MedicationRequest").fires(REASON)


# Conventional immunosuppressants: no washout, three months of overlap


@pytest.mark.parametrize("drug", CONVENTIONAL)
def test_a_conventional_immunosuppressant_is_kept_without_washout(drug: str) -> None:
    assert clean().medication(drug, start="2025-01-01").severity(NO_WASHOUT) == "info"


def test_no_washout_is_said_at_the_first_infusion_about_running_drugs_only() -> None:
    assert not clean().fires(NO_WASHOUT)
    assert not clean().medication("azathioprine", status="stopped", start="2025-01-01").fires(NO_WASHOUT)
    assert not treated("order-select").medication("azathioprine", start="2025-01-01").fires(NO_WASHOUT)
    case = clean().without("MedicationRequest")
    assert not case.fires(NO_WASHOUT)
    assert case.verdict(NO_WASHOUT) == "unknown"


def loaded(today: str, hook: str = "patient-view") -> Case:
    """First dose 2026-01-05, second 2026-01-19; without the prednisone of a new patient."""
    return clean(hook, today).forget("prednisone").given("2026-01-05", "2026-01-19")


@pytest.mark.parametrize(("end", "fires"), [("2026-04-04", True), ("2026-04-05", False), ("2026-02-01", True)])
def test_a_conventional_drug_stopped_within_three_months_is_reported(end: str, fires: bool) -> None:
    case = loaded("2026-04-10").medication("azathioprine", status="stopped", start="2025-01-01", end=end)
    assert case.severity(OVERLAP) == ("warning" if fires else None)


@pytest.mark.parametrize(("today", "fires"), [("2026-07-04", True), ("2026-07-05", False)])
def test_a_short_overlap_is_not_reported_six_months_on(today: str, fires: bool) -> None:
    case = loaded(today).medication("azathioprine", status="stopped", start="2025-01-01", end="2026-02-01")
    assert case.fires(OVERLAP) is fires


@pytest.mark.parametrize("drug", CONVENTIONAL)
def test_the_overlap_concerns_every_conventional_immunosuppressant(drug: str) -> None:
    assert loaded("2026-03-02").medication(drug, status="stopped", start="2025-01-01", end="2026-02-01").fires(OVERLAP)


def test_only_a_drug_running_at_the_first_dose_overlaps() -> None:
    later = loaded("2026-03-02").medication("azathioprine", status="stopped", start="2026-01-06", end="2026-02-01")
    assert not later.fires(OVERLAP)
    sooner = loaded("2026-03-02").medication("azathioprine", status="stopped", start="2025-01-01", end="2026-01-04")
    assert not sooner.fires(OVERLAP)
    that_day = loaded("2026-03-02").medication("azathioprine", status="stopped", start="2026-01-05", end="2026-02-01")
    assert that_day.fires(OVERLAP)


def test_a_prescription_that_runs_out_is_no_stop() -> None:
    script = {"start": "2026-01-01", "mg": 100, "per_day": 1, "route": "oral"}
    assert not clean().medication("azathioprine", end="2026-03-20", **script).fires(OVERLAP)
    assert not loaded("2026-03-02").medication("azathioprine", end="2026-03-20", **script).fires(OVERLAP)
    renewed = loaded("2026-03-02").medication("azathioprine", end="2026-01-28", status="completed", **script)
    assert not renewed.medication("azathioprine", start="2026-01-29", mg=100, per_day=1).fires(OVERLAP)


def test_a_prescription_that_ended_without_a_successor_is_a_stop() -> None:
    ended = loaded("2026-03-02").medication("azathioprine", status="completed", start="2025-01-01", end="2026-02-01")
    assert ended.fires(OVERLAP)


def test_the_last_of_several_prescriptions_ends_the_course() -> None:
    scripts = [("2025-12-20", "2026-01-16"), ("2026-01-17", "2026-02-13"), ("2026-02-14", "2026-03-13")]
    case = loaded("2026-05-10")
    for start, end in scripts:
        case.medication("azathioprine", status="completed", start=start, end=end, mg=100, per_day=1)
    assert case.fires(OVERLAP)
    assert not case.medication("azathioprine", status="completed", start="2026-03-14", end="2026-04-10").fires(OVERLAP)


def test_a_drafted_renewal_with_an_end_is_no_stop() -> None:
    running = clean().medication("azathioprine", start="2025-01-01")
    renewal = running.co_order("azathioprine", mg=100, per_day=1, start="2026-03-02", end="2026-03-30")
    assert not renewal.fires(OVERLAP)


def test_a_drug_still_running_or_stopped_without_a_date_is_no_short_overlap() -> None:
    assert not loaded("2026-03-02").medication("azathioprine", start="2025-01-01").fires(OVERLAP)
    assert not loaded("2026-03-02").medication("azathioprine", status="stopped", start="2025-01-01").fires(OVERLAP)


def test_overlap_is_not_judged_when_medications_or_doses_were_not_fetched() -> None:
    for missing in ("MedicationRequest", "MedicationAdministration"):
        case = loaded("2026-03-02").medication("azathioprine", status="stopped", start="2025-01-01", end="2026-02-01")
        case.without(missing)
        assert not case.fires(OVERLAP), missing


# Oral glucocorticoid: six months of overlap


@pytest.mark.parametrize(
    ("end", "today", "fires"), [("2026-07-04", "2026-07-04", True), ("2026-04-10", "2026-05-01", True)]
)
def test_an_oral_steroid_stopped_within_six_months_is_reported(end: str, today: str, fires: bool) -> None:
    case = loaded(today).medication("prednisone", status="stopped", start="2025-01-01", end=end, route="oral")
    assert case.severity(STEROID) == ("warning" if fires else None)


def test_a_short_steroid_overlap_is_not_reported_six_months_on() -> None:
    def case(today: str) -> Case:
        return loaded(today).medication(
            "prednisone", status="stopped", start="2025-01-01", end="2026-02-01", route="oral"
        )

    assert case("2026-07-04").fires(STEROID)
    assert not case("2026-07-05").fires(STEROID)


def test_the_last_oral_steroid_decides() -> None:
    case = loaded("2026-05-01").medication(
        "prednisone", status="stopped", start="2025-01-01", end="2026-02-01", route="oral"
    )
    assert case.fires(STEROID)
    assert not case.medication("prednisone", start="2026-02-02", mg=5, per_day=1, route="oral").fires(STEROID)


def test_a_steroid_script_that_runs_out_or_a_pulse_is_no_stop() -> None:
    script = {"start": "2026-02-20", "end": "2026-03-20", "mg": 15, "per_day": 1, "route": "oral"}
    assert not clean().forget("prednisone").medication("prednisone", **script).fires(STEROID)
    pulse = {"status": "stopped", "start": "2026-01-01", "end": "2026-01-08", "mg": 1000, "route": "intravenous"}
    assert not loaded("2026-03-02").medication("methylprednisolone", **pulse).fires(STEROID)
    assert not loaded("2026-03-02").fires(STEROID)


def test_steroid_overlap_without_an_end_or_unfetched_is_not_judged() -> None:
    undated = {"status": "stopped", "start": "2025-01-01", "route": "oral"}
    assert not loaded("2026-03-02").medication("prednisone", **undated).fires(STEROID)
    ended = loaded("2026-03-02").medication("prednisone", end="2026-02-01", **undated)
    assert ended.fires(STEROID)
    assert not ended.without("MedicationRequest").fires(STEROID)


@pytest.mark.parametrize("statement", [NO_WASHOUT, OVERLAP])
def test_the_texts_name_all_conventional_immunosuppressants(statement: str) -> None:
    case = clean() if statement == NO_WASHOUT else loaded("2026-03-02")
    status = {} if statement == NO_WASHOUT else {"status": "stopped", "end": "2026-02-01"}
    say = case.medication("methotrexate", start="2025-01-01", **status).finding(statement).statement.say
    assert "conventional immunosuppressant" in say.en
    assert "传统免疫抑制剂" in say.zh


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
@pytest.mark.parametrize(("today", "planned"), [("2026-01-16", "2026-01-19"), ("2026-06-20", "2026-07-05")])
def test_a_short_overlap_is_seen_when_ordering_the_next_infusion(hook: str, today: str, planned: str) -> None:
    given = ("2026-01-05",) if planned == "2026-01-19" else ("2026-01-05", "2026-01-19")
    ended = {"status": "stopped", "start": "2025-01-01", "end": "2026-01-10"}
    case = clean(hook, today).forget("prednisone").given(*given).draft(dates=(planned,))
    assert case.medication("azathioprine", **ended).fires(OVERLAP)
    assert case.medication("prednisone", route="oral", **ended).fires(STEROID)


def test_keeping_the_earlier_drug_is_offered_where_its_order_ends_too_soon() -> None:
    ends = clean().medication("azathioprine", start="2025-01-01", end="2026-04-01", mg=100, per_day=1)
    assert ends.proposed_day(NO_WASHOUT, "end_later") == "2026-06-09"
    assert clean().medication("azathioprine", start="2025-01-01").proposed_day(NO_WASHOUT, "end_later") is None


@pytest.mark.parametrize(("end", "fires"), [("2026-06-08", True), ("2026-06-09", False)])
def test_a_course_said_to_end_within_three_months_is_seen_at_the_first_infusion(end: str, fires: bool) -> None:
    case = clean().statement("azathioprine", start="2025-01-01", end=end)
    assert case.fires(OVERLAP) is fires
    if fires:
        assert case.proposed_day(OVERLAP, "end_later") == "2026-06-09"


@pytest.mark.parametrize(("end", "fires"), [("2026-09-08", True), ("2026-09-09", False)])
def test_a_steroid_said_to_end_within_six_months_is_seen_at_the_first_infusion(end: str, fires: bool) -> None:
    case = clean().forget("prednisone").statement("prednisone", start="2025-01-01", end=end, route="oral")
    assert case.fires(STEROID) is fires
    if fires:
        assert case.proposed_day(STEROID, "end_later") == "2026-09-09"
