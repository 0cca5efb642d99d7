"""Starting and lowering glucocorticoids in myositis (MYO-GC-001 to 008, 013; MYO-RTX-008)."""

import pytest
from myositis_cases import also_drafted, infusions, on_steroid, ordering, pulse
from myositis_people import Person, imnm, man, woman
from test_myositis_facts_of_disease import fact

QOD = {"frequency": 1, "period": 2, "periodUnit": "d"}


def start(mg: float = 60, **more: object) -> Person:
    """The first prednisone of a man of 70 kg."""
    return ordering().order("prednisone", mg, **more)


def dose(case: Person) -> float | None:
    found = fact(case, "pred_eq_mg_d", "prednisone")
    return None if found is None else float(found.high)


# The daily dose (correction 12)


def test_a_draft_takes_the_place_of_a_running_order_of_the_same_drug_and_route() -> None:
    assert dose(on_steroid(ordering(), 40).order("prednisone", 30)) == 30
    assert dose(on_steroid(ordering(), 40)) == 40


def test_different_ingredients_are_added_in_prednisone() -> None:
    case = on_steroid(ordering(), 20).order("methylprednisolone", 16)
    assert dose(case) == 40
    assert dose(ordering().order("dexamethasone", 1.5)) == pytest.approx(10, abs=0.01)


def test_another_route_is_not_replaced_but_a_named_order_is() -> None:
    case = (
        ordering()
        .takes("methylprednisolone", 40, route="intravenous", per_day=1, start="2026-02-01")
        .order("methylprednisolone", 40)
    )
    assert dose(case) == 100
    named = ordering().takes("methylprednisolone", 40, route="intravenous", per_day=1, start="2026-02-01")
    running = named._record[-1][1]
    named.order("methylprednisolone", 40)
    named._drafts[-1][1]["priorPrescription"] = {"reference": f"MedicationRequest/{running['id']}"}
    assert dose(named) == 50


def test_every_other_day_is_half_the_dose() -> None:
    assert dose(ordering().order("prednisone", 40, repeat=QOD)) == 20


def test_short_intravenous_courses_never_count() -> None:
    assert dose(pulse(ordering(), 1000)) == 0
    assert dose(infusions(ordering(), "methylprednisolone", 100, "2026-03-09")) == 0
    five = {"boundsDuration": {"value": 5, "code": "d"}}
    six = {"boundsDuration": {"value": 6, "code": "d"}}
    assert dose(ordering().order("methylprednisolone", 40, route="intravenous", per_day=1, repeat=five)) == 0
    assert dose(ordering().order("methylprednisolone", 40, route="intravenous", per_day=1, repeat=six)) == 50


def test_a_statement_of_what_is_prescribed_is_not_counted_twice() -> None:
    case = on_steroid(ordering(), 20).statement("prednisone", start="2025-10-01", mg=20, per_day=1, route="oral")
    assert dose(case) == 20


def test_an_ended_order_no_longer_counts_and_one_whose_supply_ran_out_does() -> None:
    assert dose(on_steroid(ordering(), 20, end="2026-02-01", status="completed")) == 0
    supply = ordering()
    supply.medication(
        "prednisone",
        mg=20,
        per_day=1,
        route="oral",
        authored="2026-01-01",
        dispenseRequest={"expectedSupplyDuration": {"value": 28, "code": "d"}},
    )
    assert dose(supply) == 20


def test_a_taper_written_in_steps_counts_by_its_first_step() -> None:
    case = ordering()
    case.order("prednisone", 40)
    draft = case._drafts[-1][1]
    first = draft["dosageInstruction"][0]
    steps = []
    for number, mg in enumerate((40, 30, 20), 1):
        amount = [{"doseQuantity": first["doseAndRate"][0]["doseQuantity"] | {"value": mg}}]
        timing = {
            "repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "boundsDuration": {"value": 28, "code": "d"}}
        }
        steps.append(first | {"sequence": number, "doseAndRate": amount, "timing": timing})
    draft["dosageInstruction"] = steps
    assert dose(case) == 40


# GC-001


def test_a_first_steroid_late_after_onset_may_work_poorly() -> None:
    late = man("order-select").forget("dm").ill("dm", onset="2024-09-01")
    assert late.order("prednisone", 60).severity("MYO-GC-001") == "info"


@pytest.mark.parametrize(
    ("onset", "severity"),
    [("2024-09-01", "info"), ("2024-09-02", None), ("2024", None), ("2023", "info"), (None, None)],
)
def test_late_is_more_than_18_months_and_a_year_counts_from_its_end(onset: str | None, severity: str | None) -> None:
    case = man("order-select").forget("dm").ill("dm", onset=onset).order("prednisone", 60)
    assert case.severity("MYO-GC-001") == severity


def test_an_earlier_steroid_or_a_dose_before_an_infusion_is_no_late_start() -> None:
    late = man("order-select").forget("dm").ill("dm", onset="2024-01-01")
    assert on_steroid(late, 5, start="2024-06-01").order("prednisone", 60).severity("MYO-GC-001") is None
    late = man("order-select").forget("dm").ill("dm", onset="2024-01-01")
    assert infusions(late, "methylprednisolone", 100, "2026-03-09").severity("MYO-GC-001") is None


# GC-002 (correction 29)


@pytest.mark.parametrize(("mg", "severity"), [(30, "warning"), (30.5, None), (10, "warning"), (60, None)])
def test_a_low_first_dose_is_questioned(mg: float, severity: str | None) -> None:
    assert start(mg).severity("MYO-GC-002") == severity


def test_a_low_first_dose_in_a_light_patient_is_information_and_full_for_the_weight_is_none() -> None:
    light = man("order-select").lab("body-weight", 49)
    assert light.order("prednisone", 30).severity("MYO-GC-002") == "info"
    assert man("order-select").lab("body-weight", 33).order("prednisone", 30).severity("MYO-GC-002") is None
    assert man("order-select").lab("body-weight", 50).order("prednisone", 30).severity("MYO-GC-002") == "warning"
    assert man("order-select").order("prednisone", 30).severity("MYO-GC-002") == "warning"


def test_it_is_not_asked_of_children_skin_disease_replacement_premedication_or_later_orders() -> None:
    assert ordering(birth="2010-06-15").order("prednisone", 20).severity("MYO-GC-002") is None
    skin = man("order-select").forget("dm").ill("amyopathic dm").order("prednisone", 20)
    assert skin.severity("MYO-GC-002") is None
    assert start(20, reason="adrenal insufficiency").severity("MYO-GC-002") is None
    assert start(20, reason="premedication before infusion").severity("MYO-GC-002") is None
    assert on_steroid(ordering(), 40).order("prednisone", 20).severity("MYO-GC-002") is None
    assert infusions(ordering(), "methylprednisolone", 40, "2026-03-09").severity("MYO-GC-002") is None


@pytest.mark.parametrize(("end", "severity"), [("2025-12-01", "warning"), ("2025-12-02", None)])
def test_a_steroid_of_the_last_90_days_makes_it_no_first_order(end: str, severity: str | None) -> None:
    case = on_steroid(ordering(), 40, start="2025-06-01", end=end, status="completed").order("prednisone", 20)
    assert case.severity("MYO-GC-002") == severity


def test_without_the_drug_history_nothing_is_said_about_a_first_dose() -> None:
    case = start(20).without("MedicationRequest")
    assert case.severity("MYO-GC-002") is None
    assert case.verdict("MYO-GC-002") == "unknown"


# GC-003


@pytest.mark.parametrize(("mg", "severity"), [(80, None), (80.5, "warning"), (84, "warning")])
def test_more_than_80_mg_is_unusual(mg: float, severity: str | None) -> None:
    assert start(mg).severity("MYO-GC-003") == severity


def test_in_rapidly_progressive_lung_disease_it_is_information() -> None:
    assert ordering().ill("rp-ild").order("prednisone", 100).severity("MYO-GC-003") == "info"


@pytest.mark.parametrize(("kg", "severity"), [(50, "info"), (54, None), (49, "info")])
def test_much_for_the_weight_without_lung_disease_is_information(kg: float, severity: str | None) -> None:
    assert man("order-select").lab("body-weight", kg).order("prednisone", 64).severity("MYO-GC-003") == severity
    assert man("order-select").lab("body-weight", kg).ill("ild").order("prednisone", 64).severity("MYO-GC-003") is None


def test_up_to_60_mg_is_never_too_much_and_an_unreadable_dose_is_silent() -> None:
    assert man("order-select").lab("body-weight", 40).order("prednisone", 60).severity("MYO-GC-003") is None
    assert ordering().order("prednisone", None).severity("MYO-GC-003") is None


# GC-005


def test_a_pulse_without_severe_disease_asks_for_its_reason() -> None:
    mild = ordering().report("hrct", "2026-02-01", "未见间质性改变")
    assert pulse(mild).severity("MYO-GC-005") == "info"
    assert pulse(ordering().report("hrct", "2026-02-01", "未见间质性改变"), 249).severity("MYO-GC-005") is None
    assert pulse(ordering().report("hrct", "2026-02-01", "未见间质性改变"), 250).severity("MYO-GC-005") == "info"


@pytest.mark.parametrize("name", ["dysphagia", "ild", "rp-ild", "respiratory failure"])
def test_severe_disease_is_its_reason(name: str) -> None:
    assert pulse(ordering().report("hrct", "2026-02-01", "未见间质性改变").ill(name)).severity("MYO-GC-005") is None


def test_with_an_unknown_lung_nothing_is_said() -> None:
    assert pulse(ordering()).verdict("MYO-GC-005") == "unknown"
    assert pulse(ordering()).severity("MYO-GC-005") is None


# GC-013


def test_a_steroid_alone_from_the_start_relapses() -> None:
    assert start(60).severity("MYO-GC-013") == "info"
    assert start(30).severity("MYO-GC-013") is None
    assert start(31).severity("MYO-GC-013") == "info"


@pytest.mark.parametrize(
    "drug", ["methotrexate", "azathioprine", "mycophenolate-mofetil", "tacrolimus", "rituximab", "ivig"]
)
def test_a_second_drug_answers_it(drug: str) -> None:
    route = "intravenous" if drug in {"rituximab", "ivig"} else "oral"
    assert ordering().takes(drug, 10, route=route).order("prednisone", 60).severity("MYO-GC-013") is None
    assert also_drafted(start(60), drug, 10, route=route).severity("MYO-GC-013") is None


def test_it_is_not_said_to_children_in_pregnancy_or_with_cancer() -> None:
    assert ordering(birth="2010-06-15").order("prednisone", 60).severity("MYO-GC-013") is None
    pregnant = woman("order-select").lab("pregnancy-status", "pregnant", "2026-02-20").lab("body-weight", 60)
    assert pregnant.order("prednisone", 60).severity("MYO-GC-013") is None
    assert ordering().ill("cancer").order("prednisone", 60).severity("MYO-GC-013") is None


def test_methotrexate_is_offered_only_where_lung_disease_is_excluded() -> None:
    clear = (
        ordering()
        .report("hrct", "2026-02-01", "未见间质性改变")
        .lab("anti-mda5", "negative")
        .lab("anti-ars", "negative")
    )
    assert ("prescribe", "methotrexate") in clear.order("prednisone", 60).proposals("MYO-GC-013")
    assert ("prescribe", "methotrexate") not in start(60).proposals("MYO-GC-013")
    assert ("prescribe", "tacrolimus") in start(60).proposals("MYO-GC-013")


def test_in_severe_necrotizing_myopathy_its_own_statement_speaks_instead() -> None:
    case = imnm("order-select").lab("body-weight", 70).order("prednisone", 70)
    assert case.severity("MYO-IMNM-002") is not None
    assert case.severity("MYO-GC-013") is None


# Lowering (GC-006 to 008, RTX-008)


def lowering(since: str, mg: float = 60, to: float = 50) -> Person:
    """A full dose since a day, now lowered."""
    return on_steroid(ordering(), mg, start=since).order("prednisone", to)


@pytest.mark.parametrize(
    ("since", "severity"),
    [("2026-02-03", "warning"), ("2026-02-02", "info"), ("2026-01-06", "info"), ("2026-01-05", None)],
)
def test_a_taper_before_four_to_eight_weeks_is_early(since: str, severity: str | None) -> None:
    assert lowering(since).severity("MYO-GC-006") == severity


def test_falling_ck_or_an_infection_allows_it() -> None:
    assert (
        lowering("2026-02-10").lab("ck", 1000, "2026-02-01").lab("ck", 900, "2026-02-20").severity("MYO-GC-006") is None
    )
    assert (
        lowering("2026-02-10").lab("ck", 1000, "2026-02-01").lab("ck", 901, "2026-02-20").severity("MYO-GC-006")
        == "warning"
    )
    assert (
        lowering("2026-02-10").lab("ck", 1000, "2026-02-08").lab("ck", 800, "2026-02-20").severity("MYO-GC-006")
        == "warning"
    )
    assert lowering("2026-02-10").ill("pneumonia").severity("MYO-GC-006") is None


def test_a_higher_or_equal_dose_is_no_taper_and_without_a_dose_before_nothing_is_said() -> None:
    assert lowering("2026-02-10", to=60).severity("MYO-GC-006") is None
    assert lowering("2026-02-10", to=70).severity("MYO-GC-006") is None
    assert start(50).severity("MYO-GC-006") is None
    assert on_steroid(ordering(), None, start="2026-02-10").order("prednisone", 50).severity("MYO-GC-006") is None


@pytest.mark.parametrize(("to", "severity"), [(27.9, "warning"), (28, "info"), (29.9, "info"), (30, None), (32, None)])
def test_how_much_a_month(to: float, severity: str | None) -> None:
    """From 40 mg: more than 30 % a warning, more than 25 % information."""
    case = on_steroid(ordering(), 40, start="2025-06-01").order("prednisone", to)
    assert case.severity("MYO-GC-007") == severity


def test_several_steps_of_one_month_are_added() -> None:
    case = on_steroid(ordering(), 50, start="2025-06-01", end="2026-02-15", status="completed")
    case = on_steroid(case, 40, start="2026-02-16").order("prednisone", 32)
    assert case.severity("MYO-GC-007") == "warning"
    month = on_steroid(ordering(), 50, start="2025-06-01", end="2026-02-01", status="completed")
    month = on_steroid(month, 40, start="2026-02-02").order("prednisone", 32)
    assert month.severity("MYO-GC-007") is None


def test_maintenance_infection_and_toxicity_are_not_hurried() -> None:
    """Correction 33."""
    assert on_steroid(ordering(), 10, start="2025-06-01").order("prednisone", 5).severity("MYO-GC-007") is None
    assert on_steroid(ordering(), 12, start="2025-06-01").order("prednisone", 5).severity("MYO-GC-007") == "warning"
    for name in ("pneumonia", "steroid myopathy"):
        case = on_steroid(ordering(), 40, start="2025-06-01").ill(name).order("prednisone", 20)
        assert case.severity("MYO-GC-007") is None
        assert case.severity("MYO-GC-008") is None


def slowly(to: float, ck: float = 500) -> Person:
    """48 mg two months ago, 44 a month ago."""
    case = on_steroid(ordering(), 48, start="2025-06-01", end="2026-01-20", status="completed")
    case = on_steroid(case, 44, start="2026-01-21").lab("ck", 1000, "2025-12-20").lab("ck", ck, "2026-02-20")
    return case.order("prednisone", to)


def test_two_slow_months_with_falling_ck_are_information() -> None:
    assert slowly(40).severity("MYO-GC-007") == "info"
    assert slowly(35.2).severity("MYO-GC-007") is None
    assert slowly(40, ck=1000).severity("MYO-GC-007") is None


def downto(mg: float, full_until: str) -> Person:
    case = on_steroid(ordering(), 64, start="2025-03-01", end=full_until, status="completed")
    return on_steroid(case, 12, start="2026-01-01").order("prednisone", mg)


@pytest.mark.parametrize(("until", "severity"), [("2025-09-04", "warning"), ("2025-09-03", None)])
def test_the_whole_taper_takes_six_months(until: str, severity: str | None) -> None:
    assert downto(10, until).severity("MYO-GC-008") == severity


def test_a_taper_that_stays_above_maintenance_has_not_ended() -> None:
    assert downto(11, "2025-12-01").severity("MYO-GC-008") is None
    assert downto(10, "2025-12-01").severity("MYO-GC-008") == "warning"


def test_without_a_full_dose_on_record_the_start_of_the_taper_is_not_known() -> None:
    assert on_steroid(ordering(), 20, start="2025-11-01").order("prednisone", 10).severity("MYO-GC-008") is None


# RTX-008


@pytest.mark.parametrize(("given", "severity"), [("2026-01-02", "warning"), ("2026-01-01", None)])
def test_a_taper_waits_two_months_after_rituximab(given: str, severity: str | None) -> None:
    case = on_steroid(ordering(), 40, start="2025-06-01").was_given("rituximab", given).order("prednisone", 32)
    assert case.severity("MYO-RTX-008") == severity


def test_infection_overrides_it_and_without_rituximab_it_is_silent() -> None:
    case = on_steroid(ordering(), 40, start="2025-06-01").was_given("rituximab", "2026-02-01").ill("pneumonia")
    assert case.order("prednisone", 32).severity("MYO-RTX-008") == "info"
    assert on_steroid(ordering(), 40, start="2025-06-01").order("prednisone", 32).severity("MYO-RTX-008") is None
    same = on_steroid(ordering(), 40, start="2025-06-01").was_given("rituximab", "2026-02-01").order("prednisone", 40)
    assert same.severity("MYO-RTX-008") is None
