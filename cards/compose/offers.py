"""Orders that a card offers to place: what of them does not depend on the patient is worked out once."""

from collections.abc import Callable
from dataclasses import dataclass

from cards.compose.context import CardContext
from cards.compose.create import Template, is_group, prescription, service_request
from cards.compose.draft import Draft, described, note_of
from cards.compose.fhir import Json, test_concept, vaccine_concept
from cards.compose.point import Point
from cards.compose.statement_words import StatementWords
from cards.findings import Proposal
from cards.knowledge.model import Suggestion

DUE_VACCINES = "due-forecasts"  # what the forecast says is due, whatever it is


@dataclass(slots=True, eq=False)
class Offer:
    """A suggestion that creates an order, for any patient."""

    suggestion: Suggestion  # that it was made of
    label: str
    description: str
    template: Template
    kind: str
    names: tuple[str, ...]

    def draft(self, context: CardContext) -> Draft:
        order = self.template.resource(context)
        action: Json = {"type": "create", "description": self.description, "resource": order}
        return Draft(self.label, [action], self.kind, self.names)


def offered(point: Point, proposal: Proposal, context: CardContext) -> list[Draft]:
    """The new orders of one proposal."""
    if proposal.concept == DUE_VACCINES and proposal.action == "vaccinate":
        return [_offer(point.words, proposal, group).draft(context) for group in _due_vaccines(context)]
    return [_offer(point.words, proposal, proposal.concept).draft(context)]


def _due_vaccines(context: CardContext) -> tuple[str, ...]:
    due = [item for item in context.chart.forecasts().items if item.forecast in {"due", "overdue"}]
    return tuple(sorted({group for item in due for group in item.groups}))


def _offer(words: StatementWords, proposal: Proposal, concept: str) -> Offer:
    key = proposal.action, concept
    known = words.offers.get(key)
    if known is None or known.suggestion is not proposal.suggestion:
        known = words.offers[key] = OFFERS[proposal.action](words, proposal, concept)
    return known


def _order(words: StatementWords, proposal: Proposal, concept: str) -> Offer:
    name = words.phrases.name(concept)
    label = words.phrases.texts.suggestion.order.format(name=name)
    template = service_request(test_concept(concept, words.phrases), words, proposal)
    return _made(label, template, words, proposal, "order", name)


def _refer(words: StatementWords, proposal: Proposal, concept: str) -> Offer:
    concept = concept if concept.startswith("referral-") else f"referral-{concept}"
    name = words.phrases.name(concept)
    label = words.phrases.texts.suggestion.refer.format(name=name[:1].upper() + name[1:])
    template = service_request(test_concept(concept, words.phrases), words, proposal)
    return _made(label, template, words, proposal, "refer")


def _prescribe(words: StatementWords, proposal: Proposal, concept: str) -> Offer:
    texts, name = words.phrases.texts.suggestion, words.phrases.name(concept)
    label = (texts.prescribe_group if is_group(concept, words.phrases) else texts.prescribe).format(name=name)
    template = prescription(words, proposal)
    # Only orders with a dose can be placed together unseen.
    kind = "prescribe" if "dosageInstruction" in template.why else "prescribe alone"
    return _made(label, template, words, proposal, kind, name)


def _vaccinate(words: StatementWords, proposal: Proposal, concept: str) -> Offer:
    label = words.phrases.texts.suggestion.vaccinate.format(name=words.phrases.name(concept))
    template = service_request(vaccine_concept(concept, words.phrases), words, proposal)
    return _made(label, template, words, proposal, "vaccinate")


def _made(label: str, template: Template, words: StatementWords, proposal: Proposal, kind: str, *names: str) -> Offer:
    description = described(label, note_of(proposal, words.phrases), words.phrases)
    return Offer(proposal.suggestion, label, description, template, kind, names)


OFFERS: dict[str, Callable[[StatementWords, Proposal, str], Offer]] = {
    "order": _order,
    "refer": _refer,
    "prescribe": _prescribe,
    "vaccinate": _vaccinate,
}
