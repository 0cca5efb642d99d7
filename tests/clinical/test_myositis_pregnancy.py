"""Teratogenic drugs in women who are, may be or want to be pregnant, and in men who want children (section 7)."""

import pytest
from myositis_people import (
    ORDERING,
    WEEKLY,
    Person,
    expecting,
    man,
    not_pregnant,
    wishing,
    without_disease,
    woman,
)

MTX, MTX_WASHOUT, MTX_FATHER = "MYO-PREG-MTX-001", "MYO-PREG-MTX-002", "MYO-PREG-MTX-003"
MMF, MMF_WASHOUT, MMF_FATHER = "MYO-PREG-MMF-001", "MYO-PREG-MMF-002", "MYO-PREG-MMF-003"
CTX, NEWBORN = "MYO-PREG-CTX", "MYO-NEO-RTX"
HOOKS = ["order-select", "order-sign"]


def weekly(case: Person, mg: float = 15) -> Person:
    return case.order("methotrexate", mg, repeat=WEEKLY)


def on_weekly(case: Person, mg: float = 15, **more: str) -> Person:
    return case.takes("methotrexate", mg, repeat=WEEKLY, **more)


def father(hook: str = "patient-view") -> Person:
    """A man who wants a child, by the same evidence as a woman."""
    return man(hook).lab("pregnancy-intention", "wants to become pregnant", "2026-01-10")


# Methotrexate and mycophenolate


@pytest.mark.parametrize(
    ("drug", "statement"), [("methotrexate", MTX), ("mycophenolate-mofetil", MMF), ("mycophenolic-acid", MMF)]
)
@pytest.mark.parametrize("hook", HOOKS)
def test_in_pregnancy_and_its_plan_they_are_critical_and_the_draft_can_be_removed(
    drug: str, statement: str, hook: str
) -> None:
    for case in (expecting(hook), wishing(hook)):
        assert case.order(drug, 15).severity(statement) == "critical"
        assert "delete" in {action for action, _ in case.proposals(statement)}


@pytest.mark.parametrize(("drug", "statement"), [("methotrexate", MTX), ("mycophenolate-mofetil", MMF)])
def test_what_is_taken_already_is_seen_on_opening_the_chart(drug: str, statement: str) -> None:
    assert expecting().takes(drug, 15).severity(statement) == "critical"
    assert wishing().takes(drug, 15).severity(statement) == "critical"
    assert not_pregnant(woman()).takes(drug, 15).severity(statement) is None
    assert woman().takes(drug, 15).severity(statement) is None  # nothing is being ordered
    assert expecting().takes(drug, 15, end="2025-12-01", status="stopped").severity(statement) is None


@pytest.mark.parametrize(("drug", "statement"), [("methotrexate", MTX), ("mycophenolate-mofetil", MMF)])
def test_an_unknown_status_is_asked_for_before_the_first_dose(drug: str, statement: str) -> None:
    case = woman(ORDERING).order(drug, 15)
    assert case.severity(statement) == "warning"
    assert ("order", "pregnancy-test") in case.proposals(statement)
    assert "delete" not in {action for action, _ in case.proposals(statement)}
    assert not_pregnant(woman(ORDERING)).order(drug, 15).severity(statement) is None
    assert woman(ORDERING, birth="1960-06-15").order(drug, 15).severity(statement) is None
    assert man(ORDERING).order(drug, 15).severity(statement) is None


@pytest.mark.parametrize(
    ("drug", "statement"), [("methotrexate", MTX), ("mycophenolate-mofetil", MMF), ("cyclophosphamide", CTX)]
)
def test_a_patient_of_unknown_sex_or_age_is_not_called_safe(drug: str, statement: str) -> None:
    case = Person(ORDERING).without("Patient").ill("dm").order(drug, 15)
    assert case.severity(statement) == "warning"


@pytest.mark.parametrize(
    ("drug", "statement"), [("methotrexate", MTX), ("mycophenolate-mofetil", MMF), ("cyclophosphamide", CTX)]
)
def test_they_are_about_everyone_on_the_drug_whatever_the_disease(drug: str, statement: str) -> None:
    assert without_disease(expecting(ORDERING)).order(drug, 15).severity(statement) == "critical"


def test_correction_3_a_later_delivery_or_negative_test_ends_the_pregnancy() -> None:
    pregnant = woman(ORDERING).lab("pregnancy-status", "pregnant", "2025-12-20")
    assert weekly(pregnant).severity(MTX) == "critical"
    ended = woman(ORDERING).lab("pregnancy-status", "pregnant", "2025-12-20").lab("hcg", "negative", "2026-02-20")
    assert weekly(ended).severity(MTX) is None


# How long before conception


def test_a_planned_pregnancy_within_3_months_of_methotrexate_is_a_warning() -> None:
    case = on_weekly(wishing(), end="2026-01-15", status="stopped")
    assert case.severity(MTX_WASHOUT) == "warning"
    assert on_weekly(wishing(), end="2025-10-15", status="stopped").severity(MTX_WASHOUT) is None
    assert wishing().severity(MTX_WASHOUT) is None
    assert on_weekly(not_pregnant(woman()), end="2026-01-15", status="stopped").severity(MTX_WASHOUT) is None


def test_running_methotrexate_is_said_once_as_critical() -> None:
    case = on_weekly(wishing())
    assert case.severity(MTX) == "critical"
    assert case.severity(MTX_WASHOUT) is None


def conceived_after(end: str) -> Person:
    """Last period 2025-12-20, so conception on 2026-01-03."""
    case = expecting().lab("last-menstrual-period", None, "2026-02-20", valueDateTime="2025-12-20")
    return on_weekly(case, end=end, status="stopped")


def test_a_pregnancy_that_began_soon_after_methotrexate_is_followed_and_not_ended() -> None:
    case = conceived_after("2025-12-01")
    assert case.severity(MTX_WASHOUT) == "info"
    assert case.proposals(MTX_WASHOUT) == {("refer", "obstetrics")}
    assert conceived_after("2025-09-01").severity(MTX_WASHOUT) is None
    assert conceived_after("2026-01-20").severity(MTX_WASHOUT) is None  # taken in pregnancy: no reassurance


def test_the_onset_of_the_recorded_pregnancy_stands_in_for_the_last_period() -> None:
    def case(onset: str) -> Person:
        return on_weekly(woman().ill("pregnancy", onset=onset), end="2025-12-01", status="stopped")

    assert case("2026-01-03").severity(MTX_WASHOUT) == "info"
    assert case("2025-08-01").severity(MTX_WASHOUT) is None


def test_a_missing_date_is_asked_for() -> None:
    case = on_weekly(expecting(), end="2025-12-01", status="stopped")
    assert case.severity(MTX_WASHOUT) == "info"
    undated = wishing().takes("methotrexate", 15, status="stopped", start=None)
    assert undated.severity(MTX_WASHOUT) == "info"


def test_correction_38_the_text_says_that_it_is_no_reason_to_end_the_pregnancy() -> None:
    say = conceived_after("2025-12-01").findings()[MTX_WASHOUT].statement.say
    assert "不必据此终止妊娠" in say.zh
    assert "no reason to end the pregnancy" in " ".join(say.en.split())


def test_mycophenolate_has_to_be_stopped_for_6_weeks() -> None:
    def stopped(end: str) -> str | None:
        return wishing().takes("mycophenolate-mofetil", 1000, end=end, status="stopped").severity(MMF_WASHOUT)

    assert stopped("2026-02-10") == "warning"
    assert stopped("2025-12-10") is None
    assert (
        not_pregnant(woman())
        .takes("mycophenolate-mofetil", 1000, end="2026-02-10", status="stopped")
        .severity(MMF_WASHOUT)
        is None
    )


def test_running_mycophenolate_is_said_once_as_critical() -> None:
    case = wishing().takes("mycophenolate-mofetil", 1000)
    assert (case.severity(MMF), case.severity(MMF_WASHOUT)) == ("critical", None)


def test_a_stop_without_a_date_says_nothing_of_the_6_weeks() -> None:
    case = wishing().takes("mycophenolate-mofetil", 1000, status="stopped", start=None)
    assert (case.severity(MMF_WASHOUT), case.verdict(MMF_WASHOUT)) == (None, "unknown")


# Fathers


def test_correction_11_a_mans_wish_for_a_child_is_his_own_and_no_plan_of_pregnancy() -> None:
    case = father().takes("mycophenolate-mofetil", 1000)
    assert (case.severity(MMF), case.severity(MMF_WASHOUT), case.severity(MMF_FATHER)) == (None, None, "info")
    assert on_weekly(father()).severity(MTX) is None


@pytest.mark.parametrize(("mg", "expected"), [(15, "info"), (29, "info"), (30, "warning"), (35, "warning")])
def test_fathers_on_methotrexate_by_weekly_dose(mg: float, expected: str) -> None:
    assert on_weekly(father(), mg).severity(MTX_FATHER) == expected
    assert weekly(father(ORDERING), mg).severity(MTX_FATHER) == expected


def test_without_a_weekly_dose_or_a_wish_nothing_is_said_to_fathers() -> None:
    assert father().takes("methotrexate", None).severity(MTX_FATHER) is None
    assert father().takes("methotrexate", None).verdict(MTX_FATHER) == "unknown"
    assert on_weekly(man()).severity(MTX_FATHER) is None
    assert man().takes("mycophenolate-mofetil", 1000).severity(MMF_FATHER) is None
    assert man().takes("mycophenolate-mofetil", 1000).verdict(MMF_FATHER) == "unknown"
    assert on_weekly(wishing()).severity(MTX_FATHER) is None


def test_correction_38_the_evidence_on_fathers_is_called_limited() -> None:
    found = father().takes("mycophenolate-mofetil", 1000).findings()[MMF_FATHER]
    assert found.statement.say.zh.endswith("请告知证据有限，结合说明书权衡。")


# Cyclophosphamide


@pytest.mark.parametrize("hook", ["patient-view", *HOOKS])
def test_correction_10_cyclophosphamide_in_pregnancy_is_critical_on_every_hook(hook: str) -> None:
    case = expecting(hook)
    case = case.takes("cyclophosphamide", 50) if hook == "patient-view" else case.order("cyclophosphamide", 50)
    assert case.severity(CTX) == "critical"


def test_correction_10_the_text_leaves_room_where_life_is_in_danger() -> None:
    found = expecting(ORDERING).order("cyclophosphamide", 50).findings()[CTX]
    assert "危及生命而无替代时由多学科权衡，并商讨生育保护" in found.statement.say.zh
    assert "孕期禁用" not in found.statement.say.zh


def test_correction_11_an_order_is_critical_for_women_and_men_who_want_children() -> None:
    assert wishing(ORDERING).order("cyclophosphamide", 50).severity(CTX) == "critical"
    assert father(ORDERING).order("cyclophosphamide", 50).severity(CTX) == "critical"
    assert father().takes("cyclophosphamide", 50).severity(CTX) is None  # nothing is being ordered


def declined(case: Person) -> Person:
    return case.lab("pregnancy-intention", "no pregnancy planned", "2026-01-10")


def test_an_unknown_pregnancy_or_wish_is_a_warning_with_preservation_on_offer() -> None:
    case = woman(ORDERING).order("cyclophosphamide", 50)
    assert case.severity(CTX) == "warning"
    assert {("order", "pregnancy-test"), ("order", "fertility-counselling")} <= case.proposals(CTX)
    assert not_pregnant(woman(ORDERING)).order("cyclophosphamide", 50).severity(CTX) == "warning"
    assert man(ORDERING, birth="1995-06-15").order("cyclophosphamide", 50).severity(CTX) == "warning"
    assert declined(woman(ORDERING)).order("cyclophosphamide", 50).severity(CTX) == "warning"


def test_no_wish_and_no_pregnancy_clear_it() -> None:
    assert declined(not_pregnant(woman(ORDERING))).order("cyclophosphamide", 50).severity(CTX) is None
    assert declined(man(ORDERING, birth="1995-06-15")).order("cyclophosphamide", 50).severity(CTX) is None
    assert man(ORDERING, birth="1970-06-15").order("cyclophosphamide", 50).severity(CTX) is None
    assert woman(ORDERING, birth="1965-06-15").order("cyclophosphamide", 50).severity(CTX) is None


# Newborns after rituximab


def test_rituximab_before_or_in_pregnancy_calls_for_a_look_at_the_newborn() -> None:
    case = expecting().was_given("rituximab", "2025-12-01", mg=1000)
    assert case.severity(NEWBORN) == "warning"
    assert case.proposals(NEWBORN) == {("order", "newborn-blood-count-and-b-cells"), ("refer", "neonatology")}
    assert expecting().was_given("rituximab", "2025-02-01", mg=1000).severity(NEWBORN) is None
    assert woman().was_given("rituximab", "2025-12-01", mg=1000).severity(NEWBORN) is None
    assert expecting().severity(NEWBORN) is None


def test_180_days_before_conception_count_late_in_pregnancy_too() -> None:
    late = expecting().lab("last-menstrual-period", None, "2026-02-20", valueDateTime="2025-08-01")
    assert late.was_given("rituximab", "2025-04-01", mg=1000).severity(NEWBORN) == "warning"
    undated = expecting().was_given("rituximab", "2025-04-01", mg=1000)
    assert (undated.severity(NEWBORN), undated.verdict(NEWBORN)) == (None, "unknown")


def test_an_infant_whose_mother_had_rituximab_is_looked_at_until_6_months() -> None:
    def infant(birth: str) -> str | None:
        return Person().patient(sex="male", birth=birth).ill("Maternal rituximab exposure").severity(NEWBORN)

    assert infant("2025-12-01") == "warning"
    assert infant("2025-06-01") is None
