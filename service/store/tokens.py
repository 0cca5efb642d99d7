"""Which tokens were used: each may be used once, whichever of the worker processes it meets."""

import hashlib
import time
from collections.abc import Callable

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from service.errors import StoreUnavailableError
from service.store.failures import FAILURES
from service.store.tables import UsedToken
from service.store.upserts import insert_new

log = structlog.get_logger(__name__)
_PURGE_SECONDS = 60


class UsedTokens:
    """``clock`` gives the time that ``exp`` counts in."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock
        self._purge_at = 0.0

    async def use(self, tenant: str, jti: str, expires: float) -> bool:
        """Whether this is the first use. Of two at once, in whichever processes, exactly one is the first.

        Kept is a digest only, and no longer than the token would be valid anyway.
        """
        digest = hashlib.sha256(f"{tenant}\0{jti}".encode()).hexdigest()
        try:
            async with self._engine.begin() as connection:
                used = insert_new(connection, UsedToken).values(token=digest, expires_at=expires)
                first = (await connection.execute(used)).rowcount == 1
                if (now := self._clock()) >= self._purge_at:
                    self._purge_at = now + _PURGE_SECONDS
                    await connection.execute(delete(UsedToken).where(UsedToken.expires_at < now))
        except FAILURES as error:
            log.error("token use not stored", error=type(error).__name__)
            raise StoreUnavailableError("the token could not be checked; please call again with a new one") from None
        return first
