"""Every number of the statements about doses has a case that notices when it is changed by one step."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from dose_building import DoseCase, adult, child, every, knowledge, mg, on, once

from cards.dosing.policy import Policy
from cards.knowledge import chapter
from cards.knowledge.chapter import load_chapter
from cards.knowledge.loader import DOSING, FOLDER, Knowledge
from cards.knowledge.model import ParameterEntry


@dataclass(frozen=True)
class Boundary:
    """``build(value)`` makes the case; ``outcomes`` gives the severity it must have, ``None`` when silent."""

    parameter: str
    statement: str
    build: Callable[[Any], DoseCase]
    outcomes: Mapping[Any, str | None]
    step: str = "0.01"

    def __str__(self) -> str:
        return self.parameter


def belimumab(per_kg: float) -> DoseCase:
    return adult("belimumab", "sle").treated().order(mg(per_kg, "mg/kg"), every(4, "wk"))


def belimumab_at(years: int, per_kg: float = 15) -> DoseCase:
    return child("belimumab", "sle", years, 40).treated().order(mg(per_kg, "mg/kg"), every(4, "wk"))


def upadacitinib(hours: float) -> DoseCase:
    return adult("upadacitinib", "atopic-dermatitis").treated().order(mg(15), every(hours, "h"))


def deucravacitinib(hours: float) -> DoseCase:
    return adult("deucravacitinib", "plaque-psoriasis").order(mg(6), every(hours, "h"))


def third_infliximab(last: str) -> DoseCase:
    """Planned 28 days after the second."""
    return adult("infliximab", "plaque-psoriasis").was_given("2026-01-25", last).order(mg(350), once("2026-03-02"))


def loading_ordered(drug: str) -> DoseCase:
    if drug == "dupilumab":
        return adult(drug, "atopic-dermatitis").order(mg(300), every(2, "wk"))
    return adult(drug, "plaque-psoriasis").order(mg(45), every(12, "wk"))


def rituximab(second: str) -> DoseCase:
    return adult("rituximab", "bullous-pemphigoid").order(mg(1000), on("2026-03-02", second))


def ustekinumab(kilograms: float) -> DoseCase:
    return adult("ustekinumab", "plaque-psoriasis", kilograms).treated().order(mg(45), every(12, "wk"))


def adalimumab_before(last: str) -> DoseCase:
    return adult("adalimumab", "plaque-psoriasis").was_given(last).order(mg(40), every(2, "wk"))


def lebrikizumab(first: str) -> DoseCase:
    return adult("lebrikizumab", "atopic-dermatitis").was_given(first).order(mg(500), once("2026-03-02"))


def dupilumab(amount: float) -> DoseCase:
    return adult("dupilumab", "atopic-dermatitis").treated().order(mg(amount), every(2, "wk"))


def small_child(amount: float, kilograms: float = 10) -> DoseCase:
    return child("dupilumab", "atopic-dermatitis", 3, kilograms).order(mg(amount), every(4, "wk"))


def guselkumab(days: int) -> DoseCase:
    return adult("guselkumab", "plaque-psoriasis").treated().order(mg(200), every(days, "d"))


def weighed(years: int, day: str) -> DoseCase:
    return child("dupilumab", "atopic-dermatitis", years, None).weighs(20, day).order(mg(300), every(4, "wk"))


BOUNDARIES = [
    Boundary("body_low", "DOSE-001", belimumab, {9.0: None, 8.9: "warning"}),
    Boundary("body_high", "DOSE-001", belimumab, {11.0: None, 11.1: "warning"}),
    Boundary("body_very_high_adult", "DOSE-001", belimumab, {19.9: "warning", 20: "critical"}),
    Boundary("body_very_high_child", "DOSE-001", lambda kg: belimumab_at(10, kg), {14.9: "warning", 15: "critical"}),
    Boundary("adult_age", "DOSE-001", belimumab_at, {17: "critical", 18: "warning"}, "1"),
    Boundary("interval_low", "DOSE-002", upadacitinib, {21.6: None, 21.36: "warning"}),
    Boundary("interval_high", "DOSE-002", upadacitinib, {26.4: None, 26.64: "info"}),
    Boundary("interval_very_short", "DOSE-002", deucravacitinib, {12: "warning", 11.76: "critical"}),
    Boundary("interval_very_long", "DOSE-002", deucravacitinib, {36: "info", 36.24: "warning"}),
    Boundary("loading_gap", "DOSE-002", third_infliximab, {"2026-02-07": None, "2026-02-08": "warning"}, "0.05"),
    Boundary(
        "loading_larger", "LOAD-001", loading_ordered, {"dupilumab": "warning", "ustekinumab": "warning"}, step="1"
    ),
    Boundary("course_gap_short", "COURSE-001", rituximab, {"2026-03-14": None, "2026-03-13": "warning"}, "0.06"),
    Boundary(
        "course_gap_very_short", "COURSE-001", rituximab, {"2026-03-09": "warning", "2026-03-08": "critical"}, "0.08"
    ),
    Boundary("band_margin", "WT-003", ustekinumab, {95: "info", 94.9: None}, "0.1"),
    Boundary("history_days", "LOAD-001", adalimumab_before, {"2025-03-02": None, "2025-03-01": "warning"}, "1"),
    Boundary("loading_grace_days", "DOSE-001", lebrikizumab, {"2026-02-02": None, "2026-02-01": "critical"}, "1"),
    Boundary("flat_exact", "DOSE-001", dupilumab, {300: None, 303: "warning"}),
    Boundary("flat_very_high", "DOSE-001", dupilumab, {597: "warning", 600: "critical"}),
    Boundary("child_very_high", "DOSE-001", small_child, {298: "warning", 300: "critical"}),
    Boundary("no_loading_larger", "LOAD-002", lambda n: small_child(n, 20), {447: None, 450: "warning"}),
    Boundary("exposure_allowed", "DOSE-001", guselkumab, {112: "warning", 111: "critical"}),
    Boundary(
        "limit",
        "DOSE-001",
        lambda amount: adult("adalimumab", "hypertension").order(mg(amount), once()),
        {160: None, 161.6: "critical"},
    ),
    Boundary("toddler_age", "WT-002", lambda years: weighed(years, "2026-01-16"), {1: "warning", 2: None}, "1"),
    Boundary("schoolchild_age", "WT-002", lambda years: weighed(years, "2025-12-17"), {5: "warning", 6: None}, "1"),
    Boundary(
        "infant_weight_days", "WT-002", lambda day: weighed(1, day), {"2026-01-31": None, "2026-01-30": "warning"}, "1"
    ),
    Boundary(
        "toddler_weight_days", "WT-002", lambda day: weighed(4, day), {"2026-01-01": None, "2025-12-31": "warning"}, "1"
    ),
    Boundary(
        "child_weight_days", "WT-002", lambda day: weighed(9, day), {"2025-12-02": None, "2025-12-01": "warning"}, "1"
    ),
    Boundary(
        "adult_weight_days",
        "WT-002",
        lambda day: adult("infliximab", "plaque-psoriasis").weighs(70, day).order(mg(350), once()),
        {"2025-03-02": None, "2025-03-01": "warning"},
        "1",
    ),
]
IDS = [str(item) for item in BOUNDARIES]


@pytest.fixture(scope="module", autouse=True)
def _files_read_once() -> Iterator[None]:
    original = chapter.entries
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chapter, "entries", cache(original))
        yield


def with_parameter(name: str, by: Decimal) -> Knowledge:
    known = knowledge()
    entry = known.chapters[DOSING].parameters[name]
    assert isinstance(entry.value, Decimal)
    other = ParameterEntry(**(entry.model_dump() | {"value": entry.value + by}))
    changed = load_chapter(FOLDER / DOSING, known.terminology, {name: other}, frozenset(known.regimens))
    policy = Policy.of({key: item.value for key, item in changed.parameters.items()})
    return Knowledge(known.terminology, {DOSING: changed}, "", known.regimens, policy)


def outcomes(item: Boundary, knows: Knowledge) -> dict[Any, str | None]:
    return {value: item.build(value).severity(item.statement, knows) for value in item.outcomes}


def test_every_parameter_has_a_boundary() -> None:
    assert sorted(IDS) == sorted(knowledge().chapters[DOSING].parameters)


@pytest.mark.parametrize("item", BOUNDARIES, ids=IDS)
def test_the_boundary_lies_where_the_catalogue_puts_it(item: Boundary) -> None:
    assert outcomes(item, with_parameter(item.parameter, Decimal(0))) == dict(item.outcomes)


@pytest.mark.parametrize("direction", [1, -1], ids=["more", "less"])
@pytest.mark.parametrize("item", BOUNDARIES, ids=IDS)
def test_a_changed_parameter_is_noticed(item: Boundary, direction: int) -> None:
    assert outcomes(item, with_parameter(item.parameter, direction * Decimal(item.step))) != dict(item.outcomes)
