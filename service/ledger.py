"""What is kept of a call: its figures, the cards shown and a line of the audit trail. No clinical data among it."""

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from service.call import Answer
from service.clock import utc_now
from service.errors import InternalError, ServiceError
from service.hooks import Hook
from service.metrics import meters
from service.settings import Settings
from service.store.audit import patient_digest
from service.store.shown import findings_of, not_assessed_on, shown_rows
from service.store.tables import AuditEntry, ShownCard
from service.store.writer import Writer
from service.trust.tenant import Tenant

ANSWERED = "answered"
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where calls are entered. ``knowledge``: the version that judges them."""

    writer: Writer
    settings: Settings
    knowledge: str
    now: Callable[[], datetime] = utc_now

    def patient(self, tenant: str, patient_id: str) -> str | None:
        key = self.settings.audit_key
        return None if key is None else patient_digest(key.get_secret_value().encode(), tenant, patient_id)


class Account:
    """One call. Around its handling: an error that leaves it is entered too, once the caller is known."""

    def __init__(self, ledger: Ledger, hook: Hook, request_id: str) -> None:
        self._ledger = ledger
        self._hook = hook
        self._request_id = request_id
        self._began = time.perf_counter()
        self.tenant: Tenant | None = None
        self.hook_instance: str | None = None

    @property
    def milliseconds(self) -> float:
        return round((time.perf_counter() - self._began) * 1000, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self.tenant is not None and isinstance(error, Exception):
            self._enter(self.tenant, error.code if isinstance(error, ServiceError) else InternalError.code)

    def answered(self, tenant: Tenant, answer: Answer) -> None:
        """The answer is ready to go."""
        fired = [finding for card in answer.cards for finding in findings_of(card)]
        unknown = [item for card in answer.cards for item in not_assessed_on(card)]
        rows = shown_rows(tenant.id, self._hook.service_id, self._hook.name, answer.cards, self._ledger.now())
        self._ledger.writer.remember(ShownCard, rows)
        patient = self._ledger.patient(tenant.id, answer.patient_id)
        self._enter(tenant, ANSWERED, patient=patient, cards=len(answer.cards), fired=fired, unknown=unknown)
        self._count(fired, unknown)

    def _enter(self, tenant: Tenant, outcome: str, **more: Any) -> None:
        entry: Row = {
            "call": uuid.uuid4().hex,
            "at": self._ledger.now(),
            "tenant": tenant.id,
            "request_id": self._request_id,
            "hook_instance": _if_uuid(self.hook_instance),
            "service": self._hook.service_id,
            "hook": self._hook.name,
            "outcome": outcome,
            "knowledge": self._ledger.knowledge,
        }
        nothing: Row = {"patient": None, "cards": 0, "fired": [], "unknown": []}
        self._ledger.writer.remember(AuditEntry, (entry | nothing | more,))

    def _count(self, fired: list[Row], unknown: list[Row]) -> None:
        hook = self._hook.name
        meters.call_seconds.labels(hook=hook).observe(time.perf_counter() - self._began)
        for finding in fired:
            meters.findings.labels(statement=finding["id"], severity=finding["severity"]).inc()
        for item in unknown:
            meters.not_assessed.labels(hook=hook, why=item["why"]).inc()
        if unknown:
            meters.calls_with_unknown.labels(hook=hook).inc()


def _if_uuid(hook_instance: str | None) -> str | None:
    """Callers may write anything there; only what is surely no name or number of a person is kept."""
    return hook_instance if hook_instance and _UUID.fullmatch(hook_instance) else None
