"""What one hook call may cost the client's FHIR server and this service: time and bytes, all reads together."""

import asyncio
from dataclasses import dataclass

from service.outbound.body import Allowance


@dataclass(frozen=True, slots=True)
class Limits:
    """Per call: ``seconds`` and ``call_bytes``. Per search: ``pages``, each of ``page_bytes``."""

    seconds: float
    page_bytes: int
    pages: int
    call_bytes: int


class Budget:
    """What is left of a call's limits. ``deadline`` is in the time of the event loop."""

    def __init__(self, limits: Limits, seconds: float) -> None:
        self.deadline = asyncio.get_running_loop().time() + seconds
        self._page_bytes = limits.page_bytes
        self._call = Allowance(limits.call_bytes)

    @property
    def seconds_left(self) -> float:
        return self.deadline - asyncio.get_running_loop().time()

    def page(self) -> Allowance:
        """For one answer."""
        return Allowance(self._page_bytes, self._call)
