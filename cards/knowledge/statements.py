"""Compiles statements, and refuses those that are wrong or could never fire."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from cards.errors import KnowledgeError
from cards.knowledge.facts import Fact, compile_expression
from cards.knowledge.model import SEVERITIES, Action, Severity, Statement, Suggestion
from cards.knowledge.placeholders import check_placeholders
from cards.logic.compiler import Compiled
from cards.logic.foregone import Foregone, unless_on_file
from cards.logic.junctions import joined
from cards.logic.kinds import BOOL
from cards.logic.names import ChapterNames
from cards.logic.plain import Plain
from cards.logic.values import Value, disjunction

Evaluate = Callable[[Any, dict[str, Any]], Value]

CONCEPT_KINDS: dict[str, tuple[str, ...]] = {
    "order": ("lab", "act"),
    "refer": ("act",),
    "prescribe": ("drug",),
    "delete_drafts_of": ("drug", "vaccine"),
    "reason_from": ("condition",),
}
EXPRESSION_KINDS = {
    "set_dose": "number",
    "set_interval": "span",
    "move_draft": "date",
    "move_second": "date",
    "add_infusion": "date",
    "move_vaccine": "date",
}
MISSING_COMPONENTS = "missing-components"
LIVE_VACCINE = "live-vaccine"  # every drafted vaccine that is known to be live
ACTIONS: tuple[Action, ...] = get_args(Action)


@dataclass(frozen=True, slots=True)
class CompiledSuggestion:
    action: Action
    entry: Suggestion
    concept: str
    day: Evaluate | None = None
    dose: Evaluate | None = None
    only_if: Plain | None = None
    days: Evaluate | None = None


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """A statement ready to be evaluated, with the names it rests on for its explanation."""

    entry: Statement
    file: str
    applies: Evaluate
    fires: Evaluate
    plain_applies: Plain
    plain_fires: Plain
    components: tuple[tuple[str, Plain], ...]
    escalations: tuple[tuple[Severity, Plain], ...]
    suggestions: tuple[CompiledSuggestion, ...]
    parameters: frozenset[str]
    facts: frozenset[str]
    drugs: frozenset[str]  # whose draft brings it up on an order hook
    stages: frozenset[str | None]  # empty: any; an unknown stage fits every statement
    situation: str  # statements with the same one apply to the same patients
    shown: bool
    reported_when_unknown: bool
    sleeps_without: frozenset[str] | None  # it cannot fire unless one of these keys is on file
    wordings: tuple[tuple[Statement, Plain], ...] = ()

    def worded(self, scene: Any) -> Statement:
        """The statement with the words that fit this patient: those of the first wording whose condition holds."""
        return next((entry for entry, when in self.wordings if when(scene, {}) is True), self.entry)


class StatementCompiler:
    """Compiles the statements of one chapter; ``drugs`` are those its statements are about unless they name others."""

    def __init__(
        self,
        names: ChapterNames,
        units: frozenset[str],
        facts: Mapping[str, Fact],
        drugs: list[str],
    ) -> None:
        self._names = names
        self._drugs = drugs
        self._units = units
        self._stages = frozenset(facts["stage"].entry.values) if "stage" in facts else frozenset[str]()

    def compile(self, entry: Statement, file: str) -> CompiledStatement:
        self._names.used_parameters, self._names.used_facts = set(), set()
        self._check_reachable(entry, file)
        check_placeholders(entry, file)
        applies = self._compiled(entry.applies, file, f"{entry.id}.applies")
        parts = {
            name: self._compiled(text, file, f"{entry.id}.components.{name}") for name, text in entry.components.items()
        }
        components = tuple((name, self._unless_foregone(part.plain)) for name, part in parts.items())
        fires = self._fires(entry, file, parts)
        foregone = self._names.foregone(applies.plain), self._names.foregone(fires.plain)
        return CompiledStatement(
            entry=entry,
            file=file,
            applies=self._unless_foregone(applies.evaluate),
            fires=self._unless_foregone(fires.evaluate),
            plain_applies=unless_on_file(applies.plain, foregone[0]),
            plain_fires=unless_on_file(fires.plain, foregone[1]),
            components=components,
            escalations=self._escalations(entry, file),
            wordings=self._wordings(entry, file),
            suggestions=tuple(self._suggestion(s, entry, file) for s in entry.suggest),
            parameters=frozenset(self._names.used_parameters),
            facts=frozenset(self._names.used_facts),
            drugs=self._brought_up_by(entry, file),
            stages=frozenset() if "any" in entry.stages or not entry.stages else frozenset([None, *entry.stages]),
            situation=repr((sorted(entry.stages), entry.population, entry.applies)),
            shown=entry.presentation != "guard",
            reported_when_unknown=entry.unknown != "silent" or bool(entry.handled_by),
            sleeps_without=self._sleeps_without(foregone[:1] if entry.outranks else foregone),
        )

    def _unless_foregone(self, evaluate: Callable[[Any, dict[str, Any]], Any]) -> Callable[[Any, dict[str, Any]], Any]:
        return unless_on_file(evaluate, self._names.foregone(evaluate))

    def _sleeps_without(self, conditions: Iterable[Foregone | None]) -> frozenset[str] | None:
        """What has to be on file before all conditions can hold; of several answers the one that asks for least."""
        never = [
            known.looked_for for known in conditions if known is not None and known.value is False and not known.lack
        ]
        return self._names.key_numbers.keys(min(never, key=int.bit_count)) if never else None

    def _brought_up_by(self, entry: Statement, file: str) -> frozenset[str]:
        found: set[str] = set()
        for name in entry.drugs or self._drugs:
            if self._names.terminology.kind(name) != "drug":
                raise KnowledgeError(file, f"{entry.id}.drugs", f"'{name}' is not a known drug or group")
            found |= self._names.terminology.group(name)
        if not found and not entry.also_on and set(entry.hooks) != {"patient-view"}:
            raise KnowledgeError(file, f"{entry.id}.drugs", "no draft brings it up")
        return frozenset(found)

    def _check_reachable(self, entry: Statement, file: str) -> None:
        strange = set(entry.stages) - self._stages - {"any"}
        if strange:
            raise KnowledgeError(file, f"{entry.id}.stages", f"unknown stages {sorted(strange)}")
        if entry.fires is None and not entry.components:
            raise KnowledgeError(file, f"{entry.id}.fires", "give 'fires' or 'components'")
        never = {"false"} & {entry.fires, entry.applies}
        if never and entry.presentation != "guard":
            raise KnowledgeError(file, entry.id, "can never fire")
        for name in entry.asks:
            if self._names.terminology.kind(name) not in {"lab", "act", "drug", "vaccine"}:
                raise KnowledgeError(file, f"{entry.id}.asks", f"'{name}' is not a test, act, drug or vaccine group")

    def _fires(self, entry: Statement, file: str, components: dict[str, Compiled]) -> Compiled:
        if entry.fires is not None:
            return self._compiled(entry.fires, file, f"{entry.id}.fires")
        parts = [part.evaluate for part in components.values()]
        quick = joined([(part.plain, self._names.foregone(part.plain)) for part in components.values()], deciding=True)
        return Compiled(BOOL, lambda s, b: disjunction([part(s, b) for part in parts]), plain=quick)

    def _wordings(self, entry: Statement, file: str) -> tuple[tuple[Statement, Plain], ...]:
        return tuple(
            (
                entry.model_copy(update={"say": wording.say}),
                self._condition(wording.when, file, f"{entry.id}.say_if.when"),
            )
            for wording in entry.say_if
        )

    def _escalations(self, entry: Statement, file: str) -> tuple[tuple[Severity, Plain], ...]:
        found: list[tuple[Severity, Plain]] = []
        for escalation in entry.escalate:
            if escalation.to not in SEVERITIES or escalation.to == entry.severity:
                raise KnowledgeError(file, f"{entry.id}.escalate", f"'{escalation.to}' changes nothing")
            found.append((escalation.to, self._condition(escalation.when, file, f"{entry.id}.escalate.when")))
        return tuple(found)

    def _suggestion(self, entry: Suggestion, statement: Statement, file: str) -> CompiledSuggestion:
        field = f"{statement.id}.suggest"
        given: list[Action] = [action for action in ACTIONS if getattr(entry, action) is not None]
        if len(given) != 1:
            raise KnowledgeError(file, field, f"exactly one action is expected, found {given}")
        action = given[0]
        value = getattr(entry, action)
        concept = value if isinstance(value, str) and action not in EXPRESSION_KINDS else ""
        if action == "end_later":
            concept = entry.end_later.of if entry.end_later else ""
        self._check_concept(action, concept, statement, file)
        only_if = self._condition(entry.only_if, file, f"{field}.only_if") if entry.only_if else None
        day, dose = self._computed(action, entry, file, field)
        days = self._of_kind(entry.set_interval, "span", file, f"{field}.set_interval") if entry.set_interval else None
        return CompiledSuggestion(action, entry, concept, day, dose, only_if, days)

    def _check_concept(self, action: str, concept: str, statement: Statement, file: str) -> None:
        kinds = CONCEPT_KINDS.get(action)
        if kinds is None or (concept == MISSING_COMPONENTS and statement.components):
            return
        if action == "refer" and not concept.startswith("referral-"):
            concept = f"referral-{concept}"
        if concept == LIVE_VACCINE and action == "delete_drafts_of":
            return
        if self._names.terminology.kind(concept) not in kinds:
            raise KnowledgeError(file, f"{statement.id}.suggest.{action}", f"'{concept}' is not a known {kinds}")

    def _computed(
        self, action: Action, entry: Suggestion, file: str, field: str
    ) -> tuple[Evaluate | None, Evaluate | None]:
        """The day and the dose a suggestion works out."""
        day = dose = None
        if action in EXPRESSION_KINDS and action != "set_interval":
            evaluate = self._of_kind(str(getattr(entry, action)), EXPRESSION_KINDS[action], file, f"{field}.{action}")
            day, dose = (None, evaluate) if action == "set_dose" else (evaluate, None)
        if entry.end_later is not None:
            day = self._of_kind(entry.end_later.date, "date", file, f"{field}.end_later.date")
        if action == "add_infusion" and isinstance(entry.dose, str):
            dose = self._of_kind(entry.dose, "number", file, f"{field}.dose")
        return day, dose

    def _of_kind(self, text: str, kind: str, file: str, field: str) -> Evaluate:
        compiled = self._expression(text, file, field)
        if compiled.kind.name != kind:
            raise KnowledgeError(file, field, f"a {kind} is expected, found {compiled.kind}")
        return compiled.evaluate

    def _condition(self, text: str, file: str, field: str) -> Plain:
        """Of these only the outcome counts, not what it rests on."""
        return self._unless_foregone(self._compiled(text, file, field).plain)

    def _compiled(self, text: str, file: str, field: str) -> Compiled:
        return compile_expression(text, self._names, self._units, file, field, condition=True)

    def _expression(self, text: str, file: str, field: str) -> Compiled:
        return compile_expression(text, self._names, self._units, file, field)
