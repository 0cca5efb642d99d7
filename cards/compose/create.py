"""New draft resources: orders of tests, referrals and vaccines, and prescriptions."""

import re
from decimal import Decimal
from typing import Any

from cards.compose.context import CardContext
from cards.compose.escape import plain
from cards.compose.fhir import Json, as_object, drug_concept, milligrams, route_concept, test_concept, vaccine_concept
from cards.findings import Finding, Proposal
from cards.knowledge.model import DoseProposal

_AMOUNT_MG = re.compile(r"(\d+(?:\.\d+)?)\s*mg")


def service_request(finding: Finding, proposal: Proposal, concept: str, context: CardContext) -> Json:
    """An order of a test or a referral."""
    return _service_request(test_concept(concept, context), finding, proposal, context)


def vaccination_order(finding: Finding, proposal: Proposal, group: str, context: CardContext) -> Json:
    return _service_request(vaccine_concept(group, context), finding, proposal, context)


def _service_request(code: Json, finding: Finding, proposal: Proposal, context: CardContext) -> Json:
    urgent: Json = {"priority": "urgent"} if proposal.suggestion.urgent else {}
    return {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "order",
        **urgent,
        "code": code,
        **_common(finding, proposal, context),
    }


def prescription(finding: Finding, proposal: Proposal, context: CardContext) -> Json:
    """A draft prescription with only what the statement says of its dose; a group of drugs stays a group."""
    dose = proposal.suggestion.dose
    dosage = _dosage(dose, context) if isinstance(dose, DoseProposal) else {}
    notes = [context.texts.suggestion.prescriber_chooses] if is_group(proposal.concept, context) else []
    resource = _medication_request(drug_concept(proposal.concept, context), finding, proposal, context, notes)
    return resource | ({"dosageInstruction": [dosage]} if dosage else {})


def infusion(finding: Finding, proposal: Proposal, context: CardContext) -> Json:
    """One more dated infusion of the drug itself, coded as in its draft."""
    known = context.drafts_of(finding.drug)
    draft = context.draft(known[0].reference) if known else {}
    coded = as_object(draft.get("medicationCodeableConcept"))
    concept = coded if coded.get("coding") and coded.get("text") else drug_concept(finding.drug, context)
    dosage: Json = {}
    if proposal.day is not None:
        dosage["timing"] = {"event": [proposal.day.isoformat()]}
    dosage["route"] = route_concept("intravenous", context)
    if proposal.dose_mg is not None:
        dosage["doseAndRate"] = [{"doseQuantity": milligrams(proposal.dose_mg)}]
    return _medication_request(concept, finding, proposal, context, []) | {"dosageInstruction": [dosage]}


def is_group(concept: str, context: CardContext) -> bool:
    return context.knowledge.terminology.group(concept) - {concept} != frozenset() and not (
        context.knowledge.terminology.drug(concept).codes
    )


def note_of(proposal: Proposal, context: CardContext) -> str:
    note = proposal.suggestion.note
    return plain(note.in_language(context.language)) if note else ""


def _medication_request(
    concept: Json, finding: Finding, proposal: Proposal, context: CardContext, notes: list[str]
) -> Json:
    return {
        "resourceType": "MedicationRequest",
        "status": "draft",
        "intent": "order",
        "medicationCodeableConcept": concept,
        **_common(finding, proposal, context, notes),
    }


def _common(
    finding: Finding, proposal: Proposal, context: CardContext, notes: list[str] | None = None
) -> dict[str, Any]:
    chart = context.chart
    written = [note for note in (note_of(proposal, context), *(notes or [])) if note]
    encounter: Json = {"encounter": {"reference": f"Encounter/{chart.encounter_id}"}} if chart.encounter_id else {}
    return {
        "subject": {"reference": f"Patient/{chart.patient_id}"},
        **encounter,
        "authoredOn": chart.today.isoformat(),
        "reasonCode": [{"text": context.say(finding.statement)}],
        **({"note": [{"text": note} for note in written]} if written else {}),
    }


def _dosage(dose: DoseProposal, context: CardContext) -> Json:
    dosage: Json = {}
    if dose.text is not None:
        dosage["text"] = dose.text.in_language(context.language)
    if dose.route:
        dosage["route"] = route_concept(dose.route, context)
    amount = _AMOUNT_MG.fullmatch((dose.amount or "").strip())
    if amount:
        dosage["doseAndRate"] = [{"doseQuantity": milligrams(Decimal(amount[1]))}]
    return dosage
