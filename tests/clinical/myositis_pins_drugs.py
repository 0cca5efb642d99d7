"""Cases on both sides of the numbers about drugs, people and infections in myositis."""

from typing import Any

from myositis_cases import NO_ILD, also_drafted, infusions, on_steroid, ordering
from myositis_people import Person, man, woman
from pinned_numbers import Pin
from test_myositis_immunoglobulin import FIVE, ivig
from test_myositis_infection import at_risk, imaged, measured, prevented
from test_myositis_rituximab import (
    FORTNIGHT,
    WEEKLY_DAYS,
    after,
    course,
    infected,
    infusion,
    of_size,
    premedicated,
    rtx,
    screened,
)
from test_myositis_steroid_monitoring import long_term, looked_after, seen, supplied
from test_myositis_steroids import downto, lowering, slowly, start

DONE = {"status": "completed"}
WISH = "wants to become pregnant"
RTX = "MYO-RTX-001"
IVIG = "MYO-IVIG-001"


def born(birth: str) -> Person:
    return man(birth=birth)


def mother(**more: Any) -> Person:
    return woman(**more)


def weighed(birth: str, on: str) -> Person:
    return man(birth=birth).lab("body-weight", 20, on)


def breaths(name: str, first: float, last: float, on: str = "2025-12-15") -> Person:
    return man().ill("ild").lab(name, first, on).lab(name, last, "2026-02-20")


def measurements(times: int) -> Person:
    case = man().ill("ild")
    for number in range(times):
        case.lab("fvc", 70, f"2026-01-{10 + number}")
    return case


def immunosuppressed(number: int, mg: float | None = None, hook: str = "patient-view") -> Person:
    case = measured(man(hook))
    for drug in ("tacrolimus", "mycophenolate-mofetil", "methotrexate")[:number]:
        case.takes(drug, 2)
    return on_steroid(case, mg) if mg else case


def several(number: int, mg: float | None = None) -> Person:
    """So many immunosuppressants, the last one being ordered."""
    return immunosuppressed(number - 1, mg, "order-select").order("azathioprine", 50)


def gaps(days: int, number: int, mg: float) -> Person:
    start_day = 9
    found: list[str] = []
    for n in range(number):
        day = start_day + n * days
        found.append(f"2026-03-{day:02d}" if day <= 31 else f"2026-04-{day - 31:02d}")
    return rtx(mg, *found)


def timed(at: str) -> Person:
    case = infusions(
        of_size().was_given("rituximab", "2025-08-01", mg=500), "rituximab", 500, "2026-03-09T09:00:00+08:00"
    )
    case = premedicated(case, None)
    return also_drafted(
        case, "methylprednisolone", 100, route="intravenous", per_day=None, dates=(f"2026-03-09T{at}:00+08:00",)
    )


def premed(drug: str, mg: float) -> Person:
    return also_drafted(
        premedicated(infusion(), None), drug, mg, route="intravenous", per_day=None, dates=("2026-03-09",)
    )


def immune(given: tuple[str, ...], *days: str, mg: float = 100_000, grams: float = 100) -> Person:
    case = man("order-select").lab("body-weight", 50)
    if given:
        case.was_given("ivig", *given, mg=mg)
    return infusions(case, "ivig", grams, *(days or ("2026-03-09",)), unit="g")


def at_lung_risk(on: str) -> Person:
    return on_steroid(man(), 60).ill("rp-ild").lab("cmv", "negative", on)


def twice_a_day(mg: float) -> Person:
    """So much in a day, in two infusions."""
    repeat = {"boundsDuration": {"value": 3, "code": "d"}}
    return ordering().order("methylprednisolone", mg / 2, route="intravenous", per_day=2, repeat=repeat)


PEOPLE = [
    Pin("adult_age", "fact jdm", born, {"2008-03-02": False, "2008-03-03": True}),
    Pin(
        "flare_days",
        "fact recent_flare",
        lambda on: man().ill("flare", onset=on),
        {"2025-12-02": True, "2025-12-01": False},
    ),
    Pin(
        "ild_ct_days",
        "fact ild",
        lambda on: man().report("hrct", on, NO_ILD),
        {"2025-03-02": False, "2025-03-01": None},
    ),
    Pin(
        "ild_chronic_days",
        "fact ild_chronic",
        lambda on: man().ill("ild", onset=on),
        {"2025-12-01": True, "2025-12-02": False},
    ),
    Pin("childbearing_age_min", "fact pregnant", lambda b: mother(birth=b), {"2014-03-02": None, "2014-03-03": False}),
    Pin("childbearing_age_max", "fact pregnant", lambda b: mother(birth=b), {"1970-03-03": None, "1970-03-02": False}),
    Pin(
        "pregnancy_evidence_days",
        "fact pregnant",
        lambda on: mother().lab("hcg", "positive", on),
        {"2025-05-26": True, "2025-05-25": None},
    ),
    Pin(
        "not_pregnant_valid_days",
        "fact pregnant",
        lambda on: mother().lab("hcg", "negative", on),
        {"2026-01-31": False, "2026-01-30": None},
    ),
    Pin(
        "intention_days",
        "fact planning_pregnancy",
        lambda on: mother().lab("pregnancy-intention", WISH, on),
        {"2025-03-02": True, "2025-03-01": None},
    ),
    Pin(
        "lactation_days",
        "fact lactating",
        lambda on: mother().lab("lactation-status", "breastfeeding", on),
        {"2025-12-02": True, "2025-12-01": None},
    ),
    Pin(
        "weight_school_age",
        "fact weight_kg",
        lambda b: weighed(b, "2025-12-12"),
        {"2020-03-02": 20, "2020-03-03": None},
    ),
    Pin(
        "weight_toddler_age",
        "fact weight_kg",
        lambda b: weighed(b, "2026-01-11"),
        {"2024-03-02": 20, "2024-03-03": None},
    ),
    Pin(
        "weight_days_adult",
        "fact weight_kg",
        lambda on: weighed("1980-06-15", on),
        {"2025-03-02": 20, "2025-03-01": None},
    ),
    Pin(
        "weight_days_school",
        "fact weight_kg",
        lambda on: weighed("2015-06-15", on),
        {"2025-12-02": 20, "2025-12-01": None},
    ),
    Pin(
        "weight_days_small",
        "fact weight_kg",
        lambda on: weighed("2022-06-15", on),
        {"2026-01-01": 20, "2025-12-31": None},
    ),
    Pin(
        "weight_days_infant",
        "fact weight_kg",
        lambda on: weighed("2024-06-15", on),
        {"2026-01-31": 20, "2026-01-30": None},
    ),
    Pin("bsa_days", "fact bsa_m2", lambda on: man().lab("bsa", 1.9, on), {"2025-12-02": 1.9, "2025-12-01": None}),
    Pin(
        "child_height_days",
        "fact bsa_m2",
        lambda on: weighed("2014-06-15", "2026-02-20").lab("height", 180, on),
        {"2025-09-03": 1, "2025-09-02": None},
    ),
    Pin(
        "ck_window_days",
        "fact ck_falling",
        lambda on: man().lab("ck", 1000, on).lab("ck", 500),
        {"2025-12-02": True, "2025-12-01": None},
    ),
    Pin(
        "ck_gap_days",
        "fact ck_falling",
        lambda on: man().lab("ck", 1000, on).lab("ck", 500),
        {"2026-02-06": True, "2026-02-07": None},
    ),
    Pin(
        "ck_fall_to",
        "fact ck_falling",
        lambda v: man().lab("ck", 1000, "2026-01-10").lab("ck", v),
        {900: True, 901: False},
        "0.01",
    ),
    Pin(
        "effect_days", "fact on_ivig", lambda on: man().was_given("ivig", on), {"2026-01-31": True, "2026-01-30": False}
    ),
    Pin(
        "rtx_effect_days",
        "fact on_rtx",
        lambda on: man().was_given("rituximab", on),
        {"2025-09-03": True, "2025-09-02": False},
    ),
    Pin("cd4_per_ul", "fact cd4_low", lambda v: man().lab("cd4-count", v), {199: True, 200: False}),
    Pin(
        "year_days",
        "fact serious_infection_in_a_year",
        lambda on: man().ill("sepsis", onset=on, clinical="resolved"),
        {"2025-03-02": True, "2025-03-01": False},
    ),
    Pin(
        "infection_risk_age",
        "fact high_infection_risk",
        lambda b: man(birth=b).lab("cd4-count", 600).lab("serum-igg", 10, low=7, high=16),
        {"1961-03-02": True, "1961-03-03": False},
    ),
    Pin(
        "recurrent_infections",
        "fact infections_recur",
        lambda n: infected(10, *("2025-06-01", "2025-12-01")[:n]),
        {1: False, 2: True},
    ),
    Pin(
        "hba1c_high",
        "fact high_infection_risk",
        lambda v: measured(man()).lab("serum-igg", 10, low=7, high=16).ill("diabetes").lab("hba1c", v),
        {9: True, 8.5: False},
    ),
    Pin("spo2_low", "fact spo2_low", lambda v: man().lab("spo2", v), {94: True, 95: False}),
    Pin(
        "ild_trend_days",
        "fact ild_progression",
        lambda on: breaths("fvc", 80, 60, on),
        {"2025-09-03": True, "2025-09-02": None},
    ),
    Pin(
        "ild_response_days",
        "fact ild_improved",
        lambda on: breaths("fvc", 60, 80, on),
        {"2025-12-02": True, "2025-12-01": None},
    ),
    Pin("fvc_change", "fact ild_progression", lambda v: breaths("fvc", 80, v), {70: True, 71: False}),
    Pin("dlco_change", "fact ild_progression", lambda v: breaths("dlco", 80, v), {65: True, 66: False}),
    Pin("spo2_change", "fact ild_improved", lambda v: breaths("spo2", 90, v), {94: True, 93: False}),
    Pin("two", "fact lung_measured_twice", measurements, {1: False, 2: True}),
]

STEROIDS = [
    Pin(
        "short_iv_days",
        "fact pred_eq_mg_d",
        lambda n: ordering().order(
            "methylprednisolone",
            40,
            route="intravenous",
            per_day=1,
            repeat={"boundsDuration": {"value": n, "code": "d"}},
        ),
        {5: 0, 6: 50},
    ),
    Pin(
        "gc_renewal_gap_days",
        "fact pred_eq_before_mg_d",
        lambda end: on_steroid(ordering(), 40, end=end, **DONE),
        {"2026-02-16": 40, "2026-02-15": 0},
    ),
    Pin(
        "gc_history_days",
        "fact initial_gc_order",
        lambda end: on_steroid(ordering(), 40, start="2025-06-01", end=end, **DONE),
        {"2025-12-01": True, "2025-12-02": False},
    ),
    Pin(
        "gc_long_history_days",
        "fact first_gc_ever",
        lambda end: on_steroid(ordering(), 40, start="2023-06-01", end=end, **DONE),
        {"2024-03-01": True, "2024-03-02": False},
    ),
    Pin("long_term_gc_mg", "fact long_term_gc", long_term, {5: True, 4.5: False}),
    Pin(
        "long_term_gc_days",
        "fact long_term_gc",
        lambda end: on_steroid(man(), 20, start="2026-02-20", end=end),
        {"2026-05-21": True, "2026-05-20": False},
    ),
    Pin(
        "long_term_window_days",
        "fact long_term_gc",
        lambda first: on_steroid(
            ordering(), 20, start=first, end="2025-12-01" if first == "2025-09-03" else "2025-11-30", **DONE
        ).order("prednisone", 20),
        {"2025-09-03": True, "2025-09-02": False},
    ),
    Pin(
        "full_dose_per_kg",
        "fact full_dose_gc",
        lambda mg: on_steroid(man().lab("body-weight", 50), mg),
        {45: True, 44.9: False},
        "0.01",
    ),
    Pin("full_dose_mg_d", "fact full_dose_gc", lambda mg: on_steroid(man(), mg), {60: True, 59: None}),
    Pin(
        "taper_window_days",
        "fact gc_peak_mg_d",
        lambda end: on_steroid(on_steroid(man(), 50, start="2025-06-01", end=end, **DONE), 40, start="2026-02-10"),
        {"2026-02-02": 50, "2026-02-01": 40},
    ),
    Pin(
        "pulse_mg",
        "fact pulse_ordered",
        lambda mg: infusions(ordering(), "methylprednisolone", mg, "2026-03-03"),
        {250: True, 249: False},
    ),
    Pin(
        "pulse_mg_d",
        "fact pulse_ordered",
        twice_a_day,
        {250: True, 249: False},
    ),
    Pin(
        "pulse_recent_days",
        "fact pulse_in_28_days",
        lambda on: man().was_given("methylprednisolone", on, mg=500),
        {"2026-02-02": True, "2026-02-01": False},
    ),
    Pin(
        "gc_late_months",
        "MYO-GC-001",
        lambda on: man("order-select").forget("dm").ill("dm", onset=on).order("prednisone", 60),
        {"2024-09-01": "info", "2024-09-02": None},
    ),
    Pin("gc_low_start_mg", "MYO-GC-002", start, {30: "warning", 31: None}),
    Pin(
        "gc_light_kg",
        "MYO-GC-002",
        lambda kg: man("order-select").lab("body-weight", kg).order("prednisone", 30),
        {49: "info", 50: "warning"},
    ),
    Pin("gc_usual_max_mg", "MYO-GC-003", start, {80: None, 81: "warning"}),
    Pin(
        "gc_high_per_kg",
        "MYO-GC-003",
        lambda mg: man("order-select").lab("body-weight", 60).order("prednisone", mg),
        {72: None, 73: "info"},
        "0.1",
    ),
    Pin("gc_alternate_mg", "MYO-GC-004", long_term, {15: "info", 16: None}),
    Pin("gc_maintenance_mg", "MYO-GC-008", lambda mg: downto(mg, "2025-12-01"), {10: "warning", 11: None}),
    Pin("gc_full_min_days", "MYO-GC-006", lowering, {"2026-02-03": "warning", "2026-02-02": "info"}),
    Pin("gc_full_max_days", "MYO-GC-006", lowering, {"2026-01-06": "info", "2026-01-05": None}),
    Pin(
        "taper_keep_info",
        "MYO-GC-007",
        lambda to: on_steroid(ordering(), 40, start="2025-06-01").order("prednisone", to),
        {29.9: "info", 30: None},
        "0.01",
    ),
    Pin(
        "taper_keep_warning",
        "MYO-GC-007",
        lambda to: on_steroid(ordering(), 40, start="2025-06-01").order("prednisone", to),
        {27.9: "warning", 28: "info"},
        "0.01",
    ),
    Pin("taper_keep_slow", "MYO-GC-007", slowly, {35.3: "info", 35.2: None}, "0.01"),
    Pin("taper_min_days", "MYO-GC-008", lambda until: downto(10, until), {"2025-09-04": "warning", "2025-09-03": None}),
    Pin(
        "glucose_days",
        "MYO-GC-009",
        lambda on: looked_after(long_term()).forget("glucose").lab("glucose", 95, on),
        {"2025-12-02": None, "2025-12-01": "info"},
    ),
    Pin(
        "lipid_days",
        "MYO-GC-009",
        lambda on: looked_after(long_term()).forget("ldl").lab("ldl", 95, on),
        {"2025-09-03": None, "2025-09-02": "info"},
    ),
    Pin(
        "dxa_days",
        "MYO-GC-009",
        lambda on: looked_after(long_term()).forget("t-score").lab("t-score", -1.5, on),
        {"2025-03-02": None, "2025-03-01": "info"},
    ),
    Pin(
        "dxa_normal_days",
        "MYO-GC-009",
        lambda on: looked_after(long_term()).forget("t-score").lab("t-score", -0.5, on),
        {"2024-03-02": None, "2024-03-01": "info"},
    ),
    Pin(
        "t_score_normal",
        "MYO-GC-009",
        lambda v: looked_after(long_term()).forget("t-score").lab("t-score", v, "2025-01-01"),
        {-0.9: None, -1.0: "info"},
        "0.1",
    ),
    Pin(
        "t_score_osteoporosis",
        "MYO-GC-012",
        lambda v: long_term().lab("t-score", v),
        {-2.5: "warning", -2.4: None},
        "0.1",
    ),
    Pin(
        "fracture_age",
        "MYO-GC-012",
        lambda on: long_term().ill("Fragility fracture", onset=on),
        {"2020-06-15": "warning", "2020-06-14": "info"},
    ),
    Pin(
        "bone_effect_days",
        "MYO-GC-012",
        lambda on: long_term().lab("t-score", -3).was_given("denosumab", on, route="subcutaneous"),
        {"2025-03-02": None, "2025-03-01": "warning"},
    ),
    Pin("calcium_mg_d", "MYO-GC-010", lambda mg: supplied(mg, 800), {1000: None, 999: "info"}),
    Pin("vitamin_d_iu_d", "MYO-GC-010", lambda iu: supplied(1000, iu), {800: None, 799: "warning"}),
    Pin("vitamin_d_ng_ml", "MYO-GC-011", lambda v: long_term().lab("vitamin d level", v), {30: "warning", 31: None}),
    Pin(
        "vitamin_d_days",
        "MYO-GC-011",
        lambda on: long_term().lab("vitamin d level", 40, on),
        {"2025-03-02": None, "2025-03-01": "info"},
    ),
    Pin("severe_egfr", "MYO-GC-012A", lambda v: man().takes("denosumab", 60).lab("egfr", v), {29: None, 30: "info"}),
    Pin(
        "potassium_days",
        "MYO-GC-014",
        lambda on: long_term().lab("potassium", 3.2, on),
        {"2026-02-16": "info", "2026-02-15": None},
    ),
    Pin("potassium_low", "MYO-GC-014", lambda v: long_term().lab("potassium", v), {3.4: "info", 3.5: None}, "0.1"),
    Pin(
        "potassium_very_low",
        "MYO-GC-014",
        lambda v: long_term().lab("potassium", v),
        {2.9: "warning", 3.0: "info"},
        "0.1",
    ),
    Pin(
        "blood_pressure_days",
        "MYO-GC-015",
        lambda on: seen(long_term(), pressure=on),
        {"2025-12-02": None, "2025-12-01": "info"},
    ),
    Pin(
        "gc_weight_days",
        "MYO-GC-015",
        lambda on: seen(long_term(), weight=on),
        {"2025-12-02": None, "2025-12-01": "info"},
    ),
    Pin("eye_days", "MYO-GC-015", lambda on: seen(long_term(), eye=on), {"2025-03-02": None, "2025-03-01": "info"}),
    Pin(
        "rtx_taper_days",
        "MYO-RTX-008",
        lambda on: on_steroid(ordering(), 40, start="2025-06-01").was_given("rituximab", on).order("prednisone", 32),
        {"2026-01-02": "warning", "2026-01-01": None},
    ),
]


INFUSIONS = [
    Pin("rtx_max_single_mg", RTX, lambda mg: rtx(mg, *FORTNIGHT, surface=2.4), {1000: None, 1001: "critical"}),
    Pin(
        "rtx_375_min_mg_m2", RTX, lambda v: rtx(v, *WEEKLY_DAYS, unit="mg/m2", surface=1.2), {338: None, 337: "warning"}
    ),
    Pin(
        "rtx_375_max_mg_m2", RTX, lambda v: rtx(v, *WEEKLY_DAYS, unit="mg/m2", surface=1.2), {412: None, 413: "warning"}
    ),
    Pin("rtx_750_min_mg_m2", RTX, lambda v: rtx(v, *FORTNIGHT, unit="mg/m2", surface=1.2), {675: None, 674: "warning"}),
    Pin("rtx_750_max_mg_m2", RTX, lambda v: rtx(v, *FORTNIGHT, unit="mg/m2", surface=1.2), {825: None, 826: "warning"}),
    Pin("rtx_500_min_mg", RTX, lambda mg: rtx(mg, *FORTNIGHT, surface=2.4), {450: None, 449: "warning"}),
    Pin("rtx_500_max_mg", RTX, lambda mg: rtx(mg, *FORTNIGHT, surface=2.4), {550: None, 551: "warning"}),
    Pin("rtx_100_min_mg", RTX, lambda mg: rtx(mg, *WEEKLY_DAYS), {90: None, 89: "warning"}),
    Pin("rtx_100_max_mg", RTX, lambda mg: rtx(mg, *WEEKLY_DAYS), {110: None, 111: "warning"}),
    Pin("rtx_1000_min_mg", RTX, lambda mg: rtx(mg, *FORTNIGHT, surface=2.4), {900: None, 899: "warning"}),
    Pin(
        "rtx_repeat_days",
        RTX,
        lambda on: infusions(of_size(2.4).was_given("rituximab", on, mg=1000), "rituximab", 700, "2026-03-09"),
        {"2025-09-10": None, "2025-09-11": "warning"},
    ),
    Pin("rtx_week_min_days", RTX, lambda gap: gaps(gap, 4, 100), {5: None, 4: "warning"}),
    Pin("rtx_week_max_days", RTX, lambda gap: gaps(gap, 4, 100), {9: None, 10: "warning"}),
    Pin("rtx_fortnight_min_days", RTX, lambda gap: gaps(gap, 2, 500), {12: None, 11: "warning"}),
    Pin("rtx_fortnight_max_days", RTX, lambda gap: gaps(gap, 2, 500), {16: None, 17: "warning"}),
    Pin("rtx_four", RTX, lambda n: rtx(100, *WEEKLY_DAYS[:n]), {4: None, 3: "warning"}),
    Pin(
        "rtx_course_gap_days",
        RTX,
        lambda on: infusions(of_size().was_given("rituximab", on, mg=100), "rituximab", 100, *WEEKLY_DAYS[:3]),
        {"2026-01-19": None, "2026-01-18": "warning"},
    ),
    Pin(
        "rtx_weekly_high_mg_m2",
        RTX,
        lambda mg: rtx(mg, *WEEKLY_DAYS[:2], surface=1.5),
        {844: "critical", 843: "warning"},
    ),
    Pin("rtx_course_days", RTX, lambda on: course(1500, 1.8, on), {"2025-12-02": "critical", "2025-12-01": None}),
    Pin("rtx_course_mg", RTX, lambda mg: course(mg, 1.8), {1000: None, 1001: "critical"}),
    Pin("rtx_course_mg_m2", RTX, lambda mg: course(mg, 2.1), {1465: None, 1466: "critical"}),
    Pin("rtx_course_top_mg", RTX, lambda mg: course(mg, 2.9), {2400: None, 2401: "critical"}),
    Pin("rtx_course_unknown_mg", RTX, lambda mg: course(mg, None), {2000: "warning", 2001: "critical"}),
    Pin("premed_mp_mg", "MYO-RTX-003", lambda mg: premed("methylprednisolone", mg), {100: None, 99: "info"}),
    Pin("premed_dex_mg", "MYO-RTX-003", lambda mg: premed("dexamethasone", mg), {20: None, 19: "info"}),
    Pin("premed_hc_mg", "MYO-RTX-003", lambda mg: premed("hydrocortisone", mg), {500: None, 499: "info"}),
    Pin("premed_gc_min_minutes", "MYO-RTX-003", timed, {"08:30": None, "08:31": "info"}),
    Pin("premed_gc_max_minutes", "MYO-RTX-003", timed, {"07:00": None, "06:59": "info"}),
    Pin(
        "rtx_screen_days",
        "MYO-RTX-005",
        lambda on: screened(of_size(), igg=on),
        {"2025-12-09": None, "2025-12-08": "warning"},
    ),
    Pin("rtx_monitor_from_days", "MYO-RTX-006", after, {"2025-12-02": "warning", "2025-12-03": None}),
    Pin(
        "rtx_monitor_days",
        "MYO-RTX-006",
        lambda on: after("2025-11-01", on, "2026-02-20"),
        {"2026-01-24": None, "2026-01-23": "warning"},
    ),
    Pin(
        "igg_low_mg_dl",
        "MYO-RTX-007",
        lambda v: infected(v, "2025-06-01", "2025-12-01", low=None),
        {6.0: None, 5.99: "warning"},
    ),
    Pin(
        "igg_redose_mg_dl",
        "MYO-RTX-007",
        lambda v: infusions(of_size().lab("serum-igg", v), "rituximab", 500, *FORTNIGHT),
        {5.0: None, 4.99: "warning"},
    ),
    Pin(
        "rtx_conception_days",
        "MYO-RTX-010",
        lambda on: mother().lab("pregnancy-intention", WISH, "2026-01-10").was_given("rituximab", on),
        {"2025-09-02": "warning", "2025-09-01": None},
    ),
    Pin(
        "ivig_window_days",
        IVIG,
        lambda on: immune((on,), *FIVE, mg=30_000, grams=20),
        {"2026-02-21": "critical", "2026-02-20": "warning"},
    ),
    Pin("ivig_critical_mg_kg", IVIG, ivig, {25: "warning", 25.005: "critical"}),
    Pin("ivig_warning_mg_kg", IVIG, ivig, {22: None, 22.005: "warning"}),
    Pin("ivig_low_mg_kg", IVIG, ivig, {18: None, 17.995: "info"}),
    Pin(
        "ivig_split_days",
        IVIG,
        lambda second: ivig(50, "2026-03-09", second),
        {"2026-03-14": "warning", "2026-03-13": None},
    ),
    Pin("ivig_course_days", IVIG, lambda on: immune((on,)), {"2026-02-13": "warning", "2026-02-12": None}),
    Pin("ivig_long_days", IVIG, lambda on: immune((on, "2026-02-09")), {"2025-09-06": "info", "2025-09-07": None}),
    Pin("ivig_continued_days", IVIG, lambda on: immune(("2025-08-01", on)), {"2026-01-06": "info", "2026-01-05": None}),
    Pin(
        "ivig_short_days",
        IVIG,
        lambda second: ivig(100, "2026-03-09", second),
        {"2026-04-28": None, "2026-04-27": "info"},
    ),
    Pin(
        "ivig_age",
        "MYO-IVIG-002",
        lambda b: infusions(man("order-select", birth=b), "ivig", 20, *FIVE, unit="g"),
        {"1961-03-02": "warning", "1961-03-03": None},
    ),
]

INFECTION = [
    Pin("oi_gc_mg", "fact high_oi_risk", lambda mg: immunosuppressed(1, mg), {15: True, 14: False}),
    Pin(
        "oi_gc_days",
        "fact high_oi_risk",
        lambda first: on_steroid(immunosuppressed(1), 20, start=first, end="2026-03-02"),
        {"2026-02-03": True, "2026-02-04": False},
    ),
    Pin("oi_one", "fact high_oi_risk", lambda n: immunosuppressed(n, 20), {0: False, 1: True}),
    Pin("oi_two", "fact high_oi_risk", immunosuppressed, {1: False, 2: True}),
    Pin(
        "oi_rtx_gc_mg",
        "fact high_oi_risk",
        lambda mg: immunosuppressed(0, mg).was_given("rituximab", "2025-12-01"),
        {10: True, 9: False},
    ),
    Pin("inf_three", "MYO-INF-001", several, {3: "warning", 2: None}),
    Pin("inf_two", "MYO-INF-001", lambda n: several(n, 10), {2: "warning", 1: None}),
    Pin("inf_gc_mg", "MYO-INF-001", lambda mg: several(2, mg), {10: "warning", 9: None}),
    Pin(
        "jak_age",
        "MYO-JAK-001",
        lambda b: man("order-select", birth=b).order("tofacitinib", 5),
        {"1961-03-02": "warning", "1961-03-03": None},
    ),
    Pin(
        "fertility_age_max",
        "offer MYO-CTX-001 fertility-counselling",
        lambda b: (
            man("order-select", birth=b)
            .report("hrct", "2026-02-01", NO_ILD)
            .lab("imacs", "improved")
            .order("cyclophosphamide", 50)
        ),
        {"1980-03-03": True, "1980-03-02": False},
    ),
    Pin(
        "tb_imaging_days",
        "MYO-TB-001",
        lambda on: imaged(on=on).order("azathioprine", 100),
        {"2025-03-02": None, "2025-03-01": "info"},
    ),
    Pin("cmv_days", "MYO-CMV-001", at_lung_risk, {"2026-01-31": None, "2026-01-30": "warning"}),
    Pin(
        "potassium_high",
        "fact not_tmpsmx",
        lambda v: at_risk().forget("potassium").lab("potassium", v),
        {5.1: True, 5.0: False},
        "0.1",
    ),
    Pin("tmpsmx_daily_mg_wk", "MYO-PCP-002", prevented, {1: None}),
    Pin("tmpsmx_three_days_mg_wk", "MYO-PCP-002", lambda n: prevented(n, 1, 3), {2: None}),
    Pin(
        "tmpsmx_prophylaxis_mg_wk",
        "fact tmpsmx_for_prevention",
        lambda mg: ordering().lab("egfr", 90).order("tmp-smx", mg),
        {960: True, 961: False},
        "8",
    ),
]

PINS: list[Pin] = [*PEOPLE, *STEROIDS, *INFUSIONS, *INFECTION]
