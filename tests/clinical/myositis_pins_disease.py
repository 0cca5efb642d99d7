"""Cases on both sides of the numbers about lung, skin, muscle, refractory disease and pregnancy in myositis."""

from myositis_people import ORDERING, WEEKLY, Person, expecting, imnm, man, wishing
from pinned_numbers import Pin

WORSE = "Interstitial pneumonia, progression compared with the last CT."
DONE = {"status": "completed", "end": "2025-12-31"}
IV = {"route": "intravenous"}


# Lung


def lung(onset: str = "2025-06-01", hook: str = "patient-view", birth: str = "1980-06-15") -> Person:
    return man(hook, birth=birth).ill("ild", onset=onset)


def saturations(first: float, last: float, report: str = "2026-02-27") -> Person:
    case = lung().lab("spo2", first, "2026-02-10").lab("spo2", last, "2026-02-28")
    return case.report("hrct", report, WORSE)


def rapid(onset: str) -> Person:
    return man().ill("rp-ild", onset=onset).lab("anti-mda5", "negative")


def failing(start: str) -> Person:
    case = rapid("2026-01-20").lab("fvc", 60, "2026-01-25").lab("fvc", 58, "2026-02-25")
    return case.takes("prednisone", 60, start=start).takes("tacrolimus", 2, start=start)


def breathing(first: float, last: float) -> Person:
    return lung(hook=ORDERING).lab("fvc", first, "2025-12-01").lab("fvc", last, "2026-02-20")


def tried(start: str) -> Person:
    case = breathing(80, 65).lab("anti-ars", "negative").lab("anti-mda5", "negative").lab("body-weight", 60)
    return case.takes("prednisone", 60, start=start).order("tacrolimus", 2)


def used_until(end: str) -> Person:
    case = breathing(70, 71).takes("tacrolimus", 2, start="2025-01-01", end=end, status="completed")
    return case.order("tacrolimus", 2, reason="ild")


def risk(birth: str = "1980-06-15", ferritin_on: str = "2026-02-20", **values: float) -> Person:
    """A man with anti-MDA5 and ILD; factors that are not given are known and normal."""
    found = {"crp": 5.0, "ferritin": 300.0, "kl-6": 600.0} | {
        name.replace("kl6", "kl-6"): v for name, v in values.items()
    }
    case = lung(birth=birth).lab("anti-mda5", "positive").lab("spo2", 97)
    for name, value in found.items():
        case.lab(name, value, ferritin_on if name == "ferritin" else "2026-02-20")
    return case


LUNG = [
    Pin("ild_acute_days", "MYO-ILD-001", lung, {"2026-02-01": "info", "2026-01-31": None}),
    Pin(
        "rp_window_days",
        "MYO-ILD-002",
        lambda on: saturations(97, 92, on),
        {"2026-01-31": "critical", "2026-01-30": "info"},
    ),
    Pin("spo2_fall_points", "MYO-ILD-002", lambda last: saturations(98, last), {94: "critical", 95: None}),
    Pin("spo2_new_low", "MYO-ILD-002", lambda last: saturations(96, last), {93: "critical", 94: None}),
    Pin("rp_current_days", "MYO-ILD-006", rapid, {"2025-12-02": "critical", "2025-12-01": None}),
    Pin("ild_nonresponse_days", "MYO-ILD-011", failing, {"2026-02-16": "warning", "2026-02-17": None}),
    Pin("gc_trial_days", "MYO-ILD-004", tried, {"2026-02-03": None, "2026-02-04": "info"}),
    Pin("lung_new_drug_days", "MYO-ILD-003", used_until, {"2025-09-03": None, "2025-09-02": "info"}),
    Pin(
        "mda5_age",
        "MYO-ILD-009",
        lambda birth: risk(birth, ferritin=900),
        {"1965-03-02": "warning", "1965-03-03": None},
    ),
    Pin("mda5_crp", "MYO-ILD-009", lambda crp: risk(ferritin=900, crp=crp), {10: None, 10.1: "warning"}, step="0.01"),
    Pin("mda5_ferritin", "MYO-ILD-009", lambda ferritin: risk(ferritin=ferritin, crp=20), {500: None, 501: "warning"}),
    Pin("mda5_kl6", "MYO-ILD-009", lambda kl6: risk(kl6=kl6, crp=20), {1000: None, 1001: "warning"}),
    Pin(
        "mda5_factors",
        "MYO-ILD-009",
        lambda number: risk(crp=20, **{"ferritin": 900} if number == 2 else {}),
        {1: None, 2: "warning"},
    ),
    Pin(
        "mda5_lab_days",
        "MYO-ILD-009",
        lambda on: risk(ferritin_on=on, ferritin=900, crp=20),
        {"2026-01-31": "warning", "2026-01-30": "info"},
    ),
]


# Muscle and skin


def tapering(steroid: float = 5, flare: str = "2023-06-01", ck: float = 150) -> Person:
    case = imnm(ORDERING).takes("azathioprine", 100, authored="2025-09-01").takes("prednisone", steroid)
    case.ill("imnm flare", onset=flare, clinical="resolved").lab("ck", ck, high=200)
    return case.order("azathioprine", 50)


def switching(start: str) -> Person:
    return tapering(steroid=30).takes("mycophenolate-mofetil", 1000, start=start)


def with_hydroxychloroquine(start: str = "2025-01-01") -> Person:
    return man().takes("hydroxychloroquine", 200, start=start)


MUSCLE_AND_SKIN = [
    Pin("imnm_minimal_gc_mg_d", "MYO-IMNM-001", tapering, {10: None, 11: "warning"}),
    Pin(
        "imnm_stable_months",
        "MYO-IMNM-001",
        lambda flare: tapering(flare=flare),
        {"2024-03-02": None, "2024-03-03": "warning"},
    ),
    Pin("imnm_ck_times", "MYO-IMNM-001", lambda ck: tapering(ck=ck), {300: None, 301: "warning"}, step="0.01"),
    Pin("imnm_switch_days", "MYO-IMNM-001", switching, {"2025-12-02": None, "2025-12-01": "warning"}),
    Pin(
        "imnm_alone_days",
        "MYO-IMNM-003",
        lambda start: imnm().takes("prednisone", 30, start=start),
        {"2026-01-01": None, "2025-12-31": "warning"},
    ),
    Pin(
        "hcq_eye_days",
        "MYO-HCQ-001",
        lambda on: with_hydroxychloroquine().had("eye examination", on),
        {"2025-03-02": None, "2025-03-01": "warning"},
    ),
    Pin(
        "hcq_rash_days",
        "MYO-HCQ-002",
        lambda start: with_hydroxychloroquine(start).ill("rash", onset="2026-01-10"),
        {"2025-12-02": "info", "2025-12-01": None},
    ),
    Pin(
        "hcq_myopathy_days",
        "MYO-HCQ-003",
        lambda start: with_hydroxychloroquine(start).ill("weakness", onset="2026-02-01"),
        {"2025-09-02": "info", "2025-09-03": None},
    ),
    Pin(
        "hcq_change_days",
        "MYO-HCQ-003",
        lambda onset: with_hydroxychloroquine().ill("weakness", onset=onset),
        {"2025-12-02": "info", "2025-12-01": None},
    ),
    Pin(
        "hcq_ck_times",
        "MYO-HCQ-003",
        lambda ck: with_hydroxychloroquine().lab("ck", 100, "2026-01-10").lab("ck", ck, "2026-02-20"),
        {120: "info", 119: None},
        step="0.01",
    ),
    Pin(
        "rehab_days",
        "MYO-REHAB-001",
        lambda on: man().had("rehabilitation", on),
        {"2025-03-02": None, "2025-03-01": "info"},
    ),
]


# Refractory disease


def refractory(case: Person) -> Person:
    return case.order("rituximab", 1000, **IV, reason="Refractory dermatomyositis")


def full_dose(end: str = "2025-10-30", kg: float = 60) -> Person:
    """Prednisone 60 mg from 2025-09-01, and no improvement."""
    case = man(ORDERING).lab("body-weight", kg).lab("imacs", "no improvement")
    return case.takes("prednisone", 60, start="2025-09-01", end=end, status="completed")


def methotrexate(case: Person, mg: float = 15, start: str = "2025-09-01") -> Person:
    return case.takes("methotrexate", mg, repeat=WEEKLY, start=start, **DONE)


def mycophenolate(case: Person, mg: float = 1000, start: str = "2025-09-01") -> Person:
    return case.takes("mycophenolate-mofetil", mg, per_day=2, start=start, **DONE)


def second(drug: str, mg: float, kg: float = 60, per_day: int = 1) -> Person:
    """The drug beside adequate methotrexate."""
    return refractory(methotrexate(full_dose(kg=kg)).takes(drug, mg, per_day=per_day, start="2025-09-01", **DONE))


def drugs(number: int) -> Person:
    case = methotrexate(full_dose())
    return refractory(mycophenolate(case) if number == 2 else case)


def looked_at(ck: str = "2026-02-20", mri: str = "2026-01-20") -> Person:
    return refractory(man(ORDERING).lab("ck", 900, ck).report("muscle mri", mri))


def weak(mg: float = 20, start: str = "2025-09-01") -> Person:
    return refractory(man(ORDERING).lab("ck", 100, high=190).takes("prednisone", mg, start=start))


CRITERIA = "MYO-REF-001"
REFRACTORY = [
    Pin(
        "ref_gc_full_days",
        CRITERIA,
        lambda end: refractory(mycophenolate(methotrexate(full_dose(end)))),
        {"2025-10-12": None, "2025-10-11": "info"},
    ),
    Pin(
        "ref_is_days",
        CRITERIA,
        lambda start: refractory(mycophenolate(methotrexate(full_dose()), start=start)),
        {"2025-10-03": None, "2025-10-04": "info"},
    ),
    Pin("ref_is_count", CRITERIA, drugs, {2: None, 1: "info"}),
    Pin(
        "ref_mtx_mg_wk",
        CRITERIA,
        lambda mg: refractory(mycophenolate(methotrexate(full_dose(), mg))),
        {15: None, 14: "info"},
    ),
    Pin("ref_aza_mg_kg_d", CRITERIA, lambda mg: second("azathioprine", mg), {120: None, 119.5: "info"}, step="0.01"),
    Pin(
        "ref_mmf_mg_d",
        CRITERIA,
        lambda mg: second("mycophenolate-mofetil", mg, per_day=2),
        {1000: None, 999: "info"},
        step="2",
    ),
    Pin(
        "ref_mpa_mg_d",
        CRITERIA,
        lambda mg: second("mycophenolic-acid", mg, per_day=2),
        {720: None, 719: "info"},
        step="2",
    ),
    Pin("ref_csa_mg_kg_d", CRITERIA, lambda mg: second("ciclosporin", mg), {180: None, 179.5: "info"}, step="0.01"),
    Pin(
        "ref_tac_mg_kg_d",
        CRITERIA,
        lambda mg: second("tacrolimus", mg, kg=40),
        {2: None, 1.98: "info"},
        step="0.001",
    ),
    Pin("ref_tac_mg_d", CRITERIA, lambda mg: second("tacrolimus", mg, kg=80), {3: None, 2.9: "info"}, step="0.1"),
    Pin("ref_ck_days", "MYO-REF-002", looked_at, {"2026-01-31": None, "2026-01-30": "info"}),
    Pin(
        "ref_imaging_days",
        "MYO-REF-002",
        lambda on: looked_at(mri=on),
        {"2025-09-03": None, "2025-09-02": "info"},
    ),
    Pin("ref_gc_mg_d", "MYO-REF-003", weak, {15: "warning", 14: None}),
    Pin("ref_gc_days", "MYO-REF-003", lambda start: weak(start=start), {"2025-12-02": "warning", "2025-12-03": None}),
]


# Pregnancy


def taken_until(end: str, drug: str = "methotrexate") -> Person:
    return wishing().takes(drug, 15, start="2025-06-01", end=end, status="stopped")


def conceived(end: str) -> Person:
    """Last period 2025-12-20, so conception on 2026-01-03."""
    case = expecting().lab("last-menstrual-period", None, "2026-02-20", valueDateTime="2025-12-20")
    return case.takes("methotrexate", 15, repeat=WEEKLY, start="2025-01-01", end=end, status="stopped")


def last_period(on: str) -> Person:
    case = expecting().lab("last-menstrual-period", None, "2026-02-20", valueDateTime=on)
    return case.was_given("rituximab", "2025-04-01", mg=1000)


def of_age(birth: str) -> Person:
    return man(ORDERING, birth=birth).order("cyclophosphamide", 50)


def weighing(drug: str, mg: float) -> Person:
    return expecting().lab("body-weight", 60).takes(drug, mg)


def father(mg: float) -> Person:
    case = man().lab("pregnancy-intention", "wants to become pregnant", "2026-01-10")
    return case.takes("methotrexate", mg, repeat=WEEKLY)


def infant(birth: str) -> Person:
    return Person().patient(sex="male", birth=birth).ill("Maternal rituximab exposure")


PREGNANCY = [
    Pin(
        "preg_aza_mg_kg_d",
        "MYO-PREG-AZA",
        lambda mg: weighing("azathioprine", mg),
        {120: "warning", 119.5: None},
        step="0.01",
    ),
    Pin(
        "preg_csa_mg_kg_d",
        "MYO-PREG-CSA",
        lambda mg: weighing("ciclosporin", mg),
        {360: "info", 360.5: "warning"},
        step="0.01",
    ),
    Pin(
        "preg_hcq_min_mg_d", "MYO-PREG-HCQ-001", lambda mg: weighing("hydroxychloroquine", mg), {200: "info", 199: None}
    ),
    Pin(
        "preg_hcq_max_mg_d",
        "MYO-PREG-HCQ-001",
        lambda mg: weighing("hydroxychloroquine", mg),
        {400: "info", 401: "warning"},
    ),
    Pin("paternal_mtx_mg_wk", "MYO-PREG-MTX-003", father, {29: "info", 30: "warning"}),
    Pin("mtx_washout_days", "MYO-PREG-MTX-002", taken_until, {"2025-12-03": "warning", "2025-12-02": None}),
    Pin(
        "mmf_washout_days",
        "MYO-PREG-MMF-002",
        lambda end: taken_until(end, "mycophenolate-mofetil"),
        {"2026-01-20": "warning", "2026-01-19": None},
    ),
    Pin(
        "conception_after_lmp_days",
        "MYO-PREG-MTX-002",
        conceived,
        {"2025-10-05": "info", "2025-10-04": None, "2026-01-03": "info", "2026-01-04": None},
    ),
    Pin("lmp_valid_days", "MYO-NEO-RTX", last_period, {"2025-05-12": "warning", "2025-05-11": None}),
    Pin("ctx_fertility_age_min", "MYO-PREG-CTX", of_age, {"2014-03-02": "warning", "2014-03-03": None}),
    Pin("ctx_fertility_age_max", "MYO-PREG-CTX", of_age, {"1980-03-03": "warning", "1980-03-02": None}),
    Pin(
        "neonate_rtx_days",
        "MYO-NEO-RTX",
        lambda on: expecting().was_given("rituximab", on, mg=1000),
        {"2025-09-03": "warning", "2025-09-02": None},
    ),
    Pin("neonate_months", "MYO-NEO-RTX", infant, {"2025-09-03": "warning", "2025-09-02": None}),
]

PINS = [*LUNG, *MUSCLE_AND_SKIN, *REFRACTORY, *PREGNANCY]
