"""``severe(c)`` and ``mild(c)``: how a condition is graded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cards.chart import fhir
from cards.logic import syntax
from cards.logic.kinds import BOOL
from cards.logic.syntax import ConditionError
from cards.logic.values import Value

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler


def _graded(answer: str) -> Callable[[Compiler, syntax.Call], Compiled]:
    """By its code or words, an answer of the value sets; a condition without a grade is not called so."""

    def build(compiler: Compiler, node: syntax.Call) -> Compiled:
        from cards.logic.compiler import Compiled

        problem = compiler.compile(node.arguments[0])
        if len(node.arguments) != 1 or problem.kind.name != "element" or problem.kind.of != "problem":
            raise ConditionError(f"{node.function}() takes a condition")
        terminology = compiler.names.terminology

        def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
            record = problem.evaluate(scene, bindings)
            grade = record.raw.get("severity")
            return Value(answer in terminology.answers(fhir.codings(grade), fhir.texts(grade)), (record,))

        return Compiled(BOOL, evaluate)

    return build


severe = _graded("severe")
mild = _graded("mild")
