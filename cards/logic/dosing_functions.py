"""``largest-total(14 days)`` and ``indication-is(atopic-dermatitis)``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from cards.logic import syntax
from cards.logic.dosing_facts import MILLIGRAM, has_indication, total_within
from cards.logic.kinds import BOOL
from cards.logic.syntax import ConditionError

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler


def largest_total(compiler: Compiler, node: syntax.Call) -> Compiled:
    """The largest sum of the drug in any such stretch of days, in mg."""
    from cards.logic.compiler import Compiled

    span = compiler.compile(node.arguments[0])
    length = span.constant
    if len(node.arguments) != 1 or not isinstance(length, syntax.TimeSpan) or length.months:
        raise ConditionError("largest-total() takes a number of days or weeks")
    days = Decimal(length.days)
    return Compiled(MILLIGRAM, lambda scene, _b: total_within(scene, days))


def indication_is(compiler: Compiler, node: syntax.Call) -> Compiled:
    """Whether the draft is for a condition, without a doubt: not where it could be for another one as well."""
    from cards.logic.compiler import Compiled

    name = node.arguments[0]
    if len(node.arguments) != 1 or not isinstance(name, syntax.Name):
        raise ConditionError("indication-is() takes a condition")
    compiler.names.member("condition", name.text)
    return Compiled(BOOL, lambda scene, _b: has_indication(scene, name.text))
