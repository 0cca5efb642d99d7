"""``affirms(r, finding)`` and ``excludes(r, finding)``: what the conclusion of a report says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cards.chart.conclusions import Said, conclusions_of, said_of
from cards.logic import syntax
from cards.logic.kinds import BOOL
from cards.logic.syntax import ConditionError
from cards.logic.values import Value

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler

Saying = frozenset[Said]


def affirms(compiler: Compiler, node: syntax.Call) -> Compiled:
    """Whether a report says that the finding is there; unknown without a conclusion, and where it only guesses."""
    return _says(compiler, node, _affirmed)


def excludes(compiler: Compiler, node: syntax.Call) -> Compiled:
    """Whether a report says expressly that the finding is not there, and nowhere that it is or may be."""
    return _says(compiler, node, lambda said: said == frozenset({Said.EXCLUDED}))


def _affirmed(said: Saying) -> bool | None:
    return True if Said.AFFIRMED in said else None if Said.GUESSED in said else False


def _says(compiler: Compiler, node: syntax.Call, decide: Callable[[Saying], bool | None]) -> Compiled:
    from cards.logic.compiler import Compiled

    if len(node.arguments) != 2 or not isinstance(node.arguments[1], syntax.Name):
        raise ConditionError(f"{node.function}() takes a report and a finding")
    report, key = compiler.compile(node.arguments[0]), node.arguments[1].text
    if report.kind.name != "element" or report.kind.of != "act":
        raise ConditionError(f"{node.function}() takes an act, found {report.kind}")
    compiler.names.member("condition", key)
    terminology = compiler.names.terminology

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record = report.evaluate(scene, bindings)
        if not conclusions_of(record):
            return Value(None, (record,))
        return Value(decide(said_of(record, key, terminology)), (record,))

    return Compiled(BOOL, evaluate)
