"""Where the record could not be fetched no statement on lung, skin, muscle or pregnancy is called clear."""

import pytest
from myositis_people import MEDICINES, ORDERING, Person, knowledge

FILES = ("rp-ild", "ild", "skin", "calcinosis", "necrotizing", "refractory", "pregnancy", "lactation", "rehabilitation")
EVERYTHING = (
    "Patient",
    "Condition",
    "Observation",
    "MedicationRequest",
    "MedicationStatement",
    "MedicationAdministration",
    "Procedure",
    "ServiceRequest",
    "DiagnosticReport",
    "ImagingStudy",
    "AllergyIntolerance",
)
STATEMENTS = {
    key: item
    for key, item in knowledge().chapters["myositis"].statements.items()
    if item.file.removesuffix(".yaml") in FILES and item.entry.presentation != "guard"
}
KEYS = {"human-immunoglobulin": "ivig"} | {name: name for name in MEDICINES}
ON_VIEW = sorted(key for key, item in STATEMENTS.items() if "patient-view" in item.entry.hooks)
BY_DRUG = {
    key: min(KEYS[drug] for drug in item.drugs if drug in KEYS)
    for key, item in STATEMENTS.items()
    if ORDERING in item.entry.hooks and item.drugs
}


@pytest.mark.parametrize("statement", ON_VIEW)
def test_opening_the_chart_calls_nothing_clear(statement: str) -> None:
    assert Person().without(*EVERYTHING).verdict(statement) in {"unknown", "fired"}


@pytest.mark.parametrize(("statement", "drug"), BY_DRUG.items())
def test_ordering_calls_nothing_clear(statement: str, drug: str) -> None:
    reason = "Refractory dermatomyositis" if "REF" in statement else None
    case = Person(ORDERING).without(*EVERYTHING).order(drug, 5, dates=("2026-03-09",), reason=reason)
    assert case.verdict(statement) in {"unknown", "fired"}


def test_every_statement_is_looked_at() -> None:
    assert {*ON_VIEW, *BY_DRUG, "MYO-CALC-004"} == set(STATEMENTS)
