"""The one-click fixes of a card: its findings' proposals, each once, and those that do several things at once."""

from cards.compose.change import CHANGES, Asked
from cards.compose.context import CardContext
from cards.compose.draft import Draft
from cards.compose.fhir import Json
from cards.compose.grouping import Group
from cards.compose.offers import OFFERS, offered
from cards.compose.states import by_state
from cards.compose.updates import UPDATES, changed


def suggestions(group: Group, context: CardContext) -> list[Json]:
    """All suggestions of a card, in the order of its findings."""
    texts, drafts = context.texts.suggestion, _singles(group, context)
    for kind, template in (("order", texts.order_all), ("prescribe", texts.prescribe_all)):
        _add_all(drafts, kind, template, context)
    recommended = _recommended(group, drafts, context) if drafts else None
    found: list[Json] = []
    for draft in drafts:
        suggestion: Json = {"label": draft.label, "uuid": context.new_id(), "actions": draft.actions}
        if draft is recommended:
            suggestion["isRecommended"] = True
        found.append(suggestion)
    return found


def _recommended(group: Group, drafts: list[Draft], context: CardContext) -> Draft | None:
    """The fix of the most urgent finding; none on a card that only informs, or where nothing could be looked up."""
    if group.severity == "info":
        return None
    if group.section == "screening":
        unseen = set(by_state(group.points, context)) == {"not_fetched"}
        return None if unseen else drafts[0]
    if group.section == "alone" and group.points[0].finding.proposals:
        return drafts[0]
    return next((draft for draft in drafts if draft.kind == "change"), None)


def _singles(group: Group, context: CardContext) -> list[Draft]:
    """One suggestion for each different proposal; all changes of the drafts together are one."""
    drafts: list[Draft] = []
    seen: set[tuple[object, ...]] = set()
    for point in group.points:
        for proposal in point.finding.proposals:
            action = proposal.action
            key = ("change",) if action in CHANGES else (action, proposal.concept, proposal.day)
            if key in seen:
                continue
            seen.add(key)
            if action in OFFERS:
                drafts += offered(point, proposal, context)
            elif action in CHANGES:
                drafts += changed(_changes(group), context)
            else:
                drafts += UPDATES[action](point, proposal, context)
    return drafts


def _add_all(drafts: list[Draft], kind: str, template: str, context: CardContext) -> None:
    """Before the first of several orders, one suggestion that places them all."""
    members = [draft for draft in drafts if draft.kind == kind]
    if len(members) > 1:
        names = [name for draft in members for name in draft.names]
        label = template.format(count=len(members), names=context.phrases.listed(names))
        actions = [action for draft in members for action in draft.actions]
        drafts.insert(drafts.index(members[0]), Draft(label, actions, f"all {kind}"))


def _changes(group: Group) -> list[Asked]:
    return [
        (point.finding, proposal)
        for point in group.points
        for proposal in point.finding.proposals
        if proposal.action in CHANGES
    ]
