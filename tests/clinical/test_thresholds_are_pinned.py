"""Every number of a statement has a case that notices when it is changed by one step."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from boundaries import Boundary
from boundaries_first_dose import FIRST_DOSE
from boundaries_people import PEOPLE
from boundaries_treatment import TREATMENT
from building import PREFIX, full, knowledge
from case_record import DRUG

from cards.assess.assess import assess
from cards.chart.chart import Chart
from cards.chart.read import read_chart
from cards.knowledge import chapter
from cards.knowledge.chapter import Chapter, load_chapter
from cards.knowledge.loader import FOLDER, Knowledge
from cards.knowledge.model import ParameterEntry

BOUNDARIES: list[Boundary] = [*FIRST_DOSE, *TREATMENT, *PEOPLE]
BY_PARAMETER = {item.parameter: item for item in BOUNDARIES}
DRUG_FOLDER = FOLDER / "drugs" / DRUG

# Said in the words of a statement, decided by none.
ONLY_IN_WORDS = {
    "observe_hours",
    "hbv_carrier_monitor_from_months",
    "is_full_effect_min_weeks",
    "is_full_effect_max_weeks",
}


@pytest.fixture(scope="module", autouse=True)
def _files_read_once() -> Iterator[None]:
    """Compiling is quick, reading YAML is not, and the files do not change in between."""
    original = chapter.entries
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chapter, "entries", cache(original))
        yield


@cache
def chart(boundary: str, value: Any) -> Chart:
    item = BY_PARAMETER[boundary]
    case = item.build(value)
    return read_chart(case.received(), knowledge().terminology, date.fromisoformat(case.today), case.hook)


def outcome(item: Boundary, value: Any, drug: Chapter) -> str | None:
    found = assess(chart(item.parameter, value), Knowledge(knowledge().terminology, {DRUG: drug}, "")).findings
    wanted = PREFIX + full(item.statement)
    return next((finding.severity for finding in found if finding.statement.id == wanted), None)


def outcomes(item: Boundary, drug: Chapter) -> dict[Any, str | None]:
    return {value: outcome(item, value, drug) for value in item.outcomes}


def changed(parameter: str, by: Decimal) -> Chapter:
    entry = knowledge().chapters[DRUG].parameters[parameter]
    assert isinstance(entry.value, Decimal), f"{parameter}: give each of its values a parameter of its own"
    other = ParameterEntry(**(entry.model_dump() | {"value": entry.value + by}))
    return load_chapter(DRUG_FOLDER, knowledge().terminology, {parameter: other})


def used_parameters() -> set[str]:
    files: list[Path] = [path for path in DRUG_FOLDER.glob("*.yaml") if path.name != "parameters.yaml"]
    return {name for path in files for name in re.findall(r"\bP\.([a-z0-9_]+)", path.read_text(encoding="utf-8"))}


def test_every_parameter_used_by_a_condition_has_a_boundary() -> None:
    assert set(BY_PARAMETER) == used_parameters()
    assert len(BY_PARAMETER) == len(BOUNDARIES)
    assert set(knowledge().chapters[DRUG].parameters) - used_parameters() == ONLY_IN_WORDS


@pytest.mark.parametrize("item", BOUNDARIES, ids=str)
def test_the_boundary_lies_where_the_catalogue_puts_it(item: Boundary) -> None:
    assert outcomes(item, knowledge().chapters[DRUG]) == dict(item.outcomes)


@pytest.mark.parametrize("direction", [1, -1], ids=["more", "less"])
@pytest.mark.parametrize("item", BOUNDARIES, ids=str)
def test_a_changed_parameter_is_noticed(item: Boundary, direction: int) -> None:
    mutated = changed(item.parameter, direction * Decimal(item.step))
    assert outcomes(item, mutated) != dict(item.outcomes)
