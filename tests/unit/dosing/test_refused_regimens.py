"""A regimen file that contradicts itself stops the start and says which record and field."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dose_building import knowledge
from ruamel.yaml import YAML

from cards.dosing.policy import Policy
from cards.errors import KnowledgeError
from cards.knowledge.loader import FOLDER
from cards.knowledge.regimens import read_regimens

Json = dict[str, Any]


def option(**more: Any) -> Json:
    return {"amount": 40, "unit": "mg", "timing": {"period": 2, "period_unit": "wk"}} | more


def record(identifier: str = "ADA-1", **more: Any) -> Json:
    known: Json = {
        "id": identifier,
        "indication": {"conditions": ["plaque-psoriasis"], "names": {"en": "psoriasis", "zh": "银屑病"}},
        "population": {"age_min_y": 18},
        "regimen": {"options": [option()]},
        "locator": "table 1",
        "legibility": "clear",
    }
    return known | more


def file(*records: Json, **more: Any) -> Json:
    return {"document": "paper", "routes": ["subcutaneous"], "records": list(records or (record(),))} | more


def load(content: Json, folder: Path) -> Any:
    path = folder / "regimens.yaml"
    with path.open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)
    return read_regimens(path, knowledge().terminology, {"paper"})


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    assert [item.id for item in load(file(), tmp_path).records] == ["ADA-1"]


REFUSED: dict[str, tuple[Callable[[], Json], str, str]] = {
    "unknown field": (lambda: file(record(colour="red")), "ADA-1.colour", "Extra inputs"),
    "unknown unit": (
        lambda: file(record(regimen={"options": [option(unit="IU")]})),
        "ADA-1.regimen",
        "Input should be",
    ),
    "unknown period": (
        lambda: file(record(regimen={"options": [option(timing={"period": 1, "period_unit": "year"})]})),
        "ADA-1.regimen",
        "Input should be",
    ),
    "unknown indication": (
        lambda: file(record(indication={"conditions": ["baldness"], "names": {"en": "b", "zh": "b"}})),
        "ADA-1.indication.conditions",
        "not a known condition",
    ),
    "unknown document": (lambda: file(document="rumour"), "document", "not a source"),
    "unknown source": (lambda: file(record(sources=["rumour"])), "ADA-1.sources", "not a source"),
    "no age within": (
        lambda: file(record(population={"age_min_y": 18, "age_max_y_excl": 18})),
        "ADA-1.population",
        "no age",
    ),
    "no weight within": (
        lambda: file(record(population={"weight_min_kg": 60, "weight_max_kg_excl": 60})),
        "ADA-1.population",
        "no weight",
    ),
    "two lower bounds": (
        lambda: file(record(population={"weight_min_kg": 60, "weight_min_kg_excl": 60})),
        "ADA-1.population",
        "weight_min_kg or",
    ),
    "overlapping bands": (
        lambda: file(record(population={"weight_max_kg_incl": 60}), record("ADA-2", population={"weight_min_kg": 60})),
        "ADA-2.population",
        "overlaps with ADA-1",
    ),
    "a record twice": (lambda: file(record(), record()), "ADA-1", "twice"),
    "amount and range": (
        lambda: file(record(regimen={"options": [option(amount_min=20)]})),
        "ADA-1.regimen",
        "not both",
    ),
    "amount without unit": (
        lambda: file(record(regimen={"options": [{"amount": 40, "timing": {"period": 2, "period_unit": "wk"}}]})),
        "ADA-1.regimen",
        "needs a unit",
    ),
    "an empty option": (
        lambda: file(record(regimen={"options": [{}]})),
        "ADA-1.regimen.options",
        "how much or how often",
    ),
    "course with timing": (
        lambda: file(record(regimen={"options": [option(doses=2, gap_days=14)]})),
        "ADA-1.regimen.options",
        "no 'timing'",
    ),
    "doses without gap": (
        lambda: file(record(regimen={"options": [option(doses=2)]})),
        "ADA-1.regimen",
        "belong together",
    ),
    "loading that does not begin": (
        lambda: file(record(regimen={"loading": [{"amount": 80, "unit": "mg", "at_week": 1}], "options": [option()]})),
        "ADA-1.regimen.loading",
        "begin at 0",
    ),
    "titration with a gap": (
        lambda: file(record(regimen={"titration": [{"day": 2, "am_mg": 10, "pm_mg": 0}], "options": [option()]})),
        "ADA-1.regimen.titration",
        "1, 2, 3",
    ),
    "a cap on a flat dose": (
        lambda: file(record(regimen={"options": [option(max_amount=80)]})),
        "ADA-1.regimen.amount",
        "per kg or m2",
    ),
    "unknown form": (
        lambda: file(record(regimen={"options": [option(form="depot")]})),
        "ADA-1.regimen",
        "not one of the forms",
    ),
    "unknown ceiling period": (
        lambda: file(record(ceiling={"amount": 80, "unit": "mg", "per": "life"})),
        "ADA-1.ceiling",
        "pattern",
    ),
    "if_unknown alone": (
        lambda: file(
            record(ceiling={"amount": 80, "unit": "mg", "per": "dose", "if_unknown": {"amount": 90, "unit": "mg"}})
        ),
        "ADA-1.ceiling",
        "or_up_to",
    ),
    "nothing accepted": (
        lambda: file(record(accepts=[{"why": {"en": "label", "zh": "说明书"}}])),
        "ADA-1.accepts",
        "nothing is accepted",
    ),
    "unconfirmed fields of the confirmed": (
        lambda: file(record(unconfirmed_fields=["grade"])),
        "ADA-1.unconfirmed",
        "is false",
    ),
    "no route": (lambda: file(routes=[]), "regimens.routes", "at least 1"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_file_field_and_reason(name: str, tmp_path: Path) -> None:
    content, field, reason = REFUSED[name]
    with pytest.raises(KnowledgeError) as problem:
        load(content(), tmp_path)
    assert "regimens.yaml" in problem.value.file
    assert problem.value.field.startswith(field)
    assert reason in problem.value.reason


def test_bands_that_touch_are_no_overlap(tmp_path: Path) -> None:
    bands = [{"weight_max_kg_excl": 60}, {"weight_min_kg": 60, "weight_max_kg_incl": 100}, {"weight_min_kg_excl": 100}]
    found = load(file(*(record(f"ADA-{n}", population=band) for n, band in enumerate(bands))), tmp_path)
    assert len(found.records) == 3


def test_a_missing_number_of_the_chapter_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="body_low"):
        Policy.of({})


def test_every_shipped_file_is_read() -> None:
    files = sorted(FOLDER.glob("drugs/*/regimens.yaml"))
    assert len(files) == len(knowledge().regimens) == 36
    assert sum(len(doses.records) for doses in knowledge().regimens.values()) == 68
