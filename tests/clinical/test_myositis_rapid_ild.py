"""Rapidly progressive interstitial lung disease of myositis."""

import pytest
from myositis_people import ORDERING, Person, expecting, man, wishing, woman

PATTERN, NEGATIVE, POSITIVE, NOT_KNOWN = "MYO-ILD-002", "MYO-ILD-006", "MYO-ILD-007", "MYO-ILD-008"
OLD = "MYO-ILD-RP-OLD"
WORSE = "Interstitial pneumonia, progression compared with 2026-01-05."
STABLE = "Interstitial pneumonia, unchanged."


def lung(hook: str = "patient-view") -> Person:
    return man(hook).ill("ild", onset="2025-06-01")


def falling(case: Person) -> Person:
    return case.lab("spo2", 97, "2026-02-10").lab("spo2", 92, "2026-02-28")


def worsening(hook: str = "patient-view") -> Person:
    """Hypoxia and HRCT worse within the month."""
    return falling(lung(hook)).report("hrct", "2026-02-27", WORSE)


def rapid(mda5: str | None = "positive", onset: str | None = "2026-02-10", hook: str = "patient-view") -> Person:
    case = man(hook).ill("rp-ild", onset=onset)
    return case.lab("anti-mda5", mda5, "2026-02-15") if mda5 else case


def pulsed(case: Person, day: str = "2026-02-15") -> Person:
    return case.was_given("methylprednisolone", day, mg=500)


# The pattern


def test_hypoxia_and_hrct_progression_within_a_month_are_critical() -> None:
    assert worsening().severity(PATTERN) == "critical"
    proposed = worsening().proposals(PATTERN)
    assert {("refer", "respiratory"), ("order", "cmv-dna")} <= proposed


def test_correction_8_the_text_names_infection_embolism_and_heart_failure_and_the_antibodies() -> None:
    say = worsening().findings()[PATTERN].statement.say
    assert "同时排查感染、肺栓塞与心衰，按抗体情况尽早强化治疗" in say.zh
    assert "infection, pulmonary embolism and heart failure" in " ".join(say.en.split())


def test_stable_saturation_clears_it_whatever_the_imaging() -> None:
    steady = lung().lab("spo2", 97, "2026-02-10").lab("spo2", 96, "2026-02-28")
    assert steady.severity(PATTERN) is None
    assert steady.report("hrct", "2026-02-27", WORSE).severity(PATTERN) is None


def test_stable_imaging_clears_it_whatever_the_saturation() -> None:
    assert falling(lung()).report("hrct", "2026-02-27", STABLE).severity(PATTERN) is None


def test_without_recent_saturation_or_imaging_it_asks_for_them() -> None:
    assert lung().severity(PATTERN) == "info"
    assert "spo2" in lung().missing(PATTERN)
    no_imaging = falling(lung())
    assert no_imaging.severity(PATTERN) == "info"
    assert ("order", "chest-hrct") in no_imaging.proposals(PATTERN)
    silent_report = falling(lung()).report("hrct", "2026-02-27")
    assert silent_report.severity(PATTERN) == "info"


def test_no_lung_disease_no_pattern() -> None:
    assert falling(man()).report("hrct", "2026-02-27", "No interstitial lung disease.").severity(PATTERN) is None


@pytest.mark.parametrize(
    "need",
    [
        lambda case: case.had("oxygen therapy", "2026-02-20"),
        lambda case: case.had("ventilation", "2026-02-20"),
        lambda case: case.lab("oxygen flow", 2, "2026-02-05").lab("oxygen flow", 5, "2026-02-20"),
        lambda case: case.lab("spo2", 97, "2026-02-20", note=[{"text": "on oxygen 3 L/min"}]),
    ],
    ids=["oxygen therapy", "ventilation", "more flow", "measured on oxygen"],
)
def test_a_new_or_greater_need_of_oxygen_counts_as_hypoxia(need: object) -> None:
    case = need(lung().report("hrct", "2026-02-27", WORSE))  # type: ignore[operator]
    assert case.severity(PATTERN) == "critical"


def test_an_old_need_of_oxygen_is_not_new() -> None:
    case = (
        lung()
        .report("hrct", "2026-02-27", WORSE)
        .had("oxygen therapy", "2025-11-20")
        .had("oxygen therapy", "2026-02-20")
    )
    assert case.severity(PATTERN) == "info"
    same_flow = lung().report("hrct", "2026-02-27", WORSE).lab("oxygen flow", 2, "2026-02-05").lab("oxygen flow", 2)
    assert same_flow.severity(PATTERN) == "info"


def test_a_low_saturation_that_was_low_before_is_not_new() -> None:
    case = lung().lab("spo2", 92, "2025-12-01").lab("spo2", 92, "2026-02-28").report("hrct", "2026-02-27", WORSE)
    assert case.severity(PATTERN) is None


def test_a_fall_from_a_value_on_oxygen_is_no_fall() -> None:
    before = {"note": [{"text": "on oxygen 5 L/min"}]}
    case = (
        lung()
        .lab("spo2", 99, "2025-12-01", **before)
        .lab("spo2", 99, "2026-02-10", **before)
        .lab("spo2", 95, "2026-02-28")
    )
    assert case.report("hrct", "2026-02-27", WORSE).severity(PATTERN) is None


def test_rapid_progression_that_is_on_file_needs_no_further_examination_to_be_seen() -> None:
    assert rapid().severity(PATTERN) is None
    assert falling(rapid()).report("hrct", "2026-02-27", WORSE).severity(PATTERN) == "critical"


# Without anti-MDA5


def test_without_mda5_pulse_and_one_immunosuppressant_are_asked_for() -> None:
    case = rapid("negative")
    assert case.severity(NEGATIVE) == "critical"
    assert case.proposals(NEGATIVE) == {("prescribe", "methylprednisolone"), ("prescribe", "tacrolimus")}
    assert case.severity(POSITIVE) is None
    assert case.severity(NOT_KNOWN) is None


@pytest.mark.parametrize("drug", ["tacrolimus", "ciclosporin", "cyclophosphamide"])
def test_pulse_with_a_cni_or_cyclophosphamide_is_complete(drug: str) -> None:
    assert pulsed(rapid("negative")).takes(drug, start="2026-02-15").severity(NEGATIVE) is None


def test_one_part_alone_is_not_enough() -> None:
    assert pulsed(rapid("negative")).severity(NEGATIVE) == "critical"
    assert rapid("negative").takes("tacrolimus", start="2026-02-15").severity(NEGATIVE) == "critical"
    assert pulsed(rapid("negative")).takes("azathioprine", start="2026-02-15").severity(NEGATIVE) == "critical"


def test_correction_9_full_dose_by_mouth_without_a_pulse_is_a_warning_that_the_pulse_is_not_recorded() -> None:
    case = rapid("negative").takes("prednisone", 60, start="2026-02-15").takes("tacrolimus", start="2026-02-15")
    assert case.severity(NEGATIVE) == "warning"
    assert case.findings()[NEGATIVE].components == ("pulse",)
    triple = rapid().takes("prednisone", 60, start="2026-02-15").takes("tacrolimus", start="2026-02-15")
    triple.was_given("cyclophosphamide", "2026-02-16")
    assert triple.severity(POSITIVE) == "warning"


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
@pytest.mark.parametrize("drug", ["prednisone", "tacrolimus", "cyclophosphamide"])
def test_drafts_count_and_bring_the_statements_up(hook: str, drug: str) -> None:
    case = rapid("negative", hook=hook).order(drug, 5)
    assert case.severity(NEGATIVE) == "critical"
    assert rapid("positive", hook=hook).order(drug, 5).severity(POSITIVE) == "critical"
    assert rapid(None, hook=hook).order(drug, 5).severity(NOT_KNOWN) == "critical"


# With anti-MDA5


def test_with_mda5_all_three_are_asked_for() -> None:
    case = rapid()
    assert case.severity(POSITIVE) == "critical"
    wanted = {("prescribe", "methylprednisolone"), ("prescribe", "tacrolimus"), ("prescribe", "cyclophosphamide")}
    assert case.proposals(POSITIVE) == wanted
    complete = pulsed(rapid()).takes("tacrolimus", start="2026-02-15").was_given("cyclophosphamide", "2026-02-16")
    assert complete.severity(POSITIVE) is None


@pytest.mark.parametrize("drug", ["tofacitinib", "rituximab", "cyclophosphamide"])
def test_correction_9_a_jak_inhibitor_or_rituximab_counts_for_cyclophosphamide(drug: str) -> None:
    case = pulsed(rapid()).takes("tacrolimus", start="2026-02-15")
    assert case.severity(POSITIVE) == "critical"
    assert case.takes(drug, start="2026-02-16").severity(POSITIVE) is None


def test_cyclophosphamide_is_not_suggested_where_pregnancy_is_possible_or_planned() -> None:
    def proposed(case: Person) -> set[tuple[str, str]]:
        return case.ill("rp-ild", onset="2026-02-10").lab("anti-mda5", "positive").proposals(POSITIVE)

    assert ("prescribe", "cyclophosphamide") not in proposed(expecting())
    assert ("prescribe", "cyclophosphamide") not in proposed(wishing())
    unasked = proposed(woman())
    assert ("prescribe", "cyclophosphamide") not in unasked
    assert ("order", "pregnancy-test") in unasked
    excluded = woman().lab("pregnancy-status", "not pregnant", "2026-02-20")
    assert ("prescribe", "cyclophosphamide") in proposed(excluded)


def test_with_mda5_unknown_treatment_does_not_wait() -> None:
    case = rapid(None)
    assert case.severity(NOT_KNOWN) == "critical"
    assert ("order", "myositis-antibody-panel") in case.proposals(NOT_KNOWN)
    complete = pulsed(rapid(None)).takes("tacrolimus", start="2026-02-15").was_given("cyclophosphamide", "2026-02-16")
    assert complete.severity(NOT_KNOWN) is None
    by_mouth = rapid(None).takes("prednisone", 60, start="2026-02-15").takes("tacrolimus", start="2026-02-15")
    assert by_mouth.was_given("rituximab", "2026-02-16").severity(NOT_KNOWN) is None


# What is current, and since when drugs count


def test_correction_9_drugs_given_before_the_onset_do_not_count() -> None:
    def treated(day: str) -> Person:
        return pulsed(rapid("negative"), day).takes("tacrolimus", start="2026-02-12")

    assert treated("2026-02-10").severity(NEGATIVE) is None
    assert treated("2026-02-09").severity(NEGATIVE) == "critical"
    stopped = pulsed(rapid("negative"), "2026-02-12").takes(
        "tacrolimus", start="2025-01-01", end="2026-02-09", status="stopped"
    )
    assert stopped.severity(NEGATIVE) == "critical"


def test_a_drug_that_is_still_taken_counts_whenever_it_was_begun() -> None:
    assert pulsed(rapid("negative")).takes("tacrolimus", start="2025-01-01").severity(NEGATIVE) is None


def test_correction_9_an_old_rapid_progression_without_new_worsening_is_reassessed_and_not_treated() -> None:
    old = rapid("negative", onset="2025-11-01")
    assert (old.severity(NEGATIVE), old.severity(OLD)) == (None, "info")
    recent = rapid("negative", onset="2026-02-10")
    assert (recent.severity(NEGATIVE), recent.severity(OLD)) == ("critical", None)


def test_correction_9_an_undated_rapid_progression_and_one_that_worsens_anew_are_current() -> None:
    undated = rapid("negative", onset=None)
    assert (undated.severity(NEGATIVE), undated.severity(OLD)) == ("critical", None)
    anew = falling(rapid("negative", onset="2025-06-01")).report("hrct", "2026-02-27", WORSE)
    assert (anew.severity(NEGATIVE), anew.severity(OLD)) == ("critical", None)


def test_the_recorded_date_stands_in_for_the_onset() -> None:
    case = man().ill("rp-ild", recorded="2025-11-01").lab("anti-mda5", "negative")
    assert (case.severity(NEGATIVE), case.severity(OLD)) == (None, "info")


def test_the_pattern_alone_is_rapidly_progressive_disease() -> None:
    assert worsening().lab("anti-mda5", "negative").severity(NEGATIVE) == "critical"
    assert worsening().lab("anti-mda5", "positive").severity(POSITIVE) == "critical"
    assert worsening().severity(NOT_KNOWN) == "critical"


def test_correction_9_they_take_the_place_of_the_advice_for_chronic_disease() -> None:
    for case in (rapid("negative"), rapid("positive"), rapid(None)):
        case.lab("anti-jo-1", "positive").takes("prednisone", 30)
        assert case.severity("MYO-ILD-005") is None
        assert case.severity("MYO-ILD-009") is None


# When treatment fails


def failing(mda5: str, *drugs: str) -> Person:
    case = rapid(mda5, onset="2026-01-20").lab("fvc", 60, "2026-01-25").lab("fvc", 58, "2026-02-25")
    for drug in ("prednisone", *drugs):
        case.takes(drug, 5, start="2026-02-10")
    return case


def test_without_mda5_and_no_improvement_on_steroid_and_cni_cyclophosphamide_is_added() -> None:
    case = failing("negative", "tacrolimus")
    assert case.severity("MYO-ILD-011") == "warning"
    assert ("prescribe", "cyclophosphamide") in case.proposals("MYO-ILD-011")
    assert case.takes("cyclophosphamide", start="2026-02-20").severity("MYO-ILD-011") is None


def test_improvement_or_no_data_keeps_it_silent() -> None:
    better = rapid("negative", onset="2026-01-20").takes("prednisone", 60, start="2026-02-10")
    better.takes("tacrolimus", start="2026-02-10")
    assert better.severity("MYO-ILD-011") is None
    assert better.verdict("MYO-ILD-011") == "unknown"
    assert better.lab("fvc", 60, "2026-01-25").lab("fvc", 75, "2026-02-25").severity("MYO-ILD-011") is None
    assert failing("positive", "tacrolimus").severity("MYO-ILD-011") is None


def test_plasma_exchange_is_a_rescue_when_triple_therapy_fails() -> None:
    case = failing("positive", "tacrolimus", "cyclophosphamide")
    assert case.severity("MYO-ILD-016") == "info"
    assert failing("positive", "tacrolimus").severity("MYO-ILD-016") is None
    assert failing("negative", "tacrolimus", "cyclophosphamide").severity("MYO-ILD-016") is None
    assert case.had("plasma exchange", "2026-02-28").severity("MYO-ILD-016") is None


def test_whether_triple_therapy_fails_is_unknown_without_examinations() -> None:
    case = rapid("positive", onset="2026-01-20")
    for drug in ("prednisone", "tacrolimus", "cyclophosphamide"):
        case.takes(drug, 5, start="2026-02-10")
    assert case.verdict("MYO-ILD-016") == "unknown"


def test_early_rituximab_is_explained_where_the_order_gives_no_reason() -> None:
    case = rapid(hook=ORDERING).order("rituximab", 1000, route="intravenous")
    assert case.severity("MYO-ILD-012") == "info"
    reasoned = rapid(hook=ORDERING).order("rituximab", 1000, route="intravenous", reason="rp-ild")
    assert reasoned.severity("MYO-ILD-012") is None
    assert man(ORDERING).order("rituximab", 1000, route="intravenous").severity("MYO-ILD-012") is None


def test_what_is_about_the_patient_is_said_once_though_two_drugs_are_drafted() -> None:
    case = rapid(hook="order-sign").order("tacrolimus", 2).order("prednisone", 60)
    found = [item for item in case.assessment().findings if item.statement.id == POSITIVE]
    assert [item.severity for item in found] == ["critical"]
