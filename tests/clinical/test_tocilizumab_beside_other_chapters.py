"""Tocilizumab, anifrolumab and belimumab beside the rules on doses: one fact, one finding."""

from functools import cache

from lupus_cases import Case, adult, sle, ssc_ild

from cards.assess.assess import assess
from cards.chart.read import read_chart
from cards.knowledge.loader import Knowledge, load_knowledge


@cache
def everything() -> Knowledge:
    return load_knowledge()


def ids(case: Case) -> set[str]:
    chart = read_chart(case.received(), everything().terminology, case.day, case.hook)
    return {finding.statement.id for finding in assess(chart, everything(), case.region).findings}


def test_two_weekly_tocilizumab_is_not_to_be_changed_back_by_anyone() -> None:
    found = ids(ssc_ild().weekly(2))
    assert "tocilizumab.ssc-ild.sc-162mg-every-2-weeks.info" in found
    assert not found & {"DERM-DOSE-001", "DERM-DOSE-002"}


def test_a_long_interval_is_said_once() -> None:
    found = ids(ssc_ild().weekly(4))
    assert "tocilizumab.ssc-ild.sc-162mg-weekly.dose-check" in found
    assert "DERM-DOSE-002" not in found


def test_the_region_is_said_once() -> None:
    assert "DERM-REG-001" not in ids(ssc_ild(region="cn").weekly())
    assert "DERM-REG-001" not in ids(sle(region="cn").order("anifrolumab", 300, route="intravenous"))


def test_the_age_is_said_once() -> None:
    for case in (
        ssc_ild().patient(birth="2012-01-01").weekly(),
        sle().patient(birth="2012-01-01").order("anifrolumab", 300, route="intravenous"),
        sle().patient(birth="2023-01-01").order("belimumab", 10, unit="mg/kg", route="intravenous"),
    ):
        assert "DERM-AGE-001" not in ids(case)


def test_a_missing_indication_is_said_once() -> None:
    for drug in ("anifrolumab", "belimumab"):
        found = ids(adult().order(drug, 300, route="intravenous"))
        assert f"{drug}.sle.indication-unknown.indication-check" in found
        assert "DERM-IND-001" not in found
