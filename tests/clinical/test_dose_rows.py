"""One drug ordered in several rows or drafts: what is split up is judged like what is written in one row."""

from collections.abc import Callable
from typing import Any

import pytest
from dose_building import DoseCase, adult, by, child, every, mg, on, words
from hypothesis import given, settings
from hypothesis import strategies as st

ADALIMUMAB = ("adalimumab", "plaque-psoriasis")
APREMILAST = ("apremilast", "plaque-psoriasis")
DEUCRAVACITINIB = ("deucravacitinib", "plaque-psoriasis")
DUPILUMAB = ("dupilumab", "atopic-dermatitis")
ETANERCEPT = ("etanercept", "plaque-psoriasis")
INFLIXIMAB = ("infliximab", "plaque-psoriasis")
NINTEDANIB = ("nintedanib", "systemic-sclerosis")
TOFACITINIB = ("tofacitinib", "psoriatic-arthritis")
ATC = "http://www.whocc.no/atc"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
Json = dict[str, Any]


def at(time: str, amount: float, **more: Any) -> Json:
    """A row of a dose taken every day at one time."""
    return mg(amount) | every(1, "d", when=[time], **more)


def weekly(day: str, amount: float) -> Json:
    return mg(amount) | every(1, "wk", dayOfWeek=[day])


def since(day: str, amount: float, weeks: int = 2, **more: Any) -> Json:
    return mg(amount) | every(weeks, "wk", boundsPeriod={"start": day, **more})


def coded(text: str, *codes: tuple[str, str]) -> Json:
    return {"text": text, "coding": [{"system": system, "code": code} for system, code in codes]}


# Morning and evening


def test_ten_in_the_morning_and_ten_in_the_evening_is_ten_twice_daily() -> None:
    rows = adult(*TOFACITINIB).instructed([at("MORN", 10), at("EVE", 10)])
    assert rows.severities() == {"DERM-DOSE-001": "critical"}
    assert rows.severities() == adult(*TOFACITINIB).order(mg(10), every(1, "d", 2)).severities()
    assert "highest dose" in rows.says("DOSE-001")
    assert "10 mg 2 times a day" in rows.says("DOSE-001")


def test_six_in_the_morning_and_six_in_the_evening_is_six_twice_daily() -> None:
    rows = adult(*DEUCRAVACITINIB).instructed([at("MORN", 6), at("EVE", 6)])
    assert rows.severity("DOSE-001") == "critical"
    assert rows.severities() == adult(*DEUCRAVACITINIB).order(mg(6), every(1, "d", 2)).severities()


def test_two_drafts_or_a_draft_beside_an_active_order_are_two_rows() -> None:
    assert adult(*TOFACITINIB).order(at("MORN", 10)).order(at("EVE", 10)).severity("DOSE-001") == "critical"
    assert adult(*TOFACITINIB).active(at("EVE", 10)).order(at("MORN", 10)).severity("DOSE-001") == "critical"


def test_of_different_amounts_the_largest_and_the_whole_day_count() -> None:
    case = adult(*TOFACITINIB).instructed([at("MORN", 10), at("EVE", 5)])
    assert case.severities() == {"DERM-DOSE-001": "critical"}  # 15 mg a day against 10 mg
    assert "10 mg every day, 5 mg every day" in case.says("DOSE-001")


def test_correct_doses_in_parts_are_silent() -> None:
    assert adult(*TOFACITINIB).instructed([at("MORN", 5), at("EVE", 5)]).severities() == {}
    assert adult(*APREMILAST).treated().instructed([at("MORN", 30), at("EVE", 30)]).severities() == {}
    assert adult(*NINTEDANIB).order(at("MORN", 150)).order(at("EVE", 150)).severities() == {}


@pytest.mark.parametrize(
    ("morning", "evening"),
    [
        ("150 mg orally in the morning", "150 mg orally in the evening"),
        ("150 mg qam", "150 mg qpm"),
        ("150mg 口服 每早", "150mg 口服 每晚"),
    ],
)
def test_morning_and_evening_in_words(morning: str, evening: str) -> None:
    assert adult(*NINTEDANIB).order(words(morning)).order(words(evening)).severities() == {}
    assert adult(*NINTEDANIB).order(words(morning)).severities() == {"DERM-DOSE-002": "warning"}


def test_clock_times_and_parts_of_the_day_are_compared() -> None:
    clock = mg(5) | every(1, "d", timeOfDay=["08:00:00"])
    assert adult(*TOFACITINIB).instructed([clock, at("EVE", 5)]).severities() == {}
    same = adult(*TOFACITINIB).instructed([clock, at("MORN", 5)])
    assert same.severity("DOSE-001") == "warning"  # 10 mg at once


def test_rows_that_begin_on_different_days_are_cut_where_one_begins() -> None:
    first = {"boundsPeriod": {"start": "2026-03-02"}}
    rows = [at("MORN", 30, count=9, **first), at("EVE", 30, **first)]
    later = at("MORN", 30, boundsPeriod={"start": "2026-03-11"})
    assert adult(*APREMILAST).treated().instructed([*rows, later]).severities() == {}


def test_a_dose_that_is_raised_in_rows_of_morning_and_evening_is_right() -> None:
    def row(time: str, amount: int, first: int, count: int | None = None) -> Json:
        more = {} if count is None else {"count": count}
        return at(time, amount, boundsPeriod={"start": f"2026-03-{first:02}"}, **more)

    morning = [row("MORN", 10, 2, 3), row("MORN", 20, 5, 2), row("MORN", 30, 7)]
    evening = [row("EVE", 10, 3, 1), row("EVE", 20, 4, 2), row("EVE", 30, 6)]
    assert adult(*APREMILAST).instructed([*morning, *evening]).severities() == {}


# Days of the week, and weeks


def test_mondays_and_thursdays_in_two_rows_is_twice_weekly() -> None:
    assert adult(*ETANERCEPT).instructed([weekly("mon", 25), weekly("thu", 25)]).severities() == {}
    assert adult(*ETANERCEPT).instructed([weekly("mon", 25)]).severity("DOSE-002") == "warning"


@pytest.mark.parametrize(
    ("first", "second"),
    [("25 mg SC every Monday", "25 mg SC every Thursday"), ("25mg 皮下注射 每周一", "25mg 皮下注射 每周四")],
)
def test_weekdays_in_words(first: str, second: str) -> None:
    assert adult(*ETANERCEPT).instructed([words(first), words(second)]).severities() == {}


def test_once_a_week_in_chinese_is_no_monday() -> None:
    assert adult(*ETANERCEPT).order(words("50mg 皮下注射 每周一次")).severities() == {}


def test_every_two_weeks_in_two_rows_a_week_apart_is_weekly() -> None:
    rows = [since("2026-03-02", 300), since("2026-03-09", 300)]
    together = adult(*DUPILUMAB).treated().instructed(rows)
    assert together.severities() == {"DERM-DOSE-002": "warning"}
    assert together.severities() == adult(*DUPILUMAB).treated().order(mg(300), every(1, "wk")).severities()
    assert adult(*DUPILUMAB).treated().order(rows[0]).order(rows[1]).severity("DOSE-002") == "warning"


def test_rows_that_end_are_added_up_too() -> None:
    first, second = since("2026-03-02", 300), since("2026-03-09", 300)
    ending = since("2026-03-09", 300, end="2026-12-31")
    assert adult(*DUPILUMAB).treated().instructed([first, ending]).severity("DOSE-002") == "warning"
    both = [since("2026-03-02", 300, end="2026-12-31"), ending]
    assert adult(*DUPILUMAB).treated().instructed(both).severity("DOSE-002") == "warning"
    stopped = since("2026-03-02", 300, end="2026-03-04")
    assert adult(*DUPILUMAB).treated().instructed([stopped, second]).severity("DOSE-002") is None


def test_rows_of_different_amounts_in_turn_count_as_the_largest() -> None:
    case = adult(*DUPILUMAB).treated().instructed([since("2026-03-02", 300), since("2026-03-09", 600)])
    assert case.severity("DOSE-001") == "critical"
    assert case.severity("DOSE-002") == "warning"


# Renewals


def humira(case: DoseCase, named: str = "Humira 40mg/0.4ml", **more: Any) -> DoseCase:
    return case.active(mg(40), every(2, "wk"), named=named, **more)


def test_a_biosimilar_beside_the_original_is_added() -> None:
    beside = humira(adult(*ADALIMUMAB)).order(mg(40), every(2, "wk"), named="Hyrimoz 40mg/0.4ml")
    assert beside.severity("DOSE-001") == "critical"
    assert "80 mg every 2 weeks" in beside.says("DOSE-001")


def test_a_biosimilar_that_names_the_original_as_prior_replaces_it() -> None:
    prior = {"priorPrescription": {"reference": "MedicationRequest/old"}}
    case = humira(adult(*ADALIMUMAB), id="old").order(mg(40), every(2, "wk"), named="Hyrimoz", **prior)
    assert case.severities() == {}


@pytest.mark.parametrize(
    ("active", "draft", "same"),
    [
        (coded("Humira", (ATC, "L04AB04")), coded("Hyrimoz", (ATC, "L04AB04")), False),
        (coded("adalimumab", (ATC, "L04AB04")), coded("阿达木单抗", (ATC, "L04AB04")), True),
        (coded("pen", (RXNORM, "1872980")), coded("Humira pen", (RXNORM, "1872980")), True),
        (coded("a", (RXNORM, "1872980"), (ATC, "L04AB04")), coded("a", (RXNORM, "2641658"), (ATC, "L04AB04")), False),
        (coded("Humira pen", (RXNORM, "1872980")), coded("Humira syringe", (RXNORM, "1726846")), True),
        (coded("adalimumab 40 mg"), coded("Adalimumab  40mg/0.4 mL"), True),
        (coded("adalimumab"), coded("adalimumab-adaz"), False),
        (coded("修美乐 40mg"), coded("安健宁 40mg"), False),
    ],
)
def test_which_order_counts_as_the_same_product(active: Json, draft: Json, same: bool) -> None:
    case = (
        adult(*ADALIMUMAB).active(mg(40), every(2, "wk"), concept=active).order(mg(40), every(2, "wk"), concept=draft)
    )
    assert (case.severity("DOSE-001") is None) is same


def test_a_renewal_may_be_written_in_other_rows() -> None:
    twice = adult(*TOFACITINIB).active(mg(5), every(1, "d", 2))
    assert twice.instructed([at("MORN", 5), at("EVE", 5)]).severities() == {}
    rows = adult(*TOFACITINIB).active(at("MORN", 5)).active(at("EVE", 5))
    assert rows.order(mg(5), every(1, "d", 2)).severities() == {}


# Infusion time in a text of several doses


@pytest.mark.parametrize(
    "text",
    [
        "5 mg/kg IV over 90 minutes at weeks 0, 2 and 6, then every 8 weeks",
        "5mg/kg 静脉滴注1小时，第0、2、6周，之后每8周1次",
        "5mg/kg 第0、2、6周，之后每8周1次，每次滴注1小时",
        "5 mg/kg IV over 1 hour at weeks 0, 2 and 6, then over 2 hours every 8 weeks",
    ],
)
def test_a_short_infusion_is_read_in_a_text_of_several_doses(text: str) -> None:
    assert adult(*INFLIXIMAB).order(words(text)).severities() == {"DERM-INF-001": "warning"}


def test_the_usual_infusion_time_is_silent_and_a_shorter_one_after_it_is_told() -> None:
    usual = "5 mg/kg IV over 2 hours at weeks 0, 2 and 6, then every 8 weeks"
    assert adult(*INFLIXIMAB).order(words(usual)).severities() == {}
    shorter = "5 mg/kg IV over 2 hours at weeks 0, 2 and 6, then over 1 hour every 8 weeks"
    assert adult(*INFLIXIMAB).order(words(shorter)).severities() == {"DERM-INF-001": "info"}


# What cards say and suggest


def test_a_dose_by_weight_is_suggested_to_a_tenth() -> None:
    case = child("ustekinumab", "plaque-psoriasis", 10, 50).treated().order(mg(45), every(12, "wk"))
    changed = case.suggested()
    assert changed is not None
    assert float(changed["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"]) == 37.5
    assert "(37.5 mg)" in case.says("DOSE-001")


def test_what_comes_in_whole_vials_is_suggested_in_whole_milligrams() -> None:
    case = adult(*INFLIXIMAB, kilograms=62.5).treated().order(mg(700), every(8, "wk"), by("intravenous"))
    changed = case.suggested()
    assert changed is not None
    assert float(changed["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"]) == 312


def test_a_remark_ends_with_a_full_stop() -> None:
    case = adult(*INFLIXIMAB, kilograms=72).treated().order(mg(400), every(8, "wk"))
    assert "rounded up to whole vials. Ordered:" in case.says("DOSE-001")
    assert "向上取整至整支。本医嘱" in case.findings()["DERM-DOSE-001"].statement.say.zh


def test_both_limits_of_a_course_are_said() -> None:
    course = adult("rituximab", "bullous-pemphigoid", 80).measures(180).order(mg(750), every(1, "wk", count=5))
    assert "at most 2000 mg or 1500 mg/m² (3000 mg), whichever is more, in 112 days" in course.says("DOSE-001")
    unmeasured = adult("rituximab", "bullous-pemphigoid", 80).order(mg(750), every(1, "wk", count=5))
    assert "2000 mg or 1500 mg/m², whichever" in unmeasured.says("DOSE-001")


# Splitting an order changes nothing

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TIMES = ("MORN", "NOON", "EVE", "HS")
PEOPLE: dict[str, Callable[[], DoseCase]] = {
    "tofacitinib": lambda: adult(*TOFACITINIB),
    "apremilast": lambda: adult(*APREMILAST).treated(),
    "deucravacitinib": lambda: adult(*DEUCRAVACITINIB),
    "nintedanib": lambda: adult(*NINTEDANIB),
}
AMOUNTS = {"tofacitinib": (5, 10, 11), "apremilast": (20, 30, 60), "deucravacitinib": (3, 6), "nintedanib": (100, 150)}
WEEKLY: dict[str, Callable[[], DoseCase]] = {
    "etanercept": lambda: adult(*ETANERCEPT),
    "dupilumab": lambda: adult(*DUPILUMAB).treated(),
    "adalimumab": lambda: adult(*ADALIMUMAB).treated(),
}
WEEKLY_AMOUNTS = {"etanercept": (25, 50, 100), "dupilumab": (300, 600), "adalimumab": (40, 80)}


@settings(max_examples=30, deadline=None)
@given(data=st.data(), drafts=st.booleans())
def test_a_day_split_into_equal_rows_is_judged_like_one_row(data: st.DataObject, drafts: bool) -> None:
    drug = data.draw(st.sampled_from(sorted(PEOPLE)))
    amount = data.draw(st.sampled_from(AMOUNTS[drug]))
    times = data.draw(st.lists(st.sampled_from(TIMES), min_size=1, max_size=4, unique=True))
    rows = [at(time, amount) for time in data.draw(st.permutations(times))]
    whole = PEOPLE[drug]().order(mg(amount), every(1, "d", len(times)))
    assert _split(PEOPLE[drug](), rows, drafts).severities() == whole.severities()


@settings(max_examples=30, deadline=None)
@given(data=st.data(), drafts=st.booleans())
def test_weekdays_one_per_row_are_judged_like_one_row(data: st.DataObject, drafts: bool) -> None:
    drug = data.draw(st.sampled_from(sorted(WEEKLY)))
    amount = data.draw(st.sampled_from(WEEKLY_AMOUNTS[drug]))
    days = data.draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))
    whole = WEEKLY[drug]().order(mg(amount), every(1, "wk", len(days), dayOfWeek=days))
    split = _split(WEEKLY[drug](), [weekly(day, amount) for day in days], drafts)
    assert split.severities() == whole.severities()


def _split(case: DoseCase, rows: list[Json], drafts: bool) -> DoseCase:
    if not drafts:
        return case.instructed(rows)
    for row in rows:
        case.order(row)
    return case


def test_loading_doses_in_rows_of_their_own_are_still_a_start() -> None:
    rows = [mg(300) | on("2026-03-02", "2026-03-16", "2026-03-30"), mg(300) | on("2026-03-09", "2026-03-23")]
    later = mg(300) | every(4, "wk", boundsPeriod={"start": "2026-04-27"})
    assert adult("secukinumab", "plaque-psoriasis").instructed([*rows, later]).severities() == {}
