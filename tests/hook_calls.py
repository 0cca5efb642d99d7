"""Hook requests as a client sends them, and an advisor that answers without any clinical knowledge."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from cards.chart.received import Received
from service.assessment import Call, Card
from service.gather.templates import TEMPLATES
from service.hooks import HOOKS

Json = dict[str, Any]
SERVICE_OF = {hook.name: hook.service_id for hook in HOOKS}
PATIENT: Json = {"resourceType": "Patient", "id": "p1", "birthDate": "1980-05-01", "gender": "female"}
EMPTY: Json = {"resourceType": "Bundle", "type": "searchset", "total": 0}
DRUG = "inebilizumab"
NOT_ASSESSED: Json = {"id": "fake.other", "missing": ["igra"], "why": "not on file"}


def order(identifier: str = "order-1", drug: str | None = DRUG, **more: Any) -> Json:
    """A draft order. ``more`` overrides or adds members."""
    medication = {} if drug is None else {"medicationCodeableConcept": {"text": drug}}
    return {
        "resourceType": "MedicationRequest",
        "id": identifier,
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
    } | (medication | more)


def bundle(*resources: Json, **more: Any) -> Json:
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "searchset"} | ({"entry": entries} if entries else {}) | more


def full_prefetch(**given: Any) -> Json:
    """Every key: those not ``given`` are known to be empty."""
    return dict.fromkeys(TEMPLATES, EMPTY) | {"patient": PATIENT} | given


def hook_call(hook: str = "order-select", drafts: Sequence[Json] | None = None, **more: Any) -> Json:
    """A complete request; ``more`` replaces top-level members, and ``None`` there removes one."""
    context: Json = {"userId": "Practitioner/u1", "patientId": "p1"}
    drafts = [order()] if drafts is None else drafts
    if hook != "patient-view":
        context["draftOrders"] = bundle(*drafts, type="collection")
    if hook == "order-select":
        context["selections"] = [f"{draft['resourceType']}/{draft['id']}" for draft in drafts]
    request = {"hook": hook, "hookInstance": str(uuid.uuid4()), "context": context, "prefetch": full_prefetch()} | more
    return {name: value for name, value in request.items() if value is not None}


class FakeAdvisor:
    """Says something about every selected inebilizumab draft, and remembers what it was given."""

    version = "fake-1"

    def __init__(self) -> None:
        self.seen: list[tuple[Received, Call]] = []

    def concerns(self, received: Received, call: Call) -> bool:
        return bool(self._ours(received))

    def advise(self, received: Received, call: Call, new_id: Callable[[], str]) -> list[Card]:
        self.seen.append((received, call))
        ours = self._ours(received)
        subjects: list[Json | None] = [None] if call.hook == "patient-view" else list(ours)
        return [self._card(draft, received, call, new_id) for draft in subjects]

    def explain_request(self, received: Received, call: Call) -> Sequence[Mapping[str, Any]]:
        fired: Json = {
            "id": "fake.statement",
            "verdict": "fired",
            "severity": "warning",
            "state": "missing",
            "why": [f"on {call.today}"],
            "evidence": [{"reference": "Patient/p1", "display": "Patient"}],
            "missing": [{"name": "hbsag", "why": "not on file"}],
        }
        return [fired, {"id": "fake.other", "verdict": "silent"}, {"id": "fake.third", "verdict": "not in scope"}]

    def explain(self, statement_id: str) -> Mapping[str, Any] | None:
        if statement_id != "fake.statement":
            return None
        source = {"document": "doc", "title": {"en": "A document", "zh": "文件"}, "locator": "4", "url": None}
        return self.index()[0] | {"source": source, "sign_off": True}

    def index(self) -> list[Json]:
        say = {"en": "Check <hepatitis B>", "zh": "检查乙肝"}
        drug = {"en": "Inebilizumab", "zh": "伊奈利珠单抗"}
        return [{"id": "fake.statement", "drug": drug, "kind": "screening", "severity": "warning", "say": say}]

    def drug(self, key: str) -> Json | None:
        return None

    @staticmethod
    def _ours(received: Received) -> list[Json]:
        drafts: list[Json] = [msgspec.json.decode(draft) for draft in received.drafts]
        return [
            draft
            for draft in drafts
            if DRUG in str(draft)
            and (received.select_all or f"{draft['resourceType']}/{draft['id']}" in received.selections)
        ]

    @staticmethod
    def _card(draft: Json | None, received: Received, call: Call, new_id: Callable[[], str]) -> Card:
        test = {
            "resourceType": "ServiceRequest",
            "status": "draft",
            "intent": "order",
            "subject": {"reference": f"Patient/{received.patient_id}"},
        }
        actions = [{"type": "create", "description": "Order the test", "resource": test}]
        if draft is not None:
            actions.append({"type": "update", "description": "Correct the order", "resource": draft})
        finding = {
            "id": "fake.statement",
            "kind": "screening",
            "severity": "warning",
            "state": "missing",
            "evidence": [{"reference": "Patient/p1", "display": "clinical"}],
        }
        return {
            "uuid": new_id(),
            "summary": "Not screened" if call.language == "en" else "未筛查",
            "indicator": "warning",
            "source": {"label": "Fake", "topic": {"system": "urn:fake", "code": "screening"}},
            "suggestions": [{"uuid": new_id(), "label": "Fix", "actions": actions}],
            "selectionBehavior": "any",
            "links": [{"label": "Why", "url": f"{call.base_url}/evidence/fake.statement", "type": "absolute"}],
            "extension": {"org.biologic-cds.card": {"findings": [finding]}},
        }


class DoubtfulAdvisor(FakeAdvisor):
    """Says on its cards what it could not assess."""

    def advise(self, received: Received, call: Call, new_id: Callable[[], str]) -> list[Card]:
        cards = super().advise(received, call, new_id)
        for card in cards:
            card["extension"]["org.biologic-cds.card"]["notAssessed"] = [NOT_ASSESSED]
        return cards
