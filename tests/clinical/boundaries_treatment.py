"""Boundaries of schedule, monitoring and stopping; the doses are those of ``treated`` unless a case says otherwise."""

from boundaries import Boundary
from boundaries_first_dose import carrier, diabetic, latent
from building import Case, clean, treated

DAY15_OFF = "interval.day15-off-schedule.interval-check"
MAINTENANCE_OFF = "interval.maintenance-off-schedule.interval-check"
HCV = "monitor.hcv-annual.monitoring-due"
HIGH_RISK = "monitor.high-risk-twice-yearly.info"
MONTHLY = "bcell.month-4-6-test.monitoring-due"
COUNT = "cd20-b-cell-count"


def pair(second: str) -> Case:
    return clean().draft(dates=("2026-03-09", second))


def after_one_dose(planned: str) -> Case:
    return clean(today="2026-03-20").given("2026-01-05").draft(dates=(planned,))


def maintenance(planned: str) -> Case:
    return treated("order-select", "2025-12-01").draft(dates=(planned,))


def relapsed(doses: tuple[str, ...]) -> Case:
    case = clean("patient-view").given(*doses).ordered("2026-04-01")
    return case.condition("nmosd-relapse", onset="2026-02-15")


def relapse_seen(today: str) -> Case:
    return treated(today=today).condition("nmosd-relapse", onset="2026-02-15")


def antiviral_gap(today: str) -> Case:
    return carrier(treated(today=today))


def carrier_hbsag(on: str) -> Case:
    return carrier(treated().medication("entecavir", start="2025-01-01")).only("hbsag", "negative", on)


def latent_ct(on: str) -> Case:
    case = latent(treated()).medication("isoniazid", start="2025-02-01", mg=300, per_day=1)
    return case.imaging("chest-ct", on)


def counted(today: str, on: str) -> Case:
    """Two doses and one CD20+ count; the next infusion is ordered."""
    case = clean("patient-view", today).given("2025-03-10", "2025-03-24").ordered("2025-12-01")
    return case.result(COUNT, 1, on, "/uL")


def high_count(on: str) -> Case:
    return treated().forget(COUNT).result(COUNT, 50, on, "/uL")


def exchanged(on: str) -> Case:
    return treated().procedure("plasma-exchange", status="completed", start=on, end=on)


def seronegative_since(onset: str) -> Case:
    case = treated().only("aqp4-igg", "positive", "2019-01-01").result("aqp4-igg", "negative", "2026-02-10")
    return case.condition("nmosd-relapse", onset=onset, clinical="resolved")


def igg_on(on: str) -> Case:
    return treated().only("serum-igg", 10.5, on, "g/L")


TREATMENT = [
    Boundary("day15_days", DAY15_OFF, pair, {"2026-03-20": None, "2026-03-26": None}),
    Boundary("day15_tolerance_days", DAY15_OFF, pair, {"2026-03-20": None, "2026-03-19": "warning"}),
    Boundary(
        "loading_doses",
        "bcell.relapse-test-missing.monitoring-due",
        relapsed,
        {
            ("2026-01-05", "2026-01-19"): "warning",
            ("2026-01-05",): None,
        },
    ),
    Boundary("loading_window_months", DAY15_OFF, after_one_dose, {"2026-04-04": "warning", "2026-04-05": None}),
    Boundary("maintenance_months", MAINTENANCE_OFF, maintenance, {"2026-03-08": None}),
    Boundary("maintenance_tolerance_days", MAINTENANCE_OFF, maintenance, {"2026-03-22": None, "2026-03-23": "warning"}),
    Boundary(
        "maintenance_too_close_days", MAINTENANCE_OFF, maintenance, {"2025-12-06": "critical", "2025-12-07": "warning"}
    ),
    Boundary(
        "hbv_na_tail_months",
        "hbv.carrier-antiviral-gap.prophylaxis-needed",
        antiviral_gap,
        {"2027-03-07": "critical", "2027-03-08": None},
    ),
    Boundary(
        "hbv_carrier_monitor_months",
        "hbv.monitor-carrier-hbsag.monitoring-due",
        carrier_hbsag,
        {"2025-12-02": None, "2025-12-01": "warning"},
    ),
    Boundary(
        "annual_months",
        HCV,
        lambda on: treated().only("anti-hcv", "negative", on),
        {"2025-03-02": None, "2025-03-01": "warning"},
    ),
    Boundary(
        "high_risk_months",
        HCV,
        lambda on: diabetic(treated()).only("anti-hcv", "negative", on),
        {"2025-09-02": None, "2025-09-01": "warning"},
    ),
    Boundary(
        "ig_monitor_months",
        "monitor.ig-6-months.monitoring-due",
        igg_on,
        {
            "2025-09-02": None,
            "2025-09-01": "warning",
        },
    ),
    Boundary(
        "high_disability_edss",
        HIGH_RISK,
        lambda edss: treated().result("edss", edss, "2026-01-01"),
        {6: "info", 5.5: None},
        "0.5",
    ),
    Boundary(
        "aqp4_monitor_months",
        "monitor.aqp4-igg-6-months.info",
        lambda on: treated().only("aqp4-igg", "positive", on),
        {"2025-09-02": None, "2025-09-01": "info"},
    ),
    Boundary(
        "organ_follow_up_months",
        "special.hepatic-renal-follow-up.monitoring-due",
        lambda today: treated(today=today).forget("alt", "creatinine"),
        {"2025-09-09": None, "2025-09-10": "info"},
    ),
    Boundary(
        "ltbi_recheck_months",
        "tb.latent-recheck-6-months.monitoring-due",
        latent_ct,
        {"2025-09-02": None, "2025-09-01": "warning"},
    ),
    Boundary(
        "bcell_deep_per_ul",
        "bcell.incomplete-or-early-recovery.monitoring",
        lambda count: treated().forget(COUNT).result(COUNT, count, "2025-08-01", "/uL"),
        {4: None, 5: "info"},
    ),
    Boundary(
        "bcell_first_test_months",
        MONTHLY,
        lambda today: counted(today, "2025-05-01"),
        {
            "2025-07-09": None,
            "2025-07-10": "info",
        },
    ),
    Boundary(
        "bcell_second_test_months",
        MONTHLY,
        lambda today: counted(today, "2025-07-10"),
        {
            "2025-08-09": None,
            "2025-08-10": "info",
        },
    ),
    Boundary(
        "bcell_third_test_months",
        MONTHLY,
        lambda today: counted(today, "2025-08-10"),
        {
            "2025-09-09": None,
            "2025-09-10": "info",
        },
    ),
    Boundary(
        "bcell_test_from_months",
        MONTHLY,
        lambda on: counted("2025-07-10", on),
        {
            "2025-06-10": "info",
            "2025-06-11": None,
        },
    ),
    Boundary(
        "bcell_test_until_months",
        MONTHLY,
        lambda today: counted(today, "2025-05-01"),
        {
            "2025-10-10": "info",
            "2025-10-11": None,
        },
    ),
    Boundary(
        "bcell_ignore_days",
        "bcell.incomplete-or-early-recovery.monitoring",
        high_count,
        {
            "2025-03-24": None,
            "2025-03-25": "info",
        },
    ),
    Boundary(
        "relapse_bcell_window_days",
        "bcell.relapse-test-missing.monitoring-due",
        relapse_seen,
        {
            "2026-03-17": "warning",
            "2026-03-18": None,
        },
    ),
    Boundary(
        "plex_after_dose_days",
        "plex.after-dose.supplement-consider",
        exchanged,
        {
            "2025-12-07": "info",
            "2025-12-08": None,
        },
    ),
    Boundary(
        "stable_years",
        "stop.stable-over-5-years.info",
        seronegative_since,
        {
            "2021-03-01": "info",
            "2021-03-02": None,
        },
    ),
]
