"""Single reads from a FHIR server. The token goes into their header and nowhere else."""

import asyncio
import re
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx
import structlog

from service.gather.budget import Budget
from service.metrics.meters import fhir_reads
from service.outbound.body import limited_body
from service.protocol.request import FhirAuthorization

log = structlog.get_logger(__name__)

_STATUS = re.compile(r"(status .)..")  # few words to count by, whatever a server makes up
_PAUSES = (0.1, 0.3)  # two more tries: a third would take what a clinician waits
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
# No answer had come, or the connection broke under it. A time-out is not among them: more of the same would follow.
_BROKEN = (httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError)


class _NotReadError(Exception):
    """It is of no use to try again."""


class _TransientError(Exception):
    """It may go better in a moment; ``after``: seconds the server asked to wait."""

    def __init__(self, problem: str, after: float = 0) -> None:
        super().__init__(problem)
        self.after = after


@dataclass(frozen=True, slots=True)
class Fetching:
    """Reads for one call: from its server, with its token, within its budget."""

    client: httpx.AsyncClient
    budget: Budget
    authorization: FhirAuthorization | None = field(default=None, repr=False)

    async def get(self, url: str, what: str) -> bytes | None:
        """The answer, or ``None``: whatever goes wrong costs these data and never the call. ``what`` is for the log."""
        try:
            async with asyncio.timeout_at(self.budget.deadline):
                content = await self._persistently(url)
        except _NotReadError as problem:
            reason = str(problem)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, TimeoutError) as error:
            reason = type(error).__name__
        else:
            fhir_reads.labels(outcome="read").inc()
            return content
        fhir_reads.labels(outcome=_STATUS.sub(r"\1xx", reason)).inc()
        log.warning("fhir data not read", resource=what, reason=reason)
        return None

    async def _persistently(self, url: str) -> bytes:
        """Reading changes nothing at the server, so it may be tried again."""
        pauses = iter(_PAUSES)
        while True:
            try:
                return await self._once(url)
            except _TransientError as trouble:
                pause = max(next(pauses, self.budget.seconds_left), trouble.after)
                if pause >= self.budget.seconds_left:
                    raise _NotReadError(str(trouble)) from None
            await asyncio.sleep(pause)

    async def _once(self, url: str) -> bytes:
        try:
            async with self._answer(url) as response:
                if response.status_code in _BUSY:
                    wish = _seconds(response.headers.get("retry-after", ""))
                    raise _TransientError(f"status {response.status_code}", wish)
                if response.status_code != HTTPStatus.OK:
                    raise _NotReadError(f"status {response.status_code}")
                return await limited_body(response, self.budget.page())
        except _BROKEN as error:
            raise _TransientError(type(error).__name__) from None

    def _answer(self, url: str) -> AbstractAsyncContextManager[httpx.Response]:
        headers = {"Accept": "application/fhir+json"}
        if self.authorization is not None:
            headers["Authorization"] = f"Bearer {self.authorization.access_token}"
        return self.client.stream("GET", url, headers=headers, timeout=self.budget.seconds_left)


def _seconds(retry_after: str) -> float:
    """A date, which is allowed there too, counts as now: the usual pause then decides."""
    return float(retry_after) if retry_after.isdecimal() and len(retry_after) < 10 else 0
