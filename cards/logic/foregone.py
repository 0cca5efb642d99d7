"""Foregone conclusions: what an expression is worth wherever nothing that it looks for is on file.

Most of what the knowledge asks about is absent from any one chart, and absence reads the same in every chart. So each
expression is evaluated once, when it is compiled, on a blank chart that notes what it is asked for. In a chart that has
none of that on file the evaluation would take the same path, and its outcome is taken without it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cards.chart.on_file import KeyNumbers
from cards.logic.blank import NO_BINDINGS, BlankScene, Concluded, NeedsChartError
from cards.logic.plain import Bindings
from cards.terminology import Terminology

Evaluate = Callable[[Any, Bindings], Any]


@dataclass(frozen=True, slots=True)
class Foregone:
    """``value``, and the ``lack`` met on the way (see ``cards.logic.plain``), unless what was looked for is on file.

    ``looked_for``: keys as the bits that the chapter's ``KeyNumbers`` give them.
    """

    looked_for: int
    value: Any
    lack: int


def conclude(
    evaluate: Evaluate, terminology: Terminology, facts: Mapping[str, Concluded], numbers: KeyNumbers
) -> Foregone | None:
    """What is foregone of an expression; ``None`` where it takes more than to know that nothing is on file."""
    scene = BlankScene(terminology, facts, numbers)
    try:
        value = evaluate(scene, NO_BINDINGS)
    except NeedsChartError:
        return None
    return Foregone(scene.on_file.looked_for, value, scene.lack)


def all_looked_for(conclusions: Iterable[Foregone]) -> int:
    bits = 0
    for known in conclusions:
        bits |= known.looked_for
    return bits


def unless_on_file(evaluate: Evaluate, foregone: Foregone | None) -> Evaluate:
    """``evaluate``, spared where its outcome is foregone."""
    if foregone is None:
        return evaluate
    looked_for, value, lack = foregone.looked_for, foregone.value, foregone.lack
    if not looked_for and not lack:
        return lambda _scene, _bindings: value

    def concluded(scene: Any, bindings: Bindings) -> Any:
        if not looked_for & scene.on_file:
            if lack > scene.lack:
                scene.lack = lack
            return value
        return evaluate(scene, bindings)

    return concluded
