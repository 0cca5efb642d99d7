"""A tenant's keys as they are now: read when needed, kept for a while, read again when a token names an unknown one."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from pathlib import Path

import httpx
import structlog

from service.outbound.body import Allowance, limited_body
from service.trust.jwks import Algorithm, BadKeySetError, Keys, VerifyingKey, usable_keys

log = structlog.get_logger(__name__)

FRESH_SECONDS = 900  # after this long a key that was withdrawn is no longer believed
LONGEST_SECONDS = 4 * 3600  # how long known keys serve while the set cannot be read
PAUSE_SECONDS = 10  # between two tries: tokens with made-up key ids must not become a flood of requests
_FETCH_SECONDS = 3.0
_LARGEST = 256_000

Read = Callable[[], Awaitable[bytes]]


class KeysUnreadableError(Exception):
    """The key set could not be had."""


class KeySource:
    """Keys by id and algorithm. ``clock`` counts seconds from anywhere."""

    def __init__(
        self,
        tenant: str,
        algorithms: Iterable[Algorithm],
        read: Read,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tenant = tenant
        self._algorithms = tuple(algorithms)
        self._read = read
        self._clock = clock
        self._keys: Keys = {}
        self._read_at = self._tried_at = float("-inf")
        self._reading = asyncio.Lock()

    async def find(self, kid: str, algorithm: Algorithm) -> VerifyingKey | None:
        """The key of that id, if it is one for ``algorithm``; ``None`` if there is none."""
        key = self._keys.get((kid, algorithm))
        if key is None or self._clock() - self._read_at > FRESH_SECONDS:
            await self._refresh()
            key = self._keys.get((kid, algorithm))
        return key

    async def _refresh(self) -> None:
        async with self._reading:
            now = self._clock()
            if now - self._tried_at < PAUSE_SECONDS:
                return
            self._tried_at = now
            try:
                self._keys = usable_keys(await self._read(), self._algorithms)
                self._read_at = now
            except (KeysUnreadableError, BadKeySetError) as error:
                log.warning("keys not read", tenant=self._tenant, reason=str(error))
                if now - self._read_at > LONGEST_SECONDS:
                    self._keys = {}


def from_url(url: str, client: httpx.AsyncClient) -> Read:
    """Reads the set a tenant publishes. The address is the configured one, never one a token names."""

    async def read() -> bytes:
        try:
            async with asyncio.timeout(_FETCH_SECONDS), client.stream("GET", url, timeout=_FETCH_SECONDS) as response:
                if response.status_code != HTTPStatus.OK:
                    raise KeysUnreadableError(f"status {response.status_code}")
                return await limited_body(response, Allowance(_LARGEST))
        except (httpx.HTTPError, TimeoutError) as error:
            raise KeysUnreadableError(type(error).__name__) from None

    return read


def from_file(path: Path) -> Read:
    """Reads a set that was handed over by other means; a replaced file counts without a restart."""

    async def read() -> bytes:
        try:
            return await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise KeysUnreadableError(type(error).__name__) from None

    return read
