"""How many calls may be under way at a time, and for how long. Who comes on top is told at once to come again."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

from service.errors import CallTimeoutError, OverloadedError, TooManyCallsError
from service.settings import Settings


class Gate:
    """Of one process. A call that waits for its turn would only be answered when nobody looks at it any more."""

    def __init__(self, settings: Settings) -> None:
        self._places = settings.concurrency
        self._share = settings.tenant_concurrency
        self._seconds = settings.call_time_budget_seconds
        self._longest_wait = settings.longest_wait_seconds
        self._under_way = 0
        self._by_tenant: Counter[str] = Counter()

    @asynccontextmanager
    async def call(self) -> AsyncGenerator[None]:
        """Around one call, from before its body is read."""
        if self._under_way >= self._places:
            raise OverloadedError("too many calls at a time; please call again")
        self._under_way += 1
        try:
            async with asyncio.timeout(self._seconds):
                yield
        except TimeoutError:
            raise CallTimeoutError("the call took too long; please call again") from None
        finally:
            self._under_way -= 1

    @contextmanager
    def share_of(self, tenant: str) -> Generator[None]:
        """Around what is done for one tenant: one that is slow or eager cannot use up the places of the others."""
        if self._by_tenant[tenant] >= self._share:
            raise TooManyCallsError("too many calls of this caller at a time; please call again")
        self._by_tenant[tenant] += 1
        try:
            yield
        finally:
            self._by_tenant[tenant] -= 1

    async def turn(self) -> None:
        """Before what keeps the processor busy: lets whoever came earlier go first, but does not wait for ever.

        Calls that need nothing from elsewhere run to their end without a pause, so that there is never more than one of
        them under way: that there are too many shows only in how long one waits for its turn.
        """
        began = time.perf_counter()
        await asyncio.sleep(0)
        if time.perf_counter() - began > self._longest_wait:
            raise OverloadedError("too many calls at a time; please call again")
