"""A prefetch that is decoded along with its request means the same as one that is read key by key."""

from typing import Any

import msgspec
import pytest
from hook_calls import bundle, full_prefetch, hook_call
from msgspec import Raw

from service.errors import NotJsonError
from service.gather.gather import read_prefetch
from service.gather.prefetch import Part, State
from service.gather.templates import TEMPLATES
from service.protocol.request import UsualPrefetch, compact, decode_request

RESULT = {"resourceType": "Observation", "id": "o1"}
NEXT = [{"relation": "next", "url": "https://a/next"}]
WARNING = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]}
ERROR = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
USUAL = [
    None,
    bundle(),
    bundle(entry=None),
    bundle(RESULT, RESULT),
    bundle(RESULT, total=2),
    bundle(RESULT, link=NEXT),
    bundle(entry=[{"resource": None}, {"resource": RESULT}, {}]),
    bundle(entry=[{"resource": RESULT, "search": {"mode": "include"}}], total=1),
]
UNUSUAL = [RESULT, ERROR, bundle(RESULT, WARNING), bundle(RESULT, ERROR), "123", [], {}, bundle(entry="none")]


def parts(prefetch: Any) -> dict[str, Part]:
    return read_prefetch(decode_request(compact(hook_call(prefetch=prefetch))).prefetch)


def one_by_one(prefetch: Any) -> dict[str, Part]:
    return read_prefetch({key: Raw(msgspec.json.encode(value)) for key, value in prefetch.items()})


def plain(found: dict[str, Part]) -> Any:
    return {key: (part, [bytes(resource) for resource in part.resources]) for key, part in found.items()}


def test_the_keys_are_those_of_the_templates_in_their_order() -> None:
    assert UsualPrefetch.__struct_encode_fields__ == tuple(TEMPLATES)


@pytest.mark.parametrize("value", [*USUAL, *UNUSUAL])
def test_every_value_means_the_same_as_by_itself(value: Any) -> None:
    prefetch = full_prefetch(observations=value)
    assert plain(parts(prefetch)) == plain(one_by_one(prefetch))


@pytest.mark.parametrize(("value", "usual"), [*((v, True) for v in USUAL), *((v, False) for v in UNUSUAL)])
def test_only_answers_to_searches_are_decoded_along(value: Any, usual: bool) -> None:
    request = decode_request(compact(hook_call(prefetch=full_prefetch(observations=value))))
    assert isinstance(request.prefetch, UsualPrefetch) is usual


def test_a_key_that_was_not_sent_is_absent() -> None:
    found = parts({"patient": {"resourceType": "Patient", "id": "p1"}, "conditions": None})
    assert {key for key, part in found.items() if part.state is State.COMPLETE} == {"patient", "conditions"}
    assert found["observations"] == Part(State.ABSENT)


@pytest.mark.parametrize("prefetch", [None, {}, {"other": bundle()}])
def test_without_any_of_our_keys_everything_is_absent(prefetch: Any) -> None:
    assert all(part.state is State.ABSENT for part in parts(prefetch).values())


def test_a_key_that_is_no_text_is_refused_although_nobody_asked_for_it() -> None:
    body = compact(hook_call(prefetch={"other": 1})).replace(b"other", b"othe\xff")
    with pytest.raises(NotJsonError):
        decode_request(body)


def test_a_bundle_that_holds_no_text_where_one_belongs_never_came() -> None:
    link = [{"relation": "next", "url": "https://a/X"}]
    body = compact(hook_call(prefetch=full_prefetch(observations=bundle(RESULT, link=link))))
    request = decode_request(body.replace(b"https://a/X", b"https://a/\xff"))
    assert read_prefetch(request.prefetch)["observations"].state is State.ABSENT
