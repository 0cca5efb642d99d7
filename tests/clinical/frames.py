"""The frame of the first sixty statements: the clinical catalogue with its corrections.

A change here is a clinical decision.
"""

# name, kind, hooks, severity, presentation, where the source says so, what an undecided condition does
FRAMES = """
indication.aqp4-positive-adult.on-label information order info detail 推荐意见1 silent
indication.aqp4-negative.off-label indication-check order warning card 推荐意见2 silent
indication.aqp4-unknown.screening-missing screening-missing order warning card 推荐意见2 silent
indication.other-b-cell-disease.off-label indication-check order warning card 推荐意见3 silent
indication.nmosd-not-documented.check indication-check order warning card 推荐意见1 silent
timing.start-maintenance-early.info information view info card 推荐意见4 silent
timing.ivmp-ongoing.defer interval-check order warning card 推荐意见4 note
timing.acute-rescue.conditional information order warning card 推荐意见4 silent
steroid.taper-not-accelerated.info information order info detail 推荐意见4 silent
steroid.oral-gc-at-start.info information order info card 推荐意见4 silent
infection.active.hold contraindication order warning card 推荐意见5 note
infection.pre-infusion-check.reminder information order info detail 推荐意见5 fires
hbv.hbsag-missing.screening-missing screening-missing all warning card 推荐意见6 fires
hbv.anti-hbc-missing.screening-missing screening-missing all warning card 推荐意见6 fires
hbv.dna-missing-serology-positive.screening-missing screening-missing all critical card 推荐意见6 silent
hbv.hbsag-positive-dna-positive.contraindicated contraindication all critical card 推荐意见6 silent
hbv.dna-positive-hbsag-not-positive.contraindicated contraindication all critical card 推荐意见6 silent
hbv.carrier-no-antiviral.prophylaxis-needed prophylaxis-needed all critical card 推荐意见6 fires
hbv.carrier-antiviral-lead-under-1-week.info interval-check order info card 推荐意见6 silent
hbv.carrier-antiviral-gap.prophylaxis-needed prophylaxis-needed view critical card 推荐意见6 fires
hbv.monitor-carrier-hbsag.monitoring-due monitoring-due all warning card 推荐意见6 fires
hbv.monitor-carrier-hbv-dna.monitoring-due monitoring-due all warning card 推荐意见6 fires
hbv.monitor-carrier-alt.monitoring-due monitoring-due all warning card 推荐意见6 fires
hbv.reactivation-on-treatment.stop contraindication view critical card 推荐意见6 silent
hbv.non-carrier-annual.monitoring-due monitoring-due all warning card 推荐意见6 silent
hcv.missing.screening-missing screening-missing all warning card 推荐意见5 fires
hcv.positive.review contraindication all warning card 推荐意见5 silent
tb.missing.screening-missing screening-missing all warning card 推荐意见7 fires
tb.positive-workup-missing.screening-missing screening-missing all critical card 推荐意见7 silent
tb.active.contraindicated contraindication all critical card 推荐意见7 silent
tb.latent-untreated.contraindicated contraindication all critical card 推荐意见7 fires
tb.latent-lead-under-1-month.info interval-check order info card 推荐意见7 note
tb.latent-recheck-6-months.monitoring-due monitoring-due all warning card 推荐意见7 fires
tb.active-on-treatment.stop-and-refer contraindication view critical card 推荐意见7 silent
screening.infection-result-over-12-months.stale screening-stale order info card 推荐意见14 silent
ig.quantitative-missing.screening-missing screening-missing all info card 推荐意见5 fires
ig.igg-below-500.prophylaxis-needed prophylaxis-needed all warning card 推荐意见8 silent
ig.result-over-6-months.stale screening-stale order info card 推荐意见14 silent
vaccine.history-missing.screening-missing screening-missing all info card 推荐意见5 fires
vaccine.nip-incomplete.vaccination vaccination order warning card 推荐意见9 silent
vaccine.live-within-4-weeks-before-start.interval-check interval-check order warning card 推荐意见9 silent
vaccine.inactivated-within-4-weeks-before-start.info vaccination order info card 推荐意见9 silent
vaccine.high-risk-recommended-missing.vaccination vaccination order info card 推荐意见9 silent
vaccine.urgent-treatment-no-delay.info information order info card 推荐意见9 silent
vaccine.live-on-treatment.contraindicated vaccination order critical card 推荐意见10 fires
vaccine.live-planned.vaccination vaccination view warning card 推荐意见10 silent
vaccine.inactivated-under-12-weeks-after-infusion.interval-check vaccination order warning card 推荐意见10 silent
vaccine.inactivated-under-4-weeks-before-next.interval-check vaccination order warning card 推荐意见10 silent
pcp.multiple-risk-factors.prophylaxis-consider prophylaxis-needed all info card 推荐意见11 note
pcp.tmp-smx-methotrexate.interaction interaction order warning card 推荐意见11 note
pcp.sulfonamide-allergy.suppress-tmp-smx contraindication all warning card 推荐意见11 note
premed.corticosteroid-missing.premedication premedication order warning card 推荐意见12 fires
premed.antihistamine-missing.premedication premedication order warning card 推荐意见12 fires
premed.antipyretic-missing.premedication premedication order warning card 推荐意见12 fires
premed.dose-out-of-range.dose-check dose-check order warning card 表1 silent
premed.timing.interval-check premedication order info card 表1 silent
infusion.setting-and-observation.info information order info detail 推荐意见12 fires
dose.adult-300mg.dose-check dose-check order warning card 推荐意见13 note
dose.route-iv.dose-check dose-check order critical card 推荐意见13 silent
dose.adult-weight-based.dose-check dose-check order warning card 推荐意见13 silent
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

# stages of treatment, and the statements that speak in exactly these ("any": in every one)
STAGES = {
    "any": """
        indication.aqp4-positive-adult.on-label
        indication.aqp4-negative.off-label
        indication.aqp4-unknown.screening-missing
        indication.other-b-cell-disease.off-label
        indication.nmosd-not-documented.check
        pcp.tmp-smx-methotrexate.interaction
        pcp.sulfonamide-allergy.suppress-tmp-smx
    """,
    "none": """
        timing.start-maintenance-early.info
    """,
    "initiation": """
        timing.ivmp-ongoing.defer
        timing.acute-rescue.conditional
        steroid.oral-gc-at-start.info
        hbv.carrier-antiviral-lead-under-1-week.info
        tb.latent-lead-under-1-month.info
        screening.infection-result-over-12-months.stale
        ig.result-over-6-months.stale
        vaccine.nip-incomplete.vaccination
        vaccine.inactivated-within-4-weeks-before-start.info
        vaccine.high-risk-recommended-missing.vaccination
        vaccine.urgent-treatment-no-delay.info
    """,
    "initiation loading2": """
        steroid.taper-not-accelerated.info
    """,
    "initiation loading2 maintenance": """
        infection.active.hold
        infection.pre-infusion-check.reminder
        vaccine.live-within-4-weeks-before-start.interval-check
        premed.corticosteroid-missing.premedication
        premed.antihistamine-missing.premedication
        premed.antipyretic-missing.premedication
        premed.dose-out-of-range.dose-check
        premed.timing.interval-check
        infusion.setting-and-observation.info
        dose.adult-300mg.dose-check
        dose.route-iv.dose-check
        dose.adult-weight-based.dose-check
    """,
    "planned initiation": """
        hbv.hbsag-missing.screening-missing
        hbv.anti-hbc-missing.screening-missing
        hcv.missing.screening-missing
        tb.missing.screening-missing
        ig.quantitative-missing.screening-missing
        vaccine.history-missing.screening-missing
    """,
    "planned initiation loading2 maintenance on_treatment post_treatment": """
        hbv.dna-missing-serology-positive.screening-missing
        vaccine.live-on-treatment.contraindicated
    """,
    "planned initiation loading2 maintenance": """
        hbv.hbsag-positive-dna-positive.contraindicated
        hbv.dna-positive-hbsag-not-positive.contraindicated
        hbv.carrier-no-antiviral.prophylaxis-needed
        tb.active.contraindicated
    """,
    "on_treatment post_treatment": """
        hbv.carrier-antiviral-gap.prophylaxis-needed
        hbv.reactivation-on-treatment.stop
        vaccine.live-planned.vaccination
    """,
    "loading2 maintenance on_treatment post_treatment": """
        hbv.monitor-carrier-hbsag.monitoring-due
        hbv.monitor-carrier-hbv-dna.monitoring-due
        hbv.monitor-carrier-alt.monitoring-due
    """,
    "loading2 maintenance on_treatment": """
        hbv.non-carrier-annual.monitoring-due
        tb.latent-recheck-6-months.monitoring-due
        vaccine.inactivated-under-12-weeks-after-infusion.interval-check
        vaccine.inactivated-under-4-weeks-before-next.interval-check
    """,
    "planned initiation loading2 maintenance on_treatment": """
        hcv.positive.review
        tb.positive-workup-missing.screening-missing
        tb.latent-untreated.contraindicated
        ig.igg-below-500.prophylaxis-needed
        pcp.multiple-risk-factors.prophylaxis-consider
    """,
    "on_treatment": """
        tb.active-on-treatment.stop-and-refer
    """,
}
