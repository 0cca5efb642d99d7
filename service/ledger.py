"""What is kept of a call: its figures, the cards shown and a line of the audit trail. No clinical data among it."""

import re
import time
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
from service.store.shown import not_assessed_on, shown_rows
from service.store.tables import AuditEntry, ShownCard
from service.store.writer import Writer
from service.trust.tenant import Tenant
from service.web.request_id import random_id

ANSWERED = "answered"
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

Row = dict[str, Any]
_NOTHING: Row = {"patient": None, "cards": 0, "fired": [], "unknown": []}


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
        self.hook = hook
        self._ledger = ledger
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
            outcome = error.code if isinstance(error, ServiceError) else InternalError.code
            self._enter(self.tenant, self._ledger.now(), outcome, _NOTHING)

    def answered(self, tenant: Tenant, answer: Answer) -> None:
        """The answer is on its way."""
        ledger, hook, now = self._ledger, self.hook, self._ledger.now()
        shown = shown_rows(tenant.id, hook.service_id, hook.name, answer.cards, now)
        ledger.writer.remember(ShownCard, shown)
        fired = [finding for row in shown for finding in row["statements"]]
        unknown = [item for card in answer.cards for item in not_assessed_on(card)]
        patient = ledger.patient(tenant.id, answer.patient_id)
        said: Row = {"patient": patient, "cards": len(shown), "fired": fired, "unknown": unknown}
        self._enter(tenant, now, ANSWERED, said)
        meters.count_call(hook.name, time.perf_counter() - self._began, fired, unknown)

    def _enter(self, tenant: Tenant, now: datetime, outcome: str, said: Row) -> None:
        entry: Row = {
            "call": random_id(),
            "at": now,
            "tenant": tenant.id,
            "request_id": self._request_id,
            "hook_instance": _if_uuid(self.hook_instance),
            "service": self.hook.service_id,
            "hook": self.hook.name,
            "outcome": outcome,
            "knowledge": self._ledger.knowledge,
            **said,
        }
        self._ledger.writer.remember(AuditEntry, (entry,))


def _if_uuid(hook_instance: str | None) -> str | None:
    """Callers may write anything there; only what is surely no name or number of a person is kept."""
    return hook_instance if hook_instance and _UUID.fullmatch(hook_instance) else None
