"""Rituximab: courses of two or four infusions, what may follow them, and the limit of a course."""

import pytest
from skin_cases import SkinCase, knowledge

D1, D15 = "2026-03-09", "2026-03-23"
WEEKLY = (D1, "2026-03-16", D15, "2026-03-30")
PV, BP, EBA, PNP, SLE, DM, SS = (
    "pemphigus vulgaris",
    "bullous pemphigoid",
    "epidermolysis bullosa acquisita",
    "paraneoplastic pemphigus",
    "SLE",
    "dermatomyositis",
    "Sjogren",
)
RANK = {"info": 1, "warning": 2, "critical": 3}


def rituximab(disease: str, amount: str, *days: str, size: bool = True) -> SkinCase:
    """70 kg and 175 cm have 1.84 m2: 375 mg/m2 are 692 mg, and 1500 mg/m2 are 2767 mg."""
    case = SkinCase().aged(50)
    if size:
        case.weighing(70).tall(175)
    return case.order("rituximab", amount, route="IV", reason=disease, days=days)


def worst(case: SkinCase) -> str | None:
    return max(case.doses().values(), key=lambda severity: RANK[severity], default=None)


@pytest.mark.parametrize(
    ("disease", "amount", "days", "severity"),
    [
        (PV, "1000 mg", (D1, D15), None),
        (PV, "375 mg/m2", WEEKLY, "info"),
        (BP, "1000 mg", (D1, D15), None),
        (BP, "375 mg/m2", WEEKLY, None),
        (BP, "692 mg", WEEKLY, None),
        (EBA, "375 mg/m2", WEEKLY, None),
        (EBA, "1000 mg", (D1, D15), None),
        (PNP, "375 mg/m2", WEEKLY, None),
        (PNP, "1000 mg", (D1, D15), None),
        (SLE, "1000 mg", (D1, D15), None),
        (SLE, "375 mg/m2", WEEKLY, None),
        (DM, "1000 mg", (D1, D15), None),
        (SS, "500 mg", (D1,), None),
    ],
)
def test_the_course_of_the_source_passes(
    disease: str, amount: str, days: tuple[str, ...], severity: str | None
) -> None:
    case = rituximab(disease, amount, *days)
    assert worst(case) == severity, case.doses()


@pytest.mark.parametrize("disease", [PV, BP, SLE, DM])
@pytest.mark.parametrize(
    ("amount", "days", "severity"),
    [
        ("2000 mg", (D1, D15), "critical"),
        ("500 mg", (D1, D15), "warning"),
        ("1000 mg", (D1, "2026-03-14"), "critical"),  # 5 days
        ("1000 mg", (D1, "2026-03-17"), "warning"),  # 8 days
        ("1000 mg", (D1, "2026-03-21"), None),  # 12 days
        ("1000 mg", (D1, D15, "2026-04-06"), "critical"),  # three doses are 3000 mg
    ],
)
def test_correction_2_amount_gap_and_number_of_a_course_of_two(
    disease: str, amount: str, days: tuple[str, ...], severity: str | None
) -> None:
    case = rituximab(disease, amount, *days)
    assert worst(case) == severity, case.doses()


def test_correction_2_every_record_limits_a_course_to_2000_mg_or_1500_mg_per_m2_in_16_weeks() -> None:
    file = knowledge().chapters["rituximab"].regimens
    assert file is not None
    for record in file.records:
        first = record.course_ceiling[0]
        assert (first.amount, first.unit, first.per) == (2000, "mg", "16 wk"), record.id
        assert first.or_up_to is not None
        assert (first.or_up_to.amount, first.or_up_to.unit) == (1500, "mg/m2"), record.id


@pytest.mark.parametrize("disease", [PV, BP, EBA, PNP, SLE, SS])
@pytest.mark.parametrize(("doses", "severity"), [(3, False), (4, True)])
def test_correction_2_without_a_body_surface_more_than_3000_mg_is_critical(
    disease: str, doses: int, severity: bool
) -> None:
    case = rituximab(disease, "1000 mg", *(D1, D15, "2026-04-06", "2026-04-20")[:doses], size=False)
    assert (worst(case) == "critical") is severity, case.doses()


def test_decision_25_without_a_body_surface_more_than_3000_mg_is_a_warning_in_myositis() -> None:
    file = knowledge().chapters["rituximab"].regimens
    assert file is not None
    known, unknown = next(record for record in file.records if record.id == "RTX-DM").course_ceiling
    assert (known.level, known.if_unknown) == ("critical", None)
    assert (unknown.level, unknown.if_unknown and unknown.if_unknown.amount) == ("warning", 3000)


def after_a_course(disease: str, amount: str, day: str) -> SkinCase:
    case = SkinCase(today="2026-03-02").aged(50).weighing(70).tall(175)
    case.given("2025-08-04", "2025-08-18", drug="rituximab", mg=1000)
    return case.order("rituximab", amount, route="IV", reason=disease, days=(day,))


@pytest.mark.parametrize(
    ("disease", "amount", "severity"),
    [
        (PV, "500 mg", None),
        (DM, "500 mg", None),
        (DM, "1000 mg", None),
        (DM, "750 mg", None),
        (DM, "2000 mg", "critical"),
    ],
)
def test_correction_22_maintenance_after_half_a_year_is_an_option(
    disease: str, amount: str, severity: str | None
) -> None:
    case = after_a_course(disease, amount, "2026-03-09")
    assert worst(case) == severity, case.doses()


@pytest.mark.parametrize("disease", [SLE, DM, SS])
def test_correction_3_rituximab_is_for_adults(disease: str) -> None:
    case = rituximab(disease, "1000 mg", D1, D15).aged(17)
    assert case.severity("DERM-AGE-001") == "warning"
    assert rituximab(disease, "1000 mg", D1, D15).aged(18).severity("DERM-AGE-001") is None
