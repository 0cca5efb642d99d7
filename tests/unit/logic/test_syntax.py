"""The grammar of conditions."""

from decimal import Decimal

import pytest

from cards.logic.syntax import (
    Amount,
    Arithmetic,
    Attribute,
    Choice,
    Comparison,
    ConditionError,
    Junction,
    Name,
    Not,
    Quantified,
    TimeSpan,
    parse,
)

UNITS = ("mg", "mg/dL", "/uL", "%", "mg/kg", "mL/min/{1.73_m2}")


def test_and_binds_tighter_than_or_and_not_tighter_than_both():
    tree = parse("a or b and not c", UNITS)
    assert tree == Junction("or", (Name("a"), Junction("and", (Name("b"), Not(Name("c"))))))


def test_hyphens_belong_to_names_and_a_minus_sign_stands_apart():
    assert parse("anti-hbc-total.date", UNITS) == Attribute(Name("anti-hbc-total"), "date")
    assert parse("today - 3 months", UNITS) == Arithmetic("-", Name("today"), TimeSpan(3, 0))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("x < 500 mg/dL", "500", "mg/dL"),
        ("x <= 4 /uL", "4", "/uL"),
        ("x >= 1 %", "1", "%"),
        ("x == 8 mg/kg", "8", "mg/kg"),
        ("x < 30 mL/min/{1.73_m2}", "30", "mL/min/{1.73_m2}"),
        ("x > 37.5 mg and y", "37.5", "mg"),
        ("x > 2", "2", None),
    ],
)
def test_a_number_takes_the_longest_unit_that_follows(text, value, unit):
    tree = parse(text, UNITS)
    comparison = tree.operands[0] if isinstance(tree, Junction) else tree
    assert comparison.right == Amount(Decimal(value), unit)


def test_time_spans_are_months_or_days():
    assert parse("4 weeks", UNITS) == TimeSpan(0, 28)
    assert parse("1 year", UNITS) == TimeSpan(12, 0)


def test_is_and_in_take_the_words_of_a_state():
    assert parse("hbv_state in {ACTIVE, DNA_POS_OTHER}", UNITS) == Comparison(
        "in", Name("hbv_state"), Choice(("ACTIVE", "DNA_POS_OTHER"))
    )
    assert parse("pregnant is not true", UNITS) == Comparison("is not", Name("pregnant"), Choice(("true",)))


def test_a_quantifier_names_its_element():
    tree = parse("newest(r in hbsag, r.date <= t0).result is positive", UNITS)
    assert isinstance(tree, Comparison)
    assert isinstance(tree.left, Attribute)
    assert isinstance(tree.left.base, Quantified)
    assert tree.left.base.variable == "r"


@pytest.mark.parametrize("text", ["a and", "a b", "(a", "x in {A", "any(r hbsag)", "1 <", "", "a == == b", "x.'y'"])
def test_what_is_not_a_condition_is_refused_with_the_place(text):
    with pytest.raises(ConditionError):
        parse(text, UNITS)
