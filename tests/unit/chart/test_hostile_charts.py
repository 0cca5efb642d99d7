"""Whatever a chart contains: reading it never raises, and what is unrelated changes no answer."""

from typing import Any

import msgspec
import pytest
from charts import HBSAG, PATIENT, chart, observation, request
from everything import DRAFTS, RESOURCES, answers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import mutated, mutations

kinds = st.sampled_from(sorted(RESOURCES))
thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(kinds, mutations)
def test_a_resource_of_any_shape_is_read_or_ignored(kind: str, steps: list[tuple[int, str, Any]]) -> None:
    changed = mutated(RESOURCES[kind], steps)
    others = [resource for name, resource in RESOURCES.items() if name != kind]
    as_bytes = chart(changed, *others, drafts=DRAFTS.values())
    answers(as_bytes)
    assert all(isinstance(reason, str) for _, reason in as_bytes.set_aside)


@thorough
@given(kinds, mutations)
def test_decoded_resources_are_no_different(kind: str, steps: list[tuple[int, str, Any]]) -> None:
    from charts import TODAY, terminology

    from cards.chart.read import read_chart
    from cards.chart.received import Received

    changed = mutated(RESOURCES[kind], steps)
    received = Received((changed,), frozenset(), (changed,), select_all=True, patient_id="p1")
    answers(read_chart(received, terminology(), TODAY, "patient-view"))


@thorough
@given(st.sampled_from(sorted(DRAFTS)), mutations)
def test_a_draft_of_any_shape_is_read_or_ignored(kind: str, steps: list[tuple[int, str, Any]]) -> None:
    changed = mutated(DRAFTS[kind], steps)
    others = [draft for name, draft in DRAFTS.items() if name != kind]
    answers(chart(*RESOURCES.values(), drafts=[changed, *others]))


@given(st.binary(max_size=60))
@settings(deadline=None)
def test_bytes_that_are_no_json_are_set_aside(content: bytes) -> None:
    answers(chart(content, b'{"resourceType": "Observation", "code": ' + content, drafts=[content]))


DEEP = b'{"a":' * 5000 + b"1" + b"}" * 5000
RESULT = (
    b'{"resourceType": "Observation", "status": "final", "effectiveDateTime": "2026-01-01", "code": {"text": "HBsAg"}, '
)


@pytest.mark.parametrize(
    "content",
    [
        b"null",
        b"[]",
        b"3",
        b'"x"',
        DEEP,
        b'{"resourceType": "Observation", "code": ' + DEEP + b"}",
        RESULT + b'"valueQuantity": {"value": 1e400}}',
        RESULT + b'"valueQuantity": {"value": 1e99999999999999999999}}',
        RESULT + b'"valueInteger": ' + b"9" * 5000 + b"}",
        b'{"resourceType": ["Observation"], "id": 7}',
        b'{"resourceType": "Observation", "id": "\xff"}',
    ],
    ids=range(11),
)
def test_content_from_hell(content: bytes) -> None:
    answers(chart(content, *RESOURCES.values(), drafts=[content]))


def test_references_in_circles_end() -> None:
    product = {
        "resourceType": "Medication",
        "id": "x",
        "ingredient": [{"itemReference": {"reference": "Medication/x"}}],
    }
    order = request(None, medicationReference={"reference": "#m"}, contained=[product | {"id": "#m"}])
    order["reasonReference"] = [{"reference": "MedicationRequest/m1"}]
    event = {
        "resourceType": "AdverseEvent",
        "id": "e",
        "suspectEntity": [{"instance": {"reference": "AdverseEvent/e"}}],
    }
    answers(chart(product, order, event))


UNRELATED = [
    observation({"coding": [{"system": "http://loinc.org", "code": "787-2"}], "text": "MCV"}, "u1", valueInteger=1),
    observation(HBSAG, "u2", valueString="positive") | {"subject": {"reference": "Patient/p2"}},
    observation(HBSAG, "u3", valueString="positive", status="entered-in-error"),
    {"resourceType": "Encounter", "id": "u4", "subject": PATIENT},
    {"resourceType": "Patient", "id": "p2", "gender": "male"},
    request({"text": "aspirin"}, "u5"),
    {"resourceType": "Condition", "id": "u6", "code": {"text": "Fracture of wrist"}, "subject": PATIENT},
    {"resourceType": "Flag", "id": "u7", "code": HBSAG},
    {"resourceType": "ServiceRequest", "id": "u8", "status": "active", "code": {"text": "podiatry"}},
]


@thorough
@given(st.lists(st.sampled_from(UNRELATED), min_size=1, unique_by=id), st.booleans())
def test_an_unrelated_resource_changes_nothing(more: list[Any], first: bool) -> None:
    known = list(RESOURCES.values())
    before = answers(chart(*known, drafts=DRAFTS.values()))
    after = answers(chart(*(more + known if first else known + more), drafts=DRAFTS.values()))
    assert after == before


@given(st.permutations(list(RESOURCES.values())))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_resources_does_not_matter_to_what_is_found(resources: list[Any]) -> None:
    expected, found = answers(chart(*RESOURCES.values())), answers(chart(*resources))
    for question, records in expected.items():
        items = getattr(records, "items", None)
        if isinstance(items, tuple):
            assert sorted(map(repr, items)) == sorted(map(repr, found[question].items)), question


def test_the_same_resource_in_two_answers_counts_once() -> None:
    twice = [*RESOURCES.values(), *RESOURCES.values()]
    assert answers(chart(*twice)) == answers(chart(*RESOURCES.values()))


def test_resources_are_handed_out_as_they_came() -> None:
    found = chart(*RESOURCES.values(), drafts=DRAFTS.values())
    for kind, identifier in (("MedicationRequest", "m1"), ("Observation", "o2"), ("Patient", "p1")):
        expected = next(r for r in RESOURCES.values() if (r["resourceType"], r["id"]) == (kind, identifier))
        assert msgspec.to_builtins(found.active_resource(f"{kind}/{identifier}")).keys() == expected.keys()
    assert found.draft_resource("MedicationRequest/d1")["status"] == "draft"
    assert found.active_resource("Observation/none") == found.draft_resource("") == {}
