"""The one-click fixes of a card: its findings' proposals, each once, and those that do several things at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cards.compose import change, create
from cards.compose.context import CardContext
from cards.compose.escape import plain
from cards.compose.fhir import Json, plain_number
from cards.compose.grouping import Group
from cards.compose.states import by_state
from cards.findings import Finding, Proposal

DUE_VACCINES = "due-forecasts"  # what the forecast says is due, whatever it is


@dataclass(slots=True)
class Draft:
    """A suggestion before it gets its identifier."""

    label: str
    actions: list[Json]
    kind: str
    names: list[str] = field(default_factory=list[str])


def suggestions(group: Group, context: CardContext) -> list[Json]:
    """All suggestions of a card, in the order of its findings."""
    drafts = list(_with_all(list(_singles(group, context)), context))
    recommended = _recommended(group, drafts, context)
    found: list[Json] = []
    for draft in drafts:
        suggestion: Json = {"label": draft.label, "uuid": context.new_id(), "actions": draft.actions}
        if draft is recommended:
            suggestion["isRecommended"] = True
        found.append(suggestion)
    return found


def _recommended(group: Group, drafts: list[Draft], context: CardContext) -> Draft | None:
    """The fix of the most urgent finding; none on a card that only informs, or where nothing could be looked up."""
    if group.severity == "info" or not drafts:
        return None
    if group.section == "screening":
        unseen = set(by_state(group.findings, context)) == {"not_fetched"}
        return None if unseen else drafts[0]
    changed = next((draft for draft in drafts if draft.kind == "change"), None)
    first = group.findings[0].proposals
    return drafts[0] if first and group.section == "alone" else changed


def _singles(group: Group, context: CardContext) -> Iterator[Draft]:
    """One suggestion for each different proposal; all changes of the drafts together are one."""
    asked = [(finding, proposal) for finding in group.findings for proposal in finding.proposals]
    changes = [pair for pair in asked if pair[1].action in change.CHANGES]
    seen: set[tuple[object, ...]] = set()
    for finding, proposal in asked:
        key = ("change",) if proposal.action in change.CHANGES else (proposal.action, proposal.concept, proposal.day)
        if key in seen:
            continue
        seen.add(key)
        made = _change(changes, context) if key == ("change",) else MAKERS[proposal.action](finding, proposal, context)
        yield from made


def _with_all(singles: list[Draft], context: CardContext) -> Iterator[Draft]:
    """Before the first of several orders, one suggestion that places them all."""
    texts = context.texts.suggestion
    for kind, template in (("order", texts.order_all), ("prescribe", texts.prescribe_all)):
        members = [draft for draft in singles if draft.kind == kind]
        if len(members) > 1:
            names = [name for draft in members for name in draft.names]
            label = template.format(count=len(members), names=context.listed(names))
            actions = [action for draft in members for action in draft.actions]
            singles.insert(singles.index(members[0]), Draft(label, actions, f"all {kind}"))
    yield from singles


def _order(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    name = context.name(proposal.concept)
    label = context.texts.suggestion.order.format(name=name)
    resource = create.service_request(finding, proposal, proposal.concept, context)
    yield Draft(label, [_create(label, resource, proposal, context)], "order", [name])


def _refer(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    concept = proposal.concept
    concept = concept if concept.startswith("referral-") else f"referral-{concept}"
    name = context.name(concept)
    label = context.texts.suggestion.refer.format(name=name[:1].upper() + name[1:])
    resource = create.service_request(finding, proposal, concept, context)
    yield Draft(label, [_create(label, resource, proposal, context)], "refer")


def _prescribe(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    texts, name = context.texts.suggestion, context.name(proposal.concept)
    template = texts.prescribe_group if create.is_group(proposal.concept, context) else texts.prescribe
    label = template.format(name=name)
    resource = create.prescription(finding, proposal, context)
    # Only orders with a dose can be placed together unseen.
    kind = "prescribe" if "dosageInstruction" in resource else "prescribe alone"
    yield Draft(label, [_create(label, resource, proposal, context)], kind, [name])


def _vaccinate(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    for group in _vaccine_groups(proposal, context):
        label = context.texts.suggestion.vaccinate.format(name=context.name(group))
        resource = create.vaccination_order(finding, proposal, group, context)
        yield Draft(label, [_create(label, resource, proposal, context)], "vaccinate")


def _vaccine_groups(proposal: Proposal, context: CardContext) -> list[str]:
    if proposal.concept != DUE_VACCINES:
        return [proposal.concept]
    due = [item for item in context.chart.forecasts().items if item.forecast in {"due", "overdue"}]
    return sorted({group for item in due for group in item.groups})


def _add_infusion(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    texts, name = context.texts.suggestion, context.name(finding.drug)
    day = proposal.day.isoformat() if proposal.day else "–"
    if proposal.dose_mg is not None:
        label = texts.add_infusion.format(day=day, name=name, dose=plain_number(proposal.dose_mg))
    else:
        label = texts.add_infusion_no_dose.format(day=day, name=name)
    yield Draft(label, [_create(label, create.infusion(finding, proposal, context), proposal, context)], "infusion")


def _delete(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    references = change.drafts_to_delete(finding, proposal, context) if context.on_order else []
    name = context.name(finding.drug if proposal.action == "delete" else proposal.concept)
    label = context.texts.suggestion.delete.format(name=name)
    actions: list[Json] = [{"type": "delete", "description": label, "resourceId": r} for r in references]
    if actions:
        yield Draft(label, actions, "delete")


def _change(asked: list[change.Asked], context: CardContext) -> Iterator[Draft]:
    resources, words = change.changed_drafts(asked, context)
    if words:
        changes = context.texts.clause.join(words)
        notes = dict.fromkeys(create.note_of(proposal, context) for _, proposal in asked)
        label = context.texts.suggestion.change.format(changes=changes)
        kind = "note" if all(proposal.action == "add_note" for _, proposal in asked) else "change"
        yield from _updates(label, resources, kind, " ".join(note for note in notes if note), context)


def _hold(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    label = context.texts.suggestion.hold.format(name=context.name(finding.drug))
    yield from _updates(label, change.on_hold(finding, context), "hold", create.note_of(proposal, context), context)


def _stop(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    label = context.texts.suggestion.stop.format(name=context.name(finding.drug))
    resources = [] if context.on_order else change.stopped(finding, context)
    yield from _updates(label, resources, "stop", create.note_of(proposal, context), context)


def _end_later(_: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    day = proposal.day.isoformat() if proposal.day else "–"
    label = context.texts.suggestion.end_later.format(name=context.name(proposal.concept), day=day)
    yield from _updates(
        label, change.continued(proposal, context), "continue", create.note_of(proposal, context), context
    )


def _move_vaccine(finding: Finding, proposal: Proposal, context: CardContext) -> Iterator[Draft]:
    day = proposal.day.isoformat() if proposal.day else "–"
    label = context.texts.suggestion.move_vaccine.format(day=day)
    resources = change.moved_vaccines(finding, proposal, context) if context.on_order else []
    yield from _updates(label, resources, "vaccine", create.note_of(proposal, context), context)


def _create(label: str, resource: Json, proposal: Proposal, context: CardContext) -> Json:
    described = _described(label, create.note_of(proposal, context), context)
    return {"type": "create", "description": described, "resource": resource}


def _updates(label: str, resources: list[Json], kind: str, note: str, context: CardContext) -> Iterator[Draft]:
    """Nothing for a resource without an id: the EHR could not tell which one is meant."""
    described = _described(label, note, context)
    actions: list[Json] = [
        {"type": "update", "description": described, "resource": resource}
        for resource in resources
        if resource.get("id")
    ]
    if actions:
        yield Draft(plain(label), actions, kind)


def _described(label: str, note: str, context: CardContext) -> str:
    return f"{label}{context.texts.clause}{note}" if note else label


Maker = Callable[[Finding, Proposal, CardContext], Iterator[Draft]]
MAKERS: dict[str, Maker] = {
    "order": _order,
    "refer": _refer,
    "prescribe": _prescribe,
    "vaccinate": _vaccinate,
    "delete": _delete,
    "delete_drafts_of": _delete,
    "hold": _hold,
    "stop": _stop,
    "add_infusion": _add_infusion,
    "end_later": _end_later,
    "move_vaccine": _move_vaccine,
}
