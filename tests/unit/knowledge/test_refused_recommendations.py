"""A mistake in the recommendations, or in the patterns that make statements of them, stops the load."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from cards.errors import KnowledgeError
from cards.knowledge.chapter import Chapter, load_chapter
from cards.knowledge.loader import FOLDER
from cards.terminology import Terminology, load_terminology

SKIN = FOLDER / "diseases" / "dermatology"


@cache
def terminology() -> Terminology:
    return load_terminology(FOLDER / "value_sets", snomed_extension=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SKIN, tmp_path / "dermatology"))


def load(folder: Path) -> Chapter:
    return load_chapter(folder, terminology(), {})


def spoiled(folder: Path, file: str, old: str, new: str) -> KnowledgeError:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as problem:
        load(folder)
    return problem.value


def test_the_chapter_as_shipped_loads(folder: Path) -> None:
    assert len(load(folder).recommendations) == 17


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("{drug: etanercept, ", "{drug: etanerceptt, ", "unknown: etanerceptt"),
        ("- disease: sle\n", "- disease: lupos\n", "unknown: lupos"),
        ("conditions: [systemic-sclerosis, ssc-ild]", "conditions: [ssc-ilt]", "unknown: ssc-ilt"),
        ("drugs: [tnf-inhibitor]", "drugs: [tnf-inhibiter]", "unknown: tnf-inhibiter"),
        ("drugs: [jak-inhibitor, ", "drugs: [jack-inhibitor, ", "unknown: jack-inhibitor"),
        ("grade: A, choice: option}", "grade: D, choice: option}", "Input should be"),
        ("grade: A, choice: option}", "grade: A, choice: best}", "Input should be"),
        ("records: [ETN-PSO-ADULT]", "records: []", "at least 1 item"),
        ('  locator: "000:L75-76"\n', "", "needs a locator"),
        ("remark: {", "remarks: {", "Extra inputs"),
    ],
)
def test_a_recommendation_that_is_wrong_is_refused(folder: Path, old: str, new: str, reason: str) -> None:
    problem = spoiled(folder, "recommendations.yaml", old, new)
    assert problem.file == "recommendations.yaml"
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("for_each: drug of a later line", "for_each: drug", "Input should be"),
        ("kind: indication-check", "kind: recommendation", "Input should be"),
        ("ordered-for({concepts})", "ordered-for({disaese})", "nothing stands for it"),
        ("It names {named}", "It names {nmaed}", "nothing stands for it"),
        ("not other_use", "not other_uses", "is not a known fact"),
        ("id: derm.{disease}.recommended-elsewhere.info", "id: derm.recommended-elsewhere.info", "already stands in"),
    ],
)
def test_a_pattern_that_is_wrong_is_refused(folder: Path, old: str, new: str, reason: str) -> None:
    problem = spoiled(folder, "per-disease.yaml", old, new)
    assert reason in problem.reason


def test_ordered_for_takes_conditions(folder: Path) -> None:
    assert (
        "is not a known condition" in spoiled(folder, "sjogren.yaml", "sjogren-with-arthritis)", "etanercept)").reason
    )
    assert "takes conditions" in spoiled(folder, "sjogren.yaml", "primary-sjogren, ", "1, ").reason
