"""Charts mixed of the records of all fixtures: whatever comes together, what is foregone is what would be found."""

import random
from datetime import date
from typing import Any

import pytest
from both_passes import assessed
from fixture_cases import CASES

from cards.chart.received import Received
from cards.knowledge.loader import Knowledge, load_knowledge
from service.gather.templates import TEMPLATES, resource_type

Json = dict[str, Any]
RECORDS = [record for case in CASES for record in case.records]
DRAFTS = [draft for case in CASES if case.is_valid for draft in case.drafts]
TYPES = sorted({resource_type(key) for key in TEMPLATES})
MIXES = 15


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def ours(resource: Json, number: int) -> Json:
    """The resource as one of the mixed patient."""
    whose = {key: {"reference": "Patient/mixed"} for key in ("subject", "patient") if key in resource}
    identifier = "mixed" if resource["resourceType"] == "Patient" else f"mixed-{number}"
    return resource | whose | {"id": identifier}


def mixed(choice: random.Random, hook: str) -> Received:
    records = choice.sample(RECORDS, choice.choice([0, 1, 3, 8, 20, 40]))
    drafts = [] if hook == "patient-view" else choice.sample(DRAFTS, choice.choice([1, 1, 1, 2, 3]))
    return Received(
        resources=tuple(ours(record, number) for number, record in enumerate(records)),
        absent=frozenset(choice.sample(TYPES, choice.choice([0, 0, 0, 1, 2, 5]))),
        drafts=tuple(ours(draft, 1000 + number) for number, draft in enumerate(drafts)),
        select_all=True,
        patient_id="mixed",
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_both_passes_agree_on_it(hook: str, seed: int, knowledge: Knowledge) -> None:
    choice = random.Random(f"{hook} {seed}")
    for _ in range(MIXES):
        today = date(2026, choice.randint(1, 12), choice.randint(1, 28))
        assessed(mixed(choice, hook), knowledge, today=today, hook=hook, region=choice.choice(["cn", "us", "eu"]))
