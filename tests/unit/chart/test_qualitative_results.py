"""Positive, negative, indeterminate or unknown: what counts first, and what counts for nothing."""

from typing import Any

import pytest
from charts import ANTI_HBC, HBSAG, HBV_DNA, LOINC, SNOMED, chart, code, observation, quantity

from cards.chart.records import Result

AQP4 = code(LOINC, "63439-4", "AQP4-IgG")
NAMES = {"hbsag": HBSAG, "anti-hbc-total": ANTI_HBC, "hbv-dna": HBV_DNA, "aqp4-igg": AQP4}
BELOW_ONE = [{"high": {"value": 1.0}}]


def interpretation(flag: str) -> dict[str, Any]:
    return {"interpretation": [{"coding": [{"code": flag}]}]}


def result(concept: str = "hbsag", **value: Any) -> Result:
    found = chart(observation(NAMES[concept], **value)).results(concept).items
    assert len(found) == 1
    return found[0]


WORDS = {
    "positive": ["Positive", " POS ", "reactive", "Detected", "+", "(+)", "阳性", "阳", "弱阳性", "检出", "（+）", "R"],
    "negative": ["NEG", "Non-reactive", "nonreactive", "not detected", "-", "阴性", "未检出"],
    "indeterminate": ["Equivocal", "borderline", "可疑", "灰区", "±"],
    None: ["see report", "pending", "阳性？阴性？", "0.3", "unknown", "no positive", "POSITIVE/NEGATIVE"],
}


@pytest.mark.parametrize(("expected", "text"), [(key, text) for key, texts in WORDS.items() for text in texts])
def test_words(expected: str | None, text: str) -> None:
    for value in ({"valueString": text}, {"valueCodeableConcept": {"text": text}}):
        found = result(**value)
        assert found.qualitative == expected
        assert found.unreadable is (expected is None)


@pytest.mark.parametrize(
    ("coding", "expected"), [("10828004", "positive"), ("260385009", "negative"), ("82334004", "indeterminate")]
)
def test_coded_answers(coding: str, expected: str) -> None:
    assert result(valueCodeableConcept=code(SNOMED, coding)).qualitative == expected


def test_the_word_in_front_of_a_number_counts() -> None:
    assert result("aqp4-igg", valueString="阳性(1:320)").qualitative == "positive"
    assert result("aqp4-igg", valueString="Positive 1:32").qualitative == "positive"
    assert result("anti-hbc-total", valueString="阴性 2.31 S/CO").qualitative == "negative"
    assert result(valueString="-0.5").qualitative is None


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("POS", "positive"),
        ("DET", "positive"),
        ("RR", "positive"),
        ("WR", "positive"),
        ("NEG", "negative"),
        ("ND", "negative"),
        ("NR", "negative"),
        ("IND", "indeterminate"),
        ("E", "indeterminate"),
        ("R", None),  # resistant
        ("A", None),
        ("H", None),
    ],
)
def test_interpretation_codes(flag: str, expected: str | None) -> None:
    assert result(**interpretation(flag)).qualitative == expected


def test_words_go_before_interpretation_and_interpretation_before_numbers() -> None:
    assert result(valueString="阴性", **interpretation("POS")).qualitative == "negative"
    number = {"valueQuantity": quantity(0.2, "S/CO"), "referenceRange": BELOW_ONE}
    assert result(**number, **interpretation("POS")).qualitative == "positive"
    assert result(**number).qualitative == "negative"
    assert result(valueString="see comment", **interpretation("POS")).qualitative == "positive"


def test_words_that_contradict_each_other_are_unknown() -> None:
    both = code(SNOMED, "10828004", "Negative")
    assert result(valueCodeableConcept=both).qualitative is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (quantity(1.0, "COI"), "negative"),
        (quantity(1.01, "COI"), "positive"),
        (quantity(0.05, comparator="<"), "negative"),
        (quantity(1000, comparator=">"), "positive"),
        (quantity(5, comparator="<"), None),
        (quantity("NaN"), None),
    ],
)
def test_a_number_is_judged_by_its_reference_range(value: Any, expected: str | None) -> None:
    assert result(valueQuantity=value, referenceRange=BELOW_ONE).qualitative == expected
    assert result(valueQuantity=value).qualitative is None


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ([{"text": "<1.0"}], "positive"),
        ([{"text": "0-1.0"}], "positive"),
        ([{"text": "0～5"}], "negative"),
        ([{"text": "see lab manual"}], None),
        ([{"high": {"value": 1}}, {"high": {"value": 5}}], None),  # nobody says which one applies
        ([{"high": {"value": 1}, "type": {"coding": [{"code": "normal"}]}}, {"high": {"value": 5}}], "positive"),
        ([{"high": {"value": 1, "unit": "IU/mL"}}], None),  # another unit
    ],
)
def test_written_and_competing_ranges(limits: Any, expected: str | None) -> None:
    assert result(valueQuantity=quantity(2, "S/CO"), referenceRange=limits).qualitative == expected


@pytest.mark.parametrize("value", [{"valueQuantity": quantity(0.01, "COI")}, {"valueString": "0.01"}])
def test_a_number_from_a_competitive_assay_says_nothing(value: Any) -> None:
    found = result("anti-hbc-total", **value, referenceRange=BELOW_ONE)
    assert found.qualitative is None
    assert found.unreadable
    assert result("anti-hbc-total", **value, **interpretation("POS")).qualitative == "positive"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"valueQuantity": quantity(20, "IU/mL", comparator="<")}, "negative"),
        ({"valueQuantity": quantity(20, "copies/mL", comparator="<=")}, "negative"),
        ({"valueQuantity": quantity(0, "IU/mL")}, "negative"),
        ({"valueQuantity": quantity(15, "copies/mL")}, "positive"),
        ({"valueQuantity": quantity(10**8, "IU/mL", comparator=">")}, "positive"),
        ({"valueString": "<20 IU/mL"}, "negative"),
        ({"valueString": "<20 IU/mL, detected"}, "positive"),
        ({"valueString": "检出 <20 IU/mL"}, "positive"),
        ({"valueString": "1520 IU/mL"}, "positive"),
        ({"valueQuantity": quantity(20, comparator="<"), **interpretation("DET")}, "positive"),
        (
            {"valueQuantity": quantity(20, comparator="<"), "note": [{"text": "Detected, below quantitation"}]},
            "positive",
        ),
        ({"valueQuantity": quantity(0, "log IU/mL")}, None),
        ({"valueQuantity": quantity(-3, "IU/mL")}, None),
    ],
)
def test_nucleic_acid_below_detection_is_negative(value: Any, expected: str | None) -> None:
    assert result("hbv-dna", **value).qualitative == expected


def test_a_titre_needs_its_reference_range() -> None:
    ratio = {"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 32}}}
    assert result("aqp4-igg", **ratio).qualitative is None
    assert result("aqp4-igg", **ratio, referenceRange=[{"text": "<1:10"}]).qualitative == "positive"
    assert result("aqp4-igg", valueString="1:5", referenceRange=[{"text": "<1:10"}]).qualitative == "negative"


def test_a_boolean_answers_a_question_of_presence() -> None:
    assert result(valueBoolean=True).qualitative == "positive"
    assert result("anti-hbc-total", valueBoolean=False).qualitative == "negative"
