"""The frames of the statements on tocilizumab and on lupus: the clinical catalogues with their corrections.

A change here is a clinical decision.
"""

# name, kind, hooks, severity, presentation, what an undecided condition does
TOCILIZUMAB = """
tocilizumab.ssc-ild.us-approved.info information order info detail silent
tocilizumab.ssc-ild.region-off-label.indication-check indication-check order warning card fires
tocilizumab.ssc-ild.age-under-18.indication-check special-population order warning card note
tocilizumab.ssc-ild.evidence-population.info information order info detail fires
tocilizumab.ssc-ild.sc-162mg-weekly.dose-check dose-check order warning card note
tocilizumab.ssc-ild.sc-162mg-every-2-weeks.info dose-check order info card silent
tocilizumab.ssc-ild.iv-8mgkg-every-4-weeks.dose-check dose-check order warning card silent
tocilizumab.ssc-ild.iv-route-evidence.info indication-check order warning card silent
tocilizumab.ssc-ild.iv-weight-missing.screening-missing screening-missing order warning card fires
tocilizumab.ssc-ild.baseline-assessment.screening-missing screening-missing all info card fires
tocilizumab.ssc-ild.progression-risk.info information all info detail silent
tocilizumab.ssc-ild.duration-over-96-weeks.info information all info detail silent
tocilizumab.ra-ild.evidence.info information order info card silent
tocilizumab.ra-ild.preferred-alternatives.info indication-check order info card note
tocilizumab.ra-ild.first-line.info indication-check order info card note
tocilizumab.ra-ild.uip-pattern.caution special-population order info card silent
tocilizumab.ra-ild.mtx-leflunomide.caution interaction order info detail silent
tocilizumab.sle.evidence-limited.indication-check indication-check order warning card silent
tocilizumab.sle.refractory-fever.info information order info detail silent
tocilizumab.ctd-ild.other-ctd.no-evidence indication-check order warning card silent
tocilizumab.ctd-ild.regimen-undefined.info information order info detail silent
tocilizumab.infection.active.hold contraindication order critical card note
tocilizumab.tb.screening-missing screening-missing order warning card fires
tocilizumab.covid19.case-report.guard information order info guard silent
ctd-ild.antifibrotic-list.guard information order info guard silent
ctd-ild.tnf-inhibitor.guard information order info guard silent
tocilizumab.ra-ild.risk-factors.info information order info detail silent
ctd-ild.antioxidants.guard information order info guard silent
"""

SLE = """
anifrolumab.sle.approved.info information order info detail silent
anifrolumab.sle.indication-unknown.indication-check indication-check order warning card fires
anifrolumab.sle.china-outside-gba.indication-check indication-check order warning card fires
anifrolumab.sle.under-18.special-population special-population order warning card note
anifrolumab.sle.autoantibody-missing.screening-missing screening-missing order info card fires
anifrolumab.sle.autoantibody-negative.indication-check indication-check order warning card silent
anifrolumab.sle.no-standard-therapy.indication-check indication-check order warning card note
anifrolumab.sle.disease-activity-missing.info screening-missing order info detail fires
anifrolumab.sle.subcutaneous.investigational indication-check order warning card silent
anifrolumab.sle.active-infection.caution contraindication order warning card note
anifrolumab.sle.versus-belimumab.info information order info detail silent
anifrolumab.name-alias.guard information order info guard silent
belimumab.sle.approved.info information order info detail silent
belimumab.sle.indication-unknown.indication-check indication-check order warning card fires
belimumab.sle.under-5.special-population special-population order warning card note
rituximab.sle.missed-primary-endpoint.indication-check indication-check order warning card silent
rituximab.sle.hypersensitivity.caution contraindication order warning card note
ocrelizumab.sle.terminated-serious-infection.contraindication contraindication order critical card silent
obinutuzumab.lupus-nephritis.preliminary.indication-check indication-check order warning card silent
obinutuzumab.sle-non-renal.investigational.indication-check indication-check order warning card silent
epratuzumab.sle.missed-primary-endpoint.indication-check indication-check order warning card silent
obexelimab.sle.missed-primary-endpoint.indication-check indication-check order warning card silent
anti-cd40l.ruplizumab.terminated-thrombosis.contraindication contraindication order critical card fires
dapirolizumab.sle.phase2-insufficient.indication-check indication-check order warning card fires
anti-cd40l.thrombosis-history.caution contraindication order warning card silent
amg557.sle.investigational.indication-check indication-check order warning card fires
secukinumab.sle.no-sle-evidence.indication-check indication-check order warning card silent
ustekinumab.sle.no-sle-evidence.indication-check indication-check order warning card silent
tocilizumab.sle.investigational-infection-risk.indication-check indication-check order warning card silent
belimumab-rituximab.sle.iga2-missing.screening-missing screening-missing order info card fires
belimumab-rituximab.sle.iga2-12-5-or-more.info information order info card silent
belimumab-rituximab.sle.iga2-under-12-5.info information order info card silent
belimumab-rituximab.sle.combination-off-label.indication-check indication-check order warning card silent
b019-cart.sle.trial-only.indication-check indication-check order critical card fires
descartes-08.sle.trial-only.indication-check indication-check order critical card fires
hn2301-in-vivo-cart.sle.trial-only.indication-check indication-check order critical card fires
b019-cart.leukaemia-data.guard information order info guard silent
descartes-08.lymphodepletion.info interaction order warning card note
msc.allogeneic.sle.investigational.indication-check indication-check order critical card fires
ucmsc-secretome.sle.investigational.indication-check indication-check order critical card fires
steroid-osteonecrosis.acic-hto.case-report.info information view info detail silent
sle.osteonecrosis.glucocorticoid.safety-signal interaction order info card silent
sle.refractory.trial-options.info information view info detail silent
sle.unlisted-drug.guard information order info guard silent
sle.evidence-as-of.guard information order info guard silent
"""

# the reasons for an override, and the statements that offer them
OVERRIDES = {
    "informed-consent specialist-advised": """
        tocilizumab.ssc-ild.region-off-label.indication-check
        tocilizumab.ssc-ild.age-under-18.indication-check
        tocilizumab.ssc-ild.iv-route-evidence.info
        tocilizumab.ra-ild.preferred-alternatives.info
        tocilizumab.ctd-ild.other-ctd.no-evidence
        anifrolumab.sle.autoantibody-negative.indication-check
        sle.osteonecrosis.glucocorticoid.safety-signal
    """,
    "specialist-advised": """
        tocilizumab.ssc-ild.evidence-population.info
        tocilizumab.ssc-ild.sc-162mg-every-2-weeks.info
        tocilizumab.ssc-ild.iv-8mgkg-every-4-weeks.dose-check
        rituximab.sle.hypersensitivity.caution
    """,
    "clinical-trial specialist-advised": """
        tocilizumab.ssc-ild.sc-162mg-weekly.dose-check
        ocrelizumab.sle.terminated-serious-infection.contraindication
        anti-cd40l.thrombosis-history.caution
        belimumab-rituximab.sle.iga2-under-12-5.info
        descartes-08.lymphodepletion.info
    """,
    "done-elsewhere": """
        tocilizumab.ssc-ild.baseline-assessment.screening-missing
        anifrolumab.sle.autoantibody-missing.screening-missing
    """,
    "not-applicable specialist-advised": """
        tocilizumab.ra-ild.first-line.info
    """,
    "clinical-trial informed-consent specialist-advised": """
        tocilizumab.sle.evidence-limited.indication-check
        rituximab.sle.missed-primary-endpoint.indication-check
        tocilizumab.sle.investigational-infection-risk.indication-check
        belimumab-rituximab.sle.combination-off-label.indication-check
    """,
    "infection-controlled specialist-advised": """
        tocilizumab.infection.active.hold
        anifrolumab.sle.active-infection.caution
    """,
    "done-elsewhere urgent-disease": """
        tocilizumab.tb.screening-missing
    """,
    "done-elsewhere informed-consent": """
        anifrolumab.sle.indication-unknown.indication-check
        belimumab.sle.indication-unknown.indication-check
    """,
    "informed-consent not-applicable": """
        anifrolumab.sle.china-outside-gba.indication-check
    """,
    "clinical-trial informed-consent": """
        anifrolumab.sle.under-18.special-population
        belimumab.sle.under-5.special-population
        obinutuzumab.sle-non-renal.investigational.indication-check
        epratuzumab.sle.missed-primary-endpoint.indication-check
        obexelimab.sle.missed-primary-endpoint.indication-check
        secukinumab.sle.no-sle-evidence.indication-check
        ustekinumab.sle.no-sle-evidence.indication-check
    """,
    "done-elsewhere specialist-advised": """
        anifrolumab.sle.no-standard-therapy.indication-check
    """,
    "clinical-trial not-applicable": """
        anifrolumab.sle.subcutaneous.investigational
        belimumab-rituximab.sle.iga2-missing.screening-missing
    """,
    "clinical-trial informed-consent not-applicable": """
        obinutuzumab.lupus-nephritis.preliminary.indication-check
    """,
    "clinical-trial": """
        anti-cd40l.ruplizumab.terminated-thrombosis.contraindication
        dapirolizumab.sle.phase2-insufficient.indication-check
        amg557.sle.investigational.indication-check
        b019-cart.sle.trial-only.indication-check
        descartes-08.sle.trial-only.indication-check
        hn2301-in-vivo-cart.sle.trial-only.indication-check
        msc.allogeneic.sle.investigational.indication-check
        ucmsc-secretome.sle.investigational.indication-check
    """,
}
