"""Boundaries of switching, organ function, pregnancy and age."""

from boundaries import Boundary
from building import Case, clean, treated

CHILD_DOSE = "dose.child.dose-check"
OVERLAP = "switch.aza-mmf.overlap-under-3-months.interval-check"
EGFR = "mL/min/{1.73_m2}"


def loaded(today: str) -> Case:
    """First dose 2026-01-05, second 2026-01-19."""
    return clean("patient-view", today).forget("prednisone").given("2026-01-05", "2026-01-19")


def stopped(today: str, end: str, drug: str = "azathioprine") -> Case:
    return loaded(today).medication(drug, status="stopped", start="2025-01-01", end=end, route="oral")


def combined(today: str) -> Case:
    case = clean("patient-view", today).given("2025-12-01", "2025-12-15")
    return case.medication("azathioprine", start="2024-01-01")


def recovering(percent: float) -> Case:
    case = clean().given("2025-10-01", drug="rituximab", mg=1000)
    case.medication("rituximab", intent="plan", dates=("2026-04-01",))
    return case.result("cd19-b-cell-percent", percent, "2026-02-20", "%")


def after(drug: str, last: str) -> Case:
    return clean().given(last, drug=drug, mg=120)


def filtering(egfr: float) -> Case:
    return clean().result("egfr", egfr, "2026-02-10", EGFR)


def woman(case: Case, birth: str = "1990-06-15") -> Case:
    return case.patient(sex="female", birth=birth)


def wishing(today: str) -> Case:
    return woman(treated(today=today)).result("pregnancy-intention", "wants to become pregnant", "2025-10-01")


def formerly_treated(today: str) -> Case:
    return woman(treated(today=today)).ordered("2026-03-08", status="stopped", authored="2026-01-10")


def status(value: str, on: str) -> Case:
    return woman(clean()).result("pregnancy-status", value, on)


def delivered(today: str) -> Case:
    case = woman(treated(today=today))
    return case.result("delivery-date", None, "2025-10-01", valueDateTime="2025-10-01")


def expecting(last_period: str) -> Case:
    case = woman(treated()).result("pregnancy-status", "pregnant", "2026-02-20")
    return case.result("last-menstrual-period", None, "2026-02-20", valueDateTime=last_period)


def born(birth: str) -> Case:
    return clean().patient(sex="male", birth=birth)


def child(weight: float, mg: float, unit: str = "mg") -> Case:
    case = born("2014-06-15").draft(mg, ("2026-03-09", "2026-03-23"), unit=unit)
    return case.result("body-weight", weight, "2026-02-20", "kg")


PEOPLE = [
    Boundary(
        "is_overlap_months",
        OVERLAP,
        lambda end: stopped("2026-04-10", end),
        {
            "2026-04-04": "warning",
            "2026-04-05": None,
        },
    ),
    Boundary(
        "is_overlap_report_months",
        OVERLAP,
        lambda today: stopped(today, "2026-02-01"),
        {
            "2026-07-04": "warning",
            "2026-07-05": None,
        },
    ),
    Boundary(
        "gc_overlap_months",
        "steroid.overlap-under-6-months.interval-check",
        lambda today: stopped(today, "2026-02-01", "prednisone"),
        {"2026-07-04": "warning", "2026-07-05": None},
    ),
    Boundary(
        "refractory_combination_min_months",
        "combination.immunosuppressant-3-to-6-months.info",
        combined,
        {
            "2026-03-01": None,
            "2026-03-02": "info",
        },
    ),
    Boundary(
        "refractory_combination_max_months",
        "combination.immunosuppressant-over-6-months.warning",
        combined,
        {
            "2026-06-01": None,
            "2026-06-02": "warning",
        },
    ),
    Boundary("cd19_percent", "switch.anti-cd20.timing.interval-check", recovering, {1: None, 0.9: "info"}, "0.1"),
    Boundary(
        "satralizumab_days",
        "switch.satralizumab.interval-4-weeks.interval-check",
        lambda last: after("satralizumab", last),
        {"2026-02-09": None, "2026-02-10": "info"},
    ),
    Boundary(
        "eculizumab_days",
        "switch.eculizumab.interval-2-weeks.interval-check",
        lambda last: after("eculizumab", last),
        {"2026-02-23": None, "2026-02-24": "info"},
    ),
    Boundary("severe_egfr", "special.severe-hepatic-renal.caution", filtering, {29: "warning", 30: None}),
    Boundary("impaired_egfr", "special.mild-moderate-hepatic-renal.no-adjustment", filtering, {89: "info", 90: None}),
    Boundary(
        "contraception_months",
        "pregnancy.contraception.info",
        formerly_treated,
        {
            "2026-03-07": "info",
            "2026-03-08": None,
        },
    ),
    Boundary(
        "conceive_months",
        "pregnancy.plan-under-3-months.warning",
        wishing,
        {
            "2025-12-07": "warning",
            "2025-12-08": None,
        },
    ),
    Boundary(
        "redose_months",
        "pregnancy.not-conceived-6-months.redose",
        wishing,
        {
            "2026-03-07": None,
            "2026-03-08": "warning",
        },
    ),
    Boundary(
        "pregnancy_max_days",
        "pregnancy.pregnant.restrict",
        lambda on: status("pregnant", on),
        {
            "2025-05-06": "critical",
            "2025-05-05": None,
        },
    ),
    Boundary(
        "not_pregnant_valid_days",
        "pregnancy.status-unknown.screening-missing",
        lambda on: status("not pregnant", on),
        {"2026-02-07": None, "2026-02-06": "info"},
    ),
    Boundary(
        "postpartum_restart_months",
        "pregnancy.postpartum-restart.due",
        delivered,
        {
            "2026-10-01": "warning",
            "2026-10-02": None,
        },
    ),
    *(
        Boundary(parameter, "pregnancy.newborn-exposure.info", expecting, {"2025-11-22": "info", "2025-11-23": None})
        for parameter in ("conception_after_lmp_days", "newborn_exposure_days")
    ),
    Boundary(
        "childbearing_age_min",
        "pregnancy.status-unknown.screening-missing",
        lambda birth: woman(clean(), birth),
        {"2011-03-09": "info", "2011-03-10": None},
    ),
    Boundary(
        "childbearing_age_max",
        "pregnancy.status-unknown.screening-missing",
        lambda birth: woman(clean(), birth),
        {"1976-03-10": "info", "1976-03-09": None},
    ),
    Boundary("adult_age", "age.under-18.not-approved", born, {"2008-03-10": "warning", "2008-03-09": None}),
    Boundary("old_age", "age.70-or-over.caution", born, {"1956-03-09": "warning", "1956-03-10": None}),
    Boundary("trial_max_age", "age.over-74-beyond-trial.info", born, {"1951-03-09": "info", "1951-03-10": None}),
    Boundary("child_weight_kg", CHILD_DOSE, lambda kg: child(kg, 299), {37.5: None, 37.6: "warning"}, "0.1"),
    Boundary("child_mg_per_kg", CHILD_DOSE, lambda mg: child(30, mg, "mg/kg"), {8: None}),
    Boundary("child_dose_tolerance_percent", CHILD_DOSE, lambda mg: child(30, mg), {216: None, 215: "warning"}),
]
