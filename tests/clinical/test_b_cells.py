"""CD20+ B-cell counts in the first six months and at a relapse (recommendation 15)."""

import pytest
from building import Case, clean, treated

MONTHLY = "bcell.month-4-6-test.monitoring-due"
DEEP = "bcell.deep-depletion.info"
INCOMPLETE = "bcell.incomplete-or-early-recovery.monitoring"
RELAPSE_TEST = "bcell.relapse-test-missing.monitoring-due"
SWITCH = "bcell.relapse-deep-depletion.switch"
GENOTYPE = "bcell.fcgr3a-genotype.info"
COUNT = "cd20-b-cell-count"


def loaded(today: str, hook: str = "patient-view") -> Case:
    """Both loading doses, 2025-03-10 and 2025-03-24, and no count yet; the next infusion is ordered."""
    return clean(hook, today).given("2025-03-10", "2025-03-24").ordered("2025-12-01")


def counted(case: Case, count: float, *dates: str) -> Case:
    for on in dates:
        case.result(COUNT, count, on, "/uL")
    return case


@pytest.mark.parametrize(
    ("today", "fires"), [("2025-07-09", False), ("2025-07-10", True), ("2025-10-10", True), ("2025-10-11", False)]
)
def test_counts_are_asked_for_from_month_4_until_month_7(today: str, fires: bool) -> None:
    assert loaded(today).severity(MONTHLY) == ("info" if fires else None)


@pytest.mark.parametrize(
    ("today", "count_on", "fires"),
    [
        ("2025-07-10", "2025-06-10", True),  # month 3
        ("2025-07-10", "2025-06-11", False),
        ("2025-08-09", "2025-06-11", False),
        ("2025-08-10", "2025-07-10", True),  # month 5 is asked for now
        ("2025-08-10", "2025-07-11", False),
        ("2025-09-10", "2025-08-10", True),
        ("2025-09-10", "2025-08-11", False),
        ("2025-10-10", "2025-08-11", False),
    ],
)
def test_each_month_wants_its_own_count(today: str, count_on: str, fires: bool) -> None:
    assert counted(loaded(today), 1, count_on).fires(MONTHLY) is fires


def test_a_cd19_count_is_not_the_count_asked_for() -> None:
    case = loaded("2025-07-10").result("cd19-b-cell-count", 1, "2025-07-01", "/uL")
    assert case.fires(MONTHLY)
    assert ("order", COUNT) in case.proposals(MONTHLY)


def test_monthly_counts_end_with_the_second_course_and_need_the_whole_first_one() -> None:
    assert not loaded("2025-09-20").given("2025-09-08").fires(MONTHLY)
    assert not clean("patient-view", "2025-07-10").given("2025-03-10").fires(MONTHLY)


def test_monthly_counts_that_were_not_fetched_are_asked_for() -> None:
    assert counted(loaded("2025-07-10"), 1, "2025-07-01").without("Observation").fires(MONTHLY)


def uncounted() -> Case:
    return treated().forget(COUNT)


def test_deep_depletion_makes_frequent_counts_needless() -> None:
    finding = treated().finding(DEEP)
    assert (finding.severity, finding.statement.presentation) == ("info", "detail")
    assert not treated().fires(INCOMPLETE)


@pytest.mark.parametrize(("count", "deep"), [(4, True), (4.1, False), (5, False), (0, True)])
def test_four_cells_are_still_deep_depletion(count: float, deep: bool) -> None:
    case = counted(uncounted(), count, "2025-08-01")
    assert (case.fires(DEEP), case.fires(INCOMPLETE)) == (deep, not deep)


@pytest.mark.parametrize(
    ("on", "deep"), [("2025-06-10", False), ("2025-06-11", True), ("2025-09-10", True), ("2025-09-11", False)]
)
def test_deep_depletion_needs_a_count_in_months_4_to_6(on: str, deep: bool) -> None:
    assert counted(uncounted(), 1, on).fires(DEEP) is deep


@pytest.mark.parametrize(
    ("high_on", "early"),
    [("2025-03-24", False), ("2025-03-25", True), ("2025-09-10", True), ("2025-09-11", False)],
)
def test_counts_up_to_day_15_and_after_month_6_are_not_judged(high_on: str, early: bool) -> None:
    case = counted(counted(uncounted(), 1, "2025-08-01"), 50, high_on)
    assert (case.fires(DEEP), case.fires(INCOMPLETE)) == (not early, early)


def test_one_high_count_among_low_ones_is_early_recovery() -> None:
    case = counted(treated(), 6, "2025-08-20")
    assert case.severity(INCOMPLETE) == "info"
    assert not case.fires(DEEP)


def test_counts_in_other_units_are_converted() -> None:
    assert uncounted().result(COUNT, 0.005, "2025-08-01", "10*9/L").fires(INCOMPLETE)
    assert uncounted().result(COUNT, 0.004, "2025-08-01", "10*9/L").fires(DEEP)


def test_deep_depletion_is_judged_from_month_6_on() -> None:
    assert treated(today="2025-09-10").fires(DEEP)
    assert not counted(loaded("2025-09-09"), 1, "2025-08-01").fires(DEEP)


def test_depletion_is_not_judged_without_a_readable_count_or_before_two_doses() -> None:
    assert not {DEEP, INCOMPLETE} & uncounted().ids()
    assert not {DEEP, INCOMPLETE} & treated().without("Observation").ids()
    unreadable = uncounted().result(COUNT, 50, "2025-08-01", "tubes")
    assert not {DEEP, INCOMPLETE} & unreadable.ids()
    one_dose = counted(clean("patient-view", "2026-03-02").given("2025-10-10").ordered("2026-04-10"), 50, "2026-01-10")
    assert not {DEEP, INCOMPLETE} & one_dose.ids()


def test_an_unreadable_count_makes_sustained_depletion_uncertain() -> None:
    assert not treated().result(COUNT, 50, "2025-08-20", "tubes").fires(DEEP)


# Relapse


def relapsed(onset: str = "2026-02-15", today: str = "2026-03-02", **more: str) -> Case:
    return treated(today=today).condition("nmosd-relapse", onset=onset, **more)


def test_a_relapse_on_regular_treatment_wants_a_count_now() -> None:
    case = relapsed()
    assert case.severity(RELAPSE_TEST) == "warning"
    assert ("order", COUNT) in case.proposals(RELAPSE_TEST)


@pytest.mark.parametrize(("on", "fires"), [("2026-02-14", True), ("2026-02-15", False), ("2026-03-01", False)])
def test_a_count_from_the_onset_on_answers_it(on: str, fires: bool) -> None:
    assert counted(relapsed(), 10, on).fires(RELAPSE_TEST) is fires


@pytest.mark.parametrize(("today", "fires"), [("2026-03-17", True), ("2026-03-18", False)])
def test_the_count_is_asked_for_until_30_days_after_the_onset(today: str, fires: bool) -> None:
    assert relapsed(today=today).fires(RELAPSE_TEST) is fires


def test_a_resolved_relapse_counts_and_a_relapsing_course_does_not() -> None:
    assert relapsed(clinical="resolved").fires(RELAPSE_TEST)
    for text in ("NMOSD复发", "视神经脊髓炎谱系疾病（急性复发）"):
        assert treated().condition("nmosd", onset="2026-02-15", text=text).fires(RELAPSE_TEST), text
    for text in ("复发型NMOSD", "视神经脊髓炎谱系疾病,未复发", "NMOSD 预防复发", "NMOSD, relapsing course"):
        assert not treated().condition("nmosd", onset="2026-02-15", text=text).fires(RELAPSE_TEST), text


def test_a_relapse_before_the_first_dose_suspected_or_without_onset_is_none_on_treatment() -> None:
    assert not relapsed("2025-03-10").fires(RELAPSE_TEST)
    assert not relapsed(verification="provisional").fires(RELAPSE_TEST)
    assert not treated().condition("nmosd-relapse", recorded="2026-02-20").fires(RELAPSE_TEST)
    assert not treated().fires(RELAPSE_TEST)


def irregular(*doses: str, onset: str = "2026-02-15") -> Case:
    return clean("patient-view", "2026-03-02").given(*doses).condition("nmosd-relapse", onset=onset)


@pytest.mark.parametrize(
    ("doses", "regular"),
    [
        (("2026-01-05", "2026-01-19"), True),
        (("2026-01-05",), False),
        (("2026-02-05", "2026-02-19"), False),  # the second dose came after the relapse
        (("2025-03-10", "2025-03-24", "2025-10-08"), True),  # 6 months and 14 days after the second
        (("2025-03-10", "2025-03-24", "2025-10-09"), False),
        (("2025-01-10", "2025-01-24", "2025-07-20"), False),  # lapsed before the relapse
        (("2025-02-01", "2025-02-15", "2025-08-01"), True),  # 6 months and 14 days before the relapse
    ],
)
def test_only_a_relapse_on_a_regular_course_is_judged(doses: tuple[str, ...], regular: bool) -> None:
    case = irregular(*doses).ordered("2026-04-01")
    assert case.fires(RELAPSE_TEST) is regular
    assert counted(case, 1, "2026-02-20").fires(SWITCH) is regular


def test_a_relapse_without_any_count_on_record_or_fetched_is_asked_about() -> None:
    assert relapsed().forget(COUNT).fires(RELAPSE_TEST)
    assert relapsed().without("Observation").fires(RELAPSE_TEST)


@pytest.mark.parametrize(("count", "fires"), [(4, True), (4.1, False), (5, False), (0, True)])
def test_a_relapse_in_deep_depletion_calls_for_another_mechanism(count: float, fires: bool) -> None:
    case = counted(relapsed(), count, "2026-02-20")
    assert case.severity(SWITCH) == ("warning" if fires else None)


@pytest.mark.parametrize(
    ("on", "fires"), [("2026-02-14", False), ("2026-02-15", True), ("2026-03-17", True), ("2026-03-18", False)]
)
def test_the_count_must_be_taken_within_30_days_of_the_onset(on: str, fires: bool) -> None:
    assert counted(relapsed(today="2026-03-20"), 1, on).fires(SWITCH) is fires


def test_the_earliest_count_after_the_onset_decides() -> None:
    assert not counted(counted(relapsed(), 10, "2026-02-16"), 1, "2026-02-20").fires(SWITCH)
    assert counted(counted(relapsed(), 1, "2026-02-16"), 10, "2026-02-20").fires(SWITCH)


def test_without_a_count_no_change_is_advised() -> None:
    assert not relapsed().fires(SWITCH)
    assert not relapsed().without("Observation").fires(SWITCH)
    assert not counted(treated(), 1, "2026-02-20").fires(SWITCH)


def test_a_relapse_is_looked_at_when_ordering_the_next_infusion() -> None:
    case = treated("order-sign").condition("nmosd-relapse", onset="2026-02-15")
    assert case.fires(RELAPSE_TEST)
    assert counted(case, 1, "2026-02-20").fires(SWITCH)


# Genotype


def test_a_genotype_result_or_test_changes_nothing() -> None:
    with_result = clean().result("fcgr3a-genotype", "V158/V158", "2025-12-01")
    assert with_result.finding(GENOTYPE).statement.presentation == "detail"
    assert clean().service_draft("fcgr3a-genotype").fires(GENOTYPE)
    assert treated("order-sign").result("fcgr3a-genotype", "F158/F158", "2025-12-01").fires(GENOTYPE)


def test_without_a_genotype_nothing_is_said_about_it() -> None:
    assert not clean().fires(GENOTYPE)
    assert not clean().without("Observation").fires(GENOTYPE)


def test_a_clinical_status_of_relapse_is_a_relapse() -> None:
    assert treated().condition("nmosd", clinical="relapse", onset="2026-02-15").fires(RELAPSE_TEST)
    assert not treated().condition("nmosd", clinical="active", onset="2026-02-15").fires(RELAPSE_TEST)


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_the_monthly_count_is_asked_for_when_ordering_too(hook: str) -> None:
    assert loaded("2025-07-10", hook).draft(dates=("2025-09-10",)).fires(MONTHLY)
