"""What is foregone of an expression is what would be found, in every chart that holds nothing it looks for."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import product
from typing import Any

import pytest
from both_passes import anything
from fixture_cases import CASES, FixtureCase
from msgspec import Raw

from cards.assess.assess import assess
from cards.chart.chart import Chart
from cards.chart.on_file import UNNAMED_MEDICATION, KeyNumbers, asked_for, key
from cards.chart.read import read_chart
from cards.chart.received import Received
from cards.chart.records import Records
from cards.findings import Assessment
from cards.knowledge.loader import Knowledge, load_knowledge
from cards.logic.blank import BlankChart, NothingOnFile
from cards.logic.foregone import Foregone, conclude, unless_on_file
from cards.logic.junctions import joined
from cards.logic.plain import DOUBT, GAP, Bindings
from cards.logic.plain_cases import first_case
from cards.terminology import Terminology
from service.call import received
from service.errors import DataUnavailableError
from service.gather.gather import complete, read_prefetch
from service.gather.templates import TEMPLATES, resource_type
from service.hooks import HOOKS
from service.protocol.request import decode_request

TODAY = date(2026, 3, 1)
NUMBERS = KeyNumbers()
RITUXIMAB = b'{"resourceType": "MedicationRequest", "id": "d", "medicationCodeableConcept": {"text": "Rituximab"}}'
UNRESOLVED = (
    b'{"resourceType": "MedicationRequest", "id": "d", "medicationReference": {"reference": "Medication/nowhere"}}'
)


class Scene:
    """All that the plain closures of this file touch."""

    def __init__(self, *on_file: str) -> None:
        self.on_file = NUMBERS.bits(on_file)
        self.lack = 0


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


async def sent(case: FixtureCase) -> Received:
    request = decode_request(case.request_file.read_bytes())
    hook = next(hook for hook in HOOKS if hook.name == case.hook)
    situation = hook.read_context(request.context)
    return received(situation, await complete(read_prefetch(request.prefetch), None, situation.patient_id))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_of_every_fixture_the_same_is_concluded_by_looking(case: FixtureCase, knowledge: Knowledge) -> None:
    try:
        resources = await sent(case)
    except DataUnavailableError:
        pytest.skip("nothing to assess")
    chart = read_chart(resources, knowledge.terminology, TODAY, case.hook)
    foregone = assess(chart, knowledge)
    chart.on_file |= anything(knowledge)
    by_looking = assess(chart, knowledge)
    assert told(foregone) == told(by_looking)


def told(assessment: Assessment) -> list[object]:
    reasons = [
        (item.statement.id, item.verdict, item.why, item.evidence, item.missing, item.finding)
        for item in assessment.explanations
    ]
    return [*reasons, assessment.not_assessed]


def answering(value: bool | None, lack: int, key: str = "") -> tuple[Any, Foregone | None]:
    """A part of a junction; with ``key`` it is worth that only where the key is not on file, else it is true."""

    def plain(scene: Scene, _bindings: Bindings) -> bool | None:
        if key and NUMBERS.bits([key]) & scene.on_file:
            return True
        scene.lack = max(scene.lack, lack)
        return value

    return plain, Foregone(NUMBERS.bits([key]), value, lack) if key else None


def outcome(plain: Any, *on_file: str) -> tuple[bool | None, int]:
    scene = Scene(*on_file)
    return plain(scene, {}), scene.lack


WORTH = list(product((True, False, None), (0, DOUBT, GAP)))


@pytest.mark.parametrize("deciding", [True, False], ids=["or", "and"])
@pytest.mark.parametrize("on_file", [(), ("a",), ("b",), ("a", "b")], ids=str)
def test_a_junction_takes_what_is_foregone_and_answers_as_without(deciding: bool, on_file: tuple[str, ...]) -> None:
    for one, two, three in product(WORTH, repeat=3):
        parts = [answering(*one, "a"), answering(*two), answering(*three, "b")]
        one_by_one = joined([(part, None) for part, _ in parts], deciding=deciding)
        assert outcome(joined(parts, deciding=deciding), *on_file) == outcome(one_by_one, *on_file)


def test_of_cases_those_foregone_are_passed_and_the_others_decide() -> None:
    for one, two, three in product(WORTH, repeat=3):
        cases = [answering(*one, "a"), answering(*two, "b"), answering(*three)]
        for on_file in ((), ("a",), ("b",)):
            values = [(when, known, answering(number % 2 == 0, 0)[0]) for number, (when, known) in enumerate(cases)]
            one_by_one = [(when, None, value) for when, _, value in values]
            assert outcome(first_case(values, None), *on_file) == outcome(first_case(one_by_one, None), *on_file)


def test_what_is_on_file_is_looked_at() -> None:
    plain = unless_on_file(lambda _scene, _bindings: True, Foregone(NUMBERS.bits(["results igra"]), None, DOUBT))
    assert outcome(plain, "results igra", "problems nmosd") == (True, 0)
    assert outcome(plain, "problems nmosd") == (None, DOUBT)


def test_what_takes_more_than_a_blank_chart_is_not_foregone(knowledge: Knowledge) -> None:
    def of_the_day(scene: Any, _bindings: Bindings) -> bool:
        return not scene.chart.results("igra").items and scene.chart.today is not None

    def of_an_element(_scene: Any, bindings: Bindings) -> bool:
        return bindings["m"] is None

    assert conclude(of_the_day, knowledge.terminology, {}, NUMBERS) is None
    assert conclude(of_an_element, knowledge.terminology, {}, NUMBERS) is None


def test_a_conclusion_names_all_that_was_looked_for(knowledge: Knowledge) -> None:
    def tested_or_treated(scene: Any, _bindings: Bindings) -> bool:
        return bool(scene.chart.results("igra").items or scene.chart.medications("isoniazid").items)

    foregone = conclude(tested_or_treated, knowledge.terminology, {}, NUMBERS)
    assert foregone is not None
    assert foregone.value is False
    looked_for = asked_for("results", ("igra",)) | asked_for("medications", ("isoniazid",))
    assert NUMBERS.keys(foregone.looked_for) == looked_for


def chart_of(knowledge: Knowledge, *drafts: bytes, absent: frozenset[str] = frozenset()) -> Chart:
    sent = tuple(Raw(draft) for draft in drafts)
    return read_chart(
        Received((), absent, sent, frozenset(), True, "p", None), knowledge.terminology, TODAY, "order-sign"
    )


Read = Callable[[Any], Records[Any]]


def of_each(method: str, concepts: Iterable[str]) -> list[Read]:
    return [lambda chart, concept=concept: getattr(chart, method)(concept) for concept in concepts]


READS: dict[str, Callable[[Terminology], list[Read]]] = {
    "results": lambda terms: of_each("results", terms.sets.labs),
    "problems": lambda terms: of_each("problems", terms.sets.conditions),
    "medications": lambda terms: of_each("medications", terms.sets.drugs),
    "acts": lambda terms: of_each("acts", [*terms.sets.acts, "unheard-of"]),
    "test orders": lambda terms: of_each("test_orders", terms.sets.labs),
    "reactions": lambda terms: of_each("reactions", [*terms.sets.drugs, *terms.sets.reactions]),
    "vaccinations": lambda _terms: [lambda chart: chart.vaccinations()],
    "vaccine orders": lambda _terms: [lambda chart: chart.vaccine_orders()],
    "forecasts": lambda _terms: [lambda chart: chart.forecasts()],
}
TYPES = ["CarePlan", "Patient", *sorted({resource_type(key) for key in TEMPLATES})]


@pytest.mark.parametrize("absent", TYPES)
@pytest.mark.parametrize("kind", READS)
def test_finding_nothing_is_foregone_only_where_all_was_fetched(kind: str, absent: str, knowledge: Knowledge) -> None:
    """A blank chart read in the same way has looked for whatever left a gap in the real one."""
    terminology, chart = knowledge.terminology, chart_of(knowledge, absent=frozenset({absent}))
    for read in READS[kind](terminology):
        on_file = NothingOnFile()
        assert not read(BlankChart(terminology, on_file, NUMBERS)).items
        assert not read(chart).gaps or on_file.looked_for & NUMBERS.known_bits(chart.on_file)


def test_a_draft_and_a_medication_nobody_can_name_are_on_file(knowledge: Knowledge) -> None:
    assert key("medications", "rituximab") in chart_of(knowledge, RITUXIMAB).on_file
    assert UNNAMED_MEDICATION in chart_of(knowledge, UNRESOLVED).on_file
