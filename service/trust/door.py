"""The front door: who is let in with a call, and as which tenant."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from service.errors import UnauthorizedError
from service.trust.key_source import KeySource
from service.trust.tenant import Tenant
from service.trust.tokens import Token, bearer, check_audience, check_signature, check_times, read_token

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """What a token has to agree with to speak for ``tenant``.

    ``names``: the values its claim ``tenant`` may have; ``None`` among them if the claim may be left out.
    """

    tenant: Tenant
    issuer: str
    names: frozenset[str | None]
    algorithms: frozenset[str]
    jku: frozenset[str]
    keys: KeySource


class UsesTokens(Protocol):
    async def use(self, tenant: str, jti: str, expires: float) -> bool:
        """Whether it is the first use of this token."""
        ...


class Door(Protocol):
    async def admit(self, authorization: Sequence[str], called: str) -> Tenant:
        """The tenant whose call it is, by its ``Authorization`` headers and the address it ``called``.

        Raises ``UnauthorizedError``.
        """
        ...


class OpenDoor:
    """Demo mode: everyone on this machine is the same caller, and a token that came along is not looked at."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    async def admit(self, authorization: Sequence[str], called: str) -> Tenant:  # noqa: ARG002 - open to all
        return self._tenant


class GuardedDoor:
    """Lets in whoever shows a token that a known caller made for this very call. ``clock``: what ``exp`` counts in."""

    def __init__(
        self, callers: Iterable[KnownCaller], used: UsesTokens, clock: Callable[[], float] = time.time
    ) -> None:
        self._callers: dict[str, list[KnownCaller]] = {}
        for caller in callers:
            self._callers.setdefault(caller.issuer, []).append(caller)
        self._used = used
        self._clock = clock

    async def admit(self, authorization: Sequence[str], called: str) -> Tenant:
        caller: KnownCaller | None = None
        try:
            token = read_token(bearer(authorization))
            caller = self._caller(token)
            await self._check(token, caller, called)
        except UnauthorizedError as error:
            log.warning("token refused", reason=error.reason, tenant=caller.tenant.id if caller else None)
            raise
        return caller.tenant

    def _caller(self, token: Token) -> KnownCaller:
        """The one the token claims to be from; that is not yet proved."""
        for caller in self._callers.get(token.claims.iss, ()):
            if token.claims.tenant in caller.names:
                return caller
        raise UnauthorizedError("issuer or tenant")

    async def _check(self, token: Token, caller: KnownCaller, called: str) -> None:
        header, claims = token.header, token.claims
        if header.alg not in caller.algorithms:
            raise UnauthorizedError("algorithm")
        if header.jku is not None and header.jku not in caller.jku:  # compared only: nothing a token names is fetched
            raise UnauthorizedError("jku")
        check_times(claims, self._clock())
        check_audience(claims, called)
        key = await caller.keys.find(header.kid, header.alg)
        if key is None:
            raise UnauthorizedError("key")
        check_signature(token, key)
        # Last, so that only who holds the key can use a token up.
        if not await self._used.use(caller.tenant.id, claims.jti, claims.exp):
            raise UnauthorizedError("used before")
