"""The audit of the doses, parts B and C: alarms that must not be, or be milder. A test for each numbered item."""

import pytest
from dose_building import DoseCase, adult, by, child, every, mg, on, once, words

ADALIMUMAB = ("adalimumab", "plaque-psoriasis")
DUPILUMAB = ("dupilumab", "atopic-dermatitis")
INFLIXIMAB = ("infliximab", "plaque-psoriasis")
LEBRIKIZUMAB = ("lebrikizumab", "atopic-dermatitis")
SECUKINUMAB = ("secukinumab", "plaque-psoriasis")
TOFACITINIB = ("tofacitinib", "psoriatic-arthritis")
USTEKINUMAB = ("ustekinumab", "plaque-psoriasis")

# 9


@pytest.mark.parametrize(
    ("drug", "route", "amount", "kilograms"),
    [
        ("adalimumab", "subcutaneous", 160, 70),
        ("ustekinumab", "subcutaneous", 90, 70),
        ("ustekinumab", "intravenous", 520, 70),
        ("guselkumab", "subcutaneous", 400, 70),
        ("guselkumab", "intravenous", 200, 70),
        ("risankizumab", "subcutaneous", 360, 70),
        ("risankizumab", "intravenous", 1200, 70),
        ("secukinumab", "subcutaneous", 300, 70),
        ("secukinumab", "intravenous", 420, 70),
        ("tocilizumab", "subcutaneous", 162, 70),
        ("tocilizumab", "intravenous", 840, 70),
        ("infliximab", "intravenous", 770, 70),
        ("belimumab", "intravenous", 1400, 70),
        ("abatacept", "intravenous", 1000, 70),
        ("abatacept", "subcutaneous", 125, 70),
    ],
)
def test_9_without_a_record_the_highest_dose_of_any_label_holds_by_route(
    drug: str, route: str, amount: int, kilograms: int
) -> None:
    def case(value: float) -> DoseCase:
        return adult(drug, "hypertension", kilograms).order(mg(value), once(), by(route))

    assert case(amount).severity("DOSE-001") is None
    assert case(amount + 1).severity("DOSE-001") == "critical"


def test_9_daily_and_weekly_limits_of_labels() -> None:
    for drug, amount, times in (("upadacitinib", 45, every(1, "d")), ("telitacicept", 240, every(1, "wk"))):
        assert adult(drug, "hypertension").order(mg(amount), times).severity("DOSE-001") is None, drug
        assert adult(drug, "hypertension").order(mg(amount + 1), times).severity("DOSE-001") == "critical", drug
    tofacitinib = adult("tofacitinib", "hypertension")
    assert tofacitinib.order(mg(10), every(1, "d", 2)).severity("DOSE-001") is None
    assert adult("tofacitinib", "hypertension").order(mg(12), every(1, "d", 2)).severity("DOSE-001") == "critical"


def test_9_rituximab_by_the_larger_of_two_limits() -> None:
    def case(amount: int) -> DoseCase:
        return adult("rituximab", "hypertension", 120).measures(190).order(mg(amount), once(), by("intravenous"))

    assert case(1200).severity("DOSE-001") is None  # 2.5 m2
    assert case(1300).severity("DOSE-001") == "critical"


def test_9_the_ceiling_of_a_record_holds_only_where_it_is_selected() -> None:
    assert adult(*ADALIMUMAB).order(mg(160), once()).severity("DOSE-001") == "critical"
    assert adult("adalimumab", "hypertension").order(mg(160), once()).severity("DOSE-001") is None


# 10


def test_10_a_route_that_no_regimen_knows_leaves_only_the_limit_of_the_route() -> None:
    case = adult(*USTEKINUMAB).order(mg(390), once(), by("intravenous"))
    assert case.severities() == {"DERM-ROUTE-001": "info"}
    assert adult(*USTEKINUMAB).order(mg(521), once(), by("intravenous")).severity("DOSE-001") == "critical"


def test_10_only_options_of_the_route_are_compared() -> None:
    case = adult("tocilizumab", "dermatomyositis").order(mg(162), every(4, "wk"), by("intravenous"))
    assert case.severity("DOSE-001") == "warning"  # 8 mg/kg are 560 mg
    assert adult("tocilizumab", "dermatomyositis").order(mg(162), every(1, "wk"), by("subcutaneous")).severities() == {}


def test_10_a_missing_route_is_told_by_the_product_or_stays_open() -> None:
    syringe = "tocilizumab prefilled syringe"
    told = adult("tocilizumab", "dermatomyositis").order(mg(560), every(2, "wk"), named=syringe)
    assert told.severity("DOSE-001") == "critical"
    assert adult("tocilizumab", "dermatomyositis").order(mg(560), every(4, "wk")).severities() == {}


# 11


def test_11_tofacitinib_extended_release_is_a_label_option_and_the_plain_form_stays_strict() -> None:
    extended = "tofacitinib 11 mg extended release"
    assert adult(*TOFACITINIB).order(mg(11), every(1, "d"), named=extended).severities() == {"DERM-DOSE-001": "info"}
    assert adult(*TOFACITINIB).order(mg(22), every(1, "d"), named=extended).severity("DOSE-001") == "critical"
    assert adult(*TOFACITINIB).order(mg(10), every(1, "d", 2)).severity("DOSE-001") == "critical"
    assert adult(*TOFACITINIB).order(mg(5), every(1, "d")).severities() == {"DERM-DOSE-001": "info"}
    assert adult(*TOFACITINIB).order(mg(5), every(1, "d", 2)).severities() == {}


# 12


def test_12_lebrikizumab_is_in_its_start_until_every_loading_dose_is_found_or_its_time_has_passed() -> None:
    one_given = adult(*LEBRIKIZUMAB).was_given("2026-02-16")
    assert one_given.order(mg(500), once("2026-03-02")).severities() == {}
    both_given = adult(*LEBRIKIZUMAB).was_given("2026-02-16", "2026-03-01")
    assert both_given.order(mg(500), once("2026-03-02")).severity("DOSE-001") == "critical"
    late = adult(*LEBRIKIZUMAB).was_given("2026-02-01")  # 29 days ago: the start ended on day 28
    assert late.order(mg(500), once("2026-03-02")).severity("DOSE-001") == "critical"
    in_time = adult(*LEBRIKIZUMAB).was_given("2026-02-02")
    assert in_time.order(mg(500), once("2026-03-02")).severity("DOSE-001") is None


def test_12_lebrikizumab_induction_holds_from_week_4_to_week_16() -> None:
    start = ("2026-01-19", "2026-02-02")
    assert adult(*LEBRIKIZUMAB).was_given(*start).order(mg(250), every(2, "wk", count=5)).severities() == {}
    old = ("2025-08-01", "2025-08-15")
    assert adult(*LEBRIKIZUMAB).was_given(*old).order(mg(250), every(2, "wk")).severity("DOSE-002") == "warning"
    assert adult(*LEBRIKIZUMAB).was_given(*old).order(mg(250), every(4, "wk")).severities() == {}


# 13


def test_13_no_interval_of_a_single_dose() -> None:
    assert adult(*ADALIMUMAB).treated().order(mg(40), every(1, "d", count=1)).severities() == {}


def test_13_no_interval_of_an_order_that_reproduces_the_start() -> None:
    assert adult(*SECUKINUMAB).order(mg(300), every(1, "wk", count=5)).severities() == {}
    assert adult(*INFLIXIMAB).order(mg(350), on("2026-03-02", "2026-03-16", "2026-04-13")).severities() == {}


def test_13_the_same_number_of_doses_at_another_spacing_is_compared() -> None:
    assert adult(*SECUKINUMAB).order(mg(300), every(1, "d", count=5)).severity("DOSE-002") == "critical"
    assert adult(*INFLIXIMAB).order(mg(350), every(2, "wk", count=3)).severity("DOSE-002") == "warning"


# 14, 15


def test_14_tildrakizumab_200_mg_is_accepted_by_a_label() -> None:
    case = adult("tildrakizumab", "plaque-psoriasis", 95).treated().order(mg(200), every(12, "wk"))
    assert case.severities() == {"DERM-DOSE-001": "info"}


def test_15_adalimumab_weekly_or_doubled_is_accepted_after_week_16() -> None:
    for parts in ((mg(40), every(1, "wk")), (mg(80), every(2, "wk"))):
        case = adult(*ADALIMUMAB).was_given("2025-11-10").order(*parts)
        assert case.severities() == {"DERM-DOSE-001": "info"}
        assert "week 16" in case.says("DOSE-001")
    early = adult(*ADALIMUMAB).was_given("2025-11-11", "2025-11-18", "2025-12-02")  # week 15
    assert early.order(mg(40), every(1, "wk")).severity("DOSE-002") == "warning"


# 16


def test_16_the_dose_of_the_neighbouring_band_near_its_edge_is_at_most_a_warning() -> None:
    near = adult(*USTEKINUMAB, kilograms=99).treated().order(mg(90), every(12, "wk"))
    assert near.severities() == {"DERM-DOSE-001": "warning", "DERM-WT-003": "info"}
    far = adult(*USTEKINUMAB, kilograms=90).treated().order(mg(90), every(12, "wk"))
    assert far.severities() == {"DERM-DOSE-001": "critical"}


def test_16_also_where_the_dose_is_above_the_ceiling_of_the_own_band() -> None:
    assert child(*SECUKINUMAB, 10, 49).treated().order(mg(150), every(4, "wk")).severity("DOSE-001") == "warning"
    assert child(*SECUKINUMAB, 10, 40).treated().order(mg(150), every(4, "wk")).severity("DOSE-001") == "critical"


# 17, 18


def test_17_dupilumab_day_1_and_15_then_every_4_weeks_is_accepted_in_children() -> None:
    for kilograms in (20, 45):
        case = child(*DUPILUMAB, 8, kilograms).instructed(
            [
                mg(300) | on("2026-03-02", "2026-03-16"),
                mg(300) | every(4, "wk", boundsPeriod={"start": "2026-04-13"}),
            ]
        )
        assert case.severities() == {"DERM-DOSE-001": "info"}, kilograms


def test_18_upadacitinib_needs_a_weight_only_in_adolescents() -> None:
    for years, severity in ((14, "warning"), (17, "warning"), (18, None)):
        case = child("upadacitinib", "atopic-dermatitis", years, None).order(mg(15), every(1, "d"))
        assert case.severity("WT-001") == severity, years


# 19


def test_19_per_kg_twice_the_dose_in_adults_and_one_and_a_half_in_children() -> None:
    expected = {"1.10": None, "1.11": "warning", "1.99": "warning", "2.0": "critical"}
    for factor, severity in expected.items():
        case = adult("belimumab", "sle").treated().order(mg(float(factor) * 10, "mg/kg"), every(4, "wk"))
        assert case.severity("DOSE-001") == severity, factor
    for factor, severity in {"1.49": "warning", "1.5": "critical"}.items():
        case = child("belimumab", "sle", 10, 30).treated().order(mg(float(factor) * 10, "mg/kg"), every(4, "wk"))
        assert case.severity("DOSE-001") == severity, factor


def test_19_rounding_up_to_the_next_whole_vial_is_accepted() -> None:
    case = adult(*INFLIXIMAB, kilograms=45).treated().order(mg(300), every(8, "wk"))  # 225 mg
    assert case.severities() == {"DERM-DOSE-001": "info"}
    assert "whole vials" in case.says("DOSE-001")
    assert adult(*INFLIXIMAB, kilograms=45).treated().order(mg(400), every(8, "wk")).severity("DOSE-001") == "warning"
    assert adult(*INFLIXIMAB, kilograms=45).treated().order(mg(290), every(8, "wk")).severity("DOSE-001") == "warning"


# 20


def test_20_no_higher_exposure_per_time_is_at_most_a_warning() -> None:
    for drug, amount, weeks in (("adalimumab", 80, 4), ("guselkumab", 200, 16), ("ustekinumab", 180, 48)):
        case = adult(drug, "plaque-psoriasis").treated().order(mg(amount), every(weeks, "wk"))
        assert case.severity("DOSE-001") == "warning", drug
    half = adult("guselkumab", "plaque-psoriasis").treated().order(mg(25), every(2, "wk"))
    assert half.severities() == {"DERM-DOSE-001": "warning", "DERM-DOSE-002": "warning"}
    assert (
        adult("guselkumab", "plaque-psoriasis").treated().order(mg(200), every(8, "wk")).severity("DOSE-001")
        == "critical"
    )


# 21


def test_21_a_larger_loading_dose_that_nobody_ordered() -> None:
    assert adult(*DUPILUMAB).order(mg(300), every(2, "wk")).severities() == {"DERM-LOAD-001": "warning"}
    other_order = adult(*DUPILUMAB).active(mg(600), on("2026-03-02"), authored="2026-03-02")
    assert other_order.order(mg(300), every(2, "wk", boundsPeriod={"start": "2026-03-16"})).severities() == {}
    other_draft = adult(*DUPILUMAB).order(mg(600), once("2026-03-02"))
    assert other_draft.order(mg(300), every(2, "wk", boundsPeriod={"start": "2026-03-16"})).severities() == {}


def test_21_equal_loading_doses_have_to_be_ordered_in_their_weeks() -> None:
    assert adult(*USTEKINUMAB).order(mg(45), every(12, "wk")).severities() == {"DERM-LOAD-001": "warning"}
    weeks = adult(*USTEKINUMAB).order(mg(45), on("2026-03-02", "2026-03-30"))
    assert weeks.order(mg(45), every(12, "wk", boundsPeriod={"start": "2026-06-22"})).severities() == {}


def test_21_a_single_dose_is_never_without_its_loading_dose() -> None:
    assert adult(*DUPILUMAB).order(mg(300), once()).severity("LOAD-001") is None
    assert adult(*USTEKINUMAB).order(mg(45), once()).severity("LOAD-001") is None


def test_21_apremilast_titration_and_starter_pack() -> None:
    apremilast = ("apremilast", "plaque-psoriasis")
    assert adult(*apremilast).order(mg(30), every(1, "d", 2)).severities() == {"DERM-TITR-001": "warning"}
    pack = adult(*apremilast).order(every(1, "d", count=1), named="apremilast starter pack")
    later = every(1, "d", 2, boundsPeriod={"start": "2026-03-07"})
    assert pack.order(mg(30), later).severity("TITR-001") is None
    rows = adult(*apremilast).instructed(
        [
            {"sequence": 1} | mg(10) | every(1, "d", count=1),
            {"sequence": 2} | mg(10) | every(1, "d", 2, count=2),
            {"sequence": 3} | mg(20) | every(1, "d", 2, count=4),
            {"sequence": 4} | mg(30) | every(1, "d", 2),
        ]
    )
    assert rows.severities() == {}
    assert adult(*apremilast).treated().order(mg(30), every(1, "d", 2)).severities() == {}


def test_21_etanercept_every_3_or_4_days_is_twice_weekly() -> None:
    for days in (3, 4):
        assert adult("etanercept", "plaque-psoriasis").order(mg(25), every(days, "d")).severities() == {}, days
    assert adult("etanercept", "plaque-psoriasis").order(mg(25), every(2, "d")).severity("DOSE-002") == "warning"


@pytest.mark.parametrize(
    "case",
    [
        adult(*SECUKINUMAB, kilograms=95).treated().order(mg(300), every(2, "wk")),
        adult("abrocitinib", "atopic-dermatitis").order(mg(50), every(1, "d")),
        adult("nintedanib", "systemic-sclerosis").order(mg(100), every(1, "d", 2)),
        adult("abatacept", "dermatomyositis").order(words("750 mg at weeks 0, 2 and 4, then every 4 weeks")),
        adult("nemolizumab", "prurigo-nodularis").order(words("60 mg once, then 30 mg every 4 weeks")),
        adult("nemolizumab", "atopic-dermatitis").order(words("60 mg once, then 30 mg every 4 weeks")),
    ],
    ids=["secukinumab", "abrocitinib", "nintedanib", "abatacept", "nemolizumab in prurigo", "nemolizumab in eczema"],
)
def test_21_what_only_a_label_has_is_information(case: DoseCase) -> None:
    assert case.severities() == {"DERM-DOSE-001": "info"}


def test_21_infliximab_over_one_hour_after_three_infusions() -> None:
    given = ("2025-09-01", "2025-09-15", "2025-10-13")
    hour = words("over 1 hour")
    assert adult(*INFLIXIMAB).was_given(*given).order(mg(350), every(8, "wk"), hour).severities() == {
        "DERM-INF-001": "info"
    }
    twice = adult(*INFLIXIMAB).was_given(*given[:2]).order(mg(350), every(8, "wk"), hour)
    assert twice.severity("INF-001") == "warning"


# 22


def test_22_rituximab_maintenance_doses_are_options() -> None:
    pemphigus = adult("rituximab", "pemphigus-vulgaris").treated()
    assert pemphigus.order(mg(500), every(6, "mo")).severities() == {}
    myositis = adult("rituximab", "dermatomyositis").treated()
    assert myositis.order(mg(700), every(9, "mo")).severities() == {}


def test_22_pemphigus_accepts_four_doses_per_surface() -> None:
    case = adult("rituximab", "pemphigus-vulgaris").measures(175).order(mg(375, "mg/m2"), every(1, "wk", count=4))
    assert case.severities() == {"DERM-DOSE-001": "info"}


def test_22_a_dose_per_surface_needs_weight_and_height() -> None:
    order = (mg(690), every(1, "wk", count=4))
    without_height = adult("rituximab", "bullous-pemphigoid").order(*order)
    assert without_height.severity("WT-001") == "warning"
    assert without_height.findings()["DERM-WT-001"].components == ("body-height",)
    neither = adult("rituximab", "bullous-pemphigoid", None).order(*order)
    assert set(neither.findings()["DERM-WT-001"].components) == {"body-weight", "body-height"}
    assert adult("rituximab", "bullous-pemphigoid").measures(175).order(*order).severity("WT-001") is None
    assert adult("rituximab", "bullous-pemphigoid", None).order(mg(1000), once()).severity("WT-001") is None


def test_22_nemolizumab_in_prurigo_has_a_ceiling_of_60_mg() -> None:
    assert (
        adult("nemolizumab", "prurigo-nodularis", 95).order(mg(60), every(4, "wk")).severity("DOSE-001") != "critical"
    )
    assert (
        adult("nemolizumab", "prurigo-nodularis", 95).order(mg(61), every(4, "wk")).severity("DOSE-001") == "critical"
    )


def test_22_systemic_sclerosis_stands_for_its_lung_disease() -> None:
    case = adult("tocilizumab", "systemic-sclerosis").order(mg(162), every(1, "wk"), by("subcutaneous"))
    assert case.severities() == {}


def test_22_short_latin_names_match_as_whole_words_only() -> None:
    assert DoseCase("rituximab").order(named="RTX 500 mg").chart().drafted_drugs == ("rituximab",)
    assert "rituximab" not in DoseCase("rituximab").order(named="vortxyl").chart().drafted_drugs


def test_12_a_loading_dose_that_was_dispensed_is_found() -> None:
    def dispensed(*days: str) -> DoseCase:
        case = adult(*LEBRIKIZUMAB)
        for day in days:
            case.resource(
                {
                    "resourceType": "MedicationDispense",
                    "status": "completed",
                    "medicationCodeableConcept": {"text": "lebrikizumab"},
                    "whenHandedOver": day,
                }
            )
        return case

    assert dispensed("2026-02-16").order(mg(500), once("2026-03-02")).severities() == {}
    assert dispensed("2026-02-16", "2026-02-28").order(mg(500), once("2026-03-02")).severity("DOSE-001") == "critical"
    assert dispensed("2025-12-01").order(mg(250), every(4, "wk")).severity("LOAD-001") is None
