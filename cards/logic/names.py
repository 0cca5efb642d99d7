"""Resolves the names in one chapter's conditions: facts, built-ins, parameters and concepts."""

from collections.abc import Callable, Mapping
from typing import Any

from cards.chart.dosed_days import dosed_days
from cards.chart.intervals import Interval
from cards.chart.latest import latest_high, latest_low, latest_result
from cards.chart.on_file import KeyNumbers
from cards.chart.records import Records
from cards.knowledge.model import ParameterEntry
from cards.logic import plain, reading, vocabulary
from cards.logic.blank import Concluded
from cards.logic.builtins import COLLECTIONS, VALUES
from cards.logic.compiler import Compiled
from cards.logic.foregone import Foregone, conclude
from cards.logic.kinds import BOOL, DATE, Kind, collection
from cards.logic.syntax import ConditionError, TimeSpan
from cards.logic.values import Value
from cards.terminology import Terminology

TIME_UNITS = {"d": (0, 1), "wk": (0, 7), "mo": (1, 0), "a": (12, 0)}
PARTS = {"low": 0, "high": -1, "first": 0, "second": 1, "third": 2}


class ChapterNames:
    """Names as the files of one chapter see them."""

    def __init__(
        self,
        chapter: str,
        terminology: Terminology,
        parameters: Mapping[str, ParameterEntry],
        open_world: frozenset[str],
    ) -> None:
        self.chapter = chapter
        self.terminology = terminology
        self.facts: dict[str, Kind] = {}
        self.used_parameters: set[str] = set()
        self.used_facts: set[str] = set()
        self.statements: frozenset[str] = frozenset()
        self._parameters = parameters
        self._open_world = open_world
        self._pending: Callable[[str], Kind | None] | None = None
        self._compiled: Mapping[str, Concluded] = {}
        self.key_numbers = KeyNumbers()

    def resolve_facts_with(self, resolver: Callable[[str], Kind | None], compiled: Mapping[str, Concluded]) -> None:
        """``resolver`` compiles a fact when it is first named, so facts may stand in any order."""
        self._pending, self._compiled = resolver, compiled

    def foregone(self, evaluate: Callable[[Any, Any], Any]) -> Foregone | None:
        """What is foregone of an expression that names these facts."""
        return conclude(evaluate, self.terminology, self._compiled, self.key_numbers)

    def look_up(self, name: str) -> Compiled | None:
        kind = self._fact_kind(name)
        if kind is not None:
            self.used_facts.add(name)
            return Compiled(kind, _remembered_fact(name), concept=name, plain=plain.remembered(name, "plain_fact"))
        if name in VALUES:
            quick = plain.remembered(name, "plain_built_in")
            return Compiled(VALUES[name][0], _remembered_built_in(name), plain=quick)
        if name in COLLECTIONS:
            kind = COLLECTIONS[name][0]
            return Compiled(Kind("collection", of=kind.of, concept=name), lambda scene, _b: scene.collection(name))
        return self._concept(name)

    def _fact_kind(self, name: str) -> Kind | None:
        if name in self.facts:
            return self.facts[name]
        return self._pending(name) if self._pending else None

    def _concept(self, name: str) -> Compiled | None:
        match self.terminology.kind(name):
            case "lab":
                return Compiled(collection("result", name), lambda scene, _b: scene.chart.results(name))
            case "condition":
                return self._problem(name)
            case "drug":
                return Compiled(collection("medication", name), lambda scene, _b: scene.chart.medications(name))
            case "act":
                return Compiled(collection("act", name), lambda scene, _b: scene.chart.acts(name))
            case "reaction":
                return Compiled(collection("reaction", name), lambda scene, _b: scene.chart.reactions(name))
            case _:
                return None

    def _problem(self, name: str) -> Compiled:
        open_world = name in self._open_world

        def evaluate(scene: Any, _bindings: Any) -> Value:
            return reading.exists(name, scene.chart.problems(name), reading.present, open_world=open_world)

        found = plain.exists(lambda scene: scene.chart.problems(name), reading.present, open_world=open_world)
        return Compiled(BOOL, evaluate, concept=name, plain=found)

    def collection_of(self, name: str) -> Compiled | None:
        """``name`` as something a quantifier can go through."""
        if self.terminology.kind(name) == "condition" and self._fact_kind(name) is None:
            return Compiled(collection("problem", name), lambda scene, _b: scene.chart.problems(name))
        found = self.look_up(name)
        return found if found is not None and found.kind.name == "collection" else None

    def concept_attribute(self, concept: str, attribute: str, *, larger: bool) -> Compiled | None:
        """``concept.attribute`` of all its records together; ``None`` when ``concept`` is not a plain concept."""
        if self._fact_kind(concept) is not None or concept in VALUES:
            return None
        kind = None if concept in COLLECTIONS else self.terminology.kind(concept)
        if kind is None:
            return None
        readers = {
            "lab": self._lab_attribute,
            "condition": self._problem_attribute,
            "drug": self._medication_attribute,
            "act": self._act_attribute,
            "reaction": self._no_attribute,
        }
        return readers[kind](concept, attribute, larger)

    def _no_attribute(self, concept: str, attribute: str, _larger: bool) -> Compiled | None:
        raise ConditionError(f"'{concept}' has no '{attribute}'")

    def _lab_attribute(self, concept: str, attribute: str, larger: bool) -> Compiled | None:
        attributes = vocabulary.result_attributes(concept, self.terminology)
        if attribute == "ever-positive":
            return _exists(concept, "results", lambda result: result.qualitative == "positive")
        if attribute == "ordered":
            return _exists(concept, "test_orders", lambda _order: True)
        if attribute == "measured":
            read = attributes["value" if self.terminology.lab(concept).reads == "quantity" else "result"].read
            return Compiled(BOOL, lambda s, _b: reading.measured(concept, s.chart.results(concept), read))
        if attribute not in attributes:
            return self._no_attribute(concept, attribute, larger)
        found = attributes[attribute]
        read = reading.of_readable(found.read) if attribute == "date" else found.read
        number = latest_high if larger else latest_low
        choose = number if attribute == "value" else latest_result

        def evaluate(scene: Any, _bindings: Any) -> Value:
            return reading.latest(concept, scene.chart.results(concept), read, choose)

        quick = plain.latest(lambda scene: scene.chart.results(concept), read, choose)
        key = f"{concept}.{attribute} {choose.__name__}"
        return Compiled(found.kind, evaluate, concept=concept, plain=plain.kept(key, quick))

    def _problem_attribute(self, concept: str, attribute: str, larger: bool) -> Compiled | None:
        flags: dict[str, Callable[[Any], bool]] = {
            "suspected": lambda problem: problem.active and problem.suspected,
            "resolved": lambda problem: problem.resolved,
            "recorded-ever": lambda problem: not problem.suspected,
        }
        if attribute not in flags:
            return self._no_attribute(concept, attribute, larger)
        return _exists(concept, "problems", flags[attribute])

    def _medication_attribute(self, concept: str, attribute: str, larger: bool) -> Compiled | None:
        if attribute == "reaction-recorded":
            return self._reaction_to(concept)
        if attribute == "days":
            return _dosed_days(concept)
        flags: dict[str, Callable[[Any], bool]] = {
            "active": lambda m: m.active and not m.draft,
            "drafted": lambda m: m.draft,
            "ordering": lambda m: m.draft and m.selected,
            "active-or-drafted": lambda m: m.active or m.draft,
            "ever": lambda m: not m.draft and not m.plan,
        }
        if attribute not in flags:
            return self._no_attribute(concept, attribute, larger)
        return _exists(concept, "medications", flags[attribute])

    def _reaction_to(self, concept: str) -> Compiled:
        """Whether a reaction to any drug of the group is on record."""
        drugs = sorted(self.terminology.group(concept))

        def evaluate(scene: Any, _bindings: Any) -> Value:
            found = [scene.chart.reactions(drug) for drug in drugs]
            items = tuple(item for records in found for item in records.items)
            gaps = frozenset(gap for records in found for gap in records.gaps)
            return reading.exists(concept, Records(items, gaps), lambda _reaction: True)

        return Compiled(BOOL, evaluate, concept=concept)

    def _act_attribute(self, concept: str, attribute: str, larger: bool) -> Compiled | None:
        if attribute == "date":
            return Compiled(
                DATE, lambda s, _b: reading.newest_date(concept, s.chart.acts(concept), lambda act: act.done)
            )
        flags: dict[str, Callable[[Any], bool]] = {
            "done": lambda act: act.done,
            "in-progress": lambda act: act.in_progress,
            "ordered": lambda act: act.ordered,
            "drafted": lambda act: act.draft,
        }
        if attribute not in flags:
            return self._no_attribute(concept, attribute, larger)
        return _exists(concept, "acts", flags[attribute])

    def parameter(self, name: str, part: str | None) -> Compiled:
        entry = self._parameters.get(name)
        if entry is None:
            raise ConditionError(f"'P.{name}' is not a parameter")
        self.used_parameters.add(name)
        if entry.value is None:
            kind = Kind("span") if entry.unit in TIME_UNITS else Kind("number", unit=entry.unit)
            return Compiled(kind, lambda _s, _b: Value(None), plain=lambda _s, _b: None)
        if isinstance(entry.value, bool):
            answer = Value(entry.value)
            return Compiled(BOOL, lambda _s, _b: answer)
        values = entry.value if isinstance(entry.value, list) else [entry.value]
        if (part is None) == isinstance(entry.value, list) or (part is not None and part not in PARTS):
            raise ConditionError(f"'P.{name}' has {len(values)} values; write .low, .high, .first, .second or .third")
        return _constant(values[PARTS[part or "first"]], entry.unit)

    def statement(self, identifier: str) -> Compiled:
        if identifier not in self.statements:
            raise ConditionError(f"'{identifier}' is not a statement of {self.chapter}")
        return Compiled(BOOL, lambda s, _b: s.fired(identifier), plain=lambda s, _b: s.plainly_fires(identifier))

    def member(self, collection: str, key: str) -> None:
        if self.terminology.kind(key) != collection:
            raise ConditionError(f"'{key}' is not a known {collection}")


def _remembered_fact(name: str) -> Callable[[Any, Any], Value]:
    def evaluate(scene: Any, _bindings: Any) -> Value:
        found = scene.facts.get(name)
        return scene.fact(name) if found is None else found

    return evaluate


def _remembered_built_in(name: str) -> Callable[[Any, Any], Value]:
    def evaluate(scene: Any, _bindings: Any) -> Value:
        found = scene.built_ins.get(name)
        return scene.built_in(name) if found is None else found

    return evaluate


def _dosed_days(concept: str) -> Compiled:
    """``rituximab.days``: the days on which the drug was or will be given."""

    def evaluate(scene: Any, _bindings: Any) -> Records[Any]:
        return dosed_days(scene.chart.medications(concept), scene.chart.today)

    return Compiled(collection("dosed-day", concept), evaluate)  # type: ignore[arg-type]


def _exists(concept: str, records: str, holds: Callable[[Any], bool]) -> Compiled:
    def evaluate(scene: Any, _bindings: Any) -> Value:
        found: Records[Any] = getattr(scene.chart, records)(concept)
        return reading.exists(concept, found, holds)

    quick = plain.exists(lambda scene: getattr(scene.chart, records)(concept), holds)
    return Compiled(BOOL, evaluate, concept=concept, plain=quick)


def _constant(number: Any, unit: str) -> Compiled:
    """A time unit makes a span (``P.hbv_na_tail_months`` is 18 months), anything else a number."""
    if unit in TIME_UNITS:
        months, days = TIME_UNITS[unit]
        span = TimeSpan(int(number) * months, int(number) * days)
        value = Value(span)
        return Compiled(Kind("span"), lambda _s, _b: value, span, plain=lambda _s, _b: span)
    value = Value(Interval(number, number))
    from cards.logic.syntax import Amount

    amount = Amount(number, unit)
    return Compiled(Kind("number", unit=unit), lambda _s, _b: value, amount, plain=lambda _s, _b: value.value)
