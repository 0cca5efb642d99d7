"""Boundaries of what is checked before and with the first infusion (planned for 2026-03-09; today is 2026-03-02)."""

from boundaries import Boundary
from building import Case, clean, treated

DRUG_DOSE = "premed.dose-out-of-range.dose-check"
PREMED_TIME = "premed.timing.interval-check"
PCP = "pcp.multiple-risk-factors.prophylaxis-consider"
UNTREATED_LATENT = "tb.latent-untreated.contraindicated"


def premedicated(drug: str, route: str, mg: float) -> Case:
    return clean().premedication(**{drug: (mg, route)})


def minutes_before(drug: str, route: str, mg: float, minutes: int) -> Case:
    """Infusion at 10:00, the premedication so many minutes before it."""
    hour, minute = divmod(600 - minutes, 60)
    case = clean().draft(dates=("2026-03-09T10:00:00+08:00",))
    case.premedication(methylprednisolone=None, diphenhydramine=None, paracetamol=None)
    return case.co_order(drug, mg=mg, route=route, dates=(f"2026-03-09T{hour:02}:{minute:02}:00+08:00",))


def steroid_before(minutes: int) -> Case:
    return minutes_before("methylprednisolone", "intravenous", 100, minutes)


def antihistamine_before(minutes: int) -> Case:
    return minutes_before("diphenhydramine", "oral", 25, minutes)


def carrier(case: Case, on: str = "2026-02-10") -> Case:
    return case.only("anti-hbc-total", "positive", on).result("hbv-dna", "not detected", on)


def antiviral_from(start: str) -> Case:
    return carrier(clean()).medication("entecavir", start=start)


def dna_before_serology(on: str) -> Case:
    return clean().only("hbsag", "positive", "2026-02-10").result("hbv-dna", "not detected", on)


def latent(case: Case) -> Case:
    return case.only("igra", "positive", "2025-09-01").condition("latent-tuberculosis", recorded="2025-09-10")


def preventive_from(start: str) -> Case:
    return latent(clean()).medication("isoniazid", start=start, mg=300, per_day=1)


def preventive_days(last_day: str, *drugs: str) -> Case:
    case = latent(clean())
    for drug in drugs:
        case.medication(drug, status="completed", start="2025-10-01", end=last_day, mg=300, per_day=1)
    return case


def weekly_doses(number: int) -> Case:
    days = ("2025-10-06", "2025-10-13", "2025-10-20", "2025-10-27", "2025-11-03", "2025-11-10", "2025-11-17")
    days += ("2025-11-24", "2025-12-01", "2025-12-08", "2025-12-15", "2025-12-22")
    case = latent(clean())
    return case.given(*days[:number], drug="isoniazid").given(*days[:number], drug="rifapentine")


def worked_up(ct: str) -> Case:
    return clean().only("igra", "positive", "2026-02-10").imaging("chest-ct", ct)


def old_infection_with_tmp_smx(mg: int) -> Case:
    case = clean().condition("pneumonia", onset="2025-06-01", recorded="2025-06-01")
    return case.medication("tmp-smx", start="2026-02-01", mg=mg, per_day=1, route="oral")


def diabetic(case: Case | None = None) -> Case:
    return (case or clean()).condition("diabetes-mellitus", recorded="2020-01-01")


def on_prednisone(mg: float) -> Case:
    case = diabetic(clean().forget("prednisone"))
    return case.medication("prednisone", start="2025-11-10", mg=mg, per_day=1, route="oral")


def steroid_infused(mg: float) -> Case:
    """A single intravenous dose without a frequency, and a vaccine due."""
    case = clean().forecast("hepatitis-b")
    return case.medication("methylprednisolone", mg=mg, route="intravenous", dates=("2026-03-05",))


def pulse_per_day(mg: float) -> Case:
    dosage = {"mg": mg, "per_day": 2, "route": "intravenous"}
    return clean().medication("methylprednisolone", start="2026-03-05", end="2026-03-10", **dosage)


def vaccine_ordered(today: str, on: str) -> Case:
    return treated("order-select", today).no_draft().vaccine_draft("influenza", on).select("vaccine")


FIRST_DOSE = [
    Boundary("dose_mg", "dose.adult-300mg.dose-check", lambda mg: clean().draft(mg, ("2026-03-09",)), {300: None}),
    *(
        Boundary(
            f"premed_{short}_{bound}_mg",
            DRUG_DOSE,
            lambda mg, drug=drug, route=route: premedicated(drug, route, mg),
            {inside: None, outside: "warning"},
        )
        for drug, route, short, bound, inside, outside in (
            ("methylprednisolone", "intravenous", "mp", "min", 80, 79),
            ("methylprednisolone", "intravenous", "mp", "max", 125, 126),
            ("diphenhydramine", "oral", "dph", "min", 25, 24),
            ("diphenhydramine", "oral", "dph", "max", 50, 51),
            ("paracetamol", "oral", "apap", "min", 500, 499),
            ("paracetamol", "oral", "apap", "max", 650, 651),
        )
    ),
    Boundary("premed_steroid_min_before", PREMED_TIME, steroid_before, {15: None, 45: None}),
    Boundary("premed_steroid_tolerance_min", PREMED_TIME, steroid_before, {45: None, 46: "info", 15: None, 14: "info"}),
    Boundary("premed_other_min_before", PREMED_TIME, antihistamine_before, {30: None, 29: "info"}),
    Boundary("premed_other_max_before", PREMED_TIME, antihistamine_before, {60: None, 61: "info"}),
    Boundary(
        "hbv_na_lead_days",
        "hbv.carrier-antiviral-lead-under-1-week.info",
        antiviral_from,
        {"2026-03-02": None, "2026-03-03": "info"},
    ),
    Boundary(
        "hbv_dna_before_serology_months",
        "hbv.dna-missing-serology-positive.screening-missing",
        dna_before_serology,
        {"2025-11-10": None, "2025-11-09": "critical"},
    ),
    Boundary(
        "igg_low_mg_dl",
        "ig.igg-below-500.prophylaxis-needed",
        lambda igg: clean().only("serum-igg", igg, "2026-02-10", "mg/dL"),
        {499: "warning", 500: None},
    ),
    Boundary(
        "initiation_infection_screen_max_age_months",
        "screening.infection-result-over-12-months.stale",
        lambda on: clean().only("igra", "negative", on),
        {"2025-03-09": None, "2025-03-08": "info"},
    ),
    Boundary(
        "initiation_ig_max_age_months",
        "ig.result-over-6-months.stale",
        lambda on: clean().only("serum-igg", 10.5, on, "g/L"),
        {"2025-09-09": None, "2025-09-08": "info"},
    ),
    Boundary(
        "ltbi_lead_months",
        "tb.latent-lead-under-1-month.info",
        preventive_from,
        {"2026-02-09": None, "2026-02-10": "info"},
    ),
    Boundary(
        "ct_lead_days",
        "tb.positive-workup-missing.screening-missing",
        worked_up,
        {"2026-01-11": None, "2026-01-10": "critical"},
    ),
    Boundary(
        "tpt_complete_days",
        UNTREATED_LATENT,
        lambda last: preventive_days(last, "isoniazid"),
        {"2025-12-16": None, "2025-12-15": "critical"},
    ),
    Boundary("tpt_weekly_doses", UNTREATED_LATENT, weekly_doses, {12: None, 11: "critical"}),
    Boundary(
        "tpt_daily_rifapentine_days",
        UNTREATED_LATENT,
        lambda last: preventive_days(last, "isoniazid", "rifapentine"),
        {"2025-10-28": None, "2025-10-27": "critical"},
    ),
    Boundary(
        "recent_infection_days",
        "infection.active.hold",
        lambda onset: clean().condition("pneumonia", onset=onset),
        {"2026-02-02": "critical", "2026-02-01": "warning"},
    ),
    Boundary(
        "vaccine_before_start_days",
        "vaccine.live-within-4-weeks-before-start.interval-check",
        lambda on: clean().vaccinated("mmr", on),
        {"2026-02-09": None, "2026-02-10": "warning"},
    ),
    Boundary(
        "vaccine_after_infusion_days",
        "vaccine.inactivated-under-12-weeks-after-infusion.interval-check",
        lambda on: vaccine_ordered("2025-11-20", on),
        {"2025-12-01": None, "2025-11-30": "warning"},
    ),
    Boundary(
        "vaccine_before_next_days",
        "vaccine.inactivated-under-4-weeks-before-next.interval-check",
        lambda on: vaccine_ordered("2026-02-01", on),
        {"2026-02-08": None, "2026-02-09": "warning"},
    ),
    Boundary(
        "pcp_cd4_per_ul",
        PCP,
        lambda cd4: diabetic().result("cd4-count", cd4, "2026-02-10", "/uL"),
        {199: "info", 200: None},
    ),
    Boundary(
        "pcp_age",
        PCP,
        lambda birth: diabetic().patient(sex="male", birth=birth),
        {"1961-03-09": "info", "1961-03-10": None},
    ),
    Boundary(
        "pcp_immunosuppressants",
        PCP,
        lambda drug: diabetic().medication(drug, start="2025-01-01"),
        {"azathioprine": "info", "metformin": None},
    ),
    Boundary("pcp_gc_mg_per_day", PCP, on_prednisone, {20: "info", 19: None}),
    Boundary(
        "pcp_min_factors",
        PCP,
        lambda birth: diabetic().patient(sex="male", birth=birth),
        {"1950-01-01": "info", "1980-01-01": None},
    ),
    Boundary("ivmp_min_mg_per_day", "timing.ivmp-ongoing.defer", pulse_per_day, {63: "warning", 62.5: None}),
    Boundary("ivmp_min_mg", "vaccine.nip-incomplete.vaccination", steroid_infused, {125: "warning", 126: None}),
]
