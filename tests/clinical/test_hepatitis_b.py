"""Hepatitis B before the first infusion (recommendation 6)."""

import pytest
from building import clean, planned, treated
from serology import ANTI_HBC, DNA, HBSAG, NO_ANTIVIRAL, ON, of_hbv, serology

ACTIVE = "hbv.hbsag-positive-dna-positive.contraindicated"
DNA_ONLY = "hbv.dna-positive-hbsag-not-positive.contraindicated"


POS, NEG, IND = "positive", "negative", "indeterminate"


@pytest.mark.parametrize(
    ("s", "c", "d", "expected"),
    [
        (NEG, NEG, None, set()),
        (NEG, NEG, NEG, set()),
        (POS, POS, POS, {ACTIVE}),
        (POS, NEG, POS, {ACTIVE}),
        (POS, None, POS, {ACTIVE, ANTI_HBC}),
        (NEG, POS, POS, {DNA_ONLY}),
        (NEG, NEG, POS, {DNA_ONLY}),
        (None, NEG, POS, {DNA_ONLY, HBSAG}),
        (IND, POS, POS, {DNA_ONLY, HBSAG}),
        (None, None, POS, {DNA_ONLY, HBSAG, ANTI_HBC}),
        (POS, POS, NEG, {NO_ANTIVIRAL}),
        (POS, NEG, NEG, {NO_ANTIVIRAL}),
        (NEG, POS, NEG, {NO_ANTIVIRAL}),
        (None, POS, NEG, {NO_ANTIVIRAL, HBSAG}),
        (POS, None, NEG, {NO_ANTIVIRAL, ANTI_HBC}),
        (POS, POS, None, {DNA}),
        (NEG, POS, None, {DNA}),
        (POS, NEG, IND, {DNA}),
        (None, POS, None, {DNA, HBSAG}),
        (IND, POS, "see report", {DNA, HBSAG}),
        (POS, None, None, {DNA, ANTI_HBC}),
        (POS, IND, None, {DNA, ANTI_HBC}),
        (NEG, None, None, {ANTI_HBC}),
        (NEG, IND, NEG, {ANTI_HBC}),
        (None, NEG, None, {HBSAG}),
        (IND, NEG, NEG, {HBSAG}),
        (None, None, None, {HBSAG, ANTI_HBC}),
        (None, None, NEG, {HBSAG, ANTI_HBC}),
    ],
)
def test_every_combination_of_serology_and_dna(s: str | None, c: str | None, d: str | None, expected: set[str]) -> None:
    assert of_hbv(serology(clean(), s, c, d)) == expected


@pytest.mark.parametrize("statement", [HBSAG, ANTI_HBC])
def test_missing_serology_is_a_warning_that_orders_the_test(statement: str) -> None:
    test = "hbsag" if statement == HBSAG else "anti-hbc-total"
    finding = clean().forget(test).finding(statement)
    assert (finding.severity, finding.state) == ("warning", "missing")
    assert ("order", test) in clean().forget(test).proposals(statement)


@pytest.mark.parametrize(
    ("value", "more", "missing"),
    [
        ("positive", {}, False),
        ("reactive", {}, False),
        ("阳性", {}, False),
        ("弱阳性", {}, False),
        ("weakly positive", {}, False),
        (" Non-Reactive ", {}, False),
        ("(-)", {}, False),
        ("阴性", {}, False),
        ("coded positive", {}, False),
        ("coded negative", {}, False),
        ("coded indeterminate", {}, True),
        ("可疑", {}, True),
        ("灰区", {}, True),
        ("equivocal", {}, True),
        (None, {"interpretation": "POS"}, False),
        (None, {"interpretation": "NEG"}, False),
        (None, {"interpretation": "NR"}, False),
        (None, {"interpretation": "RR"}, False),
        (None, {"interpretation": "WR"}, False),
        (None, {"interpretation": "IND"}, True),
        (None, {"interpretation": "E"}, True),
        (None, {"interpretation": "R"}, True),  # decision 24: R there means resistant
        (0.02, {"high": 0.05}, False),
        (0.02, {}, True),
    ],
)
def test_how_a_hbsag_result_is_read(value: str | float | None, more: dict[str, str | float], missing: bool) -> None:
    assert clean().only("hbsag", value, ON, **more).fires(HBSAG) is missing


@pytest.mark.parametrize("status", ["preliminary", "registered", "entered-in-error", "cancelled", "unknown"])
def test_a_result_that_is_not_final_does_not_count(status: str) -> None:
    assert clean().only("hbsag", "negative", ON, status=status).fires(HBSAG)


@pytest.mark.parametrize("status", ["final", "amended", "corrected"])
def test_a_final_or_corrected_result_counts(status: str) -> None:
    assert not clean().only("hbsag", "negative", ON, status=status).fires(HBSAG)


@pytest.mark.parametrize(("date", "missing"), [(None, True), ("2026-03-03", True), ("2026-03-02", False)])
def test_a_result_without_a_date_or_from_the_future_does_not_count(date: str | None, missing: bool) -> None:
    assert clean().only("hbsag", "negative", date).fires(HBSAG) is missing


def test_the_latest_result_decides_and_on_one_day_the_positive_one() -> None:
    older = clean().only("hbsag", "positive", "2020-01-01").result("hbsag", "negative", ON)
    assert of_hbv(older) == set()
    same_day = clean().only("hbsag", "negative", ON).result("hbsag", "positive", ON)
    assert DNA in of_hbv(same_day)


@pytest.mark.parametrize("test", ["hbsag", "anti-hbc-total"])
def test_an_old_result_is_still_a_result(test: str) -> None:
    assert of_hbv(clean().only(test, "negative", "2019-05-01")) == set()


def test_correction_13_a_bare_number_for_anti_hbc_is_never_negative() -> None:
    for more in ({}, {"high": 1.0}):
        assert clean().only("anti-hbc-total", 0.01, ON, **more).fires(ANTI_HBC)
    assert not clean().only("anti-hbc-total", 0.01, ON, interpretation="NEG").fires(ANTI_HBC)
    assert clean().only("anti-hbc-total", 0.01, ON, interpretation="POS").fires(DNA)


@pytest.mark.parametrize(
    ("value", "more", "expected"),
    [
        (10, {"unit": "[IU]/mL"}, ACTIVE),
        (0, {"unit": "[IU]/mL"}, NO_ANTIVIRAL),
        (20, {"unit": "[IU]/mL", "comparator": "<"}, NO_ANTIVIRAL),
        (20, {"unit": "[IU]/mL", "comparator": "<="}, NO_ANTIVIRAL),
        (20, {"unit": "[IU]/mL", "comparator": ">"}, ACTIVE),
        (200, {"unit": "copies/mL"}, ACTIVE),
        ("not detected", {}, NO_ANTIVIRAL),
        ("未检出", {}, NO_ANTIVIRAL),
        ("检出", {}, ACTIVE),
        (None, {"interpretation": "DET"}, ACTIVE),
        (None, {"interpretation": "ND"}, NO_ANTIVIRAL),
    ],
)
def test_any_detectable_dna_is_positive(value: str | float | None, more: dict[str, str], expected: str) -> None:
    case = serology(clean(), POS, POS, None).result("hbv-dna", value, ON, **more)
    assert of_hbv(case) == {expected}


@pytest.mark.parametrize("failed", ["Observation"])
def test_unfetched_results_count_as_not_screened(failed: str) -> None:
    case = clean().without(failed)
    assert {HBSAG, ANTI_HBC} <= of_hbv(case)
    assert not {ACTIVE, DNA_ONLY, NO_ANTIVIRAL} & of_hbv(case)


def test_an_ordered_test_is_reported_as_pending_and_not_ordered_again() -> None:
    case = clean().forget("hbsag").test_order("hbsag")
    assert case.finding(HBSAG).state == "pending"
    assert not case.proposals(HBSAG)


def test_serology_is_asked_for_before_the_first_dose_only() -> None:
    assert {HBSAG, ANTI_HBC} <= of_hbv(planned().forget("hbsag", "anti-hbc-total"))
    assert not {HBSAG, ANTI_HBC} & of_hbv(treated("order-select").forget("hbsag", "anti-hbc-total"))
    assert not of_hbv(clean("patient-view").forget("hbsag", "anti-hbc-total"))


def test_correction_2_an_unreadable_dose_history_is_handled_as_a_first_dose() -> None:
    for failed in ("MedicationAdministration", "MedicationStatement"):
        case = serology(clean().without(failed), None, None, None).forget("igra", "anti-hcv", "serum-igg")
        for statement in (HBSAG, ANTI_HBC, "tb.missing", "hcv.missing", "ig.quantitative-missing"):
            assert case.fires(statement), (failed, statement)
        assert "dose-history.unreadable.info" in case.not_assessed()
    assert "dose-history.unreadable.info" not in clean().not_assessed()


@pytest.mark.parametrize("contraindication", [ACTIVE, DNA_ONLY])
def test_positive_dna_contraindicates_and_deletes_the_draft(contraindication: str) -> None:
    s = POS if contraindication == ACTIVE else NEG
    case = serology(clean(), s, POS, POS)
    assert case.severity(contraindication) == "critical"
    assert ("delete", "draft") in case.proposals(contraindication)
    assert any(action == "refer" and "hepatology" in concept for action, concept in case.proposals(contraindication))
    assert serology(planned(), s, POS, POS).severity(contraindication) == "critical"
    assert serology(treated("order-select"), s, POS, POS).severity(contraindication) == "critical"
    assert not serology(treated(), s, POS, POS).fires(contraindication)  # the stop statement speaks there


@pytest.mark.parametrize(("s", "asked"), [(NEG, False), (IND, True), (None, True)])
def test_with_positive_dna_an_undecided_hbsag_is_asked_for(s: str | None, asked: bool) -> None:
    proposals = serology(clean(), s, POS, POS).proposals(DNA_ONLY)
    assert (("order", "hbsag") in proposals) is asked


def test_missing_dna_after_positive_serology_is_critical_in_every_stage() -> None:
    for case in (clean(), clean("order-sign"), planned(), treated("order-select"), treated()):
        assert serology(case, POS, POS, None).severity(DNA) == "critical"
    proposals = serology(clean(), POS, POS, None).proposals(DNA)
    assert {("order", "hbv-dna"), ("order", "alt")} <= proposals


def test_an_untreated_patient_without_an_order_gets_no_hbv_advice() -> None:
    assert not of_hbv(serology(clean("patient-view"), POS, POS, None))
