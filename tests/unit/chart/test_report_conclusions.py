"""What the conclusion of a report says about a finding."""

from functools import cache
from typing import Any

import pytest

from cards.chart.conclusions import Said, conclusions_of, said_of
from cards.chart.records import Act
from cards.knowledge.loader import FOLDER
from cards.terminology import Terminology, load_terminology

LUNG = "interstitial-lung-finding"
AFFIRMED, EXCLUDED, GUESSED = {Said.AFFIRMED}, {Said.EXCLUDED}, {Said.GUESSED}


@cache
def terminology() -> Terminology:
    return load_terminology(FOLDER / "value_sets", snomed_extension=True)


def report(**content: Any) -> Act:
    return Act(reference="DiagnosticReport/1", label="", date=None, done=True, raw=content)


def said(conclusion: str, finding: str = LUNG) -> set[Said]:
    return set(said_of(report(conclusion=conclusion), finding, terminology()))


@pytest.mark.parametrize(
    ("conclusion", "expected"),
    [
        ("双肺间质性改变。", AFFIRMED),
        ("未见间质性改变。", EXCLUDED),
        ("双肺未见明显实变、间质性病变。", EXCLUDED),
        ("未见胸腔积液，双下肺间质性肺炎。", AFFIRMED),
        ("间质性肺病：无", EXCLUDED),
        ("间质性病变未见", EXCLUDED),
        ("间质性肺病待排", GUESSED),
        ("不除外间质性肺炎", GUESSED),
        ("间质性病变较前无明显变化", AFFIRMED),
        ("Usual interstitial pneumonia.", AFFIRMED),
        ("No interstitial lung disease.", EXCLUDED),
        ("Lungs are free of interstitial changes", EXCLUDED),
        ("Interstitial lung disease is not seen.", EXCLUDED),
        ("Interstitial lung disease cannot be excluded", GUESSED),
        ("No progression of the interstitial lung disease", AFFIRMED),
        ("No consolidation, interstitial changes or effusion", EXCLUDED),
        ("No consolidation, interstitial changes", GUESSED),
        ("No effusion, but interstitial changes", AFFIRMED),
        ("No effusion, there are interstitial changes", AFFIRMED),
        ("Interstitial nephritis in the history", set()),
        ("Pulmonary nodule", set()),
        ("Builder's field", set()),
    ],
)
def test_words(conclusion: str, expected: set[Said]) -> None:
    assert said(conclusion) == expected


def test_a_report_may_say_several_things() -> None:
    assert said("右肺未见间质性改变。左肺间质性改变。") == AFFIRMED | EXCLUDED


def coded(*codes: dict[str, Any]) -> set[Said]:
    return set(said_of(report(conclusionCode=list(codes)), LUNG, terminology()))


def test_codes() -> None:
    icd = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "J84.1"}]}
    assert coded(icd) == AFFIRMED
    assert coded({"text": "未见间质性肺病"}) == EXCLUDED
    assert coded({"text": "Normal"}) == EXCLUDED
    assert coded({"text": "正常"}) == EXCLUDED
    assert coded({"text": "Normal heart size"}) == set()


def test_whether_there_is_a_conclusion() -> None:
    assert not conclusions_of(report())
    assert not conclusions_of(report(conclusion="   "))
    assert conclusions_of(report(conclusion="Normal"))
    assert conclusions_of(report(conclusionCode=[{"text": "Normal"}]))


@pytest.mark.parametrize(
    "raw", [{"conclusion": 5}, {"conclusion": ["x"]}, {"conclusionCode": "x"}, {"conclusionCode": [None, 3]}]
)
def test_malformed_conclusions_say_nothing(raw: dict[str, Any]) -> None:
    assert said_of(report(**raw), LUNG, terminology()) == frozenset()


def test_a_very_long_conclusion_is_cut() -> None:
    assert said("正常 " * 5000 + "间质性改变") == set()
