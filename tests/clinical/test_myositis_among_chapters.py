"""Myositis beside the other chapters: one fact, one finding (decisions 8 and 25)."""

from datetime import date
from functools import cache

from myositis_people import Person, man, without_disease
from test_myositis_rituximab import FORTNIGHT, WEEKLY_DAYS, rtx

from cards.assess.assess import assess
from cards.chart.read import read_chart
from cards.findings import Assessment
from cards.knowledge.loader import Knowledge, load_knowledge

GENERAL = {"DERM-DOSE-001", "DERM-DOSE-002", "DERM-COURSE-001", "DERM-WT-001", "DERM-WT-003", "DERM-WT-004"}


@cache
def everything() -> Knowledge:
    return load_knowledge()


def assessed(case: Person, *, explained: bool = True) -> Assessment:
    chart = read_chart(case.received(), everything().terminology, date.fromisoformat(case.today), case.hook)
    return assess(chart, everything(), explained=explained)


def ids(case: Person, *, explained: bool = True) -> set[str]:
    return {finding.statement.id for finding in assessed(case, explained=explained).findings}


def test_the_general_dose_rules_leave_rituximab_in_myositis_to_its_own() -> None:
    for case in (rtx(100, *WEEKLY_DAYS), rtx(375, *WEEKLY_DAYS, unit="mg/m2"), rtx(2000, *FORTNIGHT)):
        assert not GENERAL & ids(case)
        assert not GENERAL & ids(case, explained=False)
    assert "MYO-RTX-001" in ids(rtx(2000, *FORTNIGHT))
    assert "MYO-RTX-001" not in ids(rtx(100, *WEEKLY_DAYS))


def test_without_myositis_they_speak() -> None:
    pemphigus = without_disease(rtx(2000, *FORTNIGHT)).ill("Pemphigus vulgaris")
    assert "DERM-DOSE-001" in ids(pemphigus)
    assert "MYO-RTX-001" not in ids(pemphigus)


def test_another_drug_of_the_same_call_keeps_its_general_rules() -> None:
    case = rtx(500, *FORTNIGHT).ill("Plaque psoriasis").order("adalimumab", 400, route="subcutaneous", per_day=1)
    found = {(finding.statement.id, finding.drug) for finding in assessed(case).findings}
    assert ("DERM-DOSE-001", "adalimumab") in found
    assert ("DERM-DOSE-001", "rituximab") not in found


def test_what_is_said_with_and_without_explanations_is_the_same() -> None:
    for case in (rtx(100, *WEEKLY_DAYS), rtx(700, surface=None), man("order-select").order("methotrexate", 10)):
        assert ids(case) == ids(case, explained=False)
