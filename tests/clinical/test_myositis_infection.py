"""Infections in myositis: tuberculosis, cytomegalovirus, pneumocystis, and who is at risk (MYO-TB, CMV, PCP)."""

import pytest
from myositis_cases import NO_ILD, also_drafted, on_steroid, ordering, pulse
from myositis_people import Person, man, woman
from test_myositis_facts_of_disease import fact

PCP = "MYO-PCP-001"


def measured(case: Person) -> Person:
    """Everything that the risk of opportunistic infection asks for is known."""
    return case.lab("cd4-count", 600)


# Risk of opportunistic infection (correction 5, decision 11)


@pytest.mark.parametrize(("mg", "days", "high"), [(15, 28, True), (14.9, 28, False), (15, 27, False)])
def test_15_mg_for_28_days_with_one_other_drug(mg: float, days: int, high: bool) -> None:
    end = f"2026-03-{days - 26:02d}"
    case = on_steroid(measured(man()), mg, start="2026-02-03" if days == 28 else "2026-02-04", end="2026-03-02")
    assert end
    assert fact(case.takes("azathioprine", 100), "high_oi_risk") is high


def test_recorded_and_ordered_days_count_together() -> None:
    case = on_steroid(measured(ordering()), 20, start="2026-02-20", end="2026-03-01", status="completed")
    case = case.order("prednisone", 20, start="2026-03-02", end="2026-03-19").takes("azathioprine", 100)
    assert fact(case, "high_oi_risk") is True
    case = on_steroid(measured(ordering()), 20, start="2026-02-20", end="2026-03-01", status="completed")
    case = case.order("prednisone", 20, start="2026-03-02", end="2026-03-18").takes("azathioprine", 100)
    assert fact(case, "high_oi_risk") is False


def test_a_steroid_alone_is_not_high_risk() -> None:
    assert fact(on_steroid(measured(man()), 60), "high_oi_risk") is False


def test_two_immunosuppressants_are_and_are_counted_by_ingredient() -> None:
    assert fact(measured(man()).takes("tacrolimus", 2).takes("cyclophosphamide", 50), "high_oi_risk") is True
    assert fact(measured(man()).takes("tacrolimus", 2).takes("tacrolimus", 1), "high_oi_risk") is False
    assert fact(measured(man()).takes("tofacitinib", 10).takes("tacrolimus", 2), "high_oi_risk") is True


@pytest.mark.parametrize(("mg", "high"), [(10, True), (9.9, False)])
def test_rituximab_with_10_mg(mg: float, high: bool) -> None:
    case = on_steroid(measured(man()), mg).was_given("rituximab", "2025-12-01")
    assert fact(case, "high_oi_risk") is high


@pytest.mark.parametrize(("last", "high"), [("2025-09-03", True), ("2025-09-02", False)])
def test_rituximab_works_for_180_days(last: str, high: bool) -> None:
    assert fact(on_steroid(measured(man()), 10).was_given("rituximab", last), "high_oi_risk") is high


def test_rapid_lung_disease_and_few_cd4_cells() -> None:
    assert fact(measured(man()).ill("rp-ild"), "high_oi_risk") is True
    assert fact(man().lab("cd4-count", 199), "high_oi_risk") is True
    assert fact(man().lab("cd4-count", 200), "high_oi_risk") is False
    assert fact(man(), "high_oi_risk") is None


@pytest.mark.parametrize(("given", "high"), [("2026-02-02", True), ("2026-02-01", False)])
def test_a_pulse_of_the_last_28_days_with_one_other_drug(given: str, high: bool) -> None:
    case = measured(man()).was_given("methylprednisolone", given, mg=500).takes("tacrolimus", 2)
    assert fact(case, "high_oi_risk") is high


# PCP-001 (correction 4)


def at_risk(hook: str = "patient-view") -> Person:
    case = man(hook).takes("tacrolimus", 2).takes("mycophenolate-mofetil", 1000)
    return case.lab("potassium", 4.2).lab("egfr", 90)


def test_high_risk_without_prophylaxis_is_a_warning() -> None:
    assert at_risk().severity(PCP) == "warning"
    assert at_risk().takes("tmp-smx", 480).severity(PCP) is None
    assert at_risk().takes("atovaquone", 1500).severity(PCP) is None
    assert also_drafted(at_risk("order-select").order("prednisone", 20), "tmp-smx", 480).severity(PCP) is None


def test_an_unknown_risk_is_information_and_a_known_low_one_silent() -> None:
    assert on_steroid(man(), 20).severity(PCP) == "info"
    assert on_steroid(measured(man()), 20).severity(PCP) is None
    assert man().severity(PCP) is None


def test_tmpsmx_is_offered_when_nothing_speaks_against_it() -> None:
    assert ("prescribe", "tmp-smx") in at_risk().proposals(PCP)


@pytest.mark.parametrize(
    "change",
    [
        lambda case: case.takes("methotrexate", 10),
        lambda case: case.ill("g6pd"),
        lambda case: case.forget("potassium").lab("potassium", 5.1),
        lambda case: case.forget("egfr").lab("egfr", 29),
    ],
)
def test_reasons_against_tmpsmx_keep_the_warning_without_the_offer(change: object) -> None:
    case = change(at_risk())  # type: ignore[operator]
    assert case.severity(PCP) == "warning"
    assert ("prescribe", "tmp-smx") not in case.proposals(PCP)
    assert ("prescribe", "atovaquone") in case.proposals(PCP)
    assert "不宜直接用复方磺胺甲噁唑" in case.findings()[PCP].statement.say.zh


@pytest.mark.parametrize(
    "change",
    [lambda case: case.forget("potassium").lab("potassium", 5.0), lambda case: case.forget("egfr").lab("egfr", 30)],
)
def test_the_limits_themselves_are_no_reason(change: object) -> None:
    assert ("prescribe", "tmp-smx") in change(at_risk()).proposals(PCP)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pregnancy-status", "pregnant"),
        ("lactation-status", "breastfeeding"),
        ("pregnancy-intention", "wants to become pregnant"),
    ],
)
def test_pregnancy_its_planning_and_breastfeeding_too(name: str, value: str) -> None:
    case = (
        woman().takes("tacrolimus", 2).takes("azathioprine", 50).lab("potassium", 4.2).lab("egfr", 90).lab(name, value)
    )
    assert ("prescribe", "tmp-smx") not in case.proposals(PCP)


def test_an_unknown_kidney_or_potassium_is_not_taken_as_normal() -> None:
    assert ("prescribe", "tmp-smx") not in at_risk().forget("egfr").proposals(PCP)


def test_with_a_sulfonamide_allergy_another_drug_is_named() -> None:
    case = at_risk().allergy("sulfonamide")
    assert case.severity(PCP) == "warning"
    assert ("prescribe", "tmp-smx") not in case.proposals(PCP)
    assert "阿托伐醌" in case.findings()[PCP].statement.say.zh
    refuted = at_risk().allergy("sulfonamide", verification="refuted")
    assert ("prescribe", "tmp-smx") in refuted.proposals(PCP)


# PCP-002 (correction 4)


def prevented(
    tablets: float, per_day: int = 1, days: int = 7, *, tablet: str = "tmp-smx tablet", text: str = "预防"
) -> Person:
    case = ordering().lab("egfr", 90)
    repeat = (
        None
        if days == 7
        else {"frequency": per_day, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon", "wed", "fri"][:days]}
    )
    return case.order(tablet, tablets, unit="片", per_day=per_day, repeat=repeat, text=text)


@pytest.mark.parametrize(
    ("tablets", "per_day", "days", "severity"),
    [
        (1, 1, 7, None),
        (2, 1, 3, None),
        (1, 2, 3, None),
        (2, 1, 7, "warning"),
        (1, 1, 3, "warning"),
        (2, 1, 2, "warning"),
    ],
)
def test_prophylactic_doses(tablets: float, per_day: int, days: int, severity: str | None) -> None:
    assert prevented(tablets, per_day, days).severity("MYO-PCP-002") == severity


def test_a_tablet_of_unknown_strength_is_information() -> None:
    assert prevented(1, tablet="tmp-smx").severity("MYO-PCP-002") == "info"


def test_treatment_is_no_prophylaxis_and_low_doses_are() -> None:
    assert prevented(4, 3, text="").severity("MYO-PCP-002") is None
    assert prevented(2, 1, text="").severity("MYO-PCP-002") == "warning"
    assert (
        prevented(2, 1, text="").order("tmp-smx tablet", 3, unit="片", reason="pneumonia").severity("MYO-PCP-002")
        is not None
    )


def test_children_and_failing_kidneys_are_dosed_otherwise() -> None:
    child = ordering(birth="2010-06-15").order("tmp-smx tablet", 2, unit="片", text="预防")
    assert child.severity("MYO-PCP-002") is None
    kidneys = ordering().lab("egfr", 29).order("tmp-smx tablet", 2, unit="片", text="预防")
    assert kidneys.severity("MYO-PCP-002") is None
    kidneys = ordering().lab("egfr", 30).order("tmp-smx tablet", 2, unit="片", text="预防")
    assert kidneys.severity("MYO-PCP-002") == "warning"


# TB-001, TB-001A (correction 7)


OLD = "右上肺陈旧性肺结核。"
CLEAR = "双肺未见明显异常。"


def imaged(conclusion: str | None = CLEAR, on: str = "2026-02-01") -> Person:
    return ordering().report("hrct", on, conclusion)


def test_old_tuberculosis_asks_for_prevention() -> None:
    assert imaged(OLD).order("rituximab", 500, route="intravenous").severity("MYO-TB-001") == "warning"
    assert ordering().ill("old tb").order("azathioprine", 100).severity("MYO-TB-001") == "warning"
    assert (
        ordering().report("chest x-ray", "2026-02-01", OLD).order("azathioprine", 100).severity("MYO-TB-001")
        == "warning"
    )
    assert ("prescribe", "isoniazid") in ordering().ill("old tb").order("azathioprine", 100).proposals("MYO-TB-001")


def test_prevented_treated_or_clear_lungs_are_silent() -> None:
    assert imaged().order("azathioprine", 100).severity("MYO-TB-001") is None
    assert ordering().ill("old tb").takes("isoniazid", 300).order("azathioprine", 100).severity("MYO-TB-001") is None
    assert (
        also_drafted(ordering().ill("old tb").order("azathioprine", 100), "isoniazid", 300).severity("MYO-TB-001")
        is None
    )
    assert (
        ordering()
        .ill("old tb")
        .takes("rifampicin", 600, status="completed")
        .order("azathioprine", 100)
        .severity("MYO-TB-001")
        is None
    )
    assert imaged("未见陈旧性结核灶。").order("azathioprine", 100).severity("MYO-TB-001") is None


@pytest.mark.parametrize(
    ("drug", "severity"),
    [
        ("rituximab", "warning"),
        ("tofacitinib", "warning"),
        ("abatacept", "warning"),
        ("cyclophosphamide", "warning"),
        ("azathioprine", "info"),
        ("prednisone", "warning"),
    ],
)
def test_without_chest_imaging_it_depends_on_the_drug(drug: str, severity: str) -> None:
    assert ordering().order(drug, 50).severity("MYO-TB-001") == severity
    assert on_steroid(ordering(), 40).order("prednisone", 20).severity("MYO-TB-001") == "info"


@pytest.mark.parametrize(("on", "severity"), [("2025-03-02", None), ("2025-03-01", "info")])
def test_imaging_counts_for_a_year(on: str, severity: str | None) -> None:
    assert imaged(on=on).order("azathioprine", 100).severity("MYO-TB-001") == severity


def test_an_image_without_a_report_is_no_answer() -> None:
    assert imaged(None).order("azathioprine", 100).severity("MYO-TB-001") == "info"


@pytest.mark.parametrize(
    ("drug", "severity"),
    [
        ("rituximab", "critical"),
        ("tofacitinib", "critical"),
        ("azathioprine", "critical"),
        ("abatacept", "critical"),
        ("prednisone", "warning"),
    ],
)
def test_active_untreated_tuberculosis(drug: str, severity: str) -> None:
    case = ordering().ill("active tb").order(drug, 20)
    assert case.severity("MYO-TB-001A") == severity
    assert case.severity("MYO-TB-001") is None


def test_a_steroid_that_is_needed_is_not_refused() -> None:
    case = ordering().ill("active tb").order("prednisone", 40)
    assert "勿骤停或拒用必要激素" in case.findings()["MYO-TB-001A"].statement.say.zh
    assert not any(action == "delete" for action, _ in case.proposals("MYO-TB-001A"))
    assert any(
        action == "delete" for action, _ in ordering().ill("active tb").order("tofacitinib", 5).proposals("MYO-TB-001A")
    )


def test_under_treatment_it_is_information_and_without_it_silent() -> None:
    treated = ordering().ill("active tb").takes("isoniazid", 300).takes("rifampicin", 600)
    assert treated.order("rituximab", 500, route="intravenous").severity("MYO-TB-001A") == "info"
    assert ordering().order("rituximab", 500).severity("MYO-TB-001A") is None
    assert ordering().order("rituximab", 500).without("Condition").severity("MYO-TB-001A") is None


# CMV-001 (correction 30)


@pytest.mark.parametrize(
    ("value", "on", "severity"),
    [("positive", "2026-01-31", "critical"), ("positive", "2026-01-30", "warning"), ("negative", "2026-02-20", None)],
)
def test_cytomegalovirus_found(value: str, on: str, severity: str | None) -> None:
    assert man().lab("cmv", value, on).severity("MYO-CMV-001") == severity


def test_a_later_negative_or_treatment_settles_it() -> None:
    assert (
        man().lab("cmv", "positive", "2025-11-01").lab("cmv", "negative", "2026-01-01").severity("MYO-CMV-001") is None
    )
    assert (
        man()
        .lab("cmv", "positive", "2026-02-20")
        .takes("ganciclovir", 250, route="intravenous")
        .severity("MYO-CMV-001")
        is None
    )


def test_rapid_lung_disease_on_immunosuppression_is_tested() -> None:
    assert on_steroid(man(), 60).ill("rp-ild").severity("MYO-CMV-001") == "warning"
    assert man().ill("rp-ild").severity("MYO-CMV-001") is None
    assert on_steroid(man(), 60).ill("rp-ild").lab("cmv", "negative", "2026-01-31").severity("MYO-CMV-001") is None
    assert on_steroid(man(), 60).ill("rp-ild").lab("cmv", "negative", "2026-01-30").severity("MYO-CMV-001") == "warning"
    assert (
        on_steroid(man(), 60)
        .ill("ild")
        .lab("fvc", 80, "2025-12-01")
        .lab("fvc", 65, "2026-02-20")
        .severity("MYO-CMV-001")
        == "warning"
    )
    assert on_steroid(man(), 60).ill("ild").severity("MYO-CMV-001") is None
    assert man().severity("MYO-CMV-001") is None
    assert on_steroid(man(), 60).ill("rp-ild").without("Observation").severity("MYO-CMV-001") is None


# Active infection


def test_what_counts_as_active_infection() -> None:
    assert fact(man().ill("pneumonia"), "active_infection") is True
    assert fact(man().ill("active tb"), "active_infection") is True
    assert fact(man().takes("amoxicillin", 500), "active_infection") is True
    assert fact(man().takes("tmp-smx", 480), "active_infection") is False
    assert fact(man().takes("isoniazid", 300), "active_infection") is False
    assert fact(man(), "active_infection") is False


# Risk of infection


@pytest.mark.parametrize(
    ("change", "high"),
    [
        (lambda c: c, False),
        (lambda c: c.ill("sepsis", onset="2025-03-02", clinical="resolved"), True),
        (lambda c: c.ill("sepsis", onset="2025-03-01", clinical="resolved"), False),
        (lambda c: c.ill("diabetes").lab("hba1c", 9), True),
        (lambda c: c.ill("diabetes").lab("hba1c", 8.9), False),
        (lambda c: c.lab("hba1c", 9), False),
        (lambda c: c.forget("serum-igg").lab("serum-igg", 6, low=7, high=16), True),
        (lambda c: c.forget("cd4-count").lab("cd4-count", 199), True),
        (lambda c: c.forget("cd4-count"), None),
        (lambda c: c.ill("Chronic renal failure"), True),
    ],
)
def test_who_is_at_high_risk_of_infection(change: object, high: bool | None) -> None:
    base = man().lab("cd4-count", 600).lab("serum-igg", 10, low=7, high=16)
    assert fact(change(base), "high_infection_risk") is high  # type: ignore[operator]


def test_age_65_is_high_risk() -> None:
    assert (
        fact(man(birth="1961-03-02").lab("cd4-count", 600).lab("serum-igg", 10, low=7, high=16), "high_infection_risk")
        is True
    )
    assert (
        fact(man(birth="1961-03-03").lab("cd4-count", 600).lab("serum-igg", 10, low=7, high=16), "high_infection_risk")
        is False
    )


def test_a_pulse_alone_is_read_as_such() -> None:
    assert fact(pulse(ordering(), 500), "pulse_ordered") is True
    assert NO_ILD
