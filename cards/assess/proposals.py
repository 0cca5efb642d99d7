"""Works out the suggestions of a finding: which still make sense, on which day, at which dose."""

from collections.abc import Iterator
from datetime import date

from cards.assess.scene import Scene
from cards.assess.states import is_ordered
from cards.chart.intervals import Day
from cards.dosing.proposal import DosePlan
from cards.findings import Proposal
from cards.knowledge.statements import MISSING_COMPONENTS, CompiledStatement, CompiledSuggestion
from cards.logic.values import Value


def proposals_for(
    scene: Scene, statement: CompiledStatement, components: tuple[str, ...], pending: tuple[str, ...]
) -> tuple[Proposal, ...]:
    """Nothing already drafted, ordered or running is proposed again."""
    found: list[Proposal] = []
    for suggestion in statement.suggestions:
        if suggestion.only_if is None or suggestion.only_if(scene, {}).value is True:
            found += _proposals(scene, suggestion, components)
    return tuple(proposal for proposal in found if not _handled(scene, proposal, pending))


def _proposals(scene: Scene, suggestion: CompiledSuggestion, components: tuple[str, ...]) -> Iterator[Proposal]:
    day = dose = None
    if suggestion.day is not None:
        day = _day(suggestion.day(scene, {}))
        if day is None:
            return
    if suggestion.dose is not None:
        amount = suggestion.dose(scene, {}).value
        dose = amount.low if amount is not None and amount.exact else None
        if dose is None:
            return
    days: int | None = None
    if suggestion.days is not None:
        span = suggestion.days(scene, {}).value
        days = span.days if span is not None and not span.months else None
        if days is None:
            return
    plan: DosePlan | None = None
    if suggestion.action == "set_regimen":
        plan = scene.dosing.plan(suggestion.concept) if scene.dosing else None
        if plan is None:
            return
    concepts = components if suggestion.concept == MISSING_COMPONENTS else (suggestion.concept,)
    for concept in concepts:
        yield Proposal(suggestion.action, suggestion.entry, concept, day, dose, days, plan)


def _day(value: Value) -> date | None:
    found: Day | None = value.value
    return found.low if found is not None and found.exact else None


def _handled(scene: Scene, proposal: Proposal, pending: tuple[str, ...]) -> bool:
    match proposal.action:
        case "order":
            return proposal.concept in pending or is_ordered(scene, proposal.concept)
        case "refer":
            return bool(scene.chart.test_orders(_referral(proposal.concept)).items)
        case "prescribe":
            known = scene.chart.medications(proposal.concept).items
            return any(medication.draft or medication.active for medication in known)
        case _:
            return False


def _referral(concept: str) -> str:
    return concept if concept.startswith("referral-") else f"referral-{concept}"
