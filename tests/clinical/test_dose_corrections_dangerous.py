"""The audit of the doses, part A: dangerous doses that must not pass. One test for each numbered item."""

from decimal import Decimal

from dose_building import DoseCase, adult, by, child, every, knowledge, mg, on, once, words

ADALIMUMAB = ("adalimumab", "plaque-psoriasis")
DUPILUMAB = ("dupilumab", "atopic-dermatitis")
RITUXIMAB = ("rituximab", "bullous-pemphigoid")
UNFETCHED = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")


def total(case: DoseCase, days: int) -> Decimal | None:
    from cards.dosing.limits import most_within

    found = most_within(case.view().situation, Decimal(days))
    return found.high if found else None


# 1


def test_1_a_loading_amount_without_an_end_is_compared_with_maintenance() -> None:
    assert adult(*DUPILUMAB).order(mg(600), every(2, "wk")).severity("DOSE-001") == "critical"
    assert adult(*DUPILUMAB).order(mg(600), every(2, "wk", count=2)).severity("DOSE-001") == "critical"


def test_1_also_when_the_history_could_not_be_fetched() -> None:
    case = adult(*DUPILUMAB).without(*UNFETCHED).order(mg(600), every(2, "wk"))
    assert case.severity("DOSE-001") == "critical"


def test_1_a_loading_amount_passes_as_often_as_the_start_has_it() -> None:
    assert adult(*DUPILUMAB).order(mg(600), once("2026-03-02")).severities() == {}
    assert adult(*DUPILUMAB).order(mg(600), every(2, "wk", count=1)).severities() == {}
    bounded = every(2, "wk", boundsPeriod={"start": "2026-03-02", "end": "2026-03-10"})
    assert adult(*DUPILUMAB).order(mg(600), bounded).severities() == {}


def test_1_bounds_that_hold_two_doses_are_two_doses() -> None:
    bounded = every(2, "wk", boundsPeriod={"start": "2026-03-02", "end": "2026-03-16"})
    assert adult(*DUPILUMAB).order(mg(600), bounded).severity("DOSE-001") == "critical"


# 2


def test_2_rituximab_every_day_is_critical() -> None:
    case = adult(*RITUXIMAB).order(mg(1000), every(1, "d"))
    assert case.severity("COURSE-001") == "critical"
    assert case.severity("DOSE-001") == "critical"  # more than 3000 mg in 16 weeks, the body surface not being known


def test_2_more_than_both_course_ceilings_is_critical() -> None:
    tall = adult(*RITUXIMAB, kilograms=80).measures(180)  # 2.0 m2: 1500 mg/m2 are 3000 mg
    assert tall.order(mg(750), every(1, "wk", count=4)).severity("DOSE-001") != "critical"
    assert tall.order(mg(750), every(1, "wk", count=5)).severity("DOSE-001") == "critical"
    assert adult(*RITUXIMAB).order(mg(1000), every(2, "wk", count=3)).severity("DOSE-001") is None


def test_2_without_body_surface_more_than_3000_mg_in_16_weeks_is_critical() -> None:
    assert adult(*RITUXIMAB).order(mg(750), every(1, "wk", count=4)).severity("DOSE-001") is None
    assert adult(*RITUXIMAB).order(mg(750), every(1, "wk", count=5)).severity("DOSE-001") == "critical"


def test_2_doses_given_before_count_for_the_course() -> None:
    before = adult(*RITUXIMAB).was_given("2026-01-05", "2026-01-19", amount=1000)
    assert before.order(mg(1000), on("2026-03-02", "2026-03-16")).severity("DOSE-001") == "critical"


def test_2_the_gap_of_a_course() -> None:
    expected = {"2026-03-08": "critical", "2026-03-09": "warning", "2026-03-13": "warning", "2026-03-14": None}
    for second, severity in expected.items():
        case = adult(*RITUXIMAB).order(mg(1000), on("2026-03-02", second))
        assert case.severity("COURSE-001") == severity, second


def test_2_more_doses_than_the_course_has() -> None:
    case = adult(*RITUXIMAB).order(mg(1000), on("2026-03-02", "2026-03-16", "2026-03-30"))
    assert case.severity("COURSE-001") == "warning"


def test_2_a_dose_given_before_is_part_of_the_course() -> None:
    assert (
        adult(*RITUXIMAB).was_given("2026-02-24").order(mg(1000), once("2026-03-02")).severity("COURSE-001")
        == "critical"
    )
    assert adult(*RITUXIMAB).was_given("2026-02-16").order(mg(1000), once("2026-03-02")).severity("COURSE-001") is None


# 3


def test_3_rituximab_and_omalizumab_have_a_lowest_age() -> None:
    assert child("rituximab", "sle", 12, 40).order(mg(1000), once()).severity("AGE-001") == "warning"
    assert child("rituximab", "dermatomyositis", 12, 40).order(mg(1000), once()).severity("AGE-001") == "warning"
    assert (
        child("omalizumab", "atopic-dermatitis", 5, 20).order(mg(150), every(4, "wk")).severity("AGE-001") == "warning"
    )
    assert child("omalizumab", "atopic-dermatitis", 6, 20).order(mg(150), every(4, "wk")).severity("AGE-001") is None


# 4


def test_4_a_weight_in_no_band_of_the_age() -> None:
    case = child(*DUPILUMAB, 7, 10).order(mg(300), every(4, "wk"))
    assert case.severities() == {"DERM-WT-004": "warning"}
    assert "Observation" in case.evidence("WT-004")
    assert child(*DUPILUMAB, 7, 20).order(mg(300), every(4, "wk")).severity("WT-004") is None


def test_4_the_ceiling_of_the_drug_still_holds() -> None:
    assert child(*DUPILUMAB, 7, 10).order(mg(900), every(4, "wk")).severity("DOSE-001") == "critical"


# 5


def test_5_the_largest_total_of_any_stretch_of_days() -> None:
    weekly = adult("omalizumab", "atopic-dermatitis").order(mg(300), every(1, "wk"))
    assert (total(weekly, 14), total(weekly, 28)) == (Decimal(600), Decimal(1200))
    given = (
        adult("omalizumab", "atopic-dermatitis").was_given("2026-02-23", amount=300).order(mg(600), once("2026-03-02"))
    )
    assert total(given, 14) == Decimal(900)
    fortnight = adult("omalizumab", "atopic-dermatitis").order(mg(600), every(2, "wk"))
    assert total(fortnight, 14) == Decimal(600)


# 6


def tocilizumab(amount: float | str, unit: str = "mg/kg", kilograms: float = 80) -> DoseCase:
    return adult("tocilizumab", "dermatomyositis", kilograms).order(mg(amount, unit), every(4, "wk"), by("intravenous"))


def test_6_tocilizumab_just_above_8_mg_per_kg_is_no_alarm() -> None:
    assert tocilizumab("8.1").severities() == {}


def test_6_tocilizumab_has_two_ceilings_of_a_dose() -> None:
    assert tocilizumab("12").severity("DOSE-001") == "warning"
    assert tocilizumab("12.1").severity("DOSE-001") == "critical"
    assert tocilizumab(1201, "mg", 140).severity("DOSE-001") == "critical"


def test_6_above_800_mg_intravenously_is_a_warning() -> None:
    assert tocilizumab(800, "mg", 100).severity("DOSE-001") is None
    assert tocilizumab(801, "mg", 100).severity("DOSE-001") == "warning"


# 7


def test_7_orders_of_one_calendar_day_are_added() -> None:
    two = adult(*DUPILUMAB).order(mg(300), once("2026-03-02")).order(mg(300), once("2026-03-02"))
    assert two.severities() == {}  # 600 mg, the loading dose
    three = two.order(mg(300), once("2026-03-02"))
    assert three.severity("DOSE-001") == "critical"  # above the ceiling
    assert adult(*DUPILUMAB).order(mg(300), once("2026-03-02")).severity("DOSE-001") is None


def test_7_active_orders_are_added_to_the_draft() -> None:
    case = adult(*ADALIMUMAB).active(mg(80), on("2026-03-09")).order(mg(80), once("2026-03-09"))
    assert case.severity("DOSE-001") == "critical"
    other_day = adult(*ADALIMUMAB).active(mg(80), on("2026-03-16")).order(mg(80), once("2026-03-09"))
    assert other_day.severity("DOSE-001") is None


def test_7_two_daily_orders_are_added() -> None:
    case = adult("upadacitinib", "atopic-dermatitis").active(mg(30), every(1, "d")).order(mg(15), every(1, "d"))
    assert case.severity("DOSE-001") == "critical"


def test_7_the_renewal_of_a_standing_order_is_not_added_to_it() -> None:
    standing = adult(*ADALIMUMAB).active(mg(40), every(2, "wk"), authored="2025-06-02")
    assert standing.order(mg(40), every(2, "wk")).severities() == {}
    replaced = adult(*ADALIMUMAB).active(mg(40), every(2, "wk"), authored="2025-06-02", id="old")
    prior = {"priorPrescription": {"reference": "MedicationRequest/old"}}
    assert replaced.order(mg(40), every(1, "wk"), **prior).severities() == {"DERM-DOSE-001": "info"}


def test_7_pens_syringes_vials_and_volumes_are_converted_with_the_strength_of_the_product() -> None:
    pen = "阿达木单抗注射液 40mg/0.4ml"
    for parts in ((mg(2, "pen"),), (mg(2, "支"),), (mg("0.8", "mL"),), (words("2支 皮下注射"),)):
        assert adult(*ADALIMUMAB).order(*parts, once(), named=pen).severities() == {}, parts
    assert adult(*ADALIMUMAB).order(mg(4, "pen"), once(), named=pen).severity("DOSE-001") == "critical"
    vials = (
        adult("infliximab", "plaque-psoriasis", 60)
        .treated()
        .order(mg(3, "vial"), every(8, "wk"), named="英夫利西单抗 100mg")
    )
    assert vials.severities() == {}


def test_7_without_a_strength_it_is_said_that_the_dose_could_not_be_compared() -> None:
    case = adult(*ADALIMUMAB).treated().order(mg(1, "pen"), every(2, "wk"))
    assert case.severities() == {"DERM-DOSE-001": "info"}
    assert "cannot be worked out" in case.says("DOSE-001")
    assert case.findings()["DERM-DOSE-001"].state == "unreadable"


# 8


def test_8_what_is_put_on_the_skin_is_the_local_form_whatever_its_code() -> None:
    rxnorm = {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "1193326"}]}
    case = DoseCase("ruxolitinib").born("1985-06-15").order(every(1, "d", 2), by("topical"), concept=rxnorm)
    assert case.chart().drafted_drugs == ("ruxolitinib-topical",)
    swallowed = DoseCase("ruxolitinib").order(mg(5), every(1, "d", 2), by("oral"), concept=rxnorm)
    assert swallowed.chart().drafted_drugs == ("ruxolitinib",)
    assert "ruxolitinib-topical" in knowledge().regimens


def test_7_a_biosimilar_beside_the_original_is_no_renewal() -> None:
    case = adult(*ADALIMUMAB).active(mg(40), every(2, "wk"), authored="2026-01-05", named="Humira 40mg/0.4ml")
    assert case.order(mg(40), every(2, "wk"), named="adalimumab-adaz 40mg/0.4ml").severity("DOSE-001") == "critical"
