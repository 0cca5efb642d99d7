"""Three-valued logic: the laws, and what the reasons for a verdict are."""

from hypothesis import given
from hypothesis import strategies as st

from cards.chart.records import Gap
from cards.logic.values import Missing, Value, disjunction, junction, negation

MISSING = Missing("hbsag", Gap.NOT_ON_FILE)
truths = st.sampled_from([True, False, None])


def conjunction(parts: list[Value]) -> Value:
    return junction(parts, deciding=False)


def as_value(truth: bool | None) -> Value:
    return Value(truth, (), (MISSING,) if truth is None else ())


def kleene_and(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


@given(st.lists(truths, min_size=1, max_size=6))
def test_and_is_false_when_one_part_is_false_and_unknown_only_when_undecided(parts):
    assert conjunction([as_value(p) for p in parts]).value is kleene_and(parts)


@given(st.lists(truths, min_size=1, max_size=6))
def test_or_is_the_dual_of_and(parts):
    direct = disjunction([as_value(p) for p in parts])
    dual = negation(conjunction([negation(as_value(p)) for p in parts]))
    assert direct.value is dual.value


@given(truths)
def test_not_unknown_stays_unknown_and_twice_not_changes_nothing(truth):
    assert negation(negation(as_value(truth))).value is truth


@given(st.lists(truths, min_size=1, max_size=6), st.integers(0, 5))
def test_learning_an_unknown_part_never_turns_a_decided_verdict(parts, position):
    decided = conjunction([as_value(p) for p in parts]).value
    if decided is None or position >= len(parts) or parts[position] is not None:
        return
    for learned in (True, False):
        changed = [*parts[:position], learned, *parts[position + 1 :]]
        assert conjunction([as_value(p) for p in changed]).value is decided


def test_an_undecided_conjunction_names_only_what_would_decide_it():
    verdict = conjunction([as_value(True), as_value(None)])
    assert verdict.value is None
    assert verdict.missing == (MISSING,)


def test_a_part_that_is_clearly_false_clears_the_doubt_of_the_others():
    doubtful = Value(False, (), (MISSING,))
    assert conjunction([doubtful, as_value(False)]).missing == ()
    assert conjunction([doubtful, as_value(True)]).missing == (MISSING,)
