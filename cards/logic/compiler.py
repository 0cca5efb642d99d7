"""Turns the syntax tree of a condition into a closure, checking names, units and types on the way."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from cards.chart.intervals import Interval
from cards.logic import junctions, plain, syntax
from cards.logic.arithmetic import add_span, negative_span, sum_numbers, within_unit
from cards.logic.dosing_vocabulary import BY_RECORD as DOSES
from cards.logic.evaluation import (
    COMPARE,
    Bindings,
    both,
    compared,
    joined,
    known,
    membership,
    reader,
)
from cards.logic.foregone import Foregone
from cards.logic.functions import FUNCTIONS
from cards.logic.kinds import BOOL, Kind
from cards.logic.plain import Plain, stripped
from cards.logic.quantifiers import quantified
from cards.logic.syntax import ConditionError, Node
from cards.logic.values import Value, negation
from cards.logic.vocabulary import BY_RECORD, Attribute, medication_attributes, result_attributes


class Compiled:
    """A checked expression: its kind, and the closures that evaluate it in a scene, with reasons and without."""

    __slots__ = ("concept", "constant", "evaluate", "kind", "plain")

    def __init__(
        self,
        kind: Kind,
        evaluate: Callable[[Any, Bindings], Any],
        constant: Any = None,
        concept: str = "",
        plain: Plain | None = None,
    ) -> None:
        self.kind = kind
        self.evaluate = evaluate
        self.plain: Plain = plain or stripped(evaluate)
        self.constant = constant
        self.concept = concept


class Names(Protocol):
    """Where a compiler looks names up: facts, built-ins, parameters and concepts of the terminology."""

    def look_up(self, name: str) -> "Compiled | None": ...
    def collection_of(self, name: str) -> "Compiled | None": ...
    def concept_attribute(self, concept: str, attribute: str, *, larger: bool) -> "Compiled | None": ...
    def parameter(self, name: str, part: str | None) -> "Compiled": ...
    def statement(self, identifier: str) -> "Compiled": ...
    def member(self, collection: str, key: str) -> None: ...
    def foregone(self, evaluate: Plain) -> Foregone | None: ...
    @property
    def terminology(self) -> Any: ...


class Compiler:
    """Compiles one expression; ``variables`` are the elements bound by the quantifiers around it."""

    def __init__(self, names: Names, variables: Mapping[str, Kind] | None = None) -> None:
        self.names = names
        self._variables = dict(variables or {})

    def condition(self, node: Node) -> Compiled:
        """``node`` as a bool."""
        compiled = self.compile(node)
        if compiled.kind.name != "bool":
            raise ConditionError(f"a condition is expected, found {compiled.kind}")
        return compiled

    def compile(self, node: Node, *, larger: bool = False) -> Compiled:
        """``larger``: of two results at one moment the larger is meant (upper-limit tests)."""
        match node:
            case syntax.Amount():
                return self._amount(node)
            case syntax.TimeSpan():
                value = Value(node)
                return Compiled(Kind("span"), lambda _s, _b: value, node, plain=lambda _s, _b: node)
            case syntax.Name():
                return self._name(node.text)
            case syntax.Attribute():
                return self._attribute(node, larger=larger)
            case syntax.Call():
                return self._call(node)
            case syntax.Quantified():
                return quantified(self, node)
            case syntax.Not():
                operand = self.condition(node.operand)
                inner = operand.evaluate
                return Compiled(BOOL, lambda s, b: negation(inner(s, b)), plain=plain.negated(operand.plain))
            case syntax.Junction():
                return self._junction(node)
            case syntax.Comparison():
                return self._comparison(node)
            case syntax.Arithmetic():
                return self._arithmetic(node)
            case _:
                raise ConditionError(f"unexpected {node}")

    def bound(self, variable: str, kind: Kind) -> "Compiler":
        if self.names.look_up(variable) is not None:
            raise ConditionError(f"'{variable}' already means something else")
        return Compiler(self.names, {**self._variables, variable: kind})

    def collection(self, node: Node) -> Compiled:
        """What a quantifier goes through: a name that stands for records."""
        if isinstance(node, syntax.Name) and node.text not in self._variables:
            found = self.names.collection_of(node.text)
            if found is not None:
                return found
        return self.compile(node)

    def _amount(self, node: syntax.Amount) -> Compiled:
        value = Value(Interval(node.value, node.value))
        return Compiled(Kind("number", unit=node.unit), lambda _s, _b: value, node, plain=lambda _s, _b: value.value)

    def _name(self, name: str) -> Compiled:
        if name in {"true", "false"}:
            constant = Value(name == "true")
            return Compiled(BOOL, lambda _s, _b: constant, plain=lambda _s, _b: constant.value)
        if name in self._variables:
            return Compiled(self._variables[name], lambda _s, b: b[name], plain=lambda _s, b: b[name])
        found = self.names.look_up(name)
        if found is None:
            raise ConditionError(f"'{name}' is not a known fact or concept")
        return found

    def _attribute(self, node: syntax.Attribute, *, larger: bool) -> Compiled:
        base = node.base
        if isinstance(base, syntax.Name) and base.text not in self._variables:
            if base.text == "P":
                return self.names.parameter(node.name, None)
            found = self.names.concept_attribute(base.text, node.name, larger=larger)
            if found is not None:
                return found
        if isinstance(base, syntax.Attribute) and isinstance(base.base, syntax.Name) and base.base.text == "P":
            return self.names.parameter(base.name, node.name)
        return self._element_attribute(self.compile(base), node.name)

    def _element_attribute(self, base: Compiled, name: str) -> Compiled:
        if base.kind.name != "element":
            raise ConditionError(f"{base.kind} has no '{name}'")
        attribute = self.element_attributes(base.kind).get(name)
        if attribute is None:
            raise ConditionError(f"a {base.kind.of} has no '{name}'")
        concept = base.kind.concept or base.kind.of
        evaluate = reader(base.evaluate, attribute, concept)
        return Compiled(attribute.kind, evaluate, plain=plain.reader(base.plain, attribute.read))

    def element_attributes(self, kind: Kind) -> Mapping[str, Attribute]:
        if kind.of == "result":
            return result_attributes(kind.concept, self.names.terminology)
        if kind.of == "medication":
            return medication_attributes(self.names.terminology)
        return DOSES[kind.of] if kind.of in DOSES else BY_RECORD[kind.of]

    def _call(self, node: syntax.Call) -> Compiled:
        if node.function == "fired":
            return self.names.statement(_dotted(node.arguments[0]))
        function = FUNCTIONS.get(node.function)
        if function is None:
            raise ConditionError(f"'{node.function}' is not a known function")
        return function(self, node)

    def _junction(self, node: syntax.Junction) -> Compiled:
        parts = [self.condition(part) for part in node.operands]
        deciding = node.operator == "or"
        evaluate = joined([part.evaluate for part in parts], deciding=deciding)
        quick = junctions.joined([(part.plain, self.names.foregone(part.plain)) for part in parts], deciding=deciding)
        return Compiled(BOOL, evaluate, plain=quick)

    def _comparison(self, node: syntax.Comparison) -> Compiled:
        if isinstance(node.right, syntax.Choice):
            return self._choice(node, node.right)
        larger = node.operator in {">", ">="}
        if self._is_word(node):
            word = syntax.Choice((node.right.text,))  # type: ignore[union-attr]
            return self._choice(syntax.Comparison("in" if node.operator == "==" else "not in", node.left, word), word)
        left, right = self.compile(node.left, larger=larger), self.compile(node.right, larger=not larger)
        left, right = _same_kind(left, right)
        compare = COMPARE[node.operator]
        evaluate = compared(left.evaluate, right.evaluate, compare)
        return Compiled(BOOL, evaluate, plain=plain.compared(left.plain, right.plain, compare))

    def _is_word(self, node: syntax.Comparison) -> bool:
        """``state == CARRIER``: the right side is a word of the left side's enum, not a name."""
        if node.operator not in {"==", "!="} or not isinstance(node.right, syntax.Name):
            return False
        left = self.compile(node.left).kind
        return left.name in {"enum", "bool"}

    def _choice(self, node: syntax.Comparison, choice: syntax.Choice) -> Compiled:
        left = self.compile(node.left)
        words = choice.words
        if node.operator in {"is", "is not"} and words[0] in {"unknown", "known"}:
            wanted = (words[0] == "unknown") is (node.operator == "is")
            evaluate = known(left.evaluate, wanted_unknown=wanted)
            return Compiled(BOOL, evaluate, plain=plain.known(left.plain, wanted_unknown=wanted))
        values = frozenset(_checked_word(left.kind, word) for word in words)
        two_valued = node.operator in {"is", "is not"}
        positive = node.operator in {"is", "in"}
        evaluate = membership(left.evaluate, values, positive=positive, two_valued=two_valued)
        return Compiled(
            BOOL, evaluate, plain=plain.membership(left.plain, values, positive=positive, two_valued=two_valued)
        )

    def _arithmetic(self, node: syntax.Arithmetic) -> Compiled:
        left, right = self.compile(node.left), self.compile(node.right)
        shape = (left.kind.name, node.operator, right.kind.name)
        if shape in {("date", "+", "span"), ("date", "-", "span")}:
            sign = 1 if node.operator == "+" else -1
            return _computed(left.kind, left, right, lambda a, b: add_span(a, b, sign))
        if shape[0] == "span" and shape[2] == "span" and node.operator in "+-":
            sign = 1 if node.operator == "+" else -1
            return _computed(left.kind, left, right, lambda a, b: negative_span(a, b, sign))
        if shape[0] == "number" and shape[2] == "number":
            return self._number_arithmetic(node.operator, left, right)
        raise ConditionError(f"cannot compute {left.kind} {node.operator} {right.kind}")

    def _number_arithmetic(self, operator: str, left: Compiled, right: Compiled) -> Compiled:
        if operator == "*":
            return _computed(product_kind(left.kind, right.kind), left, right, lambda a, b: sum_numbers("*", a, b))
        left, right = _same_kind(left, right)
        return _computed(left.kind, left, right, lambda a, b: sum_numbers(operator, a, b))


def _computed(kind: Kind, left: Compiled, right: Compiled, join: Callable[[Any, Any], Any]) -> Compiled:
    evaluate = both(left.evaluate, right.evaluate, join)
    return Compiled(kind, evaluate, plain=plain.both(left.plain, right.plain, join))


PURE = frozenset({None, "%", "1"})  # units of a factor that changes no unit


def product_kind(left: Kind, right: Kind) -> Kind:
    """mg/kg times kg is mg, and so is mg/m2 times m2; a pure number changes nothing."""
    units = {left.unit, right.unit}
    if not units.isdisjoint(PURE):
        return left if right.unit in PURE else right
    if units == {"mg/kg/d", "kg"}:
        return Kind("number", unit="mg/d", units={"mg/d": Decimal(1)})
    if units in ({"mg/kg", "kg"}, {"mg/m2", "m2"}):
        return Kind("number", unit="mg", units={"mg": Decimal(1), "g": Decimal(1000)})
    raise ConditionError(f"cannot multiply {left} by {right}")


def _dotted(node: Node) -> str:
    if isinstance(node, syntax.Name):
        return node.text
    if isinstance(node, syntax.Attribute):
        return f"{_dotted(node.base)}.{node.name}"
    raise ConditionError("fired() takes a statement id")


def _checked_word(kind: Kind, word: str) -> Any:
    if kind.name == "bool" and word in {"true", "false"}:
        return word == "true"
    if kind.name == "enum" and (word in kind.words or not kind.words):
        return word
    raise ConditionError(f"'{word}' is not one of the values of {kind}")


def _same_kind(left: Compiled, right: Compiled) -> tuple[Compiled, Compiled]:
    """Both sides in one unit; a literal is converted when it is compiled, so nothing is converted at run time."""
    if {left.kind.name, right.kind.name} == {"number", "span"}:
        return _span_as_number(left, right.kind), _span_as_number(right, left.kind)
    if left.kind.name != right.kind.name or left.kind.name not in {"number", "date", "bool", "span"}:
        raise ConditionError(f"cannot compare {left.kind} with {right.kind}")
    if left.kind.name == "number" and _unit(left) != _unit(right):
        return _converted(left, right.kind), _converted(right, left.kind)
    return left, right


def _unit(compiled: Compiled) -> str | None:
    """Counts and pure numbers are one unit."""
    return None if compiled.kind.unit in {"{count}", "1"} else compiled.kind.unit


def _converted(compiled: Compiled, target: Kind) -> Compiled:
    if compiled.constant is None or compiled.kind.unit == target.unit:
        if compiled.kind.unit != target.unit and compiled.kind.units is None:
            raise ConditionError(f"'{compiled.kind.unit}' and '{target.unit}' are different units")
        return compiled
    factor = (target.units or {}).get(compiled.kind.unit or "")
    if factor is None:
        raise ConditionError(f"'{compiled.kind.unit}' is not a unit of {target}")
    value = Value(within_unit(compiled.constant.value, factor))
    return Compiled(target, lambda _s, _b: value, plain=lambda _s, _b: value.value)


def _span_as_number(compiled: Compiled, target: Kind) -> Compiled:
    if compiled.kind.name != "span":
        return compiled
    evaluate, unit = compiled.evaluate, target.unit
    if unit not in {"d", "mo", "a"}:
        raise ConditionError(f"a time span cannot be compared with {target}")

    def length(span: syntax.TimeSpan) -> Interval[Decimal]:
        number = Decimal(span.days) if unit == "d" else Decimal(span.months) / (12 if unit == "a" else 1)
        return Interval(number, number)

    if compiled.constant is not None:
        constant = Value(length(compiled.constant))
        return Compiled(target, lambda _s, _b: constant, plain=lambda _s, _b: constant.value)

    def converted(scene: Any, bindings: Bindings) -> Value:
        value = evaluate(scene, bindings)
        return value if value.value is None else Value(length(value.value), value.evidence, value.missing)

    return Compiled(target, converted)
