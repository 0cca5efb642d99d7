"""What the first sixty statements say of themselves: kind, hooks, severity, place on the card, source and overrides.

The rows are the clinical catalogue with its corrections; a change here is a clinical decision.
"""

import pytest
from building import DRUG, knowledge

from cards.knowledge.model import Statement

HOOKS = {
    "order": {"order-select", "order-sign"},
    "view": {"patient-view"},
    "all": {"order-select", "order-sign", "patient-view"},
}

# name, kind, hooks, severity, presentation, where the source says so
FRAMES = """
indication.aqp4-positive-adult.on-label information order info detail 推荐意见1
indication.aqp4-negative.off-label indication-check order warning card 推荐意见2
indication.aqp4-unknown.screening-missing screening-missing order warning card 推荐意见2
indication.other-b-cell-disease.off-label indication-check order warning card 推荐意见3
indication.nmosd-not-documented.check indication-check order warning card 推荐意见1
timing.start-maintenance-early.info information view info card 推荐意见4
timing.ivmp-ongoing.defer interval-check order warning card 推荐意见4
timing.acute-rescue.conditional information order warning card 推荐意见4
steroid.taper-not-accelerated.info information order info detail 推荐意见4
steroid.oral-gc-at-start.info information order info card 推荐意见4
infection.active.hold contraindication order warning card 推荐意见5
infection.pre-infusion-check.reminder information order info detail 推荐意见5
hbv.hbsag-missing.screening-missing screening-missing all warning card 推荐意见6
hbv.anti-hbc-missing.screening-missing screening-missing all warning card 推荐意见6
hbv.dna-missing-serology-positive.screening-missing screening-missing all critical card 推荐意见6
hbv.hbsag-positive-dna-positive.contraindicated contraindication all critical card 推荐意见6
hbv.dna-positive-hbsag-not-positive.contraindicated contraindication all critical card 推荐意见6
hbv.carrier-no-antiviral.prophylaxis-needed prophylaxis-needed all critical card 推荐意见6
hbv.carrier-antiviral-lead-under-1-week.info interval-check order info card 推荐意见6
hbv.carrier-antiviral-gap.prophylaxis-needed prophylaxis-needed view critical card 推荐意见6
hbv.monitor-carrier-hbsag.monitoring-due monitoring-due all warning card 推荐意见6
hbv.monitor-carrier-hbv-dna.monitoring-due monitoring-due all warning card 推荐意见6
hbv.monitor-carrier-alt.monitoring-due monitoring-due all warning card 推荐意见6
hbv.reactivation-on-treatment.stop contraindication view critical card 推荐意见6
hbv.non-carrier-annual.monitoring-due monitoring-due all warning card 推荐意见6
hcv.missing.screening-missing screening-missing all warning card 推荐意见5
hcv.positive.review contraindication all warning card 推荐意见5
tb.missing.screening-missing screening-missing all warning card 推荐意见7
tb.positive-workup-missing.screening-missing screening-missing all critical card 推荐意见7
tb.active.contraindicated contraindication all critical card 推荐意见7
tb.latent-untreated.contraindicated contraindication all critical card 推荐意见7
tb.latent-lead-under-1-month.info interval-check order info card 推荐意见7
tb.latent-recheck-6-months.monitoring-due monitoring-due all warning card 推荐意见7
tb.active-on-treatment.stop-and-refer contraindication view critical card 推荐意见7
screening.infection-result-over-12-months.stale screening-stale order info card 推荐意见14
ig.quantitative-missing.screening-missing screening-missing all info card 推荐意见5
ig.igg-below-500.prophylaxis-needed prophylaxis-needed all warning card 推荐意见8
ig.result-over-6-months.stale screening-stale order info card 推荐意见14
vaccine.history-missing.screening-missing screening-missing all info card 推荐意见5
vaccine.nip-incomplete.vaccination vaccination order warning card 推荐意见9
vaccine.live-within-4-weeks-before-start.interval-check interval-check order warning card 推荐意见9
vaccine.inactivated-within-4-weeks-before-start.info vaccination order info card 推荐意见9
vaccine.high-risk-recommended-missing.vaccination vaccination order info card 推荐意见9
vaccine.urgent-treatment-no-delay.info information order info card 推荐意见9
vaccine.live-on-treatment.contraindicated vaccination order critical card 推荐意见10
vaccine.live-planned.vaccination vaccination view warning card 推荐意见10
vaccine.inactivated-under-12-weeks-after-infusion.interval-check vaccination order warning card 推荐意见10
vaccine.inactivated-under-4-weeks-before-next.interval-check vaccination order warning card 推荐意见10
pcp.multiple-risk-factors.prophylaxis-consider prophylaxis-needed all info card 推荐意见11
pcp.tmp-smx-methotrexate.interaction interaction order warning card 推荐意见11
pcp.sulfonamide-allergy.suppress-tmp-smx contraindication all warning card 推荐意见11
premed.corticosteroid-missing.premedication premedication order warning card 推荐意见12
premed.antihistamine-missing.premedication premedication order warning card 推荐意见12
premed.antipyretic-missing.premedication premedication order warning card 推荐意见12
premed.dose-out-of-range.dose-check dose-check order warning card 表1
premed.timing.interval-check premedication order info card 表1
infusion.setting-and-observation.info information order info detail 推荐意见12
dose.adult-300mg.dose-check dose-check order warning card 推荐意见13
dose.route-iv.dose-check dose-check order critical card 推荐意见13
dose.adult-weight-based.dose-check dose-check order warning card 推荐意见13
"""

# override reasons, and the statements that offer exactly these
OVERRIDES = {
    "": """
        indication.aqp4-positive-adult.on-label
        timing.start-maintenance-early.info
        steroid.taper-not-accelerated.info
        infection.pre-infusion-check.reminder
        infusion.setting-and-observation.info
    """,
    "informed-consent specialist-advised": """
        indication.aqp4-negative.off-label
        timing.acute-rescue.conditional
    """,
    "done-elsewhere informed-consent": """
        indication.aqp4-unknown.screening-missing
    """,
    "informed-consent specialist-advised clinical-trial": """
        indication.other-b-cell-disease.off-label
    """,
    "done-elsewhere clinical-trial": """
        indication.nmosd-not-documented.check
    """,
    "urgent-disease informed-consent specialist-advised": """
        timing.ivmp-ongoing.defer
    """,
    "not-applicable will-order-separately": """
        steroid.oral-gc-at-start.info
    """,
    "infection-controlled informed-consent": """
        infection.active.hold
    """,
    "done-elsewhere urgent-disease": """
        hbv.hbsag-missing.screening-missing
        hbv.anti-hbc-missing.screening-missing
        hcv.missing.screening-missing
        tb.missing.screening-missing
        screening.infection-result-over-12-months.stale
        ig.quantitative-missing.screening-missing
        ig.result-over-6-months.stale
        vaccine.history-missing.screening-missing
    """,
    "done-elsewhere": """
        hbv.dna-missing-serology-positive.screening-missing
        hbv.monitor-carrier-hbsag.monitoring-due
        hbv.monitor-carrier-hbv-dna.monitoring-due
        hbv.monitor-carrier-alt.monitoring-due
        hbv.non-carrier-annual.monitoring-due
        tb.latent-recheck-6-months.monitoring-due
    """,
    "specialist-advised": """
        hbv.hbsag-positive-dna-positive.contraindicated
        hbv.dna-positive-hbsag-not-positive.contraindicated
        hbv.reactivation-on-treatment.stop
        tb.active.contraindicated
        tb.active-on-treatment.stop-and-refer
        pcp.sulfonamide-allergy.suppress-tmp-smx
    """,
    "done-elsewhere specialist-advised": """
        hbv.carrier-no-antiviral.prophylaxis-needed
        hbv.carrier-antiviral-gap.prophylaxis-needed
        tb.positive-workup-missing.screening-missing
        tb.latent-untreated.contraindicated
    """,
    "urgent-disease specialist-advised": """
        hbv.carrier-antiviral-lead-under-1-week.info
        tb.latent-lead-under-1-month.info
        vaccine.live-within-4-weeks-before-start.interval-check
    """,
    "infection-controlled specialist-advised": """
        hcv.positive.review
    """,
    "specialist-advised informed-consent": """
        ig.igg-below-500.prophylaxis-needed
        pcp.tmp-smx-methotrexate.interaction
    """,
    "urgent-disease patient-declined done-elsewhere": """
        vaccine.nip-incomplete.vaccination
        vaccine.high-risk-recommended-missing.vaccination
    """,
    "urgent-disease not-applicable": """
        vaccine.inactivated-within-4-weeks-before-start.info
    """,
    "urgent-disease": """
        vaccine.urgent-treatment-no-delay.info
    """,
    "emergency-vaccination specialist-advised": """
        vaccine.live-on-treatment.contraindicated
        vaccine.live-planned.vaccination
        vaccine.inactivated-under-12-weeks-after-infusion.interval-check
    """,
    "emergency-vaccination urgent-disease": """
        vaccine.inactivated-under-4-weeks-before-next.interval-check
    """,
    "specialist-advised patient-declined not-applicable": """
        pcp.multiple-risk-factors.prophylaxis-consider
    """,
    "will-order-separately not-applicable": """
        premed.corticosteroid-missing.premedication
        premed.antihistamine-missing.premedication
        premed.antipyretic-missing.premedication
    """,
    "specialist-advised not-applicable": """
        premed.dose-out-of-range.dose-check
    """,
    "will-order-separately": """
        premed.timing.interval-check
    """,
    "clinical-trial specialist-advised": """
        dose.adult-300mg.dose-check
    """,
    "clinical-trial": """
        dose.route-iv.dose-check
        dose.adult-weight-based.dose-check
    """,
}


def entry(name: str) -> Statement:
    return knowledge().drugs[DRUG].statements[f"{DRUG}.{name}"].entry


@pytest.mark.parametrize("row", FRAMES.strip().splitlines(), ids=lambda row: row.split()[0])
def test_the_frame_of_each_statement(row: str) -> None:
    name, kind, hooks, severity, presentation, locator = row.split()
    found = entry(name)
    assert (found.kind, set(found.hooks)) == (kind, HOOKS[hooks])
    assert (found.severity, found.presentation) == (severity, presentation)
    assert locator in found.source.locator


@pytest.mark.parametrize(
    ("reasons", "name"), [(reasons, name) for reasons, names in OVERRIDES.items() for name in names.split()]
)
def test_the_override_reasons_of_each_statement(reasons: str, name: str) -> None:
    assert set(entry(name).override_reasons) == set(reasons.split())


SUPERSEDES = {
    "timing.acute-rescue.conditional": {"timing.ivmp-ongoing.defer"},
    "vaccine.urgent-treatment-no-delay.info": {"vaccine.inactivated-within-4-weeks-before-start.info"},
    "dose.adult-weight-based.dose-check": {"dose.adult-300mg.dose-check"},
}


def test_which_statements_replace_others() -> None:
    names = [row.split()[0] for row in FRAMES.strip().splitlines()]
    replaced = {name: {item.removeprefix(f"{DRUG}.") for item in entry(name).supersedes} for name in names}
    assert {name: items for name, items in replaced.items() if items} == SUPERSEDES


@pytest.mark.parametrize(
    ("name", "also_on"),
    [
        ("vaccine.live-on-treatment.contraindicated", "vaccine-order"),
        ("vaccine.inactivated-under-12-weeks-after-infusion.interval-check", "vaccine-order"),
        ("vaccine.inactivated-under-4-weeks-before-next.interval-check", "vaccine-order"),
        ("pcp.tmp-smx-methotrexate.interaction", "tmp-smx-order"),
        ("pcp.sulfonamide-allergy.suppress-tmp-smx", "tmp-smx-order"),
    ],
)
def test_which_statements_an_order_of_something_else_brings_up(name: str, also_on: str) -> None:
    assert entry(name).also_on == [also_on]
