"""Every number of the rules of single drugs has a case that notices when it is changed by one step."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from pinned_numbers import Pin, PinnedChapter
from skin_cases import SkinCase, knowledge

AD, CSU = "atopic dermatitis", "chronic urticaria"
CHAPTERS = {
    drug: PinnedChapter(f"drugs/{drug}", knowledge().terminology, knowledge())
    for drug in ("omalizumab", "upadacitinib", "abrocitinib", "belimumab")
}


def omalizumab(rhythm: str, reason: str) -> Callable[[str], SkinCase]:
    return lambda amount: SkinCase().order("omalizumab", amount, rhythm, reason=reason)


def omalizumab_every(amount: str, reason: str) -> Callable[[int], SkinCase]:
    return lambda days: SkinCase().order("omalizumab", amount, f"every {days} days", reason=reason)


def born(drug: str, amount: str, reason: str, kg: float = 70) -> Callable[[str], SkinCase]:
    """Ages turn on a birthday: the value is the day of birth."""

    def build(birth: str) -> SkinCase:
        case = SkinCase().weighing(kg).patient(sex="male", birth=birth)
        return case.order(drug, amount, "once a day", reason=reason)

    return build


def weighing(kg: float) -> SkinCase:
    return SkinCase().aged(15).weighing(kg).order("upadacitinib", "15 mg", "once a day", reason=AD)


def daily(drug: str, years: float) -> Callable[[str], SkinCase]:
    return lambda amount: SkinCase().aged(years).order(drug, amount, "once a day", reason=AD)


PINS: dict[str, list[Pin]] = {
    "omalizumab": [
        Pin("max_mg", "DERM-OMZ-001", omalizumab("every 2 weeks", AD), {"600 mg": None, "601 mg": "critical"}),
        Pin("max_days", "DERM-OMZ-001", omalizumab_every("600 mg", AD), {14: None, 13: "critical"}),
        Pin("csu_max_mg", "DERM-OMZ-001", omalizumab("every 2 weeks", CSU), {"300 mg": None, "300.5 mg": "critical"}),
        Pin("csu_max_days", "DERM-OMZ-001", omalizumab_every("301 mg", CSU), {28: None, 27: "critical"}),
        Pin("ad_low_mg", "DERM-OMZ-002", omalizumab("every 4 weeks", AD), {"150 mg": None, "149 mg": "warning"}),
        Pin("ad_high_mg", "DERM-OMZ-002", omalizumab("every 4 weeks", AD), {"450 mg": None, "451 mg": "warning"}),
        Pin("ad_shortest_days", "DERM-OMZ-002", omalizumab_every("300 mg", AD), {14: None, 13: "warning"}),
        Pin("ad_longest_days", "DERM-OMZ-002", omalizumab_every("300 mg", AD), {28: None, 29: "warning"}),
        Pin("csu_low_mg", "DERM-OMZ-005", omalizumab("every 4 weeks", CSU), {"150 mg": None, "151 mg": "warning"}),
        Pin("csu_high_mg", "DERM-OMZ-005", omalizumab("every 4 weeks", CSU), {"300 mg": None, "299 mg": "warning"}),
        Pin("csu_shortest_days", "DERM-OMZ-005", omalizumab_every("300 mg", CSU), {26: None, 25: "warning"}),
    ],
    "upadacitinib": [
        Pin(
            "youngest",
            "DERM-UPA-004",
            born("upadacitinib", "15 mg", AD),
            {"2014-03-02": None, "2014-03-03": "critical", "2015-03-01": "critical", "2013-03-02": None},
        ),
        Pin(
            "adult_age",
            "DERM-UPA-002",
            born("upadacitinib", "15 mg", AD, kg=35),
            {"2008-03-02": None, "2008-03-03": "critical", "2007-03-01": None},
        ),
        Pin(
            "old_age",
            "DERM-UPA-001",
            born("upadacitinib", "30 mg", AD),
            {"1961-03-02": "critical", "1961-03-03": None, "1960-03-01": "critical"},
        ),
        Pin("lowest_weight_kg", "DERM-UPA-002", weighing, {40: None, 39.5: "critical"}),
        Pin("old_daily_mg", "DERM-UPA-001", daily("upadacitinib", 70), {"15 mg": None, "15.5 mg": "critical"}),
        Pin("second_daily_mg", "DERM-UPA-003", daily("upadacitinib", 40), {"30 mg": "info", "29 mg": None}),
    ],
    "abrocitinib": [
        Pin(
            "youngest", "DERM-ABR-003", born("abrocitinib", "100 mg", AD), {"2014-03-02": None, "2014-03-03": "warning"}
        ),
        Pin(
            "old_age", "DERM-ABR-001", born("abrocitinib", "200 mg", AD), {"1961-03-02": "warning", "1961-03-03": None}
        ),
        Pin("old_daily_mg", "DERM-ABR-001", daily("abrocitinib", 70), {"100 mg": None, "100.5 mg": "warning"}),
        Pin("max_daily_mg", "DERM-ABR-002", daily("abrocitinib", 40), {"200 mg": None, "200.5 mg": "critical"}),
    ],
    "belimumab": [
        Pin(
            "youngest",
            "derm.belimumab.child-age-uncertain.info",
            born("belimumab", "10 mg/kg", "SLE"),
            {"2021-03-02": "info", "2021-03-03": None},
        ),
        Pin(
            "adult_age",
            "derm.belimumab.child-age-uncertain.info",
            born("belimumab", "10 mg/kg", "SLE"),
            {"2008-03-02": None, "2008-03-03": "info"},
        ),
    ],
}
ALL = [(drug, pin) for drug, pins in PINS.items() for pin in pins]


@pytest.mark.parametrize("drug", PINS)
def test_every_number_of_a_condition_is_pinned(drug: str) -> None:
    used = CHAPTERS[drug].used_parameters()
    assert {pin.parameter for pin in PINS[drug]} == used == set(knowledge().chapters[drug].parameters)


@pytest.mark.parametrize(("drug", "pin"), ALL, ids=str)
def test_the_boundary_lies_where_the_source_puts_it(drug: str, pin: Pin) -> None:
    assert CHAPTERS[drug].outcomes(pin, CHAPTERS[drug].chapter()) == dict(pin.outcomes)


@pytest.mark.parametrize("direction", [1, -1], ids=["more", "less"])
@pytest.mark.parametrize(("drug", "pin"), ALL, ids=str)
def test_a_changed_number_is_noticed(drug: str, pin: Pin, direction: int) -> None:
    changed = CHAPTERS[drug].changed(pin.parameter, direction * Decimal(pin.step))
    assert CHAPTERS[drug].outcomes(pin, changed) != dict(pin.outcomes)
