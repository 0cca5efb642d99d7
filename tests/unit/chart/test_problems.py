"""Conditions: active, suspected, resolved, refuted, and what words add."""

from typing import Any

import pytest
from charts import ICD, NMOSD, chart, code, condition, on

from cards.chart.records import Gap, Problem

TB = code(ICD, "A15.0", "Tuberculosis of lung")


def status(value: str) -> dict[str, Any]:
    return {"coding": [{"code": value}]}


def tuberculosis(**more: Any) -> Problem | None:
    items = chart(condition(TB, **more)).problems("active-tuberculosis").items
    return items[0] if items else None


@pytest.mark.parametrize("clinical", ["active", "recurrence", "relapse", None, "no such status"])
def test_what_counts_as_present(clinical: str | None) -> None:
    found = tuberculosis(clinicalStatus=status(clinical) if clinical else None)
    assert found is not None
    assert (found.active, found.resolved) == (True, False)


@pytest.mark.parametrize("clinical", ["inactive", "remission", "resolved"])
def test_what_is_resolved(clinical: str) -> None:
    for value in (status(clinical), clinical, clinical.title()):
        found = tuberculosis(clinicalStatus=value, abatementDateTime="2025-01-01")
        assert found is not None
        assert (found.active, found.resolved, found.ended) == (False, True, on("2025-01-01"))


def test_without_a_status_a_past_end_resolves() -> None:
    over = tuberculosis(clinicalStatus=None, abatementDateTime="2025-01-01")
    planned = tuberculosis(clinicalStatus=None, abatementDateTime="2027-01-01")
    assert over is not None
    assert planned is not None
    assert (over.active, planned.active) == (False, True)


@pytest.mark.parametrize("verification", ["unconfirmed", "provisional", "differential"])
def test_what_is_only_suspected(verification: str) -> None:
    found = tuberculosis(verificationStatus=status(verification))
    assert found is not None
    assert found.suspected


@pytest.mark.parametrize("verification", ["refuted", "entered-in-error"])
def test_what_is_void(verification: str) -> None:
    found = chart(condition(TB, verificationStatus=status(verification)))
    assert not found.problems("active-tuberculosis").items
    assert found.set_aside == (("Condition/c1", "refuted or entered in error"),)


def test_a_question_mark_is_a_suspicion_unless_it_was_confirmed() -> None:
    for text in ("肺结核？", "疑似肺结核", "pulmonary tuberculosis, suspected"):
        items = chart(condition({"text": text})).problems("active-tuberculosis").items
        assert [item.suspected for item in items] == [True], text
    confirmed = condition({"text": "肺结核？"}, verificationStatus=status("confirmed"))
    assert not chart(confirmed).problems("active-tuberculosis").items[0].suspected


@pytest.mark.parametrize("text", ["no tuberculosis", "否认结核病", "排除肺结核", "Family history of diabetes mellitus"])
def test_a_denied_condition_is_none(text: str) -> None:
    found = chart(condition({"text": text}))
    assert not found.problems("active-tuberculosis").items
    assert not found.problems("diabetes-mellitus").items


def relapses(text: str = "NMOSD", onset: str | None = "2026-02-01", **more: Any) -> list[Problem]:
    return list(chart(condition(NMOSD | {"text": text}, onsetDateTime=onset, **more)).problems("nmosd-relapse").items)


@pytest.mark.parametrize("text", ["NMOSD relapse", "NMOSD 复发", "视神经脊髓炎谱系疾病复发"])
def test_a_relapse_by_words_with_its_onset(text: str) -> None:
    assert [item.onset for item in relapses(text)] == [on("2026-02-01")]
    assert not relapses(text, onset=None)


@pytest.mark.parametrize(
    "text",
    ["复发型NMOSD", "NMOSD 复发缓解型", "relapsing NMOSD", "NMOSD 未复发", "NMOSD, no relapse", "NMOSD 预防复发"],
)
def test_a_relapsing_course_or_a_prevented_relapse_is_none(text: str) -> None:
    assert not relapses(text)


def test_clinical_status_relapse_is_a_relapse_and_a_resolved_one_was_one() -> None:
    assert relapses(clinicalStatus=status("relapse"))[0].relapse_status
    assert relapses("NMOSD relapse", clinicalStatus=status("resolved"))[0].resolved
    assert not relapses(clinicalStatus=status("relapse"), onset=None)


def test_a_relapse_without_onset_stays_the_disease() -> None:
    found = chart(condition(NMOSD | {"text": "NMOSD relapse"}))
    assert found.problems("nmosd").items
    assert not found.problems("nmosd-relapse").items
    assert ("Condition/c1", "relapse without an onset date") in found.set_aside


def test_unfetched_conditions_are_a_gap() -> None:
    assert chart(absent=["Condition"]).problems("nmosd").gaps == {Gap.NOT_FETCHED}
    assert not chart().problems("nmosd").gaps
