"""Requests of the fixtures, broken at random: never an internal error, and never a clearance that was not earned."""

import asyncio
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from fixture_cases import CASES, FixtureCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import mutated, mutations

from service.assessment import Advisor
from service.call import Caller, Desk
from service.errors import BadRequestError, DataUnavailableError
from service.hooks import HOOKS
from service.protocol.request import compact, decode_request
from service.settings import Settings
from service.trust.tenant import demo_tenant

Json = dict[str, Any]
Ask = Callable[[Json], list[Json]]
Break = Callable[[Json], Any]
cases = st.sampled_from(CASES)
thorough = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
HOOK = {hook.name: hook for hook in HOOKS}


@pytest.fixture(scope="module")
def ask(real_advisor: Advisor) -> Ask:
    """The cards for a request; a request that is refused has none."""
    desk = Desk(Settings(), real_advisor)
    caller = Caller(demo_tenant(Settings()), "en", "http://127.0.0.1")

    def asked(request: Json) -> list[Json]:
        try:
            read = decode_request(compact(request))
            return asyncio.run(desk.answer(HOOK.get(read.hook, HOOKS[0]), read, caller)).cards
        except (BadRequestError, DataUnavailableError):
            return []

    return asked


def told(cards: list[Json]) -> frozenset[str]:
    """Every statement that fired or could not be assessed."""
    parts = [card["extension"]["org.biologic-cds.card"] for card in cards]
    return frozenset(item["id"] for part in parts for item in (*part.get("findings", ()), *part.get("notAssessed", ())))


def contraindicated(cards: list[Json]) -> frozenset[str]:
    """What is told of as critical, by subject: the first two words of a statement's id."""
    parts = [card["extension"]["org.biologic-cds.card"] for card in cards]
    findings = (finding for part in parts for finding in part.get("findings", ()))
    return frozenset(_subject(finding["id"]) for finding in findings if finding["severity"] == "critical")


def _subject(statement: str) -> str:
    return ".".join(statement.split(".")[:2])


def whole(case: FixtureCase) -> Json:
    """The request; a Bundle of it may lose an entry without being taken for a page that was cut off."""
    request = deepcopy(case.request)
    for value in request["prefetch"].values():
        if value is not None:
            value.pop("total", None)
    return request


def results(request: Json) -> Iterator[tuple[list[Json], int]]:
    for value in request["prefetch"].values():
        for number, entry in enumerate((value or {}).get("entry", ())):
            if entry["resource"]["resourceType"] == "Observation":
                yield value["entry"], number


@thorough
@given(cases, mutations)
def test_a_broken_request_is_answered_or_refused(ask: Ask, case: FixtureCase, steps: list[Any]) -> None:
    ask(mutated(case.request, steps))


@thorough
@given(cases, mutations)
def test_broken_data_are_answered(ask: Ask, case: FixtureCase, steps: list[Any]) -> None:
    ask(case.request | {"prefetch": mutated(case.request["prefetch"], steps)})


def _with_value(result: Json, **value: Any) -> None:
    for name in [name for name in result if name.startswith("value") or name in ("interpretation", "component")]:
        del result[name]
    result.update(value)


def _dated(result: Json, value: Any) -> None:
    for name in ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued"):
        result.pop(name, None)
    result.update(effectiveDateTime=value)


# Nothing among these letters is a result in any language.
nonsense = st.text(alphabet="qjzw?…待", min_size=3, max_size=12)
unreadable_values: st.SearchStrategy[Json] = st.one_of(
    st.just({}),
    nonsense.map(lambda text: {"valueString": text}),
    nonsense.map(lambda text: {"valueCodeableConcept": {"text": text, "coding": [{"system": text, "code": text}]}}),
    st.tuples(st.integers(1, 500), nonsense).map(lambda pair: {"valueQuantity": {"value": pair[0], "unit": pair[1]}}),
    nonsense.map(lambda text: {"valueQuantity": {"value": text, "unit": "g/L"}}),
    nonsense.map(lambda text: {"dataAbsentReason": {"text": text}}),
    st.sampled_from([[], [[1]], {}, 7]).map(lambda odd: {"valueQuantity": odd, "valueString": odd}),
)
unusable_statuses = (
    st.sampled_from(["entered-in-error", "cancelled", "registered", "unknown", "", None, ["final"]]) | nonsense
)
breaks: st.SearchStrategy[Break] = st.one_of(
    unreadable_values.map(lambda value: lambda result: _with_value(result, **value)),
    unusable_statuses.map(lambda status: lambda result: result.update(status=status)),
    (nonsense | st.sampled_from(["", None, [], "2026-13-45"])).map(lambda day: lambda result: _dated(result, day)),
)


@thorough
@given(cases, st.integers(0, 99), breaks)
def test_a_result_that_cannot_be_read_is_worth_no_more_than_none(
    ask: Ask, case: FixtureCase, number: int, broken: Break
) -> None:
    """Whatever is told when the result is not there at all is told as well, or something worse about its subject."""
    request = whole(case)
    found = list(results(request))
    if not found:
        return
    number %= len(found)
    entries, place = found[number]
    lost = lost_without(ask, case, number)
    broken(entries[place]["resource"])
    cards = ask(request)
    silent = lost - told(cards)
    assert all(_subject(statement) in contraindicated(cards) for statement in silent), silent


_LOST: dict[tuple[str, int], frozenset[str]] = {}  # asked for again and again, and always the same


def lost_without(ask: Ask, case: FixtureCase, number: int) -> frozenset[str]:
    """What is told only if the result is missing."""
    key = (case.name, number)
    if key not in _LOST:
        request = whole(case)
        before = told(ask(request))
        entries, place = list(results(request))[number]
        del entries[place]
        _LOST[key] = told(ask(request)) - before
    return _LOST[key]


def test_results_matter_to_what_is_told(ask: Ask) -> None:
    """Else the test above would hold of anything."""
    case = next(case for case in CASES if case.name == "clean-start")
    lost = [lost_without(ask, case, number) for number in range(len(list(results(case.request))))]
    assert any("inebilizumab.hbv.hbsag-missing.screening-missing" in told for told in lost)
    assert sum(map(bool, lost)) >= 5
