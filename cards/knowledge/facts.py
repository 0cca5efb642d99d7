"""Compiles the derived facts of a chapter, each when it is first named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cards.errors import KnowledgeError
from cards.knowledge.model import FactEntry
from cards.logic.compiler import Compiled, Compiler
from cards.logic.foregone import unless_on_file
from cards.logic.kinds import Kind, enum
from cards.logic.names import ChapterNames
from cards.logic.plain import Bindings, Plain
from cards.logic.plain_cases import first_case
from cards.logic.syntax import ConditionError, parse
from cards.logic.values import Value, combined


@dataclass(frozen=True, slots=True)
class Fact:
    """A compiled derived fact."""

    entry: FactEntry
    file: str
    kind: Kind
    evaluate: Callable[[Any, Bindings], Value]
    plain: Plain
    facts: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()


class FactBook:
    """All facts of one chapter; reports a fact that depends on itself."""

    def __init__(
        self, names: ChapterNames, entries: Mapping[str, tuple[FactEntry, str]], units: frozenset[str]
    ) -> None:
        self._names = names
        self._entries = entries
        self._units = units
        self._open: list[str] = []
        self.facts: dict[str, Fact] = {}
        names.resolve_facts_with(self.kind_of, self.facts)

    def compile_all(self) -> dict[str, Fact]:
        for name in self._entries:
            self.kind_of(name)
        return self.facts

    def kind_of(self, name: str) -> Kind | None:
        """The kind of a fact, compiling it first where needed; ``None`` when there is no such fact."""
        if name in self.facts:
            return self.facts[name].kind
        if name not in self._entries:
            return None
        entry, file = self._entries[name]
        if name in self._open:
            raise ConditionError(f"'{name}' depends on itself: {' -> '.join([*self._open, name])}")
        self._open.append(name)
        outer = self._names.used_facts, self._names.used_parameters
        self._names.used_facts, self._names.used_parameters = set(), set()
        try:
            fact = self._compile(entry, file)
            used = frozenset(self._names.used_facts), frozenset(self._names.used_parameters)
            fact = self._concluded(replace(fact, facts=used[0], parameters=used[1]))
        finally:
            self._open.pop()
            self._names.used_facts, self._names.used_parameters = outer
        self.facts[name] = fact
        self._names.facts[name] = fact.kind
        return fact.kind

    def _concluded(self, fact: Fact) -> Fact:
        return replace(
            fact,
            evaluate=unless_on_file(fact.evaluate, self._names.foregone(fact.evaluate)),
            plain=unless_on_file(fact.plain, self._names.foregone(fact.plain)),
        )

    def _compile(self, entry: FactEntry, file: str) -> Fact:
        if (entry.is_ is None) == (not entry.cases):
            raise KnowledgeError(file, entry.fact, "give either 'is' or 'cases'")
        if entry.is_ is not None:
            compiled = self._expression(entry.is_, file, f"{entry.fact}.is")
            return Fact(entry, file, compiled.kind, compiled.evaluate, compiled.plain)
        return self._cases(entry, file)

    def _cases(self, entry: FactEntry, file: str) -> Fact:
        words = frozenset(entry.values)
        steps = [
            (
                self._expression(case.when, file, f"{entry.fact}.cases.when", condition=True),
                self._value(case.value, words, file, f"{entry.fact}.cases.value"),
            )
            for case in entry.cases
        ]
        last = self._value(entry.otherwise, words, file, f"{entry.fact}.otherwise") if entry.otherwise else None
        kinds = [value.kind for _, value in steps] + ([last.kind] if last else [])
        first = kinds[0]
        if any((kind.name, kind.unit) != (first.name, first.unit) for kind in kinds):
            raise KnowledgeError(file, entry.fact, "its cases are of different kinds")
        kind = enum(*entry.values) if words else first
        evaluate = _first_case([(when.evaluate, value.evaluate) for when, value in steps], last)
        foregone = self._names.foregone
        cases = [(when.plain, foregone(when.plain), value.plain) for when, value in steps]
        quick = first_case(cases, last.plain if last else None)
        return Fact(entry, file, kind, evaluate, quick)

    def _value(self, text: str, words: frozenset[str], file: str, field: str) -> Compiled:
        if words:
            if text == "unknown":
                return Compiled(enum(*words), lambda _s, _b: Value(None))
            if text not in words:
                raise KnowledgeError(file, field, f"'{text}' is not one of {sorted(words)}")
            value = Value(text)
            return Compiled(enum(*words), lambda _s, _b: value, plain=lambda _s, _b: text)
        return self._expression(text, file, field)

    def _expression(self, text: str, file: str, field: str, *, condition: bool = False) -> Compiled:
        return compile_expression(text, self._names, self._units, file, field, condition=condition)


def compile_expression(
    text: str, names: ChapterNames, units: frozenset[str], file: str, field: str, *, condition: bool = False
) -> Compiled:
    """``text`` checked and compiled. Raises ``KnowledgeError`` with file, field and reason."""
    try:
        node = parse(text, units)
        compiler = Compiler(names)
        return compiler.condition(node) if condition else compiler.compile(node)
    except ConditionError as problem:
        raise KnowledgeError(file, field, f"{problem} in: {text}") from problem


def _first_case(
    steps: list[tuple[Callable[..., Value], Callable[..., Value]]], last: Compiled | None
) -> Callable[[Any, Bindings], Value]:
    """The value of the first case that holds. A case that cannot be decided makes the fact unknown.

    What the cases before it could not know stays with the value, so that nothing resting on it is called clear.
    """

    def evaluate(scene: Any, _bindings: Bindings) -> Value:
        leaned: list[Value] = []
        for when, value in steps:
            held = when(scene, {})
            if held.value is None:
                return held
            if held.value:
                result = value(scene, {})
                return combined(result.value, (held, result))
            leaned.append(held)
        result = last.evaluate(scene, {}) if last else Value(None)
        return combined(result.value, [*leaned, result])

    return evaluate
