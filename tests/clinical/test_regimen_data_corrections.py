"""What the corrections changed in the doses of the source document, item by item."""

import pytest
from skin_cases import SkinCase, knowledge

from cards.dosing.model import Ceiling, Record, RegimenFile

RANK = {"info": 1, "warning": 2, "critical": 3}


def worst(case: SkinCase) -> str | None:
    return max(case.doses().values(), key=lambda severity: RANK[severity], default=None)


def person(years: float = 40, kg: float | None = 70, drug: str | None = None) -> SkinCase:
    """With ``drug`` on treatment since June 2025, else new to it."""
    case = SkinCase().aged(years).weighing(kg)
    if drug:
        case.given("2025-06-02", *(f"2025-{month:02d}-01" for month in range(7, 13)), "2026-02-01", drug=drug)
    return case


def file_of(drug: str) -> RegimenFile:
    file = knowledge().chapters[drug].regimens
    assert file is not None
    return file


def record(drug: str, identifier: str) -> Record:
    return next(item for item in file_of(drug).records if item.id == identifier)


def test_correction_1_a_loading_dose_that_repeats_without_end_is_no_loading_dose() -> None:
    case = person().order("dupilumab", "600 mg", "every 2 weeks", route="SC", reason="atopic dermatitis")
    assert worst(case) == "critical"
    once = person().order("dupilumab", "600 mg", route="SC", reason="atopic dermatitis", days=("2026-03-09",))
    assert worst(once) is None


def test_correction_3_omalizumab_in_atopic_dermatitis_is_from_6_years_and_that_is_unconfirmed() -> None:
    assert "age_min_y" in record("omalizumab", "OMZ-AD").unconfirmed_fields
    for years, severity in ((5, "warning"), (6, None)):
        case = person(years, 20, "omalizumab").order(
            "omalizumab", "150 mg", "every 4 weeks", reason="atopic dermatitis"
        )
        assert case.severity("DERM-AGE-001") == severity


def test_correction_4_a_weight_in_no_band_is_a_warning() -> None:
    case = person(3, 4.5).order("dupilumab", "200 mg", "every 4 weeks", route="SC", reason="atopic dermatitis")
    assert case.severity("DERM-WT-004") == "warning"
    case = person(3, 5).order("dupilumab", "200 mg", "every 4 weeks", route="SC", reason="atopic dermatitis")
    assert case.severity("DERM-WT-004") is None


@pytest.mark.parametrize(
    ("kg", "amount", "severity"),
    [
        (70, "8.1 mg/kg", None),
        (70, "12 mg/kg", "warning"),
        (70, "12.1 mg/kg", "critical"),
        (100, "800 mg", None),
        (100, "801 mg", "warning"),
        (150, "800 mg", None),
        (150, "1201 mg", "critical"),
    ],
)
def test_correction_6_tocilizumab_in_dermatomyositis_warns_above_800_mg_and_is_critical_above_12_mg_per_kg(
    kg: float, amount: str, severity: str | None
) -> None:
    case = person(50, kg, "tocilizumab").order(
        "tocilizumab", amount, "every 4 weeks", route="IV", reason="dermatomyositis"
    )
    assert worst(case) == severity, case.doses()


# drug, route, the largest dose of any label and one above it; no reason and no disease on record
LABEL_MAXIMA = [
    ("adalimumab", "SC", "160 mg", "161 mg"),
    ("ustekinumab", "SC", "90 mg", "91 mg"),
    ("ustekinumab", "IV", "520 mg", "521 mg"),
    ("guselkumab", "SC", "400 mg", "401 mg"),
    ("guselkumab", "IV", "200 mg", "201 mg"),
    ("risankizumab", "SC", "360 mg", "361 mg"),
    ("risankizumab", "IV", "1200 mg", "1201 mg"),
    ("secukinumab", "SC", "300 mg", "301 mg"),
    ("secukinumab", "IV", "6 mg/kg", "6.1 mg/kg"),
    ("tocilizumab", "IV", "12 mg/kg", "12.1 mg/kg"),
    ("tocilizumab", "SC", "162 mg", "163 mg"),
    ("infliximab", "IV", "11 mg/kg", "11.1 mg/kg"),
    ("belimumab", "IV", "20 mg/kg", "20.1 mg/kg"),
    ("belimumab", "SC", "400 mg", "401 mg"),
    ("abatacept", "IV", "1000 mg", "1001 mg"),
    ("abatacept", "SC", "125 mg", "126 mg"),
    ("telitacicept", "SC", "240 mg", "241 mg"),
    ("etanercept", "SC", "100 mg", "101 mg"),
    ("certolizumab pegol", "SC", "400 mg", "401 mg"),
    ("ixekizumab", "SC", "160 mg", "161 mg"),
    ("brodalumab", "SC", "210 mg", "211 mg"),
    ("tildrakizumab", "SC", "200 mg", "201 mg"),
    ("dupilumab", "SC", "600 mg", "601 mg"),
    ("司普奇拜单抗", "SC", "600 mg", "601 mg"),
    ("tralokinumab", "SC", "600 mg", "601 mg"),
    ("lebrikizumab", "SC", "500 mg", "501 mg"),
    ("nemolizumab", "SC", "60 mg", "61 mg"),
    ("anifrolumab", "IV", "300 mg", "301 mg"),
]
DAILY_MAXIMA = [
    ("upadacitinib", "45 mg", "46 mg"),
    ("tofacitinib", "20 mg", "21 mg"),
    ("tofacitinib extended-release tablet", "22 mg", "23 mg"),
    ("deucravacitinib", "6 mg", "7 mg"),
    ("apremilast", "60 mg", "61 mg"),
    ("abrocitinib", "200 mg", "201 mg"),
    ("baricitinib", "4 mg", "5 mg"),
    ("nintedanib", "300 mg", "301 mg"),
]


@pytest.mark.parametrize(("drug", "route", "largest", "more"), LABEL_MAXIMA)
def test_correction_9_without_a_matching_record_the_largest_dose_of_any_label_is_the_limit(
    drug: str, route: str, largest: str, more: str
) -> None:
    for amount, severity in ((largest, None), (more, "critical")):
        case = person().order(drug, amount, "every 4 weeks", route=route)
        assert worst(case) == severity, (amount, case.doses())


@pytest.mark.parametrize(("drug", "largest", "more"), DAILY_MAXIMA)
def test_correction_9_without_a_matching_record_the_largest_daily_dose_of_any_label_is_the_limit(
    drug: str, largest: str, more: str
) -> None:
    for amount, severity in ((largest, None), (more, "critical")):
        case = person().order(drug, amount, "once a day", route="PO")
        assert worst(case) == severity, (amount, case.doses())


@pytest.mark.parametrize(
    ("tall", "amount", "severity"), [(True, "1000 mg", None), (True, "1001 mg", "critical"), (False, "1001 mg", None)]
)
def test_correction_9_rituximab_is_limited_to_1000_mg_or_500_mg_per_m2(
    tall: bool, amount: str, severity: str | None
) -> None:
    case = person(40, 70)
    if tall:
        case.tall(170)
    assert worst(case.order("rituximab", amount, route="IV", days=("2026-03-09",))) == severity


def test_correction_9_the_ceiling_of_a_record_counts_only_for_its_indication() -> None:
    for disease, severity in (("plaque psoriasis", "critical"), ("crohn", None)):
        case = person(40, 70, "adalimumab").order("adalimumab", "160 mg", "every 4 weeks", route="SC", reason=disease)
        assert worst(case) == severity


@pytest.mark.parametrize(
    ("product", "amount", "rhythm", "severity"),
    [
        ("tofacitinib extended-release tablet", "11 mg", "once a day", "info"),
        ("托法替布缓释片", "11 mg", "once a day", "info"),
        ("tofacitinib extended-release tablet", "22 mg", "once a day", "critical"),
        ("tofacitinib", "10 mg", "twice a day", "critical"),
        ("tofacitinib", "5 mg", "once a day", "info"),
        ("tofacitinib", "5 mg", "twice a day", None),
    ],
)
def test_correction_11_tofacitinib_extended_release_is_11_mg_and_the_plain_tablet_10_mg_a_day(
    product: str, amount: str, rhythm: str, severity: str | None
) -> None:
    case = person(40, 70, "tofacitinib").order(product, amount, rhythm, route="PO", reason="psoriatic arthritis")
    assert worst(case) == severity, case.doses()


@pytest.mark.parametrize("kg", [70, 95])
def test_correction_14_tildrakizumab_200_mg_is_information(kg: float) -> None:
    case = person(40, kg, "tildrakizumab")
    assert worst(case.order("tildrakizumab", "200 mg", "every 12 weeks", reason="plaque psoriasis")) == "info"


@pytest.mark.parametrize(("amount", "rhythm"), [("40 mg", "every week"), ("80 mg", "every 2 weeks")])
def test_correction_15_more_adalimumab_is_information_after_week_16_only(amount: str, rhythm: str) -> None:
    late = person(40, 70, "adalimumab").order("adalimumab", amount, rhythm, route="SC", reason="plaque psoriasis")
    assert worst(late) == "info"
    early = person().given("2026-01-19", "2026-01-26", "2026-02-09", drug="adalimumab")
    early.order("adalimumab", amount, rhythm, route="SC", reason="plaque psoriasis")
    assert worst(early) in {"warning", "critical"}


def test_correction_16_within_5_percent_of_a_band_the_dose_of_the_neighbour_is_at_most_a_warning() -> None:
    near = person(14, 58, "dupilumab").order("dupilumab", "300 mg", "every 2 weeks", reason="atopic dermatitis")
    assert worst(near) == "warning"
    far = person(14, 45, "dupilumab").order("dupilumab", "300 mg", "every 2 weeks", reason="atopic dermatitis")
    assert worst(far) == "critical"


@pytest.mark.parametrize(
    ("years", "kg", "severity"), [(10, 20, None), (10, 45, "info"), (11, 59, "info"), (12, 45, "warning")]
)
def test_correction_17_dupilumab_300_mg_every_4_weeks_is_a_label_dose_from_6_to_11_years(
    years: float, kg: float, severity: str | None
) -> None:
    case = person(years, kg, "dupilumab").order("dupilumab", "300 mg", "every 4 weeks", reason="atopic dermatitis")
    assert worst(case) == severity, case.doses()


@pytest.mark.parametrize("kg", [20, 45])
def test_correction_17_dupilumab_starts_with_300_mg_on_days_1_and_15_in_the_label_for_6_to_11_years(kg: float) -> None:
    accepted = record("dupilumab", "DUP-AD-PED-6-17-15-30" if kg < 30 else "DUP-AD-PED-6-17-30-60").accepts[0]
    assert [(dose.amount, dose.at_week) for dose in accepted.loading] == [(300, 0), (300, 2)]
    case = person(10, kg).order("dupilumab", "300 mg", days=("2026-03-02", "2026-03-16"), reason="atopic dermatitis")
    assert worst(case) in {None, "info"}, case.doses()


@pytest.mark.parametrize(("years", "severity"), [(15, "warning"), (18, None)])
def test_correction_18_the_weight_of_upadacitinib_is_asked_for_from_12_to_17_years_only(
    years: float, severity: str | None
) -> None:
    case = person(years, None, "upadacitinib").order("upadacitinib", "15 mg", "once a day", reason="atopic dermatitis")
    assert case.severity("DERM-WT-001") == severity


def test_correction_19_a_dose_per_kg_is_critical_from_twice_in_adults_and_one_and_a_half_in_children() -> None:
    for years, amount, severity in (
        (40, "19 mg/kg", "warning"),
        (40, "20 mg/kg", "critical"),
        (10, "15 mg/kg", "critical"),
    ):
        case = person(years, 40, "belimumab").order("belimumab", amount, "every 4 weeks", route="IV", reason="SLE")
        assert worst(case) == severity, case.doses()


def test_correction_19_infliximab_may_be_rounded_up_to_whole_vials() -> None:
    assert file_of("infliximab").whole_vials_mg == 100
    for amount, severity in (("350 mg", None), ("400 mg", "info"), ("450 mg", "warning")):
        case = person(40, 70, "infliximab").order(
            "infliximab", amount, "every 8 weeks", route="IV", reason="plaque psoriasis"
        )
        assert worst(case) == severity, (amount, case.doses())


@pytest.mark.parametrize(
    ("drug", "kg", "disease", "order", "severity"),
    [
        ("secukinumab", 90, "plaque psoriasis", ("300 mg", "every 2 weeks"), "info"),
        ("secukinumab", 89, "plaque psoriasis", ("300 mg", "every 2 weeks"), "warning"),
        ("nemolizumab", 70, "atopic dermatitis", ("30 mg", "every 4 weeks"), "info"),
        ("nemolizumab", 70, "atopic dermatitis", ("30 mg", "every 8 weeks"), "info"),
        ("abrocitinib", 70, "atopic dermatitis", ("50 mg", "once a day"), "info"),
        ("nintedanib", 70, "SSc-ILD", ("100 mg", "twice a day"), "info"),
    ],
)
def test_correction_21_doses_of_labels_beside_the_source_are_information(
    drug: str, kg: float, disease: str, order: tuple[str, str], severity: str
) -> None:
    case = person(40, kg, drug).order(drug, *order, reason=disease)
    assert worst(case) == severity, case.doses()


def test_correction_21_abatacept_in_weeks_0_2_and_4_is_information() -> None:
    case = person(50, 70).order(
        "abatacept", "750 mg", route="IV", reason="dermatomyositis", days=("2026-03-02", "2026-03-16", "2026-03-30")
    )
    assert worst(case) in {None, "info"}, case.doses()


@pytest.mark.parametrize(
    ("given", "minutes", "severity"),
    [(3, 60, "info"), (2, 60, "warning"), (3, 59, "warning"), (0, 120, None), (0, 119, "warning")],
)
def test_correction_21_infliximab_over_1_hour_after_3_infusions_is_information(
    given: int, minutes: int, severity: str | None
) -> None:
    case = person(40, 80).given(*("2025-12-01", "2025-12-15", "2026-01-12")[:given], drug="infliximab")
    case.order("infliximab", "400 mg", "every 8 weeks", route="IV", reason="plaque psoriasis", minutes=minutes)
    assert case.severity("DERM-INF-001") == severity


@pytest.mark.parametrize("rhythm", ["2 times a week", "every 3 days", "every 4 days"])
def test_correction_21_etanercept_every_3_to_4_days_is_twice_weekly(rhythm: str) -> None:
    case = person(40, 70, "etanercept").order("etanercept", "25 mg", rhythm, reason="plaque psoriasis")
    assert worst(case) is None, case.doses()


@pytest.mark.parametrize(("amount", "severity"), [("60 mg", None), ("61 mg", "critical")])
def test_correction_22_nemolizumab_in_prurigo_is_at_most_60_mg(amount: str, severity: str | None) -> None:
    case = person(40, 95, "nemolizumab").order("nemolizumab", amount, "every 4 weeks", reason="prurigo nodularis")
    assert (worst(case) == "critical") is (severity == "critical"), case.doses()
    assert [limit.amount for limit in record("nemolizumab", "NEM-PN-ADULT").ceiling] == [60]


@pytest.mark.parametrize("words", ["系统性硬化症", "系统性硬化症相关间质性肺病"])
def test_correction_22_systemic_sclerosis_is_taken_for_its_lung_disease(words: str) -> None:
    case = person(50, 70, "nintedanib").order("nintedanib", "150 mg", "twice a day", reason=words)
    assert case.severity("DERM-IND-001") is None
    assert case.severity("DERM-GRADE-001") == "info"


@pytest.mark.parametrize("words", ["干燥综合征", "干燥综合征合并关节炎"])
def test_correction_22_sjogren_syndrome_is_taken_for_that_with_arthritis(words: str) -> None:
    case = person(50, 70, "etanercept").order("etanercept", "50 mg", "every week", reason=words)
    assert case.severity("DERM-IND-001") is None
    assert case.severity("DERM-GRADE-001") == "info"


def test_correction_22_a_dose_per_m2_asks_for_weight_and_height() -> None:
    case = (
        SkinCase()
        .aged(50)
        .order("rituximab", "375 mg/m2", route="IV", reason="bullous pemphigoid", days=("2026-03-09", "2026-03-16"))
    )
    assert case.severity("DERM-WT-001") == "warning"


@pytest.mark.parametrize("words", ["ADA", "RTX", "IFX", "CZP", "TCZ", "OMZ"])
def test_correction_22_short_names_count_as_whole_words_only(words: str) -> None:
    assert knowledge().terminology.drugs((), [f"{words} 100 mg"])
    assert not knowledge().terminology.drugs((), [f"X{words}X 100 mg"])


def test_what_a_label_says_beside_the_source_names_its_reason_in_both_languages() -> None:
    for chapter in knowledge().chapters.values():
        for item in chapter.regimens.records if chapter.regimens else []:
            for accepted in item.accepts:
                assert accepted.why.en, item.id
                assert accepted.why.zh, item.id


def limits(drug: str) -> list[Ceiling]:
    return file_of(drug).label_max_any_indication


def test_drugs_for_which_no_dose_may_be_given_have_none() -> None:
    for drug, identifier in (
        ("alemtuzumab", "ALE-PNP"),
        ("sutimlimab", "SUT-BP"),
        ("human-immunoglobulin", "IVIG-DM"),
        ("infliximab", "IFX-PRP"),
        ("adalimumab", "ADA-PRP"),
        ("ustekinumab", "UST-PRP"),
        ("tofacitinib", "TOF-PSO-PLAQUE"),
    ):
        found = record(drug, identifier)
        assert not [*found.regimen.options, *found.regimen.loading, *found.accepts, *found.ceiling], identifier
    assert not limits("alemtuzumab")
