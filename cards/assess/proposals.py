"""Works out the suggestions of a finding: which still make sense, on which day, at which dose."""

from datetime import date
from decimal import Decimal
from typing import Any

from cards.assess.scene import Scene
from cards.assess.states import is_ordered
from cards.chart.intervals import Interval
from cards.dosing.proposal import DosePlan
from cards.findings import Proposal
from cards.knowledge.model import Action
from cards.knowledge.statements import MISSING_COMPONENTS, CompiledStatement, CompiledSuggestion
from cards.logic.values import Value

REQUESTED = frozenset({"order", "refer", "prescribe"})  # actions without anything to work out; may be done already
WorkedOut = tuple[date | None, Decimal | None, int | None, DosePlan | None]
NOTHING: WorkedOut = (None, None, None, None)


def proposals_for(
    scene: Scene, statement: CompiledStatement, components: tuple[str, ...], pending: tuple[str, ...]
) -> tuple[Proposal, ...]:
    """Nothing already drafted, ordered or running is proposed again."""
    found: list[Proposal] = []
    for suggestion in statement.suggestions:
        if suggestion.only_if is not None and suggestion.only_if(scene, {}) is not True:
            continue
        action = suggestion.action
        requested = action in REQUESTED
        worked_out = NOTHING if requested else _worked_out(scene, suggestion)
        if worked_out is None:
            continue
        for concept in components if suggestion.concept == MISSING_COMPONENTS else (suggestion.concept,):
            if not (requested and _handled(scene, action, concept, pending)):
                found.append(Proposal(action, suggestion.entry, concept, *worked_out))
    return tuple(found)


def _worked_out(scene: Scene, suggestion: CompiledSuggestion) -> WorkedOut | None:
    """Day, dose, days between doses and plan, each where the suggestion has one; ``None`` where one is not known."""
    day = dose = None
    if suggestion.day is not None:
        day = _exact(suggestion.day(scene, {}))
        if day is None:
            return None
    if suggestion.dose is not None:
        dose = _exact(suggestion.dose(scene, {}))
        if dose is None:
            return None
    days: int | None = None
    if suggestion.days is not None:
        span = suggestion.days(scene, {}).value
        days = span.days if span is not None and not span.months else None
        if days is None:
            return None
    plan: DosePlan | None = None
    if suggestion.action == "set_regimen":
        plan = scene.dosing.plan(suggestion.concept) if scene.dosing else None
        if plan is None:
            return None
    return day, dose, days, plan


def _exact(value: Value) -> Any:
    found: Interval[Any] | None = value.value
    return found.low if found is not None and found.exact else None


def _handled(scene: Scene, action: Action, concept: str, pending: tuple[str, ...]) -> bool:
    if action == "order":
        return concept in pending or is_ordered(scene, concept)
    if action == "refer":
        return bool(scene.chart.test_orders(_referral(concept)).items)
    return any(medication.draft or medication.active for medication in scene.chart.medications(concept).items)


def _referral(concept: str) -> str:
    return concept if concept.startswith("referral-") else f"referral-{concept}"
