"""Changes of drafts and of orders in the record. A draft that several findings would change gets one update."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from cards.chart.records import Medication, MedicationSource, Vaccination
from cards.compose.context import CardContext, copied_json
from cards.compose.dosage import end_on, move_first, move_second, set_dose, set_route
from cards.compose.fhir import Json, as_list, plain_number, route_concept
from cards.compose.regimen import set_regimen
from cards.compose.statement_words import StatementWords
from cards.compose.timing import clear_dose, set_interval
from cards.dosing.proposal import DosePlan
from cards.findings import Finding, Proposal
from cards.knowledge.model import Action

# In this order: the second date is moved before the whole plan is.
CHANGES: tuple[Action, ...] = (
    "clear_dose",
    "set_regimen",
    "set_dose",
    "set_route",
    "set_interval",
    "move_second",
    "move_draft",
    "reason_from",
    "add_note",
)
OF_ANY_ORDER = frozenset({"reason_from", "add_note"})  # the others change dosage instructions
Asked = tuple[Finding, Proposal]


def changed_drafts(asked: list[Asked], context: CardContext) -> tuple[list[Json], list[str]]:
    """The drafts as they would be after all changes at once, and the changes in words."""
    drug = asked[0][0].drug
    before = [context.chart.draft_resource(draft.reference) for draft in context.drafts_of(drug)]
    after: list[Json] = [copied_json(draft) for draft in before]
    words: list[str] = []
    for finding, proposal in _settled(asked) if after else ():
        word = _apply(after, finding, proposal, context)
        if word and word not in words:
            words.append(word)
    return [new for old, new in zip(before, after, strict=True) if new != old], words


def _settled(asked: list[Asked]) -> list[Asked]:
    """In the order of ``CHANGES``; of several first dates the latest, which keeps every distance asked for."""
    by_action: dict[Action, list[Asked]] = {}
    for pair in asked:
        by_action.setdefault(pair[1].action, []).append(pair)
    settled: list[Asked] = []
    for action in CHANGES:
        same = by_action.get(action, [])
        if action == "move_draft":
            same = sorted(same, key=lambda pair: pair[1].day or date.min)[-1:]
        settled += same if action in OF_ANY_ORDER else same[:1]
    return settled


def _apply(drafts: list[Json], finding: Finding, proposal: Proposal, context: CardContext) -> str:
    """Makes one change in place and says it in words; nothing where it cannot be made."""
    said = ""
    if proposal.action not in OF_ANY_ORDER:
        drafts = _prescriptions(drafts)
        if not drafts:
            return said
    match proposal.action:
        case "set_regimen" if proposal.plan is not None:
            said = _set_regimen(drafts, proposal.plan, context)
        case "set_dose" if proposal.dose_mg is not None:
            said = _set_dose(drafts, proposal.dose_mg, finding.drug, context)
        case "set_route":
            said = _set_route(drafts, proposal.concept, context)
        case "set_interval" if proposal.days is not None:
            said = _set_interval(drafts, proposal.days, context)
        case "clear_dose":
            said = _clear_dose(drafts, context)
        case "move_second" if proposal.day is not None and move_second(drafts, proposal.day):
            said = context.texts.change.move_second.format(day=proposal.day.isoformat())
        case "move_draft" if proposal.day is not None:
            move_first(drafts, proposal.day)
            said = context.texts.change.move_draft.format(day=proposal.day.isoformat())
        case "reason_from":
            said = _add_reason(drafts, proposal.concept, context)
        case "add_note" if proposal.suggestion.add_note is not None:
            said = _add_note(drafts, proposal.suggestion.add_note.in_language(context.phrases.language), context)
        case _:
            pass
    return said


def _set_dose(drafts: list[Json], amount: Decimal, drug: str, context: CardContext) -> str:
    for draft in drafts:
        set_dose(draft, amount, _read_doses(draft, drug, context))
    return context.texts.change.set_dose.format(dose=plain_number(amount))


def _set_regimen(drafts: list[Json], plan: DosePlan, context: CardContext) -> str:
    """Says the doses it wrote, else the time of the infusion."""
    for draft in drafts:
        set_regimen(draft, plan, context.texts.dose)
    written = [str(item["text"]) for draft in drafts for item in draft["dosageInstruction"] if "text" in item]
    if plan.steps:
        return context.texts.change.set_regimen.format(doses=context.texts.dose.following.join(written))
    return context.texts.change.set_minutes.format(minutes=plain_number(plan.minutes or Decimal(0)))


def _set_route(drafts: list[Json], route: str, context: CardContext) -> str:
    for draft in drafts:
        set_route(draft, route_concept(route, context.phrases))
    return context.texts.change.set_route.format(route=context.texts.route.get(route, route))


def _set_interval(drafts: list[Json], days: int, context: CardContext) -> str:
    for draft in drafts:
        set_interval(draft, days)
    return context.texts.change.set_interval.format(days=days)


def _clear_dose(drafts: list[Json], context: CardContext) -> str:
    for draft in drafts:
        clear_dose(draft)
    return context.texts.change.clear_dose


def _prescriptions(orders: list[Json]) -> list[Json]:
    """A drug ordered as a service or a device has no dosage instructions."""
    return [order for order in orders if order.get("resourceType") == "MedicationRequest"]


def _add_note(drafts: list[Json], note: str, context: CardContext) -> str:
    for draft in drafts:
        _append(draft, "note", {"text": note})
    return context.texts.change.add_note.format(note=note.rstrip(".。"))


def _read_doses(draft: Json, drug: str, context: CardContext) -> Iterable[Decimal]:
    """The amounts as the chart read them, to find them again in the free text."""
    reference = f"{draft.get('resourceType')}/{draft.get('id')}"
    for known in context.drafts_of(drug):
        if known.reference == reference:
            for dose in known.doses:
                for amount in (dose.amount_mg, dose.per_kg, dose.per_m2):
                    if amount is not None and amount.low is not None and amount.exact:
                        yield amount.low


def _add_reason(drafts: list[Json], concept: str, context: CardContext) -> str:
    """The diagnosis of the record as the reason of the order."""
    problems = [p for p in context.chart.problems(concept).items if p.active and "/" in p.reference]
    if not problems:
        return ""
    name = context.phrases.name(concept)
    for draft in drafts:
        _append(draft, "reasonReference", {"reference": problems[-1].reference, "display": name})
    return context.texts.change.reason_from.format(name=name)


def _append(resource: Json, name: str, item: Json) -> None:
    known = as_list(resource.get(name))
    resource[name] = known if item in known else [*known, item]


def on_hold(finding: Finding, context: CardContext) -> list[Json]:
    """The drafts of the drug on hold, otherwise unchanged."""
    return [context.draft(draft.reference) | {"status": "on-hold"} for draft in context.drafts_of(finding.drug)]


def stopped(finding: Finding, words: StatementWords, context: CardContext) -> list[Json]:
    """Every active order of the drug, stopped, with the statement as the reason."""
    reason = {"statusReason": {"text": words.said}}
    return [reason | order | {"status": "stopped"} for order in orders_of(finding.drug, context)]


def continued(proposal: Proposal, context: CardContext) -> list[Json]:
    """The orders of another drug, running until the proposed day."""
    before = orders_of(proposal.concept, context)
    after: list[Json] = copied_json(before)
    for order in after:
        if proposal.day is not None:
            end_on(order, proposal.day)
    return [new for old, new in zip(before, after, strict=True) if new != old]


def orders_of(concept: str, context: CardContext) -> list[Json]:
    """Copies of what a suggestion may change: drafts on order hooks, active orders of the record otherwise."""
    if context.on_order:
        return _prescriptions([context.draft(draft.reference) for draft in context.drafts_of(concept)])
    return [
        copied_json(context.chart.active_resource(order.reference))
        for order in context.chart.medications(concept).items
        if order.active and not order.draft and order.source is MedicationSource.REQUEST
    ]


def moved_vaccines(finding: Finding, proposal: Proposal, context: CardContext) -> list[Json]:
    """The vaccine drafts that the finding is about, on another day."""
    drafts = [draft for draft in context.chart.drafts if isinstance(draft, Vaccination)]
    meant = {record.reference for record in finding.evidence} | {finding.order}
    chosen = [draft for draft in drafts if draft.reference in meant] or drafts
    resources = [context.draft(draft.reference) for draft in chosen]
    for resource in resources:
        _reschedule(resource, proposal)
    return resources


def _reschedule(resource: dict[str, Any], proposal: Proposal) -> None:
    if proposal.day is None:
        return
    if resource.get("resourceType") == "MedicationRequest":
        move_first([resource], proposal.day)
        return
    for other in ("occurrencePeriod", "occurrenceTiming"):
        resource.pop(other, None)
    resource["occurrenceDateTime"] = proposal.day.isoformat()


def drafts_to_delete(finding: Finding, proposal: Proposal, context: CardContext) -> list[str]:
    """The references of the drafts that a suggestion takes away."""
    if proposal.action == "delete":
        found: list[str] = [draft.reference for draft in context.drafts_of(finding.drug)]
    elif proposal.concept == "live-vaccine":
        found = [draft.reference for draft in context.chart.drafts if isinstance(draft, Vaccination) and draft.live]
    else:
        found = [draft.reference for draft in context.chart.drafts if _is_of(draft, proposal.concept, context)]
    return [reference for reference in dict.fromkeys(found) if "/" in reference]


def _is_of(draft: object, concept: str, context: CardContext) -> bool:
    if isinstance(draft, Vaccination):
        return concept in draft.groups
    wanted = context.phrases.terminology.group(concept) | {concept}
    return isinstance(draft, Medication) and bool(draft.drugs & wanted)
