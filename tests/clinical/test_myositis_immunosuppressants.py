"""Methotrexate, calcineurin inhibitors, mycophenolate, cyclophosphamide and JAK inhibitors in myositis."""

import pytest
from myositis_cases import NO_ILD, on_steroid, ordering
from myositis_people import Person, man, without_disease, woman

DAILY = {"frequency": 1, "period": 1, "periodUnit": "d"}


# MTX-001


def test_methotrexate_with_lung_disease_is_critical_on_every_hook() -> None:
    assert ordering().ill("ild").order("methotrexate", 10).severity("MYO-MTX-001") == "critical"
    assert ordering("order-sign").ill("ild").order("methotrexate", 10).severity("MYO-MTX-001") == "critical"
    assert man().ill("ild").takes("methotrexate", 10).severity("MYO-MTX-001") == "critical"


def test_an_unknown_lung_is_a_warning_for_an_order_and_information_otherwise() -> None:
    """Correction 1."""
    assert ordering().order("methotrexate", 10).severity("MYO-MTX-001") == "warning"
    assert man().takes("methotrexate", 10).severity("MYO-MTX-001") == "info"
    assert ordering().order("methotrexate", 10).without("DiagnosticReport").severity("MYO-MTX-001") == "warning"
    said = ordering().order("methotrexate", 10).findings()["MYO-MTX-001"].statement.say.zh
    assert "排除间质性肺病" in said


def test_an_excluded_lung_disease_or_no_methotrexate_is_silent() -> None:
    assert ordering().report("hrct", "2026-02-01", NO_ILD).order("methotrexate", 10).severity("MYO-MTX-001") is None
    assert man().ill("ild").severity("MYO-MTX-001") is None
    assert man().ill("ild").takes("methotrexate", 10, status="stopped").severity("MYO-MTX-001") is None
    assert without_disease(ordering()).ill("ild").order("methotrexate", 10).severity("MYO-MTX-001") is None


def test_inclusion_body_myositis_is_not_spoken_of() -> None:
    case = without_disease(ordering()).ill("inclusion body myositis").ill("ild").order("methotrexate", 10)
    assert case.severity("MYO-MTX-001") is None


def test_the_draft_is_taken_back_and_another_drug_offered() -> None:
    proposals = ordering().ill("ild").order("methotrexate", 10).proposals("MYO-MTX-001")
    assert {("delete", ""), ("prescribe", "tacrolimus")} <= proposals or {
        ("delete", "draft"),
        ("prescribe", "tacrolimus"),
    } <= proposals
    unknown = ordering().order("methotrexate", 10).proposals("MYO-MTX-001")
    assert ("order", "chest-hrct") in unknown
    assert not any(action == "delete" for action, _ in unknown)


# MTX-002


def excluded(case: Person) -> Person:
    return case.report("hrct", "2026-02-01", NO_ILD)


def test_antibodies_of_high_lung_risk_speak_against_methotrexate() -> None:
    assert (
        excluded(ordering()).lab("anti-mda5", "positive").order("methotrexate", 10).severity("MYO-MTX-002") == "warning"
    )
    assert (
        excluded(ordering()).lab("anti-jo-1", "positive").order("methotrexate", 10).severity("MYO-MTX-002") == "warning"
    )
    assert excluded(ordering()).ill("ass").order("methotrexate", 10).severity("MYO-MTX-002") == "warning"


def test_unknown_antibodies_are_information_and_negative_ones_silent() -> None:
    assert excluded(ordering()).order("methotrexate", 10).severity("MYO-MTX-002") == "info"
    negative = excluded(ordering()).lab("anti-mda5", "negative").lab("anti-ars", "negative")
    assert negative.order("methotrexate", 10).severity("MYO-MTX-002") is None
    assert ("order", "myositis-antibody-panel") in excluded(ordering()).order("methotrexate", 10).proposals(
        "MYO-MTX-002"
    )


def test_with_lung_disease_only_the_stronger_statement_speaks() -> None:
    assert ordering().ill("ild").lab("anti-mda5", "positive").order("methotrexate", 10).severity("MYO-MTX-002") is None


# IS-001, INF-001


def test_an_immunosuppressant_on_top_of_a_steroid() -> None:
    assert on_steroid(ordering(), 20).order("azathioprine", 100).severity("MYO-IS-001") == "info"
    assert ordering().order("azathioprine", 100).severity("MYO-IS-001") is None
    assert on_steroid(ordering(), 20, status="stopped").order("azathioprine", 100).severity("MYO-IS-001") is None


@pytest.mark.parametrize(("mg", "severity"), [(10, "warning"), (9.9, None)])
def test_three_immunosuppressive_drugs_are_several(mg: float, severity: str | None) -> None:
    case = on_steroid(ordering(), mg).takes("tacrolimus", 2).order("mycophenolate-mofetil", 1000)
    assert case.severity("MYO-INF-001") == severity
    assert case.severity("MYO-IS-001") == (None if severity else "info")


def test_three_without_a_steroid_too_and_one_ingredient_twice_is_one() -> None:
    case = ordering().takes("tacrolimus", 2).takes("cyclophosphamide", 50).order("tofacitinib", 5)
    assert case.severity("MYO-INF-001") == "warning"
    assert (
        ordering().takes("tacrolimus", 2).takes("tacrolimus", 1).order("tacrolimus", 3).severity("MYO-INF-001") is None
    )


# CSA, MMF, TAC


def test_what_is_told_of_single_drugs() -> None:
    assert on_steroid(ordering(), 20).order("ciclosporin", 100).severity("MYO-CSA-001") == "info"
    assert ordering().order("ciclosporin", 100).severity("MYO-CSA-001") is None
    assert ordering().order("mycophenolate-mofetil", 1000).severity("MYO-MMF-001") == "info"
    assert ordering().order("mycophenolate-mofetil", 1000, reason="ild").severity("MYO-MMF-001") is None
    assert ordering().ill("rash").order("mycophenolate-mofetil", 1000).severity("MYO-MMF-001") is None
    assert ordering(birth="2012-01-01").order("mycophenolate-mofetil", 1000).severity("MYO-MMF-001") is None
    assert ordering().order("tacrolimus", 2).severity("MYO-TAC-001") == "info"
    assert ordering().order("ciclosporin", 100).severity("MYO-TAC-001") is None


# CTX-001 (correction 23), CTX-002


def test_cyclophosphamide_in_mild_disease_is_weighed() -> None:
    mild = excluded(ordering()).lab("imacs", "improved")
    assert mild.order("cyclophosphamide", 50).severity("MYO-CTX-001") == "warning"


@pytest.mark.parametrize("name", ["rp-ild", "ild", "vasculitis", "dysphagia"])
def test_severe_disease_lung_disease_and_vasculitis_are_its_place(name: str) -> None:
    assert (
        excluded(ordering()).lab("imacs", "improved").ill(name).order("cyclophosphamide", 50).severity("MYO-CTX-001")
        is None
    )


def test_documented_refractory_disease_is_its_place() -> None:
    """Correction 23: the condition was inverted."""
    case = (
        excluded(ordering())
        .takes("prednisone", 70, start="2025-06-01")
        .was_given("ivig", "2025-10-01")
        .lab("imacs", "not improved")
    )
    assert case.order("cyclophosphamide", 50).severity("MYO-CTX-001") is None


def test_while_the_lung_is_unknown_nothing_is_said() -> None:
    assert ordering().lab("imacs", "improved").order("cyclophosphamide", 50).verdict("MYO-CTX-001") == "unknown"


def test_fertility_is_raised_up_to_45() -> None:
    young = excluded(ordering()).lab("imacs", "improved").order("cyclophosphamide", 50)
    assert ("order", "fertility-counselling") in young.proposals("MYO-CTX-001")
    old = excluded(ordering(birth="1979-06-15")).lab("imacs", "improved").order("cyclophosphamide", 50)
    assert ("order", "fertility-counselling") not in old.proposals("MYO-CTX-001")


def test_daily_cyclophosphamide_by_mouth() -> None:
    assert ordering().order("cyclophosphamide", 100).severity("MYO-CTX-002") == "info"
    assert (
        ordering().order("cyclophosphamide", 800, route="intravenous", dates=("2026-03-09",)).severity("MYO-CTX-002")
        is None
    )
    assert ordering().order("cyclophosphamide", 100, route=None).severity("MYO-CTX-002") is None


# JAK-001


def jak(case: Person, drug: str = "tofacitinib") -> Person:
    return case.order(drug, 5, per_day=2)


@pytest.mark.parametrize("name", ["deep vein thrombosis", "Pulmonary embolism", "sepsis", "active tb"])
def test_thrombosis_serious_infection_and_tuberculosis_are_critical(name: str) -> None:
    assert jak(ordering().ill(name)).severity("MYO-JAK-001") == "critical"
    assert man().ill(name).takes("tofacitinib", 10).severity("MYO-JAK-001") == "critical"


def test_past_thrombosis_counts_and_treated_tuberculosis_does_not() -> None:
    assert jak(ordering().ill("deep vein thrombosis", clinical="resolved")).severity("MYO-JAK-001") == "critical"
    treated = ordering().ill("active tb").takes("isoniazid", 300).takes("rifampicin", 600)
    assert jak(treated).severity("MYO-JAK-001") is None


@pytest.mark.parametrize(
    "name",
    [
        "myocardial infarction",
        "Ischaemic stroke",
        "Coronary heart disease",
        "cancer",
        "Antiphospholipid syndrome",
        "Factor V Leiden",
        "Current smoker",
    ],
)
def test_other_risks_are_a_warning(name: str) -> None:
    assert jak(ordering().ill(name)).severity("MYO-JAK-001") == "warning"


def test_age_65_smoking_and_oestrogen() -> None:
    assert jak(ordering(birth="1961-03-02")).severity("MYO-JAK-001") == "warning"
    assert jak(ordering(birth="1961-03-03")).severity("MYO-JAK-001") is None
    assert jak(ordering().lab("smoking", "current smoker")).severity("MYO-JAK-001") == "warning"
    assert jak(ordering().takes("estradiol", 1)).severity("MYO-JAK-001") == "warning"
    assert jak(ordering().ill("skin cancer", clinical="resolved")).severity("MYO-JAK-001") is None


def test_without_risk_it_is_silent_and_without_diagnoses_a_warning() -> None:
    assert jak(ordering()).severity("MYO-JAK-001") is None
    assert jak(ordering()).without("Condition").severity("MYO-JAK-001") == "warning"
    assert man().ill("deep vein thrombosis").severity("MYO-JAK-001") is None


def test_it_is_about_everyone_on_the_drug() -> None:
    assert jak(without_disease(ordering()).ill("deep vein thrombosis")).severity("MYO-JAK-001") == "critical"


@pytest.mark.parametrize(
    ("drug", "is_one"), [("baricitinib", True), ("ivarmacitinib", True), ("deucravacitinib", False)]
)
def test_which_drugs_are_jak_inhibitors(drug: str, is_one: bool) -> None:
    """Correction 21, decision 6."""
    found = jak(ordering().ill("deep vein thrombosis"), drug).severity("MYO-JAK-001")
    assert (found == "critical") is is_one


# JAK-002


def test_a_jak_inhibitor_for_the_muscles() -> None:
    assert ordering().order("tofacitinib", 5, reason="weakness").severity("MYO-JAK-002") == "info"
    assert ordering().order("tofacitinib", 5).severity("MYO-JAK-002") == "info"
    assert ordering().order("tofacitinib", 5, reason="dm").severity("MYO-JAK-002") == "info"


@pytest.mark.parametrize("name", ["rash", "ild", "calcinosis"])
def test_skin_lung_and_calcinosis_are_its_place(name: str) -> None:
    assert ordering().ill(name).order("tofacitinib", 5).severity("MYO-JAK-002") is None
    assert ordering().order("tofacitinib", 5, reason=name).severity("MYO-JAK-002") is None


def test_hooks_of_patients_without_orders_stay_silent() -> None:
    assert woman().severity("MYO-JAK-002") is None
