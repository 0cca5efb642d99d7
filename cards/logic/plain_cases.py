"""The cases of a fact without reasons (see ``cards.logic.plain``); those foregone not to hold are passed at once."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from cards.logic.foregone import Foregone, all_looked_for
from cards.logic.plain import Bindings, Plain

Case = tuple[Plain, Foregone | None, Plain]  # condition, its foregone conclusion, value


def first_case(cases: Sequence[Case], last: Plain | None) -> Plain:
    """The value of the first case that holds; a case that cannot be decided makes the fact unknown."""
    every_case = _first_case(cases, last)
    passed = [
        known for _, known, _ in takewhile(lambda case: case[1] is not None and case[1].value is False, cases) if known
    ]
    if not passed:
        return every_case
    looked_for = all_looked_for(passed)
    lack, others = max(known.lack for known in passed), _first_case(cases[len(passed) :], last)

    def plain(scene: Any, bindings: Bindings) -> Any:
        if looked_for & scene.on_file:
            return every_case(scene, bindings)
        if lack > scene.lack:
            scene.lack = lack
        return others(scene, bindings)

    return plain


def _first_case(cases: Sequence[Case], last: Plain | None) -> Plain:
    steps = [(when, value) for when, _, value in cases]

    def plain(scene: Any, bindings: Bindings) -> Any:
        for when, value in steps:
            held = when(scene, bindings)
            if held is None:
                return None
            if held:
                return value(scene, bindings)
        return last(scene, bindings) if last else None

    return plain
