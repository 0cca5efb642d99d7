"""On which hooks and in which stages of treatment a statement speaks, and what it offers."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from building import PREMEDICATION, Case, clean, treated

ORDERED = ("initiation", "loading2", "maintenance")
PLANNED, ON, POST = "planned", "on_treatment", "post_treatment"
EGFR = "mL/min/{1.73_m2}"


def second_infusion(hook: str) -> Case:
    case = clean(hook, "2026-03-20").given("2026-03-09").draft(dates=("2026-03-23",))
    return case.premedication(**PREMEDICATION)


def stopped(hook: str) -> Case:
    return treated(hook).ordered("2026-03-08", status="stopped", authored="2026-01-10")


STAGES: dict[str, Callable[[str], Case]] = {
    "initiation": clean,
    "loading2": second_infusion,
    "maintenance": treated,
    PLANNED: lambda hook: clean(hook).ordered("2026-03-09"),
    ON: treated,
    POST: stopped,
    "none": clean,
}
SCENES = [(stage, hook) for stage in ORDERED for hook in ("order-select", "order-sign")]
SCENES += [(stage, "patient-view") for stage in (PLANNED, ON, POST, "none")]


@dataclass(frozen=True)
class Speaks:
    """``add`` makes the statement true wherever it may speak at all; ``offers`` are its suggestions when ordering
    maintenance, or else between infusions."""

    statement: str
    add: Callable[[Case], Case]
    stages: tuple[str, ...]
    offers: set[tuple[str, str]] = field(default_factory=set)

    def __str__(self) -> str:
        return self.statement


def relapsed(case: Case) -> Case:
    return case.condition("nmosd-relapse", onset="2026-02-15")


def woman(case: Case) -> Case:
    return case.patient(sex="female", birth="1990-06-15")


def expecting(case: Case) -> Case:
    return woman(case).result("pregnancy-status", "pregnant", "2026-02-20")


def child(case: Case) -> Case:
    return case.patient(sex="male", birth="2014-06-15")


def failed_satralizumab(case: Case) -> Case:
    return child(case).medication("satralizumab", status="stopped", statusReason={"text": "lack of efficacy"})


def exchanged(case: Case) -> Case:
    for day in ("2025-10-01", "2026-03-15"):
        case.procedure("plasma-exchange", status="completed", start=day, end=day)
    return case


def seronegative_now(case: Case) -> Case:
    case.only("aqp4-igg", "positive", "2019-01-01").result("aqp4-igg", "negative", "2026-02-10")
    return case.condition("nmosd-relapse", onset="2015-01-01", clinical="resolved")


def suspected_pml(case: Case) -> Case:
    return case.condition("pml", verification="provisional", onset="2026-02-10")


TREATED = ("loading2", "maintenance", ON)
LATER = ("maintenance", ON)
TABLE = [
    Speaks("plex.concurrent", lambda c: c.procedure("plasma-exchange", status="in-progress"), ORDERED),
    Speaks("plex.after-dose", exchanged, TREATED),
    Speaks("monitor.hcv-annual", lambda c: c.forget("anti-hcv"), TREATED, {("order", "anti-hcv")}),
    Speaks("monitor.tb-annual", lambda c: c.forget("igra"), TREATED, {("order", "igra")}),
    Speaks(
        "monitor.hbv-status-unknown",
        lambda c: c.forget("hbsag", "anti-hbc-total"),
        TREATED,
        {("order", "hbsag"), ("order", "anti-hbc-total")},
    ),
    Speaks(
        "monitor.ig-6-months",
        lambda c: c.forget("serum-igg"),
        TREATED,
        {("order", "serum-igg"), ("order", "serum-iga"), ("order", "serum-igm")},
    ),
    Speaks(
        "monitor.ig-after-stop",
        lambda c: c.forget("serum-igg"),
        (POST,),
        {("order", "serum-igg"), ("order", "b-cell-count")},
    ),
    Speaks("monitor.high-risk", lambda c: c.condition("diabetes-mellitus"), ("initiation", *TREATED)),
    Speaks(
        "monitor.aqp4-igg", lambda c: c.only("aqp4-igg", "positive", "2025-01-01"), TREATED, {("order", "aqp4-igg")}
    ),
    Speaks("bcell.deep-depletion", lambda c: c, LATER),
    Speaks(
        "bcell.incomplete-or-early",
        lambda c: c.result("cd20-b-cell-count", 50, "2025-08-01", "/uL"),
        LATER,
        {("order", "cd20-b-cell-count")},
    ),
    Speaks("bcell.relapse-test-missing", relapsed, LATER, {("order", "cd20-b-cell-count")}),
    Speaks(
        "bcell.relapse-deep-depletion",
        lambda c: relapsed(c).result("cd20-b-cell-count", 1, "2026-02-20", "/uL"),
        LATER,
        {("refer", "neuroimmunology")},
    ),
    Speaks("bcell.fcgr3a", lambda c: c.result("fcgr3a-genotype", "V158/V158", "2025-12-01"), ORDERED),
    Speaks("switch.reason-not", lambda c: c.medication("azathioprine", start="2024-01-01"), ("initiation",)),
    Speaks("switch.aza-mmf.no-washout", lambda c: c.medication("azathioprine", start="2024-01-01"), ("initiation",)),
    Speaks(
        "switch.anti-cd20.timing",
        lambda c: c.given("2025-11-01", drug="rituximab").medication("rituximab", intent="plan", dates=("2026-05-01",)),
        ("initiation",),
        {("order", "cd19-b-cell-percent"), ("move_draft", "")},
    ),
    Speaks("switch.satralizumab", lambda c: c.given("2026-03-01", drug="satralizumab"), ("initiation",)),
    Speaks("switch.eculizumab", lambda c: c.given("2026-03-01", drug="eculizumab"), ("initiation",)),
    Speaks("combination.immunosuppressant-over", lambda c: c.medication("azathioprine", start="2024-01-01"), LATER),
    Speaks("stop.discontinued", lambda c: c, (POST,)),
    Speaks("stop.stable", seronegative_now, (ON,)),
    Speaks(
        "reaction.life-threatening",
        lambda c: c.allergy("inebilizumab", criticality="high"),
        (*ORDERED, PLANNED),
        {("delete", "draft")},
    ),
    Speaks("reaction.non-severe", lambda c: c.allergy("inebilizumab", severity="mild"), ORDERED),
    Speaks(
        "pml.suspected",
        suspected_pml,
        (*ORDERED, ON, POST),
        {("order", "jcv-dna-csf"), ("order", "brain-mri"), ("hold", "draft")},
    ),
    Speaks("pml.jcv-positive", lambda c: c.condition("pml"), (*ORDERED, ON), {("delete", "draft")}),
    Speaks("special.comorbid", lambda c: c.condition("sjogren"), ("initiation",)),
    Speaks("special.severe", lambda c: c.result("egfr", 20, "2026-02-10", EGFR), ORDERED),
    Speaks("special.mild", lambda c: c.result("egfr", 60, "2026-02-10", EGFR), ORDERED),
    Speaks(
        "special.hepatic-renal-follow-up",
        lambda c: c.forget("alt", "creatinine"),
        LATER,
        {("order", "alt"), ("order", "creatinine")},
    ),
    Speaks("pregnancy.pregnant", expecting, (*ORDERED, PLANNED, ON), {("refer", "obstetrics"), ("delete", "draft")}),
    Speaks("pregnancy.status-unknown", woman, ORDERED, {("order", "pregnancy-test")}),
    Speaks("pregnancy.contraception", woman, (*ORDERED, ON, POST), {("order", "contraception-counselling")}),
    Speaks(
        "pregnancy.plan-3-to-6",
        lambda c: woman(c).result("pregnancy-intention", "wants to become pregnant", "2025-10-01"),
        (ON, POST),
    ),
    Speaks(
        "pregnancy.postpartum",
        lambda c: woman(c).result("delivery-date", None, "2026-02-01", valueDateTime="2026-02-01"),
        (ON,),
        {("add_infusion", "")},
    ),
    Speaks("pregnancy.newborn", expecting, (ON, POST), {("refer", "neonatology")}),
    Speaks(
        "lactation",
        lambda c: woman(c).result("lactation-status", "breastfeeding", "2026-02-20"),
        ("initiation", *TREATED),
        {("order", "lactation-counselling")},
    ),
    Speaks("age.70", lambda c: c.patient(sex="male", birth="1950-01-01"), ORDERED),
    Speaks("age.over-74", lambda c: c.patient(sex="male", birth="1945-01-01"), ORDERED),
    Speaks("age.under-18.not", child, ORDERED),
    Speaks("age.under-18-after", failed_satralizumab, ORDERED),
    Speaks("dose.child.dose", lambda c: child(c).result("body-weight", 20, "2026-02-01", "kg"), ORDERED),
    Speaks("dose.child-weight", child, ORDERED, {("order", "body-weight")}),
]


@pytest.mark.parametrize("item", TABLE, ids=str)
def test_a_statement_speaks_in_its_stages_and_nowhere_else(item: Speaks) -> None:
    spoke = {(stage, hook) for stage, hook in SCENES if item.add(STAGES[stage](hook)).fires(item.statement)}
    assert spoke == {(stage, hook) for stage, hook in SCENES if stage in item.stages}


@pytest.mark.parametrize("item", [item for item in TABLE if item.offers], ids=str)
def test_a_statement_offers_what_the_source_asks_for(item: Speaks) -> None:
    stage = next(stage for stage in ("maintenance", "initiation", ON, POST) if stage in item.stages)
    hook = "order-sign" if stage in ORDERED else "patient-view"
    assert item.offers <= item.add(STAGES[stage](hook)).proposals(item.statement)
