"""Charts from plain FHIR dicts, for the tests of reading."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from cards.chart.chart import Chart
from cards.chart.intervals import Day, Interval, day
from cards.chart.read import read_chart
from cards.chart.received import Received
from cards.terminology import Terminology, load_terminology

Json = dict[str, Any]
TODAY = date(2026, 3, 2)
VALUE_SETS = Path(__file__).parents[3] / "cards" / "knowledge" / "value_sets"
LOINC, ICD, RXNORM, ATC = (
    "http://loinc.org",
    "http://hl7.org/fhir/sid/icd-10",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://www.whocc.no/atc",
)
SNOMED, CVX, UCUM = "http://snomed.info/sct", "http://hl7.org/fhir/sid/cvx", "http://unitsofmeasure.org"
PATIENT = {"reference": "Patient/p1"}


@cache
def terminology() -> Terminology:
    return load_terminology(VALUE_SETS, snomed_extension=True)


def chart(
    *resources: Any, drafts: Iterable[Any] = (), absent: Iterable[str] = (), today: date = TODAY, **more: Any
) -> Chart:
    """The chart of patient p1. Resources given as dicts are sent as JSON bytes, as they arrive in a call."""
    received = Received(
        resources=tuple(_raw(resource) for resource in resources),
        absent=frozenset(absent),
        drafts=tuple(_raw(draft) for draft in drafts),
        selections=frozenset(more.get("selections", ())),
        select_all=bool(more.get("select_all", True)),
        patient_id="p1",
        encounter_id=None,
    )
    return read_chart(received, terminology(), today, more.get("hook", "order-sign"))


def _raw(resource: Any) -> Any:
    return msgspec.json.encode(resource) if isinstance(resource, dict) else resource


def code(system: str, value: str, text: str | None = None) -> Json:
    concept: Json = {"coding": [{"system": system, "code": value}]}
    return concept | ({"text": text} if text else {})


def observation(concept: Json, identifier: str = "o1", **more: Any) -> Json:
    base = {"resourceType": "Observation", "id": identifier, "status": "final", "subject": PATIENT, "code": concept}
    return base | {"effectiveDateTime": "2026-02-10"} | more


def quantity(value: Any, unit: str | None = None, **more: Any) -> Json:
    return {"value": value} | ({"unit": unit} if unit else {}) | more


def condition(concept: Json, identifier: str = "c1", **more: Any) -> Json:
    base = {"resourceType": "Condition", "id": identifier, "subject": PATIENT, "code": concept}
    return base | {"clinicalStatus": {"coding": [{"code": "active"}]}} | more


def request(drug: Json | None, identifier: str = "m1", status: str = "active", **more: Any) -> Json:
    base: Json = {"resourceType": "MedicationRequest", "id": identifier, "status": status, "intent": "order"}
    named = {"medicationCodeableConcept": drug} if drug is not None else {}
    return base | {"subject": PATIENT} | named | more


def administration(drug: Json, when: str, identifier: str = "a1", status: str = "completed", **more: Any) -> Json:
    base = {"resourceType": "MedicationAdministration", "id": identifier, "status": status, "subject": PATIENT}
    return base | {"medicationCodeableConcept": drug, "effectiveDateTime": when} | more


def statement(drug: Json, identifier: str = "s1", status: str = "active", **more: Any) -> Json:
    base = {"resourceType": "MedicationStatement", "id": identifier, "status": status, "subject": PATIENT}
    return base | {"medicationCodeableConcept": drug} | more


HBSAG = code(LOINC, "5196-1", "HBsAg")
ANTI_HBC = code(LOINC, "13952-7", "Anti-HBc")
HBV_DNA = code(LOINC, "42595-9", "HBV DNA")
IGG = code(LOINC, "2465-3", "IgG")
INEBILIZUMAB = {"text": "inebilizumab"}
PREDNISONE = {"text": "prednisone"}
NMOSD = code(ICD, "G36.0", "NMOSD")


def on(text: str) -> Day:
    return day(date.fromisoformat(text))


def exactly(value: Any) -> Interval[Any]:
    return Interval(value, value)
