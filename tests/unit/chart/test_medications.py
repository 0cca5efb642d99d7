"""Prescriptions, statements and administrations; renewals; doses given."""

from decimal import Decimal
from typing import Any

import pytest
from charts import (
    ATC,
    INEBILIZUMAB,
    NMOSD,
    PREDNISONE,
    TODAY,
    administration,
    chart,
    code,
    condition,
    exactly,
    on,
    quantity,
    request,
    statement,
)

from cards.chart.dose_events import DoseEvent, dose_events
from cards.chart.records import Gap, Medication, MedicationSource

MG300 = {"dose": quantity(300, "mg")}


def one(*resources: Any, drug: str = "inebilizumab", **more: Any) -> Medication:
    items = chart(*resources, **more).medications(drug).items
    assert len(items) == 1
    return items[0]


@pytest.mark.parametrize(
    ("status", "active", "stopped", "completed"),
    [
        ("active", True, False, False),
        ("on-hold", False, False, False),
        ("stopped", False, True, False),
        ("completed", False, False, True),
        ("unknown", False, False, False),
    ],
)
def test_the_status_of_a_request(status: str, active: bool, stopped: bool, completed: bool) -> None:
    found = one(request(INEBILIZUMAB, status=status))
    assert (found.active, found.stopped, found.completed) == (active, stopped, completed)


@pytest.mark.parametrize("status", ["draft", "cancelled", "entered-in-error"])
def test_void_requests_of_the_record_are_ignored(status: str) -> None:
    found = chart(request(INEBILIZUMAB, status=status))
    assert not found.medications("inebilizumab").items
    assert found.set_aside == (("MedicationRequest/m1", f"status {status}"),)


def test_intents() -> None:
    assert one(request(INEBILIZUMAB, intent="filler-order")).active
    planned = one(request(INEBILIZUMAB, intent="plan"))
    assert (planned.active, planned.plan) == (False, True)
    assert not chart(request(INEBILIZUMAB, intent="proposal")).medications("inebilizumab").items
    assert not chart(request(INEBILIZUMAB, doNotPerform=True)).medications("inebilizumab").items


def test_drafts_and_which_are_selected() -> None:
    drafts = [request(INEBILIZUMAB, "d1", "draft"), request(PREDNISONE, "d2", "draft")]
    found = chart(drafts=drafts, select_all=False, selections=["MedicationRequest/d1"])
    ours, other = found.medications("inebilizumab").items[0], found.medications("prednisone").items[0]
    assert (ours.draft, ours.selected, ours.active) == (True, True, False)
    assert (other.draft, other.selected) == (True, False)
    assert found.drafts == (ours, other)


def test_a_draft_takes_the_place_of_the_same_order_in_the_record() -> None:
    found = one(request(INEBILIZUMAB, "m1"), drafts=[request(INEBILIZUMAB, "m1", "draft")])
    assert found.draft


def test_a_draft_without_a_drug_is_nothing_yet() -> None:
    found = chart(drafts=[request(None, "d1", "draft")])
    assert found.drafts == ()
    assert not found.medications("inebilizumab").gaps


def test_an_unresolvable_medication_might_be_any_drug() -> None:
    pointer = {"medicationReference": {"reference": "Medication/gone"}}
    for records in (chart(request(None, **pointer)), chart(drafts=[request(None, "d1", "draft", **pointer)])):
        assert records.medications("inebilizumab").gaps == {Gap.UNREADABLE}
        assert records.medications("systemic-glucocorticoid-oral").gaps == {Gap.UNREADABLE}
    named = request(None, medicationReference={"reference": "Medication/gone", "display": "aspirin"})
    assert not chart(named).medications("inebilizumab").gaps
    assert chart(request({"coding": [{"system": "urn:local", "code": "47"}]})).medications("prednisone").gaps
    assert not chart(request(code(ATC, "B01AA03"))).medications("prednisone").gaps
    assert not chart(request(None, status="entered-in-error", **pointer)).medications("prednisone").gaps


@pytest.mark.parametrize("reference", ["#x", "Medication/x", "http://ehr/fhir/Medication/x/_history/2", "urn:uuid:x"])
def test_medications_by_reference(reference: str) -> None:
    product = {"resourceType": "Medication", "id": "x", "ingredient": [{"itemCodeableConcept": INEBILIZUMAB}]}
    order = request(None, medicationReference={"reference": reference})
    resources = [order | {"contained": [product]}] if reference == "#x" else [order, product]
    assert one(*resources).drugs == {"inebilizumab"}
    if reference != "#x":
        assert one(drafts=[order, product]).draft


def test_a_medication_that_points_at_itself_ends() -> None:
    product = {
        "resourceType": "Medication",
        "id": "x",
        "ingredient": [{"itemReference": {"reference": "Medication/x"}}],
    }
    found = chart(product, request(None, medicationReference={"reference": "Medication/x"}))
    assert found.medications("inebilizumab").gaps == {Gap.UNREADABLE}


def test_reasons_coded_in_words_and_by_reference() -> None:
    reason = {"reasonReference": [{"reference": "Condition/c1"}]}
    assert "nmosd" in one(condition(NMOSD), request(INEBILIZUMAB, **reason)).reasons
    lenient = one(request(INEBILIZUMAB, reasonCode={"text": "NMOSD relapse"}))
    assert {"nmosd", "nmosd-relapse"} <= lenient.reasons
    assert "nmosd-relapse" in one(request(INEBILIZUMAB, reasonCode=[{"text": "复发"}])).reasons
    prevented = one(request(INEBILIZUMAB, reasonCode=[{"text": "NMOSD 预防复发"}]))
    assert prevented.reasons == {"nmosd"}
    assert prevented.for_prophylaxis
    gone = one(request(INEBILIZUMAB, reasonReference=[{"reference": "Condition/gone"}]))
    assert (gone.reason_given, gone.reasons) == (True, frozenset())
    assert not one(request(INEBILIZUMAB)).reason_given


def test_stopped_as_ineffective() -> None:
    for reason in ({"text": "Lack of efficacy"}, {"text": "疗效不佳"}):
        assert one(request(INEBILIZUMAB, status="stopped", statusReason=reason)).stopped_as_ineffective
    assert one(statement(INEBILIZUMAB, status="stopped", statusReason=[{"text": "治疗失败"}])).stopped_as_ineffective
    assert not one(request(INEBILIZUMAB, status="stopped", statusReason={"text": "preference"})).stopped_as_ineffective


def test_statements() -> None:
    taken = one(statement(INEBILIZUMAB, effectivePeriod={"start": "2025-01-01", "end": "2025-12-31"}))
    assert (taken.active, taken.start, taken.end) == (True, on("2025-01-01"), on("2025-12-31"))
    assert (taken.end_is_supply, taken.dates) == (False, ())
    assert one(statement(INEBILIZUMAB, status="intended")).plan
    assert not chart(statement(INEBILIZUMAB, status="not-taken")).medications("inebilizumab").items


def test_administrations() -> None:
    given = one(administration(INEBILIZUMAB, "2026-01-05", dosage=MG300))
    assert (given.source, given.dates) == (MedicationSource.ADMINISTRATION, (on("2026-01-05"),))
    assert given.doses[0].amount_mg == exactly(Decimal(300))
    running = one(administration(INEBILIZUMAB, "2026-03-02", status="in-progress"))
    assert (running.active, running.dates) == (True, ())
    assert not chart(administration(INEBILIZUMAB, "2026-01-05", status="not-done")).medications("inebilizumab").items
    future = chart(administration(INEBILIZUMAB, "2026-03-03"))
    assert not future.medications("inebilizumab").items
    assert future.set_aside == (("MedicationAdministration/a1", "dated in the future"),)


def test_groups_and_gaps() -> None:
    found = chart(request(PREDNISONE), absent=["MedicationStatement"])
    assert found.medications("systemic-glucocorticoid-oral").items
    assert found.medications("prednisone").gaps == {Gap.NOT_FETCHED}
    assert not found.medications("inebilizumab").items
    assert not found.medications("no such drug").items


# Renewals


def script(identifier: str, start: str, end: str | None, status: str = "completed", **more: Any) -> Any:
    bounds = {"boundsPeriod": {"start": start} | ({"end": end} if end else {})}
    timing = {"repeat": bounds | {"frequency": 1, "period": 1, "periodUnit": "d"}}
    return request(PREDNISONE, identifier, status, dosageInstruction=[{"timing": timing} | more])


def starts(*scripts: Any) -> list[str]:
    return [str(item.start.low) for item in chart(*scripts).medications("prednisone").items if item.start]


def test_prescriptions_without_a_break_are_one_course() -> None:
    first, second = script("1", "2025-01-01", "2025-01-28"), script("2", "2025-01-29", "2025-02-25")
    assert starts(first, second, script("3", "2025-02-20", None, "active")) == ["2025-01-01"] * 3
    assert starts(first, script("2", "2025-01-30", None, "active")) == ["2025-01-30", "2025-01-01"]


def test_an_unknown_end_is_no_bridge_unless_the_prescription_runs() -> None:
    later = script("2", "2026-01-01", None, "active")
    assert starts(script("1", "2025-01-01", None), later) == ["2026-01-01", "2025-01-01"]
    assert starts(script("1", "2025-01-01", None, "active"), later) == ["2025-01-01", "2025-01-01"]


def test_oral_and_intravenous_courses_are_two() -> None:
    oral = script("1", "2025-01-01", None, "active", route={"text": "口服"})
    pulse = script("2", "2026-02-20", None, "active", route={"text": "静脉滴注"})
    assert starts(oral, pulse) == ["2026-02-20", "2025-01-01"]


def test_the_newest_of_a_course_comes_first() -> None:
    scripts = [script("1", "2025-01-01", "2025-01-28"), script("2", "2025-01-29", "2025-02-25")]
    items = chart(*scripts).medications("prednisone").items
    assert [item.reference for item in items] == ["MedicationRequest/2", "MedicationRequest/1"]


def test_what_was_stopped_did_not_last_to_a_future_end() -> None:
    assert one(script("1", "2026-01-01", "2026-12-31", "stopped"), drug="prednisone").end is None
    assert one(script("1", "2026-01-01", "2026-12-31", "active"), drug="prednisone").end == on("2026-12-31")


# Doses given


def doses(*resources: Any) -> tuple[DoseEvent, ...]:
    return dose_events(chart(*resources).medications("inebilizumab"), TODAY).items


def days(*resources: Any) -> list[str]:
    return [str(event.date.low) for event in doses(*resources)]


def test_one_event_a_day_with_the_sum() -> None:
    events = doses(
        administration(INEBILIZUMAB, "2026-01-05T10:00:00Z", "1", dosage={"dose": quantity(100, "mg")}),
        administration(INEBILIZUMAB, "2026-01-05T11:00:00Z", "2", dosage={"dose": quantity(200, "mg")}),
        administration(INEBILIZUMAB, "2025-12-22", "3", dosage=MG300),
    )
    assert [str(event.date.low) for event in events] == ["2025-12-22", "2026-01-05"]
    assert [event.amount_mg for event in events] == [exactly(Decimal(300))] * 2


def test_an_unreadable_amount_makes_the_sum_unknown() -> None:
    events = doses(
        administration(INEBILIZUMAB, "2026-01-05", "1", dosage=MG300), administration(INEBILIZUMAB, "2026-01-05", "2")
    )
    assert [event.amount_mg for event in events] == [None]


def test_statements_count_where_no_administration_covers_the_day() -> None:
    given = administration(INEBILIZUMAB, "2026-01-05")
    elsewhere = statement(INEBILIZUMAB, "s1", "completed", effectiveDateTime="2025-07-01")
    same = statement(INEBILIZUMAB, "s2", "completed", effectiveDateTime="2026-01")
    assert days(given, elsewhere, same) == ["2025-07-01", "2026-01-05"]
    assert not days(statement(INEBILIZUMAB, status="stopped", effectiveDateTime="2025-07-01"))


def test_completed_orders_count_only_where_nothing_else_is_on_record() -> None:
    order = request(
        INEBILIZUMAB, status="completed", dosageInstruction=[{"timing": {"event": ["2026-01-05", "2026-09-01"]}}]
    )
    assert days(order) == ["2026-01-05"]
    assert days(order, administration(INEBILIZUMAB, "2026-01-06")) == ["2026-01-06"]
    assert days(request(INEBILIZUMAB, status="completed", authoredOn="2026-01-04")) == ["2026-01-04"]
    assert not days(order | {"status": "active"})
    assert not days(order | {"status": "stopped"})


def test_an_undated_administration_is_a_dose_that_cannot_be_placed() -> None:
    records = chart(administration(INEBILIZUMAB, "Invalid date")).medications("inebilizumab")
    assert dose_events(records, TODAY).gaps == {Gap.UNREADABLE}
