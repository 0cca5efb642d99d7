"""What a drafted order is for: by the reasons it names, else by the problem list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cards.logic import reading, syntax
from cards.logic.kinds import BOOL
from cards.logic.syntax import ConditionError
from cards.logic.values import FALSE, Value, disjunction

if TYPE_CHECKING:
    from cards.assess.scene import Scene
    from cards.logic.compiler import Compiled, Compiler


def is_ordered_for(scene: Scene, conditions: Iterable[str]) -> Value:
    """Whether the drafts of the drug are for one of these conditions.

    Where any draft names a reason, only reasons count: the problem list does not say which problem is treated.
    """
    wanted = frozenset(conditions)
    drafts = tuple(item for item in scene.chart.medications(scene.drug).items if item.draft)
    if any(item.reason_given for item in drafts):
        return Value(any(not wanted.isdisjoint(item.reasons) for item in drafts), drafts)
    problems = (reading.exists(key, scene.chart.problems(key), reading.present) for key in sorted(wanted))
    return disjunction(list(problems))


def ordered_for(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``ordered-for(plaque-psoriasis, psoriatic-arthritis)``."""
    from cards.logic.compiler import Compiled

    keys = [argument.text for argument in node.arguments if isinstance(argument, syntax.Name)]
    if not keys or len(keys) != len(node.arguments):
        raise ConditionError(f"{node.function}() takes conditions")
    for key in keys:
        compiler.names.member("condition", key)
    return Compiled(BOOL, lambda scene, _b: is_ordered_for(scene, keys))


def named_for_it(scene: Any) -> Value:
    """Whether the chapter's recommendations name the drug for any disease that the drafts are for."""
    found = [is_ordered_for(scene, item.concepts) for item in scene.chapter.recommendations if scene.drug in item.named]
    return disjunction(found) if found else FALSE
