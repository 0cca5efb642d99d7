"""What one prefetch value means."""

from typing import Any

import msgspec
import pytest
from hook_calls import bundle
from msgspec import Raw

from service.gather.prefetch import Part, State, interpret, joined

RESULT = {"resourceType": "Observation", "id": "o1"}
NEXT = [{"relation": "self", "url": "x"}, {"relation": "next", "url": "https://a/next"}]


def outcome(*severities: str) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": [{"severity": severity} for severity in severities]}


def read(value: Any, *, is_search: bool = True) -> Part:
    return interpret(Raw(msgspec.json.encode(value)), "Observation", is_search=is_search)


def test_a_missing_key_is_absent() -> None:
    assert interpret(None, "Observation", is_search=True).state is State.ABSENT


@pytest.mark.parametrize("value", ["123", 5, True, [], [RESULT], {}, {"resourceType": 7}, {"resourceType": "Group"}])
def test_what_nobody_can_use_is_absent(value: Any) -> None:
    assert read(value) == Part(State.ABSENT)


def test_a_bundle_of_a_wrong_shape_is_absent() -> None:
    assert read({"resourceType": "Bundle", "entry": "none"}).state is State.ABSENT


@pytest.mark.parametrize("value", [None, bundle(), bundle(total=0), bundle(entry=[]), bundle(RESULT, total=1)])
def test_null_and_bundles_are_complete(value: Any) -> None:
    assert read(value).state is State.COMPLETE


@pytest.mark.parametrize(
    "value",
    [
        bundle(RESULT, link=NEXT),
        bundle(RESULT, total=2),
        bundle(entry=[{"fullUrl": "x"}]),
        bundle(RESULT, outcome("error")),
        bundle(RESULT, outcome("fatal", "information")),
        bundle(RESULT, outcome()),
        bundle(RESULT, {"resourceType": "OperationOutcome", "issue": "none"}),
    ],
)
def test_pages_and_errors_within_are_partial(value: Any) -> None:
    part = read(value)
    assert part.state is State.PARTIAL
    assert all(b"OperationOutcome" not in bytes(resource) for resource in part.resources)


def test_warnings_of_the_server_leave_an_answer_complete() -> None:
    assert read(bundle(RESULT, outcome("warning", "information"))).state is State.COMPLETE


def test_a_result_that_mentions_an_outcome_is_kept() -> None:
    mentions = RESULT | {"note": "OperationOutcome", "extra": ["OperationOutcome"]}
    odd = {"resourceType": 5, "x": "OperationOutcome", "y": ["OperationOutcome"]}
    assert len(read(bundle(mentions, odd)).resources) == 2


def test_included_resources_do_not_count_as_hits() -> None:
    entries = [{"resource": RESULT}, {"resource": {"resourceType": "Group"}, "search": {"mode": "include"}}]
    assert read(bundle(entry=entries, total=2)).state is State.PARTIAL


def test_an_outcome_alone_is_a_failure() -> None:
    assert read(outcome("error")).state is State.FAILED


def test_a_single_resource_answers_a_read_but_not_a_search() -> None:
    assert read(RESULT, is_search=False).state is State.COMPLETE
    assert read(RESULT).state is State.PARTIAL


def test_joined_pages_are_complete_when_all_hits_are_there() -> None:
    pages = [read(bundle(RESULT, total=2, link=NEXT)), read(bundle(RESULT, total=2))]
    assert joined(pages).state is State.COMPLETE
    assert joined(pages[:1]).state is State.PARTIAL
    assert joined([pages[0], Part(State.FAILED)]).state is State.PARTIAL
    assert joined([Part(State.FAILED)]).state is State.FAILED
