"""Interstitial lung disease of myositis that is not rapidly progressive."""

import pytest
from myositis_people import ORDERING, Person, man

CHRONIC = "2025-06-01"


def lung(hook: str = "patient-view", onset: str | None = CHRONIC) -> Person:
    return man(hook).ill("ild", onset=onset)


def breathing(case: Person, first: float, last: float) -> Person:
    """Two examinations of FVC within 180 days."""
    return case.lab("fvc", first, "2025-12-01").lab("fvc", last, "2026-02-20")


def stable(hook: str = ORDERING) -> Person:
    return breathing(lung(hook), 70, 71)


def progressing(hook: str = ORDERING) -> Person:
    return breathing(lung(hook), 80, 65)


def antibodies(case: Person, ars: str | None, mda5: str | None) -> Person:
    for name, value in (("anti-ars", ars), ("anti-mda5", mda5)):
        if value:
            case.lab(name, value)
    return case


# Course (001)


def test_a_young_lung_disease_is_to_be_classed() -> None:
    assert lung(onset="2026-02-10").severity("MYO-ILD-001") == "info"
    assert lung(onset="2025-06-01").severity("MYO-ILD-001") is None
    assert lung(onset="2026-02-10").ill("rp-ild", onset="2026-02-10").severity("MYO-ILD-001") is None
    assert man().severity("MYO-ILD-001") is None


def test_without_an_onset_it_asks_for_it() -> None:
    assert lung(onset=None).severity("MYO-ILD-001") == "info"


# Chronic without progression (003)


@pytest.mark.parametrize(
    "drug", ["tacrolimus", "mycophenolate-mofetil", "cyclophosphamide", "tofacitinib", "nintedanib"]
)
def test_a_stable_chronic_lung_needs_no_new_drug(drug: str) -> None:
    assert stable().order(drug, 2, reason="ild").severity("MYO-ILD-003") == "info"
    assert stable().order("rituximab", 1000, route="intravenous", reason="ild").severity("MYO-ILD-003") == "info"


def test_progression_another_target_or_a_short_course_is_no_such_case() -> None:
    assert progressing().order("tacrolimus", 2, reason="ild").severity("MYO-ILD-003") is None
    assert stable().order("tacrolimus", 2, reason="rash").severity("MYO-ILD-003") is None
    assert stable().order("tacrolimus", 2).severity("MYO-ILD-003") is None
    young = breathing(lung(ORDERING, "2026-01-20"), 70, 71)
    assert young.order("tacrolimus", 2, reason="ild").severity("MYO-ILD-003") is None


def test_correction_28_only_for_a_drug_that_was_not_in_use_in_the_last_180_days() -> None:
    old = stable().takes("tacrolimus", 2, start="2025-01-01", end="2025-08-01", status="completed")
    assert old.order("tacrolimus", 2, reason="ild").severity("MYO-ILD-003") == "info"
    lately = stable().takes("tacrolimus", 2, start="2025-01-01", end="2026-01-01", status="completed")
    assert lately.order("tacrolimus", 2, reason="ild").severity("MYO-ILD-003") is None
    other = stable().takes("azathioprine", 100).order("tacrolimus", 2, reason="ild")
    assert other.severity("MYO-ILD-003") == "info"


def test_correction_28_the_text_says_that_existing_treatment_is_not_stopped_for_it() -> None:
    say = stable().order("tacrolimus", 2, reason="ild").findings()["MYO-ILD-003"].statement.say
    assert "已有治疗勿据此停用" in say.zh
    assert "do not stop existing treatment" in " ".join(say.en.split())


def test_without_two_examinations_it_asks_for_them() -> None:
    case = lung(ORDERING).order("tacrolimus", 2, reason="ild")
    assert case.severity("MYO-ILD-003") == "info"
    assert case.proposals("MYO-ILD-003") == {("order", "pulmonary-function-test"), ("order", "chest-hrct")}


# Chronic progressive without antibodies (004)


def test_steroid_alone_may_come_first_where_both_antibodies_are_negative() -> None:
    case = antibodies(progressing(), "negative", "negative").order("tacrolimus", 2)
    assert case.severity("MYO-ILD-004") == "info"
    assert antibodies(progressing(), "negative", "positive").order("tacrolimus", 2).severity("MYO-ILD-004") is None
    assert antibodies(stable(), "negative", "negative").order("tacrolimus", 2).severity("MYO-ILD-004") is None
    muscle = antibodies(progressing(), "negative", "negative").order("tacrolimus", 2, reason="weakness")
    assert muscle.severity("MYO-ILD-004") is None


def test_unknown_antibodies_are_a_warning_and_ordered() -> None:
    case = antibodies(progressing(), "negative", None).order("rituximab", 1000, route="intravenous")
    assert case.severity("MYO-ILD-004") == "warning"
    assert case.proposals("MYO-ILD-004") == {("order", "myositis-antibody-panel")}


def test_a_trial_of_the_full_dose_has_been_made() -> None:
    def after(start: str) -> Person:
        case = antibodies(progressing(), "negative", "negative").lab("body-weight", 60)
        return case.takes("prednisone", 60, start=start).order("tacrolimus", 2)

    assert after("2026-02-20").severity("MYO-ILD-004") == "info"
    assert after("2026-01-20").severity("MYO-ILD-004") is None


# With antisynthetase or anti-MDA5 antibodies (005)


@pytest.mark.parametrize(("ars", "mda5"), [("positive", "negative"), ("negative", "positive"), ("positive", None)])
def test_steroid_alone_is_not_enough_with_these_antibodies(ars: str, mda5: str | None) -> None:
    case = antibodies(lung(), ars, mda5).takes("prednisone", 30)
    assert case.severity("MYO-ILD-005") == "warning"
    assert ("prescribe", "tacrolimus") in case.proposals("MYO-ILD-005")


def test_antisynthetase_syndrome_counts_like_its_antibody() -> None:
    assert lung().ill("ass").takes("prednisone", 30).severity("MYO-ILD-005") == "warning"


@pytest.mark.parametrize("drug", ["tacrolimus", "mycophenolate-mofetil", "azathioprine", "rituximab", "tofacitinib"])
def test_any_second_treatment_counts_as_present(drug: str) -> None:
    case = antibodies(lung(), "positive", "negative").takes("prednisone", 30).takes(drug, 2, start="2026-01-01")
    assert case.severity("MYO-ILD-005") is None


def test_unknown_antibodies_or_lung_are_asked_for_on_a_steroid() -> None:
    case = lung().takes("prednisone", 30)
    assert case.severity("MYO-ILD-005") == "warning"
    assert case.proposals("MYO-ILD-005") == {("order", "myositis-antibody-panel")}
    unseen = antibodies(man(), "positive", "negative").takes("prednisone", 30)
    assert unseen.severity("MYO-ILD-005") == "warning"
    assert unseen.proposals("MYO-ILD-005") == {("order", "chest-hrct")}


def test_negative_antibodies_a_clear_lung_or_no_steroid_keep_it_silent() -> None:
    assert antibodies(lung(), "negative", "negative").takes("prednisone", 30).severity("MYO-ILD-005") is None
    assert antibodies(lung(), "positive", "negative").severity("MYO-ILD-005") is None
    clear = antibodies(man(), "positive", "negative").takes("prednisone", 30)
    clear.report("hrct", "2026-02-01", "No interstitial lung disease.")
    assert clear.severity("MYO-ILD-005") is None


def test_correction_27_not_in_rapidly_progressive_nor_in_chronic_disease_without_progression() -> None:
    case = antibodies(breathing(lung(), 70, 71), "positive", "negative").takes("prednisone", 30)
    assert case.severity("MYO-ILD-005") is None
    worse = antibodies(breathing(lung(), 80, 65), "positive", "negative").takes("prednisone", 30)
    assert worse.severity("MYO-ILD-005") == "warning"
    assert worse.ill("rp-ild", onset="2026-02-10").severity("MYO-ILD-005") is None


def test_correction_27_the_text_speaks_of_chronic_progressive_disease() -> None:
    found = antibodies(lung(), "positive", "negative").takes("prednisone", 30).findings()["MYO-ILD-005"]
    assert found.statement.say.zh.startswith("慢性进展型ILD合并抗合成酶或抗MDA5阳性")


# Adverse factors with anti-MDA5 (009)


def mda5(hook: str = "patient-view") -> Person:
    """All five factors are known and none holds."""
    case = lung(hook).lab("anti-mda5", "positive")
    return case.lab("spo2", 97).lab("crp", 5).lab("ferritin", 300).lab("kl-6", 600)


def test_two_adverse_factors_are_a_warning_and_one_is_not() -> None:
    assert mda5().severity("MYO-ILD-009") is None
    one = mda5().forget("ferritin").lab("ferritin", 900)
    assert one.severity("MYO-ILD-009") is None
    assert one.forget("kl-6").lab("kl-6", 1500).severity("MYO-ILD-009") == "warning"


def test_factors_that_are_not_known_are_asked_for_as_long_as_they_could_make_two() -> None:
    case = mda5().forget("ferritin", "kl-6")
    assert case.severity("MYO-ILD-009") == "info"
    assert ("order", "ferritin") in case.proposals("MYO-ILD-009")
    assert mda5().forget("ferritin").severity("MYO-ILD-009") is None
    only_one_known = mda5().forget("ferritin", "crp", "kl-6").lab("ferritin", 900)
    assert only_one_known.severity("MYO-ILD-009") == "info"


def test_the_units_are_those_that_make_sense() -> None:
    """The source writes ferritin in mg/dL and KL-6 in ng/mL as well: neither is read so."""
    case = mda5().forget("ferritin", "kl-6", "crp")
    case.lab("ferritin", 900, unit="ug/L").lab("crp", 1.2, unit="mg/dL")
    assert case.severity("MYO-ILD-009") == "warning"
    doubtful = mda5().forget("kl-6").lab("kl-6", 1500, unit="ng/mL")
    assert doubtful.severity("MYO-ILD-009") is None
    assert doubtful.forget("ferritin").lab("ferritin", 900).severity("MYO-ILD-009") == "info"


def test_triple_therapy_no_antibody_or_rapid_progression_clears_it() -> None:
    def risky(case: Person) -> Person:
        return case.lab("ferritin", 900, "2026-02-21").lab("kl-6", 1500, "2026-02-21")

    assert risky(mda5()).severity("MYO-ILD-009") == "warning"
    treated = risky(mda5()).takes("prednisone", 60).takes("tacrolimus", 2).takes("cyclophosphamide", 50)
    assert treated.severity("MYO-ILD-009") is None
    assert risky(mda5().forget("anti-mda5")).severity("MYO-ILD-009") is None
    assert risky(mda5()).ill("rp-ild", onset="2026-02-10").severity("MYO-ILD-009") is None


def test_correction_24_a_saturation_on_oxygen_counts_only_when_it_is_low() -> None:
    note = {"note": [{"text": "on oxygen 3 L/min"}]}
    high = mda5().forget("spo2", "ferritin").lab("ferritin", 900).lab("spo2", 97, "2026-02-25", **note)
    assert high.severity("MYO-ILD-009") == "info"
    low = mda5().forget("spo2", "ferritin").lab("ferritin", 900).lab("spo2", 93, "2026-02-25", **note)
    assert low.severity("MYO-ILD-009") == "warning"


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_an_order_of_a_steroid_or_cni_brings_it_up(hook: str) -> None:
    for drug in ("prednisone", "tacrolimus"):
        case = mda5(hook).lab("ferritin", 900, "2026-02-21").lab("kl-6", 1500, "2026-02-21").order(drug, 5)
        assert case.severity("MYO-ILD-009") == "warning"


# Regimens that can be kept, and other drugs (010, 013 to 015, 017)


def improving(hook: str = ORDERING) -> Person:
    case = lung(hook).lab("anti-mda5", "positive").lab("spo2", 92, "2026-01-20").lab("spo2", 97, "2026-02-25")
    return case.takes("prednisone", 60).takes("tacrolimus", 2)


def test_a_regimen_that_works_can_be_kept() -> None:
    assert improving().order("cyclophosphamide", 800, route="intravenous").severity("MYO-ILD-010") == "info"
    worse = lung(ORDERING).lab("anti-mda5", "positive").lab("spo2", 97, "2026-01-20").lab("spo2", 96, "2026-02-25")
    worse.takes("prednisone", 60).takes("tacrolimus", 2)
    assert worse.order("cyclophosphamide", 800, route="intravenous").severity("MYO-ILD-010") is None


def test_without_a_course_on_record_nothing_is_said_of_keeping_it() -> None:
    case = lung(ORDERING).lab("anti-mda5", "positive").takes("prednisone", 60).takes("tacrolimus", 2)
    case.order("cyclophosphamide", 800, route="intravenous")
    assert case.severity("MYO-ILD-010") is None
    assert case.verdict("MYO-ILD-010") == "unknown"


def test_correction_38_the_evidence_for_tofacitinib_is_shown_for_tofacitinib_alone() -> None:
    found = lung(ORDERING).order("tofacitinib", 5).findings()["MYO-ILD-013"]
    assert found.statement.say.zh == "托法替布联合激素诱导可降低铁蛋白，改善肺功能、胸部CT及生存率。"
    assert lung(ORDERING).order("baricitinib", 4).verdict("MYO-ILD-013") is None
    assert man(ORDERING).order("tofacitinib", 5).severity("MYO-ILD-013") is None
    assert man(ORDERING).order("tofacitinib", 5).verdict("MYO-ILD-013") == "unknown"


def test_ivig_may_be_added() -> None:
    assert lung(ORDERING).order("ivig", 30000, route="intravenous").severity("MYO-ILD-014") == "info"
    assert lung(ORDERING).order("ivig", 30000, route="intravenous", reason="weakness").severity("MYO-ILD-014") is None
    assert man(ORDERING).order("ivig", 30000, route="intravenous").verdict("MYO-ILD-014") == "unknown"


@pytest.mark.parametrize("drug", ["nintedanib", "pirfenidone"])
def test_correction_39_no_antifibrotic_is_routine_and_pirfenidone_is_one(drug: str) -> None:
    assert lung(ORDERING).order(drug, 150).severity("MYO-ILD-015") == "warning"
    assert lung(ORDERING).ill("ssc").order(drug, 150).severity("MYO-ILD-015") is None
    assert lung(ORDERING).ill("fibrosing ild").order(drug, 150).severity("MYO-ILD-015") is None
    assert lung(ORDERING).order(drug, 150, reason="fibrosing ild").severity("MYO-ILD-015") is None


def test_an_antifibrotic_where_diagnoses_were_not_fetched_is_not_called_clear() -> None:
    case = lung(ORDERING).without("Condition").order("nintedanib", 150)
    assert case.verdict("MYO-ILD-015") == "unknown"


def test_a_progressing_lung_needs_the_full_dose_from_the_start() -> None:
    def first(mg: float, **more: object) -> Person:
        return progressing().lab("body-weight", 70).order("prednisone", mg, **more)

    assert first(40).severity("MYO-ILD-017") == "info"
    assert first(70).severity("MYO-ILD-017") is None
    assert progressing().order("prednisone", 40).verdict("MYO-ILD-017") == "unknown"
    pulsed = progressing().lab("body-weight", 70).was_given("methylprednisolone", "2026-02-20", mg=500)
    assert pulsed.order("prednisone", 40).severity("MYO-ILD-017") is None
    taking = progressing().lab("body-weight", 70).takes("prednisone", 60, start="2025-12-01")
    assert taking.order("prednisone", 40).severity("MYO-ILD-017") is None


def test_correction_39_antioxidants_never_lead_to_a_recommendation() -> None:
    case = lung(ORDERING).order("acetylcysteine", 600)
    assert case.verdict("MYO-ILD-ANTIOXIDANT") == "silent"
    assert case.severity("MYO-ILD-ANTIOXIDANT") is None


# What decides whether there is a lung disease (corrections 1 and 32)


def test_correction_1_a_report_that_excludes_the_lung_disease_is_needed_to_deny_it() -> None:
    case = antibodies(man(), "positive", "negative").takes("prednisone", 30)
    assert case.severity("MYO-ILD-005") == "warning"
    assert case.report("hrct", "2026-02-01").severity("MYO-ILD-005") == "warning"
    assert case.report("hrct", "2026-02-02", "未见间质性改变。").severity("MYO-ILD-005") is None


def test_correction_1_a_report_that_affirms_it_is_enough() -> None:
    case = antibodies(man(), "positive", "negative").takes("prednisone", 30)
    found = case.report("hrct", "2026-02-01", "双肺间质性改变。").explanation("MYO-ILD-005")
    assert found is not None
    assert found.verdict == "fired"
    assert not found.missing
