"""What the cards on tocilizumab and on lupus offer to change: valid FHIR, and no half-changed order."""

from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from lupus_cases import Case, knowledge, sle, ssc_ild

from cards.chart.read import read_chart
from cards.compose import compose

Json = dict[str, Any]


def offered(case: Case, kind: str) -> list[Json]:
    """The resources of all actions of a kind, as FHIR."""
    chart = read_chart(case.received(), knowledge().terminology, case.day, case.hook)
    cards = compose(case.assessment(), chart, knowledge(), language="en", base_url="", new_id=lambda: "id")
    suggested = [suggestion for card in cards for suggestion in card.get("suggestions", [])]
    actions = [action for suggestion in suggested for action in suggestion["actions"] if action["type"] == kind]
    found = [action.get("resource") or action for action in actions]
    for resource in found:
        if "resourceType" in resource:
            get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    return found


def instruction(resource: Json) -> Json:
    (only,) = resource["dosageInstruction"]
    return only


def test_another_subcutaneous_dose_becomes_162_mg_once_weekly() -> None:
    case = ssc_ild().weekly(3, 324, text="324 mg every 3 weeks")
    (changed,) = offered(case, "update")
    dosage = instruction(changed)
    assert dosage["doseAndRate"][0]["doseQuantity"]["value"] == 162
    assert dosage["timing"]["repeat"] == {"frequency": 1, "period": 1, "periodUnit": "wk"}
    assert "324" not in dosage["text"]
    assert "every 3 weeks" not in dosage["text"]


def test_an_infusion_becomes_the_subcutaneous_regimen_as_a_whole() -> None:
    (changed,) = offered(ssc_ild().every(4, "wk", 8, route="intravenous", of="mg/kg"), "update")
    dosage = instruction(changed)
    assert dosage["route"]["coding"][0]["code"] == "34206005"
    assert dosage["doseAndRate"][0]["doseQuantity"] == {
        "value": 162,
        "unit": "mg",
        "system": "http://unitsofmeasure.org",
        "code": "mg",
    }
    assert dosage["timing"]["repeat"]["period"] == 1


def test_a_subcutaneous_dose_of_anifrolumab_is_not_given_intravenously() -> None:
    repeat = {"frequency": 1, "period": 1, "periodUnit": "wk"}
    (changed,) = offered(sle().order("anifrolumab", 120, route="subcutaneous", repeat=repeat), "update")
    dosage = instruction(changed)
    assert dosage["route"]["coding"][0]["code"] == "47625008"
    assert not {"doseAndRate", "timing", "text"} & set(dosage)


def test_a_drug_ordered_as_a_service_can_be_held_and_gets_no_dosage() -> None:
    case = ssc_ild().ill("pneumonia").order("tocilizumab", as_="ServiceRequest")
    (held,) = offered(case, "update")
    assert (held["resourceType"], held["status"]) == ("ServiceRequest", "on-hold")
    assert "dosageInstruction" not in held


def test_a_terminated_drug_is_offered_for_removal_whatever_it_was_ordered_as() -> None:
    for kind in ("MedicationRequest", "ServiceRequest", "DeviceRequest"):
        (removed,) = offered(sle().order("ruplizumab", as_=kind), "delete")
        assert removed["resourceId"].startswith(f"{kind}/")


def test_tests_and_referrals_can_be_ordered_with_one_click() -> None:
    bare = sle().forget("ana", "anti-dsdna", "sledai").order("anifrolumab", 300, route="intravenous")
    assert {order["code"]["text"] for order in offered(bare, "create")} == {"ANA", "anti-dsDNA", "SLE disease activity"}
    (biomarker, *_) = offered(sle().took("rituximab", "2026-01-10").order("belimumab", 600), "create")
    assert biomarker["code"]["text"] == "IgA2 anti-dsDNA"
    assert "may be unavailable" in biomarker["note"][0]["text"]
    (referral,) = offered(sle("patient-view").ill("osteonecrosis"), "create")
    assert referral["code"]["text"] == "referral to orthopaedics"
