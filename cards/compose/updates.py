"""What a card offers to do with orders there already are: change, hold, stop, remove them or add an infusion."""

from collections.abc import Callable

from cards.compose import change
from cards.compose.context import CardContext
from cards.compose.create import infusion
from cards.compose.draft import Draft, described, note_of
from cards.compose.escape import plain
from cards.compose.fhir import Json, plain_number
from cards.compose.point import Point
from cards.findings import Proposal


def changed(asked: list[change.Asked], context: CardContext) -> list[Draft]:
    """All changes of the drafts of a drug in one."""
    resources, words = change.changed_drafts(asked, context)
    if not words:
        return []
    label = context.texts.suggestion.change.format(changes=context.texts.clause.join(words))
    notes = dict.fromkeys([note_of(proposal, context.phrases) for _, proposal in asked])
    only_notes = all(proposal.action == "add_note" for _, proposal in asked)
    note = " ".join([note for note in notes if note])
    return _updates(label, resources, "note" if only_notes else "change", note, context)


def _add_infusion(point: Point, proposal: Proposal, context: CardContext) -> list[Draft]:
    finding, texts = point.finding, context.texts.suggestion
    name, day = context.phrases.name(finding.drug), _day(proposal)
    if proposal.dose_mg is not None:
        label = texts.add_infusion.format(day=day, name=name, dose=plain_number(proposal.dose_mg))
    else:
        label = texts.add_infusion_no_dose.format(day=day, name=name)
    description = described(label, note_of(proposal, context.phrases), context.phrases)
    resource = infusion(finding, point.words, proposal, context)
    return [Draft(label, [{"type": "create", "description": description, "resource": resource}], "infusion")]


def _delete(point: Point, proposal: Proposal, context: CardContext) -> list[Draft]:
    references = change.drafts_to_delete(point.finding, proposal, context) if context.on_order else []
    name = context.phrases.name(point.finding.drug if proposal.action == "delete" else proposal.concept)
    label = context.texts.suggestion.delete.format(name=name)
    actions: list[Json] = [{"type": "delete", "description": label, "resourceId": r} for r in references]
    return [Draft(label, actions, "delete")] if actions else []


def _hold(point: Point, proposal: Proposal, context: CardContext) -> list[Draft]:
    label = context.texts.suggestion.hold.format(name=context.phrases.name(point.finding.drug))
    return _updates(label, change.on_hold(point.finding, context), "hold", note_of(proposal, context.phrases), context)


def _stop(point: Point, proposal: Proposal, context: CardContext) -> list[Draft]:
    label = context.texts.suggestion.stop.format(name=context.phrases.name(point.finding.drug))
    resources = [] if context.on_order else change.stopped(point.finding, point.words, context)
    return _updates(label, resources, "stop", note_of(proposal, context.phrases), context)


def _end_later(_: Point, proposal: Proposal, context: CardContext) -> list[Draft]:
    name = context.phrases.name(proposal.concept)
    label = context.texts.suggestion.end_later.format(name=name, day=_day(proposal))
    resources = change.continued(proposal, context)
    return _updates(label, resources, "continue", note_of(proposal, context.phrases), context)


def _move_vaccine(point: Point, proposal: Proposal, context: CardContext) -> list[Draft]:
    label = context.texts.suggestion.move_vaccine.format(day=_day(proposal))
    resources = change.moved_vaccines(point.finding, proposal, context) if context.on_order else []
    return _updates(label, resources, "vaccine", note_of(proposal, context.phrases), context)


def _day(proposal: Proposal) -> str:
    return proposal.day.isoformat() if proposal.day else "–"


def _updates(label: str, resources: list[Json], kind: str, note: str, context: CardContext) -> list[Draft]:
    """Nothing for a resource without an id: the EHR could not tell which one is meant."""
    description = described(label, note, context.phrases)
    actions: list[Json] = [
        {"type": "update", "description": description, "resource": resource}
        for resource in resources
        if resource.get("id")
    ]
    return [Draft(plain(label), actions, kind)] if actions else []


UPDATES: dict[str, Callable[[Point, Proposal, CardContext], list[Draft]]] = {
    "delete": _delete,
    "delete_drafts_of": _delete,
    "hold": _hold,
    "stop": _stop,
    "add_infusion": _add_infusion,
    "end_later": _end_later,
    "move_vaccine": _move_vaccine,
}
