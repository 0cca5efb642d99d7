"""Suggestions are complete FHIR R4 drafts, each once, and never touch what is not theirs."""

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from card_making import actions, chart, composed, draft, found, labels, made, proposal, statements, unscreened, update
from fhir.resources.R4B.medicationrequest import MedicationRequest
from fhir.resources.R4B.servicerequest import ServiceRequest

from cards.findings import State
from cards.knowledge.model import EndLater, Suggestion, Words

MODELS: dict[str, Any] = {"MedicationRequest": MedicationRequest, "ServiceRequest": ServiceRequest}
ENCODER = msgspec.json.Encoder(decimal_format="number")
DOSE = "dose.adult-300mg.dose-check"
NOTE = Words(en="Observe.", zh="观察。")
EVERY_ACTION = [
    (Suggestion(order="hbsag", urgent=True), {}),
    (Suggestion(order="b-cell-count-any"), {}),
    (Suggestion(order="vaccination-history-review", note=NOTE), {}),
    (Suggestion(refer="hepatology"), {}),
    (Suggestion(prescribe="tmp-smx", note=NOTE), {}),
    (Suggestion(prescribe="nucleos-t-ide-analogue", note=NOTE), {}),
    (Suggestion(prescribe="methylprednisolone", dose={"amount": "80 mg", "route": "intravenous", "text": NOTE}), {}),
    (Suggestion(vaccinate="zoster"), {}),
    (Suggestion(vaccinate="influenza"), {}),
    (Suggestion(delete="draft"), {}),
    (Suggestion(set_dose="300 mg"), {"dose_mg": Decimal(300)}),
    (Suggestion(set_route="intravenous"), {}),
    (Suggestion(move_draft="today"), {"day": date(2026, 4, 1)}),
    (Suggestion(move_second="today"), {"day": date(2026, 3, 30)}),
    (Suggestion(hold="draft"), {}),
    (Suggestion(add_infusion="today", dose="300 mg"), {"day": date(2026, 3, 23), "dose_mg": Decimal(300)}),
    (Suggestion(add_note=NOTE), {}),
    (Suggestion(reason_from="nmosd"), {}),
]
NMOSD = {
    "resourceType": "Condition",
    "id": "c1",
    "subject": {"reference": "Patient/p1"},
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "G36.0"}]},
}


def validated(resource: dict[str, Any]) -> None:
    MODELS[resource["resourceType"]].model_validate_json(ENCODER.encode(resource))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("suggestion", "more"), EVERY_ACTION)
def test_every_action_makes_valid_resources(suggestion: Suggestion, more: dict[str, Any], language: str) -> None:
    on = chart(drafts=(draft("d1", "2026-03-09", "2026-03-20", mg=600),), record=(NMOSD,))
    (card,) = composed(made(suggestion, **more), on=on, language=language)
    made_actions = actions(card)
    assert made_actions
    for action in made_actions:
        if action["type"] == "delete":
            assert action == {
                "type": "delete",
                "description": action["description"],
                "resourceId": "MedicationRequest/d1",
            }
        else:
            validated(action["resource"])


@pytest.mark.parametrize("name", sorted(name for name, s in statements().items() if s.suggest))
def test_every_suggestion_of_the_knowledge_makes_valid_resources(name: str) -> None:
    components = tuple(statements()[name].components)
    known = found(name, components=components, day=date(2026, 4, 1), dose_mg=Decimal(300))
    for card in composed(known, on=chart(drafts=(draft("d1", "2026-03-09"),), record=(NMOSD,))):
        for action in actions(card):
            if action["type"] != "delete":
                validated(action["resource"])


def test_a_created_order_says_what_for_whom_and_why() -> None:
    (card,) = composed(found("hbv.hbsag-missing.screening-missing", State.MISSING))
    (action,) = actions(card)
    assert action["description"] == "Order HBsAg"
    assert action["resource"] == {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "order",
        "code": {
            "coding": [
                {
                    "system": "http://loinc.org",
                    "code": "5196-1",
                    "display": "Hepatitis B virus surface Ag [Presence] in Serum or Plasma by Immunoassay",
                }
            ],
            "text": "HBsAg",
        },
        "subject": {"reference": "Patient/p1"},
        "encounter": {"reference": "Encounter/e1"},
        "authoredOn": "2026-03-02",
        "reasonCode": [
            {"text": "No usable HBsAg result is on record; screen HBsAg before the first inebilizumab dose."}
        ],
    }


def test_every_created_resource_has_a_text_and_a_code() -> None:
    for suggestion, more in EVERY_ACTION:
        for card in composed(made(suggestion, **more)):
            for action in actions(card, "create"):
                concept = action["resource"].get("code") or action["resource"]["medicationCodeableConcept"]
                assert concept["text"]
                assert concept["coding"][0]["code"]


def test_all_missing_tests_at_once_and_each_alone() -> None:
    card = composed(*unscreened())[0]
    everything, *singles = card["suggestions"]
    assert everything["isRecommended"] is True
    assert everything["label"].startswith("Order all 8 tests: HBsAg, anti-HBc")
    assert everything["actions"] == [action for single in singles for action in single["actions"]]
    assert not any("isRecommended" in single for single in singles)


def test_the_same_test_is_suggested_once() -> None:
    card = composed(
        found("hbv.monitor-carrier-alt.monitoring-due", State.STALE),
        found("hbv.reactivation-on-treatment.stop", severity="warning"),
        found("hbv.monitor-carrier-alt.monitoring-due", State.STALE),
    )[-1]
    assert [label for label in labels(card) if label == "Order ALT"] in ([], ["Order ALT"])


def test_a_group_of_drugs_is_not_turned_into_one_drug() -> None:
    (card,) = composed(made(Suggestion(prescribe="nucleos-t-ide-analogue")))
    (action,) = actions(card, "create")
    resource = action["resource"]
    assert resource["medicationCodeableConcept"]["coding"][0]["system"] == "urn:biologic-cds:concept"
    assert "dosageInstruction" not in resource
    assert resource["note"][-1] == {"text": "Agent, dose and duration are left to the prescriber."}


def test_premedication_carries_only_what_the_source_says() -> None:
    (card,) = composed(found("premed.corticosteroid-missing.premedication", State.MISSING))
    (dosage,) = actions(card)[0]["resource"]["dosageInstruction"]
    assert dosage["text"] == "80-125 mg IV, 30 min before the infusion"
    assert dosage["route"]["coding"][0]["code"] == "47625008"
    assert dosage["doseAndRate"] == [
        {"doseQuantity": {"value": 80, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}
    ]


def test_a_vaccine_with_live_and_other_products_is_suggested_as_not_live() -> None:
    (card,) = composed(made(Suggestion(vaccinate="zoster")))
    assert actions(card)[0]["resource"]["code"]["text"] == "recombinant zoster vaccine"


# Changes of drafts


def test_all_fixes_of_a_draft_are_one_recommended_update() -> None:
    original = draft("d1", "2026-03-09", "2026-03-25", mg=Decimal("600.0"), note=[{"text": "kept"}])
    card = composed(
        made(Suggestion(set_dose="300 mg"), DOSE, dose_mg=Decimal(300)),
        made(Suggestion(set_route="intravenous"), "dose.route-iv.dose-check"),
        made(Suggestion(move_second="t"), day=date(2026, 3, 23)),
        made(Suggestion(move_draft="t"), day=date(2026, 3, 16)),
        on=chart(drafts=(original,)),
    )[0]
    (suggestion,) = card["suggestions"]
    assert suggestion["isRecommended"] is True
    assert suggestion["label"] == (
        "Change the draft: dose 300 mg; route intravenous; second infusion on 2026-03-23; first infusion on 2026-03-16"
    )
    resource = update(card)
    dosage = resource["dosageInstruction"][0]
    assert dosage["doseAndRate"][0]["doseQuantity"]["value"] == Decimal(300)
    assert dosage["route"]["text"] == "intravenous"
    assert dosage["timing"]["event"] == ["2026-03-16", "2026-03-30"]
    untouched = {name: value for name, value in resource.items() if name != "dosageInstruction"}
    assert untouched == {name: value for name, value in original.items() if name != "dosageInstruction"}


def test_the_received_draft_itself_is_never_changed() -> None:
    original = draft("d1", mg=600)
    before = copy.deepcopy(original)
    composed(made(Suggestion(set_dose="300 mg"), DOSE, dose_mg=Decimal(300)), on=chart(drafts=(original,)))
    assert original == before


def test_decimals_of_the_draft_survive() -> None:
    raw = msgspec.json.encode(draft("d1", mg=600) | {"dispenseRequest": {"quantity": {"value": 0}}})
    raw = raw.replace(b'"quantity":{"value":0}', b'"quantity":{"value":1.10}')
    (card,) = composed(
        made(Suggestion(set_dose="300 mg"), DOSE, dose_mg=Decimal(300)),
        on=chart(drafts=(raw,)),  # type: ignore[arg-type]
    )
    assert b'"quantity":{"value":1.10}' in ENCODER.encode(update(card))


def test_a_plan_in_two_drafts_is_changed_in_one_suggestion() -> None:
    drafts = (draft("d1", "2026-03-09", mg=600), draft("d2", "2026-03-23", mg=300))
    (card,) = composed(
        made(Suggestion(move_draft="t"), day=date(2026, 3, 16)),
        made(Suggestion(set_dose="300 mg"), DOSE, dose_mg=Decimal(300)),
        on=chart(drafts=drafts),
    )
    moved = [action["resource"]["dosageInstruction"][0]["timing"]["event"] for action in actions(card, "update")]
    assert moved == [["2026-03-16"], ["2026-03-30"]]
    assert len(card["suggestions"]) == 1


def test_of_several_first_dates_the_latest_holds() -> None:
    (card,) = composed(
        made(Suggestion(move_draft="t"), day=date(2026, 4, 1)),
        made(Suggestion(move_draft="t"), day=date(2026, 3, 16)),
        on=chart(drafts=(draft("d1", "2026-03-09", "2026-03-23"),)),
    )
    assert labels(card) == ["Change the draft: first infusion on 2026-04-01"]
    assert update(card)["dosageInstruction"][0]["timing"]["event"] == ["2026-04-01", "2026-04-15"]


def test_a_mere_note_is_not_recommended() -> None:
    (card,) = composed(made(Suggestion(add_note=NOTE), DOSE))
    assert "isRecommended" not in card["suggestions"][0]
    assert update(card)["note"] == [{"text": "Observe."}]


def test_a_draft_that_is_already_right_is_not_updated() -> None:
    right = draft("d1")
    right["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"] |= {
        "system": "http://unitsofmeasure.org",
        "code": "mg",
    }
    (card,) = composed(
        made(Suggestion(set_dose="300 mg"), DOSE, dose_mg=Decimal(300)), on=chart(drafts=(right, draft("d2", mg=600)))
    )
    assert update(card)["id"] == "d2"


def test_hold_changes_the_status_only() -> None:
    (card,) = composed(made(Suggestion(hold="draft")))
    assert update(card) == draft() | {"status": "on-hold"}


def test_a_contraindication_recommends_removing_the_draft() -> None:
    (card,) = composed(found("hbv.hbsag-positive-dna-positive.contraindicated"))
    first, *others = card["suggestions"]
    assert first["isRecommended"] is True
    assert first["actions"][0]["resourceId"] == "MedicationRequest/d1"
    assert labels(card) == ["Remove the draft: inebilizumab", "Referral to hepatology"]
    assert not any("isRecommended" in other for other in others)


def test_a_draft_without_an_id_is_neither_updated_nor_deleted() -> None:
    nameless = draft()
    del nameless["id"]
    (card,) = composed(
        found("hbv.hbsag-positive-dna-positive.contraindicated"),
        on=chart(drafts=(nameless,)),
    )
    assert {action["type"] for action in actions(card)} == {"create"}


def test_drafts_of_another_drug_are_deleted_by_name() -> None:
    smx = draft("s1") | {"medicationCodeableConcept": {"text": "TMP-SMX"}}
    (card,) = composed(made(Suggestion(delete_drafts_of="tmp-smx")), on=chart(drafts=(draft(), smx)))
    assert [action["resourceId"] for action in actions(card, "delete")] == ["MedicationRequest/s1"]


def test_live_vaccine_drafts_are_deleted() -> None:
    mmr = draft("v1") | {"medicationCodeableConcept": {"text": "MMR vaccine"}}
    (card,) = composed(made(Suggestion(delete_drafts_of="live-vaccine")), on=chart(drafts=(draft(), mmr)))
    assert [action["resourceId"] for action in actions(card, "delete")] == ["MedicationRequest/v1"]


def test_a_vaccine_draft_moves() -> None:
    flu = {
        "resourceType": "ServiceRequest",
        "id": "v1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "code": {"text": "influenza vaccine"},
        "occurrencePeriod": {"start": "2026-03-05"},
    }
    (card,) = composed(made(Suggestion(move_vaccine="t"), day=date(2026, 6, 1)), on=chart(drafts=(draft(), flu)))
    resource = update(card)
    validated(resource)
    assert resource["occurrenceDateTime"] == "2026-06-01"
    assert "occurrencePeriod" not in resource


# Patient-view: nothing is drafted, the record's own orders may be stopped or prolonged


def ordered(identifier: str, text: str, **more: Any) -> dict[str, Any]:
    return draft(identifier, **more) | {"status": "active", "medicationCodeableConcept": {"text": text}}


@pytest.mark.parametrize(("suggestion", "more"), EVERY_ACTION)
def test_on_patient_view_no_draft_is_changed(suggestion: Suggestion, more: dict[str, Any]) -> None:
    record = (ordered("a1", "inebilizumab"), NMOSD)
    (card,) = composed(made(suggestion, **more), on=chart("patient-view", record=record))
    assert {action["type"] for action in actions(card)} <= {"create"}


def test_active_orders_are_stopped_on_patient_view_only() -> None:
    record = (ordered("a1", "inebilizumab"), ordered("a2", "inebilizumab") | {"status": "completed"})
    stop = made(Suggestion(stop="active-orders"))
    (card,) = composed(stop, on=chart("patient-view", record=record))
    resource = update(card)
    validated(resource)
    assert (resource["id"], resource["status"]) == ("a1", "stopped")
    (card,) = composed(stop, on=chart(record=record))
    assert "suggestions" not in card


def test_a_course_of_another_drug_goes_on_longer() -> None:
    bounds = {"timing": {"repeat": {"boundsPeriod": {"start": "2026-01-01", "end": "2026-04-01"}}}}
    record = (ordered("a1", "azathioprine", dosageInstruction=[bounds]),)
    later = made(Suggestion(end_later=EndLater(of="azathioprine", date="t")), day=date(2026, 9, 9))
    given = proposal(later.proposals[0].suggestion, "azathioprine", day=date(2026, 9, 9))
    later = type(later)(later.statement, later.chapter, later.drug, "warning", State.PRESENT, None, proposals=(given,))
    (card,) = composed(later, on=chart("patient-view", record=record))
    validated(update(card))
    assert update(card)["dosageInstruction"][0]["timing"]["repeat"]["boundsPeriod"]["end"] == "2026-09-09"
    assert labels(card) == ["Continue azathioprine until 2026-09-09"]


def test_messy_drafts_of_the_sandbox_are_changed_where_it_matters_only() -> None:
    messy = draft("request-123") | {
        "category": {"coding": [{"code": "community"}]},
        "dosageInstruction": [{"doseAndRate": {"doseQuantity": {"value": 600, "code": "mg"}}}],
    }
    (card,) = composed(made(Suggestion(set_dose="300 mg"), DOSE, dose_mg=Decimal(300)), on=chart(drafts=(messy,)))
    assert update(card)["category"] == messy["category"]
    assert update(card)["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"] == Decimal(300)
