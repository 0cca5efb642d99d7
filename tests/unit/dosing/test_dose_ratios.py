"""What must hold of dose arithmetic whatever the numbers are."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from dose_building import DoseCase, adult, by, every, mg, on, once
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.chart.dosage import Amount
from cards.chart.intervals import Interval
from cards.dosing.amounts import amount_ratio, interval_ratio
from cards.dosing.doses import Allowed, Basis, Phase, Span
from cards.dosing.patient import Body

amounts = st.decimals(min_value="0.1", max_value="3000", places=1)
scales = st.sampled_from([Decimal(2), Decimal("0.5"), Decimal(10), Decimal("0.1")])


def body(kilograms: float | None = 70) -> Body:
    return adult("adalimumab", None, kilograms).view().situation.body


BODY, WEIGHTLESS = body(), body(None)


def flat(value: Decimal) -> Amount:
    return Amount(flat=Interval(value, value))


def allowed(value: Decimal, basis: Basis = Basis.FLAT) -> Allowed:
    return Allowed(Phase.MAINTENANCE, basis, value, value)


@given(amounts, amounts, scales)
def test_scaling_both_doses_leaves_the_ratio(ordered: Decimal, right: Decimal, by_factor: Decimal) -> None:
    before = amount_ratio(flat(ordered), allowed(right), BODY)
    after = amount_ratio(flat(ordered * by_factor), allowed(right * by_factor), BODY)
    assert before == after


@given(amounts)
def test_a_dose_is_right_by_itself(value: Decimal) -> None:
    found = amount_ratio(flat(value), allowed(value), BODY)
    assert found == Interval(Decimal(1), Decimal(1))


@given(amounts, amounts, amounts)
def test_more_is_never_a_smaller_ratio(one: Decimal, other: Decimal, right: Decimal) -> None:
    low, high = (amount_ratio(flat(value), allowed(right), BODY) for value in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert low.low is not None
    assert high.low is not None
    assert low.low <= high.low


@given(amounts, amounts)
def test_a_dose_written_per_kg_needs_no_weight(ordered: Decimal, right: Decimal) -> None:
    written = Amount(per_kg=Interval(ordered, ordered))
    with_weight = amount_ratio(written, allowed(right, Basis.PER_KG), BODY)
    without = amount_ratio(written, allowed(right, Basis.PER_KG), WEIGHTLESS)
    assert with_weight is not None
    assert without is not None
    assert with_weight.low is not None
    assert without.low is not None
    assert abs(with_weight.low - without.low) < Decimal("1e-20")


def test_without_the_measure_the_ratio_is_unknown() -> None:
    assert amount_ratio(flat(Decimal(350)), allowed(Decimal(5), Basis.PER_KG), WEIGHTLESS) is None
    assert amount_ratio(flat(Decimal(700)), allowed(Decimal(375), Basis.PER_M2), BODY) is None


@given(st.decimals(min_value="0.5", max_value="400", places=1))
def test_the_nearest_interval_is_compared(days: Decimal) -> None:
    spans = [Span(Decimal(14), Decimal(14)), Span(Decimal(28), Decimal(28))]
    found = interval_ratio(Interval(days, days), spans)
    assert found is not None
    assert found.low in {days / 14, days / 28}
    within = interval_ratio(Interval(days, days), [Span(Decimal(14), Decimal(28))])
    assert within is not None
    assert (within.low == 1) is (14 <= days <= 28)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([20, 40, 50, 80, 120]), st.sampled_from([1, 2, 3, 4]))
def test_mg_and_g_agree(value: int, weeks: int) -> None:
    in_mg = adult("adalimumab", "plaque-psoriasis").treated().order(mg(value), every(weeks, "wk"))
    in_g = adult("adalimumab", "plaque-psoriasis").treated().order(mg(value / 1000, "g"), every(weeks, "wk"))
    assert in_mg.severities() == in_g.severities()


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([3, 5, 8, 10, 16]), st.sampled_from([40, 60, 100]))
def test_per_kg_and_its_milligrams_agree(per_kg: int, kilograms: int) -> None:
    def case(dose: dict[str, Any]) -> DoseCase:
        return (
            adult("infliximab", "plaque-psoriasis", kilograms).treated().order(dose, every(8, "wk"), by("intravenous"))
        )

    written, worked_out = case(mg(per_kg, "mg/kg")), case(mg(per_kg * kilograms))
    if (
        "whole vials"
        not in worked_out.findings().get("DERM-DOSE-001", worked_out.findings()["DERM-GRADE-001"]).statement.say.en
    ):
        assert written.severities() == worked_out.severities()


STEPS = [
    mg(80) | on("2026-03-02"),
    mg(40) | on("2026-03-09"),
    mg(40) | every(2, "wk", boundsPeriod={"start": "2026-03-23"}),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_dated_instructions_does_not_matter(order: tuple[int, ...]) -> None:
    case = adult("adalimumab", "plaque-psoriasis").instructed([STEPS[n] for n in order])
    assert case.severities() == {}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_numbered_instructions_may_stand_in_any_order(order: tuple[int, ...]) -> None:
    numbered = [
        {"sequence": 1} | mg(80) | every(1, "wk", count=1),
        {"sequence": 2} | mg(40) | every(1, "wk", count=1),
        {"sequence": 3} | mg(40) | every(2, "wk"),
    ]
    case = adult("adalimumab", "plaque-psoriasis").instructed([numbered[n] for n in order])
    assert case.severities() == {}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_one_order_or_three_orders_are_the_same(order: tuple[int, ...]) -> None:
    case = adult("adalimumab", "plaque-psoriasis")
    for number in order:
        case.order(STEPS[number])
    assert case.severities() == {}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([20, 40, 80]), min_size=1, max_size=4))
def test_split_doses_of_a_day_are_one_dose(parts: list[int]) -> None:
    whole = adult("adalimumab", "plaque-psoriasis").order(mg(sum(parts)), once("2026-03-02"))
    split = adult("adalimumab", "plaque-psoriasis")
    for part in parts:
        split.order(mg(part), once("2026-03-02"))
    assert split.severities() == whole.severities()
