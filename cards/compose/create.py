"""New draft resources, without whom and when they are for: orders of tests, referrals and vaccines, prescriptions."""

import re
from dataclasses import dataclass
from decimal import Decimal

from cards.compose.context import CardContext
from cards.compose.draft import note_of
from cards.compose.fhir import Json, as_object, drug_concept, milligrams, route_concept
from cards.compose.phrasebook import Phrasebook
from cards.compose.statement_words import StatementWords
from cards.findings import Finding, Proposal
from cards.knowledge.model import DoseProposal

_AMOUNT_MG = re.compile(r"(\d+(?:\.\d+)?)\s*mg")


@dataclass(slots=True, eq=False)
class Template:
    """A draft order: between what it orders and why stands for whom it is and when it was written."""

    what: Json
    why: Json

    def resource(self, context: CardContext) -> Json:
        return {**self.what, **context.who_and_when, **self.why}


def service_request(code: Json, words: StatementWords, proposal: Proposal) -> Template:
    """An order of a test, a referral or a vaccination."""
    what: Json = {"resourceType": "ServiceRequest", "status": "draft", "intent": "order"}
    if proposal.suggestion.urgent:
        what["priority"] = "urgent"
    return Template(what | {"code": code}, _why(words, proposal))


def prescription(words: StatementWords, proposal: Proposal) -> Template:
    """A draft prescription with only what the statement says of its dose; a group of drugs stays a group."""
    phrases, dose = words.phrases, proposal.suggestion.dose
    dosage = _dosage(dose, phrases) if isinstance(dose, DoseProposal) else {}
    left_open = phrases.texts.suggestion.prescriber_chooses if is_group(proposal.concept, phrases) else ""
    template = _medication_request(drug_concept(proposal.concept, phrases), words, proposal, left_open)
    if dosage:
        template.why["dosageInstruction"] = [dosage]
    return template


def infusion(finding: Finding, words: StatementWords, proposal: Proposal, context: CardContext) -> Json:
    """One more dated infusion of the drug itself, coded as in its draft."""
    known = context.drafts_of(finding.drug)
    draft = context.draft(known[0].reference) if known else {}
    coded = as_object(draft.get("medicationCodeableConcept"))
    concept = coded if coded.get("coding") and coded.get("text") else drug_concept(finding.drug, context.phrases)
    dosage: Json = {}
    if proposal.day is not None:
        dosage["timing"] = {"event": [proposal.day.isoformat()]}
    dosage["route"] = route_concept("intravenous", context.phrases)
    if proposal.dose_mg is not None:
        dosage["doseAndRate"] = [{"doseQuantity": milligrams(proposal.dose_mg)}]
    template = _medication_request(concept, words, proposal)
    return template.resource(context) | {"dosageInstruction": [dosage]}


def is_group(concept: str, phrases: Phrasebook) -> bool:
    terminology = phrases.terminology
    return bool(terminology.group(concept) - {concept}) and not terminology.drug(concept).codes


def _medication_request(concept: Json, words: StatementWords, proposal: Proposal, left_open: str = "") -> Template:
    what: Json = {"resourceType": "MedicationRequest", "status": "draft", "intent": "order"}
    return Template(what | {"medicationCodeableConcept": concept}, _why(words, proposal, left_open))


def _why(words: StatementWords, proposal: Proposal, left_open: str = "") -> Json:
    notes = [{"text": note} for note in (note_of(proposal, words.phrases), left_open) if note]
    return {"reasonCode": words.reason} | ({"note": notes} if notes else {})


def _dosage(dose: DoseProposal, phrases: Phrasebook) -> Json:
    dosage: Json = {}
    if dose.text is not None:
        dosage["text"] = dose.text.in_language(phrases.language)
    if dose.route:
        dosage["route"] = route_concept(dose.route, phrases)
    amount = _AMOUNT_MG.fullmatch((dose.amount or "").strip())
    if amount:
        dosage["doseAndRate"] = [{"doseQuantity": milligrams(Decimal(amount[1]))}]
    return dosage
