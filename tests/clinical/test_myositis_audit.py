"""Requests as hospitals write them: durations without a start, plus signs, queried reports, other words for it."""

from datetime import date
from typing import Any

import pytest
from myositis_cases import on_steroid, ordering
from myositis_people import ORDERING, WEEKLY, Person, imnm, man, not_pregnant, woman

from cards.chart.schedule import read_schedule

FIVE_DAYS = {"boundsDuration": {"value": 5, "unit": "d", "code": "d"}}
MTX = "MYO-MTX-001"


def immunoglobulin(grams: float, **dosage: Any) -> Person:
    case = man(ORDERING).lab("body-weight", 60)
    return case.order(
        "ivig", grams, unit="g", route="intravenous", per_day=1, reason="dm", authored="2026-03-02", **dosage
    )


# A course that says how long it lasts, and not from when


def test_immunoglobulin_for_five_days_is_not_read_as_daily_without_end() -> None:
    assert immunoglobulin(24, repeat=FIVE_DAYS).severity("MYO-IVIG-001") is None
    assert immunoglobulin(28, repeat=FIVE_DAYS).severity("MYO-IVIG-001") == "warning"
    assert immunoglobulin(31, repeat=FIVE_DAYS).severity("MYO-IVIG-001") == "critical"


@pytest.mark.parametrize("words", ["24g 静滴 qd 连用5天", "24 g IV daily for 5 days", "24g 每日1次 ×5天"])
def test_the_length_of_a_course_may_stand_in_the_words_alone(words: str) -> None:
    assert immunoglobulin(24, text=words).severity("MYO-IVIG-001") is None


def test_weekly_rituximab_for_four_weeks_is_four_doses() -> None:
    weekly = WEEKLY | {"boundsDuration": {"value": 4, "unit": "wk", "code": "wk"}}
    case = man(ORDERING).lab("body-weight", 60).lab("height", 165)
    case.order("rituximab", 620, route="intravenous", repeat=weekly, authored="2026-03-02")
    assert case.severity("MYO-RTX-001") is None


def instruction(days: int | None, **more: Any) -> dict[str, Any]:
    lasting = {"boundsDuration": {"value": days, "unit": "d", "code": "d"}} if days else {}
    return {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"} | lasting}} | more


@pytest.mark.parametrize(
    ("instructions", "end"),
    [
        ([instruction(28, sequence=1), instruction(28, sequence=2)], date(2026, 3, 29)),
        ([instruction(28), instruction(14)], date(2026, 3, 1)),  # morning and evening
        ([instruction(28, sequence=1), instruction(None, sequence=2)], None),
    ],
)
def test_the_steps_of_a_taper_follow_each_other(instructions: list[dict[str, Any]], end: date | None) -> None:
    request = {"status": "active", "authoredOn": "2026-02-02", "dosageInstruction": instructions}
    found = read_schedule(request, date(2026, 3, 2), draft=False).end
    assert (found and found.high) == end


# Equivalents of prednisone


def test_dexamethasone_of_4_5_mg_is_prednisone_of_30_mg() -> None:
    assert ordering().order("dexamethasone", 4.5).severity("MYO-GC-002") == "warning"
    assert ordering().order("dexamethasone", 4.5).severity("MYO-GC-013") is None


def test_dexamethasone_of_9_mg_is_full_dose() -> None:
    case = imnm(ORDERING).order("dexamethasone", 9)
    assert case.severity("MYO-IMNM-002") == "warning"


# Reports that ask rather than tell


@pytest.mark.parametrize("conclusion", ["间质性肺炎？", "双肺网格影（间质性肺炎？）", "Interstitial lung disease?"])
def test_a_queried_lung_disease_is_unknown(conclusion: str) -> None:
    case = man(ORDERING).report("hrct", "2026-02-20", conclusion).order("methotrexate", 15, repeat=WEEKLY)
    assert case.severity(MTX) == "warning"


@pytest.mark.parametrize(
    "conclusion", ["双肺间质性改变（NSIP？）", "双下肺间质性病变：NSIP？OP？", "间质性肺炎，感染？"]
)
def test_a_query_about_something_else_leaves_the_lung_disease_affirmed(conclusion: str) -> None:
    case = man(ORDERING).report("hrct", "2026-02-20", conclusion).order("methotrexate", 15, repeat=WEEKLY)
    assert case.severity(MTX) == "critical"


# Words for the same thing


@pytest.mark.parametrize("result", ["(++)", "（+++）", "2+", "阳性(++)", "阳性（+++）", "阳性++"])
def test_an_antibody_reported_with_plus_signs_is_positive(result: str) -> None:
    case = man(ORDERING).lab("抗PL-7抗体", result).order("methotrexate", 15, repeat=WEEKLY)
    assert case.severity("MYO-MTX-002") == "warning"


@pytest.mark.parametrize("reason", ["难治性肌炎", "难治性皮肌炎", "refractory myositis"])
def test_a_targeted_drug_for_refractory_myositis_is_for_the_myositis(reason: str) -> None:
    assert man(ORDERING).order("abatacept", 750, reason=reason).severity("MYO-BIO-001") == "info"
    assert man(ORDERING).order("abatacept", 750, reason="ra").severity("MYO-BIO-001") is None


def test_a_count_of_cd4_cells_is_read_by_its_hospital_name() -> None:
    case = man(ORDERING).lab("cd19-b-cell-count", 200).lab("CD4+T细胞绝对计数", 600, unit="/uL")
    assert case.order("rituximab", 1000, route="intravenous").severity("MYO-RTX-004") is None


@pytest.mark.parametrize(
    ("answer", "severity"), [("想要怀孕", "critical"), ("备孕中", "critical"), ("无生育需求", None)]
)
def test_the_wish_for_a_child_in_other_words(answer: str, severity: str | None) -> None:
    case = not_pregnant(woman(ORDERING)).lab("pregnancy-intention", answer, "2026-01-10")
    assert case.order("cyclophosphamide", 600, route="intravenous").severity("MYO-PREG-CTX") == severity


# Said only where it is so


def test_immunoglobulin_under_the_skin_is_not_spoken_of_as_intravenous() -> None:
    case = man(ORDERING).ill("ild").order("ivig", 10, unit="g", route="subcutaneous", repeat=WEEKLY)
    found = set(case.findings())
    assert not found & {"MYO-SKIN-003", "MYO-ILD-014", "MYO-IVIG-001", "MYO-IVIG-002", "MYO-PREG-IVIG"}


def test_bone_density_that_was_never_measured_is_worded_as_not_assessed() -> None:
    found = on_steroid(man()).findings()["MYO-GC-012"]
    assert found.severity == "info"
    assert found.statement.say.en.startswith("Bone density or fracture risk")
    measured = on_steroid(man()).lab("t-score", -2.6).findings()["MYO-GC-012"]
    assert measured.statement.say.en.startswith("Severe osteoporosis")
